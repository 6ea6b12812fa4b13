//! Places after the text before them has grown or shrunk.

use std::sync::Arc;

use netpol_syntax::{Finding, Span};

use crate::decode::{Content, Object};
use crate::{
    EndpointSlice, Expectation, ExpectedConnection, External, IpBlock, LabelSelector, Meta,
    Namespace, NetworkPolicy, Node, OtherObject, PeerSelector, Pod, PolicyPeer, PolicyPort,
    PolicyRule, Requirement, Service, Settings, Workload,
};

/// What has places.
pub(crate) trait Shift {
    /// Moves all of them by so many bytes.
    fn shift(&mut self, by: i64);
}

impl Shift for Span {
    fn shift(&mut self, by: i64) {
        *self = self.moved(by);
    }
}

impl<T: Shift> Shift for Option<T> {
    fn shift(&mut self, by: i64) {
        if let Some(it) = self {
            it.shift(by);
        }
    }
}

impl<T: Shift> Shift for Vec<T> {
    fn shift(&mut self, by: i64) {
        for it in self {
            it.shift(by);
        }
    }
}

impl<T: Shift + Clone> Shift for Arc<T> {
    fn shift(&mut self, by: i64) {
        Self::make_mut(self).shift(by);
    }
}

/// The fields of structs that have places.
macro_rules! shift {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Shift for $name {
            fn shift(&mut self, by: i64) {
                $(self.$field.shift(by);)*
            }
        }
    )*};
}

shift! {
    Content { objects, findings }
    EndpointSlice { meta }
    Expectation { meta, connections }
    ExpectedConnection { span }
    External { meta }
    LabelSelector { span, requirements }
    Meta { span, name_span, namespace_span }
    Namespace { meta }
    NetworkPolicy { meta, pod_selector, policy_types_span, ingress, egress }
    Node { meta }
    OtherObject { span }
    Pod { meta }
    PolicyPeer { span, selector }
    PolicyPort { span }
    PolicyRule { span, peers, ports }
    Requirement { span }
    Service { meta }
    Settings { span }
    Workload { meta }
}

impl Shift for PeerSelector {
    fn shift(&mut self, by: i64) {
        match self {
            Self::Pods { namespaces, pods } => {
                namespaces.shift(by);
                pods.shift(by);
            }
            Self::Block(IpBlock { cidr: _, cidr_span, except }) => {
                cidr_span.shift(by);
                for (_, span) in except {
                    span.shift(by);
                }
            }
        }
    }
}

impl Shift for Finding {
    fn shift(&mut self, by: i64) {
        self.span.shift(by);
        if let Some(fix) = &mut self.fix {
            for edit in &mut fix.edits {
                edit.span.shift(by);
            }
        }
    }
}

impl Shift for Object {
    fn shift(&mut self, by: i64) {
        match self {
            Self::Namespace(it) => it.shift(by),
            Self::Node(it) => it.shift(by),
            Self::Pod(it) => it.shift(by),
            Self::Workload(it) => it.shift(by),
            Self::Service(it) => it.shift(by),
            Self::EndpointSlice(it) => it.shift(by),
            Self::NetworkPolicy(it) => it.shift(by),
            Self::External(it) => it.shift(by),
            Self::Expectation(it) => it.shift(by),
            Self::Settings(it, headline) => {
                it.shift(by);
                headline.shift(by);
            }
            Self::Other(it) => it.shift(by),
        }
    }
}
