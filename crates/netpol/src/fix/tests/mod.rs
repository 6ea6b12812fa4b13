//! Suggestions as people see them, and that they do what they say.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod bookstore;
mod places;
mod property;
mod styles;

use std::fmt::Write as _;

use expect_test::Expect;

use crate::view::{ConnectionQuery, PortSpec, Protocol, Suggestion, Verdict};
use crate::{Sources, analyse};

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
        Ok(suggestions) => suggestions.iter().take(count).map(shown).collect(),
        Err(error) => format!("{error}\n"),
    }
}

fn shown(suggestion: &Suggestion) -> String {
    let mut text = format!("{}\n", suggestion.title);
    for change in &suggestion.changes {
        let _ = writeln!(text, "  {}/{}: {}", change.namespace, change.name, change.summary);
        for line in &change.diff {
            let sign = if line.added { '+' } else { '-' };
            let _ = writeln!(text, "  {:>4} {sign} {}", line.line, line.text);
        }
    }
    for note in &suggestion.notes {
        let _ = writeln!(text, "  {note}");
    }
    let _ = writeln!(text, "  changes {} other pairs", suggestion.others.total);
    for pair in &suggestion.others.pairs {
        let _ = write!(text, "    {} -> {}:", pair.from, pair.to);
        for port in &pair.added {
            let _ = write!(text, " +{port}");
        }
        for port in &pair.removed {
            let _ = write!(text, " -{port}");
        }
        text.push('\n');
    }
    text
}

fn allow(text: &str, question: &str, count: usize, expected: &Expect) {
    expected.assert_eq(&suggested(text, question, Verdict::Allowed, count));
}

fn deny(text: &str, question: &str, count: usize, expected: &Expect) {
    expected.assert_eq(&suggested(text, question, Verdict::Denied, count));
}
