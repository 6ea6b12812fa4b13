//! Rules with long lists of address blocks.

use serde_json::{Value, json};

use super::{Cluster, policy};

/// How long the lists are.
#[derive(Clone, Copy, Debug)]
pub struct Blocks {
    /// Blocks of each rule.
    pub per_rule: usize,
}

const NAMESPACES: usize = 10;
const PODS: usize = 200;

impl Blocks {
    /// The objects: 10 namespaces, 200 pods, and a policy in each namespace whose one rule admits
    /// blocks in which addresses of pods are, each with one exception.
    pub fn objects(&self) -> Vec<Value> {
        let pods = Cluster { namespaces: NAMESPACES, pods: PODS, policies: 0, copies: 1 };
        let mut objects = pods.objects();
        objects.extend((0..NAMESPACES).map(|namespace| {
            let blocks: Vec<Value> =
                (0..self.per_rule).map(|index| block(namespace * self.per_rule + index)).collect();
            let spec = json!({"podSelector": {}, "ingress": [{"from": blocks}]});
            policy(&format!("ns-{namespace:04}"), "blocks", &spec)
        }));
        objects
    }
}

/// Blocks of four addresses, of which one is excepted. The pods' addresses are in the first 50.
fn block(index: usize) -> Value {
    let address = |offset: usize| {
        let number = index * 4 + offset;
        format!("10.{}.{}.{}", 1 + number / 65_536, number / 256 % 256, number % 256)
    };
    json!({"ipBlock": {
        "cidr": format!("{}/30", address(0)),
        "except": [format!("{}/32", address(1))],
    }})
}
