//! What Kubernetes leaves open: who takes which branch, and deciding it.

use crate::harness::{Page, Setup, visit};

/// Whether `block` admits `web` depends on whether blocks match pods.
pub(crate) const OPEN: &str = "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: block}
spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
status: {podIP: 10.0.0.1}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
status: {podIP: 10.0.0.2}
";

fn open(page: &Page) {
    page.replace_all(OPEN);
    page.ask("default/web", "default/db", "80", "TCP");
    assert_eq!(page.answer().verdict, "implementation-defined");
}

/// The plugins of each branch.
fn branches(page: &Page) -> Vec<(String, Vec<String>)> {
    page.script(
        "return [...document.querySelectorAll('[data-testid=doubt] [data-branch]')].map((branch) =>
            [branch.dataset.branch, [...branch.querySelectorAll('[data-testid=plugin]')].map((it) => it.dataset.value)])",
        &[],
    )
}

#[test]
fn each_branch_names_its_plugins_and_one_can_be_chosen() {
    visit(Setup::USUAL, |page| {
        open(page);
        let branches = branches(page);
        let verdicts: Vec<&str> = branches.iter().map(|(verdict, _)| verdict.as_str()).collect();
        assert_eq!(verdicts, ["allowed", "denied"]);
        assert!(branches[0].1.contains(&"calico".to_owned()), "{branches:?}");
        page.change(|| page.click("[data-testid=doubt] [data-value=cilium]"));
        page.until("the verdict to be Cilium's", || match page.answer().verdict.as_str() {
            "denied" => Ok(()),
            other => Err(other.to_owned()),
        });
        assert!(page.whole_text().contains("plugin: cilium"));
        assert!(page.elements::<serde_json::Value>("[data-testid=doubt]").is_empty());
    });
}

#[test]
fn an_open_question_can_be_answered() {
    visit(Setup::USUAL, |page| {
        open(page);
        page.change(|| page.click("[data-testid=doubt] [data-value=true]"));
        page.until("the verdict to be the answer's", || match page.answer().verdict.as_str() {
            "allowed" => Ok(()),
            other => Err(other.to_owned()),
        });
        assert!(page.whole_text().contains("ipBlockMatchesPods: true"));
    });
}

#[test]
fn plugin_and_version_are_chosen_among_the_objects_of_the_cluster() {
    visit(Setup::USUAL, |page| {
        open(page);
        page.go_to("cluster");
        page.change(|| page.choose("[data-testid=judged-plugin]", "calico"));
        assert_eq!(page.answer().verdict, "allowed");
        page.change(|| page.choose("[data-testid=judged-plugin]", "cilium"));
        assert_eq!(page.answer().verdict, "denied");
        page.change(|| page.choose("[data-testid=judged-version]", "1.30"));
        page.go_to("manifests");
        let text = page.whole_text();
        assert!(text.contains("plugin: cilium"), "{text}");
        assert!(text.contains("kubernetesVersion: \"1.30\""), "{text}");
        page.go_to("cluster");
        assert_eq!(
            page.script::<String>(
                "return document.querySelector('[data-testid=judged-version]').value",
                &[]
            ),
            "1.30"
        );
        for _ in 0..3 {
            page.change(|| page.click("[data-testid=undo-change]"));
        }
        page.go_to("manifests");
        assert_eq!(page.whole_text(), OPEN);
    });
}
