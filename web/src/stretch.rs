//! A line whose ends are moved, until it is routed anew.

use std::fmt::Write as _;

use crate::measure;

/// The path data of a line whose first and last point go elsewhere, and all between them
/// accordingly: absolute commands, each with pairs of coordinates.
pub fn stretched(data: &str, first: [f64; 2], last: [f64; 2]) -> String {
    let points = points(data);
    let mut far = vec![0.0];
    for pair in points.windows(2) {
        let [dx, dy] = [0, 1].map(|axis| pair[1][axis] - pair[0][axis]);
        far.push(far.last().copied().unwrap_or_default() + dx.hypot(dy));
    }
    let length = far.last().copied().unwrap_or_default().max(1.0);
    let moved = |(point, far): (&[f64; 2], &f64)| {
        let part = far / length;
        [0, 1].map(|axis| point[axis] + first[axis] * (1.0 - part) + last[axis] * part)
    };
    let moved = points.iter().zip(&far).map(moved);
    let mut result = String::with_capacity(data.len() + 16);
    let mut commands = commands(data);
    for [x, y] in moved {
        let command = commands.next().flatten();
        // A second pair of one command is parted from the first.
        result.push(command.unwrap_or(' '));
        let _ = write!(result, "{} {}", measure::written(x), measure::written(y));
    }
    result
}

fn points(data: &str) -> Vec<[f64; 2]> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let numbers: Vec<f64> =
        data.split(|c| !is_part(c)).filter_map(|number| number.parse().ok()).collect();
    numbers.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// For each point its command, if it is the first of one.
fn commands(data: &str) -> impl Iterator<Item = Option<char>> {
    data.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).flat_map(|(_, command)| {
        let more = usize::from(command == 'Q');
        std::iter::once(Some(command)).chain(std::iter::repeat_n(None, more))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_go_where_they_are_moved_and_corners_follow() {
        let line = "M0 0L90 0Q100 0 100 10L100 100";
        assert_eq!(stretched(line, [0.0; 2], [0.0; 2]), "M0 0L90 0Q100 0 100 10L100 100");
        assert_eq!(stretched(line, [0.0; 2], [20.0, -40.0]), "M0 0L99 -18Q110 -20 111 -12L120 60");
        assert_eq!(stretched("M5 5L10 5", [10.0, 0.0], [10.0, 0.0]), "M15 5L20 5");
        assert_eq!(stretched("", [1.0; 2], [1.0; 2]), "");
    }
}
