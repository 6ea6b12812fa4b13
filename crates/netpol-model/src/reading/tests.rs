//! Reading again after edits against reading for the first time, and in parts against as a whole.

use netpol_syntax::{FileId, MOST_FINDINGS, Source, Sources, parse};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

/// Every kind and every place that an object has, and most of what can be wrong.
const DOCUMENTS: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a}}
---
# a comment
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  labels: {app: web}
spec:
  containers:
  - name: c
    ports:
    - {name: http, containerPort: 8080}
    - {name: http, containerPort: 0}
status: {podIP: 10.0.0.1, hostIP: 192.168.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
---
{apiVersion: v1, kind: Node, metadata: {name: n}, status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 2
  template: &template
    metadata: {labels: {app: api}}
  copy: *template
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints: [{addresses: [10.0.0.1]}]
ports: [{port: 8080}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: web
    matchLabels:
      app: web
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [a, b]}]}
      podSelector: {matchLabels: {app: api}}
    - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
    ports:
    - port: 8000
      endPort: 9000
  egress:
  - {}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: slip, namespace: shop}
spec: {podSelecter: {}, ingress: [{from: [{}]}]}
---
apiVersion: netpol/v1
kind: External
metadata: {name: office}
spec: {ip: 203.0.113.7}
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: open}
spec:
  connections:
  - {from: shop/web, to: external/office, port: 443, verdict: allowed}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
data: {text: [}
---
apiVersion: netpol/v1
kind: Settings
metadata: {name: settings}
spec: {kubernetesVersion: \"1.32\", fieldValidation: warn}
";

/// The same as one list in block YAML, without what cannot be read.
fn block_list() -> String {
    let documents = DOCUMENTS.split("---\n").filter(|text| !text.contains("[}"));
    let item = |text: &str| {
        let text = text.strip_prefix("# a comment\n").unwrap_or(text).trim_end();
        format!("- {}\n", text.replace('\n', "\n  "))
    };
    let items: String = documents.map(item).collect();
    format!("apiVersion: v1\nitems:\n{items}kind: List\nmetadata:\n  resourceVersion: \"\"\n")
}

const JSON_LIST: &str = r#"{
    "apiVersion": "v1",
    "items": [
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": {"app": "a"}}},
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b", "name": "c"}, "spce": {}},
        {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "p"},
            "spec": {"podSelector": {"matchLabels": {"app": "a"}}, "ingress": [{"ports": [{"port": 80}]}]}}
    ],
    "kind": "List"
}
"#;

fn texts() -> impl Strategy<Value = String> {
    let (list, crlf) = (block_list(), DOCUMENTS.replace('\n', "\r\n"));
    let many = format!("{JSON_LIST}---\n{}---\n{DOCUMENTS}", block_list());
    select(vec![DOCUMENTS.to_owned(), list, crlf, many, JSON_LIST.to_owned()])
}

/// Where, how many bytes go, and what comes instead.
type Change = (Index, usize, &'static str);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let new = select(vec![
        "",
        "x",
        "\n",
        "\n---\n",
        " ",
        "  ",
        "- ",
        ": ",
        "[",
        "}",
        "'",
        "\"",
        "&a ",
        "*a",
        "# ",
        "é",
        "a: b\n",
        "\n  labels: {a: b}\n",
        "- apiVersion: v1\n  kind: Pod\n  metadata: {name: new}\n",
        "\n---\napiVersion: netpol/v1\nkind: Settings\nspec: {kubernetesVersion: \"1.30\"}\n---\n",
    ]);
    prop::collection::vec((any::<Index>(), 0..4_usize, new), 1..5)
}

fn edit(text: &mut String, (at, length, new): &Change) {
    // Also whole lines, so that the text stays readable more often.
    let limits: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| *c == '\n' || c.is_ascii_punctuation() || *c == ' ')
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let Some(first) = limits.len().checked_sub(1).map(|_| at.index(limits.len())) else {
        return text.push_str(new);
    };
    let last = (first + length).min(limits.len() - 1);
    text.replace_range(limits[first]..limits[last], new);
}

/// All that a reading says.
fn shown(reading: &Reading, sources: &Sources) -> String {
    let syntax: Vec<_> = reading.syntax().collect();
    let texts: Vec<_> = reading.texts_with_documents().collect();
    format!("{:#?}{syntax:#?}{texts:?}{:#?}", reading.objects(), reading.review(sources, None))
}

#[track_caller]
fn same(left: &str, right: &str, text: &str) {
    let differs = left.lines().zip(right.lines()).position(|(a, b)| a != b);
    let around = |text: &str| -> String {
        let lines = text.lines().skip(differs.unwrap_or_default().saturating_sub(12));
        lines.take(14).flat_map(|line| [line.trim(), "\n"]).collect()
    };
    assert!(left == right, "{}\nis not\n{}\nin {text}", around(left), around(right));
}

/// Reading the text again after each change, and reading it for the first time.
#[track_caller]
fn check_again(text: &str, changes: &[Change]) {
    let two = |text: &str| {
        let mut sources = Sources::single("a.yaml", text);
        sources.add(Source::new("b.yaml", "# nothing\n"));
        sources
    };
    let mut text = text.to_owned();
    let mut sources = two(&text);
    let mut reading = Reading::of(&sources);
    for change in changes {
        edit(&mut text, change);
        let next = two(&text);
        reading = reading.again(&sources, &next);
        sources = next;
        same(&shown(&reading, &sources), &shown(&Reading::of(&sources), &sources), &text);
    }
}

/// Does jobs from the last to the first.
fn one_after_the_other(count: usize, job: &(dyn Fn(usize) + Sync)) {
    (0..count).rev().for_each(job);
}

/// Reading with help, and alone.
#[track_caller]
fn check_shared(text: &str, job: usize) {
    let sources = Sources::single("a.yaml", text);
    let backwards = |count: usize, job: &(dyn Fn(usize) + Sync)| (0..count).rev().for_each(job);
    let mut last = 0;
    let help = Help::new(&backwards, job);
    let reading = Reading::anew(&sources, Some(help), &mut |bytes| last = bytes);
    same(&shown(&reading, &sources), &shown(&Reading::of(&sources), &sources), text);
    assert!(last <= text.len());
}

/// Reading part by part, and all documents at once.
#[track_caller]
fn check_whole(text: &str) {
    let sources = Sources::single("a.yaml", text);
    let reading = Reading::of(&sources);
    let syntax: Vec<_> = reading.syntax().cloned().collect();
    let whole = parse(FileId(0), text);
    same(&format!("{syntax:#?}"), &format!("{:#?}", whole.findings), text);
    let decoded = decode(&whole.documents);
    same(&format!("{:#?}", reading.objects()), &format!("{decoded:#?}"), text);
    let places: Vec<Span> = (0..text.len()).map(|at| Span::new(FileId(0), at, at)).collect();
    let again = reading.documents_at(&sources, &places);
    same(&format!("{again:#?}"), &format!("{:#?}", whole.documents), text);
}

#[test]
fn parts_are_as_large_as_a_list_allows() {
    let list = block_list();
    let reading = Reading::of(&Sources::single("a.yaml", &list));
    let at = list.find("kind: NetworkPolicy").unwrap();
    let part = reading.part_around(FileId(0), &(at..at + 1)).unwrap();
    assert_eq!(part.form, PartForm::Item);
    assert!(list[part.start..part.end].starts_with("- apiVersion: networking.k8s.io/v1\n"));
    let tail = list.find("kind: List").unwrap();
    assert_eq!(
        reading.part_around(FileId(0), &(at..tail + 1)),
        Some(TextPart { start: 0, end: list.len(), form: PartForm::Chunk })
    );
    let reading = Reading::of(&Sources::single("a.json", JSON_LIST));
    let at = JSON_LIST.find("Pod").unwrap();
    assert_eq!(reading.part_around(FileId(0), &(at..at)).unwrap().form, PartForm::JsonItem);
}

#[test]
fn items_outlive_a_broken_list() {
    let good = block_list();
    let broken = good.replace("kind: Node", "kind: [");
    let sources = [&good, &broken, &good].map(|text| Sources::single("a.yaml", text));
    let reading = Reading::of(&sources[0]);
    let fresh = shown(&reading, &sources[0]);
    let reading = reading.again(&sources[0], &sources[1]);
    assert_eq!(reading.unread().count(), 1);
    let list = reading.texts[0].chunks[0].parts().count();
    assert_eq!(list, 1, "only the broken whole counts");
    let reading = reading.again(&sources[1], &sources[2]);
    assert_eq!(shown(&reading, &sources[2]), fresh);
}

fn findings_of(reading: &Reading) -> Vec<Finding> {
    let (_, mut findings) = reading.objects();
    findings.extend(reading.syntax().cloned());
    findings
}

#[test]
fn findings_are_bounded() {
    let many = MOST_FINDINGS * 3;
    let table = [
        (format!("apiVersion: v1\nkind: ConfigMap\n{}", "a: 1\n".repeat(many)), Severity::Warning),
        ("a: .inf\n".repeat(many), Severity::Error),
        ("{\"a\": 1}".repeat(many), Severity::Error),
        ("a: 1\n---\n".repeat(many), Severity::Error),
        (format!("{}a: [\n", "a: 1\na: 1\n---\n".repeat(many)), Severity::Error),
    ];
    for (text, worst) in table {
        let sources = Sources::single("a.yaml", &text);
        let reading = Reading::of(&sources);
        let findings = findings_of(&reading);
        assert_eq!(findings.len(), MOST_FINDINGS + 1, "{}", &text[..20]);
        let last = findings.iter().find(|finding| finding.code == "too-many-findings");
        assert_eq!(last.map(|last| last.severity), Some(worst), "{}", &text[..20]);
        let again = reading.again(&sources, &sources);
        same(&shown(&again, &sources), &shown(&Reading::of(&sources), &sources), "");
        let help = Help::new(&one_after_the_other, text.len() / 10);
        let helped = Reading::anew(&sources, Some(help), &mut |_| {});
        assert_eq!(findings_of(&helped), findings, "{}", &text[..20]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn reading_again_is_reading(text in texts(), changes in changes()) {
        check_again(&text, &changes);
    }

    #[test]
    fn reading_with_help_is_reading(text in texts(), changes in changes(), job in 1..2_000_usize) {
        let mut text = text;
        for change in &changes {
            edit(&mut text, change);
        }
        check_shared(&text, job);
    }

    #[test]
    fn parts_are_the_whole(text in texts(), changes in changes()) {
        let mut text = text;
        for change in &changes {
            edit(&mut text, change);
        }
        check_whole(&text);
    }
}
