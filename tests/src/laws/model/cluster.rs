//! What is in the cluster, read from the manifests.

use std::collections::BTreeMap;
use std::net::IpAddr;

use netpol::view::Protocol;
use serde_json::Value;

use super::Member;
use super::rules::is_refused;
use crate::laws::generate::{NamedOption, OPTIONS};

pub(super) type Labels = BTreeMap<String, String>;

/// The addresses of each node of the picture, for pods whose manifests have none.
pub(in crate::laws) type Addresses = BTreeMap<String, Vec<IpAddr>>;

/// A port that a container declares.
#[derive(Clone, Debug)]
pub(super) struct ContainerPort {
    pub(super) name: String,
    pub(super) number: u16,
    pub(super) protocol: String,
}

#[derive(Clone, Debug)]
pub(super) struct Pod {
    /// `NAMESPACE/NAME` of the pod, or of the workload that makes it.
    pub(super) id: String,
    pub(super) namespace: String,
    pub(super) labels: Labels,
    pub(super) addresses: Vec<IpAddr>,
    pub(super) ports: Vec<ContainerPort>,
    pub(super) host_network: bool,
    pub(super) node: Option<String>,
    /// Without an address, or finished.
    pub(super) silent: bool,
    pub(super) ready: bool,
}

/// A pod behind a Service, and the port there.
pub(super) struct Target {
    pub(super) pod: usize,
    pub(super) port: u16,
}

#[derive(Debug)]
pub(in crate::laws) struct Model {
    pub(super) pods: Vec<Pod>,
    pub(super) namespaces: BTreeMap<String, Labels>,
    pub(super) nodes: Vec<(String, Vec<IpAddr>)>,
    /// Those that the API server takes.
    pub(super) policies: Vec<Value>,
    pub(super) options: [Option<bool>; 5],
    services: Vec<Value>,
    externals: BTreeMap<String, Vec<IpAddr>>,
}

impl Model {
    pub(in crate::laws) fn of(manifests: &[Value], known: &Addresses) -> Self {
        let of_kind = |kind: &'static str| manifests.iter().filter(move |it| it["kind"] == kind);
        let options = of_kind("Settings").next().map(|it| &it["spec"]["options"]);
        let option = |(name, value): NamedOption| {
            let set = options?.get(name)?;
            [true, false].into_iter().find(|yes| value(*yes) == *set)
        };
        let mut model = Self {
            pods: of_kind("Pod").map(|pod| single(pod, known)).collect(),
            namespaces: BTreeMap::new(),
            nodes: of_kind("Node").map(node).collect(),
            policies: of_kind("NetworkPolicy").filter(|it| !is_refused(it)).cloned().collect(),
            options: OPTIONS.map(option),
            services: of_kind("Service").cloned().collect(),
            externals: of_kind("External").map(external).collect(),
        };
        // What nobody can see needs not be tried both ways.
        let [_, _, host, ..] = &mut model.options;
        if model.pods.iter().all(|pod| !pod.host_network) {
            host.get_or_insert(false);
        }
        let workloads = manifests.iter().filter(|it| !it["spec"]["template"].is_null());
        model.pods.extend(workloads.flat_map(|workload| replicas(workload, known)));
        let declared = of_kind("Namespace").map(|it| (name(it), labels(&it["metadata"]["labels"])));
        let inferred = model.pods.iter().map(|pod| (pod.namespace.clone(), Labels::new()));
        model.namespaces = inferred.chain(declared).collect();
        for (name, labels) in &mut model.namespaces {
            labels.insert("kubernetes.io/metadata.name".to_owned(), name.clone());
        }
        model
    }

    /// The policies that the API server takes.
    pub(in crate::laws) fn policy_count(&self) -> usize {
        self.policies.len()
    }

    /// Those whom a name stands for.
    pub(super) fn members(&self, text: &str) -> Option<Vec<Member>> {
        let outside = |addresses| vec![Member { pod: None, addresses }];
        if let Some(name) = text.strip_prefix("external/") {
            return self.externals.get(name).cloned().map(outside);
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            let owner = self.pods.iter().position(|pod| {
                !pod.host_network && !pod.silent && pod.addresses.contains(&address)
            });
            return Some(
                owner.map_or_else(|| outside(vec![address]), |pod| vec![self.member(pod)]),
            );
        }
        let pods = (0..self.pods.len()).filter(|pod| self.pods[*pod].id == text);
        Some(pods.map(|pod| self.member(pod)).collect())
    }

    pub(super) fn member(&self, pod: usize) -> Member {
        Member { pod: Some(pod), addresses: self.pods[pod].addresses.clone() }
    }

    /// The pods behind a Service that serve the port.
    pub(super) fn targets(&self, text: &str, port: u16, protocol: Protocol) -> Vec<Target> {
        let is = |it: &&Value| format!("{}/{}", namespace(it), name(it)) == text;
        let Some(service) = self.services.iter().find(is) else { return Vec::new() };
        let spec = &service["spec"];
        let selector = labels(&spec["selector"]);
        if selector.is_empty() || spec["type"] == "ExternalName" {
            return Vec::new();
        }
        let serves =
            |it: &&Value| it["port"] == port && word(it, "protocol", "TCP") == protocol.as_str();
        let entry = spec["ports"].as_array().into_iter().flatten().find(serves);
        let behind = self.pods.iter().enumerate().filter(|(_, pod)| {
            let selected = selector.iter().all(|(key, value)| pod.labels.get(key) == Some(value));
            let published = pod.ready || spec["publishNotReadyAddresses"] == true;
            selected && published && !pod.silent && pod.namespace == namespace(service)
        });
        let target = |pod: &Pod| match entry {
            // The name of a headless Service is the pods' addresses: the sender chooses the port.
            _ if spec["clusterIP"] == "None" => Some(port),
            None => None,
            Some(entry) => match &entry["targetPort"] {
                Value::Null => Some(port),
                Value::Number(number) => number.as_u64()?.try_into().ok(),
                name => {
                    let serves =
                        |it: &&ContainerPort| it.name == *name && it.protocol == protocol.as_str();
                    pod.ports.iter().find(serves).map(|port| port.number)
                }
            },
        };
        behind.filter_map(|(pod, it)| Some(Target { pod, port: target(it)? })).collect()
    }
}

fn single(manifest: &Value, known: &Addresses) -> Pod {
    let id = format!("{}/{}", namespace(manifest), name(manifest));
    let status = &manifest["status"];
    let written = match status["podIPs"].as_array() {
        Some(list) => list.iter().filter_map(|it| address(&it["ip"])).collect(),
        None => address(&status["podIP"]).into_iter().collect::<Vec<_>>(),
    };
    let finished = status["phase"] == "Succeeded" || status["phase"] == "Failed";
    let pending = status["phase"] == "Pending" && written.is_empty();
    let ready = status["conditions"]
        .as_array()
        .into_iter()
        .flatten()
        .all(|condition| condition["type"] != "Ready" || condition["status"] != "False");
    Pod {
        addresses: if written.is_empty() {
            known.get(&id).cloned().unwrap_or_default()
        } else {
            written
        },
        silent: finished || pending,
        ready,
        ..pod(id, namespace(manifest), &manifest["metadata"]["labels"], &manifest["spec"])
    }
}

fn replicas(workload: &Value, known: &Addresses) -> Vec<Pod> {
    let spec = &workload["spec"];
    let template = &spec["template"];
    let id = format!("{}/{}", namespace(workload), name(workload));
    let count = ["replicas", "parallelism"].iter().find_map(|field| spec[*field].as_u64());
    let addresses = known.get(&id).cloned().unwrap_or_default();
    let pods = addresses.into_iter().take(usize::try_from(count.unwrap_or(1)).unwrap());
    pods.map(|address| Pod {
        addresses: vec![address],
        ..pod(id.clone(), namespace(workload), &template["metadata"]["labels"], &template["spec"])
    })
    .collect()
}

fn pod(id: String, namespace: String, text: &Value, spec: &Value) -> Pod {
    let main = spec["containers"].as_array().into_iter().flatten();
    // Of the init containers those stay that are restarted: sidecars.
    let init = spec["initContainers"].as_array().into_iter().flatten();
    let sidecars = init.filter(|container| container["restartPolicy"] == "Always");
    let ports = main.chain(sidecars).flat_map(|it| it["ports"].as_array().into_iter().flatten());
    let port = |port: &Value| ContainerPort {
        name: word(port, "name", ""),
        number: port["containerPort"].as_u64().unwrap().try_into().unwrap(),
        protocol: word(port, "protocol", "TCP"),
    };
    Pod {
        id,
        namespace,
        labels: labels(text),
        addresses: Vec::new(),
        ports: ports.map(port).collect(),
        host_network: spec["hostNetwork"] == true,
        node: spec["nodeName"].as_str().map(str::to_owned),
        silent: false,
        ready: true,
    }
}

fn node(manifest: &Value) -> (String, Vec<IpAddr>) {
    let addresses = manifest["status"]["addresses"].as_array().into_iter().flatten();
    (name(manifest), addresses.filter_map(|it| address(&it["address"])).collect())
}

fn external(manifest: &Value) -> (String, Vec<IpAddr>) {
    let spec = &manifest["spec"];
    let several = spec["ips"].as_array().into_iter().flatten();
    (name(manifest), several.chain([&spec["ip"]]).filter_map(address).collect())
}

fn address(text: &Value) -> Option<IpAddr> {
    text.as_str()?.parse().ok()
}

fn name(manifest: &Value) -> String {
    word(&manifest["metadata"], "name", "")
}

pub(super) fn namespace(manifest: &Value) -> String {
    word(&manifest["metadata"], "namespace", "default")
}

/// A field's text, or what it is if there is none.
pub(super) fn word(object: &Value, field: &str, missing: &str) -> String {
    object[field].as_str().unwrap_or(missing).to_owned()
}

/// A map of texts, in which `null` is the empty text.
pub(super) fn labels(object: &Value) -> Labels {
    let pairs = object.as_object().into_iter().flatten();
    pairs.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned())).collect()
}

/// A list of texts.
pub(super) fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
