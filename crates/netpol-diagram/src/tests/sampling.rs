//! Points on path data, to see what it runs through.

use crate::scene::Point;

/// Points along a path of absolute `M`, `L` and `Q`, about a pixel apart.
pub(super) fn points(data: &str) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for (command, numbers) in commands(data) {
        let at = *points.last().unwrap_or(&Point { x: numbers[0], y: numbers[1] });
        match (command, numbers.as_slice()) {
            ('M', &[x, y]) => points.push(Point { x, y }),
            ('L', &[x, y]) => curve(&mut points, at, at, Point { x, y }),
            ('Q', &[cx, cy, x, y]) => {
                curve(&mut points, at, Point { x: cx, y: cy }, Point { x, y });
            }
            other => panic!("cannot read {other:?}"),
        }
    }
    points
}

/// How long the path is, by its points.
pub(super) fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|pair| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y)).sum()
}

fn commands(data: &str) -> Vec<(char, Vec<f64>)> {
    let starts = data.char_indices().filter(|(_, it)| it.is_ascii_alphabetic());
    let starts: Vec<usize> = starts.map(|(at, _)| at).chain([data.len()]).collect();
    let command = |range: &[usize]| {
        let (command, numbers) = data[range[0]..range[1]].split_at(1);
        let numbers = numbers.split(' ').map(|it| it.parse().expect("a number")).collect();
        (command.chars().next().expect("a command"), numbers)
    };
    starts.windows(2).map(command).collect()
}

fn curve(points: &mut Vec<Point>, from: Point, control: Point, to: Point) {
    let far = (to.x - from.x).abs() + (to.y - from.y).abs();
    let mut part = 0.0;
    while part < 1.0 {
        part = (part + 1.0 / far.max(1.0)).min(1.0);
        let mix = |a: f64, b: f64, c: f64| {
            let (ab, bc) = (a + (b - a) * part, b + (c - b) * part);
            ab + (bc - ab) * part
        };
        points.push(Point { x: mix(from.x, control.x, to.x), y: mix(from.y, control.y, to.y) });
    }
}

/// The straight pieces of a path that are longer than a few pixels.
pub(super) fn pieces(data: &str) -> Vec<(Point, Point)> {
    let mut pieces = Vec::new();
    let mut at = Point { x: 0.0, y: 0.0 };
    for (command, numbers) in commands(data) {
        let end = numbers.len() - 2;
        let to = Point { x: numbers[end], y: numbers[end + 1] };
        if command == 'L' && (to.x - at.x).abs() + (to.y - at.y).abs() > 4.0 {
            pieces.push((at, to));
        }
        at = to;
    }
    pieces
}
