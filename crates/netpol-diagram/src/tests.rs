//! What holds for every picture.

mod properties;
mod sampling;

use expect_test::expect_file;
use netpol::view::{Direction, Flows, Topology, Verdict};

use crate::fixtures::{BOOKSTORE, CHOSEN, ODD, THIRTY, bundle, read};
use crate::{Contents, Fold, Look, Options, Places, Scene, svg};

const WIDE: Options = Options { width: 960, height: None };
const NARROW: Options = Options { width: 390, height: None };

fn scene(topology: &Topology, flows: &Flows, options: Options) -> Scene {
    filtered_scene(topology, flows, flows, options)
}

fn filtered_scene(topology: &Topology, all: &Flows, shown: &Flows, options: Options) -> Scene {
    let fold = Fold::default();
    let places = &Places::new();
    crate::scene(&Contents { topology, fold: &fold, all, shown, places }, options)
}

fn moved_scene(topology: &Topology, flows: &Flows, places: &Places, options: Options) -> Scene {
    let fold = Fold::default();
    crate::scene(&Contents { topology, fold: &fold, all: flows, shown: flows, places }, options)
}

/// The places of all cards, as they are.
fn frozen(scene: &Scene) -> Places {
    let line = |lines: &[f64], at: f64| {
        let line = lines.iter().position(|it| (it - at).abs() < 0.06).expect("a line");
        i32::try_from(line).unwrap()
    };
    let place =
        |card: &crate::Card| [line(&scene.columns, card.rect.x), line(&scene.rows, card.rect.y)];
    scene.cards.iter().map(|card| (card.id.clone(), place(card))).collect()
}

#[test]
fn what_is_moved_stays_and_what_is_new_moves_nothing() {
    let (mut topology, flows) = read(BOOKSTORE);
    let before = scene(&topology, &flows, WIDE);
    let mut places = frozen(&before);
    let same = moved_scene(&topology, &flows, &places, WIDE);
    assert_eq!(frozen(&same), places, "freezing moves nothing");

    // To the right of all others.
    let right = i32::try_from(before.columns.len()).unwrap();
    places.insert("bookstore/intruder".to_owned(), [right, 0]);
    let moved = moved_scene(&topology, &flows, &places, WIDE);
    let mut new = topology.nodes[0].clone();
    new.id = "bookstore/new".to_owned();
    new.name = "new".to_owned();
    new.namespace = "bookstore".to_owned();
    topology.nodes.push(new);
    let later = moved_scene(&topology, &flows, &places, WIDE);
    let cells = frozen(&later);
    for (id, cell) in frozen(&moved) {
        assert_eq!(cells.get(&id), Some(&cell), "{id}");
    }
    let card = |scene: &Scene, id: &str| scene.cards.iter().find(|it| it.id == id).unwrap().rect.x;
    assert!(card(&moved, "bookstore/intruder") > card(&moved, "bookstore/postgres"));
}

fn picture(text: &str, options: Options) -> Scene {
    let (topology, flows) = read(text);
    scene(&topology, &flows, options)
}

/// Where everything is that should not move.
fn places(scene: &Scene) -> Vec<(&str, [f64; 4])> {
    let frames = scene.frames.iter().map(|it| (it.id.as_str(), it.rect));
    let cards = scene.cards.iter().map(|it| (it.id.as_str(), it.rect));
    frames.chain(cards).map(|(id, it)| (id, [it.x, it.y, it.width, it.height])).collect()
}

#[test]
fn wide_and_narrow_pictures_are_as_seen() {
    expect_file!["golden/chosen-wide.svg"].assert_eq(&svg(&picture(CHOSEN, WIDE), Look::default()));
    expect_file!["golden/chosen-narrow.svg"]
        .assert_eq(&svg(&picture(CHOSEN, NARROW), Look::default()));
    expect_file!["golden/odd-wide.svg"].assert_eq(&svg(&picture(ODD, WIDE), Look::default()));
    expect_file!["golden/thirty-wide.svg"].assert_eq(&svg(&picture(THIRTY, WIDE), Look::default()));
    expect_file!["golden/bookstore-wide.svg"]
        .assert_eq(&svg(&picture(BOOKSTORE, WIDE), Look::default()));
}

#[test]
fn senders_are_left_of_receivers() {
    let scene = picture(BOOKSTORE, WIDE);
    let x = |id: &str| scene.cards.iter().find(|card| card.id == id).unwrap().rect.x;
    let way = [
        "ingress-nginx/controller",
        "bookstore/storefront",
        "bookstore/catalog",
        "bookstore/postgres",
        "kube-system/coredns",
    ];
    assert!(way.is_sorted_by(|a, b| x(a) < x(b)));
}

#[test]
fn a_phone_gets_namespaces_below_each_other() {
    let scene = picture(CHOSEN, NARROW);
    assert!(scene.width <= 390.0 && scene.height > scene.width);
    let y = |id: &str| scene.frames.iter().find(|frame| frame.id == id).unwrap().rect.y;
    assert!(y("ingress-nginx") < y("bookstore") && y("bookstore") < y("kube-system"));
}

#[test]
fn labels_and_verdicts_and_policies_move_nothing() {
    for options in [WIDE, NARROW] {
        let (mut topology, mut flows) = read(BOOKSTORE);
        let before = scene(&topology, &flows, options);
        for node in &mut topology.nodes {
            node.labels.insert("app".to_owned(), "something-else-altogether".to_owned());
            node.labels.insert("team".to_owned(), "shop".to_owned());
            node.ingress.isolated = !node.ingress.isolated;
        }
        for namespace in &mut topology.namespaces {
            namespace.default_deny_egress = !namespace.default_deny_egress;
        }
        for edge in flows.flows.iter_mut().flat_map(|flow| &mut flow.edges) {
            (edge.verdict, edge.stops_at) = match edge.verdict {
                Verdict::Allowed => (Verdict::Denied, vec![Direction::Ingress]),
                _ => (Verdict::Allowed, Vec::new()),
            };
        }
        bundle(&mut flows);
        let after = scene(&topology, &flows, options);
        assert_ne!(before, after);
        assert_eq!(places(&before), places(&after));
    }
}

#[test]
fn filters_move_nothing() {
    let (topology, all) = read(BOOKSTORE);
    let mut shown = all.clone();
    shown.flows.retain(|flow| flow.from == "bookstore/storefront");
    bundle(&mut shown);
    let some = filtered_scene(&topology, &all, &shown, WIDE);
    assert_eq!(places(&scene(&topology, &all, WIDE)), places(&some));
    assert!(some.edges.iter().all(|edge| edge.from == "bookstore/storefront"));
    let drawn: usize = some.edges.iter().map(|edge| edge.flows.len()).sum();
    assert_eq!(drawn, shown.flows.len());
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let (mut topology, mut flows) = read(CHOSEN);
    let before = scene(&topology, &flows, WIDE);
    topology.nodes.reverse();
    topology.namespaces.reverse();
    flows.flows.reverse();
    bundle(&mut flows);
    let after = scene(&topology, &flows, WIDE);
    assert_eq!(places(&before), places(&after));
    let paths = |scene: &Scene| -> Vec<String> {
        scene.edges.iter().map(|edge| format!("{} {}", edge.id, edge.path)).collect()
    };
    assert_eq!(paths(&before), paths(&after));
}

#[test]
fn a_pair_with_different_verdicts_has_an_edge_for_each() {
    let scene = picture(ODD, WIDE);
    let edges: Vec<_> = scene
        .edges
        .iter()
        .filter(|edge| edge.from == "shop/web" && edge.to == "shop/both-ways-peer")
        .map(|edge| (edge.label.text.as_str(), edge.verdict, edge.flows.as_slice()))
        .collect();
    assert_eq!(
        edges,
        [
            ("80, 443, 8443, +1", Verdict::Allowed, [1, 3, 4, 5].as_slice()),
            ("81", Verdict::Denied, &[2]),
        ]
    );
}

#[test]
fn denied_flows_end_at_the_gate_that_stops_them() {
    let scene = picture(CHOSEN, WIDE);
    let edge = |from: &str, to: &str| {
        scene.edges.iter().find(|edge| edge.from == from && edge.to == to).unwrap()
    };
    let egress = edge("bookstore/storefront", "bookstore/postgres");
    assert!(egress.beyond.is_some() && egress.length < 25.0);
    assert!(egress.cross.unwrap().x - egress.egress.at.x < 25.0);

    let scene = picture(ODD, WIDE);
    let ingress = scene.edges.iter().find(|edge| edge.from == "203.0.113.7").unwrap();
    assert!(ingress.beyond.is_none() && ingress.length > 100.0);
    assert!(ingress.ingress.at.x - ingress.cross.unwrap().x < 15.0);
}

#[test]
fn a_low_room_gets_more_columns_if_that_makes_everything_larger() {
    let shown = |text: &str, [width, height]: [u32; 2], knows: bool| {
        let height_known = knows.then_some(height);
        let scene = picture(text, Options { width, height: height_known });
        let scale = (f64::from(width) / scene.width).min(f64::from(height) / scene.height).min(1.0);
        (scene.columns.len(), scale)
    };
    // The room of a laptop.
    let (usual, small) = shown(BOOKSTORE, [848, 345], false);
    let (more, large) = shown(BOOKSTORE, [848, 345], true);
    assert!(more > usual && large > 1.15 * small, "{usual}, {small}; {more}, {large}");
    for text in [BOOKSTORE, CHOSEN, ODD, THIRTY] {
        for width in [560, 848, 960, 1280] {
            for height in [240, 345, 430, 560, 900] {
                let (without, with) =
                    (shown(text, [width, height], false), shown(text, [width, height], true));
                assert!(with.1 >= without.1, "{width} x {height}: {without:?} {with:?}");
            }
        }
    }
}

#[test]
fn strange_input_gives_some_picture() {
    let (mut topology, flows) = read(ODD);
    assert_eq!(scene(&Topology::default(), &Flows::default(), WIDE).cards.len(), 0);
    for width in [0, 1, 100, 100_000, u32::MAX] {
        for height in [None, Some(0), Some(1), Some(u32::MAX)] {
            assert_eq!(scene(&topology, &flows, Options { width, height }).cards.len(), 6);
        }
    }
    let twice = topology.nodes.clone();
    topology.nodes.extend(twice);
    topology.namespaces.clear();
    let lost = read("flow shop/nobody > shop/web 80/TCP allowed").1;
    let scene = filtered_scene(&topology, &flows, &lost, WIDE);
    assert_eq!((scene.cards.len(), scene.frames.len(), scene.edges.len()), (6, 2, 0));
}

#[test]
fn a_scene_survives_json() {
    let scene = picture(ODD, WIDE);
    let json = serde_json::to_string(&scene).unwrap();
    assert_eq!(serde_json::from_str::<Scene>(&json).unwrap(), scene);
}
