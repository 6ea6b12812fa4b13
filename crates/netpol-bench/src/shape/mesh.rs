use serde_json::{Value, json};

use super::{namespace, policy};

/// Pods that all listen, so that a flow goes from each to every other. Each has a policy that admits every
/// second one.
#[derive(Clone, Copy, Debug)]
pub struct Mesh {
    /// How many.
    pub pods: usize,
}

impl Mesh {
    pub(super) fn objects(self) -> Vec<Value> {
        let pod = |index: usize| {
            let name = format!("pod-{index}");
            json!({
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {
                    "name": name,
                    "namespace": "mesh",
                    "labels": {"app": name, "side": format!("side-{}", index % 2)},
                },
                "spec": {"containers": [
                    {"name": "main", "image": "main", "ports": [{"containerPort": 8_000 + index}]},
                ]},
            })
        };
        let admits = |index: usize| {
            let name = format!("pod-{index}");
            let spec = json!({
                "podSelector": {"matchLabels": {"app": name}},
                "ingress": [{"from": [{"podSelector": {"matchLabels": {"side": "side-0"}}}]}],
            });
            policy("mesh", &name, &spec)
        };
        let first = std::iter::once(namespace("mesh", &json!({})));
        first.chain((0..self.pods).map(pod)).chain((0..self.pods).map(admits)).collect()
    }
}
