//! The results of expectations as continuous integration reads them.

use netpol::view::{ExpectationResult, TestReport};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::exit::Failure;

/// JUnit XML: a suite for each expectation, a case for each connection. Without times, so that the
/// same input gives the same bytes.
pub(crate) fn report(results: &TestReport) -> Result<String, Failure> {
    let mut report = Report::new("netpol");
    for results in results.results.chunk_by(|a, b| a.name == b.name) {
        let mut suite = TestSuite::new(results[0].name.as_str());
        suite.add_test_cases(results.iter().map(case));
        report.add_test_suite(suite);
    }
    report.to_string().map_err(Failure::new)
}

fn case(result: &ExpectationResult) -> TestCase {
    let ExpectationResult { name, from, to, port, protocol, expected, .. } = result;
    let connection = format!("{from} -> {to} {port}/{protocol} {expected}");
    let mut case = TestCase::new(connection, status(result));
    case.set_classname(name.as_str());
    case
}

fn status(result: &ExpectationResult) -> TestCaseStatus {
    if result.ok {
        return TestCaseStatus::success();
    }
    let message = match result.actual {
        Some(actual) => format!("expected {}, is {actual}", result.expected),
        None => format!("expected {}, cannot be judged", result.expected),
    };
    let place = &result.place;
    let mut failure = TestCaseStatus::non_success(NonSuccessKind::Failure);
    failure.set_message(message);
    failure.set_description(format!("{}:{}: {}", place.file, place.line, result.reason));
    failure
}
