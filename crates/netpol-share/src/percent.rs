//! The values of parameters: percent-encoding as in RFC 3986, stricter where programs that find links
//! in a text are.

/// Appends `value`. What a fragment may contain but Markdown or a chat program breaks is encoded, too.
pub(crate) fn encode(value: &str, to: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._/:,".contains(&byte) {
            to.push(char::from(byte));
        } else {
            push_escape(byte, to);
        }
    }
}

/// Makes the last character one that no program takes for the end of the sentence around the link.
pub(crate) fn close(fragment: &mut String) {
    if fragment.ends_with(|last: char| last.is_ascii() && !last.is_ascii_alphanumeric())
        && let Some(last) = fragment.pop().and_then(|last| u8::try_from(last).ok())
    {
        push_escape(last, fragment);
    }
}

fn push_escape(byte: u8, to: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    to.push('%');
    to.push(char::from(DIGITS[usize::from(byte >> 4)]));
    to.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// The value behind `text`. A `%` without two digits stands for itself.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = match (first, after) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)),
            _ => None,
        };
        if let Some((high, low)) = escaped {
            bytes.push(high << 4 | low);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(character: u8) -> Option<u8> {
    char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, encoded: &str) {
        let mut written = String::new();
        encode(value, &mut written);
        close(&mut written);
        assert_eq!(written, encoded);
        assert_eq!(decode(encoded), value);
    }

    #[test]
    fn what_breaks_links_is_encoded() {
        check("np-demo/frontend>np-demo/web:8080/TCP", "np-demo/frontend%3Enp-demo/web:8080/TCP");
        check("app=web (two)", "app%3Dweb%20%28two%29");
        check("a~b*c\"d'e<f>&g#h+i|j", "a%7Eb%2Ac%22d%27e%3Cf%3E%26g%23h%2Bi%7Cj");
        check("größe", "gr%C3%B6%C3%9Fe");
        check("", "");
    }

    #[test]
    fn the_last_character_is_a_letter_or_digit() {
        check("web-", "web%2D");
        check("v1.", "v1%2E");
        check("a/", "a%2F");
    }

    #[test]
    fn what_is_no_escape_stands_for_itself() {
        for text in ["100%", "%", "%4", "%zz", "a>b"] {
            assert_eq!(decode(text), text);
        }
        assert_eq!(decode("%ff"), "\u{fffd}");
    }
}
