//! Clusters with what must hold in them, from the Markdown of `tests/cases`.

use std::fs;

use netpol::{Analysis, Sources, analyse};

use crate::workspace_root;

/// A fenced block of YAML below a heading.
struct Case {
    /// The heading and the line of the block.
    name: String,
    /// Whether all policies must be refused; otherwise none may be.
    refused: bool,
    manifests: String,
}

/// The blocks of a page.
fn cases(page: &str, text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut heading = "";
    let mut open: Option<Case> = None;
    for (number, line) in (1..).zip(text.lines()) {
        match &mut open {
            Some(_) if line == "```" => cases.extend(open.take()),
            Some(case) => case.manifests.extend([line, "\n"]),
            None => {
                if let Some(title) = line.strip_prefix("## ") {
                    heading = title;
                } else if let Some(info) = line.strip_prefix("```") {
                    assert!(["yaml", "yaml refused"].contains(&info), "{page}:{number}: {info}");
                    open = Some(Case {
                        name: format!("{page}:{number}: {heading}"),
                        refused: info == "yaml refused",
                        manifests: String::new(),
                    });
                }
            }
        }
    }
    assert!(open.is_none(), "{page}: the last block has no end");
    cases
}

/// What came of a page.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) cases: usize,
    /// Connections with a verdict, and policies that must be refused.
    pub(crate) expectations: usize,
    pub(crate) complaints: Vec<String>,
}

/// Judges all cases of a page.
pub(crate) fn held(page: &str) -> Held {
    let path = workspace_root().join("tests/cases").join(page);
    let text = fs::read_to_string(&path).expect("a page of cases");
    let mut held = Held::default();
    for case in cases(page, &text) {
        let analysis = analyse(Sources::single(&case.name, case.manifests.as_str()));
        let refused = if case.refused { analysis.topology().policies.len() } else { 0 };
        held.cases += 1;
        held.expectations += analysis.test().results.len() + refused;
        held.complaints.extend(complaints(&case, &analysis));
    }
    held
}

/// What is not as the case says.
fn complaints(case: &Case, analysis: &Analysis) -> Vec<String> {
    let policies = analysis.topology().policies;
    let wrong = policies.iter().filter(|policy| policy.rejected != case.refused);
    let mut complaints: Vec<String> = wrong
        .map(|policy| {
            let said = said(analysis);
            format!("{}: policy {} refused: {} {said:?}", case.name, policy.name, policy.rejected)
        })
        .collect();
    let report = analysis.test();
    if report.results.is_empty() && !case.refused || policies.is_empty() {
        complaints.push(format!("{}: there is nothing to judge: {:?}", case.name, said(analysis)));
    }
    for result in report.results.iter().filter(|result| !result.ok) {
        let actual = result.actual.map_or("nothing", |verdict| verdict.as_str());
        complaints.push(format!(
            "{}: {} -> {}:{}/{}: expected {}, got {actual}: {}",
            case.name,
            result.from,
            result.to,
            result.port,
            result.protocol,
            result.expected,
            result.reason
        ));
    }
    complaints
}

fn said(analysis: &Analysis) -> Vec<String> {
    analysis.findings().into_iter().map(|finding| finding.message).collect()
}

/// Judges all cases of a page, and counts them so that none gets lost.
#[track_caller]
fn check(page: &str, count: usize) {
    let Held { cases, complaints, .. } = held(page);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert_eq!(cases, count);
}

#[test]
fn edge_cases() {
    check("edge-cases.md", 39);
}

#[test]
fn tutorials() {
    check("tutorials.md", 13);
}

#[test]
fn clusters() {
    check("clusters.md", 38);
}

#[test]
fn services() {
    check("services.md", 14);
}

#[test]
fn reading() {
    check("reading.md", 17);
}

#[test]
fn wrong_expectations_are_seen() {
    let text = "## A\n```yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n```\n";
    let [case] = &cases("page", text)[..] else { panic!("one case") };
    assert_eq!(case.name, "page:2: A");
    let analysis = analyse(Sources::single(&case.name, case.manifests.as_str()));
    assert_eq!(complaints(case, &analysis).len(), 1);
}
