//! What Kubernetes leaves open, and where everything about a reason is said.

use serde::{Deserialize, Serialize};

use super::Verdict;

/// A question that Kubernetes leaves open and that a verdict hinges on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionView {
    /// What is open, in one sentence.
    pub summary: String,
    /// The option of the `Settings` that decides.
    pub option: String,
    /// The verdict with each value of the option, everything else being as it is.
    pub answers: Vec<AnswerView>,
    /// Where more is said.
    pub section: Section,
}

/// What comes of one value of an option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerView {
    /// The value, as the `Settings` write it.
    pub value: String,
    /// The verdict then.
    pub verdict: Verdict,
}

/// The network plugins with which a connection has one verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchView {
    /// The verdict; `implementation-defined` if it is not known what these plugins do.
    pub verdict: Verdict,
    /// The plugins that enforce policies.
    pub plugins: Vec<PluginView>,
}

/// A network plugin in a branch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PluginView {
    /// As the `Settings` name it.
    pub id: String,
    /// As people name it.
    pub title: String,
    /// Whether users report what it does, rather than its documentation, source or maintainers.
    pub reported: bool,
}

/// How verdicts are judged, and what else can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judging {
    /// The network plugin that the `Settings` name.
    pub plugin: Option<String>,
    /// The Kubernetes version that they name.
    pub version: Option<String>,
    /// All plugins by id and title; without one, the first is taken.
    pub plugins: Vec<(String, String)>,
    /// Versions; without one, the first is taken.
    pub versions: Vec<String>,
}

/// Defines the sections with their anchors.
macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $anchor:literal),* $(,)?) => {
        /// A section of `docs/semantics.md`, where a reason is explained. Written as its anchor there.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Section {$(
            $(#[$doc])*
            #[serde(rename = $anchor)]
            $name,
        )*}

        impl Section {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The anchor on the page.
            pub fn anchor(self) -> &'static str {
                match self {$(Self::$name => $anchor,)*}
            }
        }
    };
}

sections! {
    /// What verdicts mean.
    Verdicts = "verdicts",
    /// What forms that say nothing mean.
    Defaults = "defaults-and-empty-forms",
    /// What the API server would refuse.
    Validation = "validation",
    /// Who is isolated, and what that means.
    Isolation = "isolation-union-both-ends",
    /// Whom selectors mean.
    Selectors = "selectors-and-peers",
    /// Which ports rules mean.
    Ports = "ports",
    /// Which addresses blocks hold.
    Blocks = "address-blocks-and-dual-stack",
    /// Traffic that nothing keeps out.
    OwnNode = "a-pod-itself-and-its-node",
    /// What stands behind a Service.
    Services = "services",
    /// Names whose address is not known.
    UnknownAddress = "unknownaddress",
    /// Pods that take no part.
    Lifecycle = "pods-workloads-and-the-life-of-a-pod",
    /// Looking names up.
    Lookup = "looking-names-up",
    /// Blocks and pods.
    IpBlockMatchesPods = "ipblockmatchespods",
    /// Blocks and nodes.
    IpBlockMatchesNodes = "ipblockmatchesnodes",
    /// Pods in their node's network.
    HostNetworkPods = "hostnetworkpods",
    /// A pod that reaches itself through a Service.
    HairpinViaService = "hairpinviaservice",
    /// A pod that connects to its own node.
    EgressToOwnNode = "egresstoownnode",
    /// Clients that come in through a node.
    ClientIp = "clientipforexternaltraffic",
    /// Pings.
    Icmp = "icmp",
    /// What plugins do.
    Plugins = "network-plugins",
}
