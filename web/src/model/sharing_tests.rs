//! Links, there and back.

use std::collections::BTreeMap;

use netpol_lessons::SCENARIOS;

use super::{Chip, Dialog, Model, Msg, Notice, ShareAs, Stage, Theme, update};
use crate::protocol::{Answer, Reply, Visited, VisitedContent};

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
    let parameters = sender.share_query().expect("the dialog is open").parameters;
    let content = VisitedContent::Text(SCENARIOS[0].manifests.to_owned());
    let receiver = visit(model(), Ok(Visited { content, parameters }));
    assert_eq!(receiver.question, sender.question);
    assert_eq!(receiver.filters, sender.filters);
    assert_eq!(receiver.view.stage, sender.view.stage);
    assert_eq!(receiver.sharing.opened, 1);
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
fn an_address_is_not_loaded() {
    let content = VisitedContent::Url("https://example.com/a.yaml".to_owned());
    let after = visit(model(), Ok(Visited { content, parameters: BTreeMap::new() }));
    let Some(Notice::Refused { reason }) = &after.notice else { panic!("a notice") };
    assert!(reason.contains("https://example.com/a.yaml"), "{reason}");
}

#[test]
fn names_cannot_leave_their_place() {
    let mut model = model();
    model = update(model, Msg::Document(super::DocumentMsg::Rename("a](x) <b> \"c\"".to_owned())));
    let link = "https://example.org/#1.dz&flow=a";
    assert_eq!(
        model.share(ShareAs::Markdown, link),
        "[a\\](x) \\<b\\> \"c\"](https://example.org/#1.dz&flow=a)"
    );
    let html = model.share(ShareAs::Html, link);
    assert!(html.contains("title=\"a](x) &lt;b&gt; &quot;c&quot;\"") && html.contains("&amp;flow"));
}
