//! Text in quotes, as Go prints it with `%q`.

use std::fmt::Write;

/// `"text"`, with what cannot be printed escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        push_escaped(&mut out, c);
    }
    out.push('"');
    out
}

/// `"a", "b"`
pub(super) fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.map(quoted).collect::<Vec<_>>().join(", ")
}

fn push_escaped(out: &mut String, c: char) {
    let code = u32::from(c);
    // Writing to a string cannot fail.
    let _ = match c {
        '"' | '\\' => write!(out, "\\{c}"),
        '\x07' => out.write_str("\\a"),
        '\x08' => out.write_str("\\b"),
        '\x0c' => out.write_str("\\f"),
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        '\x0b' => out.write_str("\\v"),
        _ if code < 0x20 || code == 0x7f => write!(out, "\\x{code:02x}"),
        ' '..='~' => out.write_char(c),
        _ if c.is_alphanumeric() || c.escape_debug().len() == 1 => out.write_char(c),
        _ if code < 0x1_0000 => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_cannot_be_printed_is_escaped() {
        assert_eq!(quoted("a b"), r#""a b""#);
        assert_eq!(quoted("\"\\\n\u{1}é\u{200b}'"), r#""\"\\\n\x01é\u200b'""#);
    }
}
