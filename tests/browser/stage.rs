//! The stage of the picture: how much of it is seen, and in which order.

use crate::harness::{Page, Screen, Setup, visit};

/// The width of the picture as it is shown.
#[track_caller]
fn shown_width(page: &Page) -> f64 {
    page.script(
        "return document.querySelector('[data-testid=graph]').getBoundingClientRect().width",
        &[],
    )
}

/// How far the picture is larger than its room, on both axes.
#[track_caller]
fn hidden(page: &Page) -> [i32; 2] {
    page.script(
        "const room = document.querySelector('.graph-room');
        return [room.scrollWidth - room.clientWidth, room.scrollHeight - room.clientHeight]",
        &[],
    )
}

#[test]
fn the_first_view_shows_the_whole_picture() {
    visit(Setup::USUAL, |page| {
        assert_eq!(hidden(page), [0, 0]);
        let fitted = shown_width(page);
        page.click("[aria-label=Larger]");
        page.click("[aria-label=Larger]");
        page.until("a larger picture", || match shown_width(page) {
            width if width > fitted * 1.2 => Ok(()),
            width => Err(format!("{width}, it was {fitted}")),
        });
        assert!(hidden(page)[1] > 0);
        page.click("[aria-label=Fit]");
        page.expect("the whole picture", &[0, 0], || hidden(page));
    });
}

#[test]
fn the_tools_stay_within_the_stage() {
    visit(Setup::USUAL, |page| {
        page.replace_all(&pods(60));
        page.text("[data-testid=open-all]");
        let inside: bool = page.script(
            "const stage = document.querySelector('.stage').getBoundingClientRect();
            return [...document.querySelectorAll('.stage-tools button')].every((it) => {
                const box = it.getBoundingClientRect();
                return box.left >= stage.left && box.right <= stage.right;
            })",
            &[],
        );
        assert!(inside);
    });
}

/// Pods that differ, each in a namespace of its own.
fn pods(count: usize) -> String {
    let pod = |number: usize| {
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: n{number:03}, labels: {{app: a{number}}}}}\n\
            spec: {{containers: [{{name: main, ports: [{{containerPort: 80}}]}}]}}\n"
        )
    };
    (0..count).map(pod).collect()
}

#[test]
fn many_cards_read_from_left_to_right_row_by_row() {
    for screen in [Screen::Laptop, Screen::Phone] {
        visit(Setup { screen, ..Setup::USUAL }, |page| {
            if matches!(screen, Screen::Phone) {
                page.click("[data-testid=pane-document]");
            }
            page.replace_all(&pods(60));
            if matches!(screen, Screen::Phone) {
                page.click("[data-testid=pane-picture]");
            }
            // A picture that nobody sees is not drawn.
            page.expect("a card for each namespace", &60, || page.cards().len());
            let names: Vec<String> = page.script(
                "const at = (it) => it.querySelector('.card-box').getBoundingClientRect();
                return [...document.querySelectorAll('[data-testid=card]')]
                    .sort((a, b) => Math.round(at(a).y - at(b).y) || at(a).x - at(b).x)
                    .map((it) => it.dataset.id)",
                &[],
            );
            assert!(names.is_sorted(), "{names:?}");
        });
    }
}

#[test]
fn another_document_brings_another_question() {
    visit(Setup::USUAL, |page| {
        page.replace_all(&pods(2));
        assert_eq!(page.question()[..2], ["n000/p", "n001/p"]);
        assert_eq!(page.answer().verdict, "allowed");
        page.replace("name: p, namespace: n001", "name: q, namespace: n001");
        let text = page.text("[data-testid=query-error]");
        assert!(text.contains("n001/p"), "{text}");
        page.click("[data-testid=ask-instead]");
        page.wait_until_ready();
        assert_eq!(page.question()[..2], ["n000/p", "n001/q"]);
    });
}
