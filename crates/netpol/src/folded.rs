//! Who to whom in a large cluster: endpoints that nothing tells apart share a row, and so do those of
//! a namespace.

use std::collections::BTreeMap;

use netpol_eval::{IdentityId, Reachability, World};
use netpol_model::Protocol;
use netpol_sort::Sort;

use crate::connect::combined;
use crate::party::{Party, PartyKind, parties};
use crate::table::pair_cell;
use crate::view::{
    Asked, FoldedCell, FoldedMatrix, FoldedQuery, MatrixGroup, MatrixGroupKind, Verdict,
};

/// With more rows than this, namespaces fold by themselves.
const READABLE: usize = 40;
/// So many rows, and so many columns, are told at a time.
const WINDOW: usize = 40;
/// So many members of a row are named.
const NAMED: usize = 20;

/// Endpoints that are alike.
#[derive(Clone)]
struct Class<'p> {
    namespace: &'p str,
    members: Vec<&'p Party>,
}

/// What shares a row or column.
struct Group<'p> {
    kind: MatrixGroupKind,
    classes: Vec<Class<'p>>,
}

/// The part of the matrix that is asked for.
pub(crate) fn folded(
    world: &World,
    reachability: &Reachability,
    query: &FoldedQuery,
) -> FoldedMatrix {
    let parties = parties(world, reachability);
    let classes = classes(world, &parties, query);
    let groups = groups(classes, query);
    let named = |like: &str| -> Vec<&Group<'_>> {
        groups.iter().filter(|group| group.is_named(like)).collect()
    };
    let (rows, columns) = (named(&query.from), named(&query.to));
    let window = |all: &[&Group<'_>], first: usize| {
        let first = first.min(all.len().saturating_sub(1)) / WINDOW * WINDOW;
        first..all.len().min(first + WINDOW)
    };
    let (down, across) = (window(&rows, query.row), window(&columns, query.column));
    let (shown, beside) = (&rows[down.clone()], &columns[across.clone()]);
    let judge = Judge { world, reachability, query };
    let views = |groups: &[&Group<'_>]| groups.iter().map(|group| group.view()).collect();
    FoldedMatrix {
        endpoints: parties.len(),
        row: down.start,
        row_total: rows.len(),
        column: across.start,
        column_total: columns.len(),
        rows: views(shown),
        columns: views(beside),
        cells: shown
            .iter()
            .map(|from| beside.iter().map(|to| judge.cell(from, to)).collect())
            .collect(),
    }
}

/// What an endpoint is judged by: nothing else can be different in its row and column.
type Alike<'p> = (Vec<IdentityId>, Vec<(Protocol, u16, Option<&'p str>)>);

fn classes<'p>(world: &'p World, parties: &'p [Party], query: &FoldedQuery) -> Vec<Class<'p>> {
    let mut classes: Vec<Class<'p>> = Vec::new();
    let mut known: BTreeMap<(&str, Alike<'p>), usize> = BTreeMap::new();
    for party in parties {
        let namespace = match party.kind {
            PartyKind::Group(id) => &*world.namespace(world.group(id).namespace).name,
            PartyKind::External(_) => "",
        };
        let index = match party.kind {
            PartyKind::Group(id) => {
                let ports = &world.group_template(id).ports;
                let ports = ports.iter().map(|it| (it.protocol, it.number, it.name.as_deref()));
                let alike = (party.identity_ids(), ports.collect());
                *known.entry((namespace, alike)).or_insert(classes.len())
            }
            PartyKind::External(_) => classes.len(),
        };
        match classes.get_mut(index) {
            Some(class) => class.members.push(party),
            None => classes.push(Class { namespace, members: vec![party] }),
        }
    }
    let opened = |class: Class<'p>| {
        if query.open.contains(&class.members[0].id) {
            let Class { namespace, members } = class;
            members.into_iter().map(|it| Class { namespace, members: vec![it] }).collect()
        } else {
            vec![class]
        }
    };
    classes.into_iter().flat_map(opened).collect()
}

fn groups<'p>(classes: Vec<Class<'p>>, query: &FoldedQuery) -> Vec<Group<'p>> {
    let mut namespaces: Vec<(&str, Vec<Class<'p>>)> = Vec::new();
    let total = classes.len();
    for class in classes {
        match namespaces.iter_mut().find(|(name, _)| *name == class.namespace) {
            Some((_, all)) => all.push(class),
            None => namespaces.push((class.namespace, vec![class])),
        }
    }
    let many = total > READABLE && namespaces.len() > 1;
    let folds = |name: &str| {
        // What is outside is in no namespace.
        !name.is_empty() && (query.folded.contains(name) || (many && !query.open.contains(name)))
    };
    let of_namespace = |(name, classes): (&str, Vec<Class<'p>>)| {
        if folds(name) {
            return vec![Group { kind: MatrixGroupKind::Namespace, classes }];
        }
        let single = |class: Class<'p>| {
            let alike = class.members.len() > 1;
            let kind = if alike { MatrixGroupKind::Alike } else { MatrixGroupKind::Endpoint };
            Group { kind, classes: vec![class] }
        };
        classes.into_iter().map(single).collect()
    };
    namespaces.into_iter().flat_map(of_namespace).collect()
}

impl Group<'_> {
    fn members(&self) -> impl Iterator<Item = &Party> {
        self.classes.iter().flat_map(|class| class.members.iter().copied())
    }

    fn is_named(&self, like: &str) -> bool {
        let like = like.trim();
        like.is_empty() || self.members().any(|party| party.id.contains(like))
    }

    fn view(&self) -> MatrixGroup {
        let namespace = self.classes.first().map(|class| class.namespace).unwrap_or_default();
        let first = self.members().next().map(|party| party.id.clone()).unwrap_or_default();
        MatrixGroup {
            id: match self.kind {
                MatrixGroupKind::Namespace => namespace.to_owned(),
                _ => first,
            },
            namespace: namespace.to_owned(),
            kind: self.kind,
            count: self.members().count(),
            members: self.members().take(NAMED).map(|party| party.id.clone()).collect(),
        }
    }
}

struct Judge<'a> {
    world: &'a World,
    reachability: &'a Reachability,
    query: &'a FoldedQuery,
}

impl Judge<'_> {
    /// What becomes of connections between two rows. Of endpoints that are alike one stands for all.
    fn cell(&self, from: &Group<'_>, to: &Group<'_>) -> FoldedCell {
        let mut cell = FoldedCell::default();
        let mut verdicts = Vec::new();
        for sender in &from.classes {
            for receiver in &to.classes {
                let Some((a, b, pairs)) = stand_ins(sender, receiver) else { continue };
                let one = pair_cell(self.world, self.reachability, &self.query.about, a, b);
                let Some((port, protocol)) = one.ask else { continue };
                cell.pairs += pairs;
                if one.verdict == Verdict::Allowed {
                    cell.allowed += pairs;
                }
                let better = !one.ports.is_empty() && cell.ports.is_empty();
                if cell.ask.is_none() || better {
                    let (from, to) = (a.id.clone(), b.id.clone());
                    cell.ask = Some(Asked { from, to, port, protocol });
                }
                for port in one.ports {
                    if !cell.ports.contains(&port) {
                        cell.ports.push(port);
                    }
                }
                cell.stops_at.extend(one.stops_at);
                verdicts.push(one.verdict);
            }
        }
        cell.verdict = combined(verdicts);
        if cell.verdict != Verdict::Denied {
            cell.stops_at.clear();
        }
        cell.stops_at.arrange();
        cell.stops_at.dedup();
        cell
    }
}

/// Two members that stand for all, and for how many pairs; of the same class two different ones, if
/// there are.
fn stand_ins<'p>(from: &Class<'p>, to: &Class<'p>) -> Option<(&'p Party, &'p Party, u64)> {
    let (a, b) = (from.members.first()?, to.members.first()?);
    let (senders, receivers) = (from.members.len() as u64, to.members.len() as u64);
    if a.id != b.id {
        return Some((a, b, senders * receivers));
    }
    match to.members.get(1) {
        Some(other) => Some((a, other, senders * (senders - 1))),
        None => Some((a, b, 1)),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::{Sources, analyse};

    /// Two web pods that are alike, and one that is not; a database that admits the first two.
    const SHOP: &str = "
{apiVersion: v1, kind: Pod, metadata: {name: web-1, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web-2, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web-3, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 81}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: data, labels: {app: db}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 5432}]}]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: data}
spec:
  podSelector: {}
  ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
{apiVersion: netpol/v1, kind: External, metadata: {name: office}, spec: {ip: 203.0.113.7}}
";

    fn check(query: &FoldedQuery, expected: &Expect) {
        let matrix = analyse(Sources::single("t.yaml", SHOP)).folded_matrix(query);
        let mut text = String::new();
        for (from, cells) in matrix.rows.iter().zip(&matrix.cells) {
            writeln!(text, "{} x{}", from.id, from.count).unwrap();
            for (to, cell) in matrix.columns.iter().zip(cells) {
                let FoldedCell { verdict, ports, pairs, allowed, .. } = cell;
                let ports = ports.join(" ");
                let line = format!("  {}: {verdict} {allowed}/{pairs} {ports}", to.id);
                writeln!(text, "{}", line.trim_end()).unwrap();
            }
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn endpoints_that_are_alike_share_a_row() {
        check(
            &FoldedQuery::default(),
            &expect![[r#"
                data/db x1
                  data/db: not-applicable 0/0
                  shop/web-1: denied 0/2
                  shop/web-3: denied 0/1
                  external/office: allowed 1/1 TCP/* UDP/* SCTP/*
                shop/web-1 x2
                  data/db: allowed 2/2 5432
                  shop/web-1: denied 0/2
                  shop/web-3: denied 0/2
                  external/office: allowed 2/2 TCP/* UDP/* SCTP/*
                shop/web-3 x1
                  data/db: allowed 1/1 5432
                  shop/web-1: denied 0/2
                  shop/web-3: not-applicable 0/0
                  external/office: allowed 1/1 TCP/* UDP/* SCTP/*
                external/office x1
                  data/db: denied 0/1
                  shop/web-1: denied 0/2
                  shop/web-3: denied 0/1
                  external/office: not-applicable 0/0
            "#]],
        );
    }

    #[test]
    fn a_namespace_is_folded_on_demand() {
        let folded = ["shop".to_owned()].into();
        check(
            &FoldedQuery { folded, ..FoldedQuery::default() },
            &expect![[r#"
                data/db x1
                  data/db: not-applicable 0/0
                  shop: denied 0/3
                  external/office: allowed 1/1 TCP/* UDP/* SCTP/*
                shop x3
                  data/db: allowed 3/3 5432
                  shop: denied 0/6
                  external/office: allowed 3/3 TCP/* UDP/* SCTP/*
                external/office x1
                  data/db: denied 0/1
                  shop: denied 0/3
                  external/office: not-applicable 0/0
            "#]],
        );
    }

    #[test]
    fn rows_and_columns_are_found_by_name() {
        let (from, to) = ("web-2".to_owned(), "db".to_owned());
        let open = ["shop/web-1".to_owned()].into();
        check(
            &FoldedQuery { open, from, to, ..FoldedQuery::default() },
            &expect![[r#"
            shop/web-2 x1
              data/db: allowed 1/1 5432
        "#]],
        );
    }

    #[test]
    fn a_large_matrix_is_told_in_parts() {
        let pod = |number| {
            format!(
                "{{apiVersion: v1, kind: Pod, metadata: {{name: p{number}, namespace: n{number}}}}}\n---\n"
            )
        };
        let text: String = (0..100).map(pod).collect();
        let analysis = analyse(Sources::single("t.yaml", text));
        let matrix = analysis.folded_matrix(&FoldedQuery { row: 85, ..FoldedQuery::default() });
        assert_eq!((matrix.row, matrix.rows.len(), matrix.row_total), (80, 20, 100));
        assert_eq!((matrix.column, matrix.columns.len()), (0, WINDOW));
        assert_eq!(matrix.rows[0].kind, MatrixGroupKind::Namespace);
    }
}
