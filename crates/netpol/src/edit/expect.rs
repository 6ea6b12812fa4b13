//! Writing down what must hold, and crossing it out.

use netpol_model::ExpectedConnection;
use netpol_sort::Gather;
use netpol_syntax::{FileId, Node, Span, TextEdit, Value, parse};

use super::manifest;
use super::write::{line_start, next_line, removal, scalar};
use super::{Changes, Plan, Scene, error, remove, unusual};
use crate::flow::expected_traffic;
use crate::view::{ConnectionQuery, PortSpec, Protocol, Verdict};

/// The name of an `Expectation` that is new.
const NAME: &str = "seen";

impl Scene<'_> {
    /// Adds an expected connection: to the last list of them, or as a new `Expectation`.
    pub(super) fn expect(&self, connection: &ConnectionQuery, verdict: Verdict) -> Plan {
        let item = item(connection, verdict);
        if self.expects(connection) {
            return Err(error(
                format!("an expectation about {} already exists", in_words(connection)),
                "change its verdict in the manifests",
            ));
        }
        if let Some((index, edit)) = self.add_to_list(&item) {
            let mut node = self.manifests.all[index].node.clone();
            let added = parse(FileId(0), &item).documents.into_iter().next();
            if let Some(added) = added {
                manifest::push(&mut node, &["spec", "connections"], added.root);
            }
            let changed = [(index, Some(node))].into_iter().gather();
            return Ok((vec![edit], Changes { changed, added: 0 }));
        }
        self.append(&[format!(
            "apiVersion: netpol/v1\nkind: Expectation\nmetadata:\n  name: {NAME}\nspec:\n  connections:\n  - {item}\n"
        )])
    }

    /// Takes one expected connection out of its list, and the manifest with it if it is the only one.
    pub(super) fn unexpect(
        &self,
        name: &str,
        connection: &ConnectionQuery,
        verdict: Verdict,
    ) -> Plan {
        let found = self.objects.expectations.iter().filter(|it| it.meta.name == name).find_map(
            |expectation| {
                let all = &expectation.connections;
                let is_it = |it: &ExpectedConnection| {
                    is_about(it, connection) && Verdict::from(it.verdict) == verdict
                };
                all.iter().position(is_it).map(|at| (expectation, all[at].span))
            },
        );
        let Some((expectation, span)) = found else {
            return Err(error(
                format!("`{name}` expects nothing of {}", in_words(connection)),
                "it may have been changed meanwhile",
            ));
        };
        let (index, node) = self.manifest(expectation.meta.span)?;
        let list = node.get("spec").and_then(|spec| spec.get("connections")).ok_or_else(unusual)?;
        let items = list.as_sequence().ok_or_else(unusual)?;
        let place = items.iter().position(|item| item.span == span).ok_or_else(unusual)?;
        if items.len() == 1 {
            return self.remove_manifests(Changes { changed: [(index, None)].into(), added: 0 });
        }
        let text = self.sources.get(span.file).text();
        let removed = if text.get(list.span.range()).is_some_and(|list| list.starts_with('[')) {
            let spans: Vec<Span> = items.iter().map(|item| item.span).collect();
            let gone: Vec<bool> = (0..items.len()).map(|at| at == place).collect();
            remove::from_flow(&spans, &gone)
        } else {
            vec![remove::block_item(text, &items[place])?]
        };
        let mut expected = node.clone();
        manifest::take(&mut expected, &["spec", "connections"], place);
        let changed = [(index, Some(expected))].into();
        Ok((removed.into_iter().map(removal).collect(), Changes { changed, added: 0 }))
    }

    /// Whether the connection is expected to be something already.
    fn expects(&self, connection: &ConnectionQuery) -> bool {
        let mut expected = self.objects.expectations.iter().flat_map(|it| &it.connections);
        expected.any(|it| is_about(it, connection))
    }

    /// The edit that adds an item to the last list of connections that is written in lines.
    fn add_to_list(&self, item: &str) -> Option<(usize, TextEdit)> {
        let manifests = self.manifests.all.iter().enumerate().rev();
        let of_kind = |node: &Node| node.get("kind").and_then(Node::as_str) == Some("Expectation");
        let (index, found) = manifests.into_iter().find(|(_, it)| of_kind(it.node))?;
        let list = found.node.get("spec")?.get("connections")?;
        let final_item = list.as_sequence()?.last()?;
        let span = final_item.span;
        let text = self.sources.get(span.file).text();
        let (start, end) = (span.start as usize, span.end as usize);
        let before = text.get(line_start(text, start)..start)?;
        let is_own_line = before.trim_start_matches(' ').strip_prefix("- ")?.trim().is_empty();
        if !is_own_line || matches!(final_item.value, Value::Null) {
            return None;
        }
        let at = next_line(text, end.saturating_sub(1));
        let break_before = if text.get(..at)?.ends_with('\n') { "" } else { "\n" };
        let span = Span::new(span.file, at, at);
        Some((index, TextEdit { span, text: format!("{break_before}{before}{item}\n") }))
    }
}

fn is_about(expected: &ExpectedConnection, connection: &ConnectionQuery) -> bool {
    let ConnectionQuery { from, to, port, protocol } = connection;
    expected.from.to_string() == *from
        && expected.to.to_string() == *to
        && expected_traffic(expected) == (port.clone(), *protocol)
}

fn in_words(connection: &ConnectionQuery) -> String {
    let ConnectionQuery { from, to, port, protocol } = connection;
    format!("`{from}` to `{to}` on {port}/{protocol}")
}

/// The connection as an item of the list.
fn item(connection: &ConnectionQuery, verdict: Verdict) -> String {
    let ConnectionQuery { from, to, port, protocol } = connection;
    let port = match port {
        PortSpec::None => String::new(),
        PortSpec::Number(number) => format!(", port: {number}"),
        PortSpec::Name(name) => format!(", port: {}", scalar(name)),
    };
    let protocol = match protocol {
        Protocol::Tcp => String::new(),
        other => format!(", protocol: {other}"),
    };
    format!("{{from: {}, to: {}{port}{protocol}, verdict: {verdict}}}", scalar(from), scalar(to))
}
