//! Expectations that are written down, and formatting.

use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::view::{ConnectionQuery, PortSpec, Protocol, Verdict};

fn expectation(port: u16) -> EditCommand {
    let connection = ConnectionQuery {
        from: "shop/web".to_owned(),
        to: "service:shop/db".to_owned(),
        port: PortSpec::Number(port),
        protocol: Protocol::Udp,
    };
    EditCommand::Expect { connection, verdict: Verdict::Denied }
}

#[test]
fn an_expectation_joins_the_last_list() {
    check(
        "kind: Expectation
apiVersion: netpol/v1
metadata: {name: a}
spec:
  connections:
    - {from: a/b, to: c/d, port: 1, verdict: allowed} # why
---
kind: Pod
",
        &expectation(53),
        &expect![[r#"
            kind: Expectation
            apiVersion: netpol/v1
            metadata: {name: a}
            spec:
              connections:
                - {from: a/b, to: c/d, port: 1, verdict: allowed} # why
                - {from: shop/web, to: "service:shop/db", port: 53, protocol: UDP, verdict: denied}
            ---
            kind: Pod
        "#]],
    );
}

fn crossed_out(port: u16) -> EditCommand {
    let EditCommand::Expect { connection, verdict } = expectation(port) else { unreachable!() };
    EditCommand::Unexpect { name: "a".to_owned(), connection, verdict }
}

const THREE: &str = "kind: Expectation
apiVersion: netpol/v1
metadata: {name: a}
spec:
  connections:
  # the first
  - {from: shop/web, to: service:shop/db, port: 1, protocol: UDP, verdict: denied}
  # the second
  - from: shop/web
    to: service:shop/db
    port: 2 # why
    protocol: UDP
    verdict: denied
  - {from: shop/web, to: service:shop/db, port: 3, protocol: UDP, verdict: denied}
";

#[test]
fn an_expectation_is_crossed_out() {
    check(
        THREE,
        &crossed_out(2),
        &expect![[r#"
        kind: Expectation
        apiVersion: netpol/v1
        metadata: {name: a}
        spec:
          connections:
          # the first
          - {from: shop/web, to: service:shop/db, port: 1, protocol: UDP, verdict: denied}
          - {from: shop/web, to: service:shop/db, port: 3, protocol: UDP, verdict: denied}
    "#]],
    );
    check(
        THREE,
        &crossed_out(3),
        &expect![[r#"
        kind: Expectation
        apiVersion: netpol/v1
        metadata: {name: a}
        spec:
          connections:
          # the first
          - {from: shop/web, to: service:shop/db, port: 1, protocol: UDP, verdict: denied}
          # the second
          - from: shop/web
            to: service:shop/db
            port: 2 # why
            protocol: UDP
            verdict: denied
    "#]],
    );
    check(
        THREE,
        &crossed_out(4),
        &expect![[r#"
        `a` expects nothing of `shop/web` to `service:shop/db` on 4/UDP (it may have been changed meanwhile)
    "#]],
    );
}

#[test]
fn an_expectation_is_crossed_out_of_a_list_in_brackets() {
    check(
        "{kind: Expectation, apiVersion: netpol/v1, metadata: {name: a}, spec: {connections: [
  {from: shop/web, to: 'service:shop/db', port: 1, protocol: UDP, verdict: denied},
  {from: shop/web, to: 'service:shop/db', port: 2, protocol: UDP, verdict: denied}]}}
",
        &crossed_out(2),
        &expect![[r#"
            {kind: Expectation, apiVersion: netpol/v1, metadata: {name: a}, spec: {connections: [
              {from: shop/web, to: 'service:shop/db', port: 1, protocol: UDP, verdict: denied}]}}
        "#]],
    );
}

#[test]
fn the_last_expectation_takes_its_manifest_along() {
    check(
        "kind: Pod
---
kind: Expectation
apiVersion: netpol/v1
metadata: {name: a}
spec:
  connections:
  - {from: shop/web, to: service:shop/db, port: 1, protocol: UDP, verdict: denied}
---
kind: Pod
",
        &crossed_out(1),
        &expect![[r#"
            kind: Pod
            ---
            kind: Pod
        "#]],
    );
}

#[test]
fn the_first_expectation_is_a_new_manifest() {
    check(
        "kind: Pod\n",
        &expectation(53),
        &expect![[r#"
        kind: Pod
        ---
        apiVersion: netpol/v1
        kind: Expectation
        metadata:
          name: seen
        spec:
          connections:
          - {from: shop/web, to: "service:shop/db", port: 53, protocol: UDP, verdict: denied}
    "#]],
    );
    let text = "kind: Expectation\nspec: {connections: [{from: a/b, to: c/d, port: 1, verdict: allowed}]}\n";
    check(
        text,
        &expectation(53),
        &expect![[r#"
        kind: Expectation
        spec: {connections: [{from: a/b, to: c/d, port: 1, verdict: allowed}]}
        ---
        apiVersion: netpol/v1
        kind: Expectation
        metadata:
          name: seen
        spec:
          connections:
          - {from: shop/web, to: "service:shop/db", port: 53, protocol: UDP, verdict: denied}
    "#]],
    );
}

#[test]
fn nothing_is_expected_twice() {
    let text = run("kind: Pod\n", &expectation(53));
    check(
        &text,
        &expectation(53),
        &expect![[r#"
        an expectation about `shop/web` to `service:shop/db` on 53/UDP already exists (change its verdict in the manifests)
    "#]],
    );
}

#[test]
fn lines_are_indented_as_kubectl_does() {
    check(
        "# first
kind:   NetworkPolicy
spec:
    podSelector:
        matchLabels:
            app: web # here
    ingress:
      -   from:
            # the shop
            - podSelector: {}
              namespaceSelector:
                  matchLabels: {a: b,
                      c: d}
          ports:
          -  port: 80
      - {}
    text: |
        kept
          as it is

    last: 1
---
a:
- - b
  -   - c
",
        &EditCommand::Format,
        &expect![[r#"
            # first
            kind:   NetworkPolicy
            spec:
              podSelector:
                matchLabels:
                  app: web # here
              ingress:
              - from:
                # the shop
                - podSelector: {}
                  namespaceSelector:
                    matchLabels: {a: b,
                        c: d}
                ports:
                - port: 80
              - {}
              text: |
                kept
                  as it is

              last: 1
            ---
            a:
            - - b
              - - c
        "#]],
    );
}

#[test]
fn what_cannot_be_moved_safely_stays() {
    check(
        "a:\n    b: 'x\n     y'\n    c: |2\n       d\n",
        &EditCommand::Format,
        &expect![[r#"
        every line is indented as it should be (nothing needs to be done)
    "#]],
    );
    check(
        "{\"a\":\n    1}\n",
        &EditCommand::Format,
        &expect![[r#"
        every line is indented as it should be (nothing needs to be done)
    "#]],
    );
    check(
        "a:\n  b: 1\n",
        &EditCommand::Format,
        &expect![[r#"
        every line is indented as it should be (nothing needs to be done)
    "#]],
    );
}

proptest! {
    #[test]
    fn formatting_keeps_the_meaning(lines in prop::collection::vec((0usize..7, "(- )?(- )?(a: |b:|c: [|]|d: \\{|\\}|# e|x|\\|)"), 0..9)) {
        let text: String = lines.iter().flat_map(|(indent, text)| [" ".repeat(*indent), text.clone(), "\n".to_owned()]).collect();
        let after = run(&text, &EditCommand::Format);
        if !after.starts_with("every line") {
            let roots = |text: &str| {
                parse(FileId(0), text).documents.into_iter().map(|it| it.root).collect::<Vec<_>>()
            };
            let (before, after) = (roots(&text), roots(&after));
            prop_assert_eq!(before.len(), after.len());
            for (before, after) in before.iter().zip(&after) {
                prop_assert!(crate::edit::manifest::same(before, after));
            }
        }
    }
}
