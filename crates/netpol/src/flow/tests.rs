use std::collections::BTreeMap;
use std::fmt::Write as _;

use netpol_syntax::Sources;

use crate::view::{ConnectionQuery, FlowQuery, FlowSource, Flows, PortSpec, Protocol, Verdict};
use crate::{Analysis, analyse};

/// Workloads, single pods, an outside address, and policies of both directions.
const SHOP: &str = include_str!("tests/shop.yaml");

fn shop() -> Analysis {
    analyse(Sources::single("shop.yaml", SHOP))
}

fn all() -> FlowQuery {
    FlowQuery { source: FlowSource::DeclaredPorts, limit: 10_000, ..FlowQuery::default() }
}

/// Each line in words.
fn lines(flows: &Flows) -> String {
    let mut text = String::new();
    for bundle in &flows.bundles {
        let _ = write!(text, "{} > {} {}", bundle.from, bundle.to, bundle.fate.verdict);
        for side in &bundle.fate.stops_at {
            let _ = write!(text, " {}", side.as_str());
        }
        if let Some(was) = bundle.fate.was {
            let _ = write!(text, ", was {was}");
        }
        let _ = writeln!(text, ": {} on {:?}", bundle.count, bundle.ports);
    }
    text
}

#[test]
fn every_flow_has_the_verdict_of_its_explanation() {
    let analysis = shop();
    let flows = analysis.flows(&all());
    assert_eq!(flows.total, flows.flows.len() as u64);
    assert_eq!(flows.total, flows.bundles.iter().map(|bundle| bundle.count).sum::<u64>());
    assert_eq!(flows.total, 8 + 3 * 7);
    for flow in &flows.flows {
        let (from, to) = (flow.from.clone(), flow.to.clone());
        let query = ConnectionQuery { from, to, port: flow.port.clone(), protocol: flow.protocol };
        let explanation = analysis.explain(&query).unwrap();
        assert_eq!(explanation.verdict, flow.verdict, "{flow:?}");
        assert_eq!(flow.edges[0].verdict, flow.verdict);
    }
}

#[test]
fn nobody_is_forgotten() {
    // Seven pods and workloads, of which one has two pods, and one address: everybody to everybody
    // else on the ports that the receiver declares, and the pair of pods to itself.
    let flows = shop().flows(&all());
    let count = |to: &str| flows.flows.iter().filter(|flow| flow.to == to).count();
    assert_eq!(["shop/web", "shop/db", "ops/probe"].map(count), [8, 7, 0]);
}

#[test]
fn lines_between_cards_are_counted() {
    let names = ["shop/cart-1", "shop/cart-2", "shop/db", "shop/web"];
    let cards: BTreeMap<String, String> =
        names.iter().map(|name| ((*name).to_owned(), "namespace:shop".to_owned())).collect();
    let flows = shop().bundled_flows(&all(), &cards, None);
    expect_test::expect![[r#"
        external/office > namespace:shop allowed: 3 on [(8080, Tcp)]
        external/office > namespace:shop denied ingress: 1 on [(5432, Tcp)]
        namespace:shop > namespace:shop allowed: 12 on [(5432, Tcp), (8080, Tcp)]
        namespace:shop > namespace:shop denied ingress: 1 on [(5432, Tcp)]
        ops/agent > namespace:shop allowed: 3 on [(8080, Tcp)]
        ops/agent > namespace:shop denied ingress: 1 on [(5432, Tcp)]
        ops/other > namespace:shop allowed: 3 on [(8080, Tcp)]
        ops/other > namespace:shop denied ingress: 1 on [(5432, Tcp)]
        ops/probe > namespace:shop allowed: 3 on [(8080, Tcp)]
        ops/probe > namespace:shop denied egress ingress: 1 on [(5432, Tcp)]
    "#]]
    .assert_eq(&lines(&flows));
}

#[test]
fn an_edit_tells_what_it_changed() {
    let edited = SHOP.replace("port: 5432", "port: 5433");
    assert_ne!(edited, SHOP);
    let after = analyse(Sources::single("shop.yaml", edited));
    let query = FlowQuery { changed: true, ..all() };
    let flows = after.bundled_flows(&query, &BTreeMap::new(), Some(&shop()));
    expect_test::expect![[r#"
        shop/cart-1 > shop/db denied ingress, was allowed: 1 on [(5432, Tcp)]
        shop/cart-2 > shop/db denied ingress, was allowed: 1 on [(5432, Tcp)]
    "#]]
    .assert_eq(&lines(&flows));
    let unchanged = after.bundled_flows(&query, &BTreeMap::new(), Some(&after));
    assert_eq!((unchanged.total, unchanged.bundles.len()), (0, 0));
}

#[test]
fn filters_leave_what_they_name() {
    let analysis = shop();
    let ask = |query: FlowQuery| analysis.flows(&query).flows;
    let owned = |it: &str| vec![it.to_owned()];
    let by_pod = ask(FlowQuery { endpoints: owned("shop/db"), ..all() });
    assert!(!by_pod.is_empty());
    assert!(by_pod.iter().all(|flow| flow.from == "shop/db" || flow.to == "shop/db"));
    assert_eq!(ask(FlowQuery { labels: owned("app=db"), ..all() }), by_pod);
    assert_eq!(ask(FlowQuery { labels: owned("none"), ..all() }), []);
    assert_eq!(ask(FlowQuery { words: owned("op/db"), ..all() }), by_pod);
    assert_eq!(ask(FlowQuery { namespaces: owned("shop"), ..all() }), ask(all()));
    let both = ask(FlowQuery { ports: vec![5432, 8080], ..all() });
    assert_eq!(both.len(), ask(all()).len());
    assert!(ask(FlowQuery { protocols: vec![Protocol::Udp], ..all() }).is_empty());
    let query = FlowQuery { verdicts: vec![Verdict::Denied], ports: vec![5432], ..all() };
    assert!(
        ask(query)
            .iter()
            .all(|flow| { flow.verdict == Verdict::Denied && flow.port == PortSpec::Number(5432) })
    );
}

#[test]
fn too_many_lines_are_not_drawn_unless_somebody_asks_for_some() {
    let analysis = shop();
    let drawn = |query: FlowQuery| {
        let flows = analysis.flows(&FlowQuery { most: Some(4), ..query });
        let drawn: u64 = flows.bundles.iter().map(|bundle| bundle.count).sum();
        assert_eq!(flows.total, drawn + flows.undrawn);
        (flows.bundles.len(), flows.undrawn)
    };
    let (lines, undrawn) = drawn(all());
    assert!(lines == 0 && undrawn == 29, "{lines} lines, {undrawn} flows left out");
    assert_eq!(drawn(FlowQuery { namespaces: vec!["shop".to_owned()], ..all() }).0, 4);
    // Of a few more, those that are not denied.
    let (lines, undrawn) = drawn(FlowQuery { endpoints: vec!["shop/db".to_owned()], ..all() });
    assert!(lines <= 4 && undrawn > 0, "{lines} lines, {undrawn} flows left out");
}
