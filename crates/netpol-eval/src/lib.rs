//! Who can talk to whom: the cluster as policies see it, and verdicts.
//!
//! [`World::resolve`] turns objects into namespaces, pods, services and addresses.
//! [`trace`] judges one connection and records everything that was looked at; it is the
//! straightforward reference. [`Reachability`] judges all pairs at once and must agree with it.
//!
//! Answers are references (policy, direction, rule, peer, port), never sentences or places:
//! this crate knows no text.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod address;
mod answer;
mod dns;
mod peer;
mod plugin;
mod port;
mod reach;
mod reading;
mod service;
#[cfg(test)]
mod tests;
mod topic;
mod trace;
mod world;

pub use address::stable_address;
pub use answer::Answer;
pub use peer::{PeerMiss, PeerOutcome};
pub use plugin::{Evidence, Fact, PLUGINS, Plugin, plugin};
pub use port::{Feature, PortMiss, PortOutcome, PortRange};
pub use reach::{IdentityId, Reachability, Receivers, Row};
pub use service::{Alias, ServiceMiss, Target, TargetAt, Targets};
pub use topic::Topic;
pub use trace::{
    Connection, End, PolicyTrace, RuleTrace, Side, SideReason, Trace, Traffic, Unknown, trace,
    trace_under,
};
pub use world::{
    ExternalId, Found, Group, GroupId, GroupKind, NamespaceId, PodId, PodState, PolicyId,
    ServiceId, World, WorldNamespace, WorldPod,
};
