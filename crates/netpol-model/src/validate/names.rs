//! The forms of names, and the texts about names that do not have them.
//!
//! Source: `k8s.io/apimachinery/pkg/util/validation`, whose texts have two blanks before `or`.

const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

const MAX_LABEL: usize = 63;
const MAX_SUBDOMAIN: usize = 253;
const MAX_PORT_NAME: usize = 15;

/// The words for keys and lengths: newer servers speak of label keys and bytes, for labels only.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wording {
    LabelKeys,
    QualifiedNames,
}

impl Wording {
    fn unit(self) -> &'static str {
        match self {
            Self::LabelKeys => "bytes",
            Self::QualifiedNames => "characters",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::LabelKeys => "a valid label key",
            Self::QualifiedNames => "a qualified name",
        }
    }
}

fn too_long(max: usize, unit: &str) -> String {
    format!("must be no more than {max} {unit}")
}

/// What is wrong with a DNS subdomain, such as most names.
pub(super) fn subdomain(text: &str) -> Vec<String> {
    subdomain_in(text, "characters")
}

fn subdomain_in(text: &str, unit: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if text.len() > MAX_SUBDOMAIN {
        wrong.push(too_long(MAX_SUBDOMAIN, unit));
    }
    if !text.split('.').all(is_label) {
        wrong.push(SUBDOMAIN.to_owned());
    }
    wrong
}

/// What is wrong with a DNS label, such as the names of namespaces.
pub(super) fn label(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if text.len() > MAX_LABEL {
        wrong.push(too_long(MAX_LABEL, "characters"));
    }
    if !is_label(text) {
        let is_subdomain = text.split('.').all(is_label);
        wrong.push(if is_subdomain { "must not contain dots" } else { LABEL }.to_owned());
    }
    wrong
}

fn is_label(text: &str) -> bool {
    let is_inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty() && text.bytes().all(is_inner) && !text.starts_with('-') && !text.ends_with('-')
}

/// What is wrong with the key of a label or an annotation.
pub(super) fn key(text: &str, wording: Wording) -> Vec<String> {
    let mut wrong = Vec::new();
    let name = match text.split('/').collect::<Vec<_>>().as_slice() {
        [name] => *name,
        ["", name] => {
            wrong.push("prefix part must be non-empty".to_owned());
            *name
        }
        [prefix, name] => {
            let prefix = subdomain_in(prefix, wording.unit());
            wrong.extend(prefix.into_iter().map(|text| format!("prefix part {text}")));
            *name
        }
        _ => {
            let key = wording.key();
            return vec![format!(
                "{key} {QUALIFIED} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
            )];
        }
    };
    if name.is_empty() {
        wrong.push("name part must be non-empty".to_owned());
    } else if name.len() > MAX_LABEL {
        wrong.push(format!("name part {}", too_long(MAX_LABEL, wording.unit())));
    }
    if !is_qualified(name) {
        wrong.push(format!("name part {QUALIFIED}"));
    }
    wrong
}

/// What is wrong with the value of a label.
pub(super) fn value(text: &str, wording: Wording) -> Vec<String> {
    let mut wrong = Vec::new();
    if text.len() > MAX_LABEL {
        wrong.push(too_long(MAX_LABEL, wording.unit()));
    }
    if !text.is_empty() && !is_qualified(text) {
        wrong.push(VALUE.to_owned());
    }
    wrong
}

fn is_qualified(text: &str) -> bool {
    let is_inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let is_end = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    let mut bytes = text.bytes();
    text.bytes().all(is_inner) && is_end(bytes.next()) && (text.len() == 1 || is_end(bytes.last()))
}

/// What is wrong with the name of a port.
pub(super) fn port_name(text: &str) -> Vec<String> {
    let is_usual = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let rules = [
        (text.len() <= MAX_PORT_NAME, "must be no more than 15 characters"),
        (
            !text.is_empty() && text.bytes().all(is_usual),
            "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
        ),
        (text.bytes().any(|b| b.is_ascii_lowercase()), "must contain at least one letter (a-z)"),
        (!text.contains("--"), "must not contain consecutive hyphens"),
        (!text.starts_with('-') && !text.ends_with('-'), "must not begin or end with a hyphen"),
    ];
    let broken = rules.into_iter().filter(|(holds, _)| !holds);
    broken.map(|(_, text)| text.to_owned()).collect()
}
