//! The forms that define namespaces, pods and outside addresses.

use crate::harness::Page;

/// A selector for the row of an object.
fn row(id: &str) -> String {
    format!("[data-testid=object][data-id='{id}']")
}

impl Page {
    /// Fills in the open form and hands it in; the text changes.
    #[track_caller]
    fn hand_in(&self, fields: &[(&str, &str)]) {
        self.fill_in(fields);
        self.change(|| self.click("[data-testid=form] [data-testid=submit]"));
    }

    #[track_caller]
    fn fill_in(&self, fields: &[(&str, &str)]) {
        for (field, text) in fields {
            self.fill(&format!("[data-testid=form] [data-testid=field-{field}]"), text);
        }
    }

    /// Adds a `namespace`, `pod` or `external`.
    #[track_caller]
    pub(crate) fn add(&self, what: &str, fields: &[(&str, &str)]) {
        self.click(&format!("[data-testid=add-{what}]"));
        self.hand_in(fields);
    }

    /// Tries to add something, and reads what is wrong with it.
    #[track_caller]
    pub(crate) fn add_in_vain(&self, what: &str, fields: &[(&str, &str)]) -> String {
        self.click(&format!("[data-testid=add-{what}]"));
        self.fill_in(fields);
        self.click("[data-testid=form] [data-testid=submit]");
        self.text("[data-testid=form-error]")
    }

    /// Gives an object other labels or addresses.
    #[track_caller]
    pub(crate) fn alter(&self, id: &str, field: &str, text: &str) {
        self.click(&format!("{} [data-testid=change]", row(id)));
        self.hand_in(&[(field, text)]);
    }

    /// Deletes an object, and confirms that.
    #[track_caller]
    pub(crate) fn delete(&self, id: &str) {
        self.click(&format!("{} [data-testid=delete]", row(id)));
        self.hand_in(&[]);
    }

    /// Whether there is an object of that name.
    #[track_caller]
    pub(crate) fn has_object(&self, id: &str) -> bool {
        self.count(&row(id)) > 0
    }
}
