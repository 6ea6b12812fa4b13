//! What tags such as `!!int` make of scalars.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use granit_parser::{ScalarStyle, Tag};

use crate::scalar::{self, Scalar};
use crate::{Finding, Span};

/// What a scalar means by its text, quotes and tag, or the tag that it does not fit.
pub(crate) fn meaning(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Result<Scalar, &'static str> {
    let Some(tag) = tag else {
        let plain = style == ScalarStyle::Plain;
        return Ok(if plain { scalar::resolve(text) } else { Scalar::Text });
    };
    let resolved = scalar::resolve(text);
    match (tag.core_suffix(), resolved) {
        (Some("bool"), Scalar::Bool(_))
        | (Some("null"), Scalar::Null)
        | (Some("int"), Scalar::Integer(_))
        | (Some("float"), Scalar::Integer(_) | Scalar::Float(_) | Scalar::NotFinite) => {
            Ok(resolved)
        }
        (Some("bool"), _) => Err("!!bool"),
        (Some("null"), _) => Err("!!null"),
        (Some("int"), _) => Err("!!int"),
        (Some("float"), _) => Err("!!float"),
        _ => Ok(Scalar::Text),
    }
}

/// Whether the scalar is `<<`, which merges a mapping.
pub(crate) fn is_merge(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    let merges = match tag {
        None => style == ScalarStyle::Plain,
        Some(tag) => is(tag, "merge"),
    };
    merges && text == "<<"
}

/// Whether a tag is the one of that name among those of YAML.
pub(crate) fn is(tag: &Tag, name: &str) -> bool {
    tag.suffix_in_namespace("tag:yaml.org,2002:").is_some_and(|suffix| suffix == name)
}

/// The text that a `!!binary` scalar stands for; `None` if it is no base64.
pub(crate) fn binary(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let bytes = BASE64.decode(digits).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// As Go's `base64.StdEncoding`, which does not look at the bits that belong to no byte.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// The finding about a scalar that its tag does not fit.
pub(crate) fn wrong(span: Span, text: &str, wanted: &str) -> Finding {
    Finding::error("bad-tag", span, format!("cannot decode `{text}` as a `{wanted}`"))
        .with_help("remove the tag, or write a value of that type")
}

/// The finding about a `!!binary` scalar that is no base64.
pub(crate) fn no_base64(span: Span) -> Finding {
    Finding::error("bad-tag", span, "!!binary value contains invalid base64 data")
        .with_help("remove the tag, or write the value in base64")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64() {
        for (text, bytes) in [
            ("", Some("")),
            ("aGVsbG8=", Some("hello")),
            ("aGVs\nbG8=", Some("hello")),
            ("aGVsbA==", Some("hell")),
            ("aGVsbB==", Some("hell")),
            ("/+8=", Some("\u{fffd}\u{fffd}")),
            ("aGVsbG8", None),
            ("a===", None),
            ("aG==bG8=", None),
            ("aGV b", None),
            ("a=Vs", None),
        ] {
            assert_eq!(binary(text).as_deref(), bytes, "{text}");
        }
    }
}
