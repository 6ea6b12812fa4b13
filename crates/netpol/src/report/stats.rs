//! Counts.

use std::fmt::{self, Display};

use crate::view::Stats;

/// One count a line.
pub fn stats(stats: &Stats) -> impl Display {
    let counts = [
        ("namespaces", stats.namespaces as u64),
        ("pods", stats.pods as u64),
        ("services", stats.services as u64),
        ("policies", stats.policies as u64),
        ("rejected policies", stats.rejected_policies as u64),
        ("identities", stats.identities as u64),
        ("pairs", stats.pairs.total),
        ("pairs allowed", stats.pairs.allowed),
        ("pairs denied", stats.pairs.denied),
    ];
    let width = counts.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or_default();
    fmt::from_fn(move |f| {
        counts.iter().try_for_each(|(name, count)| writeln!(f, "{name:<17}  {count:>width$}"))
    })
}
