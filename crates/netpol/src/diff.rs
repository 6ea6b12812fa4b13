//! What two inputs allow differently, with the world outside cut where either of them cuts it.

use std::collections::{BTreeMap, BTreeSet};

use netpol_eval::{PortRange, World};
use netpol_sort::{Gather, Sort};

use crate::Analysis;
use crate::connectivity::{Cutting, End, EndKind, Map, Rows};
use crate::outside::AddressRange;
use crate::party::range_text;
use crate::view::{Diff, DiffEntry, DiffKind, QueryError, ReachQuery};

/// The connections that are added, removed and changed from one input to another.
///
/// ```
/// use netpol::{Sources, analyse, diff, view::DiffKind};
///
/// let pods = "
/// {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}
/// ---
/// {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop}}
/// ";
/// let policy = "---
/// apiVersion: networking.k8s.io/v1
/// kind: NetworkPolicy
/// metadata: {name: isolated, namespace: shop}
/// spec: {podSelector: {}}
/// ";
/// let before = analyse(Sources::single("before.yaml", pods));
/// let after = analyse(Sources::single("after.yaml", format!("{pods}{policy}")));
/// let diff = diff(&before, &after)?;
/// assert!(diff.connections.iter().all(|it| it.change == DiffKind::Removed));
/// assert_eq!(diff.connections[0].from, "0.0.0.0-255.255.255.255[External]");
/// # Ok::<(), netpol::view::QueryError>(())
/// ```
pub fn diff(before: &Analysis, after: &Analysis) -> Result<Diff, QueryError> {
    between(before.world(), after.world())
}

/// What a policy changes: the connections with it that are not there without it, and the other way
/// round.
pub(crate) fn of_policy(world: &World, namespace: &str, name: &str) -> Result<Diff, QueryError> {
    let mut objects = world.objects().clone();
    let count = objects.policies.len();
    objects.policies.retain(|it| it.meta.namespace != namespace || it.meta.name != name);
    if objects.policies.len() == count {
        return Err(QueryError {
            message: format!("there is no policy `{namespace}/{name}`"),
            help: Some("name one that the manifests declare".to_owned()),
        });
    }
    between(&World::resolve(objects), world)
}

fn between(before: &World, after: &World) -> Result<Diff, QueryError> {
    let cutting = Cutting::of(before).union(Cutting::of(after));
    let old = Side::of(before, &cutting)?;
    let new = Side::of(after, &cutting)?;
    let (old_peers, new_peers) = (old.peers(), new.peers());
    let only = |these: &BTreeSet<String>, those: &BTreeSet<String>| {
        these.difference(those).cloned().collect()
    };
    Ok(Diff {
        connections: entries(&old, &new),
        added_peers: only(&new_peers, &old_peers),
        removed_peers: only(&old_peers, &new_peers),
        undecided_before: old.rows.undecided,
        undecided_after: new.rows.undecided,
    })
}

/// One input, judged.
struct Side<'a> {
    map: Map<'a>,
    rows: Rows,
}

impl<'a> Side<'a> {
    fn of(world: &'a World, cutting: &Cutting) -> Result<Self, QueryError> {
        let map = Map::of(world, cutting);
        let rows = map.rows(&ReachQuery::default())?;
        Ok(Self { map, rows })
    }

    /// All but ranges of addresses.
    fn peers(&self) -> BTreeSet<String> {
        let named = self.map.ends.iter().filter(|end| !matches!(end.kind, EndKind::Range(_)));
        named.map(|end| end.name().to_owned()).gather()
    }

    /// The ports of each pair.
    fn pairs(&self) -> impl Iterator<Item = ((&End, &End), &[PortRange])> {
        self.rows.all.iter().map(|row| {
            let ends = (&self.map.ends[row.ends.0], &self.map.ends[row.ends.1]);
            (ends, self.rows.port_sets[row.ports].as_slice())
        })
    }
}

/// A pair with what both inputs allow. Of a range of addresses the name is left out, so that pairs
/// that differ alike are equal.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Change<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    before: &'a [PortRange],
    after: &'a [PortRange],
}

/// The ends of a pair, and the ports that each input allows.
type Pair<'a> = ((&'a End, &'a End), [&'a [PortRange]; 2]);

fn entries(old: &Side<'_>, new: &Side<'_>) -> Vec<DiffEntry> {
    let mut pairs: BTreeMap<(&str, &str), Pair<'_>> = BTreeMap::new();
    for (side, input) in [old, new].into_iter().enumerate() {
        for (ends, ports) in input.pairs() {
            let key = (ends.0.name(), ends.1.name());
            pairs.entry(key).or_insert((ends, [&[], &[]])).1[side] = ports;
        }
    }
    let mut changes: BTreeMap<Change<'_>, Vec<AddressRange>> = BTreeMap::new();
    for ((from, to), [before, after]) in pairs.into_values() {
        if before != after {
            let change = Change { from: name(from), to: name(to), before, after };
            changes.entry(change).or_default().extend(range(from).or(range(to)));
        }
    }
    let mut entries: Vec<DiffEntry> = changes
        .into_iter()
        .flat_map(|(change, ranges)| {
            let all = if ranges.is_empty() { vec![None] } else { joined(ranges) };
            all.into_iter().map(move |range| entry(&change, range))
        })
        .collect();
    entries.arrange_by(|a, b| (a.change, &a.from, &a.to).cmp(&(b.change, &b.from, &b.to)));
    entries
}

fn range(end: &End) -> Option<AddressRange> {
    match end.kind {
        EndKind::Range(range) => Some(range),
        EndKind::Workload(_) | EndKind::External(_) => None,
    }
}

fn name(end: &End) -> Option<&str> {
    range(end).is_none().then(|| end.name())
}

/// Ranges that touch, as one.
fn joined(mut ranges: Vec<AddressRange>) -> Vec<Option<AddressRange>> {
    ranges.arrange();
    let mut all: Vec<Option<AddressRange>> = Vec::new();
    for range in ranges {
        match all.last_mut().and_then(|last| Some((last.as_ref()?.joined(range)?, last))) {
            Some((both, last)) => *last = Some(both),
            None => all.push(Some(range)),
        }
    }
    all
}

fn entry(change: &Change<'_>, range: Option<AddressRange>) -> DiffEntry {
    let outside = range.map(|range| format!("{range}[External]")).unwrap_or_default();
    let name = |name: Option<&str>| name.map_or_else(|| outside.clone(), str::to_owned);
    let texts = |ports: &[PortRange]| ports.iter().copied().map(range_text).collect();
    DiffEntry {
        change: match (change.before, change.after) {
            ([], _) => DiffKind::Added,
            (_, []) => DiffKind::Removed,
            _ => DiffKind::Changed,
        },
        from: name(change.from),
        to: name(change.to),
        before: texts(change.before),
        after: texts(change.after),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Sources, analyse};

    #[test]
    fn a_policy_is_told_from_the_same_manifests_without_it() {
        let manifests = "
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: isolated, namespace: shop}
spec: {podSelector: {}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: needless, namespace: shop}
spec: {podSelector: {}, ingress: []}
";
        let analysis = analyse(Sources::single("m.yaml", manifests));
        let effect = |name: &str| {
            let diff = analysis.effect("shop", name).unwrap();
            let rows = diff.connections.iter().map(|it| {
                let (from, to) = (&it.from, &it.to);
                format!("{} {from} > {to} {:?} {:?}", it.change.as_str(), it.before, it.after)
            });
            rows.collect::<Vec<_>>()
        };
        assert_eq!(effect("db"), [r#"added shop/web[Pod] > shop/db[Pod] [] ["TCP/5432"]"#]);
        // The other one isolates all pods as well.
        assert_eq!(effect("isolated"), [""; 0]);
        assert_eq!(effect("needless"), [""; 0]);
        assert!(analysis.effect("shop", "nothing").is_err());
    }
}
