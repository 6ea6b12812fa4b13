//! Questions.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Protocol, Verdict};

/// A port by number, or by the name that the receiver gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PortSpec {
    /// None: ICMP has no ports.
    #[default]
    None,
    /// 1 to 65535.
    Number(u16),
    /// A container's or a service's port name.
    Name(String),
}

impl PortSpec {
    /// Reads what a person typed: digits are a number, anything else a name.
    /// `None` for numbers outside 1 to 65535 and for nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().ok().filter(|number| *number != 0).map(Self::Number);
        }
        Some(Self::Name(text.to_owned()))
    }
}

impl std::fmt::Display for PortSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => f.write_str("ping"),
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// As people write it: nothing, a number or a name.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenPort {
    None,
    Number(u16),
    Name(String),
}

/// A format that does not say what it holds gets both, at most one of them set.
impl Serialize for PortSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told: (Option<u16>, Option<&str>) = match self {
            Self::None => (None, None),
            Self::Number(number) => (Some(*number), None),
            Self::Name(name) => (None, Some(name)),
        };
        match told {
            told if !serializer.is_human_readable() => told.serialize(serializer),
            (Some(number), _) => serializer.serialize_u16(number),
            (_, Some(name)) => serializer.serialize_str(name),
            (None, None) => serializer.serialize_unit(),
        }
    }
}

impl<'de> Deserialize<'de> for PortSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Ok(match <(Option<u16>, Option<String>)>::deserialize(deserializer)? {
                (Some(number), _) => Self::Number(number),
                (_, Some(name)) => Self::Name(name),
                (None, None) => Self::None,
            });
        }
        Ok(match WrittenPort::deserialize(deserializer)? {
            WrittenPort::None => Self::None,
            WrittenPort::Number(number) => Self::Number(number),
            WrittenPort::Name(name) => Self::Name(name),
        })
    }
}

/// May this one talk to that one?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionQuery {
    /// The sender: `NAMESPACE/POD`, `NAMESPACE/WORKLOAD`, `external/NAME` or an address.
    pub from: String,
    /// The receiver: as `from`, or `service:NAMESPACE/NAME`.
    pub to: String,
    /// The port that the sender dials; makes no difference with ICMP.
    #[serde(default)]
    pub port: PortSpec,
    /// The protocol.
    #[serde(default)]
    pub protocol: Protocol,
}

/// Which flows the picture starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlowSource {
    /// The document's expectations if it has any, otherwise declared ports.
    #[default]
    Auto,
    /// The connections of the document's expectations.
    Expectations,
    /// Every pair of nodes, on each port that the receiver declares.
    DeclaredPorts,
}

/// Which flows to show. An empty filter lets everything pass; of several values one is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowQuery {
    /// Where flows come from.
    #[serde(default)]
    pub source: FlowSource,
    /// Only flows with an end in one of these namespaces.
    #[serde(default)]
    pub namespaces: Vec<String>,
    /// Only flows with one of these nodes or outside addresses as an end.
    #[serde(default)]
    pub endpoints: Vec<String>,
    /// Only flows with an end that has one of these labels: `KEY=VALUE`, or a key.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Only flows with an end whose name contains one of these.
    #[serde(default)]
    pub words: Vec<String>,
    /// Only flows on these port numbers, as dialled or as they arrive.
    #[serde(default)]
    pub ports: Vec<u16>,
    /// Only flows of these protocols.
    #[serde(default)]
    pub protocols: Vec<Protocol>,
    /// Only flows with these verdicts.
    #[serde(default)]
    pub verdicts: Vec<Verdict>,
    /// Only flows whose verdict was another one before.
    #[serde(default)]
    pub changed: bool,
    /// At most so many lines; of more, only the allowed ones, or none. `None`: all.
    #[serde(default)]
    pub most: Option<usize>,
    /// At most so many flows.
    pub limit: usize,
}

impl FlowQuery {
    /// Whether it lets everything pass.
    pub fn is_unfiltered(&self) -> bool {
        let Self { source, most, limit, .. } = *self;
        *self == Self { source, most, limit, ..Self::default() }
    }
}

/// Who to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixQuery {
    /// Only this port; `None`: the ports that each receiver declares.
    #[serde(default)]
    pub port: Option<PortSpec>,
    /// Only this protocol; `None`: TCP with a port, every protocol without.
    #[serde(default)]
    pub protocol: Option<Protocol>,
    /// At most so many rows and columns.
    pub limit: usize,
}

/// A part of the matrix of a large cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoldedQuery {
    /// Which connections; its limit does not matter.
    pub about: MatrixQuery,
    /// Namespaces, and first endpoints of those that are alike, that are to be open.
    pub open: BTreeSet<String>,
    /// Namespaces that are to be folded.
    pub folded: BTreeSet<String>,
    /// Only rows of which a member's id contains this.
    pub from: String,
    /// Only columns of which a member's id contains this.
    pub to: String,
    /// The part that begins at about this row.
    pub row: usize,
    /// The part that begins at about this column.
    pub column: usize,
}

/// Which connections to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachQuery {
    /// Only from this endpoint.
    #[serde(default)]
    pub from: Option<String>,
    /// Only to this endpoint.
    #[serde(default)]
    pub to: Option<String>,
    /// Only this port.
    #[serde(default)]
    pub port: Option<PortSpec>,
    /// Only this protocol.
    #[serde(default)]
    pub protocol: Option<Protocol>,
}

/// Why a question cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryError {
    /// One sentence, in the style of findings.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}
