//! A text that many have.

use std::ops::Deref;
use std::rc::Rc;

/// A text that is shared, and equal to itself at once. `Rc<str>` would compare all of it: megabytes,
/// whenever anything changes.
#[derive(Clone, Debug, Eq)]
pub struct SharedText(Rc<str>);

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<T: Into<Rc<str>>> From<T> for SharedText {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}
