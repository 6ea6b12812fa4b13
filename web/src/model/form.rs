//! The forms that define namespaces, pods and outside addresses without YAML.

use std::collections::BTreeMap;

use netpol::edit::{EditCommand, Target};
use netpol::view::{PortView, Protocol, QueryError, Topology};

/// The open form, if any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// None.
    #[default]
    Closed,
    /// Fields to fill in.
    Open(Draft),
    /// The engine works out the change.
    Pending(Draft, EditCommand),
}

/// Which form it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new namespace.
    AddNamespace,
    /// A new pod.
    AddPod,
    /// A new outside address.
    AddExternal,
    /// Other labels for a namespace or a pod.
    Relabel(Target),
    /// Other addresses.
    SetAddresses {
        /// The name of the outside address.
        name: String,
    },
    /// Asks whether to delete.
    Delete(Target),
}

/// A form as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which form it is.
    pub purpose: Purpose,
    /// The name field.
    pub name: String,
    /// The namespace field.
    pub namespace: String,
    /// The labels field: `app=web, tier=front`.
    pub labels: String,
    /// The ports field: `8080, 53/UDP`.
    pub ports: String,
    /// The addresses field.
    pub addresses: String,
    /// What is wrong with it.
    pub error: Option<DraftError>,
}

/// The fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A name.
    Name,
    /// A namespace.
    Namespace,
    /// Labels.
    Labels,
    /// Ports.
    Ports,
    /// Addresses.
    Addresses,
}

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftError {
    /// The field that is wrong, if it is one.
    pub field: Option<Field>,
    /// What is wrong.
    pub message: String,
}

impl Form {
    /// The change that the engine is to work out.
    pub fn pending(&self) -> Option<&EditCommand> {
        match self {
            Self::Pending(_, command) => Some(command),
            Self::Closed | Self::Open(_) => None,
        }
    }

    /// The draft, if a form is open.
    pub fn draft(&self) -> Option<&Draft> {
        match self {
            Self::Closed => None,
            Self::Open(draft) | Self::Pending(draft, _) => Some(draft),
        }
    }

    /// Hands the form in.
    pub(super) fn submit(&mut self) {
        let Self::Open(draft) = self else { return };
        let mut draft = draft.clone();
        *self = match draft.command() {
            Ok(command) => {
                draft.error = None;
                Self::Pending(draft, command)
            }
            Err(error) => Self::Open(Draft { error: Some(error), ..draft }),
        };
    }

    /// The engine cannot make the change.
    pub(super) fn refused(&mut self, error: &QueryError) {
        if let Some(draft) = self.draft() {
            let error = Some(DraftError { field: None, message: error.to_string() });
            *self = Self::Open(Draft { error, ..draft.clone() });
        }
    }
}

impl Draft {
    /// An empty form.
    pub fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            name: String::new(),
            namespace: String::new(),
            labels: String::new(),
            ports: String::new(),
            addresses: String::new(),
            error: None,
        }
    }

    /// A form for a pod, in the namespace that has the most of them.
    pub fn pod(topology: &Topology) -> Self {
        let mut draft = Self::new(Purpose::AddPod);
        let pods = |name: &str| topology.nodes.iter().filter(|node| node.namespace == name).count();
        let declared = topology.namespaces.iter().filter(|namespace| namespace.place.is_some());
        let fullest = declared.rev().max_by_key(|namespace| pods(&namespace.name));
        draft.namespace = fullest.map_or_else(|| "default".to_owned(), |it| it.name.clone());
        draft
    }

    /// A form for other labels, with those that there are.
    pub fn relabel(target: Target, labels: &BTreeMap<String, String>) -> Self {
        // The cluster adds this label itself.
        let own = labels.iter().filter(|(key, _)| *key != "kubernetes.io/metadata.name");
        let labels: Vec<String> = own.map(|(key, value)| format!("{key}={value}")).collect();
        Self { labels: labels.join(", "), ..Self::new(Purpose::Relabel(target)) }
    }

    /// A form for other addresses, with those that there are.
    pub fn addresses(name: &str, addresses: &[String]) -> Self {
        let purpose = Purpose::SetAddresses { name: name.to_owned() };
        Self { addresses: addresses.join(", "), ..Self::new(purpose) }
    }

    /// The text of a field.
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Namespace => &self.namespace,
            Field::Labels => &self.labels,
            Field::Ports => &self.ports,
            Field::Addresses => &self.addresses,
        }
    }

    /// Changes a field.
    pub(super) fn set(&mut self, field: Field, text: String) {
        self.error = None;
        *match field {
            Field::Name => &mut self.name,
            Field::Namespace => &mut self.namespace,
            Field::Labels => &mut self.labels,
            Field::Ports => &mut self.ports,
            Field::Addresses => &mut self.addresses,
        } = text;
    }

    /// What the form asks for.
    pub fn command(&self) -> Result<EditCommand, DraftError> {
        Ok(match &self.purpose {
            Purpose::AddNamespace => EditCommand::AddNamespace {
                name: self.filled(Field::Name)?,
                labels: labels(&self.labels)?,
            },
            Purpose::AddPod => EditCommand::AddPod {
                namespace: self.filled(Field::Namespace)?,
                name: self.filled(Field::Name)?,
                labels: labels(&self.labels)?,
                ports: ports(&self.ports)?,
            },
            Purpose::AddExternal => EditCommand::AddExternal {
                name: self.filled(Field::Name)?,
                addresses: self.addresses_given()?,
            },
            Purpose::Relabel(target) => {
                EditCommand::Relabel { target: target.clone(), labels: labels(&self.labels)? }
            }
            Purpose::SetAddresses { name } => {
                EditCommand::SetAddresses { name: name.clone(), addresses: self.addresses_given()? }
            }
            Purpose::Delete(target) => EditCommand::Delete { target: target.clone() },
        })
    }

    fn filled(&self, field: Field) -> Result<String, DraftError> {
        let text = self.text(field).trim();
        if text.is_empty() {
            return Err(DraftError::at(field, "this is needed"));
        }
        Ok(text.to_owned())
    }

    fn addresses_given(&self) -> Result<Vec<String>, DraftError> {
        self.filled(Field::Addresses)?;
        Ok(words(&self.addresses).map(str::to_owned).collect())
    }
}

impl DraftError {
    fn at(field: Field, message: impl Into<String>) -> Self {
        Self { field: Some(field), message: message.into() }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty())
}

fn labels(text: &str) -> Result<BTreeMap<String, String>, DraftError> {
    let mut labels = BTreeMap::new();
    for word in words(text) {
        let Some((key, value)) = word.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            let message = format!("`{word}` is not a label: write `key=value`");
            return Err(DraftError::at(Field::Labels, message));
        };
        if labels.insert(key.to_owned(), value.to_owned()).is_some() {
            let message = format!("the label `{key}` is there twice: keep one");
            return Err(DraftError::at(Field::Labels, message));
        }
    }
    Ok(labels)
}

fn ports(text: &str) -> Result<Vec<PortView>, DraftError> {
    words(text).map(port).collect()
}

fn port(word: &str) -> Result<PortView, DraftError> {
    let (number, protocol) = word.split_once('/').unwrap_or((word, Protocol::Tcp.as_str()));
    let number = number.parse().ok().filter(|number| *number != 0);
    let protocol =
        Protocol::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(protocol));
    number
        .zip(protocol)
        .map(|(number, protocol)| PortView { number, protocol, name: None })
        .ok_or_else(|| {
            DraftError::at(
                Field::Ports,
                format!("`{word}` is not a port: write `8080` or `53/UDP`"),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(labels: &str, ports: &str) -> Result<EditCommand, DraftError> {
        Draft {
            name: " web ".to_owned(),
            namespace: "shop".to_owned(),
            labels: labels.to_owned(),
            ports: ports.to_owned(),
            ..Draft::new(Purpose::AddPod)
        }
        .command()
    }

    #[test]
    fn a_filled_form_is_a_command() {
        let port = |number, protocol| PortView { number, protocol, name: None };
        let expected = EditCommand::AddPod {
            namespace: "shop".to_owned(),
            name: "web".to_owned(),
            labels: [("app", "web"), ("tier", "")]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into(),
            ports: vec![port(8080, Protocol::Tcp), port(53, Protocol::Udp)],
        };
        assert_eq!(pod("app=web, tier=", "8080 53/udp"), Ok(expected));
    }

    #[test]
    fn what_is_wrong_is_said_at_the_field() {
        for (labels, ports, field) in [
            ("app", "", Field::Labels),
            ("=web", "", Field::Labels),
            ("app=a app=b", "", Field::Labels),
            ("", "0", Field::Ports),
            ("", "65536", Field::Ports),
            ("", "80/http", Field::Ports),
        ] {
            let error = pod(labels, ports).map_err(|error| error.field);
            assert_eq!(error, Err(Some(field)), "labels {labels:?}, ports {ports:?}");
        }
        let empty = Draft::new(Purpose::AddNamespace).command();
        assert_eq!(empty.map_err(|error| error.field), Err(Some(Field::Name)));
    }

    #[test]
    fn the_cluster_s_own_label_is_not_offered() {
        let labels = [("kubernetes.io/metadata.name", "shop"), ("team", "a")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
        let draft = Draft::relabel(Target::Namespace { name: "shop".to_owned() }, &labels);
        assert_eq!(draft.labels, "team=a");
    }
}
