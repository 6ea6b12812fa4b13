//! Documents to objects of known kinds: lists are taken apart, versions and kinds checked.

use netpol_syntax::{Document, Finding, Fix, Node, Span, TextEdit, Value};
use strsim::osa_distance;

use crate::kind::Kind;
use crate::strict::similar_name;
use crate::{OtherObject, code};

/// An object of a known kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manifest<'n> {
    pub(crate) kind: Kind,
    pub(crate) object: &'n Node,
}

/// What documents hold.
#[derive(Debug, Default)]
pub(crate) struct Manifests<'n> {
    /// The objects of known kinds, lists before their items.
    pub(crate) known: Vec<Manifest<'n>>,
    /// The other objects.
    pub(crate) others: Vec<OtherObject>,
    /// What is neither, and what is taken for one of the others by a slip.
    pub(crate) strays: Vec<Stray<'n>>,
}

/// What is wrong with something that is no object of a known kind.
#[derive(Debug)]
pub(crate) struct Stray<'n> {
    pub(crate) object: &'n Node,
    pub(crate) finding: Finding,
}

/// Sorts documents by their kinds, as kubectl does.
pub(crate) fn sort_out(documents: &[Document]) -> Manifests<'_> {
    let mut manifests = Manifests::default();
    for document in documents {
        manifests.add(&document.root, None);
    }
    manifests
}

/// `apiVersion` and `kind`, with the place of each.
#[derive(Clone, Copy)]
struct Header<'n> {
    api_version: (&'n str, Span),
    kind: (&'n str, Span),
}

impl<'n> Manifests<'n> {
    /// Adds an object; in a typed list it may leave out what the list says.
    fn add(&mut self, object: &'n Node, list: Option<Header<'n>>) {
        match &object.value {
            Value::Mapping(_) => {}
            Value::Null => return,
            other => {
                let message = format!(
                    "invalid object to validate: found {} instead of a mapping",
                    other.json_type()
                );
                let finding = Finding::error(code::NOT_AN_OBJECT, object.span, message);
                let help = "write an object: a mapping with `apiVersion`, `kind` and `metadata`";
                self.report(object, finding.with_help(help));
                return;
            }
        }
        let api_version = header(object, "apiVersion").or(list.map(|it| it.api_version));
        let kind = header(object, "kind").or(list.map(|it| it.kind));
        match (api_version, kind) {
            (Some(api_version), Some(kind)) => {
                self.add_with(object, Header { api_version, kind });
            }
            (api_version, kind) => self.report_missing(object, api_version, kind),
        }
    }

    fn add_with(&mut self, object: &'n Node, header: Header<'n>) {
        let (kind, _) = header.kind;
        let items = object.get("items").and_then(Node::as_sequence);
        if let (Some(item_kind), Some(items)) = (kind.strip_suffix("List"), items) {
            let (api_version, _) = header.api_version;
            let item = Kind::from_name(item_kind);
            if kind == "List" || item.is_some_and(|item| item.api_version() == api_version) {
                self.known.push(Manifest { kind: Kind::List, object });
            }
            let header = Header { kind: (item_kind, header.kind.1), ..header };
            let header = Some(header).filter(|_| !item_kind.is_empty());
            for item in items {
                self.add(item, header);
            }
            return;
        }
        let (api_version, _) = header.api_version;
        match Kind::from_name(kind) {
            Some(known) if known.api_version() == api_version => {
                self.known.push(Manifest { kind: known, object });
            }
            Some(known) if !is_foreign(api_version, known) => {
                self.report(object, unknown_version(header, known));
            }
            Some(_) => self.add_other(object, header),
            None => self.add_unknown_kind(object, header),
        }
    }

    fn report(&mut self, object: &'n Node, finding: Finding) {
        self.strays.push(Stray { object, finding });
    }

    fn add_unknown_kind(&mut self, object: &'n Node, header: Header) {
        let (kind, span) = header.kind;
        let (api_version, _) = header.api_version;
        let mut all = Kind::ALL.into_iter();
        if let Some(known) =
            all.find(|k| k.as_str().eq_ignore_ascii_case(kind) && !is_foreign(api_version, *k))
        {
            let message = format!("no kind `{kind}` is registered for version `{api_version}`");
            let finding = Finding::error(code::UNKNOWN_KIND, span, message);
            self.report(object, with_replacement(finding, span, known.as_str()));
            return;
        }
        let names = Kind::ALL.into_iter().filter(|known| known.api_version() == api_version);
        // The names of the other kinds of `v1` are too many to tell a slip in a short one.
        let names = names.map(Kind::as_str).filter(|name| name.len() > 4);
        if let Some(name) = similar_name(kind, names) {
            let message = format!("`{kind}` in `{api_version}` is not a kind that is known here");
            let finding = Finding::warning(code::UNKNOWN_KIND, span, message);
            self.report(object, with_replacement(finding, span, name));
        }
        self.add_other(object, header);
    }

    fn add_other(&mut self, object: &Node, header: Header) {
        let name = object.get("metadata").and_then(|it| it.get("name")).and_then(Node::as_str);
        self.others.push(OtherObject {
            api_version: header.api_version.0.to_owned(),
            kind: header.kind.0.to_owned(),
            name: name.unwrap_or_default().to_owned(),
            span: object.span,
        });
    }

    fn report_missing(
        &mut self,
        object: &'n Node,
        api_version: Option<(&str, Span)>,
        kind: Option<(&str, Span)>,
    ) {
        if api_version.is_none() {
            let known = kind.and_then(|(kind, _)| Kind::from_name(kind));
            let example = known.map_or("networking.k8s.io/v1", Kind::api_version);
            let finding = not_set(object, "apiVersion", code::MISSING_API_VERSION, example);
            self.report(object, finding);
        }
        if kind.is_none() {
            let example = match api_version {
                Some(("v1", _)) => "Pod",
                Some(("apps/v1", _)) => "Deployment",
                Some(("batch/v1", _)) => "Job",
                Some(("netpol/v1", _)) => "External",
                _ => "NetworkPolicy",
            };
            self.report(object, not_set(object, "kind", code::MISSING_KIND, example));
        }
    }
}

/// A field of the header; empty text and null are as good as nothing.
fn header<'n>(object: &'n Node, key: &str) -> Option<(&'n str, Span)> {
    let node = object.get(key)?;
    node.as_str().filter(|text| !text.is_empty()).map(|text| (text, node.span))
}

/// `apiVersion` or `kind` is not there, is empty, or is written in another case.
fn not_set(object: &Node, key: &str, code: &'static str, example: &str) -> Finding {
    let entries = object.as_mapping().map_or(&[][..], |mapping| &mapping.entries);
    let message = format!("{key} not set");
    if let Some(entry) = entries.iter().find(|entry| entry.key == key) {
        let finding = Finding::error(code, entry.span(), message);
        return finding.with_help(format!("write text after `{key}:`, such as `{example}`"));
    }
    let alike = entries
        .iter()
        .find(|entry| entry.key.eq_ignore_ascii_case(key) || osa_distance(&entry.key, key) == 1);
    if let Some(entry) = alike {
        let finding = Finding::error(code, entry.key_span, message);
        return with_replacement(finding, entry.key_span, key);
    }
    let span = entries.first().map_or(object.span, |entry| entry.key_span);
    Finding::error(code, span, message)
        .with_help(format!("add it to the object, such as `{key}: {example}`"))
}

/// Whether a group of that kind's name belongs to somebody else, such as Calico's NetworkPolicy,
/// rather than being a wrong way to write the known one.
fn is_foreign(api_version: &str, kind: Kind) -> bool {
    /// `network.k8s.io` for `networking.k8s.io` is still a slip.
    const SLIP: usize = 3;
    let group = |version: &'_ str| match version.split_once('/') {
        Some((group, _)) => group.to_owned(),
        None => String::new(),
    };
    let (written, right) = (group(api_version), group(kind.api_version()));
    written.contains('.') && osa_distance(&written, &right) > SLIP
}

fn unknown_version(header: Header, known: Kind) -> Finding {
    let (api_version, span) = header.api_version;
    let message =
        format!("no matches for kind \"{}\" in version \"{api_version}\"", known.as_str());
    let right = known.api_version();
    with_replacement(Finding::error(code::UNKNOWN_VERSION, span, message), span, right)
        .with_help(format!("write `apiVersion: {right}`"))
}

/// A finding about a word that should be another one.
fn with_replacement(finding: Finding, span: Span, right: &str) -> Finding {
    let edit = TextEdit { span, text: right.to_owned() };
    finding
        .with_help(format!("did you mean `{right}`?"))
        .with_fix(Fix { title: format!("Replace by `{right}`"), edits: vec![edit] })
}

#[cfg(test)]
#[expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
mod tests {
    use expect_test::{Expect, expect};

    use crate::testing::{read, render};

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let (objects, findings) = read(text);
        let others = objects.others.iter().map(|it| format!("other: {} {}\n", it.kind, it.name));
        let others: String = others.collect();
        expected.assert_eq(&format!("{others}{}", render(text, &findings)));
    }

    #[test]
    fn what_is_missing_is_said() {
        check(
            "metadata: {name: x}\n---\nkind: NetworkPolicy\n---\napiVersion: v1\nkind:\n---\nfoo\n---\n- a\n---\n# nothing\n---\nApiVersion: v1\nKind: Pod\n---\napiVersion: 1\nkind: Pod\n",
            &expect![[r#"
                1:1 error missing-api-version `metadata`
                  apiVersion not set
                  help: add it to the object, such as `apiVersion: networking.k8s.io/v1`
                1:1 error missing-kind `metadata`
                  kind not set
                  help: add it to the object, such as `kind: NetworkPolicy`
                3:1 error missing-api-version `kind`
                  apiVersion not set
                  help: add it to the object, such as `apiVersion: networking.k8s.io/v1`
                6:1 error missing-kind `kind:`
                  kind not set
                  help: write text after `kind:`, such as `Pod`
                8:1 error not-an-object `foo`
                  invalid object to validate: found string instead of a mapping
                  help: write an object: a mapping with `apiVersion`, `kind` and `metadata`
                10:1 error not-an-object `- a`
                  invalid object to validate: found array instead of a mapping
                  help: write an object: a mapping with `apiVersion`, `kind` and `metadata`
                14:1 error missing-api-version `ApiVersion`
                  apiVersion not set
                  help: did you mean `apiVersion`?
                15:1 error missing-kind `Kind`
                  kind not set
                  help: did you mean `kind`?
                17:1 error missing-api-version `apiVersion: 1`
                  apiVersion not set
                  help: write text after `apiVersion:`, such as `v1`
            "#]],
        );
    }

    #[test]
    fn versions_and_kinds() {
        let rows = [
            ("extensions/v1beta1", "NetworkPolicy"),
            ("networking.k8s.io/v1beta1", "NetworkPolicy"),
            ("networking/v1", "NetworkPolicy"),
            ("network.k8s.io/v1", "NetworkPolicy"),
            ("v1", "NetworkPolicy"),
            ("networking.k8s.io/v1", "networkpolicy"),
            ("networking.k8s.io/v1", "NetworkPolcy"),
            ("networking.k8s.io/v1", "Ingress"),
            ("crd.projectcalico.org/v1", "NetworkPolicy"),
            ("serving.knative.dev/v1", "Service"),
            ("v1", "ConfigMap"),
            ("apps/v1", "Pod"),
        ];
        let text = rows.map(|(version, kind)| {
            format!("---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: x}}\n")
        });
        check(
            &text.concat(),
            &expect![[r#"
            other: NetworkPolcy x
            other: Ingress x
            other: NetworkPolicy x
            other: Service x
            other: ConfigMap x
            2:13 error unknown-version `extensions/v1beta1`
              no matches for kind "NetworkPolicy" in version "extensions/v1beta1"
              help: write `apiVersion: networking.k8s.io/v1`
            6:13 error unknown-version `networking.k8s.io/v1beta1`
              no matches for kind "NetworkPolicy" in version "networking.k8s.io/v1beta1"
              help: write `apiVersion: networking.k8s.io/v1`
            10:13 error unknown-version `networking/v1`
              no matches for kind "NetworkPolicy" in version "networking/v1"
              help: write `apiVersion: networking.k8s.io/v1`
            14:13 error unknown-version `network.k8s.io/v1`
              no matches for kind "NetworkPolicy" in version "network.k8s.io/v1"
              help: write `apiVersion: networking.k8s.io/v1`
            18:13 error unknown-version `v1`
              no matches for kind "NetworkPolicy" in version "v1"
              help: write `apiVersion: networking.k8s.io/v1`
            23:7 error unknown-kind `networkpolicy`
              no kind `networkpolicy` is registered for version `networking.k8s.io/v1`
              help: did you mean `NetworkPolicy`?
            27:7 warning unknown-kind `NetworkPolcy`
              `NetworkPolcy` in `networking.k8s.io/v1` is not a kind that is known here
              help: did you mean `NetworkPolicy`?
            46:13 error unknown-version `apps/v1`
              no matches for kind "Pod" in version "apps/v1"
              help: write `apiVersion: v1`
        "#]],
        );
    }

    #[test]
    fn lists_are_taken_apart() {
        let text = "\
apiVersion: v1
kind: List
metadata: {resourceVersion: ''}
item: []
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: a}}
- {metadata: {name: b}}
- null
- 5
- apiVersion: v1
  kind: PodList
  items:
  - metadata: {name: p}
- apiVersion: example.com/v1
  kind: WidgetList
  items:
  - metadata: {name: w}
";
        let (objects, _) = read(text);
        assert_eq!(objects.pods[0].meta.name, "p");
        check(
            text,
            &expect![[r#"
                other: Widget w
                4:1 error unknown-field `item`
                  unknown field "item"
                  help: did you mean `items`?
                7:4 error missing-api-version `metadata`
                  apiVersion not set
                  help: add it to the object, such as `apiVersion: networking.k8s.io/v1`
                7:4 error missing-kind `metadata`
                  kind not set
                  help: add it to the object, such as `kind: NetworkPolicy`
                9:3 error not-an-object `5`
                  invalid object to validate: found number instead of a mapping
                  help: write an object: a mapping with `apiVersion`, `kind` and `metadata`
            "#]],
        );
    }
}
