//! Who may depend on whom, as ARCHITECTURE.md draws it.

use std::process::Command;

use serde_json::Value;

use super::{assert_none, files, output};

/// Each crate with the crates of ours that it may name. Pure ones come first.
const PICTURE: &[(&str, &[&str])] = &[
    ("netpol-sort", &[]),
    ("netpol-syntax", &["netpol-sort"]),
    ("netpol-model", &["netpol-sort", "netpol-syntax"]),
    ("netpol-eval", &["netpol-sort", "netpol-model"]),
    ("netpol", &["netpol-sort", "netpol-syntax", "netpol-model", "netpol-eval"]),
    ("netpol-diagram", &["netpol-sort", "netpol"]),
    ("netpol-lessons", &["netpol"]),
    ("netpol-share", &[]),
    ("netpol-share-js", &["netpol-share"]),
    ("netpol-cli", &["netpol", "netpol-diagram", "netpol-lessons", "netpol-share"]),
    ("netpol-web", &["netpol-sort", "netpol", "netpol-diagram", "netpol-lessons", "netpol-share"]),
    // Measures stage by stage, which no front end asks for.
    ("netpol-bench", &["netpol-model", "netpol-eval", "netpol", "netpol-lessons", "netpol-share"]),
    ("xtask", &[]),
    ("netpol-tests", &["netpol", "netpol-diagram", "netpol-lessons", "netpol-share"]),
];

/// The crates that touch the world: files, the network, a browser. All others are pure.
const OUTERMOST: [&str; 6] =
    ["netpol-cli", "netpol-web", "netpol-share-js", "netpol-bench", "xtask", "netpol-tests"];

/// What a pure crate has no use for: the browser, clocks, randomness, threads, log files.
const IMPURE: [&str; 13] = [
    "chrono",
    "getrandom",
    "gloo",
    "jiff",
    "js-sys",
    "log",
    "rand",
    "time",
    "tokio",
    "tracing",
    "wasm-bindgen",
    "web-sys",
    "yew",
];

/// A crate as `cargo metadata` describes it.
struct Package {
    name: String,
    /// Names, with whether only tests and examples use them.
    dependencies: Vec<(String, bool)>,
}

fn packages() -> Vec<Package> {
    let metadata = output(Command::new("cargo").args([
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
        "--offline",
    ]));
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let package = |package: &Value| Package {
        name: package["name"].as_str().unwrap().to_owned(),
        dependencies: package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .map(|dependency| {
                (dependency["name"].as_str().unwrap().to_owned(), dependency["kind"] == "dev")
            })
            .collect(),
    };
    metadata["packages"].as_array().unwrap().iter().map(package).collect()
}

/// What contradicts the picture. Tests may name any crate below the outermost ones.
fn complaints(packages: &[Package]) -> Vec<String> {
    let ours = |name: &str| PICTURE.iter().any(|(package, _)| *package == name);
    let mut complaints = Vec::new();
    for Package { name, dependencies } in packages {
        let Some((_, allowed)) = PICTURE.iter().find(|(package, _)| package == name) else {
            complaints.push(format!("`{name}` is not in the picture: say who it may depend on"));
            continue;
        };
        let pure = !OUTERMOST.contains(&name.as_str());
        for (dependency, for_tests) in dependencies {
            let dependency = dependency.as_str();
            let wrong = if ours(dependency) {
                OUTERMOST.contains(&dependency) || !(*for_tests || allowed.contains(&dependency))
            } else {
                pure && !for_tests && IMPURE.iter().any(|crate_| family(crate_, dependency))
            };
            if wrong {
                complaints.push(format!("`{name}` must not depend on `{dependency}`"));
            }
        }
    }
    complaints
}

/// Whether `name` is `first` or one of its companions, such as `gloo` and `gloo-timers`.
fn family(first: &str, name: &str) -> bool {
    name.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[test]
fn crates_depend_on_each_other_as_drawn() {
    assert_none(&complaints(&packages()));
}

#[test]
fn the_picture_draws_nothing_that_is_gone() {
    let packages = packages();
    let gone =
        PICTURE.iter().filter(|(name, _)| packages.iter().all(|package| package.name != *name));
    assert_none(&gone.map(|(name, _)| format!("there is no crate `{name}`")).collect::<Vec<_>>());
}

#[test]
fn a_wrong_arrow_is_seen() {
    let package = |name: &str, dependencies: &[(&str, bool)]| Package {
        name: name.to_owned(),
        dependencies: dependencies.iter().map(|(name, dev)| ((*name).to_owned(), *dev)).collect(),
    };
    let found = complaints(&[
        package("netpol-syntax", &[("granit-parser", false), ("netpol-model", false)]),
        package(
            "netpol-eval",
            &[("netpol-model", false), ("netpol-syntax", true), ("gloo-timers", false)],
        ),
        package("netpol-web", &[("netpol", false), ("netpol-eval", false), ("web-sys", false)]),
        package("netpol", &[("netpol-cli", true), ("timely", false)]),
        package("netpol-new", &[]),
    ]);
    let expected = [
        "`netpol-syntax` must not depend on `netpol-model`",
        "`netpol-eval` must not depend on `gloo-timers`",
        "`netpol-web` must not depend on `netpol-eval`",
        "`netpol` must not depend on `netpol-cli`",
        "`netpol-new` is not in the picture: say who it may depend on",
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let manifests = files(&["/Cargo.toml"]);
    assert!(manifests.len() >= PICTURE.len(), "{} manifests", manifests.len());
    let without =
        manifests.iter().filter(|file| !file.text.contains("\n[lints]\nworkspace = true\n"));
    assert_none(
        &without
            .map(|file| format!("{}: no `[lints] workspace = true`", file.path))
            .collect::<Vec<_>>(),
    );
}
