//! What holds for every picture.

use std::fs;

use crate::fixtures::{BOOKSTORE, CHOSEN, ODD, read};
use crate::{Options, scene, svg};

#[test]
fn look() {
    let thirty = thirty();
    let dense = dense();
    let all = [
        ("chosen", CHOSEN),
        ("bookstore", BOOKSTORE),
        ("odd", ODD),
        ("thirty", &thirty),
        ("dense", &dense),
    ];
    for (name, text) in all {
        for width in [960, 390] {
            let (topology, flows) = read(text);
            let scene = scene(&topology, &flows, Options { width });
            fs::write(format!("/tmp/dgm/look/{name}-{width}.svg"), svg(&scene)).unwrap();
        }
    }
}

/// Thirty pods in six namespaces, with long names.
fn thirty() -> String {
    let teams = [
        "web-frontends",
        "checkout",
        "recommendation-platform",
        "data",
        "observability-monitoring",
        "kube-system",
    ];
    let parts = ["gateway", "api", "order-reconciliation-worker", "cache", "postgresql-primary"];
    let mut text = String::new();
    for team in teams {
        text += &format!("namespace {team} ingress\n");
        for part in parts {
            text += &format!("deployment {team}/{team}-{part} ingress x2 app={part} team={team}\n");
        }
        for (from, to) in [(0, 1), (1, 2), (1, 3), (2, 4)] {
            let (from, to) = (parts[from], parts[to]);
            text += &format!("flow {team}/{team}-{from} > {team}/{team}-{to} 8080/TCP allowed\n");
        }
    }
    for (from, to) in [(0, 1), (0, 2), (1, 3), (2, 3), (1, 5), (2, 5)] {
        let (from, to) = (teams[from], teams[to]);
        text += &format!("flow {from}/{from}-api > {to}/{to}-gateway 443/TCP allowed\n");
        text += &format!(
            "flow {from}/{from}-api > {to}/{to}-postgresql-primary 5432/TCP denied ingress\n"
        );
    }
    text
}

/// Everybody to everybody.
fn dense() -> String {
    let pods = ["a/one", "a/two", "a/three", "b/four", "b/five", "b/six", "c/seven", "c/eight"];
    let mut text = String::from("namespace a\nnamespace b\nnamespace c\n");
    for pod in pods {
        text += &format!("pod {pod} ingress app={pod}\n");
        for other in pods {
            let verdict = if pod < other { "allowed" } else { "denied ingress" };
            text += &format!("flow {pod} > {other} 80/TCP {verdict}\n");
        }
    }
    text
}
