//! Namespaces, pods and outside addresses by form: the text changes in place.

use fantoccini::key::Key;

use crate::harness::{Setup, visit};
use crate::manifests;
use crate::playground::Answer;

#[test]
fn a_pod_added_by_the_form_is_judged_by_its_labels() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        page.add(
            "pod",
            &[
                ("name", "kiosk"),
                ("namespace", "bookstore"),
                ("labels", "app=storefront"),
                ("ports", "9000"),
            ],
        );
        assert!(page.has_object("bookstore/kiosk"));
        assert!(page.card_ids().contains(&"bookstore/kiosk".to_owned()));
        page.ask("bookstore/kiosk", "bookstore/catalog", "8080", "TCP");
        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));
        page.go_to("manifests");
        let text = page.whole_text();
        for document in manifests("bookstore").split("---\n") {
            assert!(text.contains(document.trim_end()), "this has changed:\n{document}");
        }
        assert!(text.contains("name: kiosk"));
    });
}

#[test]
fn a_namespace_and_a_pod_in_it_are_added() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        page.add("namespace", &[("name", "back-office"), ("labels", "team=finance")]);
        assert!(page.has_object("back-office"));
        page.add(
            "pod",
            &[("name", "ledger"), ("namespace", "back-office"), ("labels", ""), ("ports", "")],
        );
        assert!(page.card_ids().contains(&"back-office/ledger".to_owned()));
        assert_eq!(page.findings(), []);
    });
}

#[test]
fn a_namespace_is_relabelled_and_deleted_with_its_pods() {
    visit(Setup::USUAL, |page| {
        page.choose_scenario("np-demo");
        page.go_to("cluster");
        page.alter("elsewhere", "labels", "team=a");
        page.delete("elsewhere");
        assert!(!page.has_object("elsewhere"));
        assert!(!page.card_ids().contains(&"elsewhere/frontend".to_owned()));
        page.go_to("manifests");
        let text = page.whole_text();
        assert!(!text.contains("namespace: elsewhere"), "{text}");
        // What is not there can no longer be asked about, and the expectation says so.
        page.go_to("tests");
        let failed = page.results().into_iter().find(|result| result.ok == "false").unwrap();
        assert_eq!(failed.from, "elsewhere/frontend");
    });
}

#[test]
fn an_outside_address_is_added_changed_and_deleted() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        page.add("external", &[("name", "office"), ("addresses", "198.51.100.7")]);
        assert!(page.has_object("external/office"));
        page.ask("bookstore/catalog", "external/office", "443", "TCP");
        assert_eq!(page.answer().verdict, "denied");

        page.alter("external/office", "addresses", "198.51.100.8");
        let text = page.text("[data-testid=object][data-id='external/office']");
        assert!(text.contains("198.51.100.8"), "{text}");

        page.delete("external/office");
        assert!(!page.has_object("external/office"));
        page.go_to("manifests");
        assert_eq!(page.whole_text(), manifests("bookstore"));
    });
}

#[test]
fn a_pod_relabelled_by_the_form_changes_one_line() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/intruder", "bookstore/catalog", "8080", "TCP");
        assert_eq!(page.answer(), Answer::new("denied", "no", "no"));

        page.go_to("cluster");
        page.alter("bookstore/intruder", "labels", "app=storefront");

        assert_eq!(page.answer(), Answer::new("allowed", "yes", "yes"));
        page.go_to("manifests");
        let expected =
            manifests("bookstore").replace("labels: {app: intruder}", "labels: {app: storefront}");
        assert_eq!(page.whole_text(), expected);
    });
}

#[test]
fn a_pod_deleted_by_the_form_leaves_the_rest_as_it_was() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        page.delete("bookstore/redis");
        assert!(!page.has_object("bookstore/redis"));
        assert!(!page.card_ids().contains(&"bookstore/redis".to_owned()));
        page.go_to("manifests");
        let before: Vec<&str> = manifests("bookstore").split("---\n").collect();
        let is_the_pod =
            |document: &&str| document.contains("kind: Pod") && document.contains("name: redis");
        let expected: Vec<&str> = before.iter().copied().filter(|it| !is_the_pod(it)).collect();
        assert_eq!(expected.len(), before.len() - 1);
        assert_eq!(page.whole_text(), expected.join("---\n"));
    });
}

#[test]
fn what_a_form_has_done_is_undone_by_the_keyboard() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        page.delete("bookstore/redis");
        page.go_to("manifests");
        page.focus_editor();
        page.change(|| page.chord(&[Key::Control], 'z'));
        assert_eq!(page.whole_text(), manifests("bookstore"));
        assert!(page.card_ids().contains(&"bookstore/redis".to_owned()));
    });
}

#[test]
fn a_form_says_what_is_wrong_with_it() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        let wrong = page.add_in_vain("pod", &[("name", "kiosk"), ("labels", "storefront")]);
        assert!(wrong.contains("storefront"), "{wrong}");
        page.press([Key::Escape]);
        let taken = page.add_in_vain("namespace", &[("name", "bookstore")]);
        assert!(taken.contains("bookstore"), "{taken}");
        page.go_to("manifests");
        assert_eq!(page.whole_text(), manifests("bookstore"));
    });
}

#[test]
fn policies_that_come_without_pods_get_some_to_be_tried_on() {
    visit(Setup::USUAL, |page| {
        let policy = "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api, namespace: shop}
spec:
  podSelector: {matchLabels: {app: api}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}]
    ports: [{port: 8080}]
";
        page.replace_all(policy);
        assert_eq!(page.card_ids(), [] as [&str; 0]);
        page.change(|| page.click("[data-testid=add-examples]"));
        assert_eq!(page.card_ids(), ["elsewhere/other", "shop/api", "shop/other", "shop/web"]);
        page.ask("shop/web", "shop/api", "8080", "TCP");
        assert_eq!(page.answer().verdict, "allowed");
        page.ask("shop/other", "shop/api", "8080", "TCP");
        assert_eq!(page.answer().verdict, "denied");
        // Under Cluster the same is there as long as there are policies; now it has nothing to add.
        page.go_to("cluster");
        page.click("[data-testid=add-examples]");
        assert!(page.notice("refused").contains("everyone whom the policies speak of is there"));
        page.go_to("manifests");
        page.change(|| page.click("[data-testid=undo-change]"));
        assert_eq!(page.whole_text(), policy);
    });
}
