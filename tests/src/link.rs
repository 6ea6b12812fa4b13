//! `docs/link-format.md` is right: a writer and reader after it agree with ours, and its table is today's.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use expect_test::expect_file;
use netpol_share::{Content, Fragment};

use crate::workspace_root;

const PAGE: &str = "docs/link-format.md";

fn file(path: &str) -> String {
    fs::read_to_string(workspace_root().join(path)).expect(path)
}

fn scenario(id: &str) -> &'static str {
    netpol_lessons::scenario(id).expect(id).manifests
}

/// The first document of a page of cases.
fn case(page: &str) -> String {
    let page = file(page);
    let (_, after) = page.split_once("```yaml\n").expect("an example");
    after.split_once("```\n").expect("its end").0.to_owned()
}

/// All policies of a suite of cases, one document each.
fn policies(suite: &str) -> String {
    let suite: serde_json::Value = serde_json::from_str(&file(suite)).expect("a suite");
    let cases = suite["cases"].as_array().expect("cases").iter();
    let policies = cases.flat_map(|case| case["policies"].as_array().expect("policies"));
    let written =
        policies.map(|policy| policy.as_str().map_or_else(|| policy.to_string(), str::to_owned));
    written.collect::<Vec<_>>().join("\n---\n")
}

/// The Bookstore as somebody else would have named it.
fn other_shop() -> String {
    let names = [
        ("bookstore", "garage"),
        ("storefront", "webui"),
        ("catalog", "inventory"),
        ("orders", "checkout"),
        ("postgres", "mysql"),
        ("5432", "3306"),
        ("rabbitmq", "kafka"),
        ("5672", "9092"),
        ("redis", "memcached"),
        ("6379", "11211"),
        ("intruder", "stranger"),
    ];
    names.iter().fold(scenario("bookstore").to_owned(), |text, (from, to)| text.replace(from, to))
}

fn documents() -> Vec<(&'static str, String)> {
    let np_demo = scenario("np-demo");
    let bookstore = scenario("bookstore");
    vec![
        ("the Bookstore", bookstore.to_owned()),
        ("the same, the intruder made a storefront", {
            bookstore.replace("{app: intruder}", "{app: storefront}")
        }),
        ("the same with all names changed", other_shop()),
        ("np-demo", np_demo.to_owned()),
        ("the same with a second door", {
            np_demo.replace("role: frontend\n    ports:", "role: other\n    ports:")
        }),
        ("one policy of the Kubernetes documentation's kind", {
            file("crates/netpol-share/golden/1/policy.txt")
        }),
        ("a case: policies, pods, expectations", case("tests/cases/tutorials.md")),
        ("policies of well-known recipes, as JSON", policies("tests/conformance/recipes.json")),
        ("policies of a systematic generator, as JSON", {
            policies("tests/conformance/cyclonus-unit.json")
        }),
    ]
}

#[test]
fn the_table_of_lengths_is_todays() {
    let page = file(PAGE);
    let (before, after) =
        page.split_once("cargo test -p netpol-tests link` -->\n").expect("a table");
    let (_, after) = after.split_once("<!-- end of sizes -->").expect("the table's end");
    let mut table = "\n| document | bytes | our link | deflate | lz-string |\n".to_owned();
    table += "| --- | ---: | ---: | ---: | ---: |\n";
    for (name, text) in documents() {
        let ours = Fragment::of_text(text.as_str()).write().expect("a link").len();
        let deflate = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 10).len() * 8;
        let lz_string = lz_str::compress_to_encoded_uri_component(text.as_str()).len();
        writeln!(
            table,
            "| {name} | {} | {ours} | {} | {lz_string} |",
            text.len(),
            deflate.div_ceil(6)
        )
        .expect("a string takes everything");
    }
    expect_file![workspace_root().join(PAGE)].assert_eq(&format!(
        "{before}cargo test -p netpol-tests link` -->\n{table}\n<!-- end of sizes -->{after}"
    ));
}

/// Runs the page's JavaScript, then `script`, with a list of texts; returns the list that it prints.
fn node(script: &str, texts: &[String]) -> Vec<String> {
    let page = file(PAGE);
    let (_, code) = page.split_once("```js\n").expect("code");
    let (code, _) = code.split_once("```\n").expect("its end");
    let module = format!(
        "{code}
        import fs from 'node:fs';
        const dictionary = fs.readFileSync('crates/netpol-share/dictionary/1.txt');
        const texts = JSON.parse(fs.readFileSync(0, 'utf8'));
        console.log(JSON.stringify(texts.map((text) => {script})));"
    );
    let mut node = Command::new("node")
        .args(["--input-type=module", "--eval", &module])
        .current_dir(workspace_root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js, which the page's editor is built with, too");
    let input = serde_json::to_string(texts).expect("texts");
    node.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    let output = node.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", output.status);
    serde_json::from_slice(&output.stdout).expect("a list")
}

#[test]
fn a_writer_after_the_page_makes_links_that_we_read() {
    let texts: Vec<String> = documents().into_iter().map(|(_, text)| text).collect();
    let links = node("write(text, dictionary)", &texts);
    assert_eq!(links.len(), texts.len());
    for (link, text) in links.iter().zip(texts) {
        assert_eq!(Fragment::read(link).expect("a link").content, Content::Text(text));
    }
}

#[test]
fn a_reader_after_the_page_reads_our_links_and_the_golden_ones() {
    let names = ["empty", "np-demo", "policy", "unicode", "noise"];
    let golden = |name: &str, kind| file(&format!("crates/netpol-share/golden/1/{name}.{kind}"));
    let mut texts: Vec<String> = names.map(|name| golden(name, "txt")).into();
    let mut links: Vec<String> = names.map(|name| golden(name, "link").trim().to_owned()).into();
    for (_, text) in documents() {
        links.push(Fragment::of_text(text.as_str()).write().expect("a link"));
        texts.push(text);
    }
    assert_eq!(node("read(text, dictionary)", &links), texts);
    let damaged = links[1].replace('e', "f");
    let said = node(
        "{ try { return read(text, dictionary) } catch (e) { return e.message } }",
        &[damaged],
    );
    assert_eq!(said, ["damaged"]);
}
