//! Verdicts and answers as a person reads them; each has a word and a sign, never only a colour.

use netpol::view::{Answer, ConnectionQuery, Direction, FoldedCell, Protocol, Severity, Verdict};

use crate::measure;

/// A text may have so many megabytes; `web/editor/src/editor.ts` holds it to that.
pub const TEXT_MB: u32 = 32;

/// The sign of a verdict.
pub fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "✓",
        Verdict::Denied => "✕",
        Verdict::ImplementationDefined => "?",
        Verdict::NotApplicable => "–",
        Verdict::Mixed => "±",
    }
}

/// A sentence with a capital: the engine writes them in lower case, so that they can stand anywhere.
pub fn capital(sentence: &str) -> String {
    let mut sentence = sentence.to_owned();
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// A verdict as a person says it.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::Denied => "denied",
        Verdict::ImplementationDefined => "depends on the plugin",
        Verdict::NotApplicable => "nothing to judge",
        Verdict::Mixed => "mixed",
    }
}

/// The sign of an answer.
pub fn answer_sign(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "✓",
        Answer::No => "✕",
        Answer::Depends => "?",
    }
}

/// The class and data value of an answer.
pub fn answer_name(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Depends => "depends",
    }
}

/// The word for a finding's severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// An endpoint without what goes without saying: `service:shop/web` is `web`.
pub fn short(endpoint: &str) -> &str {
    endpoint.rsplit_once('/').map_or(endpoint, |(_, name)| name)
}

/// A connection in a few words: `storefront to catalog on 8080/TCP`.
pub fn connection(query: &ConnectionQuery) -> String {
    let ConnectionQuery { from, to, port, protocol } = query;
    format!("{} to {} on {port}/{protocol}", short(from), short(to))
}

/// Where a denied connection stops.
pub fn stops(stops_at: &[Direction]) -> Option<&'static str> {
    match (stops_at.contains(&Direction::Egress), stops_at.contains(&Direction::Ingress)) {
        (true, true) => Some("at both ends"),
        (true, false) => Some("leaving the sender"),
        (false, true) => Some("entering the receiver"),
        (false, false) => None,
    }
}

/// Ports in a few characters: `8080, 53/UDP`, or `all ports`.
pub fn ports(ports: &[String]) -> String {
    let whole = |protocol: &Protocol| ports.contains(&format!("{protocol}/*"));
    if Protocol::ALL.iter().all(whole) { "all ports".to_owned() } else { ports.join(", ") }
}

/// A cell of the matrix as a sentence for those who do not see it.
pub fn cell(from: &str, to: &str, cell: &FoldedCell) -> String {
    let mut text = format!("{from} to {to}: {}", word(cell.verdict));
    if cell.pairs > 1 {
        let pairs = format!(", {} of {} pairs allowed", cell.allowed, cell.pairs);
        text.push_str(&pairs);
    }
    if !cell.ports.is_empty() {
        text.push_str(", ");
        text.push_str(&ports(&cell.ports));
    }
    if let Some(stops) = stops(&cell.stops_at) {
        text.push_str(", stops ");
        text.push_str(stops);
    }
    text
}

/// So many ports of a cell are named.
const PORTS: usize = 3;

/// What a cell says beside its sign: the ports, or how many of its pairs are allowed.
pub fn cell_figures(cell: &FoldedCell) -> String {
    match cell.ports.as_slice() {
        _ if cell.verdict == Verdict::Mixed && cell.pairs > 1 => {
            format!("{}/{}", cell.allowed, cell.pairs)
        }
        some if some.len() <= PORTS => ports(some),
        many if ports(many).len() < 12 => ports(many),
        many => count(many.len(), "port", "ports"),
    }
}

/// What is said when nothing is opened.
pub const NO_MANIFESTS: &str =
    "There is no manifest in it: files that end in .yaml, .yml or .json are opened.";

/// What is said of a text that is too large to be taken.
pub fn too_large(bytes: f64) -> String {
    let megabytes = measure::written((bytes / f64::from(1 << 20)).round());
    format!(
        "{megabytes} MB are more than the page can hold ({TEXT_MB} MB), so nothing was changed. Leave out \
         what policies do not look at, such as ConfigMaps and Secrets, or use the command `netpol`."
    )
}

/// What is said when the browser keeps the clipboard or its files to itself.
pub fn not_taken(reason: &str) -> String {
    format!("The browser does not do it: {}.", reason.trim_end_matches('.'))
}

/// `1 pod`, `2 pods`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_lose_their_namespace() {
        for (id, name) in [
            ("shop/web", "web"),
            ("service:shop/web", "web"),
            ("external/office", "office"),
            ("203.0.113.7", "203.0.113.7"),
        ] {
            assert_eq!(short(id), name);
        }
    }

    #[test]
    fn every_port_of_every_protocol_is_all_ports() {
        let text = |list: &[&str]| ports(&list.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(text(&["TCP/*", "UDP/*", "SCTP/*"]), "all ports");
        assert_eq!(text(&["8080", "53/UDP"]), "8080, 53/UDP");
    }

    #[test]
    fn cells_can_be_read_aloud() {
        let denied = FoldedCell {
            verdict: Verdict::Denied,
            stops_at: vec![Direction::Egress, Direction::Ingress],
            ..FoldedCell::default()
        };
        assert_eq!(cell("web", "db", &denied), "web to db: denied, stops at both ends");
        let mixed = FoldedCell {
            verdict: Verdict::Mixed,
            ports: vec!["80".to_owned()],
            pairs: 12,
            allowed: 3,
            ..FoldedCell::default()
        };
        assert_eq!(cell("a", "b", &mixed), "a to b: mixed, 3 of 12 pairs allowed, 80");
        assert_eq!(cell_figures(&mixed), "3/12");
    }
}
