//! Other names change no verdict, and fewer manifests not the one that they are kept for.

use std::collections::{BTreeMap, BTreeSet};

use netpol::view::{ConnectionQuery, Explanation, PortSpec, Protocol, Topology, Verdict};
use netpol::{Analysis, Sources, analyse, minimise, redact};
use proptest::prelude::*;
use proptest::sample::Index;

use super::answers::{PORTS, answers_of, read};
use super::cases;
use super::generate::{Cluster, Pods, cluster};
use super::text::Form;

/// The words that [`super::generate`] puts together, but for those that Kubernetes gives a meaning.
const WORDS: [&str; 19] = [
    "a",
    "b",
    "app",
    "tier",
    "team",
    "web",
    "db",
    "on",
    "0120",
    "x",
    "y",
    "http",
    "office",
    "both",
    "known.example.com",
    "db.example.com",
    "n1",
    "n2",
    "nobody",
];

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn redaction_changes_no_verdict_and_leaves_no_name(cluster in cluster(Pods::Any)) {
        let analysis = read(&cluster.manifests(), Form::Flow);
        let questions = questions(&analysis);
        let redacted = redact(&analysis, &questions);
        let other = analyse(Sources::single("redacted.yaml", redacted.text.as_str()));
        let refused = other.validate(None).refused;
        prop_assert_eq!(refused, analysis.stats().rejected_policies, "{}", &redacted.text);
        prop_assert_eq!(other.stats().pairs, analysis.stats().pairs);

        prop_assert_eq!(redacted.questions.len(), questions.len());
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for (old, new) in questions.iter().zip(&redacted.questions) {
            prop_assert_eq!(
                verdict(&analysis, old), verdict(&other, new),
                "{:?} is now {:?} in\n{}", old, new, &redacted.text
            );
            names.extend([(old.from.as_str(), new.from.as_str()), (&old.to, &new.to)]);
        }
        let renamed = answers_of(&analysis).renamed(|id| names[id.as_str()].to_owned());
        prop_assert_eq!(renamed, answers_of(&other), "{}", &redacted.text);

        let left = left(&cluster, &analysis.topology(), &redacted.text);
        prop_assert!(left.is_empty(), "{:?} in\n{}", left, &redacted.text);
        let again = redact(&analysis, &questions);
        prop_assert_eq!(again, redacted);
    }

    #[test]
    fn what_is_left_of_a_question_gives_its_answer_and_is_all_needed(
        cluster in cluster(Pods::Any),
        which in prop::collection::vec(any::<Index>(), 3),
    ) {
        let analysis = read(&cluster.manifests(), Form::Flow);
        let questions = questions(&analysis);
        for question in which.iter().map(|which| which.get(&questions)) {
            let before = analysis.explain(question).unwrap();
            let Ok(text) = minimise(&analysis, question) else {
                let answer = read_text("").explain(question).unwrap();
                prop_assert_eq!(outline(&answer), outline(&before), "{:?}", question);
                continue;
            };
            let after = read_text(&text).explain(question).unwrap();
            prop_assert_eq!(outline(&after), outline(&before), "{:?} in\n{}", question, text);

            let idle = idle_labels(&text);
            prop_assert!(idle.is_empty(), "nobody asks for {:?} in\n{}", idle, text);

            let documents: Vec<&str> = text.split("---\n").collect();
            for index in 0..documents.len() {
                let mut fewer = documents.clone();
                let gone = fewer.remove(index);
                // How to judge is told even where it makes no difference.
                if gone.contains("kind: Settings") {
                    continue;
                }
                let Ok(answer) = read_text(&fewer.join("---\n")).explain(question) else { continue };
                prop_assert_ne!(reasons(&answer), reasons(&after), "without {}", gone);
            }

            let redacted = redact(&read_text(&text), std::slice::from_ref(question));
            let answer = read_text(&redacted.text).explain(&redacted.questions[0]).unwrap();
            prop_assert_eq!(answer.verdict, before.verdict, "{}", redacted.text);
        }
    }
}

fn read_text(text: &str) -> Analysis {
    analyse(Sources::single("text.yaml", text))
}

/// The keys of labels that no policy and no Service asks for, though they are there.
fn idle_labels(text: &str) -> BTreeSet<String> {
    let asks = |manifest: &&str| {
        manifest.contains("kind: NetworkPolicy") || manifest.contains("kind: Service")
    };
    let asked = text.split("---\n").filter(asks).flat_map(str::split_whitespace);
    let asked: BTreeSet<&str> = asked.map(|word| word.trim_end_matches(':')).collect();
    let topology = read_text(text).topology();
    // A workload knows its pods by a label.
    let pods = topology.nodes.into_iter().map(|it| it.labels).filter(|labels| labels.len() > 1);
    let keys = pods.chain(topology.namespaces.into_iter().map(|it| it.labels)).flatten();
    // What a cluster gives by itself has a name with a `/`, or finds DNS.
    let is_idle = |key: &String| {
        !key.contains('/')
            && !["k8s-app", "job-name"].contains(&key.as_str())
            && !asked.contains(key.as_str())
    };
    keys.map(|(key, _)| key).filter(is_idle).collect()
}

/// The verdict and what the sides say, without the numbers of rules.
fn outline(explanation: &Explanation) -> Vec<String> {
    let mut lines = vec![explanation.verdict.to_string(), explanation.summary.clone()];
    for path in &explanation.paths {
        lines.push(format!("{} -> {}: {}", path.from, path.to, path.verdict));
        for side in [&path.egress, &path.ingress] {
            lines.push(side.summary.clone());
            let policies = side.policies.iter();
            let mut policies: Vec<String> =
                policies.map(|it| format!("{} {:?}", it.policy.name, it.admits)).collect();
            policies.sort_unstable();
            lines.extend(policies);
        }
    }
    lines
}

/// All that is said, but for places and for what does not apply.
fn reasons(explanation: &Explanation) -> Vec<String> {
    let mut lines = outline(explanation);
    let sides = explanation.paths.iter().flat_map(|path| [&path.egress, &path.ingress]);
    for rule in sides.flat_map(|side| &side.policies).flat_map(|policy| &policy.rules) {
        lines.push(rule.summary.clone());
        lines.extend(rule.peers.iter().chain(&rule.ports).map(|part| part.why.clone()));
    }
    let open = explanation.paths.iter().flat_map(|path| &path.questions);
    lines.extend(open.map(|question| format!("{question:?}")));
    lines
}

fn verdict(analysis: &Analysis, query: &ConnectionQuery) -> (Verdict, Vec<[bool; 2]>) {
    let explanation = analysis.explain(query).unwrap();
    let sides = explanation.paths.iter().map(|it| [it.egress.isolated, it.ingress.isolated]);
    // Their order is that of names.
    let mut sides: Vec<[bool; 2]> = sides.collect();
    sides.sort_unstable();
    (explanation.verdict, sides)
}

/// From everyone to everyone, every Service and some addresses, on some ports.
fn questions(analysis: &Analysis) -> Vec<ConnectionQuery> {
    let topology = analysis.topology();
    let nodes = topology.nodes.iter().map(|it| it.id.clone());
    let ends: Vec<String> =
        nodes.chain(topology.externals.iter().map(|it| it.id.clone())).collect();
    let services = topology.services.iter().map(|it| it.id.clone());
    let addresses = ["203.0.113.9", "192.0.2.1", "10.0.0.1", "fd00:1::1", "8.8.8.8"];
    let addresses = addresses.map(str::to_owned);
    let receivers: Vec<String> = ends.iter().cloned().chain(services).chain(addresses).collect();
    let mut questions = Vec::new();
    for from in &ends {
        for (index, to) in receivers.iter().enumerate() {
            let (number, protocol) = PORTS[index % PORTS.len()];
            let mut ask = |port, protocol| {
                let (from, to) = (from.clone(), to.clone());
                questions.push(ConnectionQuery { from, to, port, protocol });
            };
            ask(PortSpec::Number(number), protocol);
            if index % 3 == 0 {
                ask(PortSpec::Name("http".to_owned()), Protocol::Tcp);
            }
        }
    }
    questions
}

/// What was in the manifests before and still is.
fn left(cluster: &Cluster, topology: &Topology, text: &str) -> BTreeSet<String> {
    let mut old: BTreeSet<String> = WORDS.map(str::to_owned).into();
    for manifest in cluster.manifests() {
        let name = manifest["metadata"]["name"].as_str().unwrap_or_default();
        old.extend((name != "settings").then(|| name.to_owned()));
        blocks(&manifest, &mut old);
    }
    old.extend(topology.nodes.iter().flat_map(|it| it.addresses.clone()));
    old.extend(topology.externals.iter().flat_map(|it| it.addresses.clone()));
    // Namespaces that mean something, and what holds the addresses that names give.
    for kept in ["default", "0.0.0.0/0", "::/0", "10.0.0.0/8"] {
        old.remove(kept);
    }
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_./:".contains(letter);
    let new = text.split(|letter| !is_part(letter)).map(|word| word.trim_end_matches(':'));
    new.filter(|word| old.contains(*word)).map(str::to_owned).collect()
}

fn blocks(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            let length = text.split_once('/').and_then(|(_, length)| length.parse::<u8>().ok());
            found.extend(length.map(|_| text.clone()));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|it| blocks(it, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|it| blocks(it, found)),
        _ => {}
    }
}
