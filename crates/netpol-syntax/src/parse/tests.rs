use std::fmt::Write;

use super::*;
use crate::{Node, Severity, Sources, Value};

mod bounds;
mod places;
mod random;

fn read(text: &str) -> Parsed {
    parse(FileId(0), text)
}

/// The documents as JSON, one a line, and below them the findings with line, column and place.
fn shown(text: &str) -> String {
    let parsed = read(text);
    let sources = Sources::single("t", text);
    let mut out = String::new();
    for document in &parsed.documents {
        writeln!(out, "{}", json(&document.root)).unwrap();
    }
    for finding in &parsed.findings {
        let at = sources.location(finding.span);
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let place = sources.text_of(finding.span);
        writeln!(
            out,
            "{}:{} {place:?} {level}[{}]: {}",
            at.line, at.column, finding.code, finding.message
        )
        .unwrap();
        writeln!(out, "    help: {}", finding.help.as_deref().expect("every finding has a remedy"))
            .unwrap();
    }
    out
}

fn json(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(","))
        }
        Value::Mapping(mapping) => {
            let entry = |entry: &crate::Entry| format!("{:?}:{}", entry.key, json(&entry.value));
            format!("{{{}}}", mapping.entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
    }
}

/// The only document as JSON, or the message of the first error.
fn result(text: &str) -> Result<String, String> {
    let parsed = read(text);
    if let Some(error) = parsed.findings.iter().find(|f| f.severity == Severity::Error) {
        return Err(error.message.clone());
    }
    assert_eq!(parsed.documents.len(), 1, "{text:?}");
    Ok(json(&parsed.documents[0].root))
}

/// What kubectl makes of `k: …` (sigs.k8s.io/yaml 1.6).
#[test]
fn values_are_those_of_kubectl() {
    let table = [
        ("true", "y Y yes Yes YES on On true True TRUE"),
        ("false", "n N no NO off OFF false"),
        ("null", "~ null Null NULL"),
        ("0", "0 -0"),
        ("3", "0b11"),
        ("7", "007"),
        ("8", "08"),
        ("9", "09"),
        ("1", "1."),
        ("15", "0o17 1.5e1"),
        ("31", "0x1F"),
        ("80", "+80 80.0"),
        ("511", "0777"),
        ("1000", "1_000 1e3"),
        ("12000", "12e03"),
        ("0.5", ".5"),
        (r#""80""#, r#"'80' "80""#),
        (r#"["a","b"]"#, "[a,b]"),
    ];
    for (json, sources) in table {
        for source in sources.split(' ') {
            assert_eq!(
                result(&format!("k: {source}")),
                Ok(format!("{{\"k\":{json}}}")),
                "{source}"
            );
        }
    }
    assert_eq!(result("k: "), Ok(r#"{"k":null}"#.to_owned()));
    assert_eq!(result("k: [a, b]"), Ok(r#"{"k":["a","b"]}"#.to_owned()));
    let texts =
        "yEs tRue 1:30 22:22 2026-11-20 2026-11-20T12:00:00Z = << 0.1.2 1,000 10.0.0.0/8 ::1";
    for text in texts.split(' ') {
        assert_eq!(result(&format!("k: {text}")), Ok(format!("{{\"k\":{text:?}}}")), "{text}");
    }
    for (text, value) in [(".inf", "+Inf"), ("+.Inf", "+Inf"), ("-.INF", "-Inf"), (".NaN", "NaN")] {
        let error = Err(format!("json: unsupported value: {value}"));
        assert_eq!(result(&format!("k: {text}")), error, "{text}");
    }
}

/// What kubectl makes of whole documents (sigs.k8s.io/yaml 1.6).
#[test]
fn documents_are_those_of_kubectl() {
    let tab = Err("found character that cannot start any token: a tab");
    let table: [(&str, Result<&str, &str>); 78] = [
        ("k: a: b", Err("mapping values are not allowed in this context")),
        ("k: - x", Err("block sequence entries are not allowed in this context")),
        ("a: 1\na: 2\n", Ok(r#"{"a":2}"#)),
        ("a: &x {b: 1}\nc: *x\n", Ok(r#"{"a":{"b":1},"c":{"b":1}}"#)),
        ("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n", Ok(r#"{"a":{"b":1},"c":{"b":1,"d":2}}"#)),
        ("true: x\n1: b\n1.5: z\n", Ok(r#"{"true":"x","1":"b","1.5":"z"}"#)),
        (
            "true: x\n1: y\n1.5: z\nnull: q\n",
            Err("unsupported map key of type: %!s(<nil>), key: <nil>, value: \"q\""),
        ),
        ("? [a, b]\n: c\n", Err("invalid map key: []interface {}{\"a\", \"b\"}")),
        (
            "{{ .Values.name }}: [1, {a: ~, b: 1.5}]\n",
            Err(
                "invalid map key: map[interface {}]interface {}{\".Values.name\":interface {}(nil)}",
            ),
        ),
        ("a: |\n  x\n  y\n", Ok(r#"{"a":"x\ny\n"}"#)),
        ("a: >\n  x\n  y\n", Ok(r#"{"a":"x y\n"}"#)),
        ("%YAML 1.2\n---\na: b\n", Err("found incompatible YAML document")),
        ("a: b\n...\nc: d\n", Ok(r#"{"a":"b"}"#)),
        ("a: !!str 80\n", Ok(r#"{"a":"80"}"#)),
        ("a: !foo 80\n", Ok(r#"{"a":"80"}"#)),
        ("a: ! 80\n", Ok(r#"{"a":"80"}"#)),
        ("a: !!int \"80\"\n", Ok(r#"{"a":80}"#)),
        ("a: !!int x\n", Err("cannot decode `x` as a `!!int`")),
        ("\ta: b\n", Err("found character that cannot start any token: a tab")),
        ("a:\tb\n", Ok(r#"{"a":"b"}"#)),
        ("a: 'it''s'\n", Ok(r#"{"a":"it's"}"#)),
        ("a: \"\\u0041\"\n", Ok(r#"{"a":"A"}"#)),
        ("a: b # c\n", Ok(r#"{"a":"b"}"#)),
        ("a: b#c\n", Ok(r#"{"a":"b#c"}"#)),
        ("\u{feff}a: b\n", Ok(r#"{"a":"b"}"#)),
        ("{a: b}\n", Ok(r#"{"a":"b"}"#)),
        ("a: b\r\nc: d\r\n", Ok(r#"{"a":"b","c":"d"}"#)),
        ("a: |\r\n  b\r\n  c\r\n", Ok(r#"{"a":"b\nc\n"}"#)),
        ("a: !!binary aGVsbG8=\n", Ok(r#"{"a":"hello"}"#)),
        ("a: !!binary x\n", Err("!!binary value contains invalid base64 data")),
        ("!!merge <<: {a: 1}\n", Ok(r#"{"a":1}"#)),
        ("\"<<\": {a: 1}\n", Ok(r#"{"<<":{"a":1}}"#)),
        ("a: \"\\/\"\n", Err("found unknown escape character")),
        ("a: [\"\\/\"]\n", Err("found unknown escape character")),
        ("{\"a\": \"\\/\"}\n", Ok(r#"{"a":"/"}"#)),
        ("a: \"\\ud83d\\ude00\"\n", Err("found invalid Unicode character escape code")),
        ("a: \"\\U0001F600\"\n", Ok(r#"{"a":"😀"}"#)),
        (".inf: 1\n-.INF: 2\n.NaN: 3\n", Ok(r#"{".inf":1,"-.inf":2,".nan":3}"#)),
        ("a: 18446744073709551615\n", Ok(r#"{"a":18446744073709552000}"#)),
        (
            "9223372036854775808: x\n",
            Err("unsupported map key of type: uint64, key: 0x8000000000000000, value: \"x\""),
        ),
        ("1e30: x\n123456789012.5: z\n", Ok(r#"{"1e+30":"x","1.2345679e+11":"z"}"#)),
        ("a: {\n\tb: c,\n\td: [\n\t\te\n  ]}\n", Ok(r#"{"a":{"b":"c","d":["e"]}}"#)),
        ("a: {\n\tb: c\n\t}\n", tab),
        ("a: 'b\n\tc'\nd: \"e\n\t f\"\n", Ok(r#"{"a":"b c","d":"e f"}"#)),
        ("a: [1,\t2\t]\n", Ok(r#"{"a":[1,2]}"#)),
        ("a: b\t# c\n", Ok(r#"{"a":"b"}"#)),
        ("\t# c\na: b\n", tab),
        ("a: b\n\t# c\n", tab),
        ("a: b\n\t\nc: d\n", tab),
        ("a: b\n \t\nc: d\n", Ok(r#"{"a":"b","c":"d"}"#)),
        ("a: 'b'\n \t\nc: d\n", tab),
        ("a:\n  b: c\n  \t\n  d: e\n", tab),
        ("a:\n  b: c\n   \t\n  d: e\n", Ok(r#"{"a":{"b":"c","d":"e"}}"#)),
        ("a: b\n  c\n\t\n  d\n", tab),
        ("a: |\n \tb\n", tab),
        ("a: |1\n \tb\n", Ok(r#"{"a":"\tb\n"}"#)),
        ("a: |\n  b\n  \tc\n", Ok(r#"{"a":"b\n\tc\n"}"#)),
        ("a: |\n\n\t\n  b\n", tab),
        ("- # b:\t\n  c\n", Ok(r#"["c"]"#)),
        ("a: 'b'# c\nd: [e]# f\n", Ok(r#"{"a":"b","d":["e"]}"#)),
        ("a: b# c\n", Ok(r#"{"a":"b# c"}"#)),
        ("a: {b: c?}\n", Err("did not find expected ',' or '}'")),
        ("a: [b?c]\n", Err("did not find expected ',' or ']'")),
        ("a: [{b: 'c?'}, \"?\"]\nd: e?\n", Ok(r#"{"a":[{"b":"c?"},"?"],"d":"e?"}"#)),
        ("a: [? b : c]\n", Ok(r#"{"a":[{"b":"c"}]}"#)),
        ("a: &b 1\n2: *b\n", Ok(r#"{"a":1,"2":1}"#)),
        ("a: - b\n", Err("block sequence entries are not allowed in this context")),
        ("a: b\n c: d\n", Err("mapping values are not allowed in this context")),
        ("a: [-, b: -]\n", Ok(r#"{"a":["-",{"b":"-"}]}"#)),
        ("a:\n-\t# b\n- c\n", tab),
        ("- - \t\n    b: c\n", tab),
        ("? a\n:\tb\n", tab),
        ("a: &b c\n*b : d\n", Ok(r#"{"a":"c","c":"d"}"#)),
        ("a: {!, b}\n", Err("did not find expected whitespace or line break")),
        ("a: {! , b}\n", Ok(r#"{"a":{"":null,"b":null}}"#)),
        ("a: !#\n", Err("did not find expected whitespace or line break")),
        ("a: [&b&]\n", Err("did not find expected alphabetic or numeric character")),
        ("a: {b: c:, d: []:}\n", Err("did not find expected ',' or '}'")),
    ];
    for (text, expected) in table {
        assert_eq!(result(text), expected.map(str::to_owned).map_err(str::to_owned), "{text:?}");
    }
}

/// What YAML 1.2 means otherwise than kubectl (sigs.k8s.io/yaml 1.6).
#[test]
fn documents_are_not_those_of_newer_yaml() {
    let table: [(&str, Result<&str, &str>); 19] = [
        ("a: {b: c:, d:}\n", Ok(r#"{"a":{"b":"c:","d:":null}}"#)),
        ("a: [b:, c :, 'd':, é:f:]\n", Ok(r#"{"a":["b:","c :",{"d":null},"é:f:"]}"#)),
        ("a: [{b: {c:}}]\n", Ok(r#"{"a":[{"b":{"c:":null}}]}"#)),
        ("a: {b: ::1}\n", Err("did not find expected node content")),
        ("a: [::/0]\n", Err("did not find expected node content")),
        ("a: [fe80::1, '::1']\nb: ::1\n", Ok(r#"{"a":["fe80::1","::1"],"b":"::1"}"#)),
        ("a: {b\n c: d}\n", Err("did not find expected ',' or '}'")),
        ("a: {'b' # c\n : d}\n", Err("did not find expected ',' or '}'")),
        ("a: {? b\n c : d, e\n f}\n", Ok(r#"{"a":{"b c":"d","e f":null}}"#)),
        ("a:\n|\n  b\nc: d\n", Ok(r#"{"a":"b\n","c":"d"}"#)),
        ("- a: # b\n\n  >-\n    c\n    d\n  e: f\n", Ok(r#"[{"a":"c d","e":"f"}]"#)),
        ("a:\n  b:\n|\n    c\n", Err("could not find expected ':'")),
        ("a: \"b\nc\"\n", Ok(r#"{"a":"b c"}"#)),
        ("a:\n  b: 'c\n\nd:\n'\n  e: 1\n", Ok(r#"{"a":{"b":"c\nd: ","e":1}}"#)),
        ("\"a\nb\": c\n", Err("did not find expected key")),
        ("a: &b.c 1\n", Err("did not find expected alphabetic or numeric character")),
        ("a: {&b: c}\n", Err("did not find expected alphabetic or numeric character")),
        ("a: [&b-_1 c, *b-_1]\n", Ok(r#"{"a":["c","c"]}"#)),
        ("a: |\n  b\n\t\nc: d\n", Err("found character that cannot start any token: a tab")),
    ];
    for (text, expected) in table {
        assert_eq!(result(text), expected.map(str::to_owned).map_err(str::to_owned), "{text:?}");
    }
}

/// go-yaml ends lines at three more characters. Where that makes a difference, we do not guess.
#[test]
fn line_breaks_that_only_kubectl_knows_are_refused() {
    let refused =
        |code: &str| Err(format!("`kubectl` takes the character {code} for a line break"));
    for text in
        ["a: b\u{2028}c: d\n", "# a\u{2028}b: c\n", "a: |\n  b\u{2028}c\n", "a: 'b\u{2028} c'"]
    {
        assert_eq!(result(text), refused("U+2028"), "{text:?}");
    }
    assert_eq!(result("a: \"b\u{85}c\"\n"), refused("U+0085"));
    assert_eq!(result("a: b\n# c\u{2029}"), refused("U+2029"));
    for text in ["a: \"b\u{2028}c\"\n", "{\"a\": \"b\u{2028}c\"}\n", "a: \"b\\Lc\"\n"] {
        assert_eq!(result(text), Ok("{\"a\":\"b\\u{2028}c\"}".to_owned()), "{text:?}");
    }
}
