//! Random clusters in all styles: a suggestion does what it says, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::net::IpAddr;

use netpol_eval::{Answer, Connection, End, Traffic, World, trace};
use netpol_syntax::{FileId, Source, Span, TextEdit, apply};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_yaml::{Mapping, Value};

use super::*;
use crate::Analysis;

/// One port of each interval that rules can cut.
const PROBES: [u16; 9] = [1, 79, 80, 81, 443, 444, 5432, 8080, 65535];

#[derive(Clone, Copy, Debug)]
enum Style {
    /// In block style, lists indented by so much, and in brackets from a depth on.
    Block { list_indent: usize, brackets_from: usize },
    /// One line a manifest.
    Json,
    /// All manifests in one list, in block style.
    List,
    /// All manifests in one list, as `kubectl get -o json` prints it.
    JsonList,
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn labels() -> impl Strategy<Value = &'static str> {
    select(vec!["app: a", "app: b", "app: c, tier: x", "app: a, tier: 'yes'", "tier: x", ""])
}

fn peer() -> impl Strategy<Value = String> {
    select(vec![
        "podSelector: {}",
        "podSelector: {matchLabels: {app: a}}",
        "podSelector: {matchLabels: {app: b}}",
        "podSelector: {matchExpressions: [{key: app, operator: In, values: [a, b]}]}",
        "podSelector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}",
        "namespaceSelector: {}",
        "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: two}}",
        "namespaceSelector: {}, podSelector: {matchLabels: {app: c}}",
        "ipBlock: {cidr: 203.0.113.0/24}",
        "ipBlock: {cidr: 0.0.0.0/0, except: [198.51.100.0/24]}",
        "ipBlock: {cidr: 10.0.0.0/29}",
    ])
    .prop_map(|peer| format!("{{{peer}}}"))
}

fn port() -> impl Strategy<Value = String> {
    select(vec![
        "port: 80",
        "port: 443, protocol: UDP",
        "port: http",
        "protocol: TCP, port: 5432",
        "port: 80, endPort: 443",
        "protocol: UDP",
    ])
    .prop_map(|port| format!("{{{port}}}"))
}

fn rules(peers_key: &'static str) -> impl Strategy<Value = String> {
    let rule = (vec(peer(), 0..3), vec(port(), 0..3)).prop_map(move |(peers, ports)| {
        let list = |key: &str, items: Vec<String>| match items.as_slice() {
            [] => None,
            items => Some(format!("{key}: [{}]", items.join(", "))),
        };
        let parts: Vec<String> =
            [list(peers_key, peers), list("ports", ports)].into_iter().flatten().collect();
        format!("{{{}}}", parts.join(", "))
    });
    vec(rule, 0..3).prop_map(|rules| format!("[{}]", rules.join(", ")))
}

fn policy(number: usize) -> impl Strategy<Value = Value> {
    let selectors = vec![
        "{}",
        "{matchLabels: {app: a}}",
        "{matchExpressions: [{key: app, operator: In, values: [a, b]}]}",
        "{matchLabels: {tier: x}}",
    ];
    let types = select(vec!["[Ingress]", "[Egress]", "[Ingress, Egress]"]);
    (select(vec!["one", "two"]), select(selectors), types, rules("from"), rules("to")).prop_map(
        move |(namespace, selector, types, ingress, egress)| {
            let mut spec = format!("podSelector: {selector}, policyTypes: {types}");
            if types.contains("In") {
                let _ = write!(spec, ", ingress: {ingress}");
            }
            if types.contains('E') {
                let _ = write!(spec, ", egress: {egress}");
            }
            yaml(&format!(
                "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: p{number}, namespace: {namespace}}}, spec: {{{spec}}}}}"
            ))
        },
    )
}

fn pods() -> impl Strategy<Value = Vec<Value>> {
    vec((select(vec!["one", "two"]), labels()), 4).prop_map(|pods| {
        let pod = |(number, (namespace, labels)): (usize, (&str, &str))| {
            yaml(&format!(
                "{{apiVersion: v1, kind: Pod, metadata: {{name: w{number}, namespace: {namespace}, labels: {{{labels}}}}}, spec: {{containers: [{{name: c, ports: [{{name: http, containerPort: {}}}]}}]}}, status: {{podIP: 10.0.0.{}}}}}",
                [80, 8080][number % 2],
                number + 1,
            ))
        };
        let mut all: Vec<Value> = pods.into_iter().enumerate().map(pod).collect();
        all.push(yaml("{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: one}, spec: {replicas: 2, selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: b}}}}}"));
        all.push(yaml("{apiVersion: netpol/v1, kind: External, metadata: {name: x}, spec: {ip: 203.0.113.7}}"));
        all.push(yaml("{apiVersion: netpol/v1, kind: External, metadata: {name: y}, spec: {ip: 198.51.100.7}}"));
        all
    })
}

fn cluster() -> impl Strategy<Value = Vec<Value>> {
    let policies = [policy(0), policy(1), policy(2), policy(3)];
    (policies, 0..5_usize, pods(), select(vec!["generic", "calico", "cilium"])).prop_map(
        |(policies, count, pods, plugin)| {
            let settings = format!(
                "{{apiVersion: netpol/v1, kind: Settings, metadata: {{name: s}}, spec: {{plugin: {plugin}, options: {{implicitDNS: false}}}}}}"
            );
            policies.into_iter().take(count).chain(pods).chain([yaml(&settings)]).collect()
        },
    )
}

fn style() -> impl Strategy<Value = (Style, bool)> {
    let block = (select(vec![0, 2]), 2..9_usize)
        .prop_map(|(list_indent, brackets_from)| Style::Block { list_indent, brackets_from });
    let others = select(vec![Style::Json, Style::List, Style::JsonList]);
    (prop_oneof![block, others], any::<bool>())
}

/// In brackets on one line, or indented by so much over many.
fn flow(value: &Value, quote: &str, indent: Option<usize>) -> String {
    let inner = indent.map(|indent| indent + 4);
    let wrap = |open, parts: Vec<String>, close| match (indent, inner) {
        (Some(outer), Some(inner)) if !parts.is_empty() => {
            let (outer, inner) = (" ".repeat(outer), " ".repeat(inner));
            format!("{open}\n{inner}{}\n{outer}{close}", parts.join(&format!(",\n{inner}")))
        }
        _ => format!("{open}{}{close}", parts.join(", ")),
    };
    match value {
        Value::Mapping(map) => {
            let pair = |(key, value): (&Value, &Value)| {
                format!("{quote}{}{quote}: {}", key.as_str().unwrap(), flow(value, quote, inner))
            };
            wrap("{", map.iter().map(pair).collect(), "}")
        }
        Value::Sequence(items) => {
            wrap("[", items.iter().map(|item| flow(item, quote, inner)).collect(), "]")
        }
        Value::String(text) => format!("\"{text}\""),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        other => panic!("{other:?}"),
    }
}

/// The lines in block style, with a comment on each line that can have one.
fn block(value: &Value, list_indent: usize, brackets_from: usize) -> Vec<String> {
    let is_empty = |value: &Value| match value {
        Value::Mapping(map) => map.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        _ => true,
    };
    let below = brackets_from.saturating_sub(1);
    let nested = |value: &Value| !is_empty(value) && below > 0;
    match value {
        Value::Mapping(map) => map
            .iter()
            .flat_map(|(key, value)| {
                let key = key.as_str().unwrap();
                if !nested(value) {
                    return vec![format!("{key}: {}  # keep", flow(value, "", None))];
                }
                let indent = if value.is_sequence() { list_indent } else { 2 };
                let lines = block(value, list_indent, below);
                let lines = lines.iter().map(|line| format!("{}{line}", " ".repeat(indent)));
                std::iter::once(format!("{key}:  # keep")).chain(lines).collect()
            })
            .collect(),
        Value::Sequence(items) => items
            .iter()
            .flat_map(|item| {
                if !nested(item) {
                    return vec![format!("- {}  # keep", flow(item, "", None))];
                }
                let lines = block(item, list_indent, below).into_iter().enumerate();
                let dash = |n| if n == 0 { "- " } else { "  " };
                lines.map(|(n, line)| format!("{}{line}", dash(n))).collect()
            })
            .collect(),
        other => vec![flow(other, "", None)],
    }
}

fn render(manifests: &[Value], style: Style, carriage_returns: bool) -> String {
    let list = || {
        let mut list = Mapping::new();
        list.insert("apiVersion".into(), "v1".into());
        list.insert("kind".into(), "List".into());
        list.insert("items".into(), Value::Sequence(manifests.to_vec()));
        Value::Mapping(list)
    };
    let text = match style {
        Style::Block { list_indent, brackets_from } => {
            let texts = manifests.iter().map(|it| block(it, list_indent, brackets_from).join("\n"));
            texts.collect::<Vec<_>>().join("\n---\n") + "\n"
        }
        Style::Json => {
            let texts = manifests.iter().map(|manifest| flow(manifest, "\"", None));
            texts.collect::<Vec<_>>().join("\n---\n")
        }
        Style::List => block(&list(), 0, 99).join("\n") + "\n",
        Style::JsonList => flow(&list(), "\"", Some(0)) + "\n",
    };
    if carriage_returns { text.replace('\n', "\r\n") } else { text }
}

fn edited(analysis: &Analysis, suggestion: &Suggestion) -> Analysis {
    let (_, source) = analysis.sources().iter().next().unwrap();
    let edits: Vec<TextEdit> = suggestion
        .edits
        .iter()
        .map(|edit| TextEdit {
            span: Span::new(FileId(0), edit.start as usize, edit.end as usize),
            text: edit.text.clone(),
        })
        .collect();
    let mut sources = Sources::default();
    sources.add(Source::new(source.name(), apply(source.text(), &edits)));
    analyse(sources)
}

/// Who can take part, with the addresses of each: a node's pods, or an outside address.
fn parties(world: &World) -> Vec<(String, Vec<End>)> {
    let mut parties: BTreeMap<String, Vec<End>> = BTreeMap::new();
    for pod in world.pod_ids() {
        let address = world.pod(pod).addresses[0];
        let end = End::Pod { pod, address };
        parties.entry(world.group_name(world.pod(pod).group)).or_default().push(end);
    }
    for external in &world.objects().externals {
        let address: IpAddr = external.addresses[0];
        parties.insert(format!("external/{}", external.meta.name), vec![End::Outside(address)]);
    }
    parties.into_iter().collect()
}

/// For each pair of parties, the probes that some of its connections gain or lose, traced one by
/// one.
fn changes(before: &World, after: &World) -> BTreeMap<(String, String), [BTreeSet<String>; 2]> {
    let mut changes: BTreeMap<(String, String), [BTreeSet<String>; 2]> = BTreeMap::new();
    let all = parties(before);
    for (from_name, senders) in &all {
        for (to_name, receivers) in &all {
            for (from, to) in senders.iter().flat_map(|s| receivers.iter().map(move |r| (*s, *r))) {
                if from == to || from.pod().or(to.pod()).is_none() {
                    continue;
                }
                for protocol in Protocol::ALL {
                    for port in PROBES {
                        let Some(transport) = protocol.transport() else { continue };
                        let traffic = Traffic::Port(transport, port);
                        let connection = Connection { from, to, traffic, via_service: false };
                        let passes = |world| trace(world, &connection).passes();
                        let (old, new): (Answer, Answer) = (passes(before), passes(after));
                        let kind = match old.cmp(&new) {
                            std::cmp::Ordering::Less => 0,
                            std::cmp::Ordering::Greater => 1,
                            std::cmp::Ordering::Equal => continue,
                        };
                        let pair = changes.entry((from_name.clone(), to_name.clone())).or_default();
                        pair[kind].insert(format!("{protocol}/{port}"));
                    }
                }
            }
        }
    }
    changes
}

/// The probes that ranges such as `TCP/80-443` hold.
fn probes(ranges: &[String]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for range in ranges {
        let (protocol, ports) = range.split_once('/').unwrap();
        let (first, last) = match ports {
            "*" => (1, 65535),
            ports => {
                let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
                (first.parse().unwrap(), last.parse().unwrap())
            }
        };
        let inside = PROBES.iter().filter(|probe| (first..=last).contains(*probe));
        all.extend(inside.map(|probe| format!("{protocol}/{probe}")));
    }
    all
}

/// Applies a suggestion and compares what becomes of every connection with what it says.
fn check(analysis: &Analysis, question: &ConnectionQuery, suggestion: &Suggestion) {
    let after = edited(analysis, suggestion);
    let (_, text) = after.sources().iter().next().unwrap();
    let context = format!("{suggestion:#?}\n{}", text.text());
    assert_eq!(after.explain(question).unwrap().verdict, suggestion.verdict, "{context}");
    let refused = |a: &Analysis| a.stats().rejected_policies;
    assert_eq!(refused(&after), refused(analysis), "{context}");
    let mut expected = changes(analysis.world(), after.world());
    let asked = format!("{}/{}", question.protocol, question.port);
    if let Some(change) = expected.get_mut(&(question.from.clone(), question.to.clone())) {
        for probes in change {
            probes.remove(&asked);
        }
    }
    expected.retain(|_, change| change.iter().any(|probes| !probes.is_empty()));
    let others = &suggestion.others;
    let listed: BTreeMap<(String, String), [BTreeSet<String>; 2]> = others
        .pairs
        .iter()
        .map(|pair| {
            let change = [probes(&pair.added), probes(&pair.removed)];
            ((pair.from.clone(), pair.to.clone()), change)
        })
        .collect();
    if others.total <= others.pairs.len() {
        assert_eq!(listed, expected, "{context}");
    } else {
        assert_eq!(others.total, expected.len(), "{context}");
    }
    let starts: Vec<u32> = suggestion.edits.iter().map(|edit| edit.start).collect();
    let ends: Vec<u32> = suggestion.edits.iter().map(|edit| edit.end).collect();
    assert!(ends.iter().zip(&starts[1..]).all(|(end, start)| end <= start), "{context}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn suggestions_do_what_they_say(
        manifests in cluster(),
        (style, carriage_returns) in style(),
        (from, to) in (0..7_usize, 0..7_usize),
        port in select(PROBES.to_vec()),
        protocol in select(vec![Protocol::Tcp, Protocol::Udp]),
    ) {
        let text = render(&manifests, style, carriage_returns);
        let analysis = analyse(Sources::single("t", text.as_str()));
        prop_assert_eq!(analysis.stats().rejected_policies, 0);
        let parties = parties(analysis.world());
        let name = |index: usize| parties[index % parties.len()].0.clone();
        let question =
            ConnectionQuery { from: name(from), to: name(to), port: PortSpec::Number(port), protocol };
        let verdict = analysis.explain(&question).unwrap().verdict;
        for wanted in [Verdict::Allowed, Verdict::Denied] {
            match analysis.suggest(&question, wanted) {
                Ok(suggestions) => {
                    prop_assert!((1..=5).contains(&suggestions.len()));
                    for suggestion in &suggestions {
                        prop_assert_eq!(suggestion.verdict, wanted);
                        check(&analysis, &question, suggestion);
                    }
                }
                Err(error) => {
                    let may_fail = verdict == wanted || wanted == Verdict::Denied
                        || verdict == Verdict::NotApplicable;
                    prop_assert!(may_fail, "{question:?} {error}\n{text}");
                }
            }
            // Comments stay where something is added.
            if wanted == Verdict::Allowed && let Ok(suggestions) = analysis.suggest(&question, wanted) {
                let comments = |text: &str| text.matches("# keep").count();
                for suggestion in suggestions {
                    let after = edited(&analysis, &suggestion);
                    let (_, source) = after.sources().iter().next().unwrap();
                    prop_assert_eq!(comments(source.text()), comments(&text));
                }
            }
        }
    }
}
