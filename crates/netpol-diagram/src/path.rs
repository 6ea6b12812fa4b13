//! Polylines with rounded corners, as SVG path data.

use crate::scene::{Point, Rect};

/// The radius of a corner, if there is room.
const RADIUS: f64 = 14.0;
/// A rounded corner is a parabola; its length is (√2 + ln(1 + √2)) / √2 times the radius.
const CORNER: f64 = 1.623_225_240_140_230_5;

/// About so many bytes are written for a corner.
const CAPACITY: usize = 40;

/// Path data and how long the path is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) data: String,
    pub(crate) length: f64,
}

/// To tenths, as everything is that is given out.
pub(crate) fn round(value: f64) -> f64 {
    let tenths = (value * 10.0).round() / 10.0;
    // Not `-0`.
    if tenths == 0.0 { 0.0 } else { tenths }
}

/// The point, rounded.
pub(crate) fn point(x: f64, y: f64) -> Point {
    Point { x: round(x), y: round(y) }
}

/// The area, rounded.
pub(crate) fn rounded(rect: Rect) -> Rect {
    let (at, size) = (point(rect.x, rect.y), point(rect.width, rect.height));
    Rect { x: at.x, y: at.y, width: size.x, height: size.y }
}

/// The polyline without corners that are none.
pub(crate) fn simplified(corners: &[Point]) -> Vec<Point> {
    let mut result: Vec<Point> = Vec::new();
    for corner in corners {
        if result.last() == Some(corner) {
            continue;
        }
        if let [.., a, b] = result[..]
            && cross(a, b, *corner) == 0.0
        {
            result.pop();
        }
        result.push(*corner);
    }
    result
}

/// The polyline moved to its left, seen in the direction of travel. All its corners are right
/// angles.
pub(crate) fn beside(corners: &[Point], distance: f64) -> Vec<Point> {
    let normals: Vec<(f64, f64)> = corners
        .windows(2)
        .map(|pair| {
            let (dx, dy) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
            (sign(dy) * distance, -sign(dx) * distance)
        })
        .collect();
    let moved = |(index, corner): (usize, &Point)| {
        let before = index.checked_sub(1).and_then(|at| normals.get(at));
        let (x, y) = [before, normals.get(index)]
            .into_iter()
            .flatten()
            .fold((0.0, 0.0), |sum: (f64, f64), normal| (sum.0 + normal.0, sum.1 + normal.1));
        Point { x: corner.x + x, y: corner.y + y }
    };
    corners.iter().enumerate().map(moved).collect()
}

/// Path data with rounded corners.
pub(crate) fn draw(corners: &[Point]) -> Drawn {
    let mut data = String::with_capacity(corners.len() * CAPACITY);
    let mut length = 0.0;
    let Some((first, last)) = corners.first().zip(corners.last()) else {
        return Drawn { data, length };
    };
    write(&mut data, 'M', &[*first]);
    let mut at = *first;
    for three in corners.windows(3) {
        let [before, corner, after] = [three[0], three[1], three[2]];
        let radius = RADIUS.min(distance(before, corner) / 2.0).min(distance(corner, after) / 2.0);
        let (from, to) = (toward(corner, before, radius), toward(corner, after, radius));
        write(&mut data, 'L', &[from]);
        write(&mut data, 'Q', &[corner, to]);
        length += distance(at, from) + CORNER * radius;
        at = to;
    }
    write(&mut data, 'L', &[*last]);
    Drawn { data, length: round(length + distance(at, *last)) }
}

/// Writes a command with its points, rounded. Digit by digit: finding the shortest text for a `f64` was most of what
/// drawing a path cost.
fn write(data: &mut String, command: char, points: &[Point]) {
    let mut before = command;
    for value in points.iter().flat_map(|point| [point.x, point.y]) {
        data.push(before);
        before = ' ';
        #[expect(clippy::cast_possible_truncation, reason = "no picture is that large")]
        let tenths = (value * 10.0).round() as i64;
        if tenths < 0 {
            data.push('-');
        }
        write_digits(data, tenths.unsigned_abs() / 10);
        if tenths % 10 != 0 {
            data.push('.');
            write_digits(data, tenths.unsigned_abs() % 10);
        }
    }
}

fn write_digits(data: &mut String, number: u64) {
    if number > 9 {
        write_digits(data, number / 10);
    }
    data.extend(u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)));
}

/// The point so far from the first toward the second.
pub(crate) fn toward(from: Point, to: Point, far: f64) -> Point {
    let length = distance(from, to);
    if length == 0.0 {
        return from;
    }
    let part = far / length;
    Point { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

pub(crate) fn distance(a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    (dx * dx + dy * dy).sqrt()
}

fn cross(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
}

fn sign(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        0.0
    }
}
