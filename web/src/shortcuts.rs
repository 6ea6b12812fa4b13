//! The keys of the page: what they do, and how the list of them reads.

/// Something that a key does, wherever the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
    /// Open files.
    Open,
    /// Save the document as a file.
    Save,
    /// Go to the next finding.
    NextFinding,
    /// Go to the one before.
    PreviousFinding,
    /// Go to what the selector at the cursor selects.
    GoToSelected,
    /// Indent all lines.
    Format,
    /// List the keys.
    Help,
}

/// What has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Something in which text is typed.
    Text,
    /// Something else, or nothing.
    Elsewhere,
}

/// A key that is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press<'a> {
    /// Its name in the browser.
    pub key: &'a str,
    /// Whether Control, or Command on a Mac, is held.
    pub control: bool,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// What has the focus.
    pub focus: Focus,
}

impl Press<'_> {
    /// What it does.
    pub fn action(&self) -> Option<Action> {
        let key = self.key.to_ascii_lowercase();
        let typing = self.focus == Focus::Text;
        match (key.as_str(), self.control, self.shift, self.alt) {
            ("z", true, false, false) if !typing => Some(Action::Undo),
            ("z", true, true, false) | ("y", true, false, false) if !typing => Some(Action::Redo),
            ("o", true, false, false) => Some(Action::Open),
            ("s", true, false, false) => Some(Action::Save),
            ("f8", false, false, false) => Some(Action::NextFinding),
            ("f8", false, true, false) => Some(Action::PreviousFinding),
            ("f12", false, false, false) => Some(Action::GoToSelected),
            ("f", false, true, true) => Some(Action::Format),
            // On some keyboards it is typed without Shift.
            ("?", false, _, false) if !typing => Some(Action::Help),
            _ => None,
        }
    }
}

/// Keys, and what they do, for people.
pub type Row = (&'static str, &'static str);

/// The list of keys: where they work, and what they do. `Mod` is Control, on a Mac Command.
pub const LIST: &[(&str, &[Row])] = &[
    (
        "Everywhere",
        &[
            ("?", "List the keys"),
            ("Mod+Z", "Undo, whether it was typed, a form or a fix"),
            ("Mod+Shift+Z", "Redo"),
            ("Mod+O", "Open files"),
            ("Mod+S", "Save as a YAML file"),
            ("F8", "Next problem"),
            ("Shift+F8", "Problem before"),
        ],
    ),
    (
        "In the editor",
        &[
            ("Ctrl+Space", "Complete fields, labels, namespaces and ports"),
            ("F12", "Go to the pods that a selector selects"),
            ("Shift+Alt+F", "Format"),
            ("Mod+F", "Search and replace"),
            ("Ctrl+Shift+[", "Fold"),
            ("Ctrl+Shift+]", "Unfold"),
            ("Escape, then Tab", "Leave the editor"),
            ("Arrow keys, Enter", "On the bar between editor and graph: move it, put it back"),
        ],
    ),
    (
        "In graph and matrix",
        &[
            ("Tab", "Go to the next group"),
            ("Arrow keys", "Go from flow to flow, or from cell to cell"),
            ("Enter", "Explain"),
            ("C", "On a card: allow a connection from there to the next one that is chosen"),
            ("Shift+arrow keys", "Move a card of the graph"),
            ("Shift+Alt+arrow keys", "Move its namespace"),
            ("Ctrl+wheel", "Enlarge the graph where the mouse is"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn action(keys: &str, focus: Focus) -> Option<Action> {
        let parts: Vec<&str> = keys.split('+').collect();
        let held = |name: &str| parts.contains(&name);
        let key = parts.last().unwrap();
        let (control, shift, alt) = (held("Mod"), held("Shift"), held("Alt"));
        Press { key, control, shift, alt, focus }.action()
    }

    #[test]
    fn keys_do_what_the_list_says() {
        for (keys, expected) in [
            ("?", Action::Help),
            ("Shift+?", Action::Help),
            ("Mod+z", Action::Undo),
            ("Mod+Shift+Z", Action::Redo),
            ("Mod+y", Action::Redo),
            ("Mod+o", Action::Open),
            ("Mod+s", Action::Save),
            ("F8", Action::NextFinding),
            ("Shift+F8", Action::PreviousFinding),
            ("F12", Action::GoToSelected),
            ("Shift+Alt+F", Action::Format),
        ] {
            assert_eq!(action(keys, Focus::Elsewhere), Some(expected), "{keys}");
        }
        assert_eq!(action("Mod+Alt+z", Focus::Elsewhere), None);
        assert_eq!(action("z", Focus::Elsewhere), None);
    }

    #[test]
    fn who_types_keeps_letters_and_undoing() {
        for keys in ["?", "Mod+z", "Mod+y"] {
            assert_eq!(action(keys, Focus::Text), None, "{keys}");
        }
        assert_eq!(action("F8", Focus::Text), Some(Action::NextFinding));
    }
}
