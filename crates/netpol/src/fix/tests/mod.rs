//! Suggestions as people see them, and that they do what they say.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod bookstore;
mod names;
mod np_demo;
mod places;
mod property;
mod styles;
mod styles_of_json_and_lists;

use expect_test::Expect;

use crate::view::{ConnectionQuery, PortSpec, Protocol, Suggestion, Verdict};
use crate::{Sources, analyse, report};

const BOOKSTORE: &str = include_str!("../../../../netpol-lessons/scenarios/bookstore.yaml");
const NP_DEMO: &str = include_str!("../../../../netpol-lessons/scenarios/np-demo.yaml");

/// `FROM TO PORT[/PROTOCOL]` as a question.
fn query(text: &str) -> ConnectionQuery {
    let words: Vec<&str> = text.split(' ').collect();
    let (port, protocol) = words[2].split_once('/').unwrap_or((words[2], "TCP"));
    let protocol = Protocol::ALL.into_iter().find(|p| p.as_str() == protocol).unwrap();
    let port = PortSpec::parse(port).unwrap();
    ConnectionQuery { from: words[0].into(), to: words[1].into(), port, protocol }
}

/// The first suggestions as text, or what is said instead.
fn suggested(text: &str, question: &str, wanted: Verdict, count: usize) -> String {
    let analysis = analyse(Sources::single("t.yaml", text));
    match analysis.suggest(&query(question), wanted) {
        Ok(mut suggestions) => {
            suggestions.truncate(count);
            report::suggestions(&suggestions).to_string()
        }
        Err(error) => format!("{error}\n"),
    }
}

fn allow(text: &str, question: &str, count: usize, expected: &Expect) {
    expected.assert_eq(&suggested(text, question, Verdict::Allowed, count));
}

fn deny(text: &str, question: &str, count: usize, expected: &Expect) {
    expected.assert_eq(&suggested(text, question, Verdict::Denied, count));
}
