use serde_json::{Value, json};

use super::{namespace, policy};

/// Pods that call and pods that listen: a flow goes from each caller to each listener. Each listener has a policy
/// that admits all callers.
#[derive(Clone, Copy, Debug)]
pub struct Mesh {
    /// How many call.
    pub callers: usize,
    /// How many listen.
    pub listeners: usize,
}

impl Mesh {
    pub(super) fn objects(self) -> Vec<Value> {
        let pod = |name: String, labels: Value, ports: Value| {
            json!({
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {"name": name, "namespace": "mesh", "labels": labels},
                "spec": {"containers": [{"name": "main", "image": "main", "ports": ports}]},
            })
        };
        // Pods that are told apart are drawn apart: by a label, or by a port.
        let caller = |index: usize| {
            let labels = json!({"side": "caller", "caller": format!("caller-{index}")});
            pod(format!("caller-{index}"), labels, json!([]))
        };
        let listener = |index: usize| {
            let name = format!("listener-{index}");
            pod(name.clone(), json!({"listener": name}), json!([{"containerPort": 8_000 + index}]))
        };
        let admits = |index: usize| {
            let name = format!("listener-{index}");
            let spec = json!({
                "podSelector": {"matchLabels": {"listener": name}},
                "ingress": [{"from": [{"podSelector": {"matchLabels": {"side": "caller"}}}]}],
            });
            policy("mesh", &name, &spec)
        };
        let first = std::iter::once(namespace("mesh", &json!({})));
        let pods = (0..self.callers).map(caller).chain((0..self.listeners).map(listener));
        first.chain(pods).chain((0..self.listeners).map(admits)).collect()
    }
}
