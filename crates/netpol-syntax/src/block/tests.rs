//! The quick reader against the YAML parser.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::context::Context;
use crate::{FileId, Finding, Node, block, yaml};

/// What is in a text: the trees, and what is wrong with it.
type Read = (Vec<Node>, Vec<Finding>);

fn finished(context: Context<'_>) -> Read {
    let mut parsed = context.parsed;
    parsed.findings.sort_by_key(|finding| finding.span);
    (parsed.documents.into_iter().map(|document| document.root).collect(), parsed.findings)
}

fn by_block(text: &str) -> Option<Read> {
    let mut context = Context::new(FileId(0), text);
    let root = block::read(&mut context, 0, text.len(), 0)?;
    context.add_document(root);
    Some(finished(context))
}

fn by_parser(text: &str) -> Read {
    let mut context = Context::new(FileId(0), text);
    yaml::read(&mut context, 0, text.len(), 0);
    finished(context)
}

/// Whether the quick reader reads the text; if so, it must read what the parser reads.
#[track_caller]
fn check(text: &str) -> bool {
    let quick = by_block(text);
    if let Some(quick) = &quick {
        let (quick, parsed) = (lines_of(quick), lines_of(&by_parser(text)));
        let differs = quick.lines().zip(parsed.lines()).find(|(a, b)| a != b);
        assert!(quick == parsed, "{differs:?} in {text:?}");
    }
    quick.is_some()
}

/// Each node and finding on a line of its own, for short messages.
fn lines_of(read: &Read) -> String {
    format!("{read:#?}")
}

/// An object with all that `kubectl get -o yaml` writes.
const OBJECT: &str = r#"apiVersion: v1
kind: Pod
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"apiVersion":"v1","kind":"Pod"}
    note: |-
      first: line

        indented - line
    empty: ""
    'on': "tab\t, quote\" and \\"
  creationTimestamp: "2026-03-01T08:15:30Z"
  finalizers: []
  managedFields:
  - apiVersion: v1
    fieldsV1:
      f:metadata:
        .: {}
        k:{"containerPort":8080,"protocol":"TCP"}:
          f:name: {}
    time: null
  name: web-1é
spec:
  containers:
  - args:
    - --port=8080
    - -v
    - 'it''s'
    image: registry.example.com/web:1.2
    ports:
    - containerPort: 8080
  - name: b
  hostNetwork: false
status:
  conditions:
  - message: 0/3 nodes are available, "all" of
      them are full.
    status: "True"
  podIP: 10.0.0.1
  reason:
"#;

#[test]
fn what_kubectl_prints_is_read() {
    assert!(check(OBJECT));
    assert!(check("# comment\n\na:\n  # comment\n- b: c\n\n# comment\n"));
    let list = format!("- {}\n", OBJECT.trim_end().replace('\n', "\n  "));
    assert!(check(&format!("apiVersion: v1\nitems:\n{}kind: List\n", list.repeat(2))));
}

#[test]
fn what_is_unusual_is_left_to_the_parser() {
    let table = [
        "",
        "a",
        "- ",
        "a: &x 1\n",
        "a: *x\n",
        "a: !t 1\n",
        "<<: {}\n",
        "a: [b]\n",
        "a: {b: c}\n",
        "? a\n",
        "a: 1 # c\n",
        "a:\tb\n",
        "\ta: b\n",
        "a: b\r\n",
        "a: .inf\n",
        "null: a\n",
        "a: >\n  b\n",
        "a: |2\n  b\n",
        "a: |\n  b",
        "a: |\n",
        "a: \"b\n  c\"\n",
        "a: 'b\n  c'\n",
        "a: b: c\n",
        "a: - b\n",
        "a: b\n c: d\n",
        " a: b\nc: d\n",
        "- a\nb: c\n",
        "--- a\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "%YAML 1.1\n",
        "a: @b\n",
        "a: `b\n",
        "a: %b\n",
        "a: \"\\u0041\"\n",
        "a: \u{85}\n",
        "a: \u{2028}\n",
        "a: \u{feff}\n",
        "a: \u{0}\n",
        "a: \"b\" c\n",
        "a: {}: b\n",
        "a\n",
        "- -\n",
        "a: |\n    \n  b\n",
        "a: |\n  b\n #c\nd: e\n",
    ];
    for text in table {
        assert!(!check(text), "{text:?}");
    }
    let key = "k".repeat(2000);
    assert!(!check(&format!("{key}: a\n")));
    assert!(!check(&format!("{}a\n", "- ".repeat(129))));
    assert!(check(&format!("{}a\n", "- ".repeat(128))));
}

#[test]
fn keys_that_are_written_twice_are_found() {
    assert!(check("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n"));
}

/// Lines that mean much in few bytes.
fn lines() -> impl Strategy<Value = String> {
    let indentation = select(vec!["", "", " ", "  ", "  ", "    ", "      ", "\t"]);
    let dashes = select(vec!["", "", "", "- ", "- ", "-  ", "- - ", "-"]);
    let key = select(vec![
        "", "a: ", "b: ", "a:", "b:", "\"c\": ", "'d': ", "e :", "on: ", "~: ", "-f: ",
    ]);
    let value = select(vec![
        "", "", "", "x", "x y", "1", "0x1F", "null", "yes", ".5", "-1", "--x", "\"q\"", "\"q\\n\"",
        "'q'", "'q''r'", "{}", "[]", "{} ", "|", "|-", "|+", "| ", ">", "x # c", "# c", "#c",
        "x#c", "x:", "x:y", "x: y", "é", "\u{a0}", "&a x", "*a", "!t", "<<", "<<: x", "...", "---",
        "? x", ": x", "[x]", "\\", "-", "@", "%x", "\u{2028}", "x\t", "x ", "\"", "'", ", x",
        "] x",
    ]);
    let end = select(vec!["\n", "\n", "\n", "\n", "\n\n", "\n  \n", "", "\r\n"]);
    let line =
        (indentation, dashes, key, value, end).prop_map(|(a, b, c, d, e)| [a, b, c, d, e].concat());
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.concat())
}

/// The object with lines cut, repeated, moved or indented.
fn mutated() -> impl Strategy<Value = String> {
    let change = (0..5_usize, any::<Index>(), any::<Index>(), lines());
    prop::collection::vec(change, 1..5).prop_map(|changes| {
        let mut lines: Vec<String> = OBJECT.lines().map(|line| line.to_owned() + "\n").collect();
        for (what, at, other, new) in changes {
            let (at, other) = (at.index(lines.len()), other.index(lines.len()));
            match what {
                0 => drop(lines.remove(at)),
                1 => lines.insert(other, lines[at].clone()),
                2 => lines[at].insert_str(0, "  "),
                3 => lines[at] = lines[at].strip_prefix("  ").unwrap_or(" ").to_owned(),
                _ => lines.insert(at, new),
            }
        }
        lines.concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_mean_the_same_to_both(text in lines()) {
        check(&text);
    }

    #[test]
    fn mutated_objects_mean_the_same_to_both(text in mutated()) {
        check(&text);
    }
}
