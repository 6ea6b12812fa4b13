//! JSON: what is stored of documents, and what the editor and the page around this one are told.

use serde::Serialize;

/// Writes a value made of texts, whole numbers, lists and fields, which can always be written.
pub fn to_string(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
