//! Links: the one that brought somebody here, and the one to pass on.

use std::collections::BTreeMap;
use std::rc::Rc;

use netpol::view::{PortSpec, Protocol};
use netpol_lessons::{SCENARIOS, scenario};
use netpol_share::Key;

use super::keeping::go_to;
use super::{
    Chip, Dialog, Filters, KeptView, Model, Notice, Opened, Question, Shared, Stage, Tab, Theme,
};
use crate::protocol::{ShareQuery, Visited, VisitedContent};

/// Links to documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// The page's address without a fragment.
    pub address: Rc<str>,
    /// The fragment that is to be opened.
    pub visit: Option<Rc<str>>,
    /// How many were opened.
    pub opened: u32,
}

/// The forms in which a link is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareAs {
    /// The address.
    Link,
    /// A link in Markdown.
    Markdown,
    /// A frame for a page.
    Html,
}

/// A link's parameters by their names.
type Parameters = BTreeMap<String, String>;

/// What a document is called that a link gives no name.
const NAMELESS: &str = "From a link";

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
            let view = view_of(parameters);
            if let Some(theme) = value(parameters, Key::Theme).and_then(Theme::named) {
                model.view.theme = theme;
            }
            model.view.paused |= value(parameters, Key::Motion) == Some("off");
            match content {
                VisitedContent::Nothing => view.show(model),
                VisitedContent::Text(text) => open(model, text, parameters, view),
                VisitedContent::Example(name) => match scenario(name) {
                    Some(scenario) => go_to(model, Opened { view, ..Opened::scenario(scenario) }),
                    None => model.notice = refused(format!("There is no example “{name}”.")),
                },
                VisitedContent::Url(address) => {
                    model.notice = refused(format!(
                        "The link names an address, and this page asks no other host for anything: \
                         save {address} and drop the file here."
                    ));
                }
            }
            model.sharing.opened += 1;
        }
    }
}

/// Shows manifests as a document of their own, so that none that is kept is overwritten.
fn open(model: &mut Model, text: &str, parameters: &Parameters, view: KeptView) {
    if *model.document.text == *text {
        return view.show(model);
    }
    if let Some(scenario) = SCENARIOS.iter().find(|scenario| scenario.manifests == text) {
        return go_to(model, Opened { view, ..Opened::scenario(scenario) });
    }
    let name = value(parameters, Key::Name).unwrap_or(NAMELESS);
    let own = Some(model.library.create(name, false));
    let scenario = model.document.scenario;
    go_to(model, Opened { own, scenario, text: text.into(), view });
}

fn value(parameters: &Parameters, key: Key) -> Option<&str> {
    parameters.get(key.name()).map(String::as_str)
}

/// How a link wants the document to be seen. What it says nothing about, or nothing that is known, is
/// as by default.
fn view_of(parameters: &Parameters) -> KeptView {
    let of = |key| value(parameters, key);
    let stage = |name| Stage::ALL.into_iter().find(|it| it.name() == name);
    let tab = |name| Tab::ALL.into_iter().find(|it| it.name() == name);
    let chips = of(Key::Filter).unwrap_or_default().split_whitespace().filter_map(Chip::parse);
    KeptView {
        stage: of(Key::View).and_then(stage).unwrap_or_default(),
        tab: of(Key::Tab).and_then(tab).unwrap_or_default(),
        question: of(Key::Flow).and_then(question_of).unwrap_or_default(),
        filters: Filters { chips: chips.collect(), ..Filters::default() },
        ..KeptView::default()
    }
}

/// Reads `FROM>TO:PORT/PROTOCOL`; the protocol may be missing.
fn question_of(flow: &str) -> Option<Question> {
    let (from, rest) = flow.split_once('>')?;
    let named = |name: &str| {
        let mut all = Protocol::ALL.into_iter().chain([Protocol::Icmp]);
        all.find(|protocol| protocol.as_str().eq_ignore_ascii_case(name))
    };
    let (rest, protocol) = rest
        .rsplit_once('/')
        .and_then(|(rest, name)| Some((rest, named(name)?)))
        .unwrap_or((rest, Protocol::Tcp));
    let (to, port) = if protocol == Protocol::Icmp { (rest, "") } else { rest.rsplit_once(':')? };
    let (from, to, port) = (from.to_owned(), to.to_owned(), port.to_owned());
    Some(Question { from, to, port, protocol })
}

/// What [`question_of`] reads.
fn flow_of(question: &Question) -> Option<String> {
    let query = question.query()?;
    let port = match &query.port {
        PortSpec::None => String::new(),
        port => format!(":{port}"),
    };
    Some(format!("{}>{}{port}/{}", query.from, query.to, query.protocol))
}

impl Model {
    /// What to ask for while the dialog with the link is open.
    pub(super) fn share_query(&self) -> Option<ShareQuery> {
        let is_open = self.view.dialog == Some(Dialog::Share);
        is_open.then(|| self.link_query())
    }

    /// What is in a link to what is shown.
    pub(super) fn link_query(&self) -> ShareQuery {
        let address = self.sharing.address.to_string();
        ShareQuery { address, parameters: self.parameters() }
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
            (Key::Flow, flow_of(&self.question)),
            (Key::Filter, (!chips.is_empty()).then(|| chips.join(" "))),
        ];
        let given = |(key, value): (Key, Option<String>)| Some((key.name().to_owned(), value?));
        all.into_iter().filter_map(given).collect()
    }

    /// The link to what is shown, or why there is none, once the engine has told.
    pub fn shared_link(&self) -> Option<Shared<Result<String, String>>> {
        let shown = self.answers.shared.as_ref()?;
        let is_it = shown.revision == self.document.revision
            && Some(&shown.query) == self.share_query().as_ref();
        is_it.then(|| shown.answer.clone())
    }

    /// The link as it is passed on.
    pub fn share(&self, form: ShareAs, link: &str) -> String {
        let name = self.document.name();
        match form {
            ShareAs::Link => link.to_owned(),
            ShareAs::Markdown => format!("[{}]({link})", markdown(name)),
            ShareAs::Html => format!(
                "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"640\" loading=\"lazy\"></iframe>",
                html(link),
                html(name)
            ),
        }
    }
}

/// A text in Markdown that means nothing but itself.
fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if "\\`*_[]<>&#|~".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(if letter.is_control() { ' ' } else { letter });
    }
    escaped
}

/// A text in the value of an attribute.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
