//! Changes of the manifests that keep everything else in place: comments, order, formatting.
//!
//! An edit either does exactly what its command says or is refused with a reason: before it is
//! handed out, the changed text is read again and compared with what should be there.

mod check;
pub(crate) mod create;
mod examples;
mod expect;
mod find;
mod format;
pub(crate) mod manifest;
mod names;
pub(crate) mod remove;
mod settings;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use std::collections::BTreeMap;

use netpol_model::Objects;
use netpol_sort::Gather;
use netpol_syntax::{Document, Node, Source, Sources, Span, TextEdit, apply, parse};
use serde::{Deserialize, Serialize};

use crate::view::{ConnectionQuery, Edit, Origin, PortView, QueryError, Verdict};
use crate::{Analysis, place};

use check::Changes;
use manifest::Manifests;
use write::Writer;

/// A change that a form makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditCommand {
    /// Adds a namespace.
    AddNamespace {
        /// Its name.
        name: String,
        /// Its labels.
        labels: BTreeMap<String, String>,
    },
    /// Adds a pod.
    AddPod {
        /// Its namespace. One that nothing is in yet is declared too.
        namespace: String,
        /// Its name.
        name: String,
        /// Its labels.
        labels: BTreeMap<String, String>,
        /// The ports that it declares.
        ports: Vec<PortView>,
    },
    /// Adds a named address outside the cluster.
    AddExternal {
        /// Its name.
        name: String,
        /// Its addresses, at most one of each family.
        addresses: Vec<String>,
    },
    /// Adds whom the policies speak of and who is not there, to try them on: for each selector a pod,
    /// for each block an address, and somebody whom no rule means.
    AddExamples,
    /// Gives a namespace (`NAME`) or a node (`NAMESPACE/NAME`) these labels and no others.
    /// A namespace that was only inferred is declared by this.
    Relabel {
        /// What to relabel.
        target: Target,
        /// The labels.
        labels: BTreeMap<String, String>,
    },
    /// Gives an outside address other addresses.
    SetAddresses {
        /// The name of the `External`.
        name: String,
        /// The addresses.
        addresses: Vec<String>,
    },
    /// Writes down that a connection must have a verdict.
    Expect {
        /// The connection.
        connection: ConnectionQuery,
        /// Its verdict.
        verdict: Verdict,
    },
    /// Expects nothing of a connection any more.
    Unexpect {
        /// The name of the `Expectation`.
        name: String,
        /// The connection.
        connection: ConnectionQuery,
        /// The verdict that was expected.
        verdict: Verdict,
    },
    /// Names the network plugin in the `Settings`.
    SetPlugin {
        /// As `Settings` name it, such as `cilium`.
        plugin: String,
    },
    /// Names the Kubernetes version in the `Settings`.
    SetVersion {
        /// Such as `1.36`.
        version: String,
    },
    /// Answers a question that Kubernetes leaves open, in the `Settings`.
    SetOption {
        /// The option, such as `ipBlockMatchesPods`.
        option: String,
        /// Its value, such as `true`.
        value: String,
    },
    /// Indents all lines as kubectl prints them, which changes nothing that they mean.
    Format,
    /// Deletes the manifest. With a namespace goes everything in it, as in a cluster.
    Delete {
        /// What to delete.
        target: Target,
    },
}

/// What an edit is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// A namespace.
    Namespace {
        /// Its name.
        name: String,
    },
    /// A pod or a workload.
    Node {
        /// Its namespace.
        namespace: String,
        /// Its name, as in the id of the node.
        name: String,
    },
    /// An outside address.
    External {
        /// Its name.
        name: String,
    },
}

/// The text edits that make a change; they do not overlap. New manifests go to the end of the
/// first text.
pub fn edits(analysis: &Analysis, command: &EditCommand) -> Result<Vec<Edit>, QueryError> {
    let edits = edits_of(analysis, command)?;
    Ok(edits.iter().map(|edit| place::edit(analysis.sources(), edit)).collect())
}

/// The texts with [`EditCommand::AddExamples`] carried out, if there are policies and no pods: without
/// anybody to judge they show nothing.
///
/// ```
/// use netpol::edit::with_examples;
/// use netpol::{Sources, analyse};
///
/// let policy = "
/// apiVersion: networking.k8s.io/v1
/// kind: NetworkPolicy
/// metadata: {name: doors}
/// spec: {podSelector: {matchLabels: {app: web}}}
/// ";
/// let alone = analyse(Sources::single("doors.yaml", policy));
/// let shown = analyse(with_examples(&alone).unwrap());
/// assert_eq!(shown.stats().pods, 3, "one that is selected, one that is not, one elsewhere");
/// assert!(with_examples(&shown).is_none());
/// ```
pub fn with_examples(analysis: &Analysis) -> Option<Sources> {
    if analysis.topology().nodes.iter().any(|node| node.origin != Origin::Implied) {
        return None;
    }
    let edits = edits_of(analysis, &EditCommand::AddExamples).ok()?;
    let mut after = Sources::default();
    for (file, source) in analysis.sources().iter() {
        let own: Vec<TextEdit> = edits.iter().filter(|it| it.span.file == file).cloned().collect();
        after.add(Source::new(source.name(), apply(source.text(), &own)));
    }
    Some(after)
}

fn edits_of(analysis: &Analysis, command: &EditCommand) -> Result<Vec<TextEdit>, QueryError> {
    let sources = analysis.sources();
    // What shares a name, or an anchor, may stand anywhere.
    let documents: Vec<Document> =
        sources.iter().flat_map(|(file, source)| parse(file, source.text()).documents).collect();
    text_edits(sources, &documents, analysis.objects(), command)
}

/// [`edits_of`] what an analysis consists of.
fn text_edits(
    sources: &Sources,
    documents: &[Document],
    objects: &Objects,
    command: &EditCommand,
) -> Result<Vec<TextEdit>, QueryError> {
    let manifests = Manifests::of(documents);
    let scene = Scene { sources, objects, manifests: &manifests };
    let (edits, changes) = match command {
        EditCommand::AddNamespace { name, labels } => scene.add_namespace(name, labels),
        EditCommand::AddPod { namespace, name, labels, ports } => {
            scene.add_pod(namespace, name, labels, ports)
        }
        EditCommand::AddExternal { name, addresses } => scene.add_external(name, addresses),
        EditCommand::AddExamples => scene.add_examples(),
        EditCommand::Relabel { target, labels } => scene.relabel(target, labels),
        EditCommand::SetAddresses { name, addresses } => scene.set_addresses(name, addresses),
        EditCommand::Expect { connection, verdict } => scene.expect(connection, *verdict),
        EditCommand::Unexpect { name, connection, verdict } => {
            scene.unexpect(name, connection, *verdict)
        }
        EditCommand::SetPlugin { plugin } => scene.set_plugin(plugin),
        EditCommand::SetVersion { version } => scene.set_version(version),
        EditCommand::SetOption { option, value } => scene.set_option(option, value),
        EditCommand::Format => Ok((format::edits(sources)?, Changes::default())),
        EditCommand::Delete { target } => scene.delete(target),
    }?;
    check::check(sources, &manifests, &edits, &changes)?;
    Ok(edits)
}

/// What there is before an edit.
struct Scene<'a> {
    sources: &'a Sources,
    objects: &'a Objects,
    manifests: &'a Manifests<'a>,
}

/// The edits, and what they should do.
type Plan = Result<(Vec<TextEdit>, Changes), QueryError>;

type Labels = BTreeMap<String, String>;

impl Scene<'_> {
    fn add_namespace(&self, name: &str, labels: &Labels) -> Plan {
        names::namespace(name)?;
        let labels = names::namespace_labels(name, labels)?;
        if find::namespaces(self.objects, name).next().is_some() {
            return Err(exists(&format!("namespace `{name}`")));
        }
        self.append(&[create::namespace(name, &labels)])
    }

    fn add_pod(&self, namespace: &str, name: &str, labels: &Labels, ports: &[PortView]) -> Plan {
        names::namespace(namespace)?;
        names::pod(name)?;
        names::labels(labels)?;
        names::ports(ports)?;
        if let Some(kind) = find::kind_of_node(self.objects, namespace, name) {
            return Err(exists(&format!("{kind} `{namespace}/{name}`")));
        }
        let mut texts = Vec::new();
        if !find::is_known_namespace(self.objects, namespace) {
            texts.push(create::namespace(namespace, &Labels::new()));
        }
        texts.push(create::pod(namespace, name, labels, ports));
        self.append(&texts)
    }

    fn add_external(&self, name: &str, addresses: &[String]) -> Plan {
        names::external(name)?;
        let addresses = names::addresses(addresses)?;
        if find::externals(self.objects, name).next().is_some() {
            return Err(exists(&format!("outside address `{name}`")));
        }
        self.append(&[create::external(name, &addresses)])
    }

    fn append(&self, manifests: &[String]) -> Plan {
        let Some((file, source)) = self.sources.iter().next() else {
            return Err(error("there is no text to add to", "open or create a file first"));
        };
        let edit = create::append(file, source.text(), manifests);
        Ok((vec![edit], Changes { added: manifests.len(), ..Changes::default() }))
    }

    fn relabel(&self, target: &Target, labels: &Labels) -> Plan {
        match target {
            Target::Namespace { name } => {
                let mut labels = names::namespace_labels(name, labels)?;
                let mut declared = find::namespaces(self.objects, name).peekable();
                if let Some(meta) = declared.peek() {
                    if meta.labels.contains_key(names::NAMESPACE_NAME_LABEL) {
                        labels.insert(names::NAMESPACE_NAME_LABEL.to_owned(), name.clone());
                    }
                    self.set_labels(declared.map(find::Found::namespace), &labels)
                } else if find::is_known_namespace(self.objects, name) {
                    names::namespace(name)?;
                    self.append(&[create::namespace(name, &labels)])
                } else {
                    Err(missing(target))
                }
            }
            Target::Node { namespace, name } => {
                names::labels(labels)?;
                let found = find::node(self.objects, namespace, name);
                if found.is_empty() {
                    return Err(missing(target));
                }
                self.set_labels(found.into_iter(), labels)
            }
            Target::External { name } => Err(error(
                format!("outside address `{name}` has no labels"),
                "policies see only its address; change that instead",
            )),
        }
    }

    fn set_labels<'f>(
        &self,
        found: impl Iterator<Item = find::Found<'f>>,
        labels: &Labels,
    ) -> Plan {
        let (mut edits, mut changes) = (Vec::new(), Changes::default());
        for found in found {
            let (index, node) = self.manifest(found.span)?;
            let mut writer = Writer::new(self.sources, node);
            let mut expected = node.clone();
            for (path, labels) in found.label_maps(node, labels)? {
                writer.set_labels(node, path, &labels)?;
                manifest::set_labels(&mut expected, path, &labels);
            }
            edits.extend(writer.into_edits());
            changes.changed.insert(index, Some(expected));
        }
        Ok((edits, changes))
    }

    fn set_addresses(&self, name: &str, addresses: &[String]) -> Plan {
        let addresses = names::addresses(addresses)?;
        let (mut edits, mut changes) = (Vec::new(), Changes::default());
        for external in find::externals(self.objects, name) {
            let (index, node) = self.manifest(external.span)?;
            let mut writer = Writer::new(self.sources, node);
            writer.set_addresses(node, &addresses)?;
            edits.extend(writer.into_edits());
            let mut expected = node.clone();
            manifest::set_addresses(&mut expected, &addresses);
            changes.changed.insert(index, Some(expected));
        }
        if changes.changed.is_empty() {
            return Err(missing(&Target::External { name: name.to_owned() }));
        }
        Ok((edits, changes))
    }

    fn delete(&self, target: &Target) -> Plan {
        let mut changes = Changes::default();
        let mut delete = |span| {
            // Of several manifests of one object the last counts; without it, an earlier one would.
            let (index, _) = self.manifest(span)?;
            changes.changed.extend(self.manifests.of_same_object(index).map(|same| (same, None)));
            Ok(())
        };
        match target {
            Target::Namespace { name } => {
                find::namespaces(self.objects, name).try_for_each(|meta| delete(meta.span))?;
                find::contents(self.objects, name).try_for_each(|meta| delete(meta.span))?;
                self.manifests.others_in(self.objects, name).try_for_each(&mut delete)?;
            }
            Target::Node { namespace, name } => {
                let found = find::node(self.objects, namespace, name);
                found.iter().try_for_each(|found| delete(found.span))?;
            }
            Target::External { name } => {
                find::externals(self.objects, name).try_for_each(|meta| delete(meta.span))?;
            }
        }
        if changes.changed.is_empty() {
            return Err(missing(target));
        }
        self.remove_manifests(changes)
    }

    /// Removes the manifests of which nothing is left.
    fn remove_manifests(&self, changes: Changes) -> Plan {
        let deleted = changes.changed.keys().map(|index| self.manifests.all[*index].node.span);
        let edits = remove::manifests(self.sources, self.manifests, &deleted.gather())?;
        Ok((edits, changes))
    }

    /// The manifest that an object was decoded from.
    fn manifest(&self, span: Span) -> Result<(usize, &Node), QueryError> {
        let index = self.manifests.index_of(span).ok_or_else(unusual)?;
        Ok((index, self.manifests.all[index].node))
    }
}

fn error(message: impl Into<String>, help: impl Into<String>) -> QueryError {
    QueryError { message: message.into(), help: Some(help.into()) }
}

fn exists(what: &str) -> QueryError {
    error(format!("{what} exists already"), "choose another name, or change the one that is there")
}

fn missing(target: &Target) -> QueryError {
    match target {
        Target::Namespace { name } => {
            error(format!("there is no namespace `{name}`"), "add it first")
        }
        Target::Node { namespace, name } => error(
            format!("no manifest declares `{namespace}/{name}`"),
            "only what the text declares can be changed; add a pod of that name to declare it",
        ),
        Target::External { name } => {
            error(format!("there is no outside address `{name}`"), "add it first")
        }
    }
}

/// For what is possible in YAML but too far from what people write to be changed by a form.
fn unusual() -> QueryError {
    error(
        "the manifest is written in a way that this form cannot change without touching more",
        "change it in the text",
    )
}
