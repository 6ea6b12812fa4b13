//! The documentation says what the command does.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use serde_json::Value;

use crate::support::{fixtures, run};

fn crates() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn scenarios() -> PathBuf {
    crates().join("netpol-lessons/scenarios")
}

/// The page with the output of each `$ netpol …` in its `console` blocks replaced by today's.
fn rerun(page: &str) -> String {
    let mut fresh = String::new();
    let mut in_console = false;
    for line in page.lines() {
        if line.starts_with("```") {
            in_console = line == "```console";
        } else if in_console && !line.starts_with("$ ") {
            continue;
        }
        writeln!(fresh, "{line}").unwrap();
        if let Some(call) = line.strip_prefix("$ netpol ").filter(|_| in_console) {
            let (arguments, quiet) = match call.strip_suffix(" 2>/dev/null") {
                Some(arguments) => (arguments, true),
                None => (call, false),
            };
            // A scenario has nothing that is refused, and no second version.
            let verb = arguments.split(' ').next().unwrap();
            let folder =
                if ["validate", "diff"].contains(&verb) { fixtures() } else { scenarios() };
            let run = run(&folder, arguments, "");
            fresh.push_str(if quiet { "" } else { &run.stderr });
            fresh.push_str(std::str::from_utf8(&run.stdout).unwrap());
        }
    }
    fresh
}

#[test]
fn examples_print_what_the_page_shows() {
    let page = fs::read_to_string(crates().join("../docs/cli.md")).unwrap();
    assert!(page.contains("```console\n$ netpol test "), "there are examples");
    expect_file!["../../../../docs/cli.md"].assert_eq(&rerun(&page));
}

#[test]
fn every_field_is_documented() {
    let page = fs::read_to_string(crates().join("../docs/json.md")).unwrap();
    for arguments in [
        "explain bookstore.yaml --from bookstore/orders --to service:bookstore/postgres --port 5432",
        "explain bookstore.yaml --from bookstore/orders --to bookstore/postgres --port 5432 --suggest",
        "explain bookstore.yaml --from bookstore/orders --to bookstore/orders --port 5432 --suggest",
        "reach bookstore.yaml",
        "matrix bookstore.yaml",
        "stats bookstore.yaml",
        "test bookstore.yaml",
        "lint bookstore.yaml",
        "diff --before np-demo.yaml --after bookstore.yaml",
        "validate ../../netpol-cli/tests/fixtures/refused.yaml",
    ] {
        let run = run(&scenarios(), &format!("{arguments} --format json"), "");
        let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
        let mut fields = BTreeSet::new();
        collect_fields(&answer, &mut fields);
        assert!(fields.len() > 1, "{arguments}: an answer beside the schema");
        for field in fields {
            assert!(page.contains(&format!("`{field}`")), "{arguments}: `{field}` is documented");
        }
        let schema = answer["schema"].as_str().unwrap();
        assert!(page.contains(&format!("## `{schema}`")), "`{schema}` has a section");
    }
}

/// Collects the names of all fields, except those of maps whose keys are data.
fn collect_fields(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                fields.insert(name.clone());
                if name != "labels" {
                    collect_fields(value, fields);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_fields(item, fields)),
        _ => {}
    }
}
