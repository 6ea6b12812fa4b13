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

/// What a client asks a Service for.
#[derive(Clone, Copy)]
pub(super) struct Dialled {
    pub(super) port: u16,
    pub(super) protocol: Protocol,
    pub(super) from_outside: bool,
}

/// What is behind a Service.
pub(super) enum Behind<'a> {
    Nothing,
    Endpoints(&'a Value, Vec<Target>),
    /// Only an alias of a named address.
    Outside(Vec<Member>),
    /// Only an alias of a name whose address nobody knows.
    Unknown,
}

/// An endpoint of a Service, the port there and its node.
pub(super) struct Target {
    pub(super) to: Member,
    pub(super) port: u16,
    pub(super) node: Option<String>,
}

/// Endpoints that are written down, all with one port.
#[derive(Debug)]
struct Slice {
    namespace: String,
    service: String,
    protocol: String,
    port: u16,
    endpoints: Vec<Written>,
}

#[derive(Clone, Debug)]
struct Written {
    address: IpAddr,
    node: Option<String>,
    ready: bool,
}

#[derive(Debug)]
pub(in crate::laws) struct Model {
    pub(super) pods: Vec<Pod>,
    pub(super) namespaces: BTreeMap<String, Labels>,
    pub(super) nodes: Vec<(String, Vec<IpAddr>)>,
    /// Those that the API server takes.
    pub(super) policies: Vec<Value>,
    pub(super) options: [Option<bool>; 7],
    /// The options that say that a part of the API is not supported.
    pub(super) lacks: Vec<String>,
    services: Vec<Value>,
    slices: Vec<Slice>,
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
        let set = options.and_then(Value::as_object).into_iter().flatten();
        let lacks = set.filter(|(name, value)| name.ends_with("Supported") && **value == false);
        let mut model = Self {
            pods: Vec::new(),
            namespaces: BTreeMap::new(),
            nodes: of_kind("Node").map(node).collect(),
            policies: of_kind("NetworkPolicy").filter(|it| !is_refused(it)).cloned().collect(),
            options: OPTIONS.map(option),
            lacks: lacks.map(|(name, _)| name.clone()).collect(),
            services: of_kind("Service").cloned().collect(),
            slices: of_kind("EndpointSlice").chain(of_kind("Endpoints")).flat_map(slices).collect(),
            externals: of_kind("External").map(external).collect(),
        };
        model.pods = of_kind("Pod").map(|pod| single(pod, &model.nodes, known)).collect();
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
        if let Some(name) = text.strip_prefix("external/") {
            let addresses = self.externals.get(name)?;
            // A pod's address is the pod, whatever else it is called.
            let owners =
                addresses.iter().map(|it| self.members(&it.to_string()).unwrap().remove(0));
            let owners: Vec<Member> = owners.collect();
            let all_own = owners.iter().all(|it| it.pod == owners[0].pod);
            let owner = owners[0].pod.filter(|_| all_own);
            return Some(vec![match owner {
                Some(pod) => self.member(pod),
                None => Member { pod: None, addresses: addresses.clone() },
            }]);
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            let owner = self.pods.iter().position(|pod| {
                !pod.host_network && !pod.silent && pod.addresses.contains(&address)
            });
            return Some(
                // Whoever writes an address means it.
                vec![Member { pod: owner, addresses: vec![address] }],
            );
        }
        let pods = (0..self.pods.len()).filter(|pod| self.pods[*pod].id == text);
        Some(pods.map(|pod| self.member(pod)).collect())
    }

    pub(super) fn member(&self, pod: usize) -> Member {
        Member { pod: Some(pod), addresses: self.pods[pod].addresses.clone() }
    }

    /// What is behind a Service for a connection to that port.
    pub(super) fn behind(&self, text: &str, dialled: Dialled) -> Behind<'_> {
        let mut text = text.to_owned();
        // An alias of an alias and so on; one of itself leads nowhere.
        for _ in 0..8 {
            let is = |it: &&Value| format!("{}/{}", namespace(it), name(it)) == text;
            let Some(service) = self.services.iter().find(is) else { break };
            let spec = &service["spec"];
            if spec["type"] != "ExternalName" {
                return Behind::Endpoints(service, self.targets(service, dialled));
            }
            let host = word(spec, "externalName", "");
            if let Some((inside, _)) = host.split_once(".svc") {
                let (name, namespace) = inside.split_once('.').unwrap();
                text = format!("{namespace}/{name}");
            } else if let Some(outside) = self.members(&format!("external/{host}")) {
                return Behind::Outside(outside);
            } else {
                return Behind::Unknown;
            }
        }
        Behind::Nothing
    }

    /// Where connections to a Service arrive.
    fn targets(&self, service: &Value, dialled: Dialled) -> Vec<Target> {
        let Dialled { port, protocol, from_outside } = dialled;
        let spec = &service["spec"];
        let on_nodes = spec["type"] == "NodePort" || spec["type"] == "LoadBalancer";
        let of_protocol = |it: &&Value| word(it, "protocol", "TCP") == protocol.as_str();
        let ports = || spec["ports"].as_array().into_iter().flatten().filter(of_protocol);
        let entry = ports()
            .find(|it| it["port"] == port)
            .or_else(|| ports().find(|it| from_outside && on_nodes && it["nodePort"] == port));
        // The name of a headless Service is the pods' addresses: the sender chooses the port.
        let headless = spec["clusterIP"] == "None";
        let published = |ready: bool| ready || spec["publishNotReadyAddresses"] == true;
        let selector = labels(&spec["selector"]);
        if selector.is_empty() {
            let slices = self.slices.iter().filter(|slice| {
                slice.namespace == namespace(service) && slice.service == name(service)
            });
            let leads =
                |slice: &&Slice| headless || entry.is_some() && slice.protocol == protocol.as_str();
            let endpoints = slices.filter(leads).flat_map(|slice| {
                let port = if headless { port } else { slice.port };
                let ready = slice.endpoints.iter().filter(|it| published(it.ready));
                ready.map(move |it| (it, port))
            });
            let target = |(it, port): (&Written, u16)| Target {
                to: self.members(&it.address.to_string()).unwrap().remove(0),
                port,
                node: it.node.clone(),
            };
            return endpoints.map(target).collect();
        }
        let behind = self.pods.iter().enumerate().filter(|(_, pod)| {
            let selected = selector.iter().all(|(key, value)| pod.labels.get(key) == Some(value));
            selected && published(pod.ready) && !pod.silent && pod.namespace == namespace(service)
        });
        let target = |pod: &Pod| match entry {
            _ if headless => Some(port),
            None => None,
            Some(entry) => match &entry["targetPort"] {
                Value::Null => entry["port"].as_u64()?.try_into().ok(),
                Value::Number(number) => number.as_u64()?.try_into().ok(),
                name => {
                    let serves =
                        |it: &&ContainerPort| it.name == *name && it.protocol == protocol.as_str();
                    pod.ports.iter().find(serves).map(|port| port.number)
                }
            },
        };
        let targets = behind.filter_map(|(pod, it)| {
            Some(Target { to: self.member(pod), port: target(it)?, node: it.node.clone() })
        });
        targets.collect()
    }

    /// The Service that has the port on every node.
    pub(super) fn on_nodes(&self, port: u16, protocol: Protocol) -> Option<&Value> {
        self.services.iter().find(|it| {
            let spec = &it["spec"];
            let ports = spec["ports"].as_array().into_iter().flatten();
            (spec["type"] == "NodePort" || spec["type"] == "LoadBalancer")
                && ports.into_iter().any(|it| {
                    it["nodePort"] == port && word(it, "protocol", "TCP") == protocol.as_str()
                })
        })
    }
}

fn slices(manifest: &Value) -> Vec<Slice> {
    let endpoint = |address: &Value, node: &Value, ready| Written {
        address: address.as_str().unwrap().parse().unwrap(),
        node: node.as_str().map(str::to_owned),
        ready,
    };
    let all = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let slice = |service, ports: &Value, endpoints| Slice {
        namespace: namespace(manifest),
        service,
        protocol: word(&ports[0], "protocol", "TCP"),
        port: ports[0]["port"].as_u64().unwrap().try_into().unwrap(),
        endpoints,
    };
    if manifest["kind"] == "EndpointSlice" {
        let endpoints = all(&manifest["endpoints"]);
        let endpoints = endpoints.iter().map(|it| {
            endpoint(&it["addresses"][0], &it["nodeName"], it["conditions"]["ready"] != false)
        });
        let service = &manifest["metadata"]["labels"];
        let service = word(service, "kubernetes.io/service-name", "");
        return vec![slice(service, &manifest["ports"], endpoints.collect())];
    }
    let subset = |subset: &Value| {
        let of = |field: &str, ready| {
            let list = all(&subset[field]);
            list.iter().map(|it| endpoint(&it["ip"], &it["nodeName"], ready)).collect::<Vec<_>>()
        };
        let endpoints = [of("addresses", true), of("notReadyAddresses", false)].concat();
        slice(name(manifest), &subset["ports"], endpoints)
    };
    all(&manifest["subsets"]).iter().map(subset).collect()
}

fn single(manifest: &Value, nodes: &[(String, Vec<IpAddr>)], known: &Addresses) -> Pod {
    let id = format!("{}/{}", namespace(manifest), name(manifest));
    let status = &manifest["status"];
    let written = match status["podIPs"].as_array() {
        Some(list) => list.iter().filter_map(|it| address(&it["ip"])).collect(),
        None => address(&status["podIP"]).into_iter().collect::<Vec<_>>(),
    };
    let written = match nodes.iter().find(|(name, _)| manifest["spec"]["nodeName"] == **name) {
        Some((_, of_node)) if written.is_empty() && manifest["spec"]["hostNetwork"] == true => {
            of_node.clone()
        }
        _ => written,
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
    pods.enumerate()
        .map(|(ordinal, address)| {
            let meta = &template["metadata"]["labels"];
            let mut made = pod(id.clone(), namespace(workload), meta, &template["spec"]);
            let own = match workload["kind"].as_str() {
                Some("StatefulSet") => vec![
                    ("statefulset.kubernetes.io/pod-name", format!("{}-{ordinal}", name(workload))),
                    ("apps.kubernetes.io/pod-index", ordinal.to_string()),
                ],
                Some("Job") => vec![
                    ("job-name", name(workload)),
                    ("batch.kubernetes.io/job-name", name(workload)),
                ],
                _ => Vec::new(),
            };
            made.labels.extend(own.into_iter().map(|(key, value)| (key.to_owned(), value)));
            made.addresses = vec![address];
            made
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
