//! Of objects with the same kind, namespace and name the last one counts, as when applied.

use std::collections::BTreeSet;

use netpol_sort::Sort;
use netpol_syntax::{Finding, Span};

use crate::kind::Kind;
use crate::{Meta, Objects, code};

/// Drops every object that a later one replaces, and says so.
pub(super) fn keep_last(objects: &mut Objects, findings: &mut Vec<Finding>) {
    keep(&mut objects.namespaces, findings, |it| (Kind::Namespace.as_str(), &it.meta));
    keep(&mut objects.nodes, findings, |it| (Kind::Node.as_str(), &it.meta));
    keep(&mut objects.pods, findings, |it| (Kind::Pod.as_str(), &it.meta));
    keep(&mut objects.workloads, findings, |it| (it.kind.as_str(), &it.meta));
    keep(&mut objects.services, findings, |it| (Kind::Service.as_str(), &it.meta));
    keep(&mut objects.externals, findings, |it| (Kind::External.as_str(), &it.meta));
    keep(&mut objects.expectations, findings, |it| (Kind::Expectation.as_str(), &it.meta));
    // A policy that is refused replaces nothing.
    let (refused, accepted): (Vec<_>, Vec<_>) =
        std::mem::take(&mut objects.policies).into_iter().partition(|it| it.rejected);
    objects.policies = accepted;
    keep(&mut objects.policies, findings, |it| (Kind::NetworkPolicy.as_str(), &it.meta));
    objects.policies.extend(refused);
    objects.policies.arrange_by_key(|it| (it.meta.span.file, it.meta.span.start));
}

/// Drops every object of one list that a later one replaces. Those without a name stay: each gets
/// its own from the API server.
fn keep<T>(
    objects: &mut Vec<T>,
    findings: &mut Vec<Finding>,
    key: impl Fn(&T) -> (&'static str, &Meta),
) {
    let mut seen = BTreeSet::new();
    let mut is_last = Vec::with_capacity(objects.len());
    for (kind, meta) in objects.iter().rev().map(&key) {
        let is_named = meta.name_span != meta.span;
        let last = !is_named || seen.insert((kind, &meta.namespace, &meta.name));
        if !last {
            let message = match meta.namespace.as_str() {
                "" => format!("a later {kind} `{}` replaces this one", meta.name),
                namespace => {
                    format!("a later {kind} `{namespace}/{}` replaces this one", meta.name)
                }
            };
            findings.push(replaced(meta.name_span, &message));
        }
        is_last.push(last);
    }
    let mut is_last = is_last.into_iter().rev();
    objects.retain(|_| is_last.next().unwrap_or(true));
}

/// The finding about an object that does not count.
pub(super) fn replaced(span: Span, message: &str) -> Finding {
    Finding::warning(code::DUPLICATE_OBJECT, span, message)
        .with_help("rename or remove one of them")
}
