//! Where nodes and findings stand.

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&shown(text));
}

/// Each node of a tree with the text that it covers.
fn covered(text: &str) -> String {
    fn list(node: &Node, sources: &Sources, out: &mut String) {
        writeln!(out, "{:?}", sources.text_of(node.span)).unwrap();
        match &node.value {
            Value::Sequence(items) => items.iter().for_each(|item| list(item, sources, out)),
            Value::Mapping(mapping) => {
                for entry in &mapping.entries {
                    write!(out, "{:?} => ", sources.text_of(entry.key_span)).unwrap();
                    list(&entry.value, sources, out);
                }
            }
            _ => {}
        }
    }
    let sources = Sources::single("t", text);
    let mut out = String::new();
    for document in read(text).documents {
        list(&document.root, &sources, &mut out);
    }
    out
}

#[test]
fn nodes_cover_what_is_written() {
    let text = "# first\nkind: Pod # the kind\nempty:\nlist:\n- a\n-  b: 'c'\n   d: [1, {x: y}]\n-\nnested:\n  - - 1\n\nlast: \"é\"  \n# end\n";
    expect![[r#"
        "kind: Pod # the kind\nempty:\nlist:\n- a\n-  b: 'c'\n   d: [1, {x: y}]\n-\nnested:\n  - - 1\n\nlast: \"é\""
        "kind" => "Pod"
        "empty" => ""
        "list" => "- a\n-  b: 'c'\n   d: [1, {x: y}]\n-"
        "a"
        "b: 'c'\n   d: [1, {x: y}]"
        "b" => "'c'"
        "d" => "[1, {x: y}]"
        "1"
        "{x: y}"
        "x" => "y"
        ""
        "nested" => "- - 1"
        "- 1"
        "1"
        "last" => "\"é\""
    "#]]
    .assert_eq(&covered(text));
}

#[test]
fn empty_values_stand_behind_the_colon() {
    let text = "a:  # c\n\"b\" :\nc: {\"x\":, w, z: }\n? d\n:\n";
    let parsed = read(text);
    let mapping = parsed.documents[0].root.as_mapping().unwrap();
    let before = |node: &Node| {
        assert_eq!(node.span.start, node.span.end);
        &text[..node.span.range().start]
    };
    assert!(before(mapping.get("a").unwrap()).ends_with("a:"));
    assert!(before(mapping.get("b").unwrap()).ends_with("\"b\" :"));
    let flow = mapping.get("c").unwrap();
    assert!(before(flow.get("x").unwrap()).ends_with("{\"x\":"));
    assert!(before(flow.get("w").unwrap()).ends_with(" w"));
    assert!(before(flow.get("z").unwrap()).ends_with(" z:"));
    assert!(before(mapping.get("d").unwrap()).ends_with("d\n:"));
}

#[test]
fn block_scalars_start_at_their_header() {
    let text = "a: |\n  one\n\n  two\n\nb: >-  # note | this\n\n    x\n\"k | x\": &ab !!str |2\n   y\nd: |\ne: |+\n\nf:\n- |\n  z\n";
    expect![[r#"
        "a: |\n  one\n\n  two\n\nb: >-  # note | this\n\n    x\n\"k | x\": &ab !!str |2\n   y\nd: |\ne: |+\n\nf:\n- |\n  z"
        "a" => "|\n  one\n\n  two"
        "b" => ">-  # note | this\n\n    x"
        "\"k | x\"" => "|2\n   y"
        "d" => "|"
        "e" => "|+"
        "f" => "- |\n  z"
        "|\n  z"
    "#]]
    .assert_eq(&covered(text));
}

#[test]
fn aliases_stand_where_they_are_written() {
    let text = "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n*x : 3\n";
    expect![[r#"
        "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2"
        "a" => "{b: 1}"
        "b" => "1"
        "c" => "*x"
        "b" => "1"
        "d" => "<<: *x\n  e: 2"
        "b" => "1"
        "e" => "2"
    "#]]
    .assert_eq(&covered("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n"));
    check(
        text,
        &expect![[r#"
            6:1 "*x" error[map-key]: invalid map key: map[interface {}]interface {}{"b":1}
                help: put the key in quotes; if this is a template (`{{ ... }}`), render it first
        "#]],
    );
}

#[test]
fn documents_and_their_spans() {
    let text = "# head\n---\n\na: 1\nb:\n  c: |\n    x\n\n# tail\n---\n---\n# only a comment\n---\nnull\n---\n{\"j\": 1}\n {\"k\": 2}\n";
    let sources = Sources::single("t", text);
    let parsed = read(text);
    let spans: Vec<_> = parsed.documents.iter().map(|d| sources.text_of(d.span)).collect();
    assert_eq!(spans, ["a: 1\nb:\n  c: |\n    x", "{\"j\": 1}", "{\"k\": 2}"]);
    assert_eq!(parsed.findings, []);
}

#[test]
fn json_is_read_in_all_its_layouts() {
    let text = "{\n\t\"a\": [1, -2.5e1, true, null],\n\t\"b\\u00e9\\n\": \"\\ud83d\\ude00\"\n}\n{\"c\":{}}[ ]\n";
    check(
        text,
        &expect![[r#"
            {"a":[1,-25,true,null],"bé\n":"😀"}
            {"c":{}}
            []
        "#]],
    );
    expect![[r#"
        "{\"a\" : [1 , \"x\\ty\"],\r\n \"b\":{ } }"
        "\"a\"" => "[1 , \"x\\ty\"]"
        "1"
        "\"x\\ty\""
        "\"b\"" => "{ }"
    "#]]
    .assert_eq(&covered("\t{\"a\" : [1 , \"x\\ty\"],\r\n \"b\":{ } }"));
}

#[test]
fn a_broken_document_does_not_hide_the_others() {
    check(
        "a: 1\n---\nkind: Pod\nmetadata: {name: x\n---\nb: 2\n---\nc: .inf\nd: 1\n---\n{\"e\": 3}\n",
        &expect![[r#"
            {"a":1}
            {"b":2}
            {"e":3}
            4:11 "{" error[yaml-syntax]: did not find expected ',' or '}'
                help: close the `{` that is opened here with `}`
            8:4 ".inf" error[not-a-number]: json: unsupported value: +Inf
                help: write a finite number, or put the text in quotes
        "#]],
    );
}

#[test]
fn duplicate_keys_name_the_line_that_wins() {
    check(
        "a: 1\nb: {c: 1, c: 2}\na: 2\na:\n  x: 1\n---\n{\"a\": 1,\n \"a\": 2}\n",
        &expect![[r#"
            {"b":{"c":2},"a":{"x":1}}
            {"a":2}
            1:1 "a" warning[duplicate-key]: key `a` is set again in line 4, and the last one wins
                help: remove one of the two, or put both contents under one key
            2:5 "c" warning[duplicate-key]: key `c` is set again in line 2, and the last one wins
                help: remove one of the two, or put both contents under one key
            3:1 "a" warning[duplicate-key]: key `a` is set again in line 4, and the last one wins
                help: remove one of the two, or put both contents under one key
            7:2 "\"a\"" warning[duplicate-key]: key `a` is set again in line 8, and the last one wins
                help: remove one of the two, or put both contents under one key
        "#]],
    );
    check(
        "base: &b {x: 1, v: 1}\none: {x: 0, <<: *b, v: 2}\ntwo: {<<: [*b, {v: 3, z: 3}]}\n",
        &expect![[r#"
            {"base":{"x":1,"v":1},"one":{"x":1,"v":2},"two":{"z":3,"x":1,"v":1}}
        "#]],
    );
}

#[test]
fn what_kubectl_ignores_is_said() {
    check(
        "a: 1\n...\nb: 2\n---\nc: 3\n...\n# end\n",
        &expect![[r#"
            {"a":1}
            {"c":3}
            3:1 "b: 2" warning[ignored-content]: `kubectl` ignores what follows the end of a document up to the next `---`
                help: put `---` on a line of its own before it
        "#]],
    );
    check(
        "a: 1\n--- {b: 2}\n",
        &expect![[r#"
            {"a":1}
            {"b":2}
            2:5 "{b: 2}" error[yaml-separator]: invalid Yaml document separator: {b: 2}
                help: begin the document on the next line
        "#]],
    );
    check(
        "{a: 1}\nb: 2\n",
        &expect![[r#"
            {"a":1}
            2:1 "b: 2" warning[ignored-content]: `kubectl` ignores what follows the end of a document up to the next `---`
                help: put `---` on a line of its own before it
        "#]],
    );
}

#[test]
fn directives_are_refused() {
    check(
        "%YAML 1.2\n---\na: 1\n---\n# c\n%TAG ! x\n---\n%YAML 1.1\n",
        &expect![[r#"
            {"a":1}
            1:1 "%YAML 1.2" error[yaml-directive]: found incompatible YAML document
                help: remove the line: `kubectl` reads no YAML directives
            6:1 "%TAG ! x" error[yaml-directive]: did not find expected <document start>
                help: remove the line: `kubectl` reads no YAML directives
            8:1 "%YAML 1.1" error[yaml-directive]: did not find expected <document start>
                help: remove the line: `kubectl` reads no YAML directives
        "#]],
    );
}

#[test]
fn what_go_yaml_refuses_is_shown_where_it_is_written() {
    for (text, shown, column) in [
        ("a: {b: 世\n 世世? }\n", "?", 4),
        ("a: \"世\\/\"\n", "\\/", 6),
        ("a: [\"\\ud83d\\ude00\"]\n", "\\ud83d", 6),
        ("a: 世\n\t\nb: c\n", "\t", 1),
    ] {
        let parsed = read(text);
        let [finding] = &parsed.findings[..] else { panic!("{text:?}: {parsed:?}") };
        let sources = Sources::single("t", text);
        let at = sources.location(finding.span);
        assert_eq!((sources.text_of(finding.span), at.column), (shown, column), "{text:?}");
    }
}

#[test]
fn tabs_that_indent_are_refused_at_the_tab() {
    for (text, line, column) in [
        ("\ta: b\n", 1, 1),
        ("a:\n\tb: c\n", 2, 1),
        ("a:\n  \tb: c\n", 2, 3),
        ("a: b\n\tc: d\n", 2, 1),
        ("a:\n  - b\n\t- c\n", 3, 1),
        ("a:\n\t- b\n", 2, 1),
        ("-\ta\n", 1, 2),
        ("a:\n-\tb: c\n", 2, 2),
        ("a: 1\n---\n\tb: |\n\t\tc\n", 3, 1),
        ("a: |\n\tx\n", 2, 1),
    ] {
        let parsed = read(text);
        let [finding] = &parsed.findings[..] else { panic!("{text:?}: {parsed:?}") };
        assert_eq!(finding.code, "tab-indentation", "{text:?}: {finding:?}");
        let at = Sources::single("t", text).location(finding.span);
        assert_eq!((at.line, at.column), (line, column), "{text:?}");
        assert_eq!(finding.span.range().len(), 1);
    }
    for text in
        ["a:\tb\t# c\n", "a: [\n  b,\n\tc\n]\n", "{\n\t\"a\": 1,\n}\n", "a: |2\n  \tx\n  \t\n"]
    {
        assert_eq!(read(text).findings, [], "{text:?}");
    }
}

/// What is said about each text, below the text.
fn answers(texts: &[&str]) -> String {
    texts.iter().fold(String::new(), |out, text| out + &format!("{text:?}\n{}", shown(text)))
}

#[test]
fn keys_and_items() {
    let texts = [
        "a: b: c",
        "a: b\n  c: d",
        "a: - x",
        "a:\n  - b\n c: d",
        "a: 1\nb\n",
        "a: 1\nb\nc: 2",
        "- a\nb: c",
        "? a: b\n  c",
        "\"a\": b\n\"c\":d",
        "\"a\":b",
        ": a",
    ];
    expect![[r#"
        "a: b: c"
        1:5 ":" error[yaml-syntax]: mapping values are not allowed in this context
            help: put a value that contains `: ` in quotes; otherwise indent the line like its siblings
        "a: b\n  c: d"
        2:4 ":" error[yaml-syntax]: mapping values are not allowed in this context
            help: put a value that contains `: ` in quotes; otherwise indent the line like its siblings
        "a: - x"
        1:4 "-" error[yaml-syntax]: block sequence entries are not allowed in this context
            help: start the list on the line below its key; put a text that starts with `- ` in quotes
        "a:\n  - b\n c: d"
        3:2 "c" error[yaml-syntax]: did not find expected key
            help: indent the line exactly like the keys it belongs to
        "a: 1\nb\n"
        2:1 "b" error[yaml-syntax]: could not find expected ':'
            help: write `key: value` or `- item`; a text of several lines goes below `key: |`, indented
        "a: 1\nb\nc: 2"
        2:1 "b" error[yaml-syntax]: could not find expected ':'
            help: write `key: value` or `- item`; a text of several lines goes below `key: |`, indented
        "- a\nb: c"
        2:1 "b" error[yaml-syntax]: did not find expected '-' indicator
            help: start the line with `- ` like the items above it, or indent it like the key it belongs to
        "? a: b\n  c"
        2:3 "c" error[yaml-syntax]: could not find expected ':'
            help: write `key: value` or `- item`; a text of several lines goes below `key: |`, indented
        "\"a\": b\n\"c\":d"
        2:1 "\"" error[yaml-syntax]: could not find expected ':'
            help: write `key: value` or `- item`; a text of several lines goes below `key: |`, indented
        "\"a\":b"
        1:4 ":" error[yaml-syntax]: did not find expected <document start>
            help: nothing may follow the value here; a key needs a space behind its colon
        ": a"
        1:1 "" error[map-key]: unsupported map key of type: %!s(<nil>), key: <nil>, value: "a"
            help: write a text before the colon; `null` and large numbers as keys need quotes
    "#]]
    .assert_eq(&answers(&texts));
}

#[test]
fn brackets() {
    let texts = [
        "a: [1, 2\nb: c",
        "a: {b: 1\n",
        "{a: 1, b",
        "a: [1}",
        "a: ]",
        "a: [b: c: d]",
        "a: [-]",
        "a: [!]",
        "a: {b: &c d, *c: e}",
        "a: -[b]",
        "{\"a\": 1, }x",
        "a: {{ .Values.b }}",
        "{{ .Values.a }}: b",
    ];
    expect![[r#"
        "a: [1, 2\nb: c"
        2:2 ":" error[yaml-syntax]: did not find expected ',' or ']'
            help: close the list above with `]`; put a text that contains a colon in quotes
        "a: {b: 1\n"
        1:4 "{" error[yaml-syntax]: did not find expected ',' or '}'
            help: close the `{` that is opened here with `}`
        "{a: 1, b"
        1:1 "{" error[yaml-syntax]: did not find expected ',' or '}'
            help: close the `{` that is opened here with `}`
        "a: [1}"
        1:4 "[" error[yaml-syntax]: did not find expected ',' or ']'
            help: close `[` with `]`, not with `}`
        "a: ]"
        1:4 "]" error[yaml-syntax]: did not find expected node content
            help: remove the bracket, or open one before it; put a text that starts with it in quotes
        "a: [b: c: d]"
        1:9 ":" error[yaml-syntax]: did not find expected ',' or '}'
            help: separate the entries with commas and close the mapping with `}`
        "a: [-]"
        {"a":["-"]}
        "a: [!]"
        1:5 "!" error[yaml-syntax]: did not find expected whitespace or line break
            help: write a space behind the tag, or put a text that starts with `!` in quotes
        "a: {b: &c d, *c: e}"
        1:14 "*c" error[yaml-syntax]: an alias as a key needs a space before its colon here
            help: write the key out, or put a space before the colon
        "a: -[b]"
        {"a":"-[b]"}
        "{\"a\": 1, }x"
        {"a":1}
        1:11 "x" warning[ignored-content]: `kubectl` ignores what follows the end of a document up to the next `---`
            help: put `---` on a line of its own before it
        "a: {{ .Values.b }}"
        1:5 "{ .Values.b }" error[map-key]: invalid map key: map[interface {}]interface {}{".Values.b":interface {}(nil)}
            help: put the key in quotes; if this is a template (`{{ ... }}`), render it first
        "{{ .Values.a }}: b"
        1:2 "{ .Values.a }" error[map-key]: invalid map key: map[interface {}]interface {}{".Values.a":interface {}(nil)}
            help: put the key in quotes; if this is a template (`{{ ... }}`), render it first
    "#]]
    .assert_eq(&answers(&texts));
}

#[test]
fn plain_text() {
    let texts = [
        "a: @b",
        "a: `b`",
        "a: %b",
        "a: *x.y",
        "a: *.example.com",
        "a: &",
        "a: !x!y z",
        "a: | x\n  y",
        "a: >5x\n  b",
        "a: \u{1}b",
    ];
    expect![[r#"
        "a: @b"
        1:4 "@" error[yaml-syntax]: found character that cannot start any token
            help: put the text that starts with it in quotes
        "a: `b`"
        1:4 "`" error[yaml-syntax]: found character that cannot start any token
            help: put the text that starts with it in quotes
        "a: %b"
        1:4 "%" error[yaml-syntax]: found character that cannot start any token
            help: put the text that starts with it in quotes
        "a: *x.y"
        1:4 "*x.y" error[yaml-syntax]: unknown anchor 'x.y' referenced
            help: define it before, as in `&name value`, or put a text that starts with `*` in quotes
        "a: *.example.com"
        1:4 "*.example.com" error[yaml-syntax]: unknown anchor '.example.com' referenced
            help: define it before, as in `&name value`, or put a text that starts with `*` in quotes
        "a: &"
        1:4 "&" error[yaml-syntax]: did not find expected alphabetic or numeric character
            help: put a text that starts with `*` or `&` in quotes
        "a: !x!y z"
        1:4 "!x" error[yaml-syntax]: found undefined tag handle
            help: put a text that starts with `!` in quotes
        "a: | x\n  y"
        1:4 "|" error[yaml-syntax]: did not find expected comment or line break
            help: start the text on the line below `|` or `>`, or put it in quotes
        "a: >5x\n  b"
        1:4 ">" error[yaml-syntax]: did not find expected comment or line break
            help: start the text on the line below `|` or `>`, or put it in quotes
        "a: \u{1}b"
        1:4 "\u{1}" error[yaml-syntax]: control characters are not allowed
            help: remove the character, or write it as an escape in double quotes
    "#]]
    .assert_eq(&answers(&texts));
}

#[test]
fn quoted_text() {
    let texts = [
        "a: 'b",
        "a: \"b\nc: d",
        "a: \"b\" c",
        "a: 'b' c",
        "a: \"é\" ü\n",
        "a: \"\\d\"",
        "a: \"\\x41\\\\d\\d\"",
        "a: \"\\xZZ\"",
        "a: \"\\ud800\"",
    ];
    expect![[r#"
        "a: 'b"
        1:4 "'" error[yaml-syntax]: found unexpected end of stream
            help: close the quote that is opened here
        "a: \"b\nc: d"
        2:1 "c" error[yaml-syntax]: found a quoted text that goes on without indentation
            help: close the quote that is opened above, or indent the line further than the key
        "a: \"b\" c"
        1:8 "c" error[yaml-syntax]: did not find expected key
            help: nothing may follow the closing quote; write a quote inside of the text as `\"`
        "a: 'b' c"
        1:8 "c" error[yaml-syntax]: did not find expected key
            help: nothing may follow the closing quote; write a quote inside of the text twice: `''`
        "a: \"é\" ü\n"
        1:8 "ü" error[yaml-syntax]: did not find expected key
            help: nothing may follow the closing quote; write a quote inside of the text as `\"`
        "a: \"\\d\""
        1:5 "\\" error[yaml-syntax]: found unknown escape character
            help: write the backslash twice, or use single quotes, in which it needs no escape
        "a: \"\\x41\\\\d\\d\""
        1:12 "\\" error[yaml-syntax]: found unknown escape character
            help: write the backslash twice, or use single quotes, in which it needs no escape
        "a: \"\\xZZ\""
        1:4 "\"" error[yaml-syntax]: did not find expected hexadecimal number
            help: write `\x` with two, `\u` with four, `\U` with eight hexadecimal digits
        "a: \"\\ud800\""
        1:4 "\"" error[yaml-syntax]: found invalid Unicode character escape code
            help: write the character itself
    "#]]
    .assert_eq(&answers(&texts));
}
