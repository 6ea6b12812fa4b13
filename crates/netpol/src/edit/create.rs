//! New manifests.

use std::fmt::Write as _;

use netpol_syntax::{FileId, Span, TextEdit, chunks};

use super::Labels;
use super::remove::is_blank;
use super::write::{line_break, scalar};
use crate::view::{PortView, Protocol};

/// What a new pod runs, as the API server wants an image: Kubernetes' own, which only waits.
const IMAGE: &str = "registry.k8s.io/pause:3.10";

pub(super) fn namespace(name: &str, labels: &Labels) -> String {
    let name = scalar(name);
    format!("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n{}", label_lines(labels))
}

pub(super) fn pod(namespace: &str, name: &str, labels: &Labels, ports: &[PortView]) -> String {
    let (namespace, name, labels) = (scalar(namespace), scalar(name), label_lines(labels));
    let mut text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\n  namespace: {namespace}\n{labels}\
         spec:\n  containers:\n  - name: main\n    image: {IMAGE}\n"
    );
    if !ports.is_empty() {
        text.push_str("    ports:\n");
    }
    for port in ports {
        let mut fields = Vec::new();
        if let Some(name) = &port.name {
            fields.push(format!("name: {}", scalar(name)));
        }
        fields.push(format!("containerPort: {}", port.number));
        if port.protocol != Protocol::Tcp {
            fields.push(format!("protocol: {}", port.protocol));
        }
        let _ = writeln!(text, "    - {{{}}}", fields.join(", "));
    }
    text
}

pub(super) fn external(name: &str, addresses: &[String]) -> String {
    let addresses: Vec<String> = addresses.iter().map(|address| scalar(address)).collect();
    let addresses = match addresses.as_slice() {
        [one] => format!("ip: {one}"),
        several => format!("ips: [{}]", several.join(", ")),
    };
    let name = scalar(name);
    format!(
        "apiVersion: netpol/v1\nkind: External\nmetadata:\n  name: {name}\nspec:\n  {addresses}\n"
    )
}

fn label_lines(labels: &Labels) -> String {
    let mut lines = String::new();
    if !labels.is_empty() {
        lines.push_str("  labels:\n");
    }
    for (key, value) in labels {
        let _ = writeln!(lines, "    {}: {}", scalar(key), scalar(value));
    }
    lines
}

/// Adds manifests to the end of a text.
pub(crate) fn append(file: FileId, text: &str, manifests: &[String]) -> TextEdit {
    let mut added = String::new();
    if !text.is_empty() && !text.ends_with('\n') {
        added.push('\n');
    }
    let last = chunks(text).last().map(|range| &text[range]).unwrap_or_default();
    if !is_blank(last) {
        added.push_str("---\n");
    }
    added.push_str(&manifests.join("---\n"));
    if line_break(text) == "\r\n" {
        added = added.replace('\n', "\r\n");
    }
    TextEdit { span: Span::new(file, text.len(), text.len()), text: added }
}
