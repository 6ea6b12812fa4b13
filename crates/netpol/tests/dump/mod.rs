//! A dump as `kubectl get nodes,namespaces,…,networkpolicies -A -o yaml --show-managed-fields` prints
//! it: one `kind: List` whose objects are mostly annotations, managed fields and status.

use std::fmt::Write;

/// Pods of one application.
const REPLICAS: usize = 6;
/// Applications of one namespace.
const APPLICATIONS: usize = 8;

/// A dump of at least so many bytes. The same number gives the same text.
pub(crate) fn dump(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + (1 << 16));
    text.push_str("apiVersion: v1\nitems:\n");
    let mut number = 0;
    while text.len() < bytes {
        if number % APPLICATIONS == 0 {
            namespace(&mut text, number / APPLICATIONS);
        }
        application(&mut text, number);
        number += 1;
    }
    text.push_str("kind: List\nmetadata:\n  resourceVersion: \"\"\n");
    text
}

/// One item of the list, given without its indentation.
fn item(text: &mut String, manifest: &str) {
    for (index, line) in manifest.lines().enumerate() {
        text.push_str(if index == 0 { "- " } else { "  " });
        text.push_str(line);
        text.push('\n');
    }
}

fn namespace(text: &mut String, number: usize) {
    let metadata = metadata(&format!("team-{number:04}"), None, &[("team", "a")], number);
    item(
        text,
        &format!(
            "apiVersion: v1\nkind: Namespace\n{metadata}spec:\n  finalizers:\n  - kubernetes\n\
             status:\n  phase: Active\n"
        ),
    );
}

fn application(text: &mut String, number: usize) {
    let namespace = format!("team-{:04}", number / APPLICATIONS);
    let name = format!("{}-{number}", ["frontend", "orders", "billing", "search"][number % 4]);
    let labels = [("app", name.as_str()), ("app.kubernetes.io/part-of", "shop"), ("tier", "web")];
    let metadata_of = |kind: &str, seed| metadata(kind, Some(&namespace), &labels, seed);
    let selector = format!("    matchLabels:\n      app: {name}\n");
    let template_labels = "      labels:\n        app: ".to_owned()
        + &name
        + "\n        app.kubernetes.io/part-of: shop\n        tier: web\n";
    let template = indented(&pod_spec(number), "    ");
    for (kind, suffix) in [("Deployment", ""), ("ReplicaSet", "-5d59d67564")] {
        let metadata = metadata_of(&format!("{name}{suffix}"), number);
        let status = indented(&conditions(number), "  ").replace("lastProbeTime: null\n    ", "");
        item(
            text,
            &format!(
                "apiVersion: apps/v1\nkind: {kind}\n{metadata}spec:\n  replicas: {REPLICAS}\n  \
                 selector:\n{selector}  template:\n    metadata:\n      creationTimestamp: null\n\
                 {template_labels}{template}status:\n{status}  observedGeneration: 3\n  \
                 readyReplicas: {REPLICAS}\n  replicas: {REPLICAS}\n"
            ),
        );
    }
    for replica in 0..REPLICAS {
        let seed = number * REPLICAS + replica;
        let owner = format!(
            "  ownerReferences:\n  - apiVersion: apps/v1\n    blockOwnerDeletion: true\n    \
             controller: true\n    kind: ReplicaSet\n    name: {name}-5d59d67564\n    uid: {}\n",
            uid(seed)
        );
        let metadata = metadata_of(&format!("{name}-5d59d67564-{seed:05x}"), seed);
        let (spec, status) = (pod_spec(seed), pod_status(seed));
        item(text, &format!("apiVersion: v1\nkind: Pod\n{metadata}{owner}{spec}{status}"));
    }
    let metadata = metadata_of(&name, number);
    item(
        text,
        &format!(
            "apiVersion: v1\nkind: Service\n{metadata}spec:\n  clusterIP: 10.96.{}.{}\n  ports:\n  \
             - name: http\n    port: 80\n    protocol: TCP\n    targetPort: http\n  selector:\n    \
             app: {name}\n  type: ClusterIP\nstatus:\n  loadBalancer: {{}}\n",
            number / 256 % 256,
            number % 256
        ),
    );
    item(text, &policy(&metadata, &name));
    let data = "    the first line of a configuration\n\n      indented: 100%\n".repeat(8);
    item(
        text,
        &format!("apiVersion: v1\ndata:\n  settings.conf: |\n{data}kind: ConfigMap\n{metadata}"),
    );
}

fn policy(metadata: &str, name: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n{metadata}spec:\n  egress:\n  - ports:\n    \
         - port: 53\n      protocol: UDP\n    to:\n    - namespaceSelector:\n        matchLabels:\n          \
         kubernetes.io/metadata.name: kube-system\n  - to:\n    - podSelector:\n        matchLabels:\n          tier: web\n  ingress:\n  - from:\n    - podSelector:\n        \
         matchExpressions:\n        - key: tier\n          operator: In\n          values:\n          - web\n    \
         - ipBlock:\n        cidr: 10.0.0.0/8\n        except:\n        - 10.96.0.0/12\n    ports:\n    \
         - port: http\n      protocol: TCP\n  podSelector:\n    matchLabels:\n      app: {name}\n  policyTypes:\n  \
         - Ingress\n  - Egress\n"
    )
}

fn metadata(name: &str, namespace: Option<&str>, labels: &[(&str, &str)], seed: usize) -> String {
    let mut text = String::from("metadata:\n  annotations:\n");
    let _ = writeln!(
        text,
        "    kubectl.kubernetes.io/last-applied-configuration: |\n      \
         {{\"apiVersion\":\"v1\",\"kind\":\"Any\",\"metadata\":{{\"annotations\":{{}},\"labels\":\
         {{\"app\":\"{name}\"}},\"name\":\"{name}\"}},\"spec\":{{\"replicas\":{seed},\"template\":{{}}}}}}"
    );
    let _ = writeln!(text, "    prometheus.io/port: \"9102\"\n    prometheus.io/scrape: \"true\"");
    let _ = writeln!(text, "  creationTimestamp: \"2026-03-0{}T08:15:30Z\"", seed % 9 + 1);
    text.push_str("  generation: 3\n  labels:\n");
    for (key, value) in labels {
        let _ = writeln!(text, "    {key}: {value}");
    }
    text.push_str(&managed_fields(labels));
    let _ = writeln!(text, "  name: {name}");
    if let Some(namespace) = namespace {
        let _ = writeln!(text, "  namespace: {namespace}");
    }
    let _ = writeln!(text, "  resourceVersion: \"{}\"\n  uid: {}", 100_000 + seed, uid(seed));
    text
}

fn managed_fields(labels: &[(&str, &str)]) -> String {
    let mut text = String::from("  managedFields:\n");
    for (manager, operation) in [("kubectl-client-side-apply", "Update"), ("controller", "Apply")] {
        let _ = writeln!(
            text,
            "  - apiVersion: v1\n    fieldsType: FieldsV1\n    fieldsV1:\n      f:metadata:\n        \
             f:annotations:\n          .: {{}}\n          \
             f:kubectl.kubernetes.io/last-applied-configuration: {{}}\n        f:labels:\n          .: {{}}"
        );
        for (key, _) in labels {
            let _ = writeln!(text, "          f:{key}: {{}}");
        }
        let _ = writeln!(
            text,
            "      f:spec:\n        f:containers:\n          k:{{\"name\":\"main\"}}:\n            .: {{}}\n            \
             f:image: {{}}\n            f:ports:\n              \
             k:{{\"containerPort\":8080,\"protocol\":\"TCP\"}}:\n                f:containerPort: {{}}\n    \
             manager: {manager}\n    operation: {operation}\n    time: \"2026-03-01T08:15:30Z\""
        );
    }
    text
}

fn pod_spec(seed: usize) -> String {
    format!(
        "spec:\n  containers:\n  - env:\n    - name: POD_IP\n      valueFrom:\n        fieldRef:\n          \
         apiVersion: v1\n          fieldPath: status.podIP\n    - name: GREETING\n      value: 'it''s: on'\n    \
         image: registry.example.com/shop/main:v1.{seed}\n    imagePullPolicy: IfNotPresent\n    livenessProbe:\n      \
         failureThreshold: 3\n      httpGet:\n        path: /healthz\n        port: http\n        scheme: HTTP\n      \
         periodSeconds: 10\n    name: main\n    ports:\n    - containerPort: 8080\n      name: http\n      \
         protocol: TCP\n    resources:\n      limits:\n        memory: 256Mi\n      requests:\n        cpu: 100m\n        \
         memory: 128Mi\n    volumeMounts:\n    - mountPath: /var/run/secrets/kubernetes.io/serviceaccount\n      \
         name: kube-api-access\n      readOnly: true\n  dnsPolicy: ClusterFirst\n  nodeName: worker-{}\n  \
         restartPolicy: Always\n  securityContext: {{}}\n  tolerations:\n  - effect: NoExecute\n    \
         key: node.kubernetes.io/not-ready\n    operator: Exists\n    tolerationSeconds: 300\n  volumes:\n  \
         - name: kube-api-access\n    projected:\n      defaultMode: 420\n      sources:\n      \
         - serviceAccountToken:\n          expirationSeconds: 3607\n          path: token\n",
        seed % 100
    )
}

fn pod_status(seed: usize) -> String {
    let address = format!("10.{}.{}.{}", 128 + seed / 65536 % 64, seed / 256 % 256, seed % 256);
    let conditions = indented(&conditions(seed), "  ");
    format!(
        "status:\n{conditions}  containerStatuses:\n  - containerID: containerd://{}{}\n    \
         image: registry.example.com/shop/main:v1.{seed}\n    lastState: {{}}\n    name: main\n    ready: true\n    \
         restartCount: 0\n    started: true\n    state:\n      running:\n        startedAt: \"2026-03-01T08:15:35Z\"\n  \
         hostIP: 192.168.0.{}\n  phase: Running\n  podIP: {address}\n  podIPs:\n  - ip: {address}\n  \
         qosClass: Burstable\n  startTime: \"2026-03-01T08:15:31Z\"\n",
        uid(seed),
        uid(seed + 1),
        seed % 100 + 1
    )
}

fn conditions(seed: usize) -> String {
    let mut text = String::from("conditions:\n");
    for kind in ["Initialized", "Ready", "ContainersReady", "PodScheduled"] {
        let _ = writeln!(
            text,
            "- lastProbeTime: null\n  lastTransitionTime: \"2026-03-01T08:15:3{}Z\"\n  message: ReplicaSet \
             \"frontend\" has made\n    progress {seed}.\n  status: \"True\"\n  type: {kind}",
            seed % 10
        );
    }
    text
}

fn uid(seed: usize) -> String {
    let mixed = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{mixed:012x}",
        mixed >> 32,
        seed & 0xffff,
        seed & 0xfff,
        7
    )
}

fn indented(text: &str, indentation: &str) -> String {
    text.lines().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "{indentation}{line}");
        all
    })
}
