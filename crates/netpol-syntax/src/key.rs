//! What stands before the colon.

use crate::{Entry, Finding, Node, Span, Value, go};

/// A key whose value has not come yet.
pub(crate) enum Key {
    Text(String, Span),
    /// `<<`, whose value's entries become entries of the mapping.
    Merge,
    /// One that is null, which is reported with its value.
    Null(Span),
    /// One that cannot be a key, as was reported.
    Refused,
}

/// A key from the node that stands in its place.
pub(crate) fn new_key(node: Node) -> Result<Key, Box<Finding>> {
    let text = match node.value {
        Value::String(text) => text,
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Null => return Ok(Key::Null(node.span)),
        Value::Sequence(_) | Value::Mapping(_) => {
            let message = format!("invalid map key: {}", go::syntax(&node.value));
            let help =
                "put the key in quotes; if this is a template (`{{ ... }}`), render it first";
            return Err(Box::new(Finding::error("map-key", node.span, message).with_help(help)));
        }
    };
    Ok(Key::Text(text, node.span))
}

/// The finding about a null key.
pub(crate) fn null_key(key: Span, value: &Value) -> Finding {
    let value = go::syntax(value);
    let message = format!("unsupported map key of type: %!s(<nil>), key: <nil>, value: {value}");
    Finding::error("map-key", key, message)
        .with_help("write a key before the colon; the text `null` as a key needs quotes")
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
