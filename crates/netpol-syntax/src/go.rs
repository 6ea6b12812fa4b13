//! Values as Go programs print them, which is how kubectl says what it cannot read.

use std::fmt::Write;

use netpol_sort::Sort;

use crate::Value;

/// Longer texts are cut: nobody reads them.
const LONGEST: usize = 400;

/// A value in Go's syntax (`%#v`), as go-yaml holds it.
pub(crate) fn syntax(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn write(value: &Value, text: &mut String) {
    if text.len() > LONGEST * 4 {
        return;
    }
    // Writing to a text cannot fail.
    let _ = match value {
        Value::Null => write!(text, "interface {{}}(nil)"),
        Value::Bool(value) => write!(text, "{value}"),
        Value::Integer(value) => write!(text, "{value}"),
        Value::Float(value) => write!(text, "{value}"),
        Value::String(value) => write!(text, "{value:?}"),
        Value::Sequence(items) => {
            text.push_str("[]interface {}{");
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                write(&item.value, text);
            }
            write!(text, "}}")
        }
        Value::Mapping(mapping) => {
            text.push_str("map[interface {}]interface {}{");
            let mut entries: Vec<_> = mapping.entries.iter().collect();
            entries.arrange_by(|a, b| a.key.cmp(&b.key));
            for (index, entry) in entries.iter().enumerate() {
                let _ = write!(text, "{}{:?}:", if index > 0 { ", " } else { "" }, entry.key);
                write(&entry.value.value, text);
            }
            write!(text, "}}")
        }
    };
}

/// A number as `strconv.FormatFloat(value, 'g', -1, 32)` prints it: with an exponent if it is large
/// or small.
pub(crate) fn float32(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "sigs.k8s.io/yaml rounds it, too")]
    let value = value as f32;
    let scientific = format!("{value:e}");
    match scientific.split_once('e').map(|(digits, exponent)| (digits, exponent.parse::<i32>())) {
        Some((digits, Ok(exponent))) if !(-4..6).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.abs())
        }
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::float32;

    #[test]
    fn numbers_as_keys() {
        for (value, text) in [
            (0.1, "0.1"),
            (1.5, "1.5"),
            (-2.25, "-2.25"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1e21, "1e+21"),
            (1e30, "1e+30"),
            (123_456_789_012.5, "1.2345679e+11"),
        ] {
            assert_eq!(float32(value), text);
        }
    }
}
