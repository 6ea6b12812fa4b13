//! Links, there and back.

use std::collections::{BTreeMap, BTreeSet};

use netpol::view::FlowSource;
use netpol_lessons::SCENARIOS;

use super::{
    Chip, ConnectMsg, Dialog, EditorJob, GraphMsg, LessonMsg, Model, Msg, Notice, ShareAs, Stage,
    Theme, update,
};
use crate::protocol::{Answer, Reply, ShareCut, Visited, VisitedContent, flow};

fn model() -> Model {
    Model::new(&SCENARIOS[0], Theme::Auto)
}

fn visit(model: Model, result: Result<Visited, String>) -> Model {
    let model = update(model, Msg::Visit("1.d".into()));
    let replies = vec![Reply::Visit("1.d".to_owned(), Box::new(result))];
    let answer = Answer { revision: model.document.revision, overview: None, replies };
    update(model, Msg::Answered(Box::new(answer)))
}

#[test]
fn a_damaged_link_changes_nothing_and_says_so() {
    let before = model();
    let after = visit(before.clone(), Err("the end is missing".to_owned()));
    let Some(Notice::Refused { reason }) = &after.notice else { panic!("a notice") };
    assert!(reason.contains("the end is missing") && reason.contains("nothing here has changed"));
    assert_eq!((after.document, after.sharing), (before.document, before.sharing));
}

#[test]
fn who_opens_a_link_sees_what_the_sender_saw() {
    let mut sender = model();
    sender.view.stage = Stage::Matrix;
    sender.view.dialog = Some(Dialog::Share);
    sender.question.from = "shop/web".to_owned();
    sender.question.to = "2001:db8::1".to_owned();
    sender.question.port = "443".to_owned();
    sender.filters.chips = vec![Chip::Port(80), Chip::Namespace("shop".to_owned())];
    sender.filters.source = FlowSource::DeclaredPorts;
    sender.matrix.port = "443".to_owned();
    sender.matrix.folded = BTreeSet::from(["shop".to_owned()]);
    let query = sender.share_query().expect("the dialog is open");
    let mut parameters = query.parameters;
    parameters.insert("flow".to_owned(), flow(&query.question.expect("a question")));
    let content = VisitedContent::Text(SCENARIOS[0].manifests.to_owned());
    let receiver = visit(model(), Ok(Visited { content, parameters }));
    assert_eq!(receiver.question, sender.question);
    assert_eq!((receiver.filters, receiver.matrix), (sender.filters, sender.matrix));
    assert_eq!(receiver.view.stage, sender.view.stage);
    assert_eq!(receiver.sharing.opened, 1);
}

/// Whoever reloads the page before the document is there has the link opened again.
#[test]
fn a_link_is_open_when_its_document_is_there() {
    let content = || VisitedContent::Example(SCENARIOS[1].id.to_owned());
    assert_eq!(update(model(), Msg::Visit("1.d".into())).links_open(), None);
    let parameters = BTreeMap::new();
    let mut page = visit(model(), Ok(Visited { content: content(), parameters }));
    assert_eq!(page.links_open(), None);
    let number = page.document.jobs.last().expect("something for the editor to do").0;
    page = update(page, Msg::JobsDone(number));
    assert_eq!(page.links_open(), Some(1));
}

#[test]
fn what_a_link_does_not_know_is_as_by_default() {
    let values = [("view", "hologram"), ("flow", "nobody"), ("theme", "pink")];
    let parameters =
        values.map(|(key, value)| (key.to_owned(), value.to_owned())).into_iter().collect();
    let content = VisitedContent::Nothing;
    let after = visit(model(), Ok(Visited { content, parameters }));
    assert_eq!((after.view.stage, after.view.theme), (Stage::Graph, Theme::Auto));
    assert!(after.question.is_blank() && after.notice.is_none());
}

#[test]
fn an_address_is_loaded_only_when_the_visitor_wants_it() {
    let content = VisitedContent::Url("https://example.com/policies/a.yaml?raw=1".to_owned());
    let parameters = BTreeMap::from([("view".to_owned(), "log".to_owned())]);
    let before = model();
    let asked = visit(before.clone(), Ok(Visited { content, parameters }));
    assert!(asked.sharing.offer.is_some());
    assert_eq!((&asked.document, asked.view), (&before.document, before.view));
    let refused = update(asked.clone(), Msg::Loaded(Err("it is too large".to_owned())));
    let Some(Notice::Refused { reason }) = &refused.notice else { panic!("a notice") };
    assert!(reason.contains("https://example.com/policies/a.yaml") && reason.contains("too large"));
    assert_eq!(refused.document, before.document);
    let loaded = update(asked.clone(), Msg::Loaded(Ok("kind: Namespace".into())));
    assert_eq!((loaded.document.name(), loaded.view.stage), ("a.yaml", Stage::Log));
    assert_eq!(loaded.sharing.offer, None);
    // An answer that nobody waits for any more is nobody's.
    let late = update(update(asked, Msg::NotLoaded), Msg::Loaded(Ok("kind: Pod".into())));
    assert_eq!(late.document, before.document);
}

#[test]
fn a_frame_shows_what_its_link_leaves_and_lets_nobody_change_what_is_to_stay() {
    let framed = |values: &[(&str, &str)]| {
        let parameters =
            values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let mut model = model();
        model.embed.framed = true;
        visit(model, Ok(Visited { content: VisitedContent::Nothing, parameters }))
    };
    let model = framed(&[("hide", "editor, toolbar,nonsense"), ("readonly", "")]);
    assert_eq!(model.embed.hidden_names(), "editor toolbar");
    let begin = LessonMsg::Begin(&netpol_lessons::LESSONS[0]);
    for change in
        [Msg::Undo, Msg::Lesson(begin), Msg::Graph(GraphMsg::Connect(ConnectMsg::Begin(None)))]
    {
        let after = update(model.clone(), change);
        assert_eq!((&after.document, &after.graph), (&model.document, &model.graph));
        assert!(matches!(after.notice, Some(Notice::Told { .. })));
    }
    assert!(!update(model, Msg::SetText("kind: Pod".into())).document.jobs.is_empty());
    // Something always stays, and a page of its own has all.
    assert_eq!(framed(&[("hide", "editor,picture,explanation")]).embed.hidden_names(), "");
    let mut own = framed(&[("hide", "editor"), ("readonly", "")]);
    own.embed.framed = false;
    assert!(own.embed.hidden_names().is_empty() && !own.embed.is_readonly());
}

#[test]
fn a_link_goes_to_a_step_of_a_lesson() {
    let follow = |name: &str, content: VisitedContent| {
        let parameters = BTreeMap::from([("lesson".to_owned(), name.to_owned())]);
        visit(model(), Ok(Visited { content, parameters }))
    };
    // Without a document: that of the step, which asks about a connection.
    let after = follow("first-policy:3", VisitedContent::Nothing);
    let step = after.lesson.expect("a lesson");
    assert_eq!(step.name(), "first-policy:3");
    let text = step.step().document();
    let job = after.document.jobs.last().map(|(_, job)| job.clone());
    assert_eq!(job, Some(EditorJob::Replace(text.into())));
    assert_eq!(
        (after.document.name(), after.question.to.as_str()),
        ("A first policy", "np-demo/web")
    );
    // With one: that of whoever sent it.
    let content = VisitedContent::Text("kind: Pod".to_owned());
    let after = follow("first-policy:3", content);
    assert_eq!(after.lesson, Some(step));
    let job = after.document.jobs.last().map(|(_, job)| job.clone());
    assert_eq!(job, Some(EditorJob::Replace("kind: Pod".into())));
    // Back into a link.
    assert_eq!(
        after.link_query().parameters.get("lesson").map(String::as_str),
        Some("first-policy:3")
    );
    let after = follow("first-policy:99", VisitedContent::Nothing);
    let Some(Notice::Refused { reason }) = &after.notice else { panic!("a notice") };
    assert!(reason.contains("first-policy:99") && after.document.jobs.is_empty());
}

#[test]
fn a_redacted_link_tells_no_name() {
    let mut model = model();
    model = update(model, Msg::Document(super::DocumentMsg::Rename("Bank".to_owned())));
    model.filters.chips = vec![Chip::Namespace("bank".to_owned())];
    let cut = ShareCut { redact: true, minimise: true };
    model = update(model, Msg::SetShareCut(cut));
    assert_eq!(model.link_query().cut, ShareCut::default(), "only in the dialog");
    model.view.dialog = Some(Dialog::Share);
    let query = model.link_query();
    assert_eq!(query.cut, ShareCut { minimise: false, ..cut }, "there is no question");
    assert!(query.parameters.is_empty(), "{:?}", query.parameters);
    assert_eq!(model.share(ShareAs::Markdown, "#"), "[Redacted manifests](#)");
}

#[test]
fn names_cannot_leave_their_place() {
    let mut model = model();
    model = update(model, Msg::Document(super::DocumentMsg::Rename("a](x) <b> \"c\"".to_owned())));
    let link = "https://example.org/#1.dz&flow=a";
    assert_eq!(
        model.share(ShareAs::Markdown, link),
        "[a\\](x) &lt;b&gt; \"c\"](https://example.org/#1.dz&flow=a)"
    );
    let frame = model.share(ShareAs::Frame, link);
    assert!(
        frame.contains("title=\"a](x) &lt;b&gt; &quot;c&quot;\"") && frame.contains("&amp;flow")
    );
    model.sharing.address = "https://example.org/a\"b/index.html".into();
    assert_eq!(
        model.share(ShareAs::Element, link),
        "<script async src=\"https://example.org/a&quot;b/embed.js\"></script>\n\
         <netpol-playground link=\"https://example.org/#1.dz&amp;flow=a\">\
         <a href=\"https://example.org/#1.dz&amp;flow=a\">a](x) &lt;b&gt; &quot;c&quot;</a></netpol-playground>"
    );
}
