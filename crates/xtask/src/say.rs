//! What the person at the terminal reads: one line for each step.

use std::time::Duration;

/// Says how a step ended, or that a long one begins.
pub(crate) fn step(name: &str, what: &str) {
    println!("{name:<16}{what}");
}

/// A duration as a person would say it.
pub(crate) fn elapsed(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f32()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let said = [40, 9_960, 12_345, 59_999, 60_000, 754_321]
            .map(|millis| elapsed(Duration::from_millis(millis)));
        assert_eq!(said, ["0.0 s", "10.0 s", "12 s", "59 s", "1 min 00 s", "12 min 34 s"]);
    }
}
