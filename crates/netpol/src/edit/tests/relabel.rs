//! Labels in all styles.

use expect_test::expect;

use super::*;

/// A pod with this `metadata`, between two others.
fn pod(metadata: &str) -> String {
    format!(
        "# first\napiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\n---\napiVersion: v1\nkind: Pod\n\
         {metadata}spec: {{}}  # end\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: c}}\n"
    )
}

/// What the `metadata` of a pod `b` becomes; the rest must stay.
fn metadata(metadata: &str, new: &str) -> String {
    let after = run(&pod(metadata), &relabel("default/b", new));
    let (around_before, around_after) = pod("|").split_once('|').map(own).unwrap_or_default();
    let inner = after.strip_prefix(&around_before).and_then(|it| it.strip_suffix(&around_after));
    inner.map_or(after.clone(), str::to_owned)
}

fn own((a, b): (&str, &str)) -> (String, String) {
    (a.to_owned(), b.to_owned())
}

#[test]
fn lines_change_one_by_one() {
    let block = "metadata:\n  name: b\n  labels:\n    # who\n    app: web  # the app\n    tier: 'front'\n    on: x\n  annotations: {}\n";
    let table = [
        (
            "app=web,tier=front,true=x",
            expect![[r#"
            metadata:
              name: b
              labels:
                # who
                app: web  # the app
                tier: 'front'
                on: x
              annotations: {}
        "#]],
        ),
        (
            "app=db,tier=front,true=x",
            expect![[r#"
            metadata:
              name: b
              labels:
                # who
                app: db  # the app
                tier: 'front'
                on: x
              annotations: {}
        "#]],
        ),
        (
            "app=web,tier=front",
            expect![[r#"
            metadata:
              name: b
              labels:
                # who
                app: web  # the app
                tier: 'front'
              annotations: {}
        "#]],
        ),
        (
            "app=web,role=x,team=a,tier=front,true=x",
            expect![[r#"
            metadata:
              name: b
              labels:
                # who
                app: web  # the app
                tier: 'front'
                on: x
                role: x
                team: a
              annotations: {}
        "#]],
        ),
        (
            "role=x",
            expect![[r#"
            metadata:
              name: b
              labels:
                # who
                role: x  # the app
              annotations: {}
        "#]],
        ),
        (
            "",
            expect![[r#"
            metadata:
              name: b
              labels: {}
                # who
              annotations: {}
        "#]],
        ),
    ];
    for (new, after) in table {
        after.assert_eq(&metadata(block, new));
    }
}

#[test]
fn braces_stay_braces() {
    let flow = "metadata: {name: b, labels: {app: web, 'tier': front, z: \"1\"}}\n";
    let table = [
        (
            "app=db,tier=front,z=1",
            expect![[r#"
            metadata: {name: b, labels: {app: db, 'tier': front, z: "1"}}
        "#]],
        ),
        (
            "tier=front,z=1",
            expect![[r#"
            metadata: {name: b, labels: {'tier': front, z: "1"}}
        "#]],
        ),
        (
            "app=web,z=1",
            expect![[r#"
            metadata: {name: b, labels: {app: web, z: "1"}}
        "#]],
        ),
        (
            "app=web",
            expect![[r#"
            metadata: {name: b, labels: {app: web}}
        "#]],
        ),
        (
            "z=1",
            expect![[r#"
            metadata: {name: b, labels: {z: "1"}}
        "#]],
        ),
        (
            "app=web,new=x,tier=front,z=1",
            expect![[r#"
            metadata: {name: b, labels: {app: web, 'tier': front, z: "1", new: x}}
        "#]],
        ),
        (
            "new=x",
            expect![[r#"
            metadata: {name: b, labels: {new: x}}
        "#]],
        ),
        (
            "",
            expect![[r#"
            metadata: {name: b, labels: {}}
        "#]],
        ),
    ];
    for (new, after) in table {
        after.assert_eq(&metadata(flow, new));
    }
}

#[test]
fn labels_can_be_missing_or_empty() {
    let table = [
        (
            "metadata:\n  name: b\n",
            expect![[r#"
            metadata:
              name: b
              labels:
                app: web
                tier: ""
        "#]],
        ),
        (
            "metadata:\n  namespace: default  # here\n  name: b\n  annotations:\n    a: |\n      x\n\n",
            expect![[r#"
            metadata:
              namespace: default  # here
              labels:
                app: web
                tier: ""
              name: b
              annotations:
                a: |
                  x

        "#]],
        ),
        (
            "metadata:\n    name: b\n    labels:  # none yet\n",
            expect![[r#"
            metadata:
                name: b
                labels: {app: web, tier: ""}  # none yet
        "#]],
        ),
        (
            "metadata:\n  labels: ~\n  name: b\n",
            expect![[r#"
            metadata:
              labels: {app: web, tier: ""}
              name: b
        "#]],
        ),
        (
            "metadata:\n  labels: {}\n  name: b\n",
            expect![[r#"
            metadata:
              labels: {app: web, tier: ""}
              name: b
        "#]],
        ),
        (
            "metadata: {name: b}\n",
            expect![[r#"
            metadata: {name: b, labels: {app: web, tier: ""}}
        "#]],
        ),
        (
            "metadata: { name: b, labels: }\n",
            expect![[r#"
            metadata: { name: b, labels: {app: web, tier: ""} }
        "#]],
        ),
        (
            "metadata: {\n  name: b\n}\n",
            expect![[r#"
            metadata: {
              name: b,
              labels: {app: web, tier: ""}
            }
        "#]],
        ),
    ];
    for (before, after) in table {
        after.assert_eq(&metadata(before, "app=web,tier="));
        assert_eq!(metadata(before, ""), before, "nothing to remove");
    }
}

#[test]
fn values_that_yaml_would_read_as_something_else_are_quoted() {
    let new = "a=on,b=1,c=0x1F,d=1e3,e=null,f=No,g=,h=1.2.3,i=2024-01-01,j=y,k=007,l=1_000,m=web";
    expect![[r#"
        metadata: {name: b, labels: {a: "on", b: "1", c: "0x1F", d: "1e3", e: "null", f: "No", g: "", h: 1.2.3, i: 2024-01-01, j: "y", k: "007", l: "1_000", m: web}}
    "#]]
    .assert_eq(&metadata("metadata: {name: b}\n", new));
    expect![[r#"
        metadata:
          name: b
          labels:
            "1": "2"
            example.com/on: "off"
            "yes": a
    "#]]
    .assert_eq(&metadata("metadata:\n  name: b\n", "1=2,yes=a,example.com/on=off"));
}

#[test]
fn odd_values_are_replaced_as_a_whole() {
    expect![[r#"
        metadata:
          name: b
          labels:
            app: x
            tier: v
            z: z
    "#]]
    .assert_eq(&metadata(
        "metadata:\n  name: b\n  labels:\n    app: |-\n      web\n    tier: \"a\\\n      b\"\n    z:\n",
        "app=x,tier=v,z=z",
    ));
    // A number is no label value: writing what it looks like makes it one.
    expect![[r#"
        metadata: {name: b, labels: {app: "1"}}
    "#]]
    .assert_eq(&metadata("metadata: {name: b, labels: {app: 1}}\n", "app=1"));
}

#[test]
fn json_stays_json() {
    let text = r#"{
  "apiVersion": "v1",
  "kind": "List",
  "items": [
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": {}}},
    {
      "apiVersion": "v1",
      "kind": "Pod",
      "metadata": {
        "labels": {
          "app": "web",
          "tier": "front"
        },
        "name": "b"
      }
    },
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c"}}
  ]
}
"#;
    let mut after = text.to_owned();
    for (id, new) in
        [("default/a", "app=a"), ("default/b", "app=web,on=1,z=x"), ("default/c", "x=y")]
    {
        after = run(&after, &relabel(id, new));
    }
    expect![[r#"
        {
          "apiVersion": "v1",
          "kind": "List",
          "items": [
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": {"app": "a"}}},
            {
              "apiVersion": "v1",
              "kind": "Pod",
              "metadata": {
                "labels": {
                  "app": "web",
                  "on": "1",
                  "z": "x"
                },
                "name": "b"
              }
            },
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c", "labels": {"x": "y"}}}
          ]
        }
    "#]]
    .assert_eq(&after);
}

#[test]
fn items_of_a_list_are_changed_in_place() {
    check(
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n- metadata: {name: b}\n  kind: Pod\n  apiVersion: v1\n",
        &relabel("default/a", "app=web"),
        &expect![[r#"
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Pod
              metadata:
                name: a
                labels:
                  app: web
            - metadata: {name: b}
              kind: Pod
              apiVersion: v1
        "#]],
    );
}

#[test]
fn line_breaks_stay_what_they_are() {
    let text = "apiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: b\r\n  labels:\r\n    app: web\r\n    x: y\r\n";
    let after = run(text, &relabel("default/b", "app=web,x=z,new=x"));
    assert_eq!(after, text.replace("x: y\r\n", "x: z\r\n    new: x\r\n"));
    let after = run(text, &relabel("default/b", "app=web"));
    assert_eq!(after, text.replace("    x: y\r\n", ""));
    // No line break at the end.
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  labels:\n    app: web";
    assert_eq!(run(text, &relabel("default/b", "app=web,x=z")), format!("{text}\n    x: z"));
    assert_eq!(
        run(text, &relabel("default/b", "")),
        text.replace("labels:\n    app: web", "labels: {}\n")
    );
}

#[test]
fn what_is_shared_is_changed_alone_or_not_at_all() {
    let shared = "metadata: {name: a, labels: &l {app: web}}";
    let text = format!(
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  {shared}\n\
         - apiVersion: v1\n  kind: Pod\n  metadata: {{name: b, labels: *l}}\n\
         - apiVersion: v1\n  kind: Pod\n  metadata:\n    name: c\n    labels:\n      <<: *l\n      tier: x\n"
    );
    let refused = expect![[r#"
        the manifest is written in a way that this form cannot change without touching more (change it in the text)
    "#]];
    check(&text, &relabel("default/a", "app=x"), &refused);
    check(
        &text,
        &relabel("default/b", "app=x"),
        &expect![[r#"
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: Pod
          metadata: {name: a, labels: &l {app: web}}
        - apiVersion: v1
          kind: Pod
          metadata: {name: b, labels: {app: x}}
        - apiVersion: v1
          kind: Pod
          metadata:
            name: c
            labels:
              <<: *l
              tier: x
    "#]],
    );
    check(
        &text,
        &relabel("default/c", "app=x"),
        &expect![[r#"
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: Pod
          metadata: {name: a, labels: &l {app: web}}
        - apiVersion: v1
          kind: Pod
          metadata: {name: b, labels: *l}
        - apiVersion: v1
          kind: Pod
          metadata:
            name: c
            labels: {app: x}
    "#]],
    );
}
