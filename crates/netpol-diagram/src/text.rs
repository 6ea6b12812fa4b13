//! How wide text is, without a font: an estimate that is rather too wide than too narrow.

/// The fonts of the picture; a page uses the same sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Font {
    /// A card's name: 13 px, semibold, proportional.
    Name,
    /// A frame's title: 12 px, semibold, proportional.
    Title,
    /// A frame's subtitle: 10.5 px, proportional.
    Subtitle,
    /// Labels and addresses: 11 px, monospaced.
    Label,
    /// Ports: 11 px, semibold, monospaced.
    Port,
    /// Badges: 10 px, proportional.
    Badge,
}

const ELLIPSIS: char = '…';

impl Font {
    pub(crate) fn width(self, text: &str) -> f64 {
        text.chars().map(|character| self.advance(character)).sum()
    }

    fn advance(self, character: char) -> f64 {
        match self {
            Self::Label | Self::Port => 11.0 * monospaced(character),
            Self::Name => 13.0 * proportional(character) * 1.08,
            Self::Title => 12.0 * proportional(character) * 1.08,
            Self::Subtitle => 10.5 * proportional(character),
            Self::Badge => 10.0 * proportional(character),
        }
    }

    /// The text, or as much of it as fits before an ellipsis.
    pub(crate) fn clip(self, text: &str, room: f64) -> String {
        if self.width(text) <= room {
            return text.to_owned();
        }
        let mut left = room - self.advance(ELLIPSIS);
        let mut clipped = String::new();
        for character in text.chars() {
            left -= self.advance(character);
            if left < 0.0 {
                break;
            }
            clipped.push(character);
        }
        clipped.push(ELLIPSIS);
        clipped
    }

    /// The text in one line or two, broken behind a separator if there is one; clipped if two
    /// lines are not enough.
    pub(crate) fn wrap(self, text: &str, room: f64) -> Vec<String> {
        if self.width(text) <= room {
            return vec![text.to_owned()];
        }
        let mut left = room;
        let mut fits = 0;
        let mut separator = None;
        for (at, character) in text.char_indices() {
            left -= self.advance(character);
            if left < 0.0 {
                break;
            }
            fits = at + character.len_utf8();
            if matches!(character, '-' | '.' | '_' | '/' | ':') {
                separator = Some(fits);
            }
        }
        // A break that leaves little on the first line wastes it.
        let (first, rest) = text.split_at(separator.filter(|at| *at * 3 >= fits).unwrap_or(fits));
        vec![first.to_owned(), self.clip(rest, room)]
    }
}

/// In em. `DejaVu Sans Mono`, the widest of the usual ones.
fn monospaced(character: char) -> f64 {
    if character.is_ascii() || character == ELLIPSIS { 0.605 } else { 1.1 }
}

/// In em, a little above the usual interface fonts.
fn proportional(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.32,
        'f' | 't' | 'r' | '-' | '/' | '(' | ')' | '[' | ']' | '1' => 0.43,
        'm' | 'M' | 'W' | '%' | '@' | '…' => 0.97,
        'w' => 0.82,
        'c' | 's' | 'z' => 0.55,
        'A'..='Z' | '×' | '+' | '=' => 0.74,
        _ if character.is_ascii() => 0.62,
        _ => 1.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays() {
        assert_eq!(Font::Label.clip("app=catalog", 80.0), "app=catalog");
        assert_eq!(Font::Name.wrap("catalog", 80.0), ["catalog"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let clipped = Font::Label.clip("app.kubernetes.io/name=catalog", 80.0);
        assert_eq!(clipped, "app.kuberne…");
        assert!(Font::Label.width(&clipped) <= 80.0);
        assert_eq!(Font::Label.clip("app", 1.0), "…");
    }

    #[test]
    fn long_names_break_behind_a_separator() {
        let lines = Font::Name.wrap("product-recommendation-worker", 110.0);
        assert_eq!(lines, ["product-", "recommenda…"]);
        let lines = Font::Name.wrap("thisnamehasnoseparatoratall", 110.0);
        assert_eq!(lines, ["thisnamehasno", "separatoratall"]);
    }
}
