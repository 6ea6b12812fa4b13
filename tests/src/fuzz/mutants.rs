//! Random bytes, random tokens, and real manifests with parts changed.

use netpol::view::{ConnectionQuery, FlowQuery, MatrixQuery, PortSpec, Protocol};
use netpol::{Analysis, Sources, analyse};
use netpol_lessons::SCENARIOS;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

use super::exercise;
use crate::laws::cases;

/// What YAML and manifests give a meaning to.
const TOKENS: [&str; 48] = [
    "\n",
    "\n  ",
    "\n- ",
    "\n---\n",
    "\n...\n",
    " ",
    ": ",
    "- ",
    "? ",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "!!binary ",
    "|\n",
    ">-\n",
    "#",
    "'",
    "\"",
    "\\u0000",
    "\t",
    "\r\n",
    "\u{feff}",
    "\u{0}",
    "é",
    "null",
    "~",
    "on",
    "0120",
    "1e3",
    ".inf",
    "99999999999999999999",
    "-1",
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n",
    "apiVersion: v1\nkind: Pod\n",
    "kind: List\nitems:\n",
    "metadata: {name: a}\n",
    "spec:\n  ",
    "podSelector: ",
    "ingress: ",
    "from: ",
    "ports: ",
    "10.0.0.0/8",
];

/// A change of a text.
#[derive(Clone, Debug)]
enum Change {
    /// Takes a part out.
    Cut,
    /// Puts a part in once more.
    Repeat,
    /// Puts a token in.
    Insert(&'static str),
    /// Puts a token where a part was.
    Replace(&'static str),
}

fn changes() -> impl Strategy<Value = Vec<(Change, Index, Index)>> {
    let change = prop_oneof![
        Just(Change::Cut),
        Just(Change::Repeat),
        select(&TOKENS[..]).prop_map(Change::Insert),
        select(&TOKENS[..]).prop_map(Change::Replace),
    ];
    vec((change, any::<Index>(), any::<Index>()), 1..6)
}

/// Parts start and end where words do.
fn mutant(text: &str, changes: &[(Change, Index, Index)]) -> String {
    let mut text = text.to_owned();
    for (change, at, length) in changes {
        let limits: Vec<usize> = text
            .char_indices()
            .filter(|(_, it)| !it.is_ascii_alphanumeric())
            .map(|(index, _)| index)
            .chain([text.len()])
            .collect();
        let first = at.index(limits.len());
        let last = (first + length.index(12)).min(limits.len() - 1);
        let part = limits[first]..limits[last];
        match change {
            Change::Cut => text.replace_range(part, ""),
            Change::Repeat => {
                let again = text[part.clone()].to_owned();
                text.insert_str(part.end, &again);
            }
            Change::Insert(token) => text.insert_str(part.start, token),
            Change::Replace(token) => text.replace_range(part, token),
        }
    }
    text
}

/// What the page shows of a text, as JSON.
fn views(analysis: &Analysis) -> String {
    let flows = analysis.flows(&FlowQuery { limit: 50, ..FlowQuery::default() });
    let matrix = analysis.matrix(&MatrixQuery::default());
    let (topology, tests) = (analysis.topology(), analysis.test());
    let pods: Vec<&str> = topology.nodes.iter().map(|node| node.id.as_str()).take(2).collect();
    let explanation = pods.first().zip(pods.last()).map(|(from, to)| {
        analysis.explain(&ConnectionQuery {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            port: PortSpec::Number(80),
            protocol: Protocol::Tcp,
        })
    });
    json!([
        analysis.findings(),
        analysis.validate(None),
        topology,
        tests,
        flows,
        matrix.ok(),
        explanation.and_then(Result::ok)
    ])
    .to_string()
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn random_bytes(bytes in vec(any::<u8>(), 0..400)) {
        exercise(&bytes);
    }

    #[test]
    fn random_tokens(tokens in vec(select(&TOKENS[..]), 0..60)) {
        exercise(tokens.concat().as_bytes());
    }

    #[test]
    fn an_update_is_an_analysis(
        scenario in select(SCENARIOS),
        changes in vec(changes(), 1..4),
    ) {
        let sources = |text: &str| Sources::single("manifests.yaml", text);
        let mut text = scenario.manifests.to_owned();
        let mut analysis = analyse(sources(&text));
        for changes in changes {
            text = mutant(&text, &changes);
            analysis = analysis.update(sources(&text));
            prop_assert_eq!(views(&analysis), views(&analyse(sources(&text))), "{}", text);
        }
    }

    #[test]
    fn real_manifests_changed(scenario in select(SCENARIOS), changes in changes()) {
        exercise(mutant(scenario.manifests, &changes).as_bytes());
    }
}
