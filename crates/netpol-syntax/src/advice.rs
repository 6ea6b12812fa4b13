//! The catalogue of syntax errors: kubectl's words, where it has some, and a remedy.

use std::borrow::Cow;

use granit_parser::ErrorKind as E;

/// What to say, and what to do about it.
type Advice = (&'static str, &'static str);

/// What to say about an error, and what to do about it. `there` is the text at its place.
pub(crate) fn advice(kind: &E, there: &str) -> (Cow<'static, str>, &'static str) {
    if *kind == E::UnknownAnchor {
        let message = format!("unknown anchor '{}' referenced", there.trim_start_matches('*'));
        return (
            Cow::Owned(message),
            "define it before, as in `&name value`, or put a text that starts with `*` in quotes",
        );
    }
    match block(kind).or_else(|| flow(kind)).or_else(|| text(kind)) {
        Some((message, help)) => (Cow::Borrowed(message), help),
        None => (
            Cow::Owned(without_context(&kind.to_string())),
            "put the text in quotes if it is meant as text",
        ),
    }
}

/// The parser's message without "while scanning this or that": the place says it better.
fn without_context(message: &str) -> String {
    match message.split_once(", ") {
        Some((context, message)) if context.starts_with("while ") => message.to_owned(),
        _ => message.to_owned(),
    }
}

/// Keys, items and their indentation.
fn block(kind: &E) -> Option<Advice> {
    Some(match kind {
        E::MappingValueNotAllowed => (
            "mapping values are not allowed in this context",
            "put a value that contains `: ` in quotes; otherwise indent the line like its siblings",
        ),
        E::MappingKeyNotAllowed => (
            "mapping keys are not allowed in this context",
            "put a text that starts with `? ` in quotes; otherwise start a new line",
        ),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => (
            "block sequence entries are not allowed in this context",
            "start the list on the line below its key; put a text that starts with `- ` in quotes",
        ),
        E::ExpectedBlockMappingKey | E::InvalidIndentation => {
            ("did not find expected key", "indent the line exactly like the keys it belongs to")
        }
        E::ExpectedBlockSequenceEntry => (
            "did not find expected '-' indicator",
            "start the line with `- ` like the items above it, or indent it like the key it belongs to",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            "could not find expected ':'",
            "write `key: value` or `- item`; a text of several lines goes below `key: |`, indented",
        ),
        E::ExpectedDocumentStart => (
            "did not find expected <document start>",
            "nothing may follow the value here; a key needs a space behind its colon",
        ),
        E::ExpectedNodeContent => (
            "did not find expected node content",
            "write a value here, or remove what stands in its place",
        ),
        _ => return None,
    })
}

/// Brackets.
fn flow(kind: &E) -> Option<Advice> {
    const MAPPING: &str = "did not find expected ',' or '}'";
    const LIST: &str = "did not find expected ',' or ']'";
    Some(match kind {
        E::ExpectedFlowMappingSeparator => {
            (MAPPING, "separate the entries with commas and close the mapping with `}`")
        }
        E::ExpectedFlowSequenceSeparator => {
            (LIST, "separate the items with commas and close the list with `]`")
        }
        E::UnclosedFlowCollection { open: '{' } => {
            (MAPPING, "close the `{` that is opened here with `}`")
        }
        E::UnclosedFlowCollection { .. } => (LIST, "close the `[` that is opened here with `]`"),
        E::MismatchedFlowCollectionEnd { open: '{', .. } => {
            (MAPPING, "close `{` with `}`, not with `]`")
        }
        E::MismatchedFlowCollectionEnd { .. } => (LIST, "close `[` with `]`, not with `}`"),
        E::InvalidColonPlacement => {
            (LIST, "close the list above with `]`; put a text that contains a colon in quotes")
        }
        E::MisplacedFlowCollectionEnd => (
            "did not find expected node content",
            "remove the bracket, or open one before it; put a text that starts with it in quotes",
        ),
        _ => return None,
    })
}

/// Quoted and plain text.
fn text(kind: &E) -> Option<Advice> {
    Some(match kind {
        E::UnexpectedCharacter { character } if character.is_control() => (
            "control characters are not allowed",
            "remove the character, or write it as an escape in double quotes",
        ),
        E::UnexpectedCharacter { .. } | E::PlainScalarStartsWithDashFlowIndicator => (
            "found character that cannot start any token",
            "put the text that starts with it in quotes",
        ),
        E::UnclosedQuotedScalar => {
            ("found unexpected end of stream", "close the quote that is opened here")
        }
        E::DocumentIndicatorInQuotedScalar => (
            "found unexpected document indicator",
            "close the quote before the line with `---` or `...`",
        ),
        E::InvalidTrailingSingleQuotedScalar => (
            "did not find expected key",
            "nothing may follow the closing quote; write a quote inside of the text twice: `''`",
        ),
        E::InvalidTrailingDoubleQuotedScalar => (
            "did not find expected key",
            "nothing may follow the closing quote; write a quote inside of the text as `\\\"`",
        ),
        E::InvalidQuotedScalarIndent | E::InvalidFlowScalarIndent => (
            "found a quoted text that goes on without indentation",
            "close the quote that is opened above, or indent the line further than the key",
        ),
        E::UnknownQuotedScalarEscape => (
            "found unknown escape character",
            "write the backslash twice, or use single quotes, in which it needs no escape",
        ),
        E::InvalidQuotedScalarHexEscape | E::InvalidLowSurrogateHexEscape => (
            "did not find expected hexadecimal number",
            "write `\\x` with two, `\\u` with four, `\\U` with eight hexadecimal digits",
        ),
        E::InvalidUnicodeEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => {
            ("found invalid Unicode character escape code", "write the character itself")
        }
        E::MissingAnchorOrAliasName => (
            "did not find expected alphabetic or numeric character",
            "put a text that starts with `*` or `&` in quotes",
        ),
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => (
            "did not find expected comment or line break",
            "start the text on the line below `|` or `>`, or put it in quotes",
        ),
        E::UndeclaredTagHandle => {
            ("found undefined tag handle", "put a text that starts with `!` in quotes")
        }
        _ => return None,
    })
}
