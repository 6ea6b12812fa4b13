//! Documents to objects.

mod content;
mod endpoints;
mod own;
mod pod;
mod policy;
mod review;
mod rules;
mod selector;
mod service;
mod unique;
mod workload;

pub(crate) use review::review;
pub use review::{Refusal, Review, Reviews};
pub use rules::FieldValidation;

pub(crate) use content::{Content, Object, chosen, gather};
pub use own::{
    CLIENT_IP, DENY_STYLE, EGRESS_TO_OWN_NODE, HAIRPIN_VIA_SERVICE, HOST_NETWORK_PODS, ICMP_WORDS,
};
pub(crate) use rules::Rules;

#[cfg(test)]
mod tests;

use std::net::IpAddr;

use netpol_syntax::{Document, Finding, Severity};

use crate::documents::Manifest;
use crate::kind::Kind;
use crate::place::Place;
use crate::{Labels, Meta, Node, Objects, Owner, code, strict, validate};

/// Decodes documents, of all texts together. Findings are in the order of their places.
pub fn decode(documents: &[Document]) -> (Objects, Vec<Finding>) {
    let mut content = Content::of(documents, Rules::default());
    let rules = chosen([&content].into_iter());
    if rules != Rules::default() {
        content = Content::of(documents, rules);
    }
    gather([&content].into_iter())
}

/// What the API server would say: of each stage only if the one before refuses nothing. Fields that
/// are dropped are warned of even where the server says nothing: a selector without them may select
/// everything.
pub(crate) fn problems(manifest: &Manifest, rules: Rules) -> Vec<Finding> {
    let Rules { version, fields } = rules;
    let mut unfit = strict::check(manifest.kind, manifest.object, version);
    // Our own kinds are read by nobody else.
    let is_strict = fields == FieldValidation::Strict || manifest.kind.is_own();
    if unfit.iter().any(|finding| is_strict || finding.code == code::WRONG_TYPE) {
        return unfit;
    }
    for finding in &mut unfit {
        finding.severity = Severity::Warning;
    }
    unfit.extend(validate::check(manifest.kind, &Place::root(manifest.object), version));
    unfit
}

/// `metadata`.
fn meta(object: &Place, kind: Kind) -> Meta {
    let metadata = object.field("metadata");
    let name = metadata.field("name");
    let namespace = metadata.field("namespace");
    // The API server would add a random ending to `generateName`.
    let written_name = name.filled().or(metadata.field("generateName").filled());
    let namespace_name = namespace.filled().unwrap_or("default");
    Meta {
        span: object.span,
        name: written_name.unwrap_or_default().to_owned(),
        name_span: if name.is_given() { name.span } else { object.span },
        namespace: if kind.is_namespaced() { namespace_name.to_owned() } else { String::new() },
        namespace_span: namespace.filled().map(|_| namespace.span),
        labels: metadata.field("labels").labels(),
        owner: owner(&metadata),
    }
}

fn owner(metadata: &Place) -> Option<Owner> {
    let references = metadata.field("ownerReferences");
    let is_controller = |it: &Place| it.field("controller").boolean() == Some(true);
    let controller = references.items().find(is_controller);
    let owner = controller.or_else(|| references.items().next())?;
    let kind = owner.field("kind").text_or_empty().to_owned();
    Some(Owner { kind, name: owner.field("name").text_or_empty().to_owned() })
}

fn node(object: &Place, meta: Meta) -> Node {
    let status = object.field("status");
    let addresses = status.field("addresses");
    let addresses = addresses
        .items()
        .filter(|it| matches!(it.field("type").text(), Some("InternalIP" | "ExternalIP")))
        .filter_map(|it| it.field("address").address())
        .collect();
    Node { meta, addresses }
}

/// Addresses that could be read, of each family the first.
fn one_of_each_family(all: impl Iterator<Item = IpAddr>) -> Vec<IpAddr> {
    let mut addresses: Vec<IpAddr> = Vec::new();
    for address in all {
        if addresses.iter().all(|other| other.is_ipv4() != address.is_ipv4()) {
            addresses.push(address);
        }
    }
    addresses
}

/// The labels of `metadata` inside a template.
fn template_labels(template: &Place) -> Labels {
    template.field("metadata").field("labels").labels()
}
