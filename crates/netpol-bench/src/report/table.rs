//! Markdown tables, and numbers as people read them.

use std::fmt::{Display, Write};
use std::time::Duration;

/// A table; numbers, in all columns but the first, stand on the right.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rule: Vec<String> =
        (0..head.len()).map(|column| if column == 0 { "---" } else { "---:" }.to_owned()).collect();
    let mut text = line(&head) + &line(&rule);
    for row in rows {
        text += &line(row);
    }
    text
}

/// A section with a title, paragraphs and tables.
pub(super) fn section(title: &str, parts: &[&str]) -> String {
    let mut text = format!("## {title}\n");
    for part in parts {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "\n{}", part.trim_end());
    }
    text
}

/// A time with three digits that count.
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let (value, unit) = match seconds {
        ..1e-3 => (seconds * 1e6, "µs"),
        ..1.0 => (seconds * 1e3, "ms"),
        _ => (seconds, "s"),
    };
    let decimals = match value {
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{value:.decimals$} {unit}")
}

/// A number with a comma after each thousand.
pub(super) fn number(number: impl Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Millions of bytes in a second.
pub(super) fn megabytes_per_second(bytes: usize, time: Duration) -> f64 {
    millions(bytes) / time.as_secs_f64()
}

/// Bytes in MB.
#[expect(clippy::cast_precision_loss, reason = "nothing here is as large as 2^52")]
pub(super) fn millions(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Bytes in MiB.
#[expect(clippy::cast_precision_loss, reason = "nothing here is as large as 2^52")]
pub(super) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// How many times as long one time is as another.
pub(super) fn ratio(long: Duration, short: Duration) -> f64 {
    long.as_secs_f64() / short.as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times() {
        assert_eq!(
            [0, 999, 1_000, 13_678, 1_000_000].map(number).join(" "),
            "0 999 1,000 13,678 1,000,000"
        );
        let times = [0.000_001_234, 0.012_34, 0.56789, 1.0, 123.4];
        let times = times.map(|seconds| time(Duration::from_secs_f64(seconds)));
        assert_eq!(times.join(", "), "1.23 µs, 12.3 ms, 568 ms, 1.00 s, 123 s");
    }

    #[test]
    fn tables() {
        let rows = vec![vec!["tiny".to_owned(), "1".to_owned()]];
        assert_eq!(
            table(&["input", "pods"], &rows),
            "| input | pods |\n| --- | ---: |\n| tiny | 1 |\n"
        );
    }
}
