//! Random clusters, built from few words so that selectors, blocks and ports meet often.
//!
//! Optional fields come absent, `null`, empty and filled: the forms whose meaning surprises people.

mod objects;
mod policies;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

pub(super) use objects::{NamedOption, OPTIONS};
pub(super) use policies::{policy, rule};

/// The namespaces that things are in. Only some are declared.
pub(super) const NAMESPACES: [&str; 3] = ["a", "b", "default"];

/// A cluster: its manifests by what they are.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) namespaces: Vec<Value>,
    pub(super) others: Vec<Value>,
    pub(super) policies: Vec<Value>,
}

impl Cluster {
    pub(super) fn manifests(&self) -> Vec<Value> {
        [&self.namespaces, &self.others, &self.policies].into_iter().flatten().cloned().collect()
    }
}

/// What else a law needs of its clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pods {
    /// As people write them: some get their addresses from their names.
    Any,
    /// All have addresses in their manifests, so that names do not matter.
    Addressed,
}

/// Clusters of a few pods and policies.
pub(super) fn cluster(pods: Pods) -> impl Strategy<Value = Cluster> {
    let policies = vec(policy(), 1..6).prop_map(numbered);
    (objects::namespaces(), objects::others(pods), policies)
        .prop_map(|(namespaces, others, policies)| Cluster { namespaces, others, policies })
}

/// Policies with names of their own.
fn numbered(mut policies: Vec<Value>) -> Vec<Value> {
    for (number, policy) in policies.iter_mut().enumerate() {
        policy["metadata"]["name"] = json!(format!("p{number}"));
    }
    policies
}

/// One of the words, equally often.
fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    prop::sample::select(words).prop_map(str::to_owned)
}

/// Mostly the same, so that what is in it meets.
fn namespace() -> impl Strategy<Value = String> + Clone {
    prop_oneof![5 => Just("a"), 1 => Just("b"), 2 => Just("default")].prop_map(str::to_owned)
}

fn protocol() -> impl Strategy<Value = String> + Clone {
    prop_oneof![3 => Just("TCP"), 2 => Just("UDP"), 1 => Just("SCTP")].prop_map(str::to_owned)
}

/// A field: mostly with a value, else one of the forms that say nothing.
fn field(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    prop_oneof![12 => value.prop_map(Some), 1 => Just(None), 1 => Just(Some(Value::Null))]
}

/// An object of the fields that are there.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let there = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(there.collect::<Map<_, _>>())
}

/// Labels. Quoted words that YAML reads as something else are among the values.
fn labels() -> impl Strategy<Value = Value> {
    let app = prop_oneof![
        6 => Just("web"), 4 => Just("db"), 1 => Just(""), 1 => Just("on"), 1 => Just("0120")
    ];
    let tier = prop::sample::select(vec!["1", "2"]);
    (prop::option::weighted(0.8, app), prop::option::weighted(0.4, tier)).prop_map(|(app, tier)| {
        object([("app", app.map(Value::from)), ("tier", tier.map(Value::from))])
    })
}
