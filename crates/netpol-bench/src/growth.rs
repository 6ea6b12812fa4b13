//! Inputs that differ in one size only, to see how judging grows with it.

use serde_json::Value;

use crate::shape::{Blocks, Cluster, Dense};

/// Inputs of growing size.
#[derive(Debug)]
pub struct Curve {
    /// What grows, for people.
    pub what: &'static str,
    /// What the inputs are made of, each twice as large as the one before or more.
    pub steps: Vec<Step>,
}

/// One input of a curve.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// More pods of the same identities.
    Pods(Cluster),
    /// More policies about the same pods.
    Policies(Cluster),
    /// More identities under the same number of policies.
    Identities(Dense),
    /// Longer lists of blocks.
    Blocks(Blocks),
}

/// All curves.
pub fn curves() -> [Curve; 4] {
    let medium = Cluster { namespaces: 110, pods: 1_000, policies: 2_500, copies: 1 };
    let company = Cluster { namespaces: 604, pods: 5_413, policies: 13_678, copies: 1 };
    let curve = |what, steps| Curve { what, steps };
    [
        curve(
            "pods of the same identities",
            [1, 2, 4].map(|copies| Step::Pods(Cluster { copies, ..company })).to_vec(),
        ),
        curve(
            "policies about 1,000 pods",
            [1_250, 2_500, 5_000, 10_000]
                .map(|policies| Step::Policies(Cluster { policies, ..medium }))
                .to_vec(),
        ),
        curve(
            "identities under 100 policies, dense",
            [1_250, 2_500, 5_000, 10_000]
                .map(|deployments| Step::Identities(Dense { deployments, replicas: 1 }))
                .to_vec(),
        ),
        curve(
            "blocks in each of 10 rules, about 200 pods",
            [10, 100, 1_000].map(|per_rule| Step::Blocks(Blocks { per_rule })).to_vec(),
        ),
    ]
}

impl Step {
    /// The size that grows.
    pub fn size(&self) -> usize {
        match self {
            Self::Pods(cluster) => cluster.pods * cluster.copies,
            Self::Policies(cluster) => cluster.policies,
            Self::Identities(dense) => dense.deployments,
            Self::Blocks(blocks) => blocks.per_rule,
        }
    }

    /// The objects.
    pub fn objects(&self) -> Vec<Value> {
        match self {
            Self::Pods(cluster) | Self::Policies(cluster) => cluster.objects(),
            Self::Identities(dense) => dense.objects(),
            Self::Blocks(blocks) => blocks.objects(),
        }
    }
}
