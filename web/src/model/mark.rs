//! A state that somebody marks, so that edits can be compared with it.

use std::rc::Rc;

use super::{Model, Notice, SharedText};

/// Longer texts are not compared: the worker would have to hold both.
const LONGEST: usize = 4 << 20;

/// A text that others are compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Its number.
    pub number: u64,
    /// The document's name.
    pub name: Rc<str>,
    /// The text.
    pub text: SharedText,
}

/// What happened to the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkMsg {
    /// Mark the text as it is.
    Set,
    /// Mark none.
    Forget,
}

/// Takes a message about the mark.
pub(super) fn update(model: &mut Model, msg: MarkMsg) {
    let document = &model.document;
    match msg {
        MarkMsg::Forget => model.marked = None,
        MarkMsg::Set if document.text.len() > LONGEST => {
            let reason = format!(
                "The text is longer than {} MB, which is too long to be compared: use the command `netpol diff`.",
                LONGEST >> 20
            );
            model.notice = Some(Notice::Refused { reason });
        }
        MarkMsg::Set => {
            model.marked = Some(Marked {
                number: document.revision,
                name: document.name().into(),
                text: document.text.clone(),
            });
        }
    }
}
