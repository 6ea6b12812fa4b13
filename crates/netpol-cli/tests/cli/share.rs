//! Links, there and back.

use expect_test::expect;

use crate::support::{check, fixtures, run, transcript};

fn stdout(arguments: &str, stdin: &str) -> String {
    let run = run(&fixtures(), arguments, stdin);
    let said = run.stderr.lines().find(|line| !line.contains("worth knowing"));
    assert_eq!((run.status, said), (0, None), "{arguments}");
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn a_link_opens_what_was_shared() {
    let manifests = "# Grüße\r\nkind: Namespace\nmetadata: {name: \u{1b}[31m}";
    let link = stdout("share -", manifests);
    assert!(link.starts_with("http://localhost:8080/#1.d"), "{link}");
    assert_eq!(stdout(&format!("open {link}"), ""), manifests, "byte by byte");
    assert_eq!(stdout("open -", &link), manifests);
    let (_, fragment) = link.split_once('#').unwrap();
    assert_eq!(stdout(&format!("open {fragment}"), ""), manifests);
}

#[test]
fn what_is_not_in_a_link_is_said() {
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n";
    let run = run(&fixtures(), "share - --redact", &format!("{pod}kind: [\n"));
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[yaml-syntax]"), "{}", run.stderr);
    check(
        "share shop --from shop/none --to shop/web --port 80",
        &expect![[r#"
            --- standard error
            netpol: there is no pod or workload `shop/none`
            --- exit status 2
        "#]],
    );
}

#[test]
fn files_become_one_text() {
    let link = stdout("share open-question.yaml - broken.yaml", "kind: Pod");
    let expected = format!(
        "{}---\nkind: Pod\n---\n{}",
        std::fs::read_to_string(fixtures().join("open-question.yaml")).unwrap(),
        std::fs::read_to_string(fixtures().join("broken.yaml")).unwrap(),
    );
    assert_eq!(stdout("open -", &link), expected);
}

#[test]
fn a_connection_rides_along() {
    check(
        "share shop --base-url https://example.org/play/#old --from shop/web --to service:shop/db --port 5432",
        &expect![[r#"
            https://example.org/play/#1.dzVzBjgIhDL37FQ3nNa5mY-K3mDnoevCgMfFmCP8ubaGUGRkYNdHjBCht6ZRSXmlVqhzQj5cHfrqe4I7j6ZJW6ZfpVZLXYLWRqRVw5ZQ12NPD7rWk7jzjNKyd3KnjX1sF1XStIYoU3O7nvwOt_PQsDk-5HHz7q43z7npzZQMUuiLBYSjA-KsmzwixnCBEWOrPCTHIXOsJixbarxk_7FPxtWdKvQTXfWtmCOEW2QQtxcg6j4MaWbDNsryrWsFVYn6zaaGhkSovyZkvXklKYkbgI5KmCjyaCWWEOaWBkMlaxzJdcdhyGj8lSjk7_zufEy3Utj0h0VhBgV5F62lm-BkoAGiwH2NooA-iwaaEo4EIpAFDOtFgGq8zz6hxNITRNGDJwefYFuiBavw3eickEJwswmt4oABoYBu2CivhTkDUwNZW6RNqBwymPh0iaxKNALEBwdhEP8LtLna1arYQTRNlDKQNIWTiz4aBMmqGI2kcoRrXf4vV2kTEDgDO42bvCC7a9vr8ADWywTeeL8j7Vkh6b-2cxsmKy5ZnVbrZHSAbDZIz&flow=shop/web%3Eservice:shop/db:5432/TCP
            --- standard error
            --- exit status 0
        "#]],
    );
    check(
        "share shop --from shop/web --to shop/db",
        &expect![[r#"
        --- standard error
        netpol: the following required arguments were not provided: --port <PORT>
        --- exit status 2
    "#]],
    );
}

#[test]
fn redacted_manifests_have_other_names_and_the_same_verdicts() {
    let secret = "{apiVersion: v1, kind: Pod, metadata: {name: vault, namespace: bank}}";
    let question = "--from bank/vault --to 198.51.100.9 --port 443";
    let link = stdout(&format!("share - --redact {question}"), secret);
    let (_, flow) = link.split_once("&flow=").unwrap();
    assert_eq!(flow, "ns-1/pod-1%3E10.64.0.0:443/TCP\n");
    expect![[r#"
        apiVersion: v1
        kind: Pod
        metadata:
          name: pod-1
          namespace: ns-1
        spec:
          containers:
          - name: container-1
            image: image
    "#]]
    .assert_eq(&stdout("open -", &link));
}

#[test]
#[expect(clippy::too_many_lines, reason = "manifests")]
fn only_what_decides_about_a_connection_is_left() {
    let question = "--from shop/web --to service:shop/db --port 5432";
    let link = stdout(&format!("share shop --minimise {question}"), "");
    expect![[r#"
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
              - name: container-1
                image: image
                ports:
                - name: http
                  containerPort: 8080
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: db-0
          namespace: shop
          labels:
            app: db
            role: primary
        spec:
          containers:
          - name: container-1
            image: image
            ports:
            - name: postgres
              containerPort: 5432
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: db-1
          namespace: shop
          labels:
            app: db
            role: replica
        spec:
          containers:
          - name: container-1
            image: image
            ports:
            - name: postgres
              containerPort: 5432
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: db
          namespace: shop
        spec:
          selector:
            app: db
          ports:
          - port: 5432
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: db
          namespace: shop
        spec:
          ingress:
          - from:
            - podSelector:
                matchLabels:
                  app: web
            ports:
            - port: 5432
          podSelector:
            matchLabels:
              role: primary
          policyTypes:
          - Ingress
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
          namespace: shop
        spec:
          egress:
          - ports:
            - port: postgres
            to:
            - podSelector:
                matchLabels:
                  app: db
          podSelector:
            matchLabels:
              app: web
          policyTypes:
          - Egress
    "#]]
    .assert_eq(&stdout("open -", &link));
    let redacted = stdout(&format!("share shop --minimise --redact {question}"), "");
    assert!(
        redacted.contains("&flow=ns-1/deployment-1%3Eservice:ns-1/service-1:5432/TCP"),
        "{redacted}"
    );
    check(
        "share shop --minimise",
        &expect![[r#"
        --- standard error
        netpol: the following required arguments were not provided: --to <ENDPOINT> --port <PORT> --from <ENDPOINT>
        --- exit status 2
    "#]],
    );
    check(
        "share shop --minimise --from shop/wep --to shop/db --port 5432",
        &expect![[r#"
        --- standard error
        netpol: there is no pod or workload `shop/wep` (did you mean `shop/web`?)
        --- exit status 2
    "#]],
    );
}

#[test]
fn a_bundled_example_is_opened_by_name() {
    let np_demo = include_str!("../../../netpol-lessons/scenarios/np-demo.yaml");
    assert_eq!(stdout("open #example=np-demo", ""), np_demo);
    check(
        "open #example=nowhere",
        &expect![[r#"
        --- standard error
        netpol: there is no example `nowhere`: there are bookstore, np-demo
        --- exit status 2
    "#]],
    );
}

#[test]
fn what_cannot_be_opened_says_why() {
    check(
        "open https://example.org/#1.dAwA8QfRq",
        &expect![[r#"
        --- standard error
        netpol: the end of the link is missing, as if a program had cut it: copy all of it from where it was made
        --- exit status 2
    "#]],
    );
    check(
        "open 1.dAwA9QfRqz",
        &expect![[r#"
        --- standard error
        netpol: a character of the link was changed or lost, its checksum does not fit: copy it again from where it was made
        --- exit status 2
    "#]],
    );
    check(
        "open 2.dAwA8QfRqz",
        &expect![[r#"
        --- standard error
        netpol: the link was made by a newer version: update this one, or open the link at the address that it names
        --- exit status 2
    "#]],
    );
    check(
        "open https://example.org/#url=https://example.com/a.yaml",
        &expect![[r#"
        --- standard error
        netpol: the link holds no manifests, only their address: load https://example.com/a.yaml yourself
        --- exit status 2
    "#]],
    );
    check(
        "open https://example.org/#view=matrix",
        &expect![[r#"
        --- standard error
        netpol: the link holds no manifests
        --- exit status 2
    "#]],
    );
    check(
        "open shop.yaml",
        &expect![[r#"
        --- standard error
        netpol: this is no playground link: one goes on with `#1.d…`, `#example=NAME` or `#url=https://…`
        --- exit status 2
    "#]],
    );
}

/// A text that hardly gets smaller.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b' ' + u8::try_from((state >> 33) % 95).unwrap())
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn a_long_link_is_remarked_and_a_longer_one_refused() {
    let said = |length| run(&fixtures(), "share -", &noise(length)).stderr;
    expect![[r#"
        netpol: the link has 2275 characters, and chat programs cut links that long: send it in a file, or share fewer objects, such as those of one namespace, or with `--minimise` only what decides about one connection
    "#]].assert_eq(&said(2_000));
    expect![[r#"
        netpol: the link has 11157 characters, and chat and mail programs cut links that long: send it in a file, or share fewer objects, such as those of one namespace, or with `--minimise` only what decides about one connection
    "#]].assert_eq(&said(10_000));
    expect![[r#"
        --- standard error
        netpol: the link would have 555326 characters, and browsers take about 524288: share fewer objects, such as those of one namespace, or with `--minimise` only what decides about one connection, or the file itself
        --- exit status 2
    "#]].assert_eq(&transcript(&run(&fixtures(), "share -", &noise(500_000))));
    let large = " ".repeat(netpol_share::LARGEST_TEXT + 1);
    expect![[r#"
        --- standard error
        netpol: the manifests have 8388609 bytes, and a link holds at most 8388608: share fewer objects, such as those of one namespace, or with `--minimise` only what decides about one connection, or the file itself
        --- exit status 2
    "#]].assert_eq(&transcript(&run(&fixtures(), "share -", &large)));
}
