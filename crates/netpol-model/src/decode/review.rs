//! What kubectl and the API server say about each object.

use netpol_syntax::{Document, Finding, Node, Severity, Span};

use super::{FieldValidation, Rules, meta, problems};
use crate::documents::{self, Manifest, Stray};
use crate::kind::Kind;
use crate::place::Place;
use crate::{KubernetesVersion, code};

/// Where an object is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// kubectl: it is no object, or has no `apiVersion` or `kind`.
    Header,
    /// kubectl: there is no such kind in that version.
    Mapping,
    /// The server knows the kind in another spelling.
    Kind,
    /// The server cannot decode it: a value has the wrong type.
    Type,
    /// The server decodes strictly: there are unknown fields.
    Fields,
    /// The server validates it.
    Validation,
}

/// What is said about one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// `apiVersion` as written; empty if it is missing.
    pub api_version: String,
    /// `kind` as written; empty if it is missing.
    pub kind: String,
    /// Its namespace; empty for kinds without.
    pub namespace: String,
    /// Its name; empty if it is missing.
    pub name: String,
    /// A short piece of its text.
    pub span: Span,
    /// Why it is refused; `None`: it is accepted.
    pub refusal: Option<Refusal>,
    /// The causes of the refusal, or else the warnings, in the server's order.
    pub findings: Vec<Finding>,
}

/// What is said about all objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviews {
    /// The version whose rules are applied.
    pub version: KubernetesVersion,
    /// What becomes of unknown fields.
    pub fields: FieldValidation,
    /// One for each object of a known kind and each that is none, in the order of the text.
    pub objects: Vec<Review>,
    /// How many objects of other kinds there are.
    pub others: usize,
}

/// Reviews documents by these rules. Also says how many objects of other kinds there are.
pub(crate) fn review(documents: &[Document], rules: Rules) -> (Vec<Review>, usize) {
    let manifests = documents::sort_out(documents);
    // A list is taken apart by kubectl: the server never sees it.
    let known = manifests.known.iter().filter(|manifest| manifest.kind != Kind::List);
    let mut objects: Vec<Review> = known.map(|it| of_known(it, rules)).collect();
    for stray in manifests.strays {
        if stray.finding.severity == Severity::Error {
            add_stray(&mut objects, stray);
        }
    }
    (objects, manifests.others.len())
}

fn of_known(manifest: &Manifest, rules: Rules) -> Review {
    let (refusal, findings) = judge(manifest, rules);
    let object = Place::root(manifest.object);
    let meta = meta(&object, manifest.kind);
    Review {
        api_version: manifest.kind.api_version().to_owned(),
        kind: manifest.kind.as_str().to_owned(),
        namespace: meta.namespace,
        name: meta.name,
        span: object.headline(),
        refusal,
        findings,
    }
}

/// What the server says, and at which stage it refuses.
fn judge(manifest: &Manifest, rules: Rules) -> (Option<Refusal>, Vec<Finding>) {
    let mut found = problems(manifest, rules);
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    let is_field = |finding: &Finding| finding.code == code::UNKNOWN_FIELD;
    let refusal = found.iter().find(|it| is_error(it)).map(|first| match first.code {
        code::WRONG_TYPE => Refusal::Type,
        code::UNKNOWN_FIELD => Refusal::Fields,
        _ => Refusal::Validation,
    });
    if refusal == Some(Refusal::Validation) {
        // The server warns of the values of an object only once it has accepted it.
        found.retain(|finding| is_error(finding) || is_field(finding));
    }
    if rules.fields == FieldValidation::Ignore {
        found.retain(|finding| is_error(finding) || !is_field(finding));
    }
    (refusal, found)
}

/// Adds what is wrong with something that is no object; about one there may be several findings.
fn add_stray(objects: &mut Vec<Review>, stray: Stray) {
    let Stray { object, finding } = stray;
    let refusal = match finding.code {
        code::UNKNOWN_VERSION => Refusal::Mapping,
        code::UNKNOWN_KIND => Refusal::Kind,
        _ => Refusal::Header,
    };
    let span = Place::root(object).headline();
    if let Some(last) = objects.last_mut().filter(|last| {
        last.span == span && refusal == Refusal::Header && last.refusal == Some(refusal)
    }) {
        last.findings.push(finding);
        return;
    }
    let text = |node: Option<&Node>| node.and_then(Node::as_str).unwrap_or_default().to_owned();
    let metadata = object.get("metadata");
    objects.push(Review {
        api_version: text(object.get("apiVersion")),
        kind: text(object.get("kind")),
        namespace: text(metadata.and_then(|it| it.get("namespace"))),
        name: text(metadata.and_then(|it| it.get("name"))),
        span,
        refusal: Some(refusal),
        findings: vec![finding],
    });
}

#[cfg(test)]
mod tests {
    use netpol_syntax::Sources;

    use super::*;
    use crate::Reading;

    const TEXT: &str = "\
{apiVersion: v1, kind: List, item: []}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a}
spec: {zone: x, podSelecter: {}, ingress: [{ports: [{port: 0}]}]}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: 1}, sepc: {}}
---
{metadata: {name: nothing}}
---
{apiVersion: example.com/v1, kind: Widget}
";

    #[track_caller]
    fn check(fields: FieldValidation, expected: &[(Option<Refusal>, &[&str])]) {
        let sources = Sources::single("a.yaml", TEXT);
        let reviews = Reading::of(&sources).review(&sources, Some(fields));
        let said: Vec<(Option<Refusal>, Vec<&str>)> = reviews
            .objects
            .iter()
            .map(|it| (it.refusal, it.findings.iter().map(|f| f.message.as_str()).collect()))
            .collect();
        let expected: Vec<(Option<Refusal>, Vec<&str>)> =
            expected.iter().map(|(refusal, messages)| (*refusal, messages.to_vec())).collect();
        assert_eq!(said, expected);
        assert_eq!(reviews.others, 1);
    }

    const TYPE: (Option<Refusal>, &[&str]) = (
        Some(Refusal::Type),
        &[
            "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string",
        ],
    );
    const HEADER: (Option<Refusal>, &[&str]) =
        (Some(Refusal::Header), &["apiVersion not set", "kind not set"]);
    const PORT: &str =
        "spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive";

    #[test]
    fn unknown_fields_are_refused_in_the_order_of_their_names() {
        let fields: &[&str] =
            &["unknown field \"spec.podSelecter\"", "unknown field \"spec.zone\""];
        check(FieldValidation::Strict, &[(Some(Refusal::Fields), fields), TYPE, HEADER]);
    }

    #[test]
    fn unknown_fields_are_warned_of_and_the_rest_is_validated() {
        let all: &[&str] =
            &["unknown field \"spec.podSelecter\"", "unknown field \"spec.zone\"", PORT];
        check(FieldValidation::Warn, &[(Some(Refusal::Validation), all), TYPE, HEADER]);
    }

    #[test]
    fn unknown_fields_are_dropped() {
        check(FieldValidation::Ignore, &[(Some(Refusal::Validation), &[PORT]), TYPE, HEADER]);
    }
}
