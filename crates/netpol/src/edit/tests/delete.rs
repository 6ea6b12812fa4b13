//! Manifests that go.

use expect_test::expect;

use super::*;

fn pod(name: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n")
}

#[test]
fn a_document_goes_with_its_separator() {
    let (a, b, c) = (pod("a"), pod("b"), pod("c"));
    let all = format!("{a}---\n{b}---\n{c}");
    let table = [
        ("default/a", format!("{b}---\n{c}")),
        ("default/b", format!("{a}---\n{c}")),
        ("default/c", format!("{a}---\n{b}")),
    ];
    for (id, after) in table {
        for eol in ["\n", "\r\n"] {
            let run = run(&all.replace('\n', eol), &delete(id));
            assert_eq!(run, after.replace('\n', eol), "{id}");
        }
    }
    assert_eq!(run(&a, &delete("default/a")), "");
    assert_eq!(run(&format!("---\n{a}"), &delete("default/a")), "");
    assert_eq!(run(&format!("{a}---\n{}", b.trim_end()), &delete("default/b")), a);
    assert_eq!(run(&format!("{a}---\n{b}---\n"), &delete("default/b")), a);
    assert_eq!(
        run(&format!("{a}---\n\n{b}\n---\n{c}"), &delete("default/b")),
        format!("{a}---\n{c}")
    );
}

#[test]
fn comments_of_neighbours_stay() {
    let (a, b, c) = (pod("a"), pod("b"), pod("c"));
    let text = format!(
        "# The file.\n\n# About a.\n{a}# Still a.\n---\n\n# The backends.\n\n# About b.\n{b}\n# The rest.\n--- # About c.\n{c}"
    );
    check(
        &text,
        &delete("default/a"),
        &expect![[r#"
        # The file.


        # The backends.

        # About b.
        apiVersion: v1
        kind: Pod
        metadata: {name: b}

        # The rest.
        --- # About c.
        apiVersion: v1
        kind: Pod
        metadata: {name: c}
    "#]],
    );
    check(
        &text,
        &delete("default/b"),
        &expect![[r#"
        # The file.

        # About a.
        apiVersion: v1
        kind: Pod
        metadata: {name: a}
        # Still a.

        # The backends.


        # The rest.
        --- # About c.
        apiVersion: v1
        kind: Pod
        metadata: {name: c}
    "#]],
    );
    check(
        &text,
        &delete("default/c"),
        &expect![[r#"
        # The file.

        # About a.
        apiVersion: v1
        kind: Pod
        metadata: {name: a}
        # Still a.
        ---

        # The backends.

        # About b.
        apiVersion: v1
        kind: Pod
        metadata: {name: b}

        # The rest.
    "#]],
    );
}

#[test]
fn items_go_alone_and_lists_with_their_last_item() {
    let text = "apiVersion: v1\nkind: List\nitems:\n# first\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}  # a\n# second\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: b\n\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: c}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: d}\n";
    let after = run(text, &delete("default/b"));
    expect![[r#"
        apiVersion: v1
        kind: List
        items:
        # first
        - apiVersion: v1
          kind: Pod
          metadata: {name: a}  # a

        - apiVersion: v1
          kind: Pod
          metadata: {name: c}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: d}
    "#]]
    .assert_eq(&after);
    let after = run(&run(&after, &delete("default/a")), &delete("default/c"));
    assert_eq!(after, pod("d"));
}

#[test]
fn json_items_go_with_their_comma() {
    let item = |name: &str| {
        format!(
            "\n  {{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {{\"name\": \"{name}\"}}}}"
        )
    };
    let list = |names: &[&str]| {
        let items: Vec<String> = names.iter().map(|name| item(name)).collect();
        format!(
            "{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{}\n]}}\n",
            items.join(",")
        )
    };
    let all = ["a", "b", "c"];
    for gone in all {
        let rest: Vec<&str> = all.into_iter().filter(|name| *name != gone).collect();
        assert_eq!(run(&list(&all), &delete(&format!("default/{gone}"))), list(&rest));
    }
    assert_eq!(run(&list(&["a"]), &delete("default/a")), "");
    // Documents of JSON may follow each other without a separator.
    let text = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}\n{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}\n";
    let after = run(text, &delete("default/a"));
    assert_eq!(after.trim(), text.lines().nth(1).unwrap());
}

#[test]
fn everything_in_a_namespace_goes_with_it() {
    check(
        "\
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shopping}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: shop}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec: {podSelector: {}}
---
apiVersion: netpol/v1
kind: External
metadata: {name: shop}
spec: {ip: 203.0.113.1}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Service, metadata: {name: s, namespace: shop}, spec: {}}
- {apiVersion: v1, kind: Pod, metadata: {name: b}}
- {apiVersion: v1, kind: Pod, metadata: {name: b, namespace: shop}}
",
        &delete("shop"),
        &expect![[r#"
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: shopping}
            ---
            apiVersion: netpol/v1
            kind: External
            metadata: {name: shop}
            spec: {ip: 203.0.113.1}
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Pod, metadata: {name: b}}
        "#]],
    );
}

#[test]
fn of_an_object_that_is_there_twice_both_go() {
    let text = format!("{}---\n{}---\n{}", pod("a"), pod("b"), pod("a"));
    assert_eq!(run(&text, &delete("default/a")), pod("b"));
}

#[test]
fn an_anchor_that_others_need_stays() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a, labels: &l {x: y}}\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: b, labels: *l}\n";
    check(
        text,
        &delete("default/a"),
        &expect![[r#"
        the manifest is written in a way that this form cannot change without touching more (change it in the text)
    "#]],
    );
}

#[test]
fn broken_neighbours_stay_as_they_are() {
    let (a, b) = (pod("a"), pod("b"));
    let broken = "kind: Pod\nmetadata: {name: x\n";
    let text = format!("{a}---\n{broken}---\n{b}");
    assert_eq!(run(&text, &delete("default/b")), format!("{a}---\n{broken}"));
    assert_eq!(run(&text, &delete("default/a")), format!("{broken}---\n{b}"));
}

#[test]
fn what_is_not_there_cannot_go() {
    check(
        &pod("a"),
        &delete("default/b"),
        &expect![[r#"
        no manifest declares `default/b` (only what the text declares can be changed; add a pod of that name to declare it)
    "#]],
    );
    check(
        &pod("a"),
        &delete("external/b"),
        &expect![[r#"
        there is no outside address `b` (add it first)
    "#]],
    );
}

#[test]
fn several_texts_change_each_for_itself() {
    let mut sources = Sources::default();
    let texts = [
        "\u{feff}apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n".to_owned(),
        format!("{}---\n{}", pod("a"), pod("b, namespace: shop")),
    ];
    let mut documents = Vec::new();
    for (name, text) in ["first", "second"].into_iter().zip(&texts) {
        let file = sources.add(Source::new(name, text.as_str()));
        documents.extend(parse(file, text).documents);
    }
    let (objects, _) = decode(&documents);
    let edits = text_edits(&sources, &documents, &objects, &delete("shop")).unwrap();
    let after = |file| {
        let edits: Vec<_> = edits.iter().filter(|e| e.span.file == file).cloned().collect();
        apply(sources.get(file).text(), &edits)
    };
    assert_eq!(after(FileId(0)), "");
    assert_eq!(after(FileId(1)), pod("a"));
}
