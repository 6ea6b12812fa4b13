//! Answers with three values, because Kubernetes leaves some questions to the network plugin.

/// Whether something lets a connection pass. The order is that of permissiveness.
///
/// Policies only ever allow, so every verdict is built from these with [`and`](Answer::and) and
/// [`or`](Answer::or) alone, without negation. Therefore `Depends` is exact: the strictest
/// reading of every open question says no, and the most permissive says yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It does not.
    No,
    /// Implementations differ.
    Depends,
    /// It does.
    Yes,
}

impl Answer {
    /// Yes or no.
    pub fn from_bool(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }

    /// Both must let it pass.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One of them must let it pass.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// One of all of them must let it pass; of none, nobody does.
    pub fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        answers.into_iter().max().unwrap_or(Self::No)
    }
}

/// A question that Kubernetes leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Whether address blocks are compared with the addresses of pods.
    IpBlockMatchesPods,
    /// Whether address blocks are compared with the addresses of nodes.
    IpBlockMatchesNodes,
    /// Whether pods in their node's network are selected like other pods, or count as the node.
    HostNetworkPods,
    /// Whether a pod's connection to itself through a Service is subject to policies.
    HairpinViaService,
    /// Whether a pod may always connect to its own node.
    EgressToOwnNode,
}
