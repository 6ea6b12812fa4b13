//! A reader of strict JSON: what `kubectl get -o json` and most generators write, read several
//! times faster than as YAML, which JSON otherwise is.

use std::borrow::Cow;

use crate::context::{Context, MAX_DEPTH};
use crate::scalar::{self, Scalar};
use crate::{Entry, Node, Value};

/// Reads the range of the text as JSON objects or arrays, one after the other, at that
/// depth of others around them. `None` if it is anything else, however little: the YAML reader then says what it is, or what is wrong with it.
pub(crate) fn read(
    context: &mut Context<'_>,
    start: usize,
    end: usize,
    depth: usize,
) -> Option<Vec<Node>> {
    let findings = context.parsed.findings.len();
    let text = &context.text[..end];
    let mut reader = Reader { text, at: start, depth, context };
    let roots = reader.roots();
    if roots.is_none() {
        context.parsed.findings.truncate(findings);
    }
    roots
}

struct Reader<'t, 'c> {
    text: &'t str,
    at: usize,
    depth: usize,
    context: &'c mut Context<'t>,
}

impl<'t> Reader<'t, '_> {
    fn roots(&mut self) -> Option<Vec<Node>> {
        let mut roots = Vec::new();
        while let b'{' | b'[' = self.skip_space()? {
            roots.push(self.node()?);
            if self.skip_space().is_none() {
                return Some(roots);
            }
        }
        None
    }

    /// Skips white space; the byte behind it, if any.
    fn skip_space(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let space =
            rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.at += space;
        rest.get(space).copied()
    }

    /// Skips white space and that byte, or fails.
    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.skip_space()? == byte).then(|| self.at += 1)
    }

    fn node(&mut self) -> Option<Node> {
        let first = self.skip_space()?;
        let start = self.at;
        let value = match first {
            b'{' => self.nested(Self::object)?,
            b'[' => self.nested(Self::array)?,
            b'"' => Value::String(self.string()?.into_owned()),
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            _ => self.number()?,
        };
        Some(Node { span: self.context.span(start, self.at), value })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Value> {
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Some(value)
    }

    fn object(&mut self) -> Option<Value> {
        let mut entries = Vec::new();
        if self.skip_space()? == b'}' {
            self.at += 1;
        } else {
            loop {
                entries.push(self.entry()?);
                if self.ends_with(b'}')? {
                    break;
                }
            }
        }
        Some(Value::Mapping(self.context.mapping(entries, |_| false)))
    }

    fn entry(&mut self) -> Option<Entry> {
        self.skip_space()?;
        let start = self.at;
        let key = self.string()?.into_owned();
        let key_span = self.context.span(start, self.at);
        self.expect(b':')?;
        Some(Entry { key, key_span, value: self.node()? })
    }

    fn array(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        if self.skip_space()? == b']' {
            self.at += 1;
        } else {
            loop {
                items.push(self.node()?);
                if self.ends_with(b']')? {
                    break;
                }
            }
        }
        items.shrink_to_fit();
        Some(Value::Sequence(items))
    }

    /// Whether the collection ends here; otherwise a comma must follow.
    fn ends_with(&mut self, close: u8) -> Option<bool> {
        let byte = self.skip_space()?;
        self.at += 1;
        if byte == close { Some(true) } else { (byte == b',').then_some(false) }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())?;
        Some(value)
    }

    fn number(&mut self) -> Option<Value> {
        let rest = &self.text[self.at..];
        let part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let number = &rest[..rest.bytes().take_while(|byte| part(byte)).count()];
        if !is_number(number) {
            return None;
        }
        self.at += number.len();
        match scalar::resolve(number) {
            Scalar::Integer(value) => Some(Value::Integer(value)),
            Scalar::Float(value) => Some(Value::Float(value)),
            _ => None,
        }
    }

    fn string(&mut self) -> Option<Cow<'t, str>> {
        let start = self.at + 1;
        self.text[self.at..].starts_with('"').then_some(())?;
        let bytes = &self.text.as_bytes()[start..];
        let mut escaped = false;
        let mut length = 0;
        loop {
            match *bytes.get(length)? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    length += 2;
                }
                0..0x20 => return None,
                _ => length += 1,
            }
        }
        self.at = start + length + 1;
        let content = self.text.get(start..start + length)?;
        if escaped { unescape(content).map(Cow::Owned) } else { Some(Cow::Borrowed(content)) }
    }
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?`, given only its characters.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['-', '+']).unwrap_or(text)))
}

/// The text that the inside of a string with escapes stands for.
fn unescape(content: &str) -> Option<String> {
    let mut result = String::with_capacity(content.len());
    let mut rest = content;
    while let Some((before, after)) = rest.split_once('\\') {
        result.push_str(before);
        let escape = after.chars().next()?;
        rest = &after[escape.len_utf8()..];
        result.push(match escape {
            '"' | '\\' | '/' => escape,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => unicode(&mut rest)?,
            _ => return None,
        });
    }
    result.push_str(rest);
    Some(result)
}

/// The character of a `\u` escape, which may need a second one.
fn unicode(rest: &mut &str) -> Option<char> {
    let high = hex(rest)?;
    if !(0xD800..0xDC00).contains(&high) {
        return char::from_u32(high);
    }
    *rest = rest.strip_prefix("\\u")?;
    let low = hex(rest)?;
    let pair = [high as u16, low as u16];
    char::decode_utf16(pair).next()?.ok()
}

fn hex(rest: &mut &str) -> Option<u32> {
    let digits = rest.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    *rest = &rest[4..];
    u32::from_str_radix(digits, 16).ok()
}
