#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::time::Duration;

use expect_test::{Expect, expect};
use netpol_bench::shape::{COMPANY, Form};
use serde_json::json;

use super::*;
use crate::measure::page;
use crate::measure::size::{File, Link, Size};
use crate::measure::worker::{Row, Worker};

fn check(measured: &Measured, expected: &Expect) {
    let page = page(measured);
    let (_, budgets) = page.split_once("\n## Budgets\n").unwrap();
    expected.assert_eq(budgets);
}

#[test]
fn what_does_not_hold_is_said() {
    let file = |name: &str, brotli| File { name: name.to_owned(), bytes: 3 * brotli, brotli };
    let files = vec![file("page_bg.wasm", 249_999), file("index.html", 450_000)];
    let links = vec![
        Link { scenario: "bookstore", length: 1_200 },
        Link { scenario: "np-demo", length: 449 },
    ];
    check(
        &Measured { size: Some(Size { files, links }), ..Measured::default() },
        &expect![[r#"

            | what | budget | measured |  |
            | --- | ---: | ---: | ---: |
            | everything needed to see the first view, Brotli | < 450 KB | 450 KB | **does not hold** |
            | of which our WebAssembly | < 250 KB | 0 KB | holds |
            | link for the Bookstore | < 1,200 characters | 1,200 characters | **does not hold** |
            | link for np-demo | < 450 characters | 449 characters | holds |

            ## Size

            The built page. Its build draws the first view into `index.html`, so that it is seen before any program has come; to
            use it takes all of this, the worker too. Compressed is Brotli at its best.

            | file | bytes | compressed | to see the first view |
            | --- | ---: | ---: | ---: |
            | page_bg.wasm | 749,997 | 249,999 |  |
            | index.html | 1,350,000 | 450,000 | yes |
            | all | 2,099,997 | 699,999 |  |
        "#]],
    );
}

#[test]
fn the_worker_is_judged_by_its_fastest_round() {
    let round =
        |read: u32| json!({"read": read, "judge": 400, "explain": 0.0, "memory": 120_000_000});
    let outcome = json!({"start": 40, "rounds": [round(4_000), round(500)]});
    let outcome = serde_json::from_value(outcome).unwrap();
    let row = Row { shape: COMPANY, form: Form::Yaml, bytes: 8_000_000, outcome };
    let worker = Worker { browser: "Chromium 156".to_owned(), rows: vec![row] };
    check(
        &Measured { worker: Some(worker), ..Measured::default() },
        &expect![[r#"

        | what | budget | measured |  |
        | --- | ---: | ---: | ---: |
        | reading manifests, in the worker | > 8 MB/s | YAML 16 MB/s (at first 2) | holds |
        | judging `company`, all pairs, all ports, in the worker | < 1.5 s | 400 ms (at first 400 ms) | holds |
        | memory for `company` beyond the text, in the worker | < 300 MiB | 107 MiB | holds |

        ## In the browser's worker

        The worker of the built page, as the page talks to it. Start is until its first word. Reading is from sending the
        text to having its overview: message, reading, resolving, findings, the list of objects, message. Judging is the first
        question about all pairs without what the same question takes once more. `At first` is in a new worker, whose program the
        browser has not finished optimising; the columns after it are the fastest of five rounds. Memory is that of the
        program after the first round, text and answer included.

        | input | start | read, at first | read | judge, at first | judge | one explanation | memory |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        | company, YAML | 40.0 ms | 4.00 s (2 MB/s) | 500 ms (16 MB/s) | 400 ms | 400 ms | < 100 µs | 114 MiB |
    "#]],
    );
}

#[test]
fn people_wait_for_the_slowest_keys_of_the_best_round() {
    let waited = |time: u32, tasks: &[u32]| {
        serde_json::from_value(json!({"time": time, "tasks": tasks})).unwrap()
    };
    let round = |slowest, tasks: &[u32]| page::Opened {
        open: waited(250, tasks),
        keys: (1..=39).map(|_| waited(20, &[])).chain([waited(slowest, &[])]).collect(),
        frames: serde_json::from_value(json!({"moving": 200, "rate": 59.94})).unwrap(),
        moving_when_reduced: 0,
    };
    let documents = vec![
        page::Document { name: "Bookstore", rounds: vec![round(400, &[]), round(900, &[])] },
        page::Document { name: "500 pods", rounds: vec![round(20, &[51, 60]), round(20, &[70])] },
    ];
    let visit =
        |usable: u32| serde_json::from_value(json!({"seen": 400, "usable": usable})).unwrap();
    let visits = [1_500, 1_900].map(visit).into();
    let works = [340, 355].map(Duration::from_millis).into();
    let page = page::Page { browser: "Chromium 156".to_owned(), visits, works, documents };
    check(
        &Measured { page: Some(page), ..Measured::default() },
        &expect![[r#"

            | what | budget | measured |  |
            | --- | ---: | ---: | ---: |
            | from a key to the repainted graph, Bookstore, 95 of 100 | < 50 ms | 20.0 ms (in the slowest round 20.0 ms) | holds |
            | tasks on the page's thread, at any size | none > 50 ms | up to 60.0 ms (in the slowest round up to 70.0 ms) | **does not hold** |
            | first view usable, the page's thread at a quarter of its speed | < 2 s | 1.50 s (the slowest 1.90 s) | holds |
            | frames a second where most moves | 60 | 60 with 200 animations | holds |
            | animations that run when less motion is wanted | 0 | 0 | holds |

            ## On the page

            The built page in a window of its own, driven by key presses. A document is opened by dropping its file; the
            time is until its picture is drawn. Keys change the label of a pod at the document's end, letter by letter; the time
            is from pressing a key until the picture of the changed text is drawn. Longest tasks are those on the page's
            thread that took more than 50 ms, while opening and while pressing keys. Moving are the animations that run,
            also when the system asks for less motion. Each document has three rounds, each in a new browser; a column says the
            best of them.

            | document | opened | longest task | key, half of them | key, 95 of 100 | longest task | moving | frames a second | moving when reduced |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | Bookstore | 250 ms | - | 20.0 ms | 20.0 ms | - | 200 | 60 | 0 |
            | 500 pods | 250 ms | 60.0 ms | 20.0 ms | 20.0 ms | - | 200 | 60 | 0 |

            First visits, with an empty cache and the page's thread slowed to a quarter (the worker's is not), until the
            first view is seen: 400 ms, 400 ms; until it can be used: 1.50 s, 1.90 s.

            What of that is work, in processor time of the page's thread at full speed: 340 ms, 355 ms.
        "#]],
    );
}
