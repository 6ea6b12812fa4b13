//! What a person takes along.

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::{Page, Screen, Setup, visit};

/// Chooses a form and waits until it can be taken along.
#[track_caller]
fn choose(page: &Page, extension: &str) {
    page.click(&format!("[data-testid=export-form][value={extension}]"));
    let ready = format!("[data-testid=preview][data-export={extension}][data-ready=true]");
    page.expect("the preview", &1, || page.count(&ready));
}

/// Saves what is chosen: the file's name and its text.
#[track_caller]
fn save(page: &Page) -> (String, String) {
    page.click("[data-testid=export-save]");
    page.until("a file", || {
        let file = page.downloaded();
        if file.1.is_empty() { Err("nothing is saved".to_owned()) } else { Ok(file) }
    })
}

#[test]
fn a_report_says_what_was_asked_why_and_about_which_manifests() {
    visit(Setup::USUAL, |page| {
        page.ask("bookstore/storefront", "bookstore/postgres", "5432", "TCP");
        let text = page.whole_text();
        page.catch_downloads();
        page.click("[data-testid=export]");
        choose(page, "md");
        let (name, report) = save(page);
        assert_eq!(name, "Bookstore.md");
        for part in [
            "can `bookstore/storefront` connect to `bookstore/postgres` on `5432/TCP`?",
            "**Verdict:** denied",
            "policy allow-catalog-to-postgres (manifests.yaml:",
            "No network plugin is named",
            &format!("```yaml\n{text}"),
        ] {
            assert!(report.contains(part), "{part:?} is missing in {report}");
        }
        assert!(page.text("[data-testid=exported]").contains("saved"));
    });
}

#[test]
fn every_form_can_be_saved_and_names_are_only_names() {
    visit(Setup::USUAL, |page| {
        page.replace_all(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: 'a|`<script>\"', labels: {app: '<b>|`'}}\n\
            spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}\n---\n\
            apiVersion: v1\nkind: Pod\nmetadata: {name: b, labels: {app: b}}\n\
            spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}\n",
        );
        page.catch_downloads();
        page.click("[data-testid=document-menu]");
        page.click("[data-testid=export-item]");
        for (extension, part) in [
            ("yaml", "a|`<script>\""),
            ("svg", "a|`&lt;script&gt;\""),
            ("mmd", "a#124;#96;#60;script#62;#quot;"),
            ("dot", "a|`<script>\\\""),
            ("csv", "\"default/a|`<script>\"\"[Pod]\""),
            ("txt", "✔(80)"),
            ("log", "to-endpoint FORWARDED"),
        ] {
            choose(page, extension);
            let (name, _) = page.until("the file", || {
                let (name, text) = save(page);
                if name.ends_with(extension) && text.contains(part) {
                    Ok((name, text))
                } else {
                    Err(format!("{name} is {text}"))
                }
            });
            assert!(name.starts_with("Bookstore"), "{name}");
        }
    });
}

#[test]
fn the_picture_is_saved_in_twice_its_size_and_in_the_colours_of_the_page() {
    for (dark, light_corner) in [(false, true), (true, false)] {
        visit(Setup { dark, ..Setup::USUAL }, |page| {
            page.script::<()>(
                "window.saved = null;
                const create = URL.createObjectURL;
                URL.createObjectURL = (blob) => {
                    createImageBitmap(blob).then((image) => {
                        const canvas = new OffscreenCanvas(image.width, image.height);
                        const context = canvas.getContext('2d');
                        context.drawImage(image, 0, 0);
                        window.saved = [image.width, image.height, context.getImageData(2, 2, 1, 1).data[0]];
                    });
                    return create.call(URL, blob);
                };
                HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; };",
                &[],
            );
            page.click("[data-testid=export]");
            choose(page, "png");
            let size: [u32; 2] = page.until("the preview's picture", || {
                let script = "const it = document.querySelector('[data-testid=preview] img');
                    return [it.naturalWidth, it.naturalHeight]";
                let size: [u32; 2] = page.script(script, &[]);
                if size[0] > 0 { Ok(size) } else { Err("it has no size".to_owned()) }
            });
            page.click("[data-testid=export-save]");
            let saved: [u32; 3] = page.until("the picture", || {
                page.script::<Option<[u32; 3]>>("return window.saved", &[])
                    .ok_or("nothing".to_owned())
            });
            assert_eq!(saved[..2], [2 * size[0], 2 * size[1]]);
            assert_eq!(saved[2] > 128, light_corner, "the corner is {}", saved[2]);
            assert_eq!(page.script::<String>("return window.savedAs", &[]), "Bookstore.png");
        });
    }
}

#[test]
fn taking_along_needs_no_mouse_and_fits_a_phone() {
    visit(Setup::USUAL, |page| {
        page.script::<()>("document.querySelector('[data-testid=export]').focus()", &[]);
        page.press([Key::Enter]);
        let report = "[data-testid=preview][data-export=md][data-ready=true]";
        page.expect("the report", &1, || page.count(report));
        page.script::<()>(
            "document.querySelector('[data-testid=export-form]:checked').focus()",
            &[],
        );
        page.press([Key::Down]);
        let yaml = "[data-testid=preview][data-export=yaml][data-ready=true]";
        page.expect("the next form", &1, || page.count(yaml));
        page.press([Key::Escape]);
        page.expect("no window", &0, || page.count("[data-testid=exports]"));
        let focused = "return document.activeElement.matches(arguments[0])";
        assert!(page.script::<bool>(focused, &[json!("[data-testid=export]")]));
    });
    visit(Setup { screen: Screen::Phone, ..Setup::USUAL }, |page| {
        page.click("[data-testid=document-menu]");
        page.click("[data-testid=export-item]");
        choose(page, "svg");
        let sideways = "return document.querySelector('dialog').scrollWidth - document.querySelector('dialog').clientWidth";
        assert_eq!(page.script::<i64>(sideways, &[]), 0);
    });
}
