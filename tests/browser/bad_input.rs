//! What cannot be right is said at its place, and the page stays as usable as before.

use std::fmt::Write;

use fantoccini::key::Key;

use crate::harness::{Page, Setup, visit};

/// Something that is right, behind something that is not.
const GOOD: &str = "
---
apiVersion: v1
kind: Namespace
metadata:
  name: good
---
apiVersion: v1
kind: Pod
metadata:
  name: bystander
  namespace: good
spec:
  containers:
  - name: main
    ports:
    - containerPort: 80
";

/// Pastes a text and looks for a finding that contains `part` and names `line`, with a sign beside
/// that line. Then the page must still do what is asked of it.
#[track_caller]
fn check(text: &str, severity: &str, part: &str, line: usize) {
    visit(Setup::USUAL, |page| {
        page.replace_all(text);
        let finding = page.finding(part);
        assert_eq!(finding.severity, severity, "{finding:?}");
        let place = format!("line {line}");
        assert!(finding.text.contains(&place), "{finding:?} is not at {place}");
        page.chord(&[Key::Control], char::from(Key::Home));
        page.until(&format!("a sign beside line {line}"), || {
            let signs = page.lines_with_sign(severity);
            let found = signs.contains(&line.to_string());
            if found { Ok(()) } else { Err(format!("there are signs beside {signs:?}")) }
        });
        expect_usable(page);
    });
}

/// What is added is judged, typing goes on, and another scenario is there at once.
#[track_caller]
fn expect_usable(page: &Page) {
    page.focus_editor();
    page.chord(&[Key::Control], char::from(Key::End));
    page.change(|| page.paste(GOOD));
    page.change(|| page.type_text("# typed on"));
    assert!(page.card_ids().contains(&"good/bystander".to_owned()), "{:?}", page.card_ids());
    assert!(page.whole_text().ends_with("# typed on"));
    page.choose_scenario("np-demo");
    assert_eq!(page.flows("np-demo/frontend", "np-demo/web").len(), 2);
}

#[test]
fn a_tab_as_indentation() {
    check("apiVersion: v1\nkind: Pod\nmetadata:\n\tname: web\n", "error", "tab", 4);
}

#[test]
fn a_snippet_that_lost_its_indentation() {
    check(
        "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
name: default-deny-all
namespace: default
spec:
podSelector: {}
policyTypes:
- Ingress
- Egress
",
        "error",
        "lost its indentation",
        4,
    );
}

#[test]
fn a_wrong_type() {
    check(
        "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
  - ports:
    - port: [80]
",
        "error",
        "port",
        9,
    );
}

#[test]
fn a_missing_kind() {
    check("apiVersion: v1\nmetadata:\n  name: web\n", "error", "kind", 1);
}

#[test]
fn a_pod_in_a_namespace_that_is_not_declared() {
    visit(Setup::USUAL, |page| {
        page.replace_all(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: nowhere\n",
        );
        let finding = page.finding("nowhere");
        assert!(finding.text.contains("line 5"), "{finding:?}");
        assert_eq!(page.card_ids(), ["nowhere/web"]);
        page.go_to("cluster");
        assert!(page.text("[data-testid=object][data-id=nowhere]").contains("inferred"));
        page.go_to("manifests");
        expect_usable(page);
    });
}

#[test]
fn a_policy_for_a_namespace_without_pods() {
    check(
        "apiVersion: v1
kind: Namespace
metadata:
  name: empty
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: nobody
  namespace: empty
spec:
  podSelector: {}
",
        "info",
        "no pods",
        10,
    );
}

#[test]
fn a_paste_of_two_megabytes() {
    let mut text = String::new();
    for i in 0.. {
        if text.len() > 2_000_000 {
            break;
        }
        write!(
            text,
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: filler-{i}\ndata:\n"
        )
        .unwrap();
        for j in 0..20 {
            writeln!(text, "  key-{j}: a value that has nothing to do with network policies")
                .unwrap();
        }
    }
    visit(Setup::USUAL, |page| {
        page.replace_all(&text);
        expect_usable(page);
    });
}

#[test]
fn a_text_that_is_no_manifest_at_all() {
    visit(Setup::USUAL, |page| {
        page.replace_all("{\"this\": [is, not: closed\n");
        let errors = page.findings().into_iter().filter(|finding| finding.severity == "error");
        assert_eq!(errors.count(), 1);
        // What was last good stays, and is said to be of an earlier text.
        page.wait_until_stale();
        assert!(page.card_ids().contains(&"bookstore/catalog".to_owned()));
        page.choose_scenario("np-demo");
        page.wait_until_ready();
        assert!(page.card_ids().contains(&"np-demo/web".to_owned()));
    });
}
