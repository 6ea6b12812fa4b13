use expect_test::{Expect, expect};

use crate::testing::{read, render};

#[track_caller]
fn check(spec: &str, expected: &Expect) {
    let text = format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: x}}\nspec: {spec}\n"
    );
    let (objects, findings) = read(&text);
    assert!(objects.policies.iter().all(|policy| policy.rejected));
    expected.assert_eq(&render(&text, &findings));
}

/// The tail of the server's message for each wrong type, path and types as Go prints them.
#[test]
fn wrong_types_read_as_in_go() {
    let rows = [
        (
            "{podSelector: {matchLabels: {app: true}}}",
            "bool into Go struct field LabelSelector.spec.podSelector.matchLabels of type string",
        ),
        (
            "{podSelector: {matchLabels: {app: 1}}}",
            "number into Go struct field LabelSelector.spec.podSelector.matchLabels of type string",
        ),
        (
            "{ingress: [{ports: [{port: 80.5}]}]}",
            "number 80.5 into Go struct field NetworkPolicyPort.spec.ingress.ports.port of type int32",
        ),
        (
            "{ingress: [{ports: [{port: 99999999999}]}]}",
            "number 99999999999 into Go struct field NetworkPolicyPort.spec.ingress.ports.port of type int32",
        ),
        (
            "{ingress: [{ports: [{endPort: '90'}]}]}",
            "string into Go struct field NetworkPolicyPort.spec.ingress.ports.endPort of type int32",
        ),
        (
            "{ingress: {from: []}}",
            "object into Go struct field NetworkPolicySpec.spec.ingress of type []v1.NetworkPolicyIngressRule",
        ),
        (
            "{ingress: [{from: {podSelector: {}}}]}",
            "object into Go struct field NetworkPolicyIngressRule.spec.ingress.from of type []v1.NetworkPolicyPeer",
        ),
        (
            "{policyTypes: Ingress}",
            "string into Go struct field NetworkPolicySpec.spec.policyTypes of type []v1.PolicyType",
        ),
        (
            "{podSelector: app=web}",
            "string into Go struct field NetworkPolicySpec.spec.podSelector of type v1.LabelSelector",
        ),
        (
            "{ingress: [{from: [{ipBlock: {except: 10.1.0.0/16}}]}]}",
            "string into Go struct field IPBlock.spec.ingress.from.ipBlock.except of type []string",
        ),
        (
            "{podSelector: {matchExpressions: [{values: web}]}}",
            "string into Go struct field LabelSelectorRequirement.spec.podSelector.matchExpressions.values of type []string",
        ),
        (
            "{podSelector: {matchExpressions: {key: a}}}",
            "object into Go struct field LabelSelector.spec.podSelector.matchExpressions of type []v1.LabelSelectorRequirement",
        ),
        (
            "{podSelector: {matchLabels: [app, web]}}",
            "array into Go struct field LabelSelector.spec.podSelector.matchLabels of type map[string]string",
        ),
    ];
    for (spec, tail) in rows {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: x}}\nspec: {spec}"
        );
        let (_, findings) = read(&text);
        let messages: Vec<_> = findings.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, [format!("json: cannot unmarshal {tail}")], "{spec}");
        assert!(findings[0].help.is_some(), "{spec}");
    }
}

#[test]
fn advice_for_wrong_types() {
    check(
        "
  podSelector: app=web
  policyTypes: Ingress
  ingress:
    from: []
  egress:
  - ports:
    - {port: 80.5}
    - {port: true}
    - {port: 99999999999}
    - {endPort: '90', protocol: 6}
    to: [{podSelector: {matchLabels: {app: on, v: 1.5}}}, {podSelector: {matchLabels: [app, web]}}]",
        &expect![[r#"
            5:16 error wrong-type `app=web`
              json: cannot unmarshal string into Go struct field NetworkPolicySpec.spec.podSelector of type v1.LabelSelector
              help: write a selector: `podSelector: {matchLabels: {app: web}}`
            6:16 error wrong-type `Ingress`
              json: cannot unmarshal string into Go struct field NetworkPolicySpec.spec.policyTypes of type []v1.PolicyType
              help: `policyTypes` is a list: `policyTypes: [Ingress]`
            8:5 error wrong-type `from: []`
              json: cannot unmarshal object into Go struct field NetworkPolicySpec.spec.ingress of type []v1.NetworkPolicyIngressRule
              help: `ingress` is a list: start each of its items with `- `
            11:14 error wrong-type `80.5`
              json: cannot unmarshal number 80.5 into Go struct field NetworkPolicyPort.spec.egress.ports.port of type int32
              help: write a port's number or name
            12:14 error wrong-type `true`
              json: cannot unmarshal bool into Go struct field NetworkPolicyPort.spec.egress.ports.port of type int32
              help: write a port's number or name
            13:14 error wrong-type `99999999999`
              json: cannot unmarshal number 99999999999 into Go struct field NetworkPolicyPort.spec.egress.ports.port of type int32
              help: write a number between -2147483648 and 2147483647
            14:17 error wrong-type `'90'`
              json: cannot unmarshal string into Go struct field NetworkPolicyPort.spec.egress.ports.endPort of type int32
              help: remove the quotes: `endPort: 90`
            14:33 error wrong-type `6`
              json: cannot unmarshal number into Go struct field NetworkPolicyPort.spec.egress.ports.protocol of type v1.Protocol
              help: write `TCP`, `UDP` or `SCTP`
            15:44 error wrong-type `on`
              json: cannot unmarshal bool into Go struct field LabelSelector.spec.egress.to.podSelector.matchLabels of type string
              help: quote the value, as in `"true"`: without quotes YAML reads words such as `true`, `yes`, `on` and `y` as a boolean
            15:51 error wrong-type `1.5`
              json: cannot unmarshal number into Go struct field LabelSelector.spec.egress.to.podSelector.matchLabels of type string
              help: put what is written in quotes: without them it is the number 1.5
            15:87 error wrong-type `[app, web]`
              json: cannot unmarshal array into Go struct field LabelSelector.spec.egress.to.podSelector.matchLabels of type map[string]string
              help: `matchLabels` is a mapping: write `KEY: VALUE` pairs, without `- ` before them
        "#]],
    );
}

#[test]
fn a_wrong_type_hides_unknown_fields() {
    check(
        "{policyTypes: Ingress, podSelectr: {}}",
        &expect![[r#"
        4:21 error wrong-type `Ingress`
          json: cannot unmarshal string into Go struct field NetworkPolicySpec.spec.policyTypes of type []v1.PolicyType
          help: `policyTypes` is a list: `policyTypes: [Ingress]`
    "#]],
    );
}

#[test]
fn a_slip_of_the_pen() {
    check(
        "{PodSelector: {}, ingresss: [], policyType: [Ingress], egress: [{form: []}]}",
        &expect![[r#"
            4:8 error unknown-field `PodSelector`
              unknown field "spec.PodSelector"
              help: did you mean `podSelector`? Names of fields are case-sensitive
            4:25 error unknown-field `ingresss`
              unknown field "spec.ingresss"
              help: did you mean `ingress`?
            4:39 error unknown-field `policyType`
              unknown field "spec.policyType"
              help: did you mean `policyTypes`?
            4:72 error unknown-field `form`
              unknown field "spec.egress[0].form"
              help: remove `form`; known here: `ports`, `to`
        "#]],
    );
}

#[test]
fn a_field_in_the_wrong_place() {
    check(
        "
  podSelector: {app: web, matchLabel: {a: b}}
  matchLabels: {app: web}
  from: []
  ingress:
  - from:
    - podSelector:
      matchLabels: {app: web}
    - namespaceSelector: {}
      matchExpressions: []
    - ipBlock:
      cidr: 10.0.0.0/8
      except: []
    - podSelector: {}
      ports: [{port: 80}]
    - podSelector: {}
      port: 80
      protocol: TCP
    port: 80
    podSelector: {}
    to: []
    frobnicate: yes",
        &expect![[r#"
            5:17 error unknown-field `app`
              unknown field "spec.podSelector.app"
              help: put labels under `matchLabels`: `matchLabels: {app: web}`; where fields are not checked, this selector selects everything
            5:27 error unknown-field `matchLabel`
              unknown field "spec.podSelector.matchLabel"
              help: did you mean `matchLabels`?
            6:3 error unknown-field `matchLabels`
              unknown field "spec.matchLabels"
              help: indent `matchLabels` one level more: it belongs under `podSelector`
            7:3 error unknown-field `from`
              unknown field "spec.from"
              help: put `from` into an item of `ingress`: `ingress: [{from: ...}]`
            11:7 error unknown-field `matchLabels`
              unknown field "spec.ingress[0].from[0].matchLabels"
              help: indent `matchLabels` one level more: it belongs under `podSelector`
            13:7 error unknown-field `matchExpressions`
              unknown field "spec.ingress[0].from[1].matchExpressions"
              help: indent `matchExpressions` one level more: it belongs under `namespaceSelector` or `podSelector`
            15:7 error unknown-field `cidr`
              unknown field "spec.ingress[0].from[2].cidr"
              help: indent `cidr` one level more: it belongs under `ipBlock`
            16:7 error unknown-field `except`
              unknown field "spec.ingress[0].from[2].except"
              help: indent `except` one level more: it belongs under `ipBlock`
            18:7 error unknown-field `ports`
              unknown field "spec.ingress[0].from[3].ports"
              help: move `ports` one level out, beside `from`
            20:7 error unknown-field `port`
              unknown field "spec.ingress[0].from[4].port"
              help: put `port` into an item of `ports`, one level out, beside `from`
            21:7 error unknown-field `protocol`
              unknown field "spec.ingress[0].from[4].protocol"
              help: put `protocol` into an item of `ports`, one level out, beside `from`
            22:5 error unknown-field `port`
              unknown field "spec.ingress[0].port"
              help: put `port` into an item of `ports`: `ports: [{port: ...}]`
            23:5 error unknown-field `podSelector`
              unknown field "spec.ingress[0].podSelector"
              help: put `podSelector` into an item of `from`: `from: [{podSelector: ...}]`
            24:5 error unknown-field `to`
              unknown field "spec.ingress[0].to"
              help: did you mean `from`? `to` is for egress rules
            25:5 error unknown-field `frobnicate`
              unknown field "spec.ingress[0].frobnicate"
              help: remove `frobnicate`; known here: `from`, `ports`
        "#]],
    );
}

#[test]
fn lost_indentation() {
    let text = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
name: default-deny
namespace: shop
spec:
podSelector: {}
policyTypes: [Ingress]
";
    let (_, findings) = read(text);
    expect![[r#"
        4:1 error unknown-field `name`
          unknown field "name"
          help: indent `name`: it belongs under `metadata`; this text seems to have lost its indentation
        5:1 error unknown-field `namespace`
          unknown field "namespace"
          help: indent `namespace`: it belongs under `metadata`; this text seems to have lost its indentation
        7:1 error unknown-field `podSelector`
          unknown field "podSelector"
          help: indent `podSelector`: it belongs under `spec`; this text seems to have lost its indentation
        8:1 error unknown-field `policyTypes`
          unknown field "policyTypes"
          help: indent `policyTypes`: it belongs under `spec`; this text seems to have lost its indentation
    "#]].assert_eq(&render(text, &findings));
}

#[test]
fn status_of_a_policy_was_known_for_a_while() {
    let text = |version| {
        format!(
            "apiVersion: netpol/v1
kind: Settings
spec: {{kubernetesVersion: '{version}'}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: x}}
status: {{}}"
        )
    };
    assert!(read(&text("1.26")).1.is_empty());
    assert_eq!(read(&text("1.28")).1.len(), 1);
}
