//! New manifests, and outside addresses.

use expect_test::expect;

use super::*;
use crate::view::{PortView, Protocol};

fn namespace(name: &str, new: &str) -> EditCommand {
    EditCommand::AddNamespace { name: name.into(), labels: labels(new) }
}

fn pod(namespace: &str, name: &str, new: &str, ports: Vec<PortView>) -> EditCommand {
    let (namespace, name) = (namespace.into(), name.into());
    EditCommand::AddPod { namespace, name, labels: labels(new), ports }
}

fn external(name: &str, addresses: &[&str]) -> EditCommand {
    let addresses = addresses.iter().map(ToString::to_string).collect();
    EditCommand::AddExternal { name: name.into(), addresses }
}

fn port(number: u16, protocol: Protocol, name: Option<&str>) -> PortView {
    PortView { number, protocol, name: name.map(str::to_owned) }
}

const TEXT: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n";

#[test]
fn new_manifests_go_to_the_end() {
    let ports = vec![port(8080, Protocol::Tcp, Some("http")), port(53, Protocol::Udp, None)];
    let mut text = run(TEXT, &pod("shop", "web.1", "app=web,on=", ports));
    text = run(&text, &pod("new", "b", "", Vec::new()));
    text = run(&text, &namespace("other", "env=1"));
    text = run(&text, &external("office", &["203.0.113.7", " 2001:DB8::7 "]));
    text = run(&text, &external("home", &["2001:db8::8"]));
    expect![[r#"
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: shop}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: web.1
          namespace: shop
          labels:
            app: web
            "on": ""
        spec:
          containers:
          - name: main
            image: registry.k8s.io/pause:3.10
            ports:
            - {name: http, containerPort: 8080}
            - {containerPort: 53, protocol: UDP}
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: new
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: b
          namespace: new
        spec:
          containers:
          - name: main
            image: registry.k8s.io/pause:3.10
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: other
          labels:
            env: "1"
        ---
        apiVersion: netpol/v1
        kind: External
        metadata:
          name: office
        spec:
          ips: [203.0.113.7, "2001:db8::7"]
        ---
        apiVersion: netpol/v1
        kind: External
        metadata:
          name: home
        spec:
          ip: "2001:db8::8"
    "#]]
    .assert_eq(&text);
}

#[test]
fn the_end_of_a_text_can_look_like_anything() {
    let added = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: new\n";
    let table = [
        ("", ""),
        ("# only a comment\n", "# only a comment\n"),
        ("a: 1", "a: 1\n---\n"),
        ("a: 1\n---\n", "a: 1\n---\n"),
        ("a: 1\n---\n# next", "a: 1\n---\n# next\n"),
        ("a: {b: 1\n", "a: {b: 1\n---\n"),
        ("a: |\n  b\n\n", "a: |\n  b\n\n---\n"),
        ("{\"a\": 1}", "{\"a\": 1}\n---\n"),
        ("a: 1\n...\n", "a: 1\n...\n---\n"),
        ("a: 1\n--- # end\n", "a: 1\n--- # end\n"),
    ];
    for (text, before) in table {
        assert_eq!(run(text, &namespace("new", "")), format!("{before}{added}"), "{text:?}");
    }
    let after = run("a: 1\r\n", &namespace("new", ""));
    assert_eq!(after, format!("a: 1\r\n---\r\n{}", added.replace('\n', "\r\n")));
}

#[test]
fn what_is_there_is_not_added_again() {
    let text = format!(
        "{TEXT}---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: team}}\n---\n\
         apiVersion: netpol/v1\nkind: External\nmetadata: {{name: office}}\nspec: {{ip: 203.0.113.7}}\n---\n\
         apiVersion: batch/v1\nkind: Job\nmetadata: {{name: tidy, namespace: shop}}\n"
    );
    let table = [
        (
            pod("shop", "a", "", Vec::new()),
            expect![[r#"
            pod `shop/a` exists already (choose another name, or change the one that is there)
        "#]],
        ),
        (
            pod("shop", "tidy", "", Vec::new()),
            expect![[r#"
            Job `shop/tidy` exists already (choose another name, or change the one that is there)
        "#]],
        ),
        (
            namespace("team", ""),
            expect![[r#"
            namespace `team` exists already (choose another name, or change the one that is there)
        "#]],
        ),
        (
            external("office", &["203.0.113.8"]),
            expect![[r#"
            outside address `office` exists already (choose another name, or change the one that is there)
        "#]],
        ),
    ];
    for (command, said) in table {
        check(&text, &command, &said);
    }
    // A namespace that was only inferred is not there yet.
    assert!(
        run(&text, &namespace("shop", "")).ends_with("kind: Namespace\nmetadata:\n  name: shop\n")
    );
}

#[test]
fn what_is_typed_is_checked() {
    let two = |a, b| vec![a, b];
    let table = [
        (
            namespace("My_Shop", ""),
            expect![[r#"
            `My_Shop` is not a valid name of a namespace (use lower case letters, digits and `-`, with a letter or digit at both ends; at most 63)
        "#]],
        ),
        (
            namespace("a.b", ""),
            expect![[r#"
            `a.b` is not a valid name of a namespace (use lower case letters, digits and `-`, with a letter or digit at both ends; at most 63)
        "#]],
        ),
        (
            pod("shop", "", "", Vec::new()),
            expect![[r#"
            `` is not a valid name of a pod (use lower case letters, digits, `-` and `.`, with a letter or digit at both ends)
        "#]],
        ),
        (
            pod("shop", "b", "", vec![port(0, Protocol::Tcp, None)]),
            expect![[r#"
            port 0 is not a valid port (use a number from 1 to 65535)
        "#]],
        ),
        (
            pod("shop", "b", "", vec![port(80, Protocol::Tcp, Some("80"))]),
            expect![[r#"
            `80` is not a valid name of a port (use lower case letters, digits and single `-` between them, with at least one letter; at most 15)
        "#]],
        ),
        (
            pod("shop", "b", "", two(port(80, Protocol::Tcp, None), port(80, Protocol::Tcp, None))),
            expect![[r#"
                port 80/TCP is there twice (remove one of the two)
            "#]],
        ),
        (
            pod(
                "shop",
                "b",
                "",
                two(port(1, Protocol::Tcp, Some("a")), port(2, Protocol::Tcp, Some("a"))),
            ),
            expect![[r#"
                two ports have the name `a` (give one of them another name)
            "#]],
        ),
        (
            external("x", &["10.0.0.0/8"]),
            expect![[r#"
            `10.0.0.0/8` is not an address (use an address like `203.0.113.7` or `2001:db8::7`, at most one of each family)
        "#]],
        ),
        (
            external("x", &["10.0.0.1", "10.0.0.2"]),
            expect![[r#"
            there are two addresses of one family (use an address like `203.0.113.7` or `2001:db8::7`, at most one of each family)
        "#]],
        ),
        (
            external("x", &[]),
            expect![[r#"
            an outside address needs an address (use an address like `203.0.113.7` or `2001:db8::7`, at most one of each family)
        "#]],
        ),
    ];
    for (command, said) in table {
        check(TEXT, &command, &said);
    }
}

#[test]
fn addresses_change_in_place() {
    let set = |addresses: &[&str]| EditCommand::SetAddresses {
        name: "office".into(),
        addresses: addresses.iter().map(ToString::to_string).collect(),
    };
    let table = [
        ("spec: {ip: 203.0.113.7}", &["203.0.113.8"][..], "spec: {ip: 203.0.113.8}"),
        ("spec:\n  ip: 203.0.113.7  # old", &["203.0.113.8"], "spec:\n  ip: 203.0.113.8  # old"),
        (
            "spec: {ip: 203.0.113.7}",
            &["203.0.113.8", "2001:db8::8"],
            "spec: {ips: [203.0.113.8, \"2001:db8::8\"]}",
        ),
        ("spec: {ips: [203.0.113.7]}", &["203.0.113.8"], "spec: {ips: [203.0.113.8]}"),
        (
            "spec:\n  ips:  # old\n  - 203.0.113.7\n  - 2001:db8::7",
            &["203.0.113.8"],
            "spec:\n  ips: [203.0.113.8]  # old",
        ),
        (
            "\"spec\": {\"ip\": \"203.0.113.7\"}",
            &["203.0.113.8"],
            "\"spec\": {\"ip\": 203.0.113.8}",
        ),
    ];
    for (before, addresses, after) in table {
        let text = |spec: &str| {
            format!("apiVersion: netpol/v1\nkind: External\nmetadata: {{name: office}}\n{spec}\n")
        };
        assert_eq!(run(&text(before), &set(addresses)), text(after));
    }
    check(
        TEXT,
        &set(&["203.0.113.8"]),
        &expect![[r#"
        there is no outside address `office` (add it first)
    "#]],
    );
}
