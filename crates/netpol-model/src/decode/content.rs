//! What documents hold, and what becomes of the contents of several texts together.

use std::sync::Arc;

use netpol_sort::Sort;
use netpol_syntax::{Document, Finding, Severity, Span, add_finding};

use super::{
    FieldValidation, Rules, endpoints, meta, node, own, pod, policy, problems, service, unique,
    workload,
};
use crate::documents::{self, Manifest};
use crate::kind::Kind;
use crate::place::Place;
use crate::{
    EndpointSlice, Expectation, External, KubernetesVersion, Namespace, NetworkPolicy, Node,
    Objects, OtherObject, Pod, Service, Settings, Workload,
};

/// One object.
#[derive(Clone, Debug)]
pub(crate) enum Object {
    Namespace(Arc<Namespace>),
    Node(Arc<Node>),
    Pod(Arc<Pod>),
    Workload(Arc<Workload>),
    Service(Arc<Service>),
    EndpointSlice(Arc<EndpointSlice>),
    NetworkPolicy(Arc<NetworkPolicy>),
    External(Arc<External>),
    Expectation(Arc<Expectation>),
    /// With the short piece of text that stands for it.
    Settings(Arc<Settings>, Span),
    Other(Arc<OtherObject>),
}

/// What some documents hold, for certain rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    pub(crate) objects: Vec<Object>,
    /// What is wrong with them, each for itself.
    pub(crate) findings: Vec<Finding>,
}

impl Content {
    /// Decodes documents.
    pub(crate) fn of(documents: &[Document], rules: Rules) -> Self {
        let manifests = documents::sort_out(documents);
        let mut content = Self::default();
        for stray in manifests.strays {
            add_finding(&mut content.findings, stray.finding);
        }
        for manifest in &manifests.known {
            let problems = problems(manifest, rules);
            let is_refused = problems.iter().any(|problem| problem.severity == Severity::Error);
            for problem in problems {
                add_finding(&mut content.findings, problem);
            }
            content.add(manifest, is_refused);
        }
        let others = manifests.others.into_iter().map(|other| Object::Other(Arc::new(other)));
        content.objects.extend(others);
        content.objects.shrink_to_fit();
        content
    }

    fn add(&mut self, manifest: &Manifest, is_refused: bool) {
        let object = Place::root(manifest.object);
        let meta = meta(&object, manifest.kind);
        self.objects.push(match manifest.kind {
            Kind::List => return,
            Kind::Namespace => Object::Namespace(Arc::new(Namespace { meta })),
            Kind::Node => Object::Node(Arc::new(node(&object, meta))),
            Kind::Pod => Object::Pod(Arc::new(pod::pod(&object, meta))),
            Kind::Service => Object::Service(Arc::new(service::service(&object, meta))),
            Kind::Endpoints => {
                let slices = endpoints::subsets(&object, &meta).into_iter();
                return self.objects.extend(slices.map(|it| Object::EndpointSlice(Arc::new(it))));
            }
            Kind::EndpointSlice => Object::EndpointSlice(Arc::new(endpoints::slice(&object, meta))),
            Kind::Deployment
            | Kind::ReplicaSet
            | Kind::StatefulSet
            | Kind::DaemonSet
            | Kind::ReplicationController
            | Kind::Job
            | Kind::CronJob => match manifest.kind.workload() {
                Some(kind) => Object::Workload(Arc::new(workload::workload(&object, meta, kind))),
                None => return,
            },
            Kind::NetworkPolicy => {
                Object::NetworkPolicy(Arc::new(policy::policy(&object, meta, is_refused)))
            }
            Kind::External => match own::external(&object, meta) {
                Some(external) => Object::External(Arc::new(external)),
                None => return,
            },
            Kind::Expectation => Object::Expectation(Arc::new(own::expectation(&object, meta))),
            Kind::Settings => Object::Settings(Arc::new(own::settings(&object)), object.headline()),
        });
    }
}

/// The rules that the last Settings choose.
pub(crate) fn chosen<'c>(contents: impl DoubleEndedIterator<Item = &'c Content>) -> Rules {
    let last = contents.rev().flat_map(|content| content.objects.iter().rev()).find_map(|object| {
        match object {
            Object::Settings(settings, _) => Some(settings),
            _ => None,
        }
    });
    let Some(last) = last else { return Rules::default() };
    let version = last.kubernetes_version.as_deref().and_then(KubernetesVersion::parse);
    Rules {
        version: version.unwrap_or_default(),
        fields: last.field_validation.unwrap_or(FieldValidation::default()),
    }
}

/// All contents together, in the order of the texts: of several objects of one name the last counts.
pub(crate) fn gather<'c>(contents: impl Iterator<Item = &'c Content>) -> (Objects, Vec<Finding>) {
    let mut objects = Objects::default();
    let mut findings = Vec::new();
    let mut settings: Option<(&Arc<Settings>, Span)> = None;
    for content in contents {
        findings.extend(content.findings.iter().cloned());
        for object in &content.objects {
            match object {
                Object::Namespace(it) => objects.namespaces.push(it.clone()),
                Object::Node(it) => objects.nodes.push(it.clone()),
                Object::Pod(it) => objects.pods.push(it.clone()),
                Object::Workload(it) => objects.workloads.push(it.clone()),
                Object::Service(it) => objects.services.push(it.clone()),
                Object::EndpointSlice(it) => objects.endpoint_slices.push(it.clone()),
                Object::NetworkPolicy(it) => objects.policies.push(it.clone()),
                Object::External(it) => objects.externals.push(it.clone()),
                Object::Expectation(it) => objects.expectations.push(it.clone()),
                Object::Settings(it, headline) => {
                    let earlier = settings.replace((it, *headline));
                    findings.extend(earlier.map(|(_, place)| {
                        unique::replaced(place, "of several Settings the last counts")
                    }));
                }
                Object::Other(it) => objects.others.push(it.clone()),
            }
        }
    }
    objects.settings = settings.map(|(settings, _)| settings.as_ref().clone());
    unique::keep_last(&mut objects, &mut findings);
    findings.arrange_by_key(|finding| (finding.span.file, finding.span.start));
    (objects, findings)
}
