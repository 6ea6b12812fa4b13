//! What stands before the colon.

use crate::scalar::TWO_TO_63;
use crate::{Entry, Finding, Node, Span, Value, go};

/// A key whose value has not come yet.
pub(crate) enum Key {
    Text(String, Span),
    /// `<<`, whose value's entries become entries of the mapping.
    Merge,
    /// One of a type that kubectl refuses, which is reported with its value: the type, and how Go
    /// prints the key.
    Unsupported(Span, String),
    /// One that cannot be a key, as was reported.
    Refused,
}

/// A key from the node that stands in its place.
pub(crate) fn new_key(node: Node) -> Result<Key, Box<Finding>> {
    let text = match node.value {
        Value::String(text) => text,
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        // Between the largest signed and the largest unsigned number.
        Value::Float(value) if (TWO_TO_63..=2.0 * TWO_TO_63).contains(&value) => {
            #[expect(clippy::cast_sign_loss, reason = "it is positive")]
            let key = format!("uint64, key: {:#x}", value as u64);
            return Ok(Key::Unsupported(node.span, key));
        }
        Value::Float(value) => go::float32(value),
        Value::Null => {
            return Ok(Key::Unsupported(node.span, "%!s(<nil>), key: <nil>".to_owned()));
        }
        Value::Sequence(_) | Value::Mapping(_) => {
            let message = format!("invalid map key: {}", go::syntax(&node.value));
            let help =
                "put the key in quotes; if this is a template (`{{ ... }}`), render it first";
            return Err(Box::new(Finding::error("map-key", node.span, message).with_help(help)));
        }
    };
    Ok(Key::Text(text, node.span))
}

/// The finding about a key of a type that kubectl refuses.
pub(crate) fn unsupported(span: Span, key: &str, value: &Value) -> Finding {
    let message = format!("unsupported map key of type: {key}, value: {}", go::syntax(value));
    Finding::error("map-key", span, message)
        .with_help("write a text before the colon; `null` and large numbers as keys need quotes")
}

/// Adds the entries of a merged mapping, or of a list of them, in which the first takes precedence.
/// `merged` receives their places. What is merged replaces what was written before it and is
/// replaced by what is written behind it, as in go-yaml v2.
pub(crate) fn merge(
    node: Node,
    entries: &mut Vec<Entry>,
    merged: &mut Vec<usize>,
) -> Result<(), Box<Finding>> {
    let span = node.span;
    let sources = match node.value {
        Value::Sequence(items) => items,
        _ => vec![node],
    };
    for source in sources.into_iter().rev() {
        let Value::Mapping(mapping) = source.value else {
            let message = "map merge requires map or sequence of maps as the value";
            return Err(Finding::error("bad-merge", span, message)
                .with_help("let `<<` name a mapping, as in `<<: *defaults`")
                .into());
        };
        merged.extend(entries.len()..entries.len() + mapping.entries.len());
        entries.extend(mapping.entries);
    }
    Ok(())
}
