//! A world and policies as manifests.

use serde_json::{Value, json};

use super::case::{Case, Pod, Requirement, World};

/// The manifests of a case, as JSON documents.
pub(super) fn manifests(world: &World, case: &Case) -> String {
    let namespaces = world.namespaces.iter().map(|(name, labels)| {
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}})
    });
    let pods = world.pods.iter().map(|(id, it)| pod(id, it));
    let services = world.services.iter().map(|it| {
        json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"namespace": it.namespace, "name": it.name},
            "spec": {"selector": it.selector, "ports": it.ports},
        })
    });
    let externals = world.externals.iter().map(|(name, address)| {
        json!({
            "apiVersion": "netpol/v1",
            "kind": "External",
            "metadata": {"name": name},
            "spec": {"ip": address},
        })
    });
    // The sources are older than Kubernetes 1.36, which refuses blocks with host bits.
    let settings = json!({
        "apiVersion": "netpol/v1",
        "kind": "Settings",
        "metadata": {"name": "settings"},
        "spec": {"kubernetesVersion": "1.35", "options": options(world, case)},
    });
    let documents: Vec<String> = namespaces
        .chain(pods)
        .chain(services)
        .chain(externals)
        .chain([settings])
        .chain(case.policies.iter().map(policy))
        .map(|manifest| manifest.to_string())
        .collect();
    documents.join("\n---\n")
}

/// A policy as written, except that unit tests, which talk to no API server, may give it a name that
/// one would refuse.
fn policy(policy: &Value) -> Value {
    let mut policy = policy.clone();
    if let Some(Value::String(name)) = policy.pointer_mut("/metadata/name") {
        name.make_ascii_lowercase();
    }
    policy
}

fn options(world: &World, case: &Case) -> Value {
    if case.requires.contains(&Requirement::IpblockMatchesPodIp) {
        json!({"ipBlockMatchesPods": true})
    } else if world.pods.values().all(|pod| pod.ip.is_none()) {
        json!({"ipBlockMatchesPods": false})
    } else {
        json!({})
    }
}

fn pod(id: &str, pod: &Pod) -> Value {
    let (namespace, name) = id.split_once('/').expect("NAMESPACE/NAME");
    let ports: Vec<Value> = pod.ports.iter().map(|port| container_port(port)).collect();
    let mut manifest = json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"namespace": namespace, "name": name, "labels": pod.labels},
        "spec": {"containers": [{"name": "main", "image": "example.com/main", "ports": ports}]},
    });
    if let Some(address) = &pod.ip {
        manifest["status"] = json!({"podIP": address});
    }
    manifest
}

fn container_port(text: &str) -> Value {
    let (port, name) = text.split_once('=').map_or((text, None), |(port, name)| (port, Some(name)));
    let (number, protocol) = port.split_once('/').expect("NUMBER/PROTOCOL");
    let number: u16 = number.parse().expect("a port's number");
    let mut manifest = json!({"containerPort": number, "protocol": protocol});
    if let Some(name) = name {
        manifest["name"] = json!(name);
    }
    manifest
}
