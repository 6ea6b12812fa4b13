//! What the project promises itself, and whether it holds.

use std::time::Duration;

use netpol_bench::growth::Step;

use super::table::{self, mebibytes, megabytes_per_second, number, ratio, time};
use crate::measure::Measured;
use crate::measure::growth::Growth;
use crate::measure::native::{Native, Row};
use crate::measure::page::{Document, Opened, Page, Visit};
use crate::measure::size::{Link, Size};
use crate::measure::worker::{self, Round, Worker};

/// What others need for an input of the same shape: measured once on 2 cores, the whole process.
pub(super) struct Peers {
    pub(super) input: &'static str,
    /// cyclonus' matcher, policy-assistant's matcher, network-config-analyzer 2.1.0.
    pub(super) said: [&'static str; 3],
    /// The fastest of them.
    pub(super) best: Duration,
}

pub(super) const PEERS: [Peers; 3] = [
    Peers { input: "tiny", said: ["0.03 s", "0.06 s", "1.3 s"], best: Duration::from_millis(30) },
    Peers { input: "small", said: ["0.4 s", "0.85 s", "16.7 s"], best: Duration::from_millis(400) },
    Peers {
        input: "medium",
        said: ["50 s", "89 s", "over 300 s (stopped)"],
        best: Duration::from_secs(50),
    },
];

/// One promise.
struct Budget {
    what: &'static str,
    limit: &'static str,
    measured: String,
    holds: bool,
}

/// The table of all promises that were measured.
pub(super) fn section(measured: &Measured) -> String {
    let mut budgets = Vec::new();
    budgets.extend(measured.native.iter().flat_map(native));
    budgets.extend(measured.worker.iter().flat_map(worker));
    budgets.extend(measured.page.iter().flat_map(page));
    budgets.extend(measured.size.iter().flat_map(size));
    let row = |budget: &Budget| {
        let holds = if budget.holds { "holds" } else { "**does not hold**" };
        vec![
            budget.what.to_owned(),
            budget.limit.to_owned(),
            budget.measured.clone(),
            holds.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = budgets.iter().map(row).collect();
    table::section("Budgets", &[&table::table(&["what", "budget", "measured", ""], &rows)])
}

fn shape<'a>(native: &'a Native, name: &str) -> Option<&'a Row> {
    native.shapes.iter().find(|row| row.shape.name == name)
}

fn native(native: &Native) -> Vec<Budget> {
    let (Some(medium), Some(company), Some(dense)) =
        (shape(native, "medium"), shape(native, "company"), shape(native, "dense"))
    else {
        return Vec::new();
    };
    let speed = |form: usize| megabytes_per_second(company.bytes[form], company.read[form]);
    let judging = dense.resolve + dense.judge;
    let explaining = company.explain.max(dense.explain);
    let memory = company.memory.map(mebibytes);
    let peers = PEERS.iter().find(|peers| peers.input == medium.shape.name);
    let faster = peers.map_or(0.0, |peers| ratio(peers.best, medium.process));
    let mut budgets = vec![
        Budget {
            what: "reading manifests, native",
            limit: "> 20 MB/s",
            measured: format!("YAML {:.0} MB/s, JSON {:.0} MB/s", speed(0), speed(1)),
            holds: speed(0).min(speed(1)) > 20.0,
        },
        Budget {
            what: "judging `company`, all pairs, all ports, native on one core",
            limit: "< 0.5 s",
            measured: time(company.judge),
            holds: company.judge < Duration::from_millis(500),
        },
        Budget {
            what: "memory for `company` beyond the text, native",
            limit: "< 300 MiB",
            measured: memory.map_or("not told".to_owned(), |memory| format!("{memory:.0} MiB")),
            holds: memory.is_some_and(|memory| memory < 300.0),
        },
        Budget {
            what: "resolving and judging `dense`",
            limit: "< 1 s",
            measured: time(judging),
            holds: judging < Duration::from_secs(1),
        },
        Budget {
            what: "one explanation in those two",
            limit: "< 1 ms",
            measured: time(explaining),
            holds: explaining < Duration::from_millis(1),
        },
        Budget {
            what: "the whole command on `medium` against the best of the others",
            limit: "> 1,000 times as fast",
            measured: format!("{} times", number(format_args!("{faster:.0}"))),
            holds: faster > 1_000.0,
        },
    ];
    budgets.extend(doubling(native));
    budgets
}

/// Doubling the pods of existing identities. Instructions decide where they are counted: the time varies
/// by more than is promised.
fn doubling(native: &Native) -> Option<Budget> {
    let is_it = |growth: &&Growth| matches!(growth.curve.steps.first(), Some(Step::Pods(_)));
    let growth = native.growth.iter().find(is_it)?;
    let [once, twice, ..] = growth.times.as_slice() else { return None };
    let time = (ratio(*twice, *once) - 1.0) * 100.0;
    let counted = growth.instructions.as_deref().and_then(|counts| match counts {
        [once, twice, ..] => Some(twice.saturating_sub(*once) * 1_000 / once.max(&1)),
        _ => None,
    });
    Some(Budget {
        what: "judging twice the pods of the same identities, `company`",
        limit: "< 10 % more",
        measured: match counted {
            Some(more) => format!("+{}.{} % instructions, {time:+.0} % time", more / 10, more % 10),
            None => format!("{time:+.0} % time"),
        },
        holds: counted.map_or(time < 10.0, |more| more < 100),
    })
}

fn worker(worker: &Worker) -> Vec<Budget> {
    let company = || worker.rows.iter().filter(|row| row.shape.name == "company");
    let speed = |row: &worker::Row, time| megabytes_per_second(row.bytes, time);
    let fastest = company().map(|row| speed(row, row.outcome.fastest(Round::read)));
    let judging = company().map(|row| row.outcome.fastest(Round::judge)).max().unwrap_or_default();
    let first = company().map(|row| row.outcome.first(Round::judge)).max().unwrap_or_default();
    let memory = company().map(|row| row.outcome.memory().saturating_sub(row.bytes as u64));
    let memory = memory.max().map_or(f64::INFINITY, mebibytes);
    let said = company().map(|row| {
        let form = row.form.name().to_uppercase();
        let outcome = &row.outcome;
        let [fastest, first] = [outcome.fastest(Round::read), outcome.first(Round::read)];
        format!("{form} {:.0} MB/s (at first {:.0})", speed(row, fastest), speed(row, first))
    });
    vec![
        Budget {
            what: "reading manifests, in the worker",
            limit: "> 8 MB/s",
            measured: said.collect::<Vec<_>>().join(", "),
            holds: fastest.fold(f64::INFINITY, f64::min) > 8.0,
        },
        Budget {
            what: "judging `company`, all pairs, all ports, in the worker",
            limit: "< 1.5 s",
            measured: format!("{} (at first {})", time(judging), time(first)),
            holds: judging.max(first) < Duration::from_millis(1_500),
        },
        Budget {
            what: "memory for `company` beyond the text, in the worker",
            limit: "< 300 MiB",
            measured: format!("{memory:.0} MiB"),
            holds: memory < 300.0,
        },
    ]
}

fn page(page: &Page) -> Vec<Budget> {
    let bookstore = page.documents.iter().find(|document| document.name == "Bookstore");
    let key = |round: &Opened| round.key_percentile(95);
    let keys = bookstore.and_then(|document| Some([document.best(key)?, document.worst(key)?]));
    let [key, slowest_key] = keys.unwrap_or([Duration::MAX; 2]);
    let task =
        |of: fn(&Document) -> Option<Option<Duration>>| page.documents.iter().filter_map(of).max();
    let longest = task(|document| document.best(Opened::longest_task)).flatten();
    let longest_ever = task(|document| document.worst(Opened::longest_task)).flatten();
    let visits = || page.visits.iter().map(Visit::usable);
    let visit = visits().min().unwrap_or(Duration::MAX);
    let lively =
        page.documents.iter().max_by_key(|document| document.worst(|round| round.frames.moving));
    let moving =
        lively.and_then(|document| document.worst(|round| round.frames.moving)).unwrap_or_default();
    let rate = lively.map_or(0.0, super::page::rate);
    let reduced = page.documents.iter().flat_map(|document| &document.rounds);
    let reduced = reduced.map(|round| round.moving_when_reduced).sum::<usize>();
    let up_to = |task: Option<Duration>| {
        task.map_or("none".to_owned(), |longest| format!("up to {}", time(longest)))
    };
    vec![
        Budget {
            what: "from a key to the repainted graph, Bookstore, 95 of 100",
            limit: "< 50 ms",
            measured: format!("{} (in the slowest round {})", time(key), time(slowest_key)),
            holds: key < Duration::from_millis(50),
        },
        Budget {
            what: "tasks on the page's thread, at any size",
            limit: "none > 50 ms",
            measured: format!("{} (in the slowest round {})", up_to(longest), up_to(longest_ever)),
            holds: longest.is_none(),
        },
        Budget {
            what: "first view usable, the page's thread at a quarter of its speed",
            limit: "< 2 s",
            measured: format!(
                "{} (the slowest {})",
                time(visit),
                time(visits().max().unwrap_or(Duration::MAX))
            ),
            holds: visit < Duration::from_secs(2),
        },
        Budget {
            what: "frames a second where most moves",
            limit: "60",
            measured: format!("{rate:.0} with {moving} animations"),
            holds: rate > 59.0,
        },
        Budget {
            what: "animations that run when less motion is wanted",
            limit: "0",
            measured: reduced.to_string(),
            holds: reduced == 0,
        },
    ]
}

/// The scenarios with a promise about links to them: their id, what is promised, in words, and characters.
const LINKS: [(&str, &str, &str, usize); 2] = [
    ("bookstore", "link for the Bookstore", "< 1,200 characters", 1_200),
    ("np-demo", "link for np-demo", "< 450 characters", 450),
];

fn size(size: &Size) -> Vec<Budget> {
    let kilobytes = |bytes: usize| format!("{:.0} KB", table::millions(bytes) * 1e3);
    let mut budgets = vec![
        Budget {
            what: "everything needed to see the first view, Brotli",
            limit: "< 450 KB",
            measured: kilobytes(size.first()),
            holds: size.first() < 450_000,
        },
        Budget {
            what: "of which our WebAssembly",
            limit: "< 250 KB",
            measured: kilobytes(size.first_wasm()),
            holds: size.first_wasm() < 250_000,
        },
    ];
    budgets.extend(size.links.iter().filter_map(link));
    budgets
}

fn link(link: &Link) -> Option<Budget> {
    let (_, what, limit, most) = LINKS.into_iter().find(|(id, ..)| *id == link.scenario)?;
    let measured = format!("{} characters", number(link.length));
    Some(Budget { what, limit, measured, holds: link.length < most })
}
