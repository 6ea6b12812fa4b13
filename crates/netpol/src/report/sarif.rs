//! Findings in the Static Analysis Results Interchange Format, which code hosts show beside the
//! lines of a change.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeSet;

use netpol_sort::Gather;
use serde::Serialize;

use crate::view::{FindingView, Place, Severity};

/// A log with one run of this tool.
#[derive(Clone, Debug, Serialize)]
pub struct Sarif<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    /// How columns are counted.
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Clone, Debug, Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Rule<'a> {
    id: &'a str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Clone, Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Clone, Debug, Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

/// The findings as a log. Its rules are those that found something.
pub fn sarif(findings: &[FindingView]) -> Sarif<'_> {
    let ids: BTreeSet<&str> = findings.iter().map(|finding| finding.code.as_str()).gather();
    let ids: Vec<&str> = ids.into_iter().collect();
    let results = findings.iter().map(|finding| result(finding, &ids)).collect();
    let rules = ids.into_iter().map(|id| Rule { id }).collect();
    let driver = Driver { name: "netpol", version: env!("CARGO_PKG_VERSION"), rules };
    Sarif {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    }
}

fn result<'a>(finding: &'a FindingView, ids: &[&str]) -> SarifResult<'a> {
    let FindingView { code, severity, message, help, place, .. } = finding;
    SarifResult {
        rule_id: code,
        rule_index: ids.binary_search(&code.as_str()).unwrap_or_default(),
        level: match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        },
        message: Message {
            text: match help {
                Some(help) => format!("{message} ({help})"),
                None => message.clone(),
            },
        },
        locations: [location(place)],
    }
}

fn location(place: &Place) -> Location {
    let region = Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
    };
    let artifact_location = ArtifactLocation { uri: uri(&place.file) };
    Location { physical_location: PhysicalLocation { artifact_location, region } }
}

/// A path as a reference to a resource (RFC 3986).
fn uri(path: &str) -> String {
    const PLAIN: &[u8] = b"-._~/";
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let escaped = path.bytes().map(|byte| {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    std::iter::once(scheme.to_owned()).chain(escaped).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_references() {
        for (path, uri) in [
            ("shop/policies/web.yml", "shop/policies/web.yml"),
            ("./a b:c.yaml", "./a%20b%3Ac.yaml"),
            ("/tmp/é.yaml", "file:///tmp/%C3%A9.yaml"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(super::uri(path), uri);
        }
    }
}
