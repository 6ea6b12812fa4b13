//! The documentation is right: its examples hold, and its table of plugins is today's.

use std::fmt::Write as _;
use std::fs;

use expect_test::expect_file;
use netpol::view::{Section, Severity};
use netpol::{Analysis, Sources, analyse};
use netpol_eval::{Evidence, Fact, PLUGINS, Plugin, Topic};

use crate::workspace_root;

/// A fenced block of YAML with expectations.
struct Example {
    /// The page and the line of the block.
    place: String,
    /// Whether its policies must be refused; otherwise nothing in it may be wrong.
    refused: bool,
    manifests: String,
}

/// The blocks of a page that expect something.
fn examples(page: &str, text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut open: Option<Option<Example>> = None;
    for (number, line) in (1..).zip(text.lines()) {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some("")) => examples.extend(open.take().flatten()),
            (Some(Some(example)), _) => example.manifests.extend([line, "\n"]),
            (Some(None), _) | (None, None) => {}
            (None, Some(info)) => {
                let example = Example {
                    place: format!("{page}:{number}"),
                    refused: info == "yaml refused",
                    manifests: String::new(),
                };
                open = Some(info.starts_with("yaml").then_some(example));
            }
        }
    }
    assert!(open.is_none(), "{page}: the last block has no end");
    examples.retain(|example| example.manifests.contains("kind: Expectation"));
    examples
}

/// What is not as the example says.
fn complaints(example: &Example) -> Vec<String> {
    let place = &example.place;
    let mut analysis = analyse(Sources::single(place, example.manifests.as_str()));
    if analysis.stats().pods == 0 {
        // Expectations alone are about the cluster of the page's examples.
        let cluster = netpol_lessons::scenario("np-demo").expect("a scenario").manifests;
        let both = format!("{cluster}\n---\n{}", example.manifests);
        analysis = analyse(Sources::single(place, both));
    }
    let errors = errors(&analysis);
    let mut complaints = Vec::new();
    if errors.is_empty() == example.refused {
        complaints.push(format!("{place}: refused: {}, errors: {errors:?}", example.refused));
    }
    let report = analysis.test();
    if report.results.is_empty() {
        complaints.push(format!("{place}: nothing was judged"));
    }
    for result in report.results.iter().filter(|result| !result.ok) {
        complaints.push(format!("{place}: {result:?}"));
    }
    complaints
}

fn errors(analysis: &Analysis) -> Vec<String> {
    let findings = analysis.findings().into_iter();
    findings.filter(|it| it.severity == Severity::Error).map(|it| it.message).collect()
}

/// The pages of the documentation, sorted by name.
fn pages() -> Vec<(String, String)> {
    let folder = fs::read_dir(workspace_root().join("docs")).expect("the documentation");
    let paths = folder.map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<(String, String)> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a page");
            (path.file_name().expect("a name").to_string_lossy().into_owned(), text)
        })
        .collect();
    pages.sort();
    pages
}

fn semantics() -> String {
    let pages = pages().into_iter();
    let mut texts = pages.filter(|(name, _)| name == "semantics.md").map(|(_, text)| text);
    texts.next().expect("the page about semantics")
}

#[test]
fn every_example_holds() {
    let pages = pages();
    let examples: Vec<Example> =
        pages.iter().flat_map(|(name, text)| examples(name, text)).collect();
    let complaints: Vec<String> = examples.iter().flat_map(complaints).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
    assert!(examples.iter().any(|example| example.place.starts_with("cli.md")));
    assert!(examples.iter().any(|example| example.refused));
    assert!(examples.len() > 8, "{}", examples.len());
}

#[test]
fn a_wrong_example_is_seen() {
    let expects = |verdict: &str, spec: &str| {
        format!(
            "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: p}}, spec: {spec}}}\n---\n\
             {{apiVersion: v1, kind: Pod, metadata: {{name: a}}}}\n---\n\
             apiVersion: netpol/v1\nkind: Expectation\nmetadata: {{name: e}}\n\
             spec: {{connections: [{{from: 203.0.113.7, to: default/a, port: 80, verdict: {verdict}}}]}}\n"
        )
    };
    let count = |info: &str, verdict: &str, spec: &str| {
        let page = format!("# A\n```sh\nls\n```\n```{info}\n{}```\n", expects(verdict, spec));
        let [example] = &examples("page.md", &page)[..] else { panic!("one example") };
        assert_eq!(example.place, "page.md:5");
        complaints(example).len()
    };
    assert_eq!(count("yaml", "denied", "{}"), 0);
    assert_eq!(count("yaml", "allowed", "{}"), 1);
    assert_eq!(count("yaml refused", "denied", "{}"), 1);
    assert_eq!(count("yaml refused", "allowed", "{policyTypes: [ingress]}"), 0);
    assert_eq!(count("yaml", "allowed", "{policyTypes: [ingress]}"), 1);
}

#[test]
fn every_open_question_has_a_section() {
    let page = semantics();
    let topics = [
        Topic::IpBlockMatchesPods,
        Topic::IpBlockMatchesNodes,
        Topic::HostNetworkPods,
        Topic::HairpinViaService,
        Topic::EgressToOwnNode,
        Topic::ClientIpForExternalTraffic,
        Topic::Icmp,
        Topic::UnknownAddress,
    ];
    for topic in topics {
        // No wildcard: a new topic does not compile until it is in the list too.
        let name = match topic {
            Topic::IpBlockMatchesPods
            | Topic::IpBlockMatchesNodes
            | Topic::HostNetworkPods
            | Topic::HairpinViaService
            | Topic::EgressToOwnNode
            | Topic::ClientIpForExternalTraffic
            | Topic::Icmp
            | Topic::UnknownAddress => format!("{topic:?}"),
        };
        assert!(page.contains(&format!("\n### {name}\n")), "{name} has a section");
    }
}

#[test]
fn reasons_lead_to_sections_of_the_page() {
    let page = semantics();
    let headings = page.lines().filter_map(|line| line.strip_prefix("##"));
    let anchors: Vec<String> = headings.map(|it| anchor(it.trim_start_matches('#'))).collect();
    for section in Section::ALL {
        assert!(anchors.iter().any(|anchor| anchor == section.anchor()), "{section:?}");
    }
}

#[test]
fn links_within_the_pages_lead_somewhere() {
    for (name, text) in pages() {
        let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
        let anchors: Vec<String> = headings.map(|it| anchor(it.trim_start_matches('#'))).collect();
        for link in text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(anchors.iter().any(|anchor| anchor == link), "{name}: #{link}");
        }
    }
}

/// What code hosts make of a heading.
fn anchor(heading: &str) -> String {
    let kept = |it: &char| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_');
    heading.trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

/// What the table of plugins begins with.
const BEGIN: &str =
    "<!-- plugins: written by `UPDATE_EXPECT=1 cargo test -p netpol-tests docs` -->\n";
/// What stands behind it.
const END: &str = "<!-- end of plugins -->\n";

#[test]
fn plugins_are_in_the_page_as_they_are_in_the_code() {
    let page = semantics();
    let (before, rest) = page.split_once(BEGIN).expect("the begin of the table");
    let (_, after) = rest.split_once(END).expect("the end of the table");
    let fresh = format!("{before}{BEGIN}{}{END}{after}", table());
    expect_file!["../../docs/semantics.md"].assert_eq(&fresh);
}

fn table() -> String {
    let mut table = "\n\
        | plugin | `plugin:` | enforces | blocks match pods | blocks match nodes | hostNetwork pods | egress to own node | ICMP | `endPort` | port names | SCTP | who is denied |\n\
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for plugin in PLUGINS {
        writeln!(table, "{}", row(plugin)).expect("text grows");
    }
    table + "\n"
}

fn row(plugin: &Plugin) -> String {
    let names: Vec<String> =
        [plugin.id].iter().chain(plugin.aliases).map(|name| format!("`{name}`")).collect();
    let enforces = if plugin.enforces { "yes" } else { "**no**" };
    let facts = [
        fact(plugin.ip_block_matches_pods, ["no", "yes"]),
        fact(plugin.ip_block_matches_nodes, ["no", "yes"]),
        fact(plugin.host_network_pods_as_pods, ["as-node", "as-pod"]),
        fact(plugin.egress_to_own_node_allowed, ["subject", "always-allowed"]),
        fact(plugin.icmp_allowed, ["subject", "always-allowed"]),
        fact(plugin.end_port_supported, ["no", "yes"]),
        fact(plugin.named_ports_supported, ["no", "yes"]),
        fact(plugin.sctp_supported, ["no", "yes"]),
        fact(plugin.denied_rejected, ["drop", "reject"]),
    ];
    let facts = if plugin.enforces { facts } else { facts.map(|_| String::new()) };
    format!(
        "| [{}]({}) | {} | {enforces} | {} |",
        plugin.title,
        plugin.source,
        names.join(", "),
        facts.join(" | ")
    )
}

fn fact(fact: Fact, [no, yes]: [&str; 2]) -> String {
    let Some((value, evidence)) = fact else { return "open".to_owned() };
    let word = if value { yes } else { no };
    match evidence {
        Evidence::Documented => word.to_owned(),
        Evidence::Reported => format!("{word} (reported)"),
    }
}
