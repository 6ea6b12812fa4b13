//! What must hold for every text.

use proptest::prelude::*;

use super::*;
use crate::Span;

/// A text with most of what YAML has, to be mutilated.
const SAMPLE: &str = "\
# a comment
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: \"web\", labels: {a: 'b', \"é\": y}}
spec:
  podSelector: &all
    matchLabels:
      app: web
  ingress:
  - from:
    - podSelector: *all
    - ipBlock:
        cidr: 10.0.0.0/8
        except: [10.1.0.0/16, \"10.2.0.0/16\"]
    ports:
    - port: 0120
      endPort: 8_080
  - {}
  note: |-
    text: with
      lines
  <<: {x: !!str 1, ? z : }
---
{\"kind\": \"Pod\", \"n\": [1, -2.5e3, true, null, \"\\u00e9\\n\"]}
...
";

/// Pieces that mean something to YAML.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b: ", "- ", "? ", ": ", ":", "{", "}", "[", "]", ", ", "'", "\"", "\\", "|", ">-",
        "\n", "\n  ", "\n---\n", "\n...\n", "\t", " ", "#", " # c", "&x ", "*x", "<<: ", "!",
        "!!int ", "%YAML", "\r\n", "\u{feff}", "é", "😀", "\u{85}", "\u{2028}", "\0", "~", "0x1F",
        ".inf", "1e3", "\"k\": ", "@", "`", "\\u00", "\n\t",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The sample with some ranges replaced by others of its own, or by pieces.
fn mutated() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..20_usize, pieces());
    prop::collection::vec(change, 1..6).prop_map(|changes| {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        for (at, removed, inserted) in changes {
            let start = at.index(text.len() + 1);
            let end = (start + removed).min(text.len());
            text.splice(start..end, inserted.chars().take(removed + 3));
        }
        text.into_iter().collect()
    })
}

fn spans(node: &Node, found: &mut Vec<Span>) {
    found.push(node.span);
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| spans(item, found)),
        Value::Mapping(mapping) => {
            for entry in &mapping.entries {
                found.extend([entry.key_span, entry.span()]);
                spans(&entry.value, found);
            }
        }
        _ => {}
    }
}

fn check(text: &str) {
    let parsed = read(text);
    let mut found: Vec<Span> = parsed.findings.iter().map(|finding| finding.span).collect();
    for document in &parsed.documents {
        found.push(document.span);
        spans(&document.root, &mut found);
    }
    for span in found {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    for finding in &parsed.findings {
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding:?}");
        assert!(finding.help.is_some(), "{finding:?}");
    }
}

/// A tree that JSON can write.
fn json_tree() -> impl Strategy<Value = String> {
    let string = "[ -~é€😀]{0,8}".prop_map(|text| format!("{text:?}"));
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][-+]?[0-9]{1,3})?",
        string.clone(),
    ];
    leaf.prop_recursive(5, 60, 5, move |inner| {
        let space = prop::sample::select(vec!["", " ", "\n", "\n\t", "\r\n  "]);
        let items = prop::collection::vec(inner.clone(), 0..5);
        let entries = prop::collection::vec((string.clone(), inner), 0..5);
        prop_oneof![
            (items, space.clone()).prop_map(|(items, space)| {
                format!("[{space}{}{space}]", items.join(&format!(",{space}")))
            }),
            (entries, space).prop_map(|(entries, space)| {
                let entry = |(key, value): &(String, String)| format!("{key}: {value}");
                let entries: Vec<_> = entries.iter().map(entry).collect();
                format!("{{{space}{}{space}}}", entries.join(&format!(",{space}")))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_pieces_of_yaml_are_answered(text in pieces()) {
        check(&text);
    }

    #[test]
    fn mutilated_manifests_are_answered(text in mutated()) {
        check(&text);
    }

    #[test]
    fn json_means_the_same_as_yaml(value in json_tree()) {
        let json = read(&format!("[{value}]"));
        // The comment makes it YAML.
        let yaml = read(&format!("[{value}] #"));
        let trees = |parsed: &Parsed| parsed.documents.iter().map(|d| d.root.clone()).collect::<Vec<_>>();
        prop_assert_eq!(trees(&json), trees(&yaml));
        prop_assert_eq!(json.findings, yaml.findings);
        prop_assert_eq!(json.documents.len(), 1);
    }
}
