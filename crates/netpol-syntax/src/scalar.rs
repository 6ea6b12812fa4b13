//! Plain YAML scalars as kubectl resolves them.
//!
//! kubectl turns YAML into JSON with the YAML 1.1 flavoured `go-yaml` v2, whose rules for numbers are
//! those of Go's `strconv.ParseInt` with base 0, with underscores removed.

/// What a scalar without quotes means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    /// `.inf` or `.nan`, which JSON cannot say.
    NotFinite,
    /// The text as it is written.
    Text,
}

/// The meaning of a plain scalar.
pub(crate) fn resolve(text: &str) -> Scalar {
    let Some(first) = text.bytes().next() else { return Scalar::Null };
    match first {
        b'0'..=b'9' => number(text),
        b'+' | b'-' => keyword(text).unwrap_or_else(|| number(text)),
        b'.' => keyword(text).unwrap_or_else(|| fraction(text)),
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => {
            keyword(text).unwrap_or(Scalar::Text)
        }
        _ => Scalar::Text,
    }
}

/// The words of YAML 1.1 in the spellings that go-yaml knows: `yEs` is none of them.
fn keyword(text: &str) -> Option<Scalar> {
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF"
        | "-.inf" | "-.Inf" | "-.INF" => Scalar::NotFinite,
        _ => return None,
    })
}

/// A scalar that starts with a digit or a sign.
fn number(text: &str) -> Scalar {
    if let Some(small) = small_decimal(text) {
        return Scalar::Integer(small);
    }
    let stripped;
    let digits = if text.contains('_') {
        stripped = text.replace('_', "");
        stripped.as_str()
    } else {
        text
    };
    integer(digits).or_else(|| float(digits)).unwrap_or(Scalar::Text)
}

/// The usual case: a few digits that do not start with 0.
fn small_decimal(text: &str) -> Option<i64> {
    let usual =
        text.len() <= 18 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if usual { text.parse().ok() } else { None }
}

/// A whole number of 64 bits, signed or not; the base is in its prefix, and a leading 0 is octal.
#[expect(clippy::cast_precision_loss, reason = "Kubernetes loses it too")]
fn integer(text: &str) -> Option<Scalar> {
    let (sign, magnitude) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let (radix, digits) = match magnitude.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, &magnitude[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &magnitude[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &magnitude[2..]),
        [b'0', ..] => (8, magnitude),
        _ => (10, magnitude),
    };
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value =
        sign * i128::from_str_radix(digits, radix).ok().filter(|v| *v <= u64::MAX.into())?;
    match i64::try_from(value) {
        Ok(value) => Some(Scalar::Integer(value)),
        // Between the largest signed and the largest unsigned number: Kubernetes reads its JSON as
        // a float.
        Err(_) if value > 0 => Some(Scalar::Float(value as f64)),
        Err(_) => None,
    }
}

/// A decimal number with or without fraction and exponent. One that is whole counts as an integer,
/// because its JSON has no fraction (`80.0` is printed as `80`); one that is too large is text.
fn float(text: &str) -> Option<Scalar> {
    if !is_decimal(text) {
        return None;
    }
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    // The limits are exact: -2^63 fits, 2^63 does not.
    let whole = value.fract() == 0.0 && (-TWO_TO_63..TWO_TO_63).contains(&value);
    Some(if whole { Scalar::Integer(value as i64) } else { Scalar::Float(value) })
}

pub(crate) const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, rest) = leading_digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => leading_digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return false;
    }
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else { return rest.is_empty() };
    let (exponent, rest) = leading_digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
    !exponent.is_empty() && rest.is_empty()
}

fn leading_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// A scalar that starts with a dot. Here Go's rule for underscores holds: one between two digits.
fn fraction(text: &str) -> Scalar {
    let separates_digits = |at: usize| {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        digit(text.as_bytes().get(at - 1)) && digit(text.as_bytes().get(at + 1))
    };
    if !text.match_indices('_').all(|(at, _)| separates_digits(at)) {
        return Scalar::Text;
    }
    float(&text.replace('_', "")).unwrap_or(Scalar::Text)
}

#[cfg(test)]
mod tests {
    use super::Scalar::{Bool, Float, Integer, NotFinite, Null, Text};
    use super::*;

    #[test]
    fn words() {
        for word in "y Y yes Yes YES true True TRUE on On ON".split(' ') {
            assert_eq!(resolve(word), Bool(true), "{word}");
        }
        for word in "n N no No NO false False FALSE off Off OFF".split(' ') {
            assert_eq!(resolve(word), Bool(false), "{word}");
        }
        for word in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(resolve(word), Null, "{word}");
        }
        for word in ".inf -.inf +.inf .Inf .INF -.INF .nan .NaN .NAN".split(' ') {
            assert_eq!(resolve(word), NotFinite, "{word}");
        }
        for word in "yEs tRue nULL oN ofF nil none inf nan NaN -.nan +.NaN <<".split(' ') {
            assert_eq!(resolve(word), Text, "{word}");
        }
    }

    #[test]
    fn whole_numbers() {
        let table = [
            ("0", 0),
            ("-0", 0),
            ("80", 80),
            ("+80", 80),
            ("-80", -80),
            ("007", 7),
            ("0777", 511),
            ("0120", 80),
            ("-0120", -80),
            ("08", 8),
            ("09", 9),
            ("0778", 778),
            ("0o17", 15),
            ("0O17", 15),
            ("0x1F", 31),
            ("0X1f", 31),
            ("-0x10", -16),
            ("0b11", 3),
            ("1_000", 1000),
            ("1__0_", 10),
            ("0x_1F", 31),
            ("80.0", 80),
            ("1.", 1),
            ("1e3", 1000),
            ("12e03", 12_000),
            ("1.5e1", 15),
            ("1_000.0", 1000),
            ("-0.0", 0),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
            ("-9223372036854775808.0", i64::MIN),
            ("-9223372036854775809.0", i64::MIN),
            ("+.5e1_0", 5_000_000_000),
            ("9007199254740993.0", 9_007_199_254_740_992),
        ];
        for (text, value) in table {
            assert_eq!(resolve(text), Integer(value), "{text}");
        }
    }

    #[test]
    fn other_numbers() {
        let table = [
            (".5", 0.5),
            ("-.5", -0.5),
            (".5_0", 0.5),
            ("80.5", 80.5),
            ("1e-2", 0.01),
            ("9223372036854775808", 9_223_372_036_854_775_808.0),
            ("18446744073709551615", 18_446_744_073_709_551_615.0),
            ("0xFFFFFFFFFFFFFFFF", 18_446_744_073_709_551_615.0),
            ("99999999999999999999", 1e20),
            ("1e300", 1e300),
        ];
        for (text, value) in table {
            assert_eq!(resolve(text), Float(value), "{text}");
        }
    }

    #[test]
    fn text() {
        let table = "1:30 22:22 2026-11-20 2026-11-20T12:00:00Z 10.0.0.0/8 ::1 0.1.2 1,000 = << 0x 0b12 \
                     0o8 0xG 0x+1 + - . .. ... ._5 .5_ .e3 1e 1e+ 1.5.2 1e999 -1e999 .5e999 +-1 --1 80a \
                     0xFFFFFFFFFFFFFFFFFF e3 _1 1.2e3.4 é";
        for text in table.split_whitespace() {
            assert_eq!(resolve(text), Text, "{text}");
        }
        assert_eq!(resolve(&"9".repeat(100_000)), Text, "too large even for a float");
    }
}
