//! Kubernetes objects decoded from manifests: what was written, and what the API server would
//! store. Every object and every part of a policy knows its place in the text.
//!
//! [`decode()`] never fails: what cannot be used becomes findings, and the rest is still there.
//!
//! This crate knows no verdicts.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod cidr;
mod code;
mod decode;
mod documents;
mod kind;
mod object;
mod outline;
mod place;
mod playground;
mod policy;
mod reading;
mod schema;
mod selector;
mod shift;
mod strict;
#[cfg(test)]
mod testing;
mod validate;
mod version;

pub use decode::{
    CLIENT_IP, DENY_STYLE, EGRESS_TO_OWN_NODE, HAIRPIN_VIA_SERVICE, HOST_NETWORK_PODS, ICMP_WORDS,
};
pub use decode::{FieldValidation, Refusal, Review, Reviews, decode};
pub use object::{
    ContainerPort, Dns, Endpoint, EndpointPort, EndpointSlice, Families, HostPort, Labels, Meta,
    Namespace, Node, Objects, OtherObject, Owner, Pod, PodPhase, PodTemplate, PortRef, Protocol,
    Service, ServiceKind, ServicePort, Workload, WorkloadKind,
};
pub use outline::{Outline, kinds};
pub use playground::{
    EndpointName, Expectation, ExpectedConnection, ExpectedTraffic, ExpectedVerdict, External,
    Options, Settings,
};
pub use policy::{
    Direction, IpBlock, NetworkPolicy, PeerSelector, PolicyPeer, PolicyPort, PolicyRule,
};
pub use reading::{PartForm, Reading, Share, TextPart};
pub use selector::{LabelSelector, Operator, Requirement, SelectorMiss};
pub use version::KubernetesVersion;
