//! The reducer: the only place where the state changes.

use std::rc::Rc;

use netpol::edit::EditCommand;
use netpol::view::{ConnectionQuery, Edit, Place, QueryError};

use super::SharedText;
use super::embed;
use super::film::{self, FilmMsg};
use super::graph;
use super::keeping::{self, DocumentMsg};
use super::lesson;
use super::mark;
use super::sharing;
use super::{
    Dialog, Draft, EditorJob, Export, Field, Filters, Form, GraphMsg, History, KeptView, LessonMsg,
    Mark, MarkMsg, MatrixFilter, Model, Notice, Pane, Part, Problems, Question, Stage, Tab, Theme,
    Wish,
};
use crate::protocol::{Answer, AssistQuery, Reply, ShareCut, Subject};

/// What happened.
#[derive(Debug, PartialEq)]
pub enum Msg {
    /// The editor is there.
    EditorMade,
    /// The editor has changes that it has not given yet.
    Typing,
    /// The editor gives its text.
    Edited(SharedText),
    /// The editor has done its jobs up to this number.
    JobsDone(u64),

    /// The worker has started.
    WorkerReady,
    /// A request about this revision went to the worker.
    Sent(u64),
    /// The worker answered.
    Answered(Box<Answer>),
    /// The worker was ended and another one started.
    WorkerStopped(String),
    /// Send the text that the worker failed on once more.
    TryAgain,

    /// Something happened to documents as a whole.
    Document(DocumentMsg),
    /// The page's address has this fragment: open what it names.
    Visit(Rc<str>),
    /// The page around this one has this text.
    SetText(SharedText),
    /// What was loaded from an address, or why nothing was.
    Loaded(Result<SharedText, String>),
    /// Nothing is to be loaded from an address.
    NotLoaded,
    /// Explain this connection.
    Explain(ConnectionQuery),
    /// The fields of the question.
    SetQuestion(Question),
    /// Work out what makes a connection so.
    Wish(Wish),
    /// Nobody has wished for something else meanwhile: work this out.
    WishUnasked(Wish),
    /// Make the suggested change with this number.
    Apply(usize),
    /// Show more of this object, or no more of any.
    Inspect(Option<Subject>),
    /// Draw these flows.
    SetFilters(Filters),
    /// Draw only the flows of this pod or address, or of all.
    FilterEndpoint(Option<String>),
    /// Something happened to the picture.
    Graph(GraphMsg),
    /// Something happened to the film of a connection.
    Film(FilmMsg),
    /// Something happened to a lesson.
    Lesson(LessonMsg),
    /// Make the matrix about this.
    SetMatrix(MatrixFilter),

    /// Something happened to the mark.
    Mark(MarkMsg),

    /// Open a form.
    OpenForm(Draft),
    /// A field of the open form.
    SetField(Field, String),
    /// Hand the open form in.
    SubmitForm,
    /// Close the open form.
    CloseForm,

    /// Mark these lines.
    Point(Rc<[Mark]>),
    /// Show this place in the editor.
    Reveal(Place),
    /// Go to the finding after the cursor (`true`), or before it.
    StepFinding(bool),
    /// Change the text in this way.
    Order(EditCommand),
    /// Who is writing wants to know this.
    Assist(AssistQuery),
    /// The editor's cursor is at this byte of its text.
    Cursor(u32),
    /// Go to the first thing that the selector at the cursor selects.
    GoToSelected,
    /// List these findings.
    SetProblems(Problems),
    /// Make the change that the finding with this number offers.
    Fix(usize),
    /// Take the last change of the text back.
    Undo,
    /// Make the change again that was taken back last.
    Redo,
    /// The editor tells what there is to undo and redo.
    HistoryIs(History),
    /// Something that was asked for is not done.
    Refused(String),
    /// Something that was asked for is done, and cannot be seen.
    Told(&'static str),

    /// Go to this tab.
    SelectTab(Tab),
    /// Go to graph or matrix.
    SelectStage(Stage),
    /// Go to this pane of a narrow screen.
    SelectPane(Pane),
    /// The document's side has this part of the width, or as much as it usually has.
    Split(Option<u8>),
    /// Open a dialog, or close the one that is open.
    ShowDialog(Option<Dialog>),
    /// Take this along.
    SetExport(Export),
    /// Other manifests are to be in the link.
    SetShareCut(ShareCut),
    /// Files are being dragged over the page, or no more.
    DragOver(bool),
    /// Light or dark.
    SetTheme(Theme),
    /// The picture has this much room: width and height.
    Resized([u32; 2]),
    /// Let flows move or stand still.
    TogglePlay,
    /// The notice was read.
    Dismiss,
    /// The page itself failed.
    Panicked(String),
}

/// The state after a message.
#[must_use]
pub fn update(mut model: Model, msg: Msg) -> Model {
    if embed::refuses(&mut model, &msg) {
        return model;
    }
    let seen = KeptView::of(&model);
    let revision = model.document.revision;
    match msg {
        Msg::Edited(text) => keeping::edited(&mut model, text),
        Msg::Sent(revision) => model.link.sent(revision),
        Msg::Answered(answer) => answered(&mut model, *answer),
        msg => happened(&mut model, msg),
    }
    if model.document.revision != revision {
        model.graph.edited(revision);
    }
    film::end_if_past(&mut model);
    keeping::keep_view(&mut model, &seen);
    model
}

/// Whatever else happened. It is apart from what happens at each key, as in the engine.
#[inline(never)]
fn happened(model: &mut Model, msg: Msg) {
    match msg {
        Msg::EditorMade => model.awaits_editor = false,
        Msg::Typing => model.document.typing = true,
        Msg::JobsDone(up_to) => model.document.done(up_to),

        Msg::WorkerReady => model.link.ready = true,
        Msg::WorkerStopped(reason) => stopped(model, reason),
        Msg::TryAgain => {
            model.link.try_again();
            model.notice = None;
        }

        Msg::Document(msg) => keeping::update(model, msg),
        Msg::Visit(fragment) => model.sharing.visit = Some(fragment),
        Msg::SetText(text) => embed::set_text(model, text),
        Msg::Loaded(result) => sharing::loaded(model, result),
        Msg::NotLoaded => model.sharing.offer = None,
        Msg::Explain(query) => {
            model.question = query.into();
            model.view.pane = Pane::Picture;
        }
        Msg::SetQuestion(question) => model.question = question,
        Msg::Wish(wish) => model.wish = Some(wish),
        Msg::WishUnasked(wish) => {
            if model.wishes().unasked.as_ref() == Some(&wish) {
                model.wish = Some(wish);
            }
        }
        Msg::Apply(index) => apply(model, index),
        Msg::Inspect(subject) => model.inspected = subject,
        Msg::SetFilters(filters) => model.filters = filters,
        Msg::FilterEndpoint(endpoint) => model.filters.look_at(endpoint),
        Msg::Graph(msg) => graph::update(model, msg),
        Msg::Film(msg) => film::update(model, msg),
        Msg::Lesson(msg) => lesson::update(model, msg),
        Msg::SetMatrix(filter) => model.matrix = filter,

        Msg::Mark(msg) => mark::update(model, msg),
        Msg::OpenForm(draft) => model.form = Form::Open(draft),
        Msg::SetField(field, text) => {
            if let Form::Open(draft) = &mut model.form {
                draft.set(field, text);
            }
        }
        Msg::SubmitForm => model.form.submit(),
        Msg::CloseForm => model.form = Form::Closed,

        // Rows that a film scrolls by are not pointed at.
        Msg::Point(marks) if model.film.is_none() => model.marks = marks,
        // What happens at each key is dealt with by now.
        Msg::Point(_) | Msg::Edited(_) | Msg::Sent(_) | Msg::Answered(_) => {}
        Msg::Reveal(place) => {
            model.view.tab = Tab::Manifests;
            model.view.pane = Pane::Document;
            model.document.order(EditorJob::Reveal(place));
        }
        Msg::StepFinding(forward) => step_finding(model, forward),
        Msg::Order(command) => model.errand = Some(command),
        Msg::Assist(query) => model.assist = Some(query),
        Msg::Cursor(offset) => model.cursor = Some((model.document.revision, offset)),
        Msg::GoToSelected => go_to_selected(model),
        Msg::SetProblems(problems) => model.problems = problems,
        Msg::Fix(index) => fix(model, index),
        Msg::Undo => {
            model.notice = None;
            model.document.order(EditorJob::Undo);
        }
        Msg::Redo => {
            model.notice = None;
            model.document.order(EditorJob::Redo);
        }
        Msg::Told(text) => model.notice = Some(Notice::Told { text }),
        Msg::HistoryIs(history) => model.document.history = history,
        Msg::Refused(reason) => model.notice = Some(Notice::Refused { reason }),

        Msg::SelectTab(tab) => model.view.tab = tab,
        Msg::SelectStage(stage) => model.view.stage = stage,
        Msg::SelectPane(pane) => model.view.pane = pane,
        Msg::Split(part) => model.view.split = part,
        Msg::ShowDialog(dialog) => model.view.dialog = dialog,
        Msg::SetExport(export) => model.view.export = export,
        Msg::SetShareCut(cut) => model.sharing.cut = cut,
        Msg::DragOver(over) => model.view.dragging = over,
        Msg::SetTheme(theme) => model.view.theme = theme,
        Msg::Resized(room) => resized(model, room),
        Msg::TogglePlay => model.view.paused = !model.view.paused,
        Msg::Dismiss => model.notice = None,
        Msg::Panicked(message) => model.notice = Some(Notice::Broken { message }),
    }
}

fn answered(model: &mut Model, answer: Answer) {
    model.link.in_flight = None;
    let revision = answer.revision;
    let current = is_current(model, revision);
    for reply in &answer.replies {
        match reply {
            Reply::Edit(command, result) if model.errand.as_ref() == Some(command) => {
                errand_done(model, result, current);
            }
            Reply::Assist(number, _) => {
                model.assist.take_if(|query| query.number == *number);
            }
            Reply::Visit(fragment, result) => sharing::visited(model, fragment, result),
            _ => {}
        }
        if let Reply::Edit(command, result) = reply
            && model.form.pending() == Some(command)
        {
            match result {
                // Positions are about the text that was asked about: with any other text the
                // form stays pending, and the engine is asked again.
                Ok(edits) if current => {
                    model.document.order(EditorJob::Edit(edits.as_slice().into()));
                    model.form = Form::Closed;
                }
                Ok(_) => {}
                Err(error) => model.form.refused(error),
            }
        }
    }
    let analysed = answer.overview.is_some();
    let text = (answer.revision == model.document.revision).then_some(&model.document.text);
    model.answers.accept(answer, text);
    model.forget_wish();
    let lost = || analysed && !model.answers.stale && is_unanswerable(model);
    // Which flow comes first, the picture says; it is not asked for before its room is known.
    let pictured = model.answers.picture.is_some()
        || model.view.stage != Stage::Graph
        || model.embed.hides(Part::Picture);
    // A link may have opened another document in the meantime.
    if is_current(model, revision)
        && pictured
        && (model.question.is_blank() || lost())
        && let Some(question) = model.first_question()
    {
        model.question = question;
    }
}

/// Whether the question is about pods of another document.
fn is_unanswerable(model: &Model) -> bool {
    let refused = model.answers.explanation.as_ref().is_some_and(|shown| shown.answer.is_err());
    refused && model.question.is_lost(&model.answers.overview.topology)
}

fn stopped(model: &mut Model, reason: String) {
    // A pending form would be sent again with the next text, long after it was meant.
    if let Some(draft) = model.form.draft() {
        model.form = Form::Open(draft.clone());
    }
    // A link that the worker fails on is not tried again.
    model.sharing.visit = None;
    model.link.stopped(model.document.revision);
    // It would wait for ever, and hide what can be done.
    model.view.dialog = None;
    model.notice = Some(Notice::Stopped { reason });
}

fn go_to_selected(model: &mut Model) {
    let found = model.looked_up();
    let Some(Some(found)) = found.as_deref() else { return };
    if let Some(place) = found.nodes.iter().find_map(|node| node.place.clone()) {
        model.document.order(EditorJob::Reveal(place));
    }
}

/// The edits of a change without a form have come.
fn errand_done(model: &mut Model, result: &Result<Vec<Edit>, QueryError>, current: bool) {
    match result {
        Ok(edits) if current => {
            model.document.order(EditorJob::Edit(edits.as_slice().into()));
        }
        // Asked again, about the text as it is now.
        Ok(_) => return,
        Err(error) => model.notice = Some(Notice::Refused { reason: error.to_string() }),
    }
    model.errand = None;
}

fn step_finding(model: &mut Model, forward: bool) {
    model.view.tab = Tab::Manifests;
    model.view.pane = Pane::Document;
    model.document.order(EditorJob::StepFinding(forward));
}

fn fix(model: &mut Model, index: usize) {
    if !is_current(model, model.answers.revision) {
        return;
    }
    let finding = model.answers.overview.findings.get(index);
    if let Some(fix) = finding.and_then(|finding| finding.fix.as_ref()) {
        let edits: Rc<[Edit]> = fix.edits.as_slice().into();
        model.document.order(EditorJob::Edit(edits));
    }
}

fn apply(model: &mut Model, index: usize) {
    let suggestions = model.suggestions().and_then(|answer| answer.as_ref().ok());
    if let Some(suggestion) = suggestions.and_then(|all| all.get(index)) {
        let edits: Rc<[Edit]> = suggestion.edits.as_slice().into();
        model.document.order(EditorJob::Edit(edits));
    }
}

/// Whether positions in a revision are positions in the text as it is.
fn is_current(model: &Model, revision: u64) -> bool {
    revision == model.document.revision && !model.document.typing
}

/// Takes the room for the picture over. A message across the page makes it a little lower: that is no reason
/// to place everything anew.
/// Widths are rounded down to multiples of this, so that dragging a window's corner does not place
/// the picture anew for every pixel.
const STEP: u32 = 16;

fn resized(model: &mut Model, [width, height]: [u32; 2]) {
    let (view, width) = (&mut model.view, width / STEP * STEP);
    if view.width != width || view.height.abs_diff(height) > view.height / 4 {
        (view.width, view.height) = (width, height);
    }
}
