//! Manifests as text, in the forms in which people and programs write them.

use serde_json::{Value, json};

/// How manifests are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As people write them: block style, quotes only where they must be, nothing for `null`.
    Block,
    /// The same as some editors save it: with a byte order mark and CRLF.
    Windows,
    /// One line each, between `---`.
    Flow,
    /// As `kubectl get -o json` prints them.
    JsonList,
    /// As `kubectl get -o yaml` prints them.
    BlockList,
}

impl Form {
    pub(super) const ALL: [Self; 5] =
        [Self::Block, Self::Windows, Self::Flow, Self::JsonList, Self::BlockList];
}

/// The manifests as one text.
pub(super) fn text(manifests: &[Value], form: Form) -> String {
    let list = || json!({"apiVersion": "v1", "kind": "List", "items": manifests});
    match form {
        Form::Block => join(manifests.iter().map(block)),
        Form::Windows => format!("\u{feff}{}", text(manifests, Form::Block).replace('\n', "\r\n")),
        Form::Flow => join(manifests.iter().map(|manifest| format!("{manifest}\n"))),
        Form::JsonList => serde_json::to_string_pretty(&list()).unwrap(),
        Form::BlockList => block(&list()),
    }
}

fn join(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("---\n")
}

fn block(manifest: &Value) -> String {
    let mut text = String::new();
    write(&mut text, manifest, 0);
    text
}

/// Writes what follows a key or a dash.
fn write(text: &mut String, value: &Value, indent: usize) {
    let line = |text: &mut String, indent: usize| {
        text.extend(std::iter::repeat_n(' ', 2 * indent));
    };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (index, (key, field)) in fields.iter().enumerate() {
                // The first field stands behind the dash.
                if index > 0 || !text.ends_with("- ") {
                    line(text, indent);
                }
                text.push_str(&scalar(key));
                text.push(':');
                let nested = match field {
                    Value::Object(fields) => !fields.is_empty(),
                    Value::Array(items) => !items.is_empty(),
                    _ => false,
                };
                text.push(if nested { '\n' } else { ' ' });
                write(text, field, indent + 1);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                line(text, indent);
                text.push_str("- ");
                write(text, item, indent + 1);
            }
        }
        Value::String(string) => text.extend([&scalar(string)[..], "\n"]),
        Value::Null => text.push('\n'),
        other => text.extend([&other.to_string()[..], "\n"]),
    }
}

/// Quoted, unless it is a word that cannot be anything else.
fn scalar(string: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "./-".contains(c);
    let word = string.starts_with(|c: char| c.is_ascii_alphabetic()) && string.chars().all(plain);
    if word && string.len() > 3 && !["true", "false", "null"].contains(&string) {
        return string.to_owned();
    }
    Value::from(string).to_string()
}

#[test]
fn block_style_is_as_people_write_it() {
    let manifest =
        json!({"kind": "Pod", "spec": {"a": null, "list": [{"b": "on", "c": []}, "word"]}});
    let expected = "kind: \"Pod\"\nspec:\n  \"a\": \n  list:\n    - \"b\": \"on\"\n      \"c\": []\n    - word\n";
    assert_eq!(text(&[manifest], Form::Block), expected);
}
