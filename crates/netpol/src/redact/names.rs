//! Other names.

use std::collections::{BTreeMap, BTreeSet};

use netpol_sort::Gather;

/// What a name is for. Names of one class are told apart, whoever has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Namespace,
    Node,
    /// Pods and workloads: connections name both alike.
    Pod,
    Service,
    External,
    Policy,
    LabelKey,
    LabelValue,
    Port,
}

impl Class {
    fn prefix(self) -> &'static str {
        match self {
            Self::Namespace => "ns",
            Self::Node => "node",
            Self::Pod => "pod",
            Self::Service => "service",
            Self::External => "external",
            Self::Policy => "policy",
            Self::LabelKey => "key",
            Self::LabelValue => "value",
            Self::Port => "port",
        }
    }
}

/// Names that mean something to Kubernetes, and therefore stay: where names are looked up, what is
/// there without being declared, and what controllers put on pods.
const RESERVED: [(Class, &str); 15] = [
    (Class::Namespace, "default"),
    (Class::Namespace, "kube-system"),
    (Class::Namespace, "openshift-dns"),
    (Class::Pod, "coredns"),
    (Class::Service, "dns-default"),
    (Class::Service, "kube-dns"),
    (Class::LabelKey, NAMESPACE_NAME),
    (Class::LabelKey, DNS.0),
    (Class::LabelKey, POD_INDEX),
    (Class::LabelKey, POD_NAMES[0]),
    (Class::LabelKey, POD_NAMES[1]),
    (Class::LabelKey, POD_NAMES[2]),
    (Class::LabelValue, ""),
    (Class::Port, "dns"),
    (Class::Port, "dns-tcp"),
];

/// The label that every namespace has.
pub(super) const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";
/// The label of the DNS pods.
pub(super) const DNS: (&str, &str) = ("k8s-app", "kube-dns");
/// A number that controllers put on pods.
const POD_INDEX: &str = "apps.kubernetes.io/pod-index";
/// Names of pods and workloads that controllers put on pods.
const POD_NAMES: [&str; 3] =
    ["batch.kubernetes.io/job-name", "job-name", "statefulset.kubernetes.io/pod-name"];

/// What names become.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The names themselves before [`Self::number`].
    new: BTreeMap<(Class, String), String>,
    /// The kinds of workloads, in lower case. Their pods have their names with a number behind it.
    workloads: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn new(workloads: BTreeMap<String, String>) -> Self {
        Self { new: BTreeMap::new(), workloads }
    }

    /// What becomes of a name; itself before [`Self::number`].
    pub(super) fn name(&mut self, class: Class, name: &str) -> String {
        if RESERVED.contains(&(class, name)) {
            return name.to_owned();
        }
        if class == Class::Pod
            && let Some((workload, suffix)) = self.made_by(name)
        {
            return self.name(Class::Pod, &workload) + &suffix;
        }
        self.new.entry((class, name.to_owned())).or_insert_with(|| name.to_owned()).clone()
    }

    /// The workload whose pod has that name, and what stands behind: `db-0`, `db[Job]`.
    fn made_by(&self, name: &str) -> Option<(String, String)> {
        let (workload, suffix) = match name.split_once('[') {
            Some((workload, _)) => (workload, &name[workload.len()..]),
            None => name.rsplit_once('-').map(|(it, _)| (it, &name[it.len()..]))?,
        };
        let number = &suffix[1..];
        let is_number = number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        let is_pod = is_number && !self.workloads.contains_key(name);
        let is_kind = suffix.starts_with('[');
        (self.workloads.contains_key(workload) && (is_pod || is_kind))
            .then(|| (workload.to_owned(), suffix.to_owned()))
    }

    /// What becomes of a label's value.
    pub(super) fn value(&mut self, key: &str, value: &str) -> String {
        match (key, value) {
            (NAMESPACE_NAME, value) => self.name(Class::Namespace, value),
            (key, value) if POD_NAMES.contains(&key) => self.name(Class::Pod, value),
            (POD_INDEX, value) if value.parse::<u16>().is_ok() => value.to_owned(),
            label if label == DNS => value.to_owned(),
            (_, value) => self.name(Class::LabelValue, value),
        }
    }

    /// Decides what becomes of all names that were asked for. They keep their order, and none
    /// becomes one that was there before.
    pub(super) fn number(&mut self) {
        let old: BTreeSet<String> = self.new.keys().map(|(_, name)| name.clone()).gather();
        let prefix = |class: Class, name: &str| match self.workloads.get(name) {
            Some(kind) if class == Class::Pod => kind.clone(),
            _ => class.prefix().to_owned(),
        };
        let mut alike: BTreeMap<String, Vec<(Class, String)>> = BTreeMap::new();
        for (class, name) in self.new.keys() {
            alike.entry(prefix(*class, name)).or_default().push((*class, name.clone()));
        }
        for (prefix, names) in alike {
            let width = names.len().to_string().len();
            let free = (1..)
                .map(|number| format!("{prefix}-{number:0width$}"))
                .filter(|new| !old.contains(new));
            self.new.extend(names.into_iter().zip(free));
        }
    }
}
