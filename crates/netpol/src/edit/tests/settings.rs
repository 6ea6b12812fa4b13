//! What the `Settings` name.

use expect_test::expect;

use super::*;

fn plugin(id: &str) -> EditCommand {
    EditCommand::SetPlugin { plugin: id.to_owned() }
}

fn option(name: &str, value: &str) -> EditCommand {
    EditCommand::SetOption { option: name.to_owned(), value: value.to_owned() }
}

#[test]
fn the_first_settings_are_a_new_manifest() {
    check(
        "kind: Pod\n",
        &plugin("cilium"),
        &expect![[r#"
        kind: Pod
        ---
        apiVersion: netpol/v1
        kind: Settings
        metadata:
          name: settings
        spec:
          plugin: cilium
    "#]],
    );
    check(
        "kind: Pod\n",
        &option("ipBlockMatchesPods", "true"),
        &expect![[r#"
        kind: Pod
        ---
        apiVersion: netpol/v1
        kind: Settings
        metadata:
          name: settings
        spec:
          options:
            ipBlockMatchesPods: true
    "#]],
    );
}

#[test]
fn a_value_is_written_where_the_settings_are() {
    let block = "kind: Pod
---
apiVersion: netpol/v1
kind: Settings
metadata: {name: settings}
spec:
  plugin: calico  # ours
  options:
    ipBlockMatchesPods: false
---
kind: Pod
";
    check(
        block,
        &plugin("cilium"),
        &expect![[r#"
        kind: Pod
        ---
        apiVersion: netpol/v1
        kind: Settings
        metadata: {name: settings}
        spec:
          plugin: cilium  # ours
          options:
            ipBlockMatchesPods: false
        ---
        kind: Pod
    "#]],
    );
    check(
        block,
        &option("ipBlockMatchesPods", "true"),
        &expect![[r#"
        kind: Pod
        ---
        apiVersion: netpol/v1
        kind: Settings
        metadata: {name: settings}
        spec:
          plugin: calico  # ours
          options:
            ipBlockMatchesPods: true
        ---
        kind: Pod
    "#]],
    );
    check(
        block,
        &option("icmp", "subject"),
        &expect![[r#"
        kind: Pod
        ---
        apiVersion: netpol/v1
        kind: Settings
        metadata: {name: settings}
        spec:
          plugin: calico  # ours
          options:
            ipBlockMatchesPods: false
            icmp: subject
        ---
        kind: Pod
    "#]],
    );
}

#[test]
fn a_value_is_written_as_the_settings_are() {
    let flow = "{apiVersion: netpol/v1, kind: Settings, spec: {plugin: calico}}\n";
    check(
        flow,
        &plugin("cilium"),
        &expect![[r#"
        {apiVersion: netpol/v1, kind: Settings, spec: {plugin: cilium}}
    "#]],
    );
    check(
        flow,
        &option("icmp", "subject"),
        &expect![[r#"
        {apiVersion: netpol/v1, kind: Settings, spec: {plugin: calico, options: {icmp: subject}}}
    "#]],
    );
    let json =
        "{\"apiVersion\": \"netpol/v1\", \"kind\": \"Settings\", \"spec\": {\"options\": {}}}\n";
    check(
        json,
        &option("icmp", "subject"),
        &expect![[r#"
        {"apiVersion": "netpol/v1", "kind": "Settings", "spec": {"options": {"icmp": "subject"}}}
    "#]],
    );
    check(
        json,
        &option("ipBlockMatchesNodes", "false"),
        &expect![[r#"
        {"apiVersion": "netpol/v1", "kind": "Settings", "spec": {"options": {"ipBlockMatchesNodes": false}}}
    "#]],
    );
    let bare = "apiVersion: netpol/v1\nkind: Settings\nmetadata:\n  name: settings\n";
    check(
        bare,
        &option("icmp", "subject"),
        &expect![[r#"
        apiVersion: netpol/v1
        kind: Settings
        metadata:
          name: settings
        spec: {options: {icmp: subject}}
    "#]],
    );
    let empty = "apiVersion: netpol/v1\nkind: Settings\nspec:\n";
    check(
        empty,
        &plugin("cilium"),
        &expect![[r#"
        apiVersion: netpol/v1
        kind: Settings
        spec: {plugin: cilium}
    "#]],
    );
}

#[test]
fn only_what_there_is_can_be_named() {
    check(
        "kind: Pod\n",
        &plugin("mine"),
        &expect![[r#"
        there is no network plugin `mine` (choose one of generic, calico, cilium, antrea, ovn-kubernetes, kube-router, kindnet, kindnet<0.24, flannel, aws-vpc-cni, gke-dpv2, aks-cilium)
    "#]],
    );
    check(
        "kind: Pod\n",
        &option("mine", "true"),
        &expect![[r#"
        there is no option `mine` (docs/semantics.md lists the options)
    "#]],
    );
    check(
        "kind: Pod\n",
        &option("icmp", "true"),
        &expect![[r#"
        the option `icmp` cannot be `true` (it is subject or always-allowed)
    "#]],
    );
    let anchored = "a: &a {plugin: calico}\n---\napiVersion: netpol/v1\nkind: Settings\nspec: *a\n";
    check(
        anchored,
        &plugin("cilium"),
        &expect![[r#"
        a: &a {plugin: calico}
        ---
        apiVersion: netpol/v1
        kind: Settings
        spec: *a
        ---
        apiVersion: netpol/v1
        kind: Settings
        metadata:
          name: settings
        spec:
          plugin: cilium
    "#]],
    );
}

fn version(version: &str) -> EditCommand {
    EditCommand::SetVersion { version: version.to_owned() }
}

#[test]
fn a_version_is_a_text() {
    check(
        "kind: Pod\n",
        &version("1.30"),
        &expect![[r#"
        kind: Pod
        ---
        apiVersion: netpol/v1
        kind: Settings
        metadata:
          name: settings
        spec:
          kubernetesVersion: "1.30"
    "#]],
    );
    let settings = "apiVersion: netpol/v1
kind: Settings
metadata: {name: settings}
spec:
  plugin: calico
  kubernetesVersion: 1.29 # ours
";
    check(
        settings,
        &version("1.30"),
        &expect![[r#"
            apiVersion: netpol/v1
            kind: Settings
            metadata: {name: settings}
            spec:
              plugin: calico
              kubernetesVersion: "1.30" # ours
        "#]],
    );
    check(
        settings,
        &version("newest"),
        &expect![[r#"
        `newest` is no Kubernetes version (a version is written like `1.36`)
    "#]],
    );
}
