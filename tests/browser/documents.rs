//! The life of documents: kept through reloads, named, copied, deleted, opened from files, and
//! never lost to one another.

use fantoccini::key::Key;

use crate::harness::{Page, Setup, visit};
use crate::{manifests, title};

/// What the edited scenario is called.
const EDITED: &str = "Bookstore, edited";

#[track_caller]
fn type_at_top(page: &Page, text: &str) {
    page.focus_editor();
    page.chord(&[Key::Control], char::from(Key::Home));
    page.change(|| page.paste(text));
}

#[track_caller]
fn menu(page: &Page, item: &str) {
    page.click("[data-testid=document-menu]");
    page.click(&format!("[data-testid={item}]"));
}

#[track_caller]
fn expect_open(page: &Page, name: &str) {
    page.expect("the document", &name.to_owned(), || page.scenario());
    page.wait_until_ready();
}

#[test]
pub(crate) fn what_is_typed_is_there_after_a_reload() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# mine\n");
        page.ask("bookstore/catalog", "bookstore/postgres", "5432", "TCP");
        page.go_to("tests");
        expect_open(page, EDITED);
        page.reload();
        expect_open(page, EDITED);
        page.expect("the question", &"5432".to_owned(), || page.question()[2].clone());
        assert!(!page.results().is_empty(), "the tab is the one that was open");
        page.go_to("manifests");
        assert_eq!(page.whole_text(), format!("# mine\n{}", manifests("bookstore")));
    });
}

#[test]
fn the_last_keys_before_a_reload_are_kept() {
    visit(Setup::USUAL, |page| {
        page.focus_editor();
        page.chord(&[Key::Control], char::from(Key::Home));
        page.type_text("# last\n");
        // At once, before the text is given to the engine.
        page.reload();
        expect_open(page, EDITED);
        assert!(page.whole_text().starts_with("# last\n"));
    });
}

#[test]
fn a_document_is_named_copied_deleted_and_had_back() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# mine\n");
        page.click("[data-testid=document-menu]");
        page.fill("[data-testid=document-name]", "Shop");
        page.press([Key::Enter, Key::Escape]);
        expect_open(page, "Shop");
        menu(page, "duplicate-document");
        expect_open(page, "Shop, copy");
        type_at_top(page, "# copy\n");
        menu(page, "delete-document");
        expect_open(page, title("bookstore"));
        page.click("[data-testid=notice] [data-testid=undo]");
        expect_open(page, "Shop, copy");
        assert!(page.whole_text().starts_with("# copy\n# mine\n"));
        menu(page, "new-document");
        page.expect("the document", &"Untitled".to_owned(), || page.scenario());
        let all = ["Shop", "Shop, copy", "Untitled"].map(str::to_owned).to_vec();
        page.expect("all documents", &all, || page.documents());
    });
}

#[test]
fn another_document_has_another_history() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# mine\n");
        page.choose_scenario("np-demo");
        page.expect("nothing to undo", &Some("true".to_owned()), || {
            page.attribute("[data-testid=undo-change]", "disabled")
        });
        page.click("[data-testid=back]");
        expect_open(page, EDITED);
        page.change(|| page.click("[data-testid=undo-change]"));
        assert_eq!(page.whole_text(), manifests("bookstore"));
    });
}

#[test]
fn a_form_is_undone_and_redone_from_outside_the_editor() {
    visit(Setup::USUAL, |page| {
        page.go_to("cluster");
        page.click("[data-testid=add-namespace]");
        page.fill("[data-testid=field-name]", "fresh");
        page.change(|| page.click("[data-testid=submit]"));
        let there = |page: &Page| page.count("[data-testid=object][data-id=fresh]");
        assert_eq!(there(page), 1);
        page.script::<()>("document.querySelector('[data-testid=tab-cluster]').focus()", &[]);
        page.change(|| page.chord(&[Key::Control], 'z'));
        assert_eq!(there(page), 0);
        page.change(|| page.chord(&[Key::Control], 'y'));
        assert_eq!(there(page), 1);
        page.change(|| page.click("[data-testid=undo-change]"));
        page.change(|| page.click("[data-testid=redo-change]"));
        assert_eq!(there(page), 1);
    });
}

#[test]
fn two_tabs_with_one_document_do_not_overwrite_each_other() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# common\n");
        let first = page.open_tab();
        expect_open(page, EDITED);
        type_at_top(page, "# second\n");
        let second = page.go_to_tab(&first);
        let notice = page.notice("changed-elsewhere");
        assert!(notice.contains(EDITED), "{notice}");
        assert!(page.whole_text().starts_with("# common\n"), "nothing changes by itself");
        type_at_top(page, "# first\n");
        let notice = page.notice("forked");
        assert!(notice.contains("edited 2"), "{notice}");
        page.expect("both", &vec![EDITED.to_owned(), format!("{EDITED} 2")], || page.documents());
        page.go_to_tab(&second);
        expect_open(page, EDITED);
        assert!(page.whole_text().starts_with("# second\n# common\n"));
    });
}

#[test]
fn the_changes_of_another_tab_are_shown_on_demand() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# common\n");
        let first = page.open_tab();
        expect_open(page, EDITED);
        type_at_top(page, "# second\n");
        page.go_to_tab(&first);
        page.notice("changed-elsewhere");
        page.change(|| page.click("[data-testid=show-changes]"));
        assert!(page.whole_text().starts_with("# second\n# common\n"));
        type_at_top(page, "# first\n");
        assert_eq!(page.documents(), [EDITED], "it is still one document");
    });
}

#[test]
fn a_damaged_document_is_set_aside_and_can_be_downloaded() {
    visit(Setup::USUAL, |page| {
        type_at_top(page, "# mine\n");
        expect_open(page, EDITED);
        page.damage_documents();
        page.reload();
        assert!(page.notice("damaged").contains("set aside"));
        expect_open(page, title("bookstore"));
        page.click("[data-testid=document-menu]");
        page.catch_downloads();
        page.click("[data-testid=save-damaged]");
        page.expect("the text", &"# torn".to_owned(), || page.downloaded().1);
    });
}

#[test]
fn without_an_answer_of_the_storage_the_page_works_and_says_that_nothing_is_kept() {
    // And nobody waits for as long as the page would.
    let before = "IDBFactory.prototype.open = () => new EventTarget();
        const later = setTimeout;
        globalThis.setTimeout = (task, delay, ...rest) => later(task, delay >= 5000 && delay < 10000 ? 0 : delay, ...rest);";
    visit(Setup { before, ..Setup::USUAL }, |page| {
        let notice = page.notice("not-kept");
        assert!(notice.contains("storage does not open"), "{notice}");
        page.ask("bookstore/intruder", "bookstore/postgres", "5432", "TCP");
        assert_eq!(page.answer().verdict, "denied");
        type_at_top(page, "# mine\n");
        assert!(page.whole_text().starts_with("# mine\n"));
        page.go(&format!("{}#example=np-demo", page.address()));
        expect_open(page, title("np-demo"));
        assert_eq!(page.whole_text(), manifests("np-demo"));
    });
}

#[test]
fn files_and_folders_open_as_a_document() {
    visit(Setup::USUAL, |page| {
        let pod = |name: &str| {
            format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: files}}\n")
        };
        page.drop_files(&[
            ("b.yaml", &pod("two")),
            ("a.yml", &format!("---\n{}", pod("one"))),
            ("c.json", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"three\", \"namespace\": \"files\"}}"),
        ]);
        expect_open(page, "a and 2 more");
        let text = page.whole_text();
        assert!(text.starts_with("---\n# a.yml\napiVersion"), "{text}");
        assert_eq!(page.card_ids(), ["files/one", "files/three", "files/two"]);
        page.reload();
        expect_open(page, "a and 2 more");
    });
}

#[test]
fn a_document_is_saved_as_a_file() {
    visit(Setup::USUAL, |page| {
        page.catch_downloads();
        page.chord(&[Key::Control], 's');
        page.expect(
            "the file",
            &("Bookstore.yaml".to_owned(), manifests("bookstore").to_owned()),
            || page.downloaded(),
        );
    });
}

#[test]
fn a_text_that_is_too_large_changes_nothing() {
    visit(Setup::USUAL, |page| {
        page.focus_editor();
        page.chord(&[Key::Control], 'a');
        let line = "# a line that nobody needs\n";
        page.paste_times(line, (34 << 20) / line.len());
        let notice = page.notice("refused");
        assert!(notice.contains("MB"), "{notice}");
        assert_eq!(page.whole_text(), manifests("bookstore"));
    });
}

#[test]
fn the_keys_are_listed_and_the_focus_stays_in_the_list() {
    visit(Setup::USUAL, |page| {
        page.script::<()>("document.querySelector('[data-testid=theme]').focus()", &[]);
        page.type_text("?");
        assert!(page.text("[data-testid=shortcuts]").contains("Undo"));
        for _ in 0..3 {
            page.press([Key::Tab]);
            let inside: bool = page.script(
                "return document.activeElement === document.body
                    || document.querySelector('dialog').contains(document.activeElement)",
                &[],
            );
            assert!(inside);
        }
        page.press([Key::Escape]);
        page.expect("no list", &0, || page.count("[data-testid=shortcuts]"));
        let back: bool =
            page.script("return document.activeElement.dataset.testid === 'theme'", &[]);
        assert!(back, "the focus is where it was");
    });
}
