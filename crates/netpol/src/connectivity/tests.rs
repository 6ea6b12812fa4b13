use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::view::{ConnectionQuery, PortSpec, Protocol, ReachQuery, Verdict};
use crate::{Analysis, Sources, analyse, report};

fn read(text: &str) -> Analysis {
    analyse(Sources::single("a.yaml", text))
}

#[track_caller]
fn check(text: &str, query: &ReachQuery, expected: &Expect) {
    let connectivity = read(text).connectivity(query).unwrap();
    let undecided = connectivity.undecided;
    expected.assert_eq(&format!("{}undecided: {undecided}\n", report::reach(&connectivity)));
}

fn pod(name: &str, rest: &str) -> String {
    let meta = format!("{{name: {name}, namespace: x, labels: {{app: {name}}}{rest}}}");
    format!("---\n{{apiVersion: v1, kind: Pod, metadata: {meta}}}\n")
}

fn policy(name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n\
         metadata: {{name: {name}, namespace: x}}\nspec: {spec}\n"
    )
}

#[test]
fn without_blocks_the_world_outside_is_one_range() {
    check(
        &(pod("a", "") + &pod("b", "") + &policy("p", "{podSelector: {matchLabels: {app: a}}}")),
        &ReachQuery::default(),
        &expect![[r#"
            0.0.0.0-255.255.255.255[External] => x/b[Pod] : All Connections
            x/a[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
            x/a[Pod] => x/b[Pod] : All Connections
            x/b[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
            undecided: 0
        "#]],
    );
}

#[test]
fn pods_go_by_the_owner_that_they_share() {
    let owner = |kind: &str| {
        format!(", ownerReferences: [{{apiVersion: v1, kind: {kind}, name: set, uid: u}}]")
    };
    check(
        &(pod("a", &owner("ReplicaSet"))
            + &pod("b", &owner("ReplicaSet"))
            + &pod("etcd", &owner("Node"))),
        &ReachQuery { protocol: Some(Protocol::Udp), ..ReachQuery::default() },
        &expect![[r#"
            0.0.0.0-255.255.255.255[External] => x/etcd[Pod] : UDP 1-65535
            0.0.0.0-255.255.255.255[External] => x/set[ReplicaSet] : UDP 1-65535
            x/etcd[Pod] => 0.0.0.0-255.255.255.255[External] : UDP 1-65535
            x/etcd[Pod] => x/set[ReplicaSet] : UDP 1-65535
            x/set[ReplicaSet] => 0.0.0.0-255.255.255.255[External] : UDP 1-65535
            x/set[ReplicaSet] => x/etcd[Pod] : UDP 1-65535
            undecided: 0
        "#]],
    );
}

const BLOCKS: &str = "{podSelector: {matchLabels: {app: a}}, policyTypes: [Ingress, Egress], \
     ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/9]}}], ports: [{port: 80}]}], \
     egress: [{to: [{ipBlock: {cidr: '::/0'}}, {ipBlock: {cidr: 0.0.0.0/0}}]}]}";

#[test]
fn blocks_cut_the_side_that_they_are_about() {
    check(
        &(pod("a", "") + &pod("b", "") + &policy("p", BLOCKS)),
        &ReachQuery::default(),
        &expect![[r#"
            0.0.0.0-10.127.255.255[External] => x/b[Pod] : All Connections
            10.128.0.0-10.255.255.255[External] => x/a[Pod] : TCP 80
            10.128.0.0-10.255.255.255[External] => x/b[Pod] : All Connections
            11.0.0.0-255.255.255.255[External] => x/b[Pod] : All Connections
            ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] => x/b[Pod] : All Connections
            x/a[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
            x/a[Pod] => ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] : All Connections
            x/b[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
            x/b[Pod] => ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] : All Connections
            undecided: 2
        "#]],
    );
}

#[test]
fn a_named_address_chooses_its_range() {
    check(
        &(pod("a", "") + &policy("p", BLOCKS)),
        &ReachQuery { from: Some("10.200.0.1".to_owned()), ..ReachQuery::default() },
        &expect![[r#"
            10.128.0.0-10.255.255.255[External] => x/a[Pod] : TCP 80
            undecided: 0
        "#]],
    );
    let analysis = read(&(pod("a", "") + &policy("p", BLOCKS)));
    let query = |from: &str| ReachQuery { from: Some(from.to_owned()), ..ReachQuery::default() };
    let of = |from: &str| analysis.connectivity(&query(from)).map(|it| it.connections.len());
    assert_eq!(of("10.128.0.0-10.255.255.255[External]"), Ok(1));
    assert_eq!(of("x/a"), of("x/a[Pod]"));
    assert_eq!(of("x/b").unwrap_err().message, "there is no pod or workload `x/b`");
}

#[test]
fn a_pod_without_an_address_of_a_family_meets_no_range_of_it() {
    let pod = "---\n{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: x}, \
               status: {podIP: 'fd00::1'}}\n";
    check(
        pod,
        &ReachQuery::default(),
        &expect![[r#"
        ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] => x/a[Pod] : All Connections
        x/a[Pod] => ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff[External] : All Connections
        undecided: 0
    "#]],
    );
}

#[test]
fn the_settings_decide_whether_blocks_mean_pods() {
    let text = |value: &str| {
        let settings = format!(
            "---\napiVersion: netpol/v1\nkind: Settings\nmetadata: {{name: s}}\n\
             spec: {{options: {{ipBlockMatchesPods: {value}}}}}\n"
        );
        pod("a", "") + &pod("b", "") + &policy("p", BLOCKS) + &settings
    };
    let query = ReachQuery {
        from: Some("x/a".to_owned()),
        to: Some("x/b".to_owned()),
        ..ReachQuery::default()
    };
    check(
        &text("true"),
        &query,
        &expect![[r#"
        x/a[Pod] => x/b[Pod] : All Connections
        undecided: 0
    "#]],
    );
    check(
        &text("false"),
        &query,
        &expect![[r#"
        undecided: 0
    "#]],
    );
}

/// Blocks that overlap, touch and hold each other.
const CIDRS: [&str; 8] = [
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.1.2.3/32",
    "255.255.255.255/32",
    "192.168.0.0/16",
];

fn rules(peers: &str) -> impl Strategy<Value = String> {
    let block = (0..CIDRS.len(), prop::collection::vec(0..CIDRS.len(), 0..3), 79..82_u16);
    prop::collection::vec(block, 0..4).prop_map(move |blocks| {
        let mut rules = String::new();
        for (cidr, except, port) in blocks {
            let net = |index: usize| CIDRS[index].parse::<ipnet::IpNet>().unwrap();
            let within = |other: &usize| net(cidr).contains(&net(*other)) && cidr != *other;
            let except: Vec<_> = except.into_iter().filter(within).map(|i| CIDRS[i]).collect();
            let cidr = CIDRS[cidr];
            write!(
                rules,
                "{{{peers}: [{{ipBlock: {{cidr: {cidr}, except: {except:?}}}}}], ports: [{{port: {port}}}]}}, "
            )
            .unwrap();
        }
        rules
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// What the list says about a range is what a trace says about its first and last address.
    #[test]
    fn ranges_agree_with_traces(ingress in rules("from"), egress in rules("to")) {
        let spec = format!(
            "{{podSelector: {{}}, policyTypes: [Ingress, Egress], ingress: [{ingress}], egress: [{egress}]}}"
        );
        let analysis = read(&(pod("a", "") + &policy("p", &spec)));
        let list = analysis.connectivity(&ReachQuery::default()).unwrap();
        for sends in [true, false] {
            let cuts = crate::outside::Cuts::of(
                analysis.world(),
                if sends { netpol_model::Direction::Ingress } else { netpol_model::Direction::Egress },
            );
            for range in cuts.ranges() {
                let name = format!("{range}[External]");
                let row = list.rows().find(|(from, to, _)| {
                    if sends { from.id == name } else { to.id == name }
                });
                for (address, port) in [(range.first, 80), (range.last, 80), (range.last, 81)] {
                    // A pod's loopback addresses are its own.
                    if address.is_loopback() {
                        continue;
                    }
                    let (pod, address) = ("x/a".to_owned(), address.to_string());
                    let (from, to) = if sends { (address, pod) } else { (pod, address) };
                    let query = ConnectionQuery {
                        from, to, port: PortSpec::Number(port), protocol: Protocol::Tcp,
                    };
                    let verdict = analysis.explain(&query).unwrap().verdict;
                    let open = |ports: &[String]| ports.iter().any(|it| covers(it, port));
                    let listed = row.is_some_and(|(_, _, ports)| open(ports));
                    prop_assert_eq!(listed, verdict == Verdict::Allowed, "{} {}", name, port);
                }
            }
        }
    }
}

/// Whether `TCP/80` or `TCP/80-81` covers a port.
fn covers(range: &str, port: u16) -> bool {
    let Some(range) = range.strip_prefix("TCP/") else { return false };
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    (first.parse().unwrap()..=last.parse::<u16>().unwrap()).contains(&port)
}
