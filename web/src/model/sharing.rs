//! Links: the one that brought somebody here, and the one to pass on.

use std::collections::BTreeMap;
use std::rc::Rc;

use netpol::report::markdown_text;
use netpol::view::FlowSource;
use netpol_lessons::{SCENARIOS, scenario};
use netpol_share::Key;
use netpol_sort::Gather;

use super::keeping::go_to;
use super::{
    Chip, Dialog, Embed, KeptView, LessonStep, Model, Notice, Opened, Question, Shared, SharedText,
    Stage, StoreJob, Stored, Tab, Theme,
};
use super::{arrangement, lesson, matrix_link};
use crate::protocol::{ShareCut, ShareQuery, Visited, VisitedContent};

/// Links to documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// The page's address without a fragment.
    pub address: Rc<str>,
    /// The fragment that is to be opened.
    pub visit: Option<Rc<str>>,
    /// How many were opened.
    pub opened: u32,
    /// What of the manifests is passed on.
    pub cut: ShareCut,
    /// The address that a link names, until the visitor has said whether to load it.
    pub offer: Option<Offer>,
}

/// Manifests at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The address.
    pub address: Rc<str>,
    /// How they are to be seen.
    parameters: Rc<Parameters>,
}

/// The forms in which a link is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareAs {
    /// The address.
    Link,
    /// A link in Markdown.
    Markdown,
    /// The element for a page, with the script that brings it.
    Element,
    /// A frame for a page that runs no script of others.
    Frame,
}

/// A link's parameters by their names.
type Parameters = BTreeMap<String, String>;

/// All flows to declared ports, whatever the document expects.
const DECLARED: &str = "declared-ports";

/// What a document is called that a link gives no name.
const NAMELESS: &str = "From a link";

/// What a document is called whose names are not told.
const REDACTED: &str = "Redacted manifests";

impl Model {
    /// How many links were opened; `None` while the document of one is on its way.
    pub fn links_open(&self) -> Option<u32> {
        let arrived = self.sharing.visit.is_none()
            && self.document.jobs.is_empty()
            && !self.library.is_looking();
        arrived.then_some(self.sharing.opened)
    }
}

/// The engine has read a link.
pub(super) fn visited(model: &mut Model, fragment: &str, result: &Result<Visited, String>) {
    if model.sharing.visit.take_if(|wanted| **wanted == *fragment).is_none() {
        return;
    }
    let refused = |reason: String| Some(Notice::Refused { reason });
    match result {
        Err(reason) => {
            let reason =
                format!("The link was not opened, and nothing here has changed: {reason}.");
            model.notice = refused(reason);
        }
        Ok(Visited { content, parameters }) => {
            // Of the link before.
            model.notice.take_if(|it| matches!(it, Notice::Refused { .. }));
            let parts = *content != VisitedContent::Nothing;
            let named = value(parameters, Key::Lesson);
            let step = named.and_then(LessonStep::named);
            let before = match step {
                _ if parts => KeptView::default(),
                Some(step) => step.view(),
                None => KeptView::of(model),
            };
            let view = view_of(before, parameters);
            let embed = if parts || step.is_some() {
                Embed::plain(model.embed.framed)
            } else {
                model.embed
            };
            model.embed = embed_of(embed, parameters);
            if let Some(theme) = value(parameters, Key::Theme).and_then(Theme::named) {
                model.view.theme = theme;
            }
            if let Some(motion) = value(parameters, Key::Motion) {
                model.view.paused = motion == "off";
            }
            match content {
                VisitedContent::Nothing => match (step, named) {
                    (Some(step), _) => lesson::begin(model, step, view),
                    (None, Some(name)) => {
                        let reason = format!("There is no lesson “{name}”, or not so many steps.");
                        model.notice = refused(reason);
                    }
                    (None, None) => view.show(model),
                },
                VisitedContent::Text(text) => open(model, text, name_of(parameters), view),
                VisitedContent::Example(name) => match scenario(name) {
                    Some(scenario) => go_to(model, Opened { view, ..Opened::scenario(scenario) }),
                    None => model.notice = refused(format!("There is no example “{name}”.")),
                },
                VisitedContent::Url(address) => {
                    let (address, parameters) =
                        (address.as_str().into(), Rc::new(parameters.clone()));
                    model.sharing.offer = Some(Offer { address, parameters });
                }
            }
            model.sharing.opened += 1;
        }
    }
}

/// What the visitor wanted to have loaded has come, or not.
pub(super) fn loaded(model: &mut Model, result: Result<SharedText, String>) {
    let Some(Offer { address, mut parameters }) = model.sharing.offer.take() else { return };
    match result {
        Ok(text) => {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            let file = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(NAMELESS);
            let name = Rc::make_mut(&mut parameters).entry(Key::Name.name().to_owned());
            name.or_insert_with(|| file.to_owned());
            let view = view_of(KeptView::default(), &parameters);
            open(model, &text, name_of(&parameters), view);
        }
        Err(reason) => {
            let reason =
                format!("{address} was not loaded, and nothing here has changed: {reason}.");
            model.notice = Some(Notice::Refused { reason });
        }
    }
}

/// Shows manifests as a document of their own, so that none that is kept is overwritten: as the one that the
/// link has made before, if nobody has changed that.
pub(super) fn open(model: &mut Model, text: &str, name: &str, view: KeptView) {
    // As the editor would give it back.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if *model.document.text == *text {
        return view.show(model);
    }
    if let Some(scenario) = SCENARIOS.iter().find(|scenario| scenario.manifests == text) {
        return go_to(model, Opened { view, ..Opened::scenario(scenario) });
    }
    let may_be_kept = model.library.may_hold(&text);
    let own = Some(model.library.create(name, false));
    let opened = Opened { own, scenario: model.document.scenario, text: text.into(), view };
    if may_be_kept {
        model.library.order(StoreJob::Find(Rc::new(opened)));
    } else {
        go_to(model, opened);
    }
}

/// The storage has looked for the document that a link has made before.
pub(super) fn looked(model: &mut Model, new: &Rc<Opened>, stored: Stored) {
    let kept = match stored {
        // Of the one that is open more is known here.
        Stored::Read(document) if document.id != model.document.key() => Opened::stored(document),
        _ => None,
    };
    let view = new.view.clone();
    go_to(model, kept.map_or_else(|| (**new).clone(), |kept| Opened { view, ..kept }));
}

fn name_of(parameters: &Parameters) -> &str {
    value(parameters, Key::Name).unwrap_or(NAMELESS)
}

fn value(parameters: &Parameters, key: Key) -> Option<&str> {
    parameters.get(key.name()).map(String::as_str)
}

/// How a link wants the document to be seen. What it says nothing about, or nothing that is known, is
/// as before.
fn view_of(before: KeptView, parameters: &Parameters) -> KeptView {
    let of = |key| value(parameters, key);
    let stage = |name| Stage::ALL.into_iter().find(|it| it.name() == name);
    let tab = |name| Tab::ALL.into_iter().find(|it| it.name() == name);
    let mut filters = before.filters;
    if let Some(text) = of(Key::Filter) {
        filters.chips = text.split_whitespace().filter_map(Chip::parse).collect();
    }
    if let Some(name) = of(Key::Flows) {
        filters.source =
            if name == DECLARED { FlowSource::DeclaredPorts } else { FlowSource::default() };
    }
    KeptView {
        stage: of(Key::View).and_then(stage).unwrap_or(before.stage),
        tab: of(Key::Tab).and_then(tab).unwrap_or(before.tab),
        question: of(Key::Flow).and_then(Question::parse).unwrap_or(before.question),
        filters,
        graph: of(Key::Moved).map_or(before.graph, arrangement::read),
        matrix: of(Key::Matrix).map_or(before.matrix, matrix_link::read),
        split: before.split,
        lesson: of(Key::Lesson).map_or(before.lesson, |name| Some(name.to_owned())),
    }
}

/// What a link wants of the page in a frame. It is made by who has made the frame.
fn embed_of(mut embed: Embed, parameters: &Parameters) -> Embed {
    if let Some(readonly) = value(parameters, Key::Readonly) {
        embed.readonly = readonly != "off";
    }
    if let Some(names) = value(parameters, Key::Hide) {
        embed.hide(names);
    }
    embed
}

impl Model {
    /// What to ask for while the dialog with the link is open.
    pub(super) fn share_query(&self) -> Option<ShareQuery> {
        let is_open = self.view.dialog == Some(Dialog::Share);
        is_open.then(|| self.link_query()).or_else(|| self.way_out())
    }

    /// What is in a link to what is shown.
    pub(super) fn link_query(&self) -> ShareQuery {
        let address = self.sharing.address.to_string();
        let (mut parameters, cut) = (self.parameters(), self.share_cut());
        if cut.redact {
            for named in [Key::Name, Key::Filter, Key::Matrix, Key::Moved, Key::Lesson] {
                parameters.remove(named.name());
            }
        }
        ShareQuery { address, parameters, question: self.question.query(), cut }
    }

    /// What of the manifests is passed on: as chosen in the dialog, as far as there is a choice.
    fn share_cut(&self) -> ShareCut {
        let ShareCut { redact, minimise } = self.sharing.cut;
        let is_open = self.view.dialog == Some(Dialog::Share);
        let is_asked = self.question.query().is_some();
        ShareCut { redact: redact && is_open, minimise: minimise && is_open && is_asked }
    }

    /// How the document is seen, without what is so by default.
    fn parameters(&self) -> Parameters {
        let (view, filters) = (&self.view, &self.filters);
        let chips: Vec<String> = filters.chips.iter().map(Chip::text).collect();
        let named = self.document.own.is_some().then(|| self.document.name().to_owned());
        let all = [
            (Key::Name, named),
            (Key::View, (view.stage != Stage::default()).then(|| view.stage.name().to_owned())),
            (Key::Tab, (view.tab != Tab::default()).then(|| view.tab.name().to_owned())),
            (Key::Filter, (!chips.is_empty()).then(|| chips.join(" "))),
            (
                Key::Flows,
                (filters.source == FlowSource::DeclaredPorts).then(|| DECLARED.to_owned()),
            ),
            (Key::Matrix, matrix_link::write(&self.matrix)),
            (Key::Moved, arrangement::write(&self.graph)),
            (Key::Lesson, self.lesson.map(LessonStep::name)),
        ];
        let given = |(key, value): (Key, Option<String>)| Some((key.name().to_owned(), value?));
        all.into_iter().filter_map(given).gather()
    }

    /// The link to what is shown, or why there is none, once the engine has told.
    pub fn shared_link(&self) -> Option<Shared<Result<String, String>>> {
        let shown = self.answers.shared.as_ref()?;
        let is_it = shown.revision == self.document.revision
            && Some(&shown.query) == self.share_query().as_ref();
        is_it.then(|| shown.answer.clone())
    }

    /// The link to the text as it was when the engine was asked last, in a frame.
    pub fn own_link(&self) -> Option<Shared<Result<String, String>>> {
        let shown = self.answers.shared.as_ref()?;
        (shown.revision == self.document.revision).then(|| shown.answer.clone())
    }

    /// The link as it is passed on.
    pub fn share(&self, form: ShareAs, link: &str) -> String {
        // The name of a document may tell what its manifests must not.
        let name = if self.share_cut().redact { REDACTED } else { self.document.name() };
        match form {
            ShareAs::Link => link.to_owned(),
            ShareAs::Markdown => format!("[{}]({link})", markdown(name)),
            ShareAs::Element => {
                let folder = self.sharing.address.rsplit_once('/').map_or("", |(folder, _)| folder);
                format!(
                    "<script async src=\"{}/embed.js\"></script>\n\
                     <netpol-playground link=\"{link}\"><a href=\"{link}\">{}</a></netpol-playground>",
                    html(folder),
                    html(name),
                    link = html(link),
                )
            }
            ShareAs::Frame => format!(
                "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"640\" loading=\"lazy\"></iframe>",
                html(link),
                html(name)
            ),
        }
    }
}

/// A text in a link of Markdown that means nothing but itself.
fn markdown(text: &str) -> String {
    markdown_text(text).replace('[', "\\[").replace(']', "\\]")
}

/// A text in the value of an attribute.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
