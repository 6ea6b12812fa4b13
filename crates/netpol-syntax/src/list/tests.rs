//! A list read in parts against the list read as a whole.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::{FileId, Finding, Reader, parse};

/// What is read of a list in parts, if it can be read so.
fn in_parts(text: &str) -> Option<(Document, Vec<Finding>)> {
    let list = List::cut(text, 0..text.len(), "items")?;
    let mut reader = Reader::new(FileId(0), text);
    let document = reader.frame(&list, "items", 0..list.items.len())?;
    let mut findings = Vec::new();
    for index in 0..list.items.len() {
        findings.extend(reader.item(&list, index)?.findings);
    }
    Some((document, findings))
}

/// Whether a list can be read in parts; if so, it must be the same as a whole.
#[track_caller]
fn check(text: &str) -> bool {
    let Some((document, findings)) = in_parts(text) else { return false };
    let whole = parse(FileId(0), text);
    let parts = format!("{:?}{findings:?}", Some(document));
    let whole = format!("{:?}{:?}", whole.documents.first(), whole.findings);
    let same = parts.bytes().zip(whole.bytes()).take_while(|(a, b)| a == b).count();
    let rest =
        |text: &str| text.chars().skip(same.saturating_sub(60)).take(120).collect::<String>();
    assert!(parts == whole, "{} is not {} in {text:?}", rest(&parts), rest(&whole));
    true
}

#[test]
fn lists_are_cut_at_their_items() {
    let table = [
        ("apiVersion: v1\nitems:\n- a: b\n  c:\n  - d\n- e\nkind: List\n", 2),
        ("items:\n- a\n", 1),
        ("items:\n  - a\n\n  - b\nkind: List\n", 2),
        ("items:\n- a: |\n    x\n\n- b: 'it''s'\n\nkind: List", 2),
        (
            "{\"kind\": \"List\", \"items\": [{\"a\": \"],\\\"\"}, {} , [1, 2]], \"z\": {\"items\": []}}",
            3,
        ),
    ];
    for (text, items) in table {
        let list = List::cut(text, 0..text.len(), "items").unwrap();
        assert_eq!(list.items.len(), items, "{text:?}");
        assert!(check(text), "{text:?}");
    }
}

#[test]
fn what_is_no_such_list_is_left_alone() {
    let table = [
        "",
        "items:\n",
        "items: []\n",
        "items:\na: b\n",
        "a:\n  items:\n  - b\n",
        "items:\n# c\n- a\n",
        "{\"items\": []}",
        "{\"items\": {}}",
        "{\"a\": 1}",
        "{items: [a]}",
        "items:\n- a: 'b\n- c: d'\n",
        "items:\n- a: [b,\n- c]\n",
        "items:\n- a: &x b\n- c: *x\n",
        "items:\n- a\nb: [\n",
        "a: [\nitems:\n- b\n",
        "items:\n- a\nitems:\n- b\n",
        "a: |\n  x\nitems:\n- a\n# c\n- b\n",
        "{\"items\": [{}], \"items\": []}",
        "{\"items\": [{}]} {}",
        "{\"items\": [{} {}]}",
    ];
    for text in table {
        assert!(!check(text), "{text:?}");
    }
}

/// Pieces of block lists.
fn lines() -> impl Strategy<Value = String> {
    let line = select(vec![
        "- a: b",
        "- a:",
        "  c: d",
        "  - e",
        "  e: |",
        "    text",
        "      more",
        "  f: 'x",
        "  y'",
        "- ",
        "-",
        "- - g",
        "  - - h",
        "- [i,",
        "  j]",
        "  k: {l: m}",
        "# c",
        "  # c",
        "",
        "  ",
        "items:",
        "kind: List",
        "metadata: {}",
        "- &x n",
        "- *x",
        "- a: b\r",
        "...",
        "---",
        "  c: d",
        "- o: p # c",
        "- \"q",
        "\"",
        "é: é",
    ]);
    let indentation = select(vec!["", "", "", "", "  ", " "]);
    prop::collection::vec((indentation, line), 0..14).prop_map(|lines| {
        lines.into_iter().flat_map(|(indentation, line)| [indentation, line, "\n"]).collect()
    })
}

/// A JSON list with pieces put in and taken out.
fn json() -> impl Strategy<Value = String> {
    const TEXT: &str = "{\"a\": [1, {\"items\": 2}], \"items\": [{\"b\": \"]\"}, {\"c\": [[]]}], \"kind\": \"List\"}";
    let piece = select(vec![
        "", "", "{", "}", "[", "]", "\"", ",", ":", "\\", " ", "1", "null", "{}, ", "\n",
    ]);
    let change = (any::<Index>(), 0..4_usize, piece);
    prop::collection::vec(change, 0..4).prop_map(|changes| {
        let mut text = TEXT.to_owned();
        for (at, length, piece) in changes {
            let start = at.index(text.len() + 1);
            text.replace_range(start..(start + length).min(text.len()), piece);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn block_lists_mean_the_same_in_parts(head in lines(), items in lines(), tail in lines()) {
        check(&format!("{head}items:\n{items}{tail}"));
        check(&format!("apiVersion: v1\nitems:\n- a: b\n{items}kind: List\n"));
    }

    #[test]
    fn json_lists_mean_the_same_in_parts(text in json()) {
        check(&text);
    }
}
