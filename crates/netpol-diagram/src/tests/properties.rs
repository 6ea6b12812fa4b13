//! Random clusters: nothing lies on anything else.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::sampling::{length, pieces, points};
use super::{frozen, moved_scene, scene};
use crate::fixtures::{BOOKSTORE, CHOSEN, ODD, THIRTY, read};
use crate::labels::line_rect;
use crate::scene::{Edge, Point, Rect, Scene};
use crate::text::Font;
use crate::{Contents, Fold, LastLayout, Options, Places};

/// Namespaces with so many pods each, and flows between the pods with these numbers.
#[derive(Clone, Debug)]
struct Cluster {
    pods: Vec<usize>,
    flows: Vec<(usize, usize, usize)>,
}

const FATES: [&str; 6] = [
    "allowed",
    "denied egress",
    "denied ingress",
    "denied egress ingress",
    "implementation-defined",
    "not-applicable",
];

impl Cluster {
    fn text(&self) -> String {
        let mut text = String::new();
        let mut pods = vec!["198.51.100.7".to_owned(), "external/office".to_owned()];
        text += "external office 203.0.113.7\n";
        for (namespace, count) in self.pods.iter().enumerate() {
            let namespace = format!("a-team-with-a-name-{namespace}");
            writeln!(text, "namespace {namespace} ingress egress").unwrap();
            for pod in 0..*count {
                let id = format!("{namespace}/the-{pod}-of-them{}", "-long".repeat(pod % 5));
                writeln!(text, "pod {id} ingress x{pod} app={pod} tier=x").unwrap();
                pods.push(id);
            }
        }
        for (from, to, fate) in &self.flows {
            let (from, to) = (&pods[from % pods.len()], &pods[to % pods.len()]);
            let port = 80 + fate;
            let fate = FATES[fate % FATES.len()];
            writeln!(text, "flow {from} > {to} {port}/TCP {fate}").unwrap();
        }
        text
    }
}

fn clusters() -> impl Strategy<Value = Cluster> {
    let flows = prop::collection::vec((0..40_usize, 0..40_usize, 0..9_usize), 0..70);
    let pods = prop::collection::vec(0..8_usize, 0..7);
    (pods, flows).prop_map(|(pods, flows)| Cluster { pods, flows })
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

fn inside(point: Point, rect: Rect) -> bool {
    let at = Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 };
    overlap(at, rect)
}

/// A little smaller, for what is rounded to tenths may touch.
fn core(rect: Rect) -> Rect {
    let (x, y) = (rect.x + 0.2, rect.y + 0.2);
    Rect { x, y, width: rect.width - 0.4, height: rect.height - 0.4 }
}

fn no_overlaps(rects: &[Rect]) {
    for (number, rect) in rects.iter().enumerate() {
        for other in &rects[..number] {
            assert!(!overlap(*rect, *other), "{rect:?} overlaps {other:?}");
        }
    }
}

fn check(scene: &Scene) {
    let cards: Vec<Rect> = scene.cards.iter().map(|card| card.rect).collect();
    let frames: Vec<Rect> = scene.frames.iter().map(|frame| frame.rect).collect();
    no_overlaps(&cards);
    no_overlaps(&frames);
    for card in &cards {
        let around = |frame: &&Rect| {
            frame.x < card.x
                && frame.y < card.y
                && frame.x + frame.width > card.x + card.width
                && frame.y + frame.height > card.y + card.height
        };
        assert_eq!(frames.iter().filter(around).count(), 1);
    }
    let mut titles = Vec::new();
    for frame in &scene.frames {
        let first = titles.len();
        titles.push(line_rect(&frame.title, Font::Title));
        titles.extend(frame.subtitle.iter().map(|it| line_rect(it, Font::Subtitle)));
        for title in &titles[first..] {
            assert!(title.x + title.width <= frame.rect.x + frame.rect.width);
        }
    }
    check_edges(scene, &cards, &titles);
    let shown = scene.edges.iter().map(|edge| &edge.label).filter(|label| !label.crowded);
    let labels = shown.map(|label| core(label.rect));
    no_overlaps(&cards.into_iter().chain(titles).chain(labels).collect::<Vec<_>>());
}

fn check_edges(scene: &Scene, cards: &[Rect], titles: &[Rect]) {
    let canvas = Rect { x: 0.0, y: 0.0, width: scene.width, height: scene.height };
    for edge in &scene.edges {
        let mut way = points(&edge.path);
        let off = length(&way) - edge.length;
        assert!(off.abs() < 1.0 + edge.length / 50.0, "{} is {off} too short", edge.id);
        way.extend(edge.beyond.iter().flat_map(|path| points(path)));
        for at in way {
            let within = inside(at, canvas);
            assert!(within, "{} leaves the picture at {at:?}", edge.id);
            let card = cards.iter().find(|card| inside(at, core(**card)));
            assert_eq!(card, None, "{} runs through a card at {at:?}", edge.id);
            let title = titles.iter().find(|title| inside(at, **title));
            assert_eq!(title, None, "{} runs through a title at {at:?}", edge.id);
        }
    }
}

#[test]
fn nothing_lies_on_anything_in_the_examples() {
    for text in [BOOKSTORE, CHOSEN, ODD, THIRTY] {
        let (topology, flows) = read(text);
        for width in [360, 390, 540, 600, 760, 960, 1280, 1600] {
            for height in [None, Some(200), Some(400), Some(800)] {
                check(&scene(&topology, &flows, Options { width, height }));
            }
        }
    }
}

#[test]
fn everybody_to_everybody_finds_a_way() {
    let all = (0..144).map(|number| (number / 12, number % 12, number));
    let cluster = Cluster { pods: vec![4, 3, 3], flows: all.collect() };
    let (topology, flows) = read(&cluster.text());
    for width in [390, 960] {
        let scene = scene(&topology, &flows, Options { width, height: None });
        assert_eq!(scene.edges.len(), 144);
        check(&scene);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_lies_on_anything(
        cluster in clusters(),
        width in 320..1500_u32,
        height in prop::option::of(100..900_u32),
    ) {
        let (topology, flows) = read(&cluster.text());
        check(&scene(&topology, &flows, Options { width, height }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_lies_on_anything_wherever_cards_are_put(
        cluster in clusters(),
        moves in prop::collection::vec((0..40_usize, -3..9_i32, -3..9_i32), 1..12),
        frozen_first: bool,
        width in 320..1500_u32,
        height in prop::option::of(100..900_u32),
    ) {
        let (topology, flows) = read(&cluster.text());
        let before = scene(&topology, &flows, Options { width, height });
        let mut places = if frozen_first { frozen(&before) } else { Places::new() };
        for (card, column, row) in moves {
            if let Some(card) = before.cards.get(card % before.cards.len().max(1)) {
                places.insert(card.id.clone(), [column, row]);
            }
        }
        check(&moved_scene(&topology, &flows, &places, Options { width, height }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_drawn_before_the_picture_is_the_same(
        first in clusters(),
        edits in prop::collection::vec((0..8_usize, 0..70_usize, 0..9_u8), 1..12),
    ) {
        let (mut cluster, mut width, mut places) = (first, 900, Places::new());
        let mut last = LastLayout::default();
        for (what, which, number) in edits {
            match what {
                0 => cluster.pods.push(number.into()),
                1 => cluster.flows.push((which, number.into(), number.into())),
                2 => drop(cluster.pods.pop()),
                3 => drop(cluster.flows.pop()),
                4 => width += 10 * u32::from(number),
                5 => drop(places.insert("external/office".to_owned(), [0, number.into()])),
                // Only what becomes of a flow, as most edits have it.
                _ => if let Some(flow) = cluster.flows.get_mut(which) {
                    flow.2 = number.into();
                }
            }
            let (topology, all) = read(&cluster.text());
            let mut shown = all.clone();
            if number == 0 {
                shown.bundles.truncate(which);
            }
            let (fold, options) = (Fold::default(), Options { width, height: Some(600) });
            let contents =
                Contents { topology: &topology, fold: &fold, all: &all, shown: &shown, places: &places };
            prop_assert_eq!(last.scene(&contents, options), crate::scene(&contents, options));
        }
    }
}

/// How far two pieces lie on each other, or so near that they look like one.
fn shared((a, b): (Point, Point), (c, d): (Point, Point)) -> f64 {
    let along = |a: f64, b: f64, c: f64, d: f64| a.max(b).min(c.max(d)) - a.min(b).max(c.min(d));
    let (dx, dy) = (along(a.x, b.x, c.x, d.x), along(a.y, b.y, c.y, d.y));
    if dx > -1.5 && dy > -1.5 { dx.max(dy) } else { 0.0 }
}

/// All straight pieces of all edges, and whose they are.
fn all_pieces(scene: &Scene) -> Vec<(&str, (Point, Point))> {
    let of_edge = |edge: &'_ Edge| {
        let parts = [Some(&edge.path), edge.beyond.as_ref()];
        parts.into_iter().flatten().flat_map(|part| pieces(part)).collect::<Vec<_>>()
    };
    let edges = scene.edges.iter().map(|edge| (edge.id.as_str(), of_edge(edge)));
    edges.flat_map(|(id, pieces)| pieces.into_iter().map(move |piece| (id, piece))).collect()
}

#[test]
fn edges_of_the_examples_do_not_lie_on_each_other() {
    for text in [BOOKSTORE, CHOSEN, ODD, THIRTY] {
        let (topology, flows) = read(text);
        for width in [600, 760, 960, 1280] {
            let scene = scene(&topology, &flows, Options { width, height: None });
            let pieces = all_pieces(&scene);
            for (number, (id, piece)) in pieces.iter().enumerate() {
                for (other, with) in pieces[..number].iter().filter(|(other, _)| other != id) {
                    let far = shared(*piece, *with);
                    assert!(far < 10.0, "at {width}, {id} lies on {other} for {far} pixels");
                }
            }
        }
    }
}
