use expect_test::{Expect, expect};
use netpol_syntax::{Document, FileId, Severity, parse};

use crate::decode::{Rules, problems};
use crate::documents::Manifest;
use crate::kind::Kind;
use crate::testing::{documents, read, read_clean, render};
use crate::{KubernetesVersion, decode};

/// The errors about a policy in the server's order.
fn errors(policy: &Document, version: &str) -> Vec<String> {
    let version = KubernetesVersion::parse(version).unwrap();
    let manifest = Manifest { kind: Kind::NetworkPolicy, object: &policy.root };
    let rules = Rules { version, ..Rules::default() };
    let problems = problems(&manifest, rules).into_iter();
    problems.filter(|it| it.severity == Severity::Error).map(|it| it.message).collect()
}

#[test]
fn texts_and_order_are_those_of_kubernetes() {
    let text = include_str!("../../testdata/captured-validation.yaml");
    let cases: Vec<_> = text.split("---\n").collect();
    assert_eq!(cases.len(), 9);
    for case in cases {
        let wanted = |prefix| case.lines().filter_map(move |line| line.strip_prefix(prefix));
        let policy = parse(FileId(0), case).documents.remove(0);
        let mut strict = errors(&policy, "1.36");
        if strict.iter().any(|message| message.starts_with("unknown field")) {
            // The server sees the keys sorted.
            strict.sort();
        }
        assert_eq!(strict, wanted("#= ").collect::<Vec<_>>(), "{case}");
        let old: Vec<_> = wanted("#< ").collect();
        if !old.is_empty() {
            assert_eq!(errors(&policy, "1.32"), old, "{case}");
        }
    }
}

#[test]
fn verdicts_agree_with_the_unit_tests_of_kubernetes() {
    let text = include_str!("../../testdata/kubernetes-validation.yaml");
    let cases = documents(text).remove(0).root;
    let cases = cases.as_sequence().unwrap();
    assert_eq!(cases.len(), 42);
    for case in cases {
        let policy = case.get("policy").unwrap().clone();
        let (objects, findings) = decode(&[Document { span: policy.span, root: policy }]);
        let is_valid = case.get("valid").unwrap().value == netpol_syntax::Value::Bool(true);
        assert_eq!(!objects.policies[0].rejected, is_valid, "{case:?}\n{findings:?}");
    }
}

#[test]
fn a_dump_of_a_real_cluster_has_nothing_wrong() {
    let objects = read_clean(include_str!("../../testdata/dump.yaml"));
    assert_eq!(objects.pods.len(), 1);
    assert_eq!(objects.workloads.len(), 6);
    assert_eq!((objects.services.len(), objects.nodes.len(), objects.policies.len()), (1, 1, 1));
    assert_eq!(objects.nodes[0].addresses.len(), 2);
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    let (_, findings) = read(text);
    expected.assert_eq(&render(text, &findings));
}

const POLICY: &str = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n";

#[test]
fn every_message_has_a_place_and_a_remedy() {
    check(
        &format!("{POLICY}metadata: {{}}\n"),
        &expect![[r#"
        3:11 error invalid-name `{}`
          metadata.name: Required value: name or generateName is required
          help: write `metadata: {name: NAME}`
    "#]],
    );
}

#[test]
fn selectors() {
    let text = format!(
        "{POLICY}metadata: {{name: x}}
spec:
  podSelector:
    matchLabels: {{a/b/c: x, -bad: v v, '': 'y', Prefix.com/n: ok, /n: z, app: ''}}
    matchExpressions:
    - {{key: a, operator: In}}
    - {{key: a, operator: Exists, values: [x]}}
    - {{key: a, operator: in, values: [x]}}
    - {{operator: NotIn, values: [x y, ok]}}
"
    );
    check(
        &text,
        &expect![[r#"
        6:19 error invalid-label `a/b/c`
          spec.podSelector.matchLabels: Invalid value: "a/b/c": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')
          help: write a key such as `app` or `example.com/app`
        6:29 error invalid-label `-bad`
          spec.podSelector.matchLabels: Invalid value: "-bad": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
          help: write a key such as `app` or `example.com/app`
        6:35 error invalid-label `v v`
          spec.podSelector.matchLabels: Invalid value: "v v": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
          help: write letters, digits, `-`, `_` and `.`, at most 63 of them
        6:40 error invalid-label `''`
          spec.podSelector.matchLabels: Invalid value: "": name part must be non-empty
          help: write a key such as `app` or `example.com/app`
        6:40 error invalid-label `''`
          spec.podSelector.matchLabels: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
          help: write a key such as `app` or `example.com/app`
        6:49 error invalid-label `Prefix.com/n`
          spec.podSelector.matchLabels: Invalid value: "Prefix.com/n": prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
          help: write a key such as `app` or `example.com/app`
        6:67 error invalid-label `/n`
          spec.podSelector.matchLabels: Invalid value: "/n": prefix part must be non-empty
          help: write a key such as `app` or `example.com/app`
        8:7 error invalid-selector `{key: a, operator: In}`
          spec.podSelector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'
          help: list at least one value, or use `Exists` or `DoesNotExist`
        9:42 error invalid-selector `[x]`
          spec.podSelector.matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'
          help: remove `values`, or use `In` or `NotIn`
        10:26 error invalid-selector `in`
          spec.podSelector.matchExpressions[2].operator: Invalid value: "in": not a valid selector operator
          help: write `In`, `NotIn`, `Exists` or `DoesNotExist`
        11:7 error invalid-label `{operator: NotIn, values: [x y, ok]}`
          spec.podSelector.matchExpressions[3].key: Invalid value: "": name part must be non-empty
          help: write a key such as `app` or `example.com/app`
        11:7 error invalid-label `{operator: NotIn, values: [x y, ok]}`
          spec.podSelector.matchExpressions[3].key: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
          help: write a key such as `app` or `example.com/app`
        11:34 error invalid-label `x y`
          spec.podSelector.matchExpressions[3].values[0]: Invalid value: "x y": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
          help: write letters, digits, `-`, `_` and `.`, at most 63 of them
    "#]],
    );
}

#[test]
fn warnings_of_blocks_depend_on_the_version() {
    let blocks = ["10.0.0.1/8", "010.0.0.0/8", "'::ffff:10.0.0.0/104'", "'FE80:0abc::/32'"];
    let blocks = blocks.map(|block| format!("  - to: [{{ipBlock: {{cidr: {block}}}}}]\n")).concat();
    let text = format!(
        "apiVersion: netpol/v1
kind: Settings
spec: {{kubernetesVersion: v1.34.1}}
---
{POLICY}metadata: {{name: x}}
spec:
  egress:
{blocks}"
    );
    check(
        &text,
        &expect![[r#"
        10:27 warning unusual-cidr `10.0.0.1/8`
          spec.egress[0].to[0].ipBlock.cidr: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)
          help: write `10.0.0.0/8`
        11:27 warning unusual-cidr `010.0.0.0/8`
          spec.egress[1].to[0].ipBlock.cidr: non-standard CIDR value "010.0.0.0/8" will be considered invalid in a future Kubernetes release: use "10.0.0.0/8"
          help: write `10.0.0.0/8`
        12:27 warning unusual-cidr `'::ffff:10.0.0.0/104'`
          spec.egress[2].to[0].ipBlock.cidr: non-standard CIDR value "::ffff:10.0.0.0/104" will be considered invalid in a future Kubernetes release: use "10.0.0.0/8"
          help: write `10.0.0.0/8`
        13:27 warning unusual-cidr `'FE80:0abc::/32'`
          spec.egress[3].to[0].ipBlock.cidr: IPv6 CIDR value "FE80:0abc::/32" should be in RFC 5952 canonical format ("fe80:abc::/32")
          help: write `fe80:abc::/32`
    "#]],
    );
}

#[test]
fn older_servers_have_other_words() {
    let policy =
        |spec: &str| documents(&format!("{POLICY}metadata: {{name: x}}\nspec: {spec}")).remove(0);
    let types = policy("{policyTypes: [Ingress, Egress, Ingress]}");
    let value = |version| errors(&types, version)[0].split(": ").nth(2).unwrap().to_owned();
    assert_eq!(value("1.33"), r#"[]networking.PolicyType{"Ingress", "Egress", "Ingress"}"#);
    assert_eq!(value("1.34"), r#"["Ingress","Egress","Ingress"]"#);

    let long = "a".repeat(64);
    let labels = policy(&format!("{{podSelector: {{matchLabels: {{a/b/c: x, z: {long}}}}}}}"));
    let texts = |version| errors(&labels, version).join("\n");
    for (version, key, unit) in [
        ("1.34", "a qualified name must", "63 characters"),
        ("1.35", "a valid label key must", "63 bytes"),
    ] {
        assert!(
            texts(version).contains(key) && texts(version).contains(unit),
            "{}",
            texts(version)
        );
    }
}

#[test]
fn metadata() {
    check(
        "apiVersion: v1
kind: Namespace
metadata: {name: a.b, labels: {team: red blue}}
---
apiVersion: v1
kind: Service
metadata: {name: Web_1, namespace: a_b}
spec: {ports: [{port: 0}, {port: 80, protocol: http, targetPort: '8080'}]}
---
apiVersion: v1
kind: Pod
metadata: {generateName: web-, generation: -1, annotations: {x y: z}}
spec:
  containers:
  - name: c
    ports: [{containerPort: 70000}, {name: Http, protocol: tcp}]
status: {podIP: 10.0.0.0/8, podIPs: [{ip: fe80::1}]}
",
        &expect![[r#"
            3:18 error invalid-name `a.b`
              metadata.name: Invalid value: "a.b": must not contain dots
              help: write lower case letters, digits and `-`
            3:38 error invalid-label `red blue`
              metadata.labels: Invalid value: "red blue": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
              help: write letters, digits, `-`, `_` and `.`, at most 63 of them
            7:18 error invalid-name `Web_1`
              metadata.name: Invalid value: "Web_1": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
              help: write lower case letters, digits and `-`
            7:36 error invalid-name `a_b`
              metadata.namespace: Invalid value: "a_b": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
              help: write lower case letters, digits and `-`
            8:23 error invalid-port `0`
              spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
              help: write a number from 1 to 65535
            8:48 error invalid-protocol `http`
              spec.ports[1].protocol: Unsupported value: "http": supported values: "TCP", "UDP", "SCTP"
              help: write one of `TCP`, `UDP`, `SCTP`
            8:66 error invalid-port `'8080'`
              spec.ports[1].targetPort: Invalid value: "8080": must contain at least one letter (a-z)
              help: remove the quotes: `targetPort: 8080`
            12:44 error invalid-metadata `-1`
              metadata.generation: Invalid value: -1: must be greater than or equal to 0
              help: remove `generation`: the API server counts it
            12:62 error invalid-metadata `x y`
              metadata.annotations: Invalid value: "x y": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
              help: write a key such as `example.com/note`
            16:29 error invalid-port `70000`
              spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive
              help: write a number from 1 to 65535
            16:37 error invalid-port `{name: Http, protocol: tcp}`
              spec.containers[0].ports[1].containerPort: Required value
              help: write a number from 1 to 65535
            16:44 error invalid-port `Http`
              spec.containers[0].ports[1].name: Invalid value: "Http": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
              help: write a name such as `http`
            16:60 error invalid-protocol `tcp`
              spec.containers[0].ports[1].protocol: Unsupported value: "tcp": supported values: "TCP", "UDP", "SCTP"
              help: write `TCP`
            17:17 error invalid-address `10.0.0.0/8`
              status.podIP: Invalid value: "10.0.0.0/8": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
              help: write a single address, without a prefix length
        "#]],
    );
}

#[test]
fn unknown_fields_are_dropped_where_the_settings_say_so() {
    let text = |mode: &str| {
        format!(
            "apiVersion: netpol/v1
kind: Settings
spec: {{fieldValidation: {mode}}}
---
{POLICY}metadata: {{name: x}}
spec: {{podSelector: {{app: web}}}}
"
        )
    };
    for (mode, is_rejected, severity) in [
        ("strict", true, Severity::Error),
        ("warn", false, Severity::Warning),
        ("ignore", false, Severity::Warning),
    ] {
        let (objects, findings) = read(&text(mode));
        assert_eq!(objects.policies[0].rejected, is_rejected, "{mode}");
        let said: Vec<_> = findings.iter().map(|it| (it.message.as_str(), it.severity)).collect();
        assert_eq!(said, [("unknown field \"spec.podSelector.app\"", severity)], "{mode}");
    }
    check(
        &text("Warn").replace("app: web", ""),
        &expect![[r#"
        3:25 error invalid-setting `Warn`
          spec.fieldValidation: Unsupported value: "Warn": supported values: "strict", "warn", "ignore"
          help: write `warn`
    "#]],
    );
}

#[test]
fn a_generated_name_must_be_right_too() {
    let fields = |prefix: &str| -> Vec<String> {
        let policy = format!("{POLICY}metadata: {{generateName: '{prefix}'}}");
        let errors = errors(&documents(&policy).remove(0), "1.36").into_iter();
        errors.map(|error| error.split(": a ").next().unwrap().to_owned()).collect()
    };
    let prefix = |text| format!("metadata.generateName: Invalid value: \"{text}\"");
    let name = |text| format!("metadata.name: Invalid value: \"{text}\"");
    assert_eq!(fields("web-"), [""; 0]);
    assert_eq!(fields("web"), [""; 0]);
    // The character before the hyphen is not looked at.
    assert_eq!(fields("web_-"), [name("web_-xxxxx")]);
    assert_eq!(fields("w_b-"), [prefix("w_b-"), name("w_b-xxxxx")]);
    assert_eq!(fields("é-"), [prefix("é-"), name("é-xxxxx")]);
    assert_eq!(fields("-"), [prefix("-"), name("-xxxxx")]);
    assert_eq!(fields(&"a".repeat(60)), [""; 0]);
}

#[test]
fn own_kinds_are_read_strictly_in_every_mode() {
    check(
        "apiVersion: netpol/v1
kind: Settings
spec: {fieldValidation: ignore, plugins: cilium}
",
        &expect![[r#"
            3:33 error unknown-field `plugins`
              unknown field "spec.plugins"
              help: did you mean `plugin`?
        "#]],
    );
}

#[test]
fn own_kinds() {
    check(
        "apiVersion: netpol/v1
kind: External
metadata: {name: office}
spec: {ip: 203.0.113.7/32, ips: [192.0.2.1, 192.0.2.2]}
---
apiVersion: netpol/v1
kind: External
metadata: {name: nowhere}
---
apiVersion: netpol/v1
kind: Expectation
metadata: {name: e}
spec:
  connections:
  - {from: web, to: 'service:a/b/c', port: 0, verdict: Allowed}
  - {to: external/x, protocol: icmp}
---
apiVersion: netpol/v1
kind: Settings
spec: {kubernetesVersion: '2', options: {hostNetworkPods: as-pods, icmp: undefined, denyStyle: refuse, clientIPForExternalTraffic: any}}
---
apiVersion: netpol/v1
kind: Settings
spec: {kubernetesVersion: 1.36, options: {ipBlockMatchesPods: maybe}}
",
        &expect![[r#"
            4:12 error invalid-address `203.0.113.7/32`
              spec.ip: Invalid value: "203.0.113.7/32": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
              help: write a single address, without a prefix length
            4:45 error invalid-address `192.0.2.2`
              spec.ips[1]: Invalid value: "192.0.2.2": there is another address of this family already
              help: write at most one IPv4 and one IPv6 address, or another External
            7:7 error invalid-address `External`
              spec.ip: Required value
              help: write an address, such as `ip: 203.0.113.7`
            15:12 error invalid-endpoint `web`
              spec.connections[0].from: Invalid value: "web": must name an end of a connection
              help: write `NAMESPACE/POD`, `NAMESPACE/WORKLOAD`, `service:NAMESPACE/NAME`, `external/NAME` or an address
            15:21 error invalid-endpoint `'service:a/b/c'`
              spec.connections[0].to: Invalid value: "service:a/b/c": must name an end of a connection
              help: write `NAMESPACE/POD`, `NAMESPACE/WORKLOAD`, `service:NAMESPACE/NAME`, `external/NAME` or an address
            15:44 error invalid-port `0`
              spec.connections[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
              help: write a number from 1 to 65535
            15:56 error invalid-verdict `Allowed`
              spec.connections[0].verdict: Unsupported value: "Allowed": supported values: "allowed", "denied", "implementation-defined", "not-applicable", "mixed"
              help: write `allowed`
            16:5 error invalid-endpoint `{to: external/x, protocol: icmp}`
              spec.connections[1].from: Required value
              help: write `NAMESPACE/POD`, `NAMESPACE/WORKLOAD`, `service:NAMESPACE/NAME`, `external/NAME` or an address
            16:5 error invalid-port `{to: external/x, protocol: icmp}`
              spec.connections[1].port: Required value
              help: write the port that the sender dials, by number or by name
            16:5 error invalid-verdict `{to: external/x, protocol: icmp}`
              spec.connections[1].verdict: Unsupported value: "": supported values: "allowed", "denied", "implementation-defined", "not-applicable", "mixed"
              help: write one of `allowed`, `denied`, `implementation-defined`, `not-applicable`, `mixed`
            16:32 error invalid-protocol `icmp`
              spec.connections[1].protocol: Unsupported value: "icmp": supported values: "TCP", "UDP", "SCTP", "ICMP"
              help: write `ICMP`
            19:7 warning duplicate-object `Settings`
              of several Settings the last counts
              help: rename or remove one of them
            20:27 error invalid-setting `'2'`
              spec.kubernetesVersion: Invalid value: "2": must be a Kubernetes version
              help: write a version such as `"1.36"`, in quotes
            20:59 error invalid-setting `as-pods`
              spec.options.hostNetworkPods: Unsupported value: "as-pods": supported values: "as-node", "as-pod"
              help: write one of `as-node`, `as-pod`
            20:96 error invalid-setting `refuse`
              spec.options.denyStyle: Unsupported value: "refuse": supported values: "drop", "reject"
              help: write one of `drop`, `reject`
            20:132 error invalid-setting `any`
              spec.options.clientIPForExternalTraffic: Unsupported value: "any": supported values: "replaced", "preserved", "both"
              help: write one of `replaced`, `preserved`, `both`
            24:27 error wrong-type `1.36`
              `spec.kubernetesVersion` must be text
              help: put what is written in quotes: without them it is the number 1.36
            24:63 error wrong-type `maybe`
              `spec.options.ipBlockMatchesPods` must be `true` or `false`
              help: write `true` or `false`
        "#]],
    );
}
