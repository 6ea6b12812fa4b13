//! Clusters as companies have them: a few pods and policies in each namespace, most rules about pods
//! of the same namespace, some about a named one, some about those of a team, some about addresses.

use serde_json::{Map, Value, json};

use super::random::Choices;
use super::{namespace, policy};

/// The sizes of a cluster.
#[derive(Clone, Copy, Debug)]
pub struct Cluster {
    /// Namespaces.
    pub namespaces: usize,
    /// Pods, before they are copied.
    pub pods: usize,
    /// Policies.
    pub policies: usize,
    /// How many pods there are of each: no policy can tell copies apart.
    pub copies: usize,
}

const ENVIRONMENTS: [&str; 3] = ["prod", "stage", "dev"];
const TIERS: [&str; 5] = ["web", "api", "db", "cache", "queue"];

impl Cluster {
    /// The objects: namespaces, pods, policies.
    pub fn objects(&self) -> Vec<Value> {
        let mut writer = Writer {
            cluster: *self,
            choices: Choices::new(),
            names: (0..self.namespaces).map(|i| format!("ns-{i:04}")).collect(),
            teams: (self.namespaces / 8).max(3),
            apps: Vec::new(),
        };
        let mut objects = writer.namespaces();
        writer.apps = writer.apps();
        objects.extend(writer.pods());
        objects.extend((0..self.policies).map(|index| writer.policy(index)));
        objects
    }
}

struct Writer {
    cluster: Cluster,
    choices: Choices,
    /// Of the namespaces.
    names: Vec<String>,
    teams: usize,
    /// The applications of each namespace, by number.
    apps: Vec<Vec<usize>>,
}

impl Writer {
    fn namespaces(&mut self) -> Vec<Value> {
        let names = self.names.clone();
        let object = |name: String| {
            let environment = self.choices.of(&ENVIRONMENTS);
            let labels = json!({
                "kubernetes.io/metadata.name": name,
                "team": self.team(),
                "env": environment,
            });
            namespace(&name, &labels)
        };
        names.into_iter().map(object).collect()
    }

    fn team(&mut self) -> String {
        format!("team-{}", self.choices.below(self.teams))
    }

    fn apps(&mut self) -> Vec<Vec<usize>> {
        let Cluster { namespaces, pods, .. } = self.cluster;
        let each = (pods / namespaces / 3).max(1);
        (0..namespaces).map(|_| (0..each).map(|_| self.choices.below(40)).collect()).collect()
    }

    fn pods(&mut self) -> Vec<Value> {
        let Cluster { namespaces, pods, copies, .. } = self.cluster;
        let mut objects = Vec::with_capacity(pods * copies);
        for index in 0..pods {
            let app = self.app(index % namespaces);
            let version = self.choices.below(2);
            let number = |copy| index + copy * pods;
            objects.extend((0..copies).map(|copy| self.pod(index, number(copy), app, version)));
        }
        objects
    }

    fn app(&mut self, namespace: usize) -> usize {
        let apps = &self.apps[namespace];
        apps[self.choices.below(apps.len())]
    }

    fn pod(&self, index: usize, number: usize, app: usize, version: usize) -> Value {
        let port = |name: &str, number: u16| json!({"name": name, "containerPort": number, "protocol": "TCP"});
        let address = format!("10.{}.{}.{}", 1 + number / 65_025, number / 255 % 255, number % 255);
        json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
                "name": format!("app-{app}-{number}"),
                "namespace": self.names[index % self.names.len()],
                "labels": {
                    "app": format!("app-{app}"),
                    "tier": TIERS[app % TIERS.len()],
                    "version": format!("v{version}"),
                },
            },
            "spec": {"containers": [{
                "name": "c",
                "image": "i",
                "ports": [port("http", 8080), port("metrics", 9090)],
            }]},
            "status": {"phase": "Running", "podIP": address},
        })
    }

    fn policy(&mut self, index: usize) -> Value {
        let namespace = index % self.cluster.namespaces;
        let kind = self.choices.weight();
        let selector = self.pod_selector(namespace);
        let spec = if kind < 0.08 {
            json!({"podSelector": {}, "policyTypes": ["Ingress"]})
        } else if kind < 0.7 {
            let rules = [1, 1, 2][self.choices.below(3)];
            let rules: Vec<Value> =
                (0..rules).map(|_| self.rule(namespace, "from", &[1, 1, 2, 3])).collect();
            json!({"podSelector": selector, "policyTypes": ["Ingress"], "ingress": rules})
        } else {
            let rule = self.rule(namespace, "to", &[1, 2]);
            json!({"podSelector": selector, "policyTypes": ["Egress"], "egress": [rule]})
        };
        policy(&self.names[namespace], &format!("np-{index}"), &spec)
    }

    fn rule(&mut self, namespace: usize, side: &str, peers: &[usize]) -> Value {
        let peers = peers[self.choices.below(peers.len())];
        let peers: Vec<Value> = (0..peers).map(|_| self.peer(namespace)).collect();
        let mut rule = Map::from_iter([(side.to_owned(), Value::from(peers))]);
        rule.extend(self.ports().map(|ports| ("ports".to_owned(), ports)));
        rule.into()
    }

    fn pod_selector(&mut self, namespace: usize) -> Value {
        match self.choices.weight() {
            ..0.15 => json!({}),
            ..0.7 => json!({"matchLabels": {"app": format!("app-{}", self.app(namespace))}}),
            ..0.85 => json!({"matchLabels": {"tier": self.choices.of(&TIERS)}}),
            _ => {
                let operator = self.choices.of(&["In", "NotIn"]);
                let first = self.choices.below(TIERS.len());
                let second = first + 1 + self.choices.below(TIERS.len() - 1);
                let values = [TIERS[first], TIERS[second % TIERS.len()]];
                json!({"matchExpressions": [{"key": "tier", "operator": operator, "values": values}]})
            }
        }
    }

    fn peer(&mut self, namespace: usize) -> Value {
        match self.choices.weight() {
            ..0.5 => json!({"podSelector": self.pod_selector(namespace)}),
            ..0.65 => {
                let other = self.choices.below(self.names.len());
                let labels = json!({"kubernetes.io/metadata.name": self.names[other]});
                json!({
                    "namespaceSelector": {"matchLabels": labels},
                    "podSelector": self.pod_selector(other),
                })
            }
            ..0.8 => json!({"namespaceSelector": {"matchLabels": {"team": self.team()}}}),
            _ => {
                let cidr = format!("192.{}.0.0/16", 100 + self.choices.below(68));
                json!({"ipBlock": {"cidr": cidr}})
            }
        }
    }

    fn ports(&mut self) -> Option<Value> {
        match self.choices.weight() {
            ..0.2 => None,
            ..0.6 => Some(json!([{"protocol": "TCP", "port": 8080}])),
            ..0.8 => Some(json!([
                {"protocol": "TCP", "port": "http"},
                {"protocol": "TCP", "port": 9090},
            ])),
            _ => Some(json!([{"protocol": "TCP", "port": 8000, "endPort": 8100}])),
        }
    }
}
