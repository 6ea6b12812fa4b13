//! Which flows are drawn, as one types it, and what the matrix is about.

use std::collections::BTreeSet;

use netpol::view::{FlowQuery, FlowSource, FoldedQuery, MatrixQuery, PortSpec, Protocol, Verdict};
use serde::{Deserialize, Serialize};

/// So many lines are drawn at once; a picture with more says nothing.
const LINES: usize = 200;
/// So many flows are listed.
const FLOWS: usize = 600;

/// So many rows and columns a matrix has.
const ENDPOINTS: usize = 60;

/// Which flows are drawn. Of several filters of one kind one is enough; all kinds must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// Where flows come from.
    pub source: FlowSource,
    /// What they must be.
    pub chips: Vec<Chip>,
}

/// One filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chip {
    /// An end in this namespace.
    Namespace(String),
    /// This pod, workload, address or card as an end.
    Pod(String),
    /// An end with this label, or with this key.
    Label(String),
    /// This port.
    Port(u16),
    /// This protocol.
    Protocol(Protocol),
    /// This verdict.
    Verdict(Verdict),
    /// Another verdict than before the last edit.
    Changed,
    /// An end whose name contains this.
    Word(String),
}

impl Chip {
    /// Reads one word of what somebody types: `ns:shop`, `pod:shop/web`, `app=web`, `port:80`, `80`,
    /// `udp`, `denied`, `changed`, or a part of a name.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        let (kind, value) = word.split_once(':').unwrap_or(("", word));
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        let owned = || value.to_owned();
        match kind.to_ascii_lowercase().as_str() {
            "ns" | "namespace" => Some(Self::Namespace(owned())),
            "pod" => Some(Self::Pod(owned())),
            "label" => Some(Self::Label(owned())),
            "port" => value.parse().ok().filter(|port| *port > 0).map(Self::Port),
            "protocol" => protocol(value),
            "verdict" => verdict(value),
            "" => Some(bare(value)),
            // Such as an address of IPv6.
            _ => Some(Self::Word(word.to_owned())),
        }
    }

    /// As one types it; [`Chip::parse`] reads it.
    pub fn text(&self) -> String {
        match self {
            Self::Namespace(name) => format!("ns:{name}"),
            Self::Pod(id) => format!("pod:{id}"),
            Self::Label(label) if label.contains('=') => label.clone(),
            Self::Label(key) => format!("label:{key}"),
            Self::Port(port) => format!("port:{port}"),
            Self::Protocol(protocol) => protocol.as_str().to_ascii_lowercase(),
            Self::Verdict(verdict) => verdict.as_str().to_owned(),
            Self::Changed => "changed".to_owned(),
            Self::Word(word) => word.clone(),
        }
    }
}

/// What a word without a kind means.
fn bare(word: &str) -> Chip {
    let port = || word.parse().ok().filter(|port| *port > 0).map(Chip::Port);
    let changed = || word.eq_ignore_ascii_case("changed").then_some(Chip::Changed);
    let label = || word.contains('=').then(|| Chip::Label(word.to_owned()));
    verdict(word)
        .or_else(|| protocol(word))
        .or_else(port)
        .or_else(changed)
        .or_else(label)
        .unwrap_or_else(|| Chip::Word(word.to_owned()))
}

fn verdict(word: &str) -> Option<Chip> {
    let is_it = |verdict: &Verdict| verdict.as_str().eq_ignore_ascii_case(word);
    Verdict::ALL.into_iter().find(is_it).map(Chip::Verdict)
}

fn protocol(word: &str) -> Option<Chip> {
    let is_it = |protocol: &Protocol| protocol.as_str().eq_ignore_ascii_case(word);
    Protocol::ALL.into_iter().find(is_it).map(Chip::Protocol)
}

impl Filters {
    /// The query.
    pub fn query(&self) -> FlowQuery {
        let mut query = FlowQuery {
            source: self.source,
            most: Some(LINES),
            limit: FLOWS,
            ..FlowQuery::default()
        };
        for chip in self.chips.iter().cloned() {
            match chip {
                Chip::Namespace(name) => query.namespaces.push(name),
                Chip::Pod(id) => query.endpoints.push(id),
                Chip::Label(label) => query.labels.push(label),
                Chip::Port(port) => query.ports.push(port),
                Chip::Protocol(protocol) => query.protocols.push(protocol),
                Chip::Verdict(verdict) => query.verdicts.push(verdict),
                Chip::Changed => query.changed = true,
                Chip::Word(word) => query.words.push(word),
            }
        }
        query
    }

    /// Whether a filter is set.
    pub fn any(&self) -> bool {
        !self.chips.is_empty()
    }

    /// The card or pod that is looked at, if there is just one.
    pub fn endpoint(&self) -> Option<&str> {
        let mut pods = self.chips.iter().filter_map(|chip| match chip {
            Chip::Pod(id) => Some(id.as_str()),
            _ => None,
        });
        pods.next().filter(|_| pods.next().is_none())
    }

    /// Adds a filter, unless it is there.
    pub fn add(&mut self, chip: Chip) {
        if !self.chips.contains(&chip) {
            self.chips.push(chip);
        }
    }

    /// Looks at one pod or card in the place of others, or at none.
    pub fn look_at(&mut self, endpoint: Option<String>) {
        self.chips.retain(|chip| !matches!(chip, Chip::Pod(_)));
        self.chips.extend(endpoint.map(Chip::Pod));
    }
}

/// What the matrix is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MatrixFilter {
    /// The port as typed; empty: the ports that each receiver declares.
    pub port: String,
    /// Only this protocol.
    pub protocol: Option<Protocol>,
    /// Namespaces, and endpoints that are alike, that somebody has opened.
    pub open: BTreeSet<String>,
    /// Namespaces that somebody has folded.
    pub folded: BTreeSet<String>,
    /// Only rows that are called so.
    pub from: String,
    /// Only columns that are called so.
    pub to: String,
    /// The part that begins at this row.
    pub row: usize,
    /// The part that begins at this column.
    pub column: usize,
}

impl MatrixFilter {
    /// The query for what is shown.
    pub fn part(&self) -> FoldedQuery {
        let Self { open, folded, from, to, row, column, .. } = self.clone();
        FoldedQuery { about: self.query(), open, folded, from, to, row, column }
    }

    /// The query for all of it, as text.
    pub fn query(&self) -> MatrixQuery {
        MatrixQuery { port: PortSpec::parse(&self.port), protocol: self.protocol, limit: ENDPOINTS }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_what_is_shown() {
        for (typed, shown) in [
            ("ns:shop", "ns:shop"),
            ("namespace:shop", "ns:shop"),
            ("pod:shop/web", "pod:shop/web"),
            ("app=web", "app=web"),
            ("label:app", "label:app"),
            ("port:5432", "port:5432"),
            ("5432", "port:5432"),
            ("UDP", "udp"),
            ("Denied", "denied"),
            ("verdict:mixed", "mixed"),
            ("changed", "changed"),
            ("web", "web"),
            ("fd00::1", "fd00::1"),
        ] {
            let chip = Chip::parse(typed).unwrap_or_else(|| panic!("{typed} is a filter"));
            assert_eq!(chip.text(), shown);
            assert_eq!(Chip::parse(shown), Some(chip));
        }
        for nothing in ["", " ", "ns:", "port:web", "port:0", "verdict:maybe"] {
            assert_eq!(Chip::parse(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn looking_at_another_pod_takes_the_place_of_the_first() {
        let mut filters = Filters::default();
        filters.add(Chip::Port(80));
        filters.look_at(Some("shop/web".to_owned()));
        filters.look_at(Some("shop/db".to_owned()));
        assert_eq!(filters.chips, [Chip::Port(80), Chip::Pod("shop/db".to_owned())]);
        assert_eq!(filters.endpoint(), Some("shop/db"));
        filters.look_at(None);
        assert_eq!(filters.chips, [Chip::Port(80)]);
    }
}
