//! Texts in all styles: an edit changes just what it is about, and is never refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// A manifest to render: the number in the text names it.
#[derive(Clone, Debug)]
struct Item {
    kind: Kind,
    labels: Labels,
    style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Namespace,
    Pod,
    Deployment,
    External,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Style {
    Block,
    Flow,
    Json,
    /// `labels:` without a value where there are none.
    Null,
}

#[derive(Clone, Copy, Debug)]
enum Layout {
    Documents,
    List,
    JsonList,
}

impl Item {
    fn id(&self, number: usize) -> String {
        match self.kind {
            Kind::Namespace => format!("o{number}"),
            Kind::Pod | Kind::Deployment => format!("ns/o{number}"),
            Kind::External => format!("external/o{number}"),
        }
    }

    /// One line without a line break.
    fn flow(&self, number: usize, quote: &str) -> String {
        let q = quote;
        let pairs: Vec<String> =
            self.labels.iter().map(|(key, value)| format!("{q}{key}{q}: \"{value}\"")).collect();
        let labels = format!("{q}labels{q}: {{{}}}", pairs.join(", "));
        let header = |version: &str, kind: &str, labels: &str| {
            format!(
                "{{{q}apiVersion{q}: \"{version}\", {q}kind{q}: \"{kind}\", {q}metadata{q}: {{{q}name{q}: \"o{number}\"{labels}}}"
            )
        };
        let namespace = format!(", {q}namespace{q}: \"ns\"");
        match self.kind {
            Kind::Namespace => header("v1", "Namespace", &format!(", {labels}")) + "}",
            Kind::Pod => header("v1", "Pod", &format!("{namespace}, {labels}")) + "}",
            Kind::Deployment => {
                let template = format!("{{{q}template{q}: {{{q}metadata{q}: {{{labels}}}}}}}");
                header("apps/v1", "Deployment", &namespace) + &format!(", {q}spec{q}: {template}}}")
            }
            Kind::External => {
                let spec = format!(", {q}spec{q}: {{{q}ip{q}: \"203.0.113.7\"}}}}");
                header("netpol/v1", "External", "") + &spec
            }
        }
    }

    fn block(&self, number: usize) -> String {
        let labels = |indent: &str| {
            let mut text = match (self.labels.is_empty(), self.style) {
                (false, _) => format!("{indent}labels: # keep\n"),
                (true, Style::Null) => format!("{indent}labels:\n"),
                (true, _) => String::new(),
            };
            for (key, value) in &self.labels {
                let _ = writeln!(text, "{indent}  {key}: '{value}' # {key}");
            }
            text
        };
        let header = |version: &str, kind: &str| {
            format!("apiVersion: {version}\nkind: {kind}\nmetadata: # keep\n  name: o{number}\n")
        };
        match self.kind {
            Kind::Namespace => header("v1", "Namespace") + &labels("  "),
            Kind::Pod => header("v1", "Pod") + "  namespace: ns\n" + &labels("  ") + "spec: {}\n",
            Kind::Deployment => {
                let template =
                    "  namespace: ns\nspec:\n  template:\n    metadata:\n      annotations: {}\n";
                header("apps/v1", "Deployment") + template + &labels("      ")
            }
            Kind::External => header("netpol/v1", "External") + "spec:\n  ip: 203.0.113.7\n",
        }
    }

    fn render(&self, number: usize) -> String {
        let text = match self.style {
            Style::Block | Style::Null => self.block(number),
            Style::Flow => self.flow(number, "") + "\n",
            Style::Json => return self.flow(number, "\"") + "\n",
        };
        format!("# about o{number}\n{text}")
    }
}

fn render(items: &[Item], layout: Layout) -> String {
    let numbered = items.iter().enumerate();
    match layout {
        Layout::Documents => {
            numbered.map(|(i, item)| item.render(i)).collect::<Vec<_>>().join("\n---\n")
        }
        Layout::List => {
            let mut text = "apiVersion: v1\nkind: List\nitems:\n".to_owned();
            for (i, item) in numbered {
                let item = item.render(i);
                let (comment, manifest) = match item.split_once('\n') {
                    Some((comment, manifest)) if comment.starts_with('#') => (comment, manifest),
                    _ => ("#", item.as_str()),
                };
                let indented = manifest.trim_end().replace('\n', "\n  ");
                let _ = writeln!(text, "{comment}\n- {indented}");
            }
            text
        }
        Layout::JsonList => {
            let items: Vec<String> = numbered.map(|(i, item)| item.flow(i, "\"")).collect();
            let items = items.join(",\n  ");
            format!("{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n  {items}\n]}}\n")
        }
    }
}

/// Everything in a text: ids with labels, or with addresses.
fn contents(text: &str) -> BTreeMap<String, Labels> {
    let (objects, _) = decode(&parse(FileId(0), text).documents);
    let mut found = BTreeMap::new();
    for namespace in objects.namespaces {
        found.insert(namespace.meta.name.clone(), namespace.meta.labels.clone());
    }
    for pod in objects.pods {
        found.insert(
            format!("{}/{}", pod.meta.namespace, pod.meta.name),
            pod.template.labels.clone(),
        );
    }
    for workload in objects.workloads {
        let id = format!("{}/{}", workload.meta.namespace, workload.meta.name);
        found.insert(id, workload.template.labels.clone());
    }
    for external in objects.externals {
        found.insert(format!("external/{}", external.meta.name), Labels::new());
    }
    found
}

fn any_labels() -> impl Strategy<Value = Labels> {
    let key = prop::sample::select(vec!["app", "tier", "on", "a.example/b", "1"]);
    let value = prop::sample::select(vec!["web", "", "yes", "1", "0x1F", "a.b", "null"]);
    prop::collection::btree_map(key.prop_map(str::to_owned), value.prop_map(str::to_owned), 0..4)
}

fn any_item() -> impl Strategy<Value = Item> {
    let kind =
        prop::sample::select(vec![Kind::Namespace, Kind::Pod, Kind::Deployment, Kind::External]);
    let style = prop::sample::select(vec![Style::Block, Style::Flow, Style::Json, Style::Null]);
    (kind, any_labels(), style).prop_map(|(kind, labels, style)| Item { kind, labels, style })
}

proptest! {
    #[test]
    fn edits_do_what_they_say_and_nothing_else(
        items in prop::collection::vec(any_item(), 1..6),
        layout in prop::sample::select(vec![Layout::Documents, Layout::List, Layout::JsonList]),
        is_crlf in any::<bool>(),
        chosen in any::<prop::sample::Index>(),
        new in prop::option::of(any_labels()),
    ) {
        let text = render(&items, layout).replace('\n', if is_crlf { "\r\n" } else { "\n" });
        let mut expected = contents(&text);
        prop_assert_eq!(expected.len(), items.len(), "{}", text);
        let number = chosen.index(items.len());
        let id = items[number].id(number);
        let command = match (&new, items[number].kind) {
            (Some(_), Kind::External) => EditCommand::SetAddresses {
                name: format!("o{number}"),
                addresses: vec!["203.0.113.8".to_owned()],
            },
            (Some(new), _) => EditCommand::Relabel { target: target(&id), labels: new.clone() },
            (None, _) => EditCommand::Delete { target: target(&id) },
        };
        match (new, items[number].kind) {
            (Some(new), kind) if kind != Kind::External => {
                expected.insert(id, new);
            }
            (Some(_), _) => {}
            (None, _) => {
                expected.remove(&id);
            }
        }
        let after = run(&text, &command);
        prop_assert_eq!(contents(&after), expected, "{}\n=>\n{}", text, after);
        prop_assert_eq!(after.contains('\r'), is_crlf && !after.is_empty());
        let others = text.lines().filter(|line| line.starts_with("# about"));
        for comment in others.filter(|line| *line != format!("# about o{number}")) {
            prop_assert!(after.contains(comment), "{}\n=>\n{}", text, after);
        }
    }
}
