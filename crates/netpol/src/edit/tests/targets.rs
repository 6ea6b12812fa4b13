//! What has labels, and where.

use expect_test::expect;

use super::*;

#[test]
fn a_selector_follows_its_template() {
    let workload = |kind: &str| {
        format!(
            "apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: web, labels: {{app: web}}}}\nspec:\n  selector:\n    matchLabels: {{app: web}}\n  template:\n    metadata:\n      labels:\n        app: web\n        tier: front\n    spec: {{}}\n"
        )
    };
    check(
        &workload("Deployment"),
        &relabel("default/web", "app=shop,tier=front"),
        &expect![[r#"
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          selector:
            matchLabels: {app: shop}
          template:
            metadata:
              labels:
                app: shop
                tier: front
            spec: {}
    "#]],
    );
    check(
        &workload("StatefulSet"),
        &relabel("default/web", "tier=front"),
        &expect![[r#"
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web, labels: {app: web}}
        spec:
          selector:
            matchLabels: {tier: front}
          template:
            metadata:
              labels:
                tier: front
            spec: {}
    "#]],
    );
    check(
        &workload("DaemonSet"),
        &relabel("default/web", ""),
        &expect![[r#"
        the pods of DaemonSet `web` need a label for its selector to match (keep one of the labels)
    "#]],
    );
    check(
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: tidy}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {restartPolicy: Never}\n",
        &relabel("default/tidy", "app=tidy"),
        &expect![[r#"
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: tidy}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec: {restartPolicy: Never}
                    metadata:
                      labels:
                        app: tidy
        "#]],
    );
}

#[test]
fn the_pods_of_a_workload_follow_it() {
    let text = "\
kind: Deployment
apiVersion: apps/v1
metadata: {name: web}
spec: {template: {metadata: {labels: {app: web}}}}
---
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: web-1, ownerReferences: [{kind: Deployment, name: web}]}
spec: {template: {metadata: {labels: {app: web}}}}
---
kind: Pod
apiVersion: v1
metadata: {name: web-1-x, labels: {app: web}, ownerReferences: [{kind: ReplicaSet, name: web-1}]}
---
kind: Pod
apiVersion: v1
metadata: {name: other, labels: {app: web}}
";
    let after = run(text, &relabel("default/web", "app=shop"));
    assert_eq!(after, text.replacen("app: web", "app: shop", 3));
    let after = run(text, &delete("default/web"));
    assert_eq!(after, "kind: Pod\napiVersion: v1\nmetadata: {name: other, labels: {app: web}}\n");
    let after = run(text, &relabel("default/web-1-x", "app=shop"));
    assert_eq!(after, text.replace("web-1-x, labels: {app: web}", "web-1-x, labels: {app: shop}"));
}

#[test]
fn things_of_one_name_are_told_apart_by_kind() {
    let text = "kind: Pod\napiVersion: v1\nmetadata: {name: db}\n---\nkind: Job\napiVersion: batch/v1\nmetadata: {name: db}\nspec: {template: {metadata: {labels: {a: b}}}}\n";
    assert_eq!(run(text, &relabel("default/db[Job]", "a=c")), text.replace("a: b", "a: c"));
    assert_eq!(
        run(text, &relabel("default/db", "a=c")),
        text.replacen("{name: db}", "{name: db, labels: {a: c}}", 1)
    );
}

#[test]
fn namespaces() {
    let text = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: team}\n";
    check(
        text,
        &relabel("shop", "kubernetes.io/metadata.name=shop,env=prod"),
        &expect![[r#"
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            env: prod
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: team}
    "#]],
    );
    // One that was only inferred is declared.
    check(
        text,
        &relabel("team", "env=dev"),
        &expect![[r#"
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: team}
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: team
          labels:
            env: dev
    "#]],
    );
    // Where it is written, as in a dump of a cluster, the label of the name stays.
    let dump = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {a: b, kubernetes.io/metadata.name: shop}}\n";
    assert_eq!(run(dump, &relabel("shop", "a=c")), dump.replace("a: b", "a: c"));
    check(
        text,
        &relabel("shop", "kubernetes.io/metadata.name=other"),
        &expect![[r#"
        label `kubernetes.io/metadata.name` is always the namespace's name (leave it away, or use a label of another name)
    "#]],
    );
    check(
        text,
        &relabel("nowhere", "a=b"),
        &expect![[r#"
        there is no namespace `nowhere` (add it first)
    "#]],
    );
}

#[test]
fn what_cannot_be_is_said() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";
    let table = [
        (
            "default/nobody",
            "a=b",
            expect![[r#"
            no manifest declares `default/nobody` (only what the text declares can be changed; add a pod of that name to declare it)
        "#]],
        ),
        (
            "external/office",
            "a=b",
            expect![[r#"
            outside address `office` has no labels (policies see only its address; change that instead)
        "#]],
        ),
        (
            "default/a",
            "a b=c",
            expect![[r#"
            `a b` is not a valid label key (use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, at most 63; a domain and `/` may precede them, as in `example.com/team`)
        "#]],
        ),
        (
            "default/a",
            "a=-",
            expect![[r#"
            `-` is not a valid value of label `a` (use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, at most 63; or nothing)
        "#]],
        ),
    ];
    for (id, new, said) in table {
        check(text, &relabel(id, new), &said);
    }
}
