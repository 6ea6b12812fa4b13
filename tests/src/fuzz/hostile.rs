//! Texts made to break a reader, and what was found to break ours.

use std::fmt::Write as _;
use std::fs;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use netpol::view::{FieldValidation, MatrixQuery, PortSpec};
use netpol::{Sources, analyse};

use super::{exercise, explain};
use crate::workspace_root;

/// What a text may take at most, on any machine: without it a hang would not be seen.
const PATIENCE: Duration = Duration::from_mins(2);

/// How many there are of what may be many; all with `cargo test --release`.
const MANY: usize = if cfg!(debug_assertions) { 10_000 } else { 100_000 };

/// Fails if the work does not end; a panic in it fails too.
#[track_caller]
fn ends(work: impl FnOnce() + Send + 'static) {
    let (done, wait) = mpsc::channel();
    let worker = thread::spawn(move || {
        work();
        done.send(())
    });
    match wait.recv_timeout(PATIENCE) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("not done in {PATIENCE:?}"),
        _ => worker.join().unwrap().unwrap(),
    }
}

/// All questions and edits.
#[track_caller]
fn check(text: impl Into<String>) {
    let text = text.into();
    ends(move || exercise(text.as_bytes()));
}

/// Each question once, for large texts.
#[track_caller]
fn check_large(text: String) {
    ends(move || {
        let analysis = analyse(Sources::single("large.yaml", text));
        analysis.findings();
        analysis.topology();
        analysis.validate(Some(FieldValidation::Strict));
        analysis.matrix(&MatrixQuery { limit: 20, ..MatrixQuery::default() }).unwrap();
        analysis.stats();
        analysis.test();
        explain(&analysis, "default/a", "default/b", PortSpec::Number(80));
    });
}

fn policy(spec: &str) -> String {
    let pods = ["a", "b"].map(|name| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n\
             spec: {{containers: [{{name: c, ports: [{{name: http, containerPort: 80}}]}}]}}\n---\n"
        )
    });
    format!(
        "{}apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p}}\nspec:\n{spec}",
        pods.concat()
    )
}

/// `count` lines made from their number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", line(number));
        text
    })
}

#[test]
fn everything_that_was_found() {
    let mut count = 0;
    for entry in fs::read_dir(workspace_root().join("tests/corpus")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        ends(move || exercise(&bytes));
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn aliases_that_multiply() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let alias = format!("*a{}", level - 1);
        let _ = writeln!(text, "a{level}: &a{level} [{}]", [alias.as_str(); 10].join(", "));
    }
    check(format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\n{text}"));
    check(policy("  ingress: [*a]\n"));
}

#[test]
fn merges_that_multiply() {
    let mut text = "m0: &m0 {a: 1, b: 2}\n".to_owned();
    for level in 1..40 {
        let merged = format!("*m{}", level - 1);
        let _ =
            writeln!(text, "m{level}: &m{level} {{<<: [{merged}, {merged}], k{level}: {merged}}}");
    }
    check(format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\n{text}"));
}

#[test]
fn an_anchor_inside_itself() {
    check("&a [*a, &b {<<: *b, <<: *a}]");
    check(policy("  ingress: &a [{from: *a}]\n"));
}

#[test]
fn deep_nesting() {
    const DEPTH: usize = 20_000;
    check("[".repeat(DEPTH));
    check("{a: ".repeat(DEPTH));
    check("- ".repeat(DEPTH));
    check("? ".repeat(DEPTH));
    check(format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)));
    check(lines(500, |depth| format!("{}a:", " ".repeat(depth))));
    check(policy(&format!("  ingress: {}", "[{from: ".repeat(DEPTH))));
    check(format!("kind: List\nitems: {}", "[{kind: List, items: ".repeat(5_000)));
}

#[test]
fn giant_scalars() {
    let nines = "9".repeat(20_000);
    for number in [
        nines.clone(),
        format!("-{nines}"),
        format!("0x{nines}"),
        format!("1e{nines}"),
        format!("0.{nines}"),
        format!("0b{nines}"),
        format!("0{nines}"),
        format!("1_{nines}"),
    ] {
        check(policy(&format!(
            "  ingress: [{{ports: [{{port: {number}, endPort: {number}}}]}}]\n"
        )));
    }
    check(policy(&format!("  podSelector: {{matchLabels: {{{nines}: {nines}}}}}\n")));
    check(policy(&format!("  ingress: [{{from: [{{ipBlock: {{cidr: {nines}/{nines}}}}}]}}]\n")));
    // Wider than the widths of format strings, which are 16 bits.
    let name = "a".repeat(70_000);
    check(format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: {name}}}"));
}

#[test]
fn giant_counts() {
    for (kind, version, field) in [
        ("Deployment", "apps/v1", "replicas"),
        ("StatefulSet", "apps/v1", "replicas"),
        ("ReplicaSet", "apps/v1", "replicas"),
        ("Job", "batch/v1", "parallelism"),
    ] {
        for count in ["2147483647", "-1", "18446744073709551615", "1e18"] {
            check(format!(
                "apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec:\n  \
                 {field}: {count}\n  template: {{metadata: {{labels: {{app: a}}}}}}\n---\n{}",
                policy("  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/9}}]}]")
            ));
        }
    }
}

#[test]
fn many_rules_in_one_policy() {
    let rules = lines(MANY, |number| {
        format!(
            "  - {{from: [{{podSelector: {{matchLabels: {{app: a{number}}}}}}}], ports: [{{port: {}}}]}}",
            number % 65_535 + 1
        )
    });
    check_large(policy(&format!("  ingress:\n{rules}")));
}

#[test]
fn many_blocks_in_one_rule() {
    let peers = lines(MANY / 2, |number| {
        format!(
            "    - {{ipBlock: {{cidr: 10.{}.{}.0/24, except: [10.{}.{}.7/32]}}}}",
            number / 256,
            number % 256,
            number / 256,
            number % 256
        )
    });
    check_large(policy(&format!("  ingress:\n  - from:\n{peers}")));
}

#[test]
fn many_documents() {
    check_large(lines(MANY, |number| {
        format!("---\n{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c{number}}}}}")
    }));
    check_large("---\n".repeat(MANY));
    check_large("--- broken: [\n".repeat(MANY));
}

#[test]
fn many_items_in_one_list() {
    let item = |number| format!("- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p{number}");
    let items = lines(MANY / 4, item);
    for end in
        ["kind: List\n", "- broken: [\nkind: List\n", "- *unknown\nkind: List\n", "kind: [\n"]
    {
        check_large(format!("apiVersion: v1\nitems:\n{items}{end}"));
    }
}

#[test]
fn many_labels() {
    let labels = (0..MANY / 2).map(|number| format!("k{number}: v")).collect::<Vec<_>>().join(", ");
    check_large(format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: x, labels: {{{labels}}}}}\n---\n{}",
        policy(&format!("  podSelector: {{matchLabels: {{{labels}}}}}"))
    ));
}
