//! `netpol explain`, `reach`, `matrix` and `stats`.

use expect_test::{Expect, ExpectFile, expect, expect_file};

use crate::support::{check, fixtures, run};

#[track_caller]
fn check_json(arguments: &str, expected: &ExpectFile) {
    let run = run(&fixtures(), &format!("{arguments} --format json"), "");
    expected.assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    assert_eq!(run.status, 0);
}

/// Compares only standard error: why a question cannot be answered.
#[track_caller]
fn check_refused(arguments: &str, expected: &Expect) {
    let run = run(&fixtures(), arguments, "");
    expected.assert_eq(&run.stderr);
    assert_eq!((run.stdout, run.status), (vec![], 2));
}

#[test]
fn an_allowed_connection_is_explained_on_both_sides() {
    check(
        "explain shop --from shop/web --to shop/db-0 --port postgres",
        &expect![[r#"
            `web` lets web-1 leave for db-0, and `db` lets it in.
            shop/web -> shop/db-0 postgres/TCP: allowed
            note: the manifests do not say the address of web-1: 10.213.219.111 is derived from its name

            shop/web-1 -> shop/db-0 on port 5432: allowed
            ✔ egress: web-1 is isolated for egress by `web`; `web` admits the connection.
              ✔ policy web (shop/policies/web.yml:1): rule 1 admits the connection
                ✔ rule 1 (shop/policies/web.yml:8): the receiver matches, and so does port 5432
                  ✔ to pods with `app=db` in namespace `shop`: label `app` is `db` (shop/policies/web.yml:8)
                  ✔ on TCP port `postgres`: db-0 calls port 5432 `postgres` (shop/policies/web.yml:9)
              – policy db does not apply: it has no label `role`, its podSelector wants `primary` (shop/policies/db.json:6)
            ✔ ingress: db-0 is isolated for ingress by `db`; `db` admits the connection.
              ✔ policy db (shop/policies/db.json:1): rule 1 admits the connection
                ✔ rule 1 (shop/policies/db.json:8): the sender matches, and so does port 5432
                  ✔ from pods with `app=web` in namespace `shop`: label `app` is `web` (shop/policies/db.json:9)
                  ✔ on TCP 5432: port 5432 matches (shop/policies/db.json:10)
                ✗ rule 2 (shop/policies/db.json:12): the sender does not match: its address 10.213.219.111 is outside `203.0.113.0/24`
                  ✗ from addresses in `203.0.113.0/24` except `203.0.113.64/26`: its address 10.213.219.111 is outside `203.0.113.0/24` (shop/policies/db.json:12)
                  ✔ on any port: the rule names no port
              – policy web does not apply: label `app` is `db`, its podSelector wants `web` (shop/policies/web.yml:5)
            --- standard error
            --- exit status 0
        "#]],
    );
}

#[test]
fn an_excepted_address_is_explained() {
    check(
        "explain shop --from 203.0.113.99 --to shop/db-0 --port 22",
        &expect![[r#"
            No policy of db-0 lets 203.0.113.99 in.
            203.0.113.99 -> shop/db-0 22/TCP: denied
            note: db-0 does not declare port 22/TCP; policies do not care who listens

            ✔ egress: 203.0.113.99 is not a pod: no policy applies to it.
            ✗ ingress: db-0 is isolated for ingress by `db`; none of its rules admits the connection.
              ✗ policy db (shop/policies/db.json:1): no rule admits the connection
                ✗ rule 1 (shop/policies/db.json:8): neither the sender nor the port matches: it is not a pod, and selectors match pods only
                  ✗ from pods with `app=web` in namespace `shop`: it is not a pod, and selectors match pods only (shop/policies/db.json:9)
                  ✗ on TCP 5432: the connection is to port 22, the rule wants 5432 (shop/policies/db.json:10)
                ✗ rule 2 (shop/policies/db.json:12): the sender does not match: its address 203.0.113.99 is in the exception `203.0.113.64/26`
                  ✗ from addresses in `203.0.113.0/24` except `203.0.113.64/26`: its address 203.0.113.99 is in the exception `203.0.113.64/26` (shop/policies/db.json:12)
                  ✔ on any port: the rule names no port
              – policy web does not apply: label `app` is `db`, its podSelector wants `web` (shop/policies/web.yml:5)
            --- standard error
            --- exit status 0
        "#]],
    );
}

#[test]
fn a_service_is_explained_pod_by_pod() {
    check(
        "explain shop --from shop/db-1 --to service:shop/db --port 5432",
        &expect![[r#"
            It depends on the pod: allowed to db-1; denied to db-0.
            shop/db-1 -> service:shop/db 5432/TCP: mixed
            note: the manifests do not say the address of db-1: 10.160.31.147 is derived from its name
            by name: The name `db.shop.svc` can be looked up, over UDP and TCP.

            shop/db-1 -> shop/db-0 on port 5432: denied
            No policy of db-0 lets db-1 in.
            ✔ egress: db-1 is not isolated for egress: no policy selects it for that direction.
              – policy db does not apply: label `role` is `replica`, its podSelector wants `primary` (shop/policies/db.json:6)
              – policy web does not apply: label `app` is `db`, its podSelector wants `web` (shop/policies/web.yml:5)
            ✗ ingress: db-0 is isolated for ingress by `db`; none of its rules admits the connection.
              ✗ policy db (shop/policies/db.json:1): no rule admits the connection
                ✗ rule 1 (shop/policies/db.json:8): port 5432 matches; the sender does not match: label `app` is `db`, the rule wants `web`
                  ✗ from pods with `app=web` in namespace `shop`: label `app` is `db`, the rule wants `web` (shop/policies/db.json:9)
                  ✔ on TCP 5432: port 5432 matches (shop/policies/db.json:10)
                ✗ rule 2 (shop/policies/db.json:12): the sender does not match: its address 10.160.31.147 is outside `203.0.113.0/24`
                  ✗ from addresses in `203.0.113.0/24` except `203.0.113.64/26`: its address 10.160.31.147 is outside `203.0.113.0/24` (shop/policies/db.json:12)
                  ✔ on any port: the rule names no port
              – policy web does not apply: label `app` is `db`, its podSelector wants `web` (shop/policies/web.yml:5)

            shop/db-1 -> shop/db-1 on port 5432: allowed
            Nothing keeps db-1 from reaching itself.
            ✔ egress: db-1 is not isolated for egress: no policy selects it for that direction.
              – policy db does not apply: label `role` is `replica`, its podSelector wants `primary` (shop/policies/db.json:6)
              – policy web does not apply: label `app` is `db`, its podSelector wants `web` (shop/policies/web.yml:5)
            ✔ ingress: db-1 is not isolated for ingress: no policy selects it for that direction.
              – policy db does not apply: label `role` is `replica`, its podSelector wants `primary` (shop/policies/db.json:6)
              – policy web does not apply: label `app` is `db`, its podSelector wants `web` (shop/policies/web.yml:5)
            --- standard error
            --- exit status 0
        "#]],
    );
}

#[test]
fn explanations_as_json() {
    check_json(
        "explain shop --from shop/web --to shop/db-0 --port 5432",
        &expect_file!["../golden/explain.json"],
    );
}

#[test]
fn unknown_endpoints_are_refused() {
    check_refused(
        "explain shop --from shop/wbe --to shop/db-0 --port 80",
        &expect![[r#"
        netpol: there is no pod or workload `shop/wbe` (did you mean `shop/web`?)
    "#]],
    );
    check_refused(
        "explain shop --from web --to shop/db-0 --port 80",
        &expect![[r#"
        netpol: `web` is not an endpoint (write `NAMESPACE/POD`, `NAMESPACE/WORKLOAD`, `service:NAMESPACE/NAME`, `external/NAME` or an address)
    "#]],
    );
    check_refused(
        "reach shop --to shop/cache",
        &expect![[r#"
        netpol: there is no pod or workload `shop/cache`
    "#]],
    );
}

#[test]
fn everything_that_is_possible_is_listed() {
    check(
        "reach shop",
        &expect![[r#"
            0.0.0.0-203.0.112.255[External] => shop/db-1[Pod] : All Connections
            0.0.0.0-203.0.112.255[External] => shop/web[Deployment] : All Connections
            203.0.113.0-203.0.113.63[External] => shop/db-0[Pod] : All Connections
            203.0.113.0-203.0.113.63[External] => shop/db-1[Pod] : All Connections
            203.0.113.0-203.0.113.63[External] => shop/web[Deployment] : All Connections
            203.0.113.128-203.0.113.255[External] => shop/db-0[Pod] : All Connections
            203.0.113.128-203.0.113.255[External] => shop/db-1[Pod] : All Connections
            203.0.113.128-203.0.113.255[External] => shop/web[Deployment] : All Connections
            203.0.113.64-203.0.113.127[External] => shop/db-1[Pod] : All Connections
            203.0.113.64-203.0.113.127[External] => shop/web[Deployment] : All Connections
            203.0.114.0-255.255.255.255[External] => shop/db-1[Pod] : All Connections
            203.0.114.0-255.255.255.255[External] => shop/web[Deployment] : All Connections
            external/office => shop/db-0[Pod] : All Connections
            external/office => shop/db-1[Pod] : All Connections
            external/office => shop/web[Deployment] : All Connections
            shop/db-0[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
            shop/db-0[Pod] => external/office : All Connections
            shop/db-0[Pod] => shop/db-1[Pod] : All Connections
            shop/db-0[Pod] => shop/web[Deployment] : All Connections
            shop/db-1[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
            shop/db-1[Pod] => external/office : All Connections
            shop/db-1[Pod] => shop/web[Deployment] : All Connections
            shop/web[Deployment] => shop/db-0[Pod] : TCP 5432
            shop/web[Deployment] => shop/db-1[Pod] : TCP 5432
            --- standard error
            --- exit status 0
        "#]],
    );
}

#[test]
fn lists_are_narrowed() {
    check(
        "reach shop --from shop/web",
        &expect![[r#"
            shop/web[Deployment] => shop/db-0[Pod] : TCP 5432
            shop/web[Deployment] => shop/db-1[Pod] : TCP 5432
            --- standard error
            --- exit status 0
        "#]],
    );
    check(
        "reach shop --to shop/db-1 --port 5432",
        &expect![[r#"
            0.0.0.0-203.0.112.255[External] => shop/db-1[Pod] : TCP 5432
            203.0.113.0-203.0.113.63[External] => shop/db-1[Pod] : TCP 5432
            203.0.113.128-203.0.113.255[External] => shop/db-1[Pod] : TCP 5432
            203.0.113.64-203.0.113.127[External] => shop/db-1[Pod] : TCP 5432
            203.0.114.0-255.255.255.255[External] => shop/db-1[Pod] : TCP 5432
            external/office => shop/db-1[Pod] : TCP 5432
            shop/db-0[Pod] => shop/db-1[Pod] : TCP 5432
            shop/web[Deployment] => shop/db-1[Pod] : TCP 5432
            --- standard error
            --- exit status 0
        "#]],
    );
    check(
        "reach shop --from external/office --protocol udp",
        &expect![[r#"
            external/office => shop/db-0[Pod] : UDP 1-65535
            external/office => shop/db-1[Pod] : UDP 1-65535
            external/office => shop/web[Deployment] : UDP 1-65535
            --- standard error
            --- exit status 0
        "#]],
    );
}

#[test]
fn nothing_possible_is_said() {
    check(
        "reach shop --from shop/db-1 --to shop/db-0",
        &expect![[r#"
        --- standard error
        netpol: no connection is possible
        --- exit status 0
    "#]],
    );
}

#[test]
fn an_address_chooses_the_range_that_it_is_in() {
    check(
        "reach shop --from 203.0.113.99",
        &expect![[r#"
        203.0.113.64-203.0.113.127[External] => shop/db-1[Pod] : All Connections
        203.0.113.64-203.0.113.127[External] => shop/web[Deployment] : All Connections
        --- standard error
        --- exit status 0
    "#]],
    );
    check_refused(
        "reach shop --from 203.0.113.99 --format json",
        &expect![[r#"
        netpol: `203.0.113.99` cannot be listed (name a pod, a workload or `external/NAME`)
    "#]],
    );
}

#[test]
fn what_only_some_plugins_allow_is_counted() {
    check(
        "reach open-question.yaml --to shop/b",
        &expect![[r#"
        0.0.0.0-255.255.255.255[External] => shop/b[Pod] : All Connections
        --- standard error
        netpol: 1 more pair connects with some network plugins only; name yours in the Settings, or see `--format json`
        --- exit status 0
    "#]],
    );
}

#[test]
fn lists_for_programs_and_pictures() {
    for (format, golden) in [
        ("csv", expect_file!["../golden/reach.csv"]),
        ("md", expect_file!["../golden/reach.md"]),
        ("dot", expect_file!["../golden/reach.dot"]),
        ("mermaid", expect_file!["../golden/reach.mmd"]),
    ] {
        let run = run(&fixtures(), &format!("reach shop --format {format}"), "");
        golden.assert_eq(std::str::from_utf8(&run.stdout).unwrap());
        assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    }
}

#[test]
fn lists_as_json() {
    check_json("reach shop --to shop/db-0", &expect_file!["../golden/reach.json"]);
    check_json(
        "reach shop --from shop/db-1 --to shop/db-0",
        &expect_file!["../golden/reach-none.json"],
    );
}

#[test]
fn tables_have_rows_of_senders() {
    check(
        "matrix shop",
        &expect![[r#"
        the ports that each receiver declares
        FROM \ TO        shop/db-0  shop/db-1  shop/web  external/office
        ────────────────────────────────────────────────────────────────
        shop/db-0        —          ✔(5432)    ✔(8080)   ✔(*)
        shop/db-1        ✗          —          ✔(8080)   ✔(*)
        shop/web         ✔(5432)    ✔(5432)    —         ✗
        external/office  ✔(5432)    ✔(5432)    ✔(8080)   —
        ────────────────────────────────────────────────────────────────
        ✔ allowed, on these ports (* is all)
        ✗ denied
        — itself
        --- standard error
        --- exit status 0
    "#]],
    );
    check(
        "matrix shop --port 53 --protocol UDP",
        &expect![[r#"
        port 53/UDP
        FROM \ TO        shop/db-0  shop/db-1  shop/web   external/office
        ─────────────────────────────────────────────────────────────────
        shop/db-0        —          ✔(53/UDP)  ✔(53/UDP)  ✔(53/UDP)
        shop/db-1        ✗          —          ✔(53/UDP)  ✔(53/UDP)
        shop/web         ✗          ✗          —          ✗
        external/office  ✔(53/UDP)  ✔(53/UDP)  ✔(53/UDP)  —
        ─────────────────────────────────────────────────────────────────
        ✔ allowed, on these ports (* is all)
        ✗ denied
        — itself
        --- standard error
        --- exit status 0
    "#]],
    );
}

#[test]
fn tables_as_json() {
    check_json("matrix shop/cluster.yaml --port 5432", &expect_file!["../golden/matrix.json"]);
}

#[test]
fn counts_have_their_stages_on_standard_error() {
    let run = run(&fixtures(), "stats shop", "");
    expect![[r#"
        namespaces          1
        pods                4
        services            1
        policies            2
        rejected policies   0
        identities          3
        pairs              12
        pairs allowed       9
        pairs denied        3
    "#]]
    .assert_eq(std::str::from_utf8(&run.stdout).unwrap());
    let stages: Vec<_> =
        run.stderr.lines().filter_map(|line| line.rsplitn(3, ' ').last()).collect();
    assert_eq!(stages, ["netpol: reading", "netpol: analysing", "netpol: judging"]);
}

#[test]
fn counts_as_json() {
    check_json("stats shop", &expect_file!["../golden/stats.json"]);
}

#[test]
fn a_ping_needs_no_port_and_everything_else_does() {
    check(
        "explain shop --from 203.0.113.99 --to shop/db-0 --protocol icmp",
        &expect![[r#"
            Network plugins differ on whether 203.0.113.99 may connect to db-0.
            203.0.113.99 -> shop/db-0 ping/ICMP: implementation-defined
            note: Kubernetes does not say whether policies concern ICMP: isolation is defined for TCP, UDP and SCTP. The option `icmp` decides

            allowed with kube-router, k3s
            denied with Cilium; OVN-Kubernetes, OpenShift; GKE Dataplane V2 (reported); AKS with Azure CNI powered by Cilium (reported)
            not known with Calico; Antrea; kindnet of kind 0.24 or newer; Amazon VPC CNI with network policy switched on
            option icmp: always-allowed: allowed, subject: denied
            ✔ egress: 203.0.113.99 is not a pod: no policy applies to it.
            ? ingress: db-0 is isolated for ingress by `db`; network plugins differ on whether that lets it pass.
              ✗ policy db (shop/policies/db.json:1): no rule admits the connection
                ✗ rule 1 (shop/policies/db.json:8): neither the sender nor the port matches: it is not a pod, and selectors match pods only
                  ✗ from pods with `app=web` in namespace `shop`: it is not a pod, and selectors match pods only (shop/policies/db.json:9)
                  ✗ on TCP 5432: a ping has no port, the rule wants TCP 5432 (shop/policies/db.json:10)
                ✗ rule 2 (shop/policies/db.json:12): the sender does not match: its address 203.0.113.99 is in the exception `203.0.113.64/26`
                  ✗ from addresses in `203.0.113.0/24` except `203.0.113.64/26`: its address 203.0.113.99 is in the exception `203.0.113.64/26` (shop/policies/db.json:12)
                  ✔ on any port: the rule names no port
              – policy web does not apply: label `app` is `db`, its podSelector wants `web` (shop/policies/web.yml:5)
            --- standard error
            --- exit status 0
        "#]],
    );
    check_refused(
        "explain shop --from 203.0.113.99 --to shop/db-0 --protocol ICMP --port 7",
        &expect![[r#"
            netpol: ICMP has no ports: leave out --port
        "#]],
    );
    check_refused(
        "explain shop --from 203.0.113.99 --to shop/db-0",
        &expect![[r#"
        netpol: the following required arguments were not provided: --port <PORT>
    "#]],
    );
}
