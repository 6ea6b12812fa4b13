//! The matrix of clusters that are larger than a screen.

use fantoccini::key::Key;

use crate::harness::{Screen, Setup, visit};
use crate::large::cluster;

/// Three pods that are alike, one that is not.
const REPLICAS: &str = "
{apiVersion: v1, kind: Pod, metadata: {name: web-1, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web-2, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web-3, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}, spec: {containers: [{name: c, ports: [{containerPort: 81}]}]}}
";

#[test]
fn pods_that_are_alike_share_a_row_until_it_is_opened() {
    visit(Setup::USUAL, |page| {
        page.replace_all(REPLICAS);
        page.go_to("matrix");
        page.expect("two rows", &4, || page.cells().len());
        assert!(page.text("[data-testid=matrix]").contains("×3"));
        assert_eq!(page.cell("shop/web-1", "shop/web-1"), "allowed", "from one to another");
        page.click("[data-testid=matrix-open][data-id='shop/web-1']");
        page.expect("four rows", &16, || page.cells().len());
        assert_eq!(page.cell("shop/web-1", "shop/web-1"), "not-applicable");
        page.click("[data-testid=matrix-fold]");
        page.expect("the namespace", &1, || page.cells().len());
        assert_eq!(page.cell("shop", "shop"), "allowed");
    });
}

#[test]
fn a_large_cluster_is_folded_found_and_paged() {
    visit(Setup::USUAL, |page| {
        page.replace_all(&cluster(45, 3));
        page.go_to("matrix");
        page.expect("a part", &1600, || page.cells().len());
        assert!(page.count("*") < 9000, "{}", page.count("*"));
        page.click("[data-testid=matrix-from-after]");
        page.expect("the last rows", &200, || page.cells().len());
        page.fill("[data-testid=matrix-from]", "n7");
        page.fill("[data-testid=matrix-to]", "n3/");
        page.expect("one cell", &1, || page.cells().len());
        page.click("[data-testid=matrix-open]");
        page.expect("its pods, which are alike", &1, || {
            page.count("[data-testid=matrix-open][data-id='n7/p0']")
        });
        page.click("[data-testid=matrix-open]");
        page.expect("each of them", &3, || page.cells().len());
        page.click_cell("n7/p1", "n3");
        assert_eq!(page.question()[..2], ["n7/p1", "n3/p0"]);
    });
}

#[test]
fn folding_needs_no_mouse_nor_a_wide_screen() {
    visit(Setup { screen: Screen::Phone, ..Setup::USUAL }, |page| {
        page.go_to("matrix");
        let all = page.cells().len();
        page.script::<()>(
            "document.querySelector('[data-testid=matrix-fold][data-id=bookstore]').focus()",
            &[],
        );
        page.press([Key::Enter]);
        page.expect("fewer rows", &true, || page.cells().len() < all);
        assert_eq!(page.cell("bookstore", "bookstore"), "mixed");
        let (content, window): (f64, f64) =
            page.script("return [document.documentElement.scrollWidth, innerWidth]", &[]);
        assert!(content <= window);
        page.click("[data-testid=matrix-open][data-id=bookstore]");
        page.expect("all rows", &all, || page.cells().len());
    });
}
