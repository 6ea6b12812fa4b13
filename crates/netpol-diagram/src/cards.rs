//! Frames and cards with what is written on them.

use netpol::view::{Direction, NamespaceView, NodeView, Origin};
use netpol_sort::Sort;

use crate::graph::{End, FOLDED, Graph, Group, Item};
use crate::grid::Grid;
use crate::measures::{CARD_HEIGHT, Measures};
use crate::path::{point, rounded};
use crate::scene::{Anchor, Badge, BadgeKind, Card, CardKind, Frame, FrameKind, Gate, Rect, Text};
use crate::text::Font;

/// Between the side of a card and its text.
const INSET: f64 = 8.0;
/// How far a subtitle can be wider than a card: not so far that it is in the way of edges.
const OVERHANG: f64 = 6.0;
/// How long a gate is.
const GATE: f64 = 42.0;
const BADGE_HEIGHT: f64 = 14.0;

/// Labels that say best what a pod is, so they are shown before others.
const TELLING: [&str; 5] = ["app", "app.kubernetes.io/name", "k8s-app", "name", "role"];

/// What a frame without a namespace is called.
const OUTSIDE: &str = "outside";
/// What the frame of folded namespaces is called.
const FOLDED_TITLE: &str = "folded namespaces";
/// So many members of a card are named.
const MEMBERS: usize = 50;

pub(crate) fn frames(graph: &Graph<'_>, grid: &Grid, measures: &Measures) -> Vec<Frame> {
    let frame = |(group, area): (&Group<'_>, &_)| frame(group, measures.frame(*area), measures);
    graph.groups.iter().zip(&grid.areas).map(frame).collect()
}

/// How wide titles are. Subtitles, which policies change, are never in the way.
pub(crate) fn title_widths(graph: &Graph<'_>) -> Vec<f64> {
    graph.groups.iter().map(|group| Font::Title.width(title(group))).collect()
}

fn title<'a>(group: &Group<'a>) -> &'a str {
    match group.name {
        "" => OUTSIDE,
        FOLDED => FOLDED_TITLE,
        name => name,
    }
}

fn frame(group: &Group<'_>, rect: Rect, measures: &Measures) -> Frame {
    let inset = measures.padding();
    let room = rect.width - 2.0 * inset;
    let line = |text: String, down: f64| Text {
        text,
        at: point(rect.x + inset, rect.y + down),
        anchor: Anchor::Start,
    };
    let kind = match group.namespace {
        _ if group.name.is_empty() => FrameKind::Outside,
        _ if group.name == FOLDED => FrameKind::Folded,
        Some(namespace) if namespace.place.is_some() => FrameKind::Namespace,
        _ => FrameKind::Inferred,
    };
    Frame {
        id: group.name.to_owned(),
        kind,
        rect,
        title: line(Font::Title.clip(title(group), room), 20.0),
        subtitle: subtitle(group, measures.card_width + OVERHANG).map(|text| line(text, 35.0)),
    }
}

/// The first wording that fits.
fn subtitle(group: &Group<'_>, room: f64) -> Option<String> {
    let denies = |namespace: &NamespaceView| {
        subtitles(namespace.default_deny_ingress, namespace.default_deny_egress)
    };
    let wordings = match group.namespace {
        None if group.name.is_empty() => ["not in the cluster", "no cluster"],
        Some(namespace) if namespace.default_deny_ingress || namespace.default_deny_egress => {
            denies(namespace)
        }
        _ if group.items.is_empty() => ["no pods", "no pods"],
        _ => return None,
    };
    let fitting = wordings.iter().find(|text| Font::Subtitle.width(text) <= room);
    Some(fitting.map_or_else(|| Font::Subtitle.clip(wordings[1], room), |text| (*text).to_owned()))
}

/// Long and short.
fn subtitles(ingress: bool, egress: bool) -> [&'static str; 2] {
    match (ingress, egress) {
        (true, true) => ["default deny, both ways", "deny, both ways"],
        (true, false) => ["default deny, ingress", "deny, ingress"],
        (false, _) => ["default deny, egress", "deny, egress"],
    }
}

pub(crate) fn cards(graph: &Graph<'_>, grid: &Grid, measures: &Measures) -> Vec<Card> {
    let rect = |item: usize| Rect {
        x: measures.columns[grid.cells[item].column],
        y: measures.rows[grid.cells[item].row],
        width: measures.card_width,
        height: CARD_HEIGHT,
    };
    graph.items.iter().enumerate().map(|(index, item)| card(item, rect(index))).collect()
}

fn card(item: &Item<'_>, rect: Rect) -> Card {
    let room = rect.width - 2.0 * INSET;
    let (kind, name, badges) = match &item.end {
        End::Node(node) => {
            let kind = if node.kind == "Pod" { CardKind::Pod } else { CardKind::Workload };
            (kind, node.name.clone(), badges(node, node.replicas as usize, rect))
        }
        End::Pods(nodes) => {
            (CardKind::Pods, common_name(nodes), badges(nodes[0], nodes.len(), rect))
        }
        End::External(external) => (CardKind::External, external.name.clone(), Vec::new()),
        End::Address => (CardKind::Address, item.id.to_owned(), Vec::new()),
        End::Namespace(..) => (CardKind::Namespace, after_colon(item.id), Vec::new()),
        End::More(nodes) => (CardKind::More, format!("{} more", nodes.len()), Vec::new()),
    };
    let title = Font::Name.wrap(&name, room);
    let lines = lines(item, 3 - title.len(), room);
    let baselines: &[f64] = match (title.len(), lines.len()) {
        (1, 0) => &[34.5],
        (1, 1) => &[27.0, 44.0],
        (1, _) => &[22.0, 37.0, 50.0],
        (_, 0) => &[27.0, 42.0],
        _ => &[20.0, 35.0, 51.0],
    };
    let mut texts = title.iter().chain(&lines).zip(baselines).map(|(text, down)| Text {
        text: text.clone(),
        at: point(rect.x + rect.width / 2.0, rect.y + down),
        anchor: Anchor::Middle,
    });
    let gate = |x: f64| Gate { at: point(x, rect.y + rect.height / 2.0), length: GATE };
    Card {
        id: item.id.to_owned(),
        kind,
        members: members(item),
        name,
        rect,
        title: texts.by_ref().take(title.len()).collect(),
        lines: texts.collect(),
        badges,
        ingress_gate: item.is_isolated(Direction::Ingress).then(|| gate(rect.x)),
        egress_gate: item.is_isolated(Direction::Egress).then(|| gate(rect.x + rect.width)),
    }
}

fn after_colon(id: &str) -> String {
    id.split_once(':').map_or(id, |(_, name)| name).to_owned()
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn members(item: &Item<'_>) -> Vec<String> {
    match &item.end {
        End::Pods(nodes) | End::More(nodes) => {
            nodes.iter().take(MEMBERS).map(|node| node.id.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// What the names of several pods begin with, or the first of them.
fn common_name(nodes: &[&NodeView]) -> String {
    let first = nodes[0].name.as_str();
    let common = nodes.iter().fold(first.len(), |length, node| {
        let same = first.bytes().zip(node.name.bytes()).take_while(|(a, b)| a == b).count();
        length.min(same)
    });
    let stem = first.get(..common).unwrap_or_default();
    let stem = stem.rfind('-').map_or("", |end| &stem[..end]);
    if stem.is_empty() { format!("{first}, …") } else { format!("{stem}-…") }
}

/// Labels or addresses, at most so many.
fn lines(item: &Item<'_>, most: usize, room: f64) -> Vec<String> {
    let all: Vec<String> = match &item.end {
        End::Node(node) => labels(node, room),
        End::Pods(nodes) => labels(nodes[0], room),
        End::External(external) => external.addresses.clone(),
        End::Address => Vec::new(),
        End::Namespace(nodes, policies) => {
            let pods: u32 = nodes.iter().map(|node| node.replicas).sum();
            vec![counted(pods as usize, "pod", "pods"), counted(*policies, "policy", "policies")]
        }
        End::More(_) => vec!["search for one".to_owned()],
    };
    let hidden = all.len().saturating_sub(most);
    let mut lines: Vec<String> =
        all.iter().take(most).map(|line| Font::Label.clip(line, room)).collect();
    if hidden > 0
        && let Some(last) = lines.last_mut()
    {
        let more = format!(" +{hidden}");
        *last = Font::Label.clip(last, room - Font::Label.width(&more)) + &more;
    }
    lines
}

/// The telling ones first, then by name; a long key without its prefix.
fn labels(node: &NodeView, room: f64) -> Vec<String> {
    let rank = |key: &str| TELLING.iter().position(|it| *it == key).unwrap_or(TELLING.len());
    let mut labels: Vec<(&String, &String)> = node.labels.iter().collect();
    labels.arrange_by_key(|(key, _)| (rank(key), *key));
    let line = |(key, value): (&String, &String)| {
        let full = format!("{key}={value}");
        match key.rsplit_once('/') {
            Some((_, short)) if Font::Label.width(&full) > room => format!("…/{short}={value}"),
            _ => full,
        }
    };
    labels.into_iter().map(line).collect()
}

/// On the card's upper side, from the left.
fn badges(node: &NodeView, pods: usize, rect: Rect) -> Vec<Badge> {
    let replicas = (pods != 1).then(|| {
        let about = match node.kind.as_str() {
            "Pod" => format!("{pods} pods that nothing tells apart"),
            kind => format!("{kind} with {pods} pods"),
        };
        (BadgeKind::Replicas, format!("×{pods}"), about)
    });
    let host_network = node.host_network.then(|| {
        let about = "shares its node's network: policies do not select it".to_owned();
        (BadgeKind::HostNetwork, "hostNetwork".to_owned(), about)
    });
    let implied = (node.origin == Origin::Implied).then(|| {
        let about = "no manifest declares it, but every cluster has it".to_owned();
        (BadgeKind::Implied, "implied".to_owned(), about)
    });
    let silent =
        node.silent.as_ref().map(|why| (BadgeKind::Silent, "silent".to_owned(), why.clone()));
    let mut x = rect.x + INSET;
    let mut badges = Vec::new();
    for (kind, text, about) in [replicas, host_network, implied, silent].into_iter().flatten() {
        let width = Font::Badge.width(&text) + 10.0;
        if x + width > rect.x + rect.width - INSET {
            break;
        }
        let y = rect.y - 6.0;
        let at = point(x + width / 2.0, y + 10.5);
        badges.push(Badge {
            kind,
            rect: rounded(Rect { x, y, width, height: BADGE_HEIGHT }),
            text: Text { text, at, anchor: Anchor::Middle },
            about,
        });
        x += width + 4.0;
    }
    badges
}
