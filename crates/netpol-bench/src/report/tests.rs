#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use netpol_bench::shape::{COMPANY, Form};
use serde_json::json;

use super::*;
use crate::measure::size::{File, Size};
use crate::measure::worker::{Row, Worker};

fn check(measured: &Measured, expected: &Expect) {
    let page = page(measured);
    let (_, budgets) = page.split_once("\n## Budgets\n").unwrap();
    expected.assert_eq(budgets);
}

#[test]
fn what_does_not_hold_is_said() {
    let file = |name: &str, brotli| File { name: name.to_owned(), bytes: 3 * brotli, brotli };
    let files = vec![file("page_bg.wasm", 249_999), file("editor.js", 210_000)];
    check(
        &Measured { size: Some(Size { files }), ..Measured::default() },
        &expect![[r#"

        | what | budget | measured |  |
        | --- | ---: | ---: | ---: |
        | everything needed for the first view, Brotli | < 450 KB | 460 KB | **does not hold** |
        | of which our WebAssembly | < 250 KB | 250 KB | holds |

        ## Size

        The built page. The first view needs all of it, the worker too: it shows verdicts. Compressed is Brotli at its best.

        | file | bytes | compressed |
        | --- | ---: | ---: |
        | page_bg.wasm | 749,997 | 249,999 |
        | editor.js | 630,000 | 210,000 |
        | all | 1,379,997 | 459,999 |
    "#]],
    );
}

#[test]
fn the_worker_is_judged_by_its_fastest_round() {
    let round =
        |read: u32| json!({"read": read, "judge": 400, "explain": 2, "memory": 120_000_000});
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
        | company, YAML | 40.0 ms | 4.00 s (2 MB/s) | 500 ms (16 MB/s) | 400 ms | 400 ms | 2.00 ms | 114 MiB |
    "#]],
    );
}
