//! What is written is read as it was.

use std::collections::BTreeMap;
use std::fmt::Debug;

use expect_test::{Expect, expect};
use netpol::view::{ConnectionQuery, FlowQuery, FoldedQuery, PortSpec, ReachQuery};
use netpol_diagram::Folding;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::engine::Engine;
use crate::protocol::{
    Answer, AssistQuery, ExportQuery, FromWorker, PictureQuery, Query, Request, ShareQuery,
    Subject, Wants, WishQuery,
};

fn back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Vec<u8> {
    let bytes = to_bytes(value).unwrap();
    assert_eq!(from_bytes::<T>(&bytes).as_ref(), Ok(value));
    bytes
}

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, expected: &Expect) {
    expected.assert_eq(&format!("{:?}", back(value)));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    signed: (i8, i16, i32, i64),
    unsigned: (u8, u16, u32, u64),
    float: f64,
    letter: char,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    list: Vec<Shape>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    map: BTreeMap<String, bool>,
    last: u8,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Unit,
    Newtype(Box<u32>),
    Tuple(u8, u8),
    Struct { a: u8 },
}

#[test]
fn what_is_left_out_takes_its_place() {
    let mut all = Everything {
        signed: (-1, i16::MIN, 3, i64::MAX),
        unsigned: (0, 1, 128, u64::MAX),
        float: -0.5,
        letter: 'é',
        option: None,
        list: Vec::new(),
        map: BTreeMap::new(),
        last: 7,
    };
    check(
        &all,
        &expect![
            "[1, 255, 255, 3, 6, 254, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0, 1, 128, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 0, 224, 191, 233, 1, 0, 0, 0, 7]"
        ],
    );
    all.option = Some("ü".to_owned());
    all.list = vec![
        Shape::Unit,
        Shape::Newtype(Box::new(300)),
        Shape::Tuple(1, 2),
        Shape::Struct { a: 4 },
    ];
    all.map.insert("k".to_owned(), true);
    back(&all);
}

#[test]
fn a_number_has_one_meaning() {
    check(&300_u32, &expect!["[172, 2]"]);
    assert_eq!(from_bytes::<u8>(&[172, 2]), Err(Unreadable));
    assert_eq!(from_bytes::<bool>(&[2]), Err(Unreadable));
    assert_eq!(from_bytes::<u8>(&[1, 1]), Err(Unreadable));
    assert_eq!(from_bytes::<String>(&[5, 65]), Err(Unreadable));
    assert_eq!(from_bytes::<Vec<String>>(&[255, 255, 255, 255, 255, 255, 255, 1]), Err(Unreadable));
}

fn connection(port: PortSpec) -> ConnectionQuery {
    let protocol = netpol::view::Protocol::Tcp;
    ConnectionQuery {
        from: "bookstore/storefront".to_owned(),
        to: "bookstore/postgres".to_owned(),
        port,
        protocol,
    }
}

fn queries() -> Vec<Query> {
    let picture = PictureQuery {
        flows: FlowQuery { limit: 100, ..FlowQuery::default() },
        folding: Folding::default(),
        since: Some(1),
        width: 900,
        height: Some(400),
        places: netpol_diagram::Places::default(),
    };
    let wish = WishQuery {
        names: true,
        connection: connection(PortSpec::Number(5432)),
        wanted: netpol::view::Verdict::Allowed,
    };
    let share = ShareQuery {
        address: "https://example.org/".to_owned(),
        parameters: [("view".to_owned(), "matrix".to_owned())].into(),
        ..ShareQuery::default()
    };
    let node = "bookstore/postgres".to_owned();
    let (namespace, name) = ("bookstore".to_owned(), "default-deny-all".to_owned());
    let target = netpol::edit::Target::Namespace { name: namespace.clone() };
    vec![
        Query::Picture(picture.clone()),
        Query::Log(picture.clone()),
        Query::Matrix(FoldedQuery::default()),
        Query::Export(ExportQuery::Mermaid),
        Query::Export(ExportQuery::Report(connection(PortSpec::Number(5432)), share.clone())),
        Query::Visit("example=np-demo&view=matrix".to_owned()),
        Query::Share(share),
        Query::Explain(connection(PortSpec::None)),
        Query::Explain(connection(PortSpec::Name("80".to_owned()))),
        Query::Suggest(wish),
        Query::Inspect(Subject::Node(node)),
        Query::Inspect(Subject::Policy { namespace, name }),
        Query::Edit(netpol::edit::EditCommand::Delete { target }),
        Query::Findings(0),
        Query::Assist(AssistQuery {
            number: 1,
            wants: Wants::Completions,
            text: "kind: ".to_owned(),
            offset: 6,
        }),
        Query::Assist(AssistQuery {
            number: 2,
            wants: Wants::Meaning,
            text: "kind: Pod\n".to_owned(),
            offset: 1,
        }),
        Query::Lookup(crate::protocol::LookupQuery { offset: 300, picture }),
    ]
}

/// The benchmarks write these themselves: `crates/netpol-bench/src/measure/worker.js`.
#[test]
fn the_benchmarks_write_the_same() {
    let text = "a".to_owned();
    let queries = Vec::new();
    check(&Request::Analyse { revision: 2, text, queries }, &expect!["[0, 2, 1, 97, 0]"]);
    let queries = vec![
        Query::Matrix(FoldedQuery::default()),
        Query::Explain(ConnectionQuery {
            from: "a".to_owned(),
            to: "b".to_owned(),
            port: PortSpec::Number(80),
            protocol: netpol::view::Protocol::Udp,
        }),
    ];
    check(
        &Request::Ask { revision: 2, queries },
        &expect!["[1, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 1, 97, 1, 98, 1, 80, 0, 1]"],
    );
    assert_eq!(to_bytes(&FromWorker::Panicked(String::new())), Ok(vec![2, 0]));
}

/// Every question about every scenario, and its answer.
#[test]
fn every_message_arrives() {
    for scenario in netpol_lessons::SCENARIOS {
        let text = scenario.manifests.to_owned();
        let request = Request::Analyse { revision: 1, text, queries: queries() };
        back(&request);
        let answer: Answer = Engine::default().answer(request).unwrap();
        assert_eq!(answer.replies.len(), queries().len());
        back(&FromWorker::Answer(Box::new(answer)));
    }
    back(&FromWorker::Ready);
    back(&ReachQuery::default());
}
