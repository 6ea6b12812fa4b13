//! Who can reach whom as the source of a picture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};

use netpol_sort::Gather;

use super::reach::ports;
use crate::view::{Connectivity, Peer};

/// A graph for Graphviz, as np-guard's netpol-analyzer writes it: a cluster for each namespace.
pub fn reach_dot(connectivity: &Connectivity) -> impl Display {
    fmt::from_fn(move |f| {
        writeln!(f, "digraph {{")?;
        let namespaces: BTreeSet<&str> =
            connectivity.peers.iter().filter_map(|peer| peer.namespace.as_deref()).gather();
        for namespace in namespaces {
            dot_cluster(f, connectivity, namespace)?;
        }
        for peer in connectivity.peers.iter().filter(|peer| peer.namespace.is_none()) {
            let id = dot_text(&peer.id);
            writeln!(f, "\t\"{id}\" [label=\"{id}\" color=\"red2\" fontcolor=\"red2\"]")?;
        }
        for (from, to, set) in connectivity.rows() {
            let (from, to) = (dot_text(&from.id), dot_text(&to.id));
            // The heavier of the two edges between a pair decides who is drawn first.
            let weight = if from > to { "1" } else { "0.5" };
            writeln!(
                f,
                "\t\"{from}\" -> \"{to}\" [label=\"{}\" color=\"gold2\" fontcolor=\"darkgreen\" weight={weight}]",
                ports(set)
            )?;
        }
        writeln!(f, "}}")
    })
}

fn dot_cluster(f: &mut Formatter<'_>, graph: &Connectivity, name: &str) -> fmt::Result {
    let namespace = dot_text(name);
    writeln!(f, "\tsubgraph \"cluster_{}[namespace]\" {{", namespace.replace('-', "_"))?;
    writeln!(f, "\t\tcolor=\"black\"\n\t\tfontcolor=\"black\"")?;
    for peer in graph.peers.iter().filter(|peer| peer.namespace.as_deref() == Some(name)) {
        let (id, label) = (dot_text(&peer.id), dot_text(label(peer)));
        writeln!(f, "\t\t\"{id}\" [label=\"{label}\" color=\"blue\" fontcolor=\"blue\"]")?;
    }
    writeln!(f, "\t\tlabel=\"{namespace}[namespace]\"\n\t}}")
}

/// A text between quotation marks in Graphviz' language.
fn dot_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The name inside the namespace.
fn label(peer: &Peer) -> &str {
    match (&peer.namespace, peer.id.split_once('/')) {
        (Some(_), Some((_, name))) => name,
        _ => &peer.id,
    }
}

/// A flowchart for Mermaid, which many code hosts draw inside Markdown: a subgraph for each
/// namespace.
pub fn reach_mermaid(connectivity: &Connectivity) -> impl Display {
    fmt::from_fn(move |f| {
        writeln!(f, "flowchart LR")?;
        let mut namespaces: BTreeMap<Option<&str>, Vec<(usize, &Peer)>> = BTreeMap::new();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, peer) in connectivity.peers.iter().enumerate() {
            namespaces.entry(peer.namespace.as_deref()).or_default().push((number, peer));
            numbers.insert(&peer.id, number);
        }
        for (index, (namespace, peers)) in namespaces.into_iter().enumerate() {
            let indent = if namespace.is_some() { "    " } else { "  " };
            if let Some(namespace) = namespace {
                writeln!(f, "  subgraph s{index}[\"{}\"]", mermaid_text(namespace))?;
            }
            for (number, peer) in peers {
                writeln!(f, "{indent}n{number}[\"{}\"]", mermaid_text(label(peer)))?;
            }
            if namespace.is_some() {
                writeln!(f, "  end")?;
            }
        }
        for (from, to, set) in connectivity.rows() {
            let number = |peer: &Peer| numbers.get(peer.id.as_str()).copied().unwrap_or_default();
            writeln!(f, "  n{} -->|\"{}\"| n{}", number(from), ports(set), number(to))?;
        }
        Ok(())
    })
}

/// A text between quotation marks in Mermaid's language: what would end it, or is HTML or Markdown,
/// by its number.
fn mermaid_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '<' | '>' | '&' | '#' | '`' | '|' | '\\' => {
                out.extend(["#", &u32::from(c).to_string(), ";"]);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Connection;

    /// Names that no API server takes, but a text can hold.
    fn hostile() -> Connectivity {
        let peer = |namespace: Option<&str>, id: &str| Peer {
            id: id.to_owned(),
            namespace: namespace.map(str::to_owned),
        };
        Connectivity {
            peers: vec![
                peer(Some("a\"];b"), "a\"];b/<script>alert(1)</script>`#|[Pod]"),
                peer(None, "external/\\\""),
            ],
            port_sets: vec![vec!["TCP/80".to_owned()]],
            connections: vec![Connection { from: 0, to: 1, ports: 0 }],
            undecided: 0,
        }
    }

    #[test]
    fn no_name_ends_a_text_of_mermaid_or_is_html() {
        let text = reach_mermaid(&hostile()).to_string();
        expect_test::expect![[r##"
            flowchart LR
              n1["external/#92;#quot;"]
              subgraph s1["a#quot;];b"]
                n0["#60;script#62;alert(1)#60;/script#62;#96;#35;#124;[Pod]"]
              end
              n0 -->|"TCP 80"| n1
        "##]]
        .assert_eq(&text);
    }

    #[test]
    fn no_name_ends_a_text_of_graphviz() {
        let text = reach_dot(&hostile()).to_string();
        for line in text.lines() {
            let bare = line.replace("\\\\", "").replace("\\\"", "");
            assert_eq!(bare.matches('"').count() % 2, 0, "{line}");
        }
        assert!(text.contains(r#"subgraph "cluster_a\"];b[namespace]" {"#), "{text}");
    }
}
