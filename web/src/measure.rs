//! Measures as texts, to tenths: finer than that nobody sees, and the picture has thousands of them.

/// A measure as an attribute has it: `7`, `-0.5`.
pub fn written(measure: f64) -> String {
    let tenths = (measure * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_written_to_tenths() {
        for (measure, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.04, "0"),
            (-0.5, "-0.5"),
            (7.0, "7"),
            (99.96, "100"),
            (1234.25, "1234.3"),
            (-12.34, "-12.3"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(written(measure), text);
        }
    }
}
