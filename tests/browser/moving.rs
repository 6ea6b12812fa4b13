//! Cards that are put elsewhere, and a picture that is larger than its room.

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::{Page, Screen, Setup, visit};

const STOREFRONT: &str = "bookstore/storefront";

fn is_below(page: &Page, id: &str, other: &str) -> Result<(), String> {
    let [a, b] = [id, other].map(|id| page.card_middle(id));
    if a.1 > b.1 + 10.0 { Ok(()) } else { Err(format!("{id} at {a:?}, {other} at {b:?}")) }
}

#[test]
fn a_card_is_dragged_stays_there_and_is_put_back() {
    visit(Setup::USUAL, |page| {
        let edges = page.edges().len();
        assert_eq!(page.count("[data-testid=put-back]"), 0);
        let (from, redis) = (page.card_middle(STOREFRONT), page.card_middle("bookstore/redis"));
        // To a free cell on the left of `redis`.
        page.drag(from, (from.0, redis.1));
        page.until("it is moved", || is_below(page, STOREFRONT, "bookstore/catalog"));
        assert_eq!(page.edges().len(), edges);
        assert_eq!(page.count("[data-testid=chip]"), 0, "a drag is no click");
        assert!(is_below(page, STOREFRONT, "ingress-nginx/controller").is_ok());

        page.replace("app: redis", "app: valkey");
        assert!(is_below(page, STOREFRONT, "bookstore/catalog").is_ok());
        page.reload();
        page.wait_until_ready();
        page.until("it is still there", || is_below(page, STOREFRONT, "bookstore/catalog"));
        page.click("[data-testid=put-back]");
        page.expect("it is back", &false, || {
            is_below(page, STOREFRONT, "bookstore/catalog").is_ok()
        });
        assert_eq!(page.count("[data-testid=put-back]"), 0);
    });
}

#[test]
fn a_namespace_is_dragged_by_its_title() {
    visit(Setup::USUAL, |page| {
        let title: (f64, f64) = page.script(
            "const box = document.querySelector('[data-testid=frame][data-id=kube-system] .hit').getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]",
            &[],
        );
        let [_, (_, bottom)] =
            ["ingress-nginx/controller", "bookstore/orders"].map(|id| page.card_middle(id));
        let (x, y) = page.card_middle("ingress-nginx/controller");
        let coredns = page.card_middle("kube-system/coredns");
        page.drag(title, (title.0 + x - coredns.0, title.1 + bottom - coredns.1));
        page.until("it is on the left", || {
            let (at, _) = page.card_middle("kube-system/coredns");
            if at < page.card_middle(STOREFRONT).0 {
                Ok(())
            } else {
                Err(format!("{at}, {x}, {y}"))
            }
        });
        page.until("below", || is_below(page, "kube-system/coredns", "ingress-nginx/controller"));
        assert_eq!(page.count("[data-kind=namespace]"), 0, "a drag does not fold");
    });
}

#[test]
fn cards_and_namespaces_are_moved_by_keyboard() {
    visit(Setup::USUAL, |page| {
        let focus = |id: &str| {
            page.script::<()>(
                "document.querySelector(`[data-testid=card][data-id='${arguments[0]}']`).focus()",
                &[json!(id)],
            );
        };
        let focused = || -> String { page.script("return document.activeElement.dataset.id", &[]) };
        focus(STOREFRONT);
        page.chord(&[Key::Shift], char::from(Key::Down));
        page.wait_until_ready();
        page.until("it is moved", || is_below(page, STOREFRONT, "bookstore/catalog"));
        assert_eq!(focused(), STOREFRONT);
        page.chord(&[Key::Shift], char::from(Key::Up));
        page.wait_until_ready();
        page.expect("it is back", &false, || {
            is_below(page, STOREFRONT, "bookstore/catalog").is_ok()
        });

        focus("ingress-nginx/controller");
        page.chord(&[Key::Shift, Key::Alt], char::from(Key::Right));
        page.wait_until_ready();
        page.until("it is on the other side", || {
            let at =
                ["ingress-nginx/controller", "bookstore/postgres"].map(|id| page.card_middle(id).0);
            if at[0] > at[1] { Ok(()) } else { Err(format!("{at:?}")) }
        });
    });
}

/// How far the picture is scrolled.
fn scrolled(page: &Page) -> [i32; 2] {
    page.script(
        "const room = document.querySelector('.graph-room'); return [room.scrollLeft, room.scrollTop]",
        &[],
    )
}

#[test]
fn a_large_picture_is_dragged_enlarged_by_the_wheel_and_mapped() {
    visit(Setup::USUAL, |page| {
        assert_eq!(page.count("[data-testid=mini-map]"), 0);
        let width = || -> f64 {
            page.script(
                "return document.querySelector('[data-testid=graph]').getBoundingClientRect().width",
                &[],
            )
        };
        let before = width();
        let middle: (f64, f64) = page.script(
            "const room = document.querySelector('.graph-room');
            const box = room.getBoundingClientRect();
            const at = [box.x + box.width / 2, box.y + box.height / 2];
            for (let turn = 0; turn < 3; turn++) {
                room.dispatchEvent(new WheelEvent('wheel',
                    { deltaY: -300, ctrlKey: true, clientX: at[0], clientY: at[1], cancelable: true }));
            }
            return at",
            &[],
        );
        page.until("it is larger", || match width() {
            now if now > before * 1.5 => Ok(()),
            now => Err(format!("{now}, it was {before}")),
        });
        page.expect("a map", &1, || page.count("[data-testid=mini-map]"));
        let from = scrolled(page);
        assert!(from[0] > 0 && from[1] > 0, "what is in the middle stays there: {from:?}");
        // From the upper left corner of the room, where nothing is.
        page.drag((middle.0 - 400.0, middle.1 - 100.0), (middle.0 - 300.0, middle.1 - 50.0));
        page.until("it is scrolled", || match scrolled(page) {
            [x, y] if x < from[0] - 50 && y < from[1] - 20 => Ok(()),
            other => Err(format!("{other:?}, it was {from:?}")),
        });
        page.click_at(page.script(
            "const box = document.querySelector('[data-testid=mini-map]').getBoundingClientRect();
            return [box.x + 3, box.y + 3]",
            &[],
        ));
        page.expect("the upper left corner", &[0, 0], || scrolled(page));
        page.click("[aria-label=Fit]");
        page.expect("no map", &0, || page.count("[data-testid=mini-map]"));
    });
}

const PHONE: Setup = Setup { screen: Screen::Phone, ..Setup::USUAL };

#[test]
fn a_card_is_held_and_moved_by_a_finger() {
    visit(PHONE, |page| {
        let from = page.card_middle(STOREFRONT);
        let below = (from.0, from.1 + 124.0);
        page.swipe(from, (from.0, from.1 - 80.0));
        page.until("a finger that moves at once scrolls", || {
            let now = page.card_middle(STOREFRONT).1;
            if now < from.1 - 20.0 { Ok(()) } else { Err(format!("it is at {now}")) }
        });
        assert_eq!(page.count("[data-testid=put-back]"), 0, "and moves no card");
        let scrolled = page.card_middle(STOREFRONT).1 - from.1;
        page.hold_and_drag((from.0, from.1 + scrolled), (below.0, below.1 + scrolled));
        page.expect("it was moved", &1, || page.count("[data-testid=put-back]"));
        assert_eq!(page.count("[data-testid=chip]"), 0, "a drag is no tap");
    });
}

#[test]
fn two_fingers_enlarge_the_picture_and_a_map_appears() {
    visit(PHONE, |page| {
        let width = || -> f64 {
            page.script(
                "return document.querySelector('[data-testid=graph]').getBoundingClientRect().width",
                &[],
            )
        };
        let before = width();
        assert_eq!(page.count("[data-testid=mini-map]"), 0);
        page.pinch([(160.0, 400.0), (100.0, 400.0)], [(200.0, 400.0), (260.0, 400.0)]);
        page.until("it is larger", || match width() {
            now if now > before * 1.5 => Ok(()),
            now => Err(format!("{now}, it was {before}")),
        });
        page.expect("a map", &1, || page.count("[data-testid=mini-map]"));
        let zoom: f64 = page.script("return visualViewport.scale", &[]);
        assert!((zoom - 1.0).abs() < 0.01, "the page itself is not enlarged: {zoom}");
    });
}

#[test]
fn lines_follow_a_card_that_is_dragged() {
    visit(Setup::USUAL, |page| {
        let path = || -> String {
            page.script(
                "return document.querySelector('[data-from=\"bookstore/storefront\"][data-to=\"bookstore/catalog\"] .line').getAttribute('d')",
                &[],
            )
        };
        let before = path();
        let from = page.card_middle(STOREFRONT);
        page.drag_and_hold(from, (from.0, from.1 + 30.0));
        assert_ne!(path(), before);
        page.let_go();
        page.expect("they are where they were: it was not far enough", &before, path);
    });
}
