//! A text that many have.

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

use crate::text::{Milestone, Units, milestones};

/// A text that is shared, and equal to itself at once: a plain one would compare all of it, megabytes,
/// whenever anything changes.
#[derive(Clone, Debug)]
pub struct SharedText(Rc<Kept>);

#[derive(Debug)]
struct Kept {
    text: Box<str>,
    milestones: OnceCell<Vec<Milestone>>,
}

impl SharedText {
    /// Converts positions; only the first time the whole text is walked through.
    pub fn units(&self) -> Units<'_> {
        let Kept { text, milestones: kept } = &*self.0;
        Units::new(text, kept.get_or_init(|| milestones(text)))
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0.text == other.0.text
    }
}

impl Eq for SharedText {}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.text
    }
}

impl<T: Into<Box<str>>> From<T> for SharedText {
    fn from(text: T) -> Self {
        Self(Rc::new(Kept { text: text.into(), milestones: OnceCell::new() }))
    }
}
