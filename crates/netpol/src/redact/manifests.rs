//! Everything but policies, with other names.

use std::net::IpAddr;

use netpol_eval::{GroupKind, plugin};
use netpol_model::{
    CLIENT_IP, ContainerPort, DENY_STYLE, Dns, EGRESS_TO_OWN_NODE, Endpoint, EndpointSlice,
    Expectation, ExpectedTraffic, External, Families, HAIRPIN_VIA_SERVICE, HOST_NETWORK_PODS,
    HostPort, ICMP_WORDS, KubernetesVersion, Labels, Meta, Namespace, Node, Pod, PodPhase,
    PodTemplate, PortRef, Protocol, Service, ServiceKind, Settings, Workload, WorkloadKind,
};

use super::Redaction;
use super::names::{Class, DNS};
use crate::yaml::{Field, Yaml, field, list, map, plain, text};

/// The label by which a slice says whose it is.
const SERVICE_NAME: &str = "kubernetes.io/service-name";

/// The kinds that own pods.
const WORKLOADS: [WorkloadKind; 7] = [
    WorkloadKind::Deployment,
    WorkloadKind::ReplicaSet,
    WorkloadKind::StatefulSet,
    WorkloadKind::DaemonSet,
    WorkloadKind::ReplicationController,
    WorkloadKind::Job,
    WorkloadKind::CronJob,
];

/// `apiVersion` and `kind`.
type Header = (&'static str, &'static str);

pub(super) fn object((version, kind): Header, metadata: Vec<Field>, rest: Vec<Field>) -> Yaml {
    let header = [
        field("apiVersion", text(version)),
        field("kind", text(kind)),
        field("metadata", Yaml::Map(metadata)),
    ];
    Yaml::Map(header.into_iter().chain(rest).collect())
}

fn yes(key: &str, is_so: bool) -> Option<Field> {
    is_so.then(|| plain(key, &true))
}

fn words(fields: impl IntoIterator<Item = Option<Field>>) -> Vec<Field> {
    fields.into_iter().flatten().collect()
}

impl Redaction<'_> {
    /// All objects that decide about traffic.
    pub(super) fn manifests(&mut self) -> Vec<Yaml> {
        let objects = self.world.objects();
        let mut all: Vec<Yaml> = objects.settings.iter().filter_map(settings).collect();
        all.extend(objects.namespaces.iter().map(|it| self.namespace(it)));
        all.extend(objects.nodes.iter().map(|it| self.node(it)));
        all.extend(objects.externals.iter().map(|it| self.external(it)));
        all.extend(objects.workloads.iter().map(|it| self.workload(it)));
        all.extend(objects.pods.iter().map(|it| self.pod(it)));
        all.extend(self.made_pods());
        all.extend(objects.services.iter().map(|it| self.service(it)));
        let slices = (1..).zip(&objects.endpoint_slices);
        all.extend(slices.flat_map(|(number, it)| self.endpoint_slice(number, it)));
        all.extend(objects.policies.iter().map(|it| self.policy(it)));
        let expectations = (1..).zip(&objects.expectations);
        all.extend(expectations.map(|(number, it)| self.expectation(number, it)));
        all
    }

    /// Name and namespace.
    pub(super) fn metadata(&mut self, meta: &Meta, class: Class) -> Vec<Field> {
        let mut fields = vec![field("name", text(&self.names.name(class, &meta.name)))];
        fields.extend(self.in_namespace(&meta.namespace));
        fields
    }

    fn in_namespace(&mut self, namespace: &str) -> Option<Field> {
        let is_said = !matches!(namespace, "" | "default");
        is_said.then(|| field("namespace", text(&self.names.name(Class::Namespace, namespace))))
    }

    fn labels_field(&mut self, key: &str, labels: &Labels) -> Option<Field> {
        let labels = self.labels(labels);
        map(key, labels.iter().map(|(key, value)| field(key, text(value))).collect())
    }

    fn address(&mut self, address: IpAddr) -> Yaml {
        text(&self.addresses.point(address).to_string())
    }

    fn addresses_of(&mut self, addresses: &[IpAddr]) -> Vec<Yaml> {
        addresses.iter().map(|address| self.address(*address)).collect()
    }

    fn port_name(&mut self, name: Option<&String>) -> Option<Field> {
        name.map(|name| field("name", text(&self.names.name(Class::Port, name))))
    }

    fn port(&mut self, port: &PortRef) -> Yaml {
        match port {
            PortRef::Number(number) => Yaml::Scalar(number.to_string()),
            PortRef::Name(name) => text(&self.names.name(Class::Port, name)),
        }
    }

    fn namespace(&mut self, namespace: &Namespace) -> Yaml {
        let mut metadata = self.metadata(&namespace.meta, Class::Namespace);
        metadata.extend(self.labels_field("labels", &namespace.meta.labels));
        object(("v1", "Namespace"), metadata, Vec::new())
    }

    fn node(&mut self, node: &Node) -> Yaml {
        let metadata = self.metadata(&node.meta, Class::Node);
        let address = |address: Yaml| {
            Yaml::Map(vec![field("type", text("InternalIP")), field("address", address)])
        };
        let addresses = self.addresses_of(&node.addresses).into_iter().map(address).collect();
        let status = map("status", words([list("addresses", addresses)]));
        object(("v1", "Node"), metadata, words([status]))
    }

    fn external(&mut self, external: &External) -> Yaml {
        let metadata = self.metadata(&external.meta, Class::External);
        let spec =
            field("spec", Yaml::Map(words([list("ips", self.addresses_of(&external.addresses))])));
        object(("netpol/v1", "External"), metadata, vec![spec])
    }

    fn owner(&mut self, kind: &str, name: &str) -> Field {
        let version = match WORKLOADS.into_iter().find(|known| known.as_str() == kind) {
            Some(WorkloadKind::Job | WorkloadKind::CronJob) => "batch/v1",
            Some(WorkloadKind::ReplicationController) => "v1",
            _ => "apps/v1",
        };
        let owner = Yaml::Map(vec![
            field("apiVersion", text(version)),
            field("kind", text(kind)),
            field("name", text(&self.names.name(Class::Pod, name))),
            field("uid", text(kind)),
            plain("controller", &true),
        ]);
        field("ownerReferences", Yaml::List(vec![owner]))
    }

    /// With the owner, but for kinds that somebody has made up.
    fn owned_metadata(&mut self, meta: &Meta) -> Vec<Field> {
        let mut metadata = self.metadata(meta, Class::Pod);
        if let Some(owner) = &meta.owner {
            let known = WORKLOADS.iter().find(|kind| kind.as_str() == owner.kind);
            let kind = known.map_or("Owner", |kind| kind.as_str());
            metadata.push(self.owner(kind, &owner.name));
        }
        metadata
    }

    fn workload(&mut self, workload: &Workload) -> Yaml {
        let Workload { meta, kind, replicas, first, template } = workload;
        let metadata = self.owned_metadata(meta);
        let labels = self.labels_field("labels", &template.labels);
        let template_of = |spec| {
            let metadata = map("metadata", words([labels]));
            field("template", Yaml::Map(words([metadata, Some(spec)])))
        };
        let template = template_of(self.pod_spec(template));
        let plain_selector = self.labels_field("selector", &workload.template.labels);
        let selector = self.labels_field("matchLabels", &workload.template.labels);
        let selector = || field("selector", Yaml::Map(words([selector])));
        let count = |key| (*replicas != 1).then(|| plain(key, replicas));
        let ordinals = || field("ordinals", Yaml::Map(vec![plain("start", first)]));
        let numbered = *kind == WorkloadKind::StatefulSet && *first != 0;
        let (version, spec) = match kind {
            WorkloadKind::StatefulSet if numbered => {
                let spec = [count("replicas"), Some(ordinals()), Some(selector()), Some(template)];
                ("apps/v1", words(spec))
            }
            WorkloadKind::Deployment | WorkloadKind::ReplicaSet | WorkloadKind::StatefulSet => {
                ("apps/v1", words([count("replicas"), Some(selector()), Some(template)]))
            }
            WorkloadKind::DaemonSet => ("apps/v1", vec![selector(), template]),
            WorkloadKind::ReplicationController => {
                ("v1", words([count("replicas"), plain_selector, Some(template)]))
            }
            WorkloadKind::Job => ("batch/v1", words([count("parallelism"), Some(template)])),
            WorkloadKind::CronJob => {
                let job = Yaml::Map(vec![field("spec", Yaml::Map(vec![template]))]);
                ("batch/v1", vec![field("schedule", text("@daily")), field("jobTemplate", job)])
            }
        };
        object((version, kind.as_str()), metadata, vec![field("spec", Yaml::Map(spec))])
    }

    fn pod_spec(&mut self, template: &PodTemplate) -> Field {
        let node = template.node_name.as_ref();
        let node = node.map(|it| field("nodeName", text(&self.names.name(Class::Node, it))));
        let spec = words([
            yes("hostNetwork", template.host_network),
            node,
            dns_policy(template),
            self.name_servers(template),
            list("containers", self.containers(template)),
        ]);
        field("spec", Yaml::Map(spec))
    }

    /// A name is unique in a container, so that there may have to be more than one.
    fn containers(&mut self, template: &PodTemplate) -> Vec<Yaml> {
        let ports = &template.ports;
        let mut containers: Vec<Vec<&ContainerPort>> = vec![Vec::new()];
        for port in ports {
            let has_name = |it: &&ContainerPort| port.name.is_some() && it.name == port.name;
            match containers.iter_mut().find(|ports| !ports.iter().any(has_name)) {
                Some(container) => container.push(port),
                None => containers.push(vec![port]),
            }
        }
        let mut all = Vec::new();
        for (number, ports) in (1..).zip(containers) {
            let ports = ports.into_iter().map(|port| self.container_port(port, template)).collect();
            all.push(Yaml::Map(words([
                Some(field("name", text(&format!("container-{number}")))),
                Some(field("image", text("image"))),
                list("ports", ports),
            ])));
        }
        all
    }

    fn container_port(&mut self, port: &ContainerPort, template: &PodTemplate) -> Yaml {
        let of_port = |it: &&HostPort| it.target == port.number && it.protocol == port.protocol;
        let host = template.host_ports.iter().find(of_port);
        let address = host.and_then(|it| it.address);
        Yaml::Map(words([
            self.port_name(port.name.as_ref()),
            Some(plain("containerPort", &port.number)),
            protocol(port.protocol),
            host.map(|it| plain("hostPort", &it.number)),
            address.map(|it| field("hostIP", self.address(it))),
        ]))
    }

    /// The servers that a pod asks for names.
    fn name_servers(&mut self, template: &PodTemplate) -> Option<Field> {
        let Dns::Servers(servers) = &template.dns else { return None };
        map("dnsConfig", words([list("nameservers", self.addresses_of(servers))]))
    }

    fn pod(&mut self, pod: &Pod) -> Yaml {
        let mut metadata = self.owned_metadata(&pod.meta);
        metadata.extend(self.labels_field("labels", &pod.template.labels));
        let when = || field("deletionTimestamp", text("2000-01-01T00:00:00Z"));
        metadata.extend(pod.deleted.then(when));
        let key = (pod.meta.namespace.clone(), pod.meta.name.clone());
        let told = self.told.get(&key).copied();
        let ips: Vec<IpAddr> = pod.addresses.iter().copied().chain(told).collect();
        let phase = match pod.phase {
            PodPhase::Running => None,
            PodPhase::Pending => Some("Pending"),
            PodPhase::Finished => Some("Succeeded"),
        };
        let not_ready = Yaml::Map(vec![
            field("type", text("Ready")),
            field("status", Yaml::Scalar("\"False\"".to_owned())),
        ]);
        let status = words([
            phase.map(|phase| field("phase", text(phase))),
            list("podIPs", self.ips(&ips)),
            list("hostIPs", self.ips(&pod.host_addresses)),
            list("conditions", if pod.ready { Vec::new() } else { vec![not_ready] }),
        ]);
        let spec = self.pod_spec(&pod.template);
        object(("v1", "Pod"), metadata, words([Some(spec), map("status", status)]))
    }

    fn ips(&mut self, addresses: &[IpAddr]) -> Vec<Yaml> {
        let ip = |address| Yaml::Map(vec![field("ip", address)]);
        self.addresses_of(addresses).into_iter().map(ip).collect()
    }

    /// The pods of workloads whose addresses must be told: as if a cluster had made them.
    fn made_pods(&mut self) -> Vec<Yaml> {
        let world = self.world;
        let mut all = Vec::new();
        for id in self.made.clone() {
            let pod = world.pod(id);
            let GroupKind::Workload(index) = world.group(pod.group).kind else { continue };
            let workload = &world.objects().workloads[index];
            let template = world.template(pod);
            let mut metadata = vec![field("name", text(&self.names.name(Class::Pod, &pod.name)))];
            metadata.extend(self.in_namespace(&workload.meta.namespace));
            metadata.push(self.owner(workload.kind.as_str(), &workload.meta.name));
            metadata.extend(self.labels_field("labels", &template.labels));
            let spec = self.pod_spec(template);
            let status = map("status", words([list("podIPs", self.ips(&pod.addresses))]));
            all.push(object(("v1", "Pod"), metadata, words([Some(spec), status])));
        }
        all
    }

    fn service(&mut self, service: &Service) -> Yaml {
        let mut metadata = self.metadata(&service.meta, Class::Service);
        // Of a service's own labels only one means something.
        if service.meta.labels.get(DNS.0).is_some_and(|value| value == DNS.1) {
            metadata.extend(map("labels", vec![field(DNS.0, text(DNS.1))]));
        }
        let (headless, kind, host) = match &service.kind {
            ServiceKind::ClusterIp => (false, None, None),
            ServiceKind::Headless => (true, None, None),
            ServiceKind::NodePort => (false, Some("NodePort"), None),
            ServiceKind::LoadBalancer => (false, Some("LoadBalancer"), None),
            ServiceKind::ExternalName(host) => (false, Some("ExternalName"), Some(self.host(host))),
        };
        // At most one address of each family is the cluster's.
        let mut cluster: Vec<IpAddr> = Vec::new();
        let mut more: Vec<IpAddr> = Vec::new();
        for address in &service.addresses {
            let is_there = cluster.iter().any(|it| it.is_ipv4() == address.is_ipv4());
            if headless || is_there { more.push(*address) } else { cluster.push(*address) }
        }
        let told: Families = cluster.iter().map(|it| Families::of(*it)).collect();
        let families = match service.families {
            families if families == told => Vec::new(),
            Families::Both => vec![text("IPv4"), text("IPv6")],
            Families::Ipv4 => vec![text("IPv4")],
            Families::Ipv6 => vec![text("IPv6")],
        };
        let ports = service.ports.iter().map(|port| {
            let target = port.target != PortRef::Number(port.number);
            Yaml::Map(words([
                self.port_name(port.name.as_ref()),
                Some(plain("port", &port.number)),
                protocol(port.protocol),
                target.then(|| field("targetPort", self.port(&port.target))),
                port.node_port.map(|number| plain("nodePort", &number)),
            ]))
        });
        let ports = list("ports", ports.collect());
        let selector = service.selector.as_ref();
        let local = |key, is_local: bool| is_local.then(|| field(key, text("Local")));
        let spec = words([
            kind.map(|kind| field("type", text(kind))),
            host.map(|host| field("externalName", text(&host))),
            headless.then(|| field("clusterIP", text("None"))),
            list("clusterIPs", self.addresses_of(&cluster)),
            list("ipFamilies", families),
            list("externalIPs", self.addresses_of(&more)),
            selector.and_then(|labels| self.labels_field("selector", labels)),
            ports,
            yes("publishNotReadyAddresses", service.publish_not_ready),
            local("internalTrafficPolicy", service.internal_local),
            local("externalTrafficPolicy", service.external_local),
        ]);
        object(("v1", "Service"), metadata, vec![field("spec", Yaml::Map(spec))])
    }

    /// The DNS name that a Service is an alias of: of another Service, or of something outside.
    fn host(&mut self, host: &str) -> String {
        let host = host.strip_suffix('.').unwrap_or(host);
        for suffix in [".svc", ".svc.cluster.local"] {
            let inside = host.strip_suffix(suffix).and_then(|inside| inside.split_once('.'));
            if let Some((name, namespace)) = inside {
                let name = self.names.name(Class::Service, name);
                let namespace = self.names.name(Class::Namespace, namespace);
                return format!("{name}.{namespace}{suffix}");
            }
        }
        self.names.name(Class::External, host)
    }

    /// A slice for each family of addresses: one has addresses of one family only.
    fn endpoint_slice(&mut self, number: usize, slice: &EndpointSlice) -> Vec<Yaml> {
        let families = [("IPv4", true), ("IPv6", false)].map(|(kind, is_v4)| {
            let of_family = slice.endpoints.iter().filter(|it| it.address.is_ipv4() == is_v4);
            (kind, of_family.collect::<Vec<_>>())
        });
        let mut slices = Vec::new();
        for (kind, endpoints) in families {
            if endpoints.is_empty() && (kind == "IPv6" || !slice.endpoints.is_empty()) {
                continue;
            }
            let name = format!("slice-{number}-{}", kind.to_ascii_lowercase());
            let mut metadata = vec![field("name", text(&name))];
            metadata.extend(self.in_namespace(&slice.meta.namespace));
            if !slice.service.is_empty() {
                let service = self.names.name(Class::Service, &slice.service);
                metadata.extend(map("labels", vec![field(SERVICE_NAME, text(&service))]));
            }
            let ports = slice.ports.iter().map(|port| {
                let number = Some(plain("port", &port.number));
                Yaml::Map(words([
                    self.port_name(port.name.as_ref()),
                    number,
                    protocol(port.protocol),
                ]))
            });
            let ports = list("ports", ports.collect());
            let endpoints = endpoints.into_iter().map(|it| self.endpoint_of_slice(it)).collect();
            let rest = words([
                Some(field("addressType", text(kind))),
                Some(field("endpoints", Yaml::List(endpoints))),
                ports,
            ]);
            slices.push(object(("discovery.k8s.io/v1", "EndpointSlice"), metadata, rest));
        }
        slices
    }

    fn endpoint_of_slice(&mut self, endpoint: &Endpoint) -> Yaml {
        let node = endpoint.node.as_ref();
        let node = node.map(|it| field("nodeName", text(&self.names.name(Class::Node, it))));
        let not_ready = (!endpoint.ready).then(|| plain("ready", &false));
        Yaml::Map(words([
            list("addresses", vec![self.address(endpoint.address)]),
            map("conditions", words([not_ready])),
            node,
        ]))
    }

    fn expectation(&mut self, number: usize, expectation: &Expectation) -> Yaml {
        let connections = expectation.connections.iter().map(|connection| {
            let from = text(&self.endpoint(&connection.from));
            let to = text(&self.endpoint(&connection.to));
            let traffic = match &connection.traffic {
                ExpectedTraffic::Ping => [None, Some(field("protocol", text("ICMP")))],
                ExpectedTraffic::Port(port, transport) => {
                    [Some(field("port", self.port(port))), protocol(*transport)]
                }
            };
            let verdict = field("verdict", text(connection.verdict.as_str()));
            let ends = [Some(field("from", from)), Some(field("to", to))];
            Yaml::Map(words(ends.into_iter().chain(traffic).chain([Some(verdict)])))
        });
        let connections = list("connections", connections.collect());
        let metadata = vec![field("name", text(&format!("expectation-{number}")))];
        let spec = field("spec", Yaml::Map(words([connections])));
        object(("netpol/v1", "Expectation"), metadata, vec![spec])
    }
}

/// Whom a pod asks for names, if not whom most ask.
fn dns_policy(template: &PodTemplate) -> Option<Field> {
    let policy = match &template.dns {
        Dns::Cluster if template.host_network => "ClusterFirstWithHostNet",
        Dns::Node if !template.host_network => "Default",
        Dns::Servers(_) => "None",
        Dns::Cluster | Dns::Node => return None,
    };
    Some(field("dnsPolicy", text(policy)))
}

fn protocol(protocol: Protocol) -> Option<Field> {
    (protocol != Protocol::Tcp).then(|| field("protocol", text(protocol.as_str())))
}

/// How to judge, without what is no known word.
fn settings(settings: &Settings) -> Option<Yaml> {
    let options = settings.options;
    let truth = |key, value: Option<bool>| value.map(|value| plain(key, &value));
    let word = |key, [no, yes]: [&str; 2], value: Option<bool>| {
        value.map(|value| field(key, text(if value { yes } else { no })))
    };
    let options = words([
        truth("enforced", options.enforced),
        truth("ipBlockMatchesPods", options.ip_block_matches_pods),
        truth("ipBlockMatchesNodes", options.ip_block_matches_nodes),
        word("hostNetworkPods", HOST_NETWORK_PODS, options.host_network_pods_as_pods),
        word("hairpinViaService", HAIRPIN_VIA_SERVICE, options.hairpin_via_service_allowed),
        word("egressToOwnNode", EGRESS_TO_OWN_NODE, options.egress_to_own_node_allowed),
        word("icmp", ICMP_WORDS, options.icmp_allowed),
        word("clientIPForExternalTraffic", CLIENT_IP, options.client_ip_preserved),
        truth("endPortSupported", options.end_port_supported),
        truth("namedPortsSupported", options.named_ports_supported),
        truth("sctpSupported", options.sctp_supported),
        word("denyStyle", DENY_STYLE, options.denied_rejected),
        truth("implicitDNS", options.implicit_dns),
    ]);
    let version = settings.kubernetes_version.as_deref().and_then(KubernetesVersion::parse);
    let spec = words([
        settings.plugin.as_deref().and_then(plugin).map(|plugin| field("plugin", text(plugin.id))),
        version.map(|version| field("kubernetesVersion", text(&version.to_string()))),
        map("options", options),
    ]);
    let metadata = vec![field("name", text("settings"))];
    let spec = map("spec", spec)?;
    Some(object(("netpol/v1", "Settings"), metadata, vec![spec]))
}
