//! Pods for policies without any.

use expect_test::expect;
use netpol_model::decode;
use netpol_syntax::{FileId, parse};

use super::super::{EditCommand, Labels};
use super::run;

/// A policy with that `spec`, indented by two.
fn policy(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec:\n{spec}"
    )
}

#[track_caller]
fn added(text: &str, expected: &expect_test::Expect) {
    let after = run(text, &EditCommand::AddExamples);
    expected.assert_eq(after.strip_prefix(text).unwrap_or(&after));
}

#[test]
fn everybody_whom_a_policy_speaks_of_comes_and_somebody_else() {
    let text = policy(
        "api",
        r#"  podSelector: {matchLabels: {app: bookstore, role: api}}
  ingress:
  - from:
    - podSelector: {matchLabels: {app: bookstore}}
    - namespaceSelector: {matchLabels: {team: operations}}
      podSelector: {matchExpressions: [{key: type, operator: In, values: [monitoring, logs]}]}
    ports: [{port: 8080}, {port: metrics}]
  - from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.0/28]}}]
"#,
    );
    added(
        &text,
        &expect![[r#"
            ---
            apiVersion: v1
            kind: Namespace
            metadata:
              name: operations
              labels:
                team: operations
            ---
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: bookstore-api
              namespace: shop
              labels:
                app: bookstore
                role: api
            spec:
              containers:
              - name: main
                image: registry.k8s.io/pause:3.10
                ports:
                - {containerPort: 8080}
                - {name: metrics, containerPort: 8081}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: bookstore
              namespace: shop
              labels:
                app: bookstore
            spec:
              containers:
              - name: main
                image: registry.k8s.io/pause:3.10
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: monitoring
              namespace: operations
              labels:
                type: monitoring
            spec:
              containers:
              - name: main
                image: registry.k8s.io/pause:3.10
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: other
              namespace: shop
            spec:
              containers:
              - name: main
                image: registry.k8s.io/pause:3.10
            ---
            apiVersion: netpol/v1
            kind: External
            metadata:
              name: outside
            spec:
              ip: 203.0.113.16
        "#]],
    );
}

/// Who comes, in short: `namespace/pod{labels}:ports`, namespaces with their labels, addresses.
#[track_caller]
fn comes(text: &str, expected: &[&str]) {
    let after = run(text, &EditCommand::AddExamples);
    let Some(new) = after.strip_prefix(text) else { panic!("{after}") };
    let (objects, findings) = decode(&parse(FileId(0), new).documents);
    assert!(findings.is_empty(), "{findings:?}\n{new}");
    let labels = |labels: &Labels| {
        let labels: Vec<_> = labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
        if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(" ")) }
    };
    let namespaces = objects.namespaces.iter();
    let mut seen: Vec<String> =
        namespaces.map(|it| format!("{}{}", it.meta.name, labels(&it.meta.labels))).collect();
    seen.extend(objects.pods.iter().map(|pod| {
        let ports = pod.template.ports.iter();
        let ports = ports.map(|port| format!(":{}/{}", port.number, port.protocol));
        let (meta, template) = (&pod.meta, &pod.template);
        let ports = ports.collect::<String>().replace("/TCP", "");
        format!("{}/{}{}{ports}", meta.namespace, meta.name, labels(&template.labels))
    }));
    seen.extend(objects.externals.iter().map(|it| format!("{}", it.addresses[0])));
    assert_eq!(seen, expected);
}

#[test]
fn who_comes() {
    let deny = policy("deny", "  podSelector: {}\n");
    comes(&deny, &["elsewhere", "shop", "shop/pod:80", "shop/other", "elsewhere/other"]);
    // Whom nobody may dial listens, too.
    let kept_in = policy("kept-in", "  podSelector: {}\n  policyTypes: [Egress]\n");
    comes(&kept_in, &["elsewhere", "shop", "shop/pod:80", "shop/other:80", "elsewhere/other"]);
    // The cluster's DNS pods are there in every cluster.
    let dns = "  podSelector: {matchLabels: {app: web}}
  egress:
  - to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
      podSelector: {matchLabels: {k8s-app: kube-dns}}
    ports: [{port: 53, protocol: UDP}]
";
    let alone = ["elsewhere", "shop", "shop/web{app=web}:80", "shop/other:80", "elsewhere/other"];
    comes(&policy("dns", dns), &alone);
    // Who is dialled listens; a namespace has the name that is asked for; keys speak where values do not.
    let named = "  podSelector: {matchLabels: {'example.com/web': 'true'}}
  policyTypes: [Egress]
  egress:
  - to:
    - namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [data]}]}
    ports: [{port: 5432}, {port: 6000, endPort: 6010}, {port: 9, protocol: SCTP}]
  ingress:
  - from: [{podSelector: {matchLabels: {no: effect}}}]
";
    comes(
        &policy("named", named),
        &[
            "data",
            "shop",
            "shop/web{example.com/web=true}:80",
            "data/pod:5432:6000:9/SCTP",
            "shop/other:80",
        ],
    );
    // Everybody of other namespaces; a label that must not be there; addresses of both families.
    let others = "  podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}, {key: tier, operator: Exists}]}
  ingress:
  - from:
    - namespaceSelector: {}
    - ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/9]}
    - ipBlock: {cidr: 'fd00::/8'}
    - ipBlock: {cidr: 192.0.2.5/32}
    - ipBlock: {cidr: 192.0.2.8/32, except: []}
";
    comes(
        &policy("others", others),
        &[
            "elsewhere",
            "shop",
            "shop/tier{tier=true}:80",
            "shop/other",
            "elsewhere/other",
            "10.128.0.0",
            "fd00::1",
            "192.0.2.5",
            "192.0.2.8",
        ],
    );
}

/// A namespace that comes for one policy may be what a policy before it means.
#[test]
fn who_comes_for_one_policy_counts_for_all() {
    let first = "  podSelector: {}
  egress:
  - to:
    - namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop, x]}]}
      podSelector: {matchLabels: {app: web}}
";
    let second = "  podSelector: {}
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {team: x}}
      podSelector: {matchLabels: {app: db}}
";
    comes(
        &[policy("first", first), policy("second", second)].join("---\n"),
        &["shop", "x{team=x}", "shop/pod:80", "x/db{app=db}", "x/web{app=web}:80", "shop/other:80"],
    );
}

#[test]
fn nobody_comes_twice_or_for_nothing() {
    let refusal = |text: &str| run(text, &EditCommand::AddExamples);
    let all = policy(
        "all",
        "  podSelector: {matchLabels: {app: web}}\n  ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]\n",
    );
    let after = run(&all, &EditCommand::AddExamples);
    let again = "everyone whom the policies speak of is there (add a pod of your own to try something else)\n";
    assert_eq!(refusal(&after), again);
    // Nobody can be selected, and the namespace has somebody.
    let nobody = "  podSelector: {matchExpressions: [{key: app, operator: Exists}, {key: app, operator: DoesNotExist}]}\n---\n\
        {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: main, image: x}]}}\n";
    assert_eq!(refusal(&policy("nobody", nobody)), again);
    let none = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    assert_eq!(refusal(none), "no policy speaks of any pods (write a NetworkPolicy first)\n");
    let many: Vec<String> = (0..80)
        .map(|n| {
            policy(&format!("p{n}"), &format!("  podSelector: {{matchLabels: {{app: a{n}}}}}\n"))
        })
        .collect();
    assert_eq!(
        refusal(&many.join("---\n")),
        "the policies speak of 84 pods, namespaces and addresses that are not there (at most 60 examples can be \
         looked at: keep fewer policies)\n"
    );
}
