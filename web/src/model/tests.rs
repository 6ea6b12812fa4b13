//! The reducer and the engine together, without a browser.

use netpol::view::Verdict;
use netpol_lessons::SCENARIOS;

use super::*;
use crate::engine::Engine;
use crate::protocol::Request;

/// A page whose worker answers at once.
struct Page {
    model: Model,
    engine: Engine,
}

impl Page {
    /// Opens the first scenario.
    fn open() -> Self {
        let model = Model::new(&SCENARIOS[0], Theme::Auto);
        let mut page = Self { model, engine: Engine::default() };
        page.tell(Msg::Resized([960, 480]));
        page.tell(Msg::WorkerReady);
        page.settle();
        page
    }

    fn tell(&mut self, msg: Msg) {
        self.model = update(self.model.clone(), msg);
    }

    /// Takes the next request to the worker.
    fn send(&mut self) -> Option<Request> {
        let request = self.model.next_request()?;
        self.tell(Msg::Sent(self.model.document.revision));
        Some(request)
    }

    /// Answers everything that the page asks, and does what it orders from the editor.
    fn settle(&mut self) {
        loop {
            if let Some(request) = self.send() {
                let answer = self.engine.answer(request).expect("an answer");
                self.tell(Msg::Answered(Box::new(answer)));
            } else if let Some((number, EditorJob::Open(to))) =
                self.model.document.jobs.last().cloned()
            {
                let left = self.model.document.text.clone();
                self.tell(Msg::JobsDone(number));
                self.tell(Msg::Document(DocumentMsg::Switched { left, to }));
            } else if let Some((number, job)) = self.model.document.jobs.last().cloned() {
                let text = edited(&self.model.document.text, &job);
                self.tell(Msg::JobsDone(number));
                self.tell(Msg::Edited(text.into()));
            } else {
                return;
            }
        }
    }

    fn edit(&mut self, change: impl Fn(&str) -> String) {
        let text = change(&self.model.document.text);
        self.tell(Msg::Typing);
        self.tell(Msg::Edited(text.into()));
    }

    /// Wishes for what is offered with that number, and hears the answer.
    fn wish(&mut self, index: usize) {
        let wish = self.model.wishes().offered[index].clone();
        self.tell(Msg::Wish(wish));
        self.settle();
    }

    fn verdict(&self) -> Verdict {
        let shown = self.model.answers.explanation.as_ref().expect("an explanation");
        shown.answer.as_ref().expect("a verdict").verdict
    }
}

/// The text after an editor's job.
fn edited(text: &str, job: &EditorJob) -> String {
    match job {
        EditorJob::Replace(text) => text.to_string(),
        EditorJob::Edit(edits) => {
            let mut edits = edits.to_vec();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
            edits.iter().fold(text.to_owned(), |mut text, edit| {
                text.replace_range(edit.start as usize..edit.end as usize, &edit.text);
                text
            })
        }
        _ => text.to_owned(),
    }
}

#[test]
fn the_page_is_presentable_before_the_editor_is_there_and_ready_after() {
    let mut page = Page::open();
    page.model.awaits_editor = true;
    assert_eq!((page.model.is_presentable(), page.model.status()), (true, Status::Working));
    page.tell(Msg::EditorMade);
    assert_eq!(page.model.status(), Status::Ready);
}

#[test]
fn the_first_question_waits_for_the_picture_however_fast_the_engine_is() {
    let usual = Page::open().model.question;
    let model = Model::new(&SCENARIOS[0], Theme::Auto);
    let mut page = Page { model, engine: Engine::default() };
    page.tell(Msg::WorkerReady);
    page.settle();
    assert!(page.model.question.is_blank());
    page.tell(Msg::Resized([960, 480]));
    page.settle();
    assert_eq!(page.model.question, usual);
}

#[test]
fn the_first_picture_comes_with_its_explanation() {
    let model = Model::new(&SCENARIOS[0], Theme::Auto);
    let mut page = Page { model, engine: Engine::default() };
    page.tell(Msg::Resized([960, 480]));
    page.tell(Msg::WorkerReady);
    let request = page.send().expect("a request");
    let answer = page.engine.answer(request).expect("an answer");
    page.tell(Msg::Answered(Box::new(answer)));
    assert!(page.model.is_presentable());
    assert_eq!(page.model.next_request(), None);
}

#[test]
fn a_denied_connection_is_allowed_by_the_edit_that_is_suggested() {
    let mut page = Page::open();
    let wishes = page.model.wishes();
    assert_eq!(wishes.unasked.as_ref(), wishes.offered.first());
    assert_eq!((wishes.answer, wishes.busy), (None, true));
    page.wish(0);

    let wishes = page.model.wishes();
    let suggestions = wishes.answer.as_deref().expect("an answer").as_ref().expect("suggestions");
    assert_eq!(suggestions[0].others.total, 0);
    page.tell(Msg::Apply(0));
    page.settle();

    assert_eq!(page.verdict(), Verdict::Allowed);
    let wishes = page.model.wishes();
    assert_eq!((wishes.asked, wishes.unasked), (None, None), "the wish is granted");
    assert_eq!(wishes.offered[0].query.wanted, Verdict::Denied);
}

#[test]
fn what_is_wished_for_unasked_gives_way_to_a_wish() {
    let mut page = Page::open();
    let wishes = page.model.wishes();
    let (unasked, own) = (wishes.unasked.expect("a denied connection"), wishes.offered[1].clone());
    page.tell(Msg::Wish(own.clone()));
    page.tell(Msg::WishUnasked(unasked));
    assert_eq!(page.model.wishes().asked, Some(own.query));
}

#[test]
fn what_was_suggested_last_stays_while_somebody_types_and_is_not_applied() {
    let mut page = Page::open();
    page.wish(0);
    let before = page.model.wishes();
    assert!(!before.busy && !before.late);

    let is_kept = |page: &mut Page, late| {
        let wishes = page.model.wishes();
        assert_eq!((&wishes.asked, &wishes.answer), (&before.asked, &before.answer));
        assert_eq!((wishes.busy, wishes.late), (true, late));
        let text = page.model.document.text.clone();
        page.tell(Msg::Apply(0));
        assert_eq!((&page.model.document.text, page.model.document.jobs.len()), (&text, 0));
        wishes.unasked
    };
    page.tell(Msg::Typing);
    assert_eq!(is_kept(&mut page, true), None);
    page.edit(|text| format!("# typed\n{text}"));
    assert_eq!(is_kept(&mut page, true), None);
    page.settle();
    let again = is_kept(&mut page, false).expect("it is wished for anew");
    page.tell(Msg::WishUnasked(again));
    page.settle();
    let after = page.model.wishes();
    assert_eq!((after.busy, after.unasked), (false, None));
    assert_ne!(after.answer, before.answer);
}

#[test]
fn what_was_wished_for_of_a_text_is_wished_for_of_the_next_unless_that_takes_long() {
    let mut page = Page::open();
    page.wish(0);
    page.tell(Msg::Apply(0));
    page.settle();
    page.wish(0);
    let asked = page.model.wishes().asked;
    assert_eq!(asked.as_ref().map(|wish| wish.wanted), Some(Verdict::Denied));
    page.edit(|text| format!("# typed\n{text}"));
    page.settle();
    let wishes = page.model.wishes();
    assert_eq!((wishes.unasked.map(|wish| wish.query), wishes.asked), (asked.clone(), asked));

    page.edit(|text| format!("# {}\n{text}", "long ".repeat(50_000)));
    page.settle();
    let wishes = page.model.wishes();
    assert_eq!((wishes.unasked, wishes.asked, wishes.busy), (None, None, false));
}

#[test]
fn what_is_half_typed_changes_no_picture() {
    let mut page = Page::open();
    let cards =
        |page: &Page| page.model.answers.picture.as_ref().map(|it| it.answer.scene.cards.len());
    let whole = cards(&page);
    let broken = "labels: {app: catalog";
    page.edit(|text| text.replacen("labels: {app: catalog}", broken, 1));
    page.settle();
    assert_eq!((page.model.status(), cards(&page)), (Status::Stale, whole));

    page.edit(|text| text.replacen(broken, "labels: {app: catalogue}", 1));
    page.settle();
    assert_eq!((page.model.status(), cards(&page)), (Status::Ready, whole));

    // A text that was pasted is shown as far as it can be read, and so is what is typed there next.
    let pasted = format!("# {}\n{}", "pasted ".repeat(200), &*page.model.document.text);
    page.edit(|_| pasted.replacen("labels: {app: catalogue}", broken, 1));
    page.settle();
    assert_eq!((page.model.status(), cards(&page)), (Status::Ready, whole.map(|all| all - 1)));
    page.edit(|text| text.replacen(broken, "labels: {app: {", 1));
    page.settle();
    assert_eq!((page.model.status(), cards(&page)), (Status::Ready, whole.map(|all| all - 1)));
}

#[test]
fn another_document_that_cannot_be_read_shows_nothing_of_the_one_before() {
    let fragment = netpol_share::Fragment::of_text("a: [x").write().expect("a link");
    for keeps in [true, false] {
        let mut page = Page::open();
        page.model.library.keeps = keeps;
        page.tell(Msg::Visit(fragment.as_str().into()));
        page.settle();
        let answers = &page.model.answers;
        assert_eq!((&*page.model.document.text, page.model.status()), ("a: [x", Status::Ready));
        assert!(answers.overview.topology.policies.is_empty(), "keeps: {keeps}");
        assert!(answers.picture.as_ref().expect("a picture").answer.scene.cards.is_empty());
        page.edit(|text| format!("{text}, y"));
        page.settle();
        assert_eq!(page.model.status(), Status::Ready);
    }
}

#[test]
fn the_page_opens_with_a_denied_flow_explained() {
    let page = Page::open();
    assert_eq!(page.model.status(), Status::Ready);
    assert_eq!(page.model.question.from, "bookstore/storefront");
    assert_eq!(page.model.question.to, "bookstore/postgres");
    assert_eq!(page.verdict(), Verdict::Denied);
    let tests = &page.model.answers.overview.tests;
    assert_eq!((tests.failed, tests.passed > 0), (0, true));
    assert_eq!(page.model.next_request(), None, "nothing is asked twice");
}

#[test]
fn an_edit_changes_verdicts() {
    let mut page = Page::open();
    page.edit(|text| text.replacen("port: 53}", "port: 54}", 2));
    assert_eq!(page.model.status(), Status::Working);
    page.settle();
    assert!(page.model.answers.overview.tests.failed > 0);
    assert!(page.model.document.edited());
}

#[test]
fn a_newer_text_overtakes_an_older_one() {
    let mut page = Page::open();
    page.edit(|text| format!("{text}# one\n"));
    let first = page.send().expect("a request");
    page.edit(|text| format!("{text}# two\n"));
    page.edit(|text| format!("{text}# three\n"));
    assert_eq!(page.send(), None, "one request at a time");
    let answer = page.engine.answer(first).expect("an answer");
    page.tell(Msg::Answered(Box::new(answer)));
    match page.send() {
        Some(Request::Analyse { text, .. }) => assert!(text.ends_with("# three\n")),
        other => panic!("expected the newest text, got {other:?}"),
    }
}

#[test]
fn broken_text_keeps_the_last_picture_and_says_so() {
    let mut page = Page::open();
    let before = page.model.answers.overview.topology.clone();
    page.edit(|_| "kind: [".to_owned());
    page.settle();
    assert_eq!(page.model.status(), Status::Stale);
    assert_eq!(page.model.answers.overview.topology, before);
    assert!(page.model.answers.overview.finding_total() > 0);
}

#[test]
fn a_text_that_the_worker_failed_on_is_not_sent_again_by_itself() {
    let mut page = Page::open();
    page.edit(|text| format!("{text}# hangs\n"));
    page.send();
    page.tell(Msg::WorkerStopped("it took too long".to_owned()));
    page.tell(Msg::WorkerReady);
    assert!(matches!(page.model.notice, Some(Notice::Stopped { .. })));
    assert_eq!(page.send(), None);
    assert_eq!(page.model.status(), Status::Stale);

    let mut asked = Page { model: page.model.clone(), engine: Engine::default() };
    asked.tell(Msg::TryAgain);
    assert!(asked.send().is_some(), "somebody asked for it");

    page.edit(|text| format!("{text}# another\n"));
    page.settle();
    assert_eq!(page.model.status(), Status::Ready, "another text is judged");
}

#[test]
fn a_pod_from_the_form_is_in_text_and_picture() {
    let mut page = Page::open();
    page.tell(Msg::OpenForm(Draft::pod(&page.model.answers.overview.topology.clone())));
    page.tell(Msg::SetField(Field::Name, "payments".to_owned()));
    page.tell(Msg::SetField(Field::Namespace, "bookstore".to_owned()));
    page.tell(Msg::SetField(Field::Labels, "app=payments".to_owned()));
    page.tell(Msg::SetField(Field::Ports, "8080".to_owned()));
    page.tell(Msg::SubmitForm);
    page.settle();
    assert!(matches!(page.model.form, Form::Closed));
    assert!(page.model.document.text.contains("name: payments"));
    let nodes = &page.model.answers.overview.topology.nodes;
    assert!(nodes.iter().any(|node| node.id == "bookstore/payments"));
}

#[test]
fn only_an_edited_text_that_is_replaced_is_worth_a_notice() {
    let mut page = Page::open();
    page.tell(Msg::Document(DocumentMsg::Choose(&SCENARIOS[1])));
    page.settle();
    assert_eq!(page.model.notice, None);
    page.edit(|text| format!("{text}# mine\n"));
    page.settle();
    page.tell(Msg::Document(DocumentMsg::Choose(&SCENARIOS[0])));
    page.settle();
    assert!(matches!(page.model.notice, Some(Notice::Replaced { .. })));
    assert_eq!(&*page.model.document.text, SCENARIOS[0].manifests);
}

#[test]
fn a_burst_of_edits_tells_what_it_changed_until_the_next_or_until_dismissed() {
    let mut page = Page::open();
    let changed = |page: &Page| -> Vec<(Verdict, u64)> {
        let shown = page.model.answers.picture.as_ref().expect("a picture");
        shown.answer.changed.iter().map(|(verdict, count)| (*verdict, *count)).collect()
    };
    assert_eq!(changed(&page), [], "nothing was edited yet");
    page.tell(Msg::Graph(GraphMsg::Rested));
    page.edit(|text| text.replacen("port: 5432}", "port: 543}", 1));
    page.settle();
    assert!(!changed(&page).is_empty());
    // Still the same burst: back where it began.
    page.edit(|text| text.replacen("port: 543}", "port: 5432}", 1));
    page.settle();
    assert_eq!(changed(&page), []);
    page.edit(|text| text.replacen("port: 5432}", "port: 543}", 1));
    page.settle();
    let first = changed(&page);
    page.tell(Msg::Graph(GraphMsg::Rested));
    page.edit(|text| format!("{text}# nothing more\n"));
    page.settle();
    assert_eq!(changed(&page), [], "the next edit changed nothing");
    page.tell(Msg::Graph(GraphMsg::Rested));
    page.edit(|text| text.replacen("port: 543}", "port: 5432}", 1));
    page.settle();
    assert_eq!(changed(&page).len(), first.len());
    page.tell(Msg::Graph(GraphMsg::DismissChanges));
    page.settle();
    assert_eq!(changed(&page), []);
}

/// Two pods that no scenario has.
const OTHERS: &str = "apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop}
spec: {containers: [{name: main, ports: [{containerPort: 80}]}]}
";

#[test]
fn a_question_about_another_document_makes_way_for_one_about_this() {
    let mut page = Page::open();
    page.edit(|_| OTHERS.to_owned());
    page.settle();
    assert_eq!((&*page.model.question.from, &*page.model.question.to), ("shop/a", "shop/b"));
    assert_eq!(page.verdict(), Verdict::Allowed);

    // While only one end is gone, somebody is perhaps renaming it.
    page.edit(|text| text.replace("name: b", "name: c"));
    page.settle();
    assert_eq!((&*page.model.question.from, &*page.model.question.to), ("shop/a", "shop/b"));
    let offered = page.model.first_question().expect("another question");
    assert_eq!((&*offered.from, &*offered.to), ("shop/a", "shop/c"));

    // Who asks about nobody is told so.
    let to = "shop/nobody".to_owned();
    let question = Question { from: "shop/no".to_owned(), to, ..page.model.question.clone() };
    page.tell(Msg::SetQuestion(question.clone()));
    page.settle();
    assert_eq!(page.model.question, question);
}

#[test]
fn a_film_goes_forward_and_back_and_ends_with_its_connection() {
    let mut page = Page::open();
    let at = |page: &Page| page.model.film.as_ref().map(|film| (film.at, film.playing));
    page.tell(Msg::Film(FilmMsg::Open));
    assert_eq!(at(&page), Some((0, true)));
    page.tell(Msg::Film(FilmMsg::Over(0)));
    page.tell(Msg::Film(FilmMsg::Over(0)));
    assert_eq!(at(&page), Some((1, true)), "a step is over once");
    page.tell(Msg::Film(FilmMsg::Forward));
    assert_eq!(at(&page), Some((2, false)), "who steps wants to look");
    assert!(!page.model.marks.is_empty());
    assert!(matches!(page.model.document.jobs.last(), Some((_, EditorJob::Show(_)))));
    page.tell(Msg::Film(FilmMsg::Back));
    assert_eq!(at(&page), Some((1, false)));
    page.tell(Msg::Film(FilmMsg::Go(99)));
    let film = page.model.film.clone().expect("a film");
    assert!(film.is_over());
    page.tell(Msg::Film(FilmMsg::TogglePlay));
    assert_eq!(at(&page), Some((0, true)), "it begins anew");
    page.settle();
    page.edit(|text| format!("{text}\n# more"));
    assert_eq!(at(&page), None);
    page.settle();
    page.tell(Msg::Film(FilmMsg::Open));
    page.tell(Msg::Film(FilmMsg::Close));
    assert_eq!((at(&page), page.model.marks.len()), (None, 0));
}

#[test]
fn a_card_is_looked_at_or_is_an_end_of_what_is_drawn() {
    let mut page = Page::open();
    let [storefront, redis] = ["bookstore/storefront", "bookstore/redis"];
    let card = |page: &mut Page, id: &str| page.tell(Msg::Graph(GraphMsg::Card(id.to_owned())));
    let looked_at = |page: &Page| page.model.filters.endpoint().map(ToString::to_string);
    card(&mut page, storefront);
    assert_eq!(looked_at(&page).as_deref(), Some(storefront));
    card(&mut page, redis);
    assert_eq!(looked_at(&page).as_deref(), Some(redis), "one at a time");
    card(&mut page, redis);
    assert_eq!(looked_at(&page), None, "once more lets go of it");

    page.tell(Msg::Graph(GraphMsg::Connect(ConnectMsg::Begin(None))));
    card(&mut page, storefront);
    let from = page.model.graph.drawing.clone().expect("a line begins").from;
    assert_eq!(from.as_deref(), Some(storefront));
    card(&mut page, redis);
    assert_eq!((page.model.graph.drawing.as_ref(), looked_at(&page)), (None, None));
    let Question { from, to, .. } = &page.model.question;
    assert_eq!([from.as_str(), to.as_str()], [storefront, redis]);
}

/// The columns and rows of cards, from what is drawn.
fn cells(page: &Page) -> std::collections::BTreeMap<String, [usize; 2]> {
    let scene = &page.model.answers.picture.as_ref().expect("a picture").answer.scene;
    let line = |lines: &[f64], at: f64| lines.iter().filter(|line| **line < at - 0.06).count();
    let cell =
        |rect: netpol_diagram::Rect| [line(&scene.columns, rect.x), line(&scene.rows, rect.y)];
    scene.cards.iter().map(|card| (card.id.clone(), cell(card.rect))).collect()
}

#[test]
fn cards_and_frames_are_moved_and_put_back() {
    let mut page = Page::open();
    let step = |page: &mut Page, what: Moved, way: Way| {
        page.tell(Msg::Graph(GraphMsg::Step(what, way)));
        page.settle();
    };
    let card = || Moved::Card("bookstore/storefront".to_owned());
    let at_first = cells(&page);
    let seen = KeptView::of(&page.model);

    step(&mut page, card(), [0, 1]);
    let moved = cells(&page);
    assert_eq!(moved["bookstore/storefront"][1], at_first["bookstore/storefront"][1] + 1);
    for (id, cell) in &at_first {
        assert!(id == "bookstore/storefront" || moved[id] == *cell, "{id}");
    }
    // It changes places with another of its frame.
    step(&mut page, card(), [1, 0]);
    assert_eq!(cells(&page)["bookstore/storefront"], moved["bookstore/orders"]);
    assert_eq!(cells(&page)["bookstore/orders"], moved["bookstore/storefront"]);

    // A frame goes past the others.
    let nginx = || Moved::FrameOf("ingress-nginx/controller".to_owned());
    for _ in 0..2 {
        step(&mut page, nginx(), [1, 0]);
    }
    let column = |page: &Page, id: &str| cells(page)[id][0];
    assert!(column(&page, "ingress-nginx/controller") > column(&page, "bookstore/postgres"));

    // Kept, and stable while editing.
    let kept = KeptView::of(&page.model);
    assert_eq!(KeptView::read(&kept.write()), kept);
    assert_ne!(kept, seen);
    let before = cells(&page);
    page.edit(|text| text.replace("app: redis", "app: valkey"));
    page.settle();
    assert_eq!(cells(&page), before);
    page.tell(Msg::Graph(GraphMsg::PutBack));
    page.settle();
    assert_eq!(cells(&page), at_first);

    // Dragging less than half a cell is nothing.
    page.tell(Msg::Graph(GraphMsg::Drag(card(), [20.0, 10.0])));
    assert!(page.model.graph.places.is_empty());
    page.tell(Msg::Graph(GraphMsg::Drag(card(), [0.0, 400.0])));
    page.settle();
    assert!(cells(&page)["bookstore/storefront"][1] > at_first["bookstore/storefront"][1]);
}

#[test]
fn a_log_without_a_line_is_no_file() {
    let mut page = Page::open();
    page.tell(Msg::ShowDialog(Some(Dialog::Export)));
    page.tell(Msg::SetExport(Export::Log));
    page.settle();
    assert!(page.model.export().text().is_some());
    page.tell(Msg::FilterEndpoint(Some("bookstore/nobody".to_owned())));
    page.settle();
    let ExportText::Written(answer) = page.model.export() else { panic!("no answer") };
    assert!(answer.as_ref().as_ref().is_err_and(|it| it.message == "no flow is drawn"));
}
