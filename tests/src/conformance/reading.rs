//! YAML as kubectl turns it into JSON: `captured/yaml-to-json.txt`, printed by `sigs.k8s.io/yaml`.

use netpol_syntax::{FileId, Node, Severity, Value};
use serde_json::{Map, Value as Json};

use super::tally::Tally;

/// Compares JSON byte for byte, and how errors begin: what we add is where to look.
pub(super) fn suite(text: &str) -> Tally {
    let mut tally = Tally::default();
    for line in text.lines() {
        let (source, printed) = line.split_once(" -> ").expect("SOURCE -> JSON");
        let source = unquoted(source.trim_end());
        // Single scalars were read as the value of a key.
        let yaml = if source.contains('\n') { source.clone() } else { format!("k: {source}\n") };
        let expected = match printed.strip_suffix(" <nil>") {
            Some(json) => Ok(json.to_owned()),
            None => Err(printed.trim().trim_start_matches("yaml: ").to_owned()),
        };
        let actual = as_json(&yaml).map_err(|message| match &expected {
            Err(known) if message.starts_with(known) => known.clone(),
            _ => message,
        });
        tally.cases += 1;
        tally.compare(&format!("`{}`", source.escape_debug()), &expected, &actual);
    }
    tally
}

/// A text in quotes as Go writes and JSON reads it.
fn unquoted(text: &str) -> String {
    serde_json::from_str(text).expect("a quoted text")
}

/// The first document as JSON, or what is wrong with it.
pub(super) fn as_json(yaml: &str) -> Result<String, String> {
    let parsed = netpol_syntax::parse(FileId(0), yaml);
    let mut findings = parsed.findings.iter();
    if let Some(finding) = findings.find(|finding| finding.severity == Severity::Error) {
        return Err(finding.message.clone());
    }
    let root = parsed.documents.first().map_or(Json::Null, |document| json(&document.root));
    // Go escapes what HTML would take for a tag.
    let escaped = [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026")];
    Ok(escaped.iter().fold(root.to_string(), |text, (from, to)| text.replace(*from, to)))
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::from(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Float(value) => Json::from(*value),
        Value::String(value) => Json::from(value.as_str()),
        Value::Sequence(items) => items.iter().map(json).collect(),
        Value::Mapping(mapping) => {
            let entries = mapping.entries.iter();
            Json::Object(entries.map(|it| (it.key.clone(), json(&it.value))).collect::<Map<_, _>>())
        }
    }
}
