//! Rows of tables that programs read.

use std::fmt::{self, Formatter};

/// Comma-separated values (RFC 4180), with line feeds.
pub(super) fn csv(f: &mut Formatter<'_>, cells: &[&str]) -> fmt::Result {
    for (index, cell) in cells.iter().enumerate() {
        let separator = if index == 0 { "" } else { "," };
        if cell.contains([',', '"', '\n', '\r']) {
            write!(f, "{separator}\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(f, "{separator}{cell}")?;
        }
    }
    writeln!(f)
}

/// A row of a Markdown table.
pub(super) fn markdown(f: &mut Formatter<'_>, cells: &[&str]) -> fmt::Result {
    for cell in cells {
        write!(f, "| {} ", markdown_text(cell))?;
    }
    writeln!(f, "|")
}

/// A text in Markdown that means no more than it says: no HTML, no emphasis, no end of a line or cell.
/// In the text of a link, brackets would have to be escaped besides.
pub fn markdown_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_cell_is_quoted() {
        let cells = ["a", "TCP 80,443", "say \"x\"", "b|c", ""];
        let csv = fmt::from_fn(|f| csv(f, &cells)).to_string();
        assert_eq!(csv, "a,\"TCP 80,443\",\"say \"\"x\"\"\",b|c,\n");
        let markdown = fmt::from_fn(|f| markdown(f, &cells)).to_string();
        assert_eq!(markdown, "| a | TCP 80,443 | say \"x\" | b\\|c |  |\n");
        let hostile = fmt::from_fn(|f| super::markdown(f, &["<script>`*\n|", "a_b"])).to_string();
        assert_eq!(hostile, "| &lt;script&gt;\\`\\* \\| | a_b |\n");
    }
}
