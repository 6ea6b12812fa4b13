//! Where a person puts cards. The first move keeps all others where they are, so that nothing else
//! moves from then on.

use netpol_diagram::{Frame, Places, Rect, Scene, empty_frame};
use netpol_sort::Gather;

/// Which part of the picture is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// This card.
    Card(String),
    /// This frame with all that is in it.
    Frame(String),
    /// The frame of this card.
    FrameOf(String),
}

/// A direction on the grid: columns and rows.
pub type Way = [i32; 2];

/// The places of everything, as it is drawn.
fn frozen(scene: &Scene) -> Places {
    let cards = scene.cards.iter().map(|card| (card.id.clone(), cell(scene, &card.rect)));
    let is_empty = |frame: &&Frame| !scene.cards.iter().any(|card| is_in(&card.rect, frame));
    let empty = scene.frames.iter().filter(is_empty);
    // The first cell of a frame is below and to the right of its corner.
    let first = |lines: &[f64], from: f64| count(lines.iter().filter(|line| **line < from).count());
    let place =
        |frame: &Frame| [first(&scene.columns, frame.rect.x), first(&scene.rows, frame.rect.y)];
    cards.chain(empty.map(|frame| (empty_frame(&frame.id), place(frame)))).gather()
}

fn is_in(rect: &Rect, frame: &Frame) -> bool {
    let around = frame.rect;
    around.x <= rect.x
        && rect.x < around.x + around.width
        && around.y <= rect.y
        && rect.y < around.y + around.height
}

fn frame_of<'a>(scene: &'a Scene, card: &str) -> Option<&'a Frame> {
    let card = scene.cards.iter().find(|it| it.id == card)?;
    scene.frames.iter().find(|frame| is_in(&card.rect, frame))
}

/// The cell whose corner is nearest to that of an area; one before the first and one behind the
/// last are cells, too.
fn cell(scene: &Scene, at: &Rect) -> [i32; 2] {
    [nearest(&scene.columns, at.x), nearest(&scene.rows, at.y)]
}

fn nearest(lines: &[f64], at: f64) -> i32 {
    let step = match lines {
        [first, .., last] => (last - first) / f64::from(count(lines.len() - 1)),
        _ => 200.0,
    };
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return 0 };
    let distance = |line: f64| (line - at).abs();
    let before = (-1, first - step);
    let behind = (count(lines.len()), last + step);
    let inside = lines.iter().enumerate().map(|(number, line)| (count(number), *line));
    std::iter::once(before)
        .chain(inside)
        .chain([behind])
        .min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))
        .map_or(0, |(number, _)| number)
}

/// The places after something was dragged so many pixels.
pub(super) fn dragged(scene: &Scene, what: &Moved, by: [f64; 2]) -> Option<Places> {
    let moved = |rect: &Rect| {
        let to = Rect { x: rect.x + by[0], y: rect.y + by[1], ..*rect };
        let (from, to) = (cell(scene, rect), cell(scene, &to));
        [to[0] - from[0], to[1] - from[1]]
    };
    let way = match what {
        Moved::Card(id) => moved(&scene.cards.iter().find(|card| card.id == *id)?.rect),
        Moved::Frame(_) | Moved::FrameOf(_) => {
            // Of all its cards the first says how far it is.
            let frame = frame(scene, what)?;
            let first = scene.cards.iter().find(|card| is_in(&card.rect, frame));
            moved(first.map_or(&frame.rect, |card| &card.rect))
        }
    };
    (way != [0, 0]).then(|| put(scene, what, way)).flatten()
}

/// The places after something was moved a step. A frame is moved past the others that are there.
pub(super) fn stepped(scene: &Scene, what: &Moved, way: Way) -> Option<Places> {
    let steps = match what {
        Moved::Card(_) => 1,
        Moved::Frame(_) | Moved::FrameOf(_) => free_steps(scene, frame(scene, what)?, way),
    };
    put(scene, what, way.map(|part| part * steps))
}

fn frame<'a>(scene: &'a Scene, what: &Moved) -> Option<&'a Frame> {
    match what {
        Moved::Card(id) | Moved::FrameOf(id) => frame_of(scene, id),
        Moved::Frame(id) => scene.frames.iter().find(|frame| frame.id == *id),
    }
}

/// How many steps a frame goes until it lies on no other.
fn free_steps(scene: &Scene, frame: &Frame, way: Way) -> i32 {
    let bounds = |frame: &Frame| {
        let inside = |lines: &[f64], from: f64, length: f64| {
            let is_in = |line: &&f64| **line >= from && **line < from + length;
            let first = count(lines.iter().filter(|line| **line < from).count());
            (first, first + count(lines.iter().filter(is_in).count()))
        };
        [
            inside(&scene.columns, frame.rect.x, frame.rect.width),
            inside(&scene.rows, frame.rect.y, frame.rect.height),
        ]
    };
    let own = bounds(frame);
    let lies_on = |steps: i32, other: &Frame| {
        let other = bounds(other);
        [0, 1].iter().all(|axis| {
            let by = way[*axis] * steps;
            own[*axis].0 + by < other[*axis].1 && other[*axis].0 < own[*axis].1 + by
        })
    };
    let most = count(scene.columns.len() + scene.rows.len() + 1);
    let others = || scene.frames.iter().filter(|other| other.id != frame.id);
    (1..=most).find(|steps| !others().any(|other| lies_on(*steps, other))).unwrap_or(1)
}

/// The places after something was moved so many cells. A card whose place another one of its frame
/// has changes places with it.
fn put(scene: &Scene, what: &Moved, way: Way) -> Option<Places> {
    let mut places = frozen(scene);
    match what {
        Moved::Card(id) => {
            let from = *places.get(id)?;
            let to = [from[0] + way[0], from[1] + way[1]];
            let own = frame_of(scene, id)?;
            let there = scene.cards.iter().find(|card| {
                card.id != *id && places.get(&card.id) == Some(&to) && is_in(&card.rect, own)
            });
            if let Some(other) = there {
                places.insert(other.id.clone(), from);
            }
            places.insert(id.clone(), to);
        }
        Moved::Frame(_) | Moved::FrameOf(_) => {
            let frame = frame(scene, what)?;
            let cards = scene.cards.iter().filter(|card| is_in(&card.rect, frame));
            let names = cards.map(|card| card.id.clone()).chain([empty_frame(&frame.id)]);
            for name in names {
                if let Some(place) = places.get_mut(&name) {
                    *place = [place[0] + way[0], place[1] + way[1]];
                }
            }
        }
    }
    Some(places)
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
