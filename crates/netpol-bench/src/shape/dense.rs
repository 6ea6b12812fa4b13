//! Deployments of which no two look the same to the policies, and policies of which each is about
//! many of them.

use serde_json::{Map, Value, json};

use super::random::Choices;
use super::{namespace, policy};

/// How many there are of what.
#[derive(Clone, Copy, Debug)]
pub struct Dense {
    /// Deployments, all in one namespace.
    pub deployments: usize,
    /// Pods of each.
    pub replicas: usize,
}

/// As many policies, and as many labels that they select by.
const POLICIES: usize = 100;

/// Each Deployment carries so many of those labels: each policy selects a tenth of the Deployments.
const LABELS: usize = POLICIES / 10;

/// Rules of each policy, in each direction; each admits a tenth of the Deployments.
const RULES: usize = 5;

impl Dense {
    /// The objects: a namespace, Deployments, policies.
    pub fn objects(&self) -> Vec<Value> {
        let mut choices = Choices::new();
        let mut objects = vec![namespace("dense", &json!({}))];
        objects.extend((0..self.deployments).map(|index| self.deployment(index, &mut choices)));
        objects.extend((0..POLICIES).map(|index| dense_policy(index, &mut choices)));
        objects
    }

    fn deployment(&self, index: usize, choices: &mut Choices) -> Value {
        let name = format!("app-{index}");
        let mut labels = Map::from_iter([("app".to_owned(), json!(name))]);
        labels.extend((0..LABELS).map(|_| (group(choices.below(POLICIES)), json!("in"))));
        json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": name, "namespace": "dense"},
            "spec": {
                "replicas": self.replicas,
                "selector": {"matchLabels": {"app": name}},
                "template": {
                    "metadata": {"labels": labels},
                    "spec": {"containers": [{
                        "name": "c",
                        "image": "i",
                        "ports": [{"containerPort": 8080}],
                    }]},
                },
            },
        })
    }
}

fn group(index: usize) -> String {
    format!("group-{index}")
}

fn dense_policy(index: usize, choices: &mut Choices) -> Value {
    let mut rules = |side: &str| -> Vec<Value> {
        let rule = |number: usize| {
            let selector = json!({"matchLabels": {group(choices.below(POLICIES)): "in"}});
            let peers = json!([{"podSelector": selector}]);
            // Every second rule is about one port only.
            match number % 2 {
                0 => json!({side: peers}),
                _ => json!({side: peers, "ports": [{"port": 8000 + number}]}),
            }
        };
        (0..RULES).map(rule).collect()
    };
    let spec = json!({
        "podSelector": {"matchLabels": {group(index): "in"}},
        "policyTypes": ["Ingress", "Egress"],
        "ingress": rules("from"),
        "egress": rules("to"),
    });
    policy("dense", &format!("np-{index}"), &spec)
}
