//! The engine on this machine.

use super::budgets::PEERS;
use super::table::{
    mebibytes, megabytes_per_second, millions, number, ratio, section, table, time,
};
use crate::measure::growth::Growth;
use crate::measure::native::{Native, Row};

/// All tables about it.
pub(super) fn sections(native: &Native) -> String {
    [inputs(native), stages(native), growth(native), others(native)].join("\n")
}

fn rows(native: &Native, cells: impl Fn(&Row) -> Vec<String>) -> Vec<Vec<String>> {
    let named = |row: &Row| {
        let mut all = vec![row.shape.name.to_owned()];
        all.extend(cells(row));
        all
    };
    native.shapes.iter().map(named).collect()
}

fn inputs(native: &Native) -> String {
    let head = ["input", "namespaces", "pods", "policies", "identities", "pairs", "YAML", "JSON"];
    let rows = rows(native, |row| {
        let counts = row.counts;
        let mut cells: Vec<String> =
            [counts.namespaces, counts.pods, counts.policies, counts.identities]
                .map(number)
                .to_vec();
        cells.push(number(counts.pairs));
        cells.extend(row.bytes.map(|bytes| format!("{:.1} MB", millions(bytes))));
        cells
    });
    section(
        "Inputs",
        &[
            "The first four have the shape of a real company's cluster of 604 namespaces, 5,413 pods and \
             13,678 policies: a few\npods and policies in each namespace, most rules about pods of the same \
             one. In the last, `dense`, no two of 10,000\nDeployments look the same to 100 policies; each \
             policy selects a tenth of them and has ten rules that admit a tenth\neach. Identities are \
             classes of pods that no policy can tell apart.",
            &table(&head, &rows),
        ],
    )
}

fn stages(native: &Native) -> String {
    let head = [
        "input",
        "read YAML",
        "read JSON",
        "resolve",
        "all before judging",
        "judge all pairs, all ports",
        "one explanation",
        "memory",
    ];
    let speed = |row: &Row, form: usize| {
        let speed = megabytes_per_second(row.bytes[form], row.read[form]);
        format!("{} ({speed:.0} MB/s)", time(row.read[form]))
    };
    let times = rows(native, |row| {
        let memory =
            row.memory.map_or("-".to_owned(), |bytes| format!("{:.0} MiB", mebibytes(bytes)));
        vec![
            speed(row, 0),
            speed(row, 1),
            time(row.resolve),
            time(row.analyse),
            time(row.judge),
            time(row.explain),
            memory,
        ]
    });
    let counted = native.shapes.iter().any(|row| row.instructions.is_some());
    let instructions = if counted {
        let rows = rows(native, |row| {
            let cells =
                row.instructions.map(|counts| counts.map(|count| number(count / 1_000_000)));
            cells.map_or(vec!["-".to_owned(); 2], Vec::from)
        });
        let head = ["input", "reading YAML, million instructions", "judging, million instructions"];
        format!(
            "Counted by Valgrind, which no other work on the machine can disturb:\n\n{}",
            table(&head, &rows)
        )
    } else {
        "Instructions were not counted: Valgrind is not installed.".to_owned()
    };
    section(
        "Stages",
        &[
            "Reading is from text to objects: parsing, decoding, defaults and validation. Memory is the \
             most that a process for all\nstages has had beyond the text.",
            &table(&head, &times),
            &instructions,
        ],
    )
}

fn growth(native: &Native) -> String {
    let mut tables = vec![
        "How judging grows when one size does. All sizes of a table take turns, so that whatever else the \
         machine does\nslows them alike."
            .to_owned(),
    ];
    for Growth { curve, times, instructions } in &native.growth {
        let sizes = curve.steps.iter().map(|step| number(step.size()));
        let head: Vec<String> = std::iter::once(curve.what.to_owned()).chain(sizes).collect();
        let row = |what: &str, cells: Vec<String>| [vec![what.to_owned()], cells].concat();
        let mut rows = vec![row("judge", times.iter().map(|it| time(*it)).collect())];
        rows.extend(instructions.iter().map(|counts| {
            let counts = counts.iter().map(|count| number(count / 1_000_000));
            row("million instructions", counts.collect())
        }));
        tables.push(table(&head.iter().map(String::as_str).collect::<Vec<_>>(), &rows));
    }
    section("Growth", &tables.iter().map(String::as_str).collect::<Vec<_>>())
}

fn others(native: &Native) -> String {
    let head = [
        "input",
        "naive",
        "`judge`",
        "faster",
        "`netpol stats`",
        "cyclonus",
        "policy-assistant",
        "network-config-analyzer",
        "faster than the best",
    ];
    let rows = rows(native, |row| {
        let slow = row.naive.map_or("-".to_owned(), time);
        let faster = row.naive.map_or("-".to_owned(), |naive| times(ratio(naive, row.judge)));
        let mut cells = vec![slow, time(row.judge), faster, time(row.process)];
        let peers = PEERS.iter().find(|peers| peers.input == row.shape.name);
        cells.extend(match peers {
            Some(peers) => {
                let mut cells = peers.said.map(str::to_owned).to_vec();
                cells.push(times(ratio(peers.best, row.process)));
                cells
            }
            None => vec!["-".to_owned(); 4],
        });
        cells
    });
    section(
        "Others",
        &[
            "`naive` is this engine's own trace of every pair of pods on TCP 8080, one after another, without \
             reading; `judge` is all\npairs on all ports at once. The others were measured once on 2 cores, for \
             every pod to every other on TCP 8080\n(network-config-analyzer 2.1.0: all ports), the whole process \
             with reading, on clusters of the same shape; against them\nstands the whole process of `netpol \
             stats`, which judges all pairs on all ports.",
            &table(&head, &rows),
        ],
    )
}

fn times(ratio: f64) -> String {
    format!("{} times", number(format_args!("{ratio:.0}")))
}
