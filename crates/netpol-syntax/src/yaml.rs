//! From the events of the YAML parser to trees.

mod checks;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use granit_parser::{
    Event, Parser, ScalarStyle, ScanError, Span as Marks, StrInput, StructureStyle, Tag,
};

use crate::alias::{Anchors, size};
use crate::context::{Context, MAX_DEPTH};
use crate::key::{Key, merge, new_key, unsupported};
use crate::scalar::Scalar;
use crate::softer::Softer;
use crate::{Entry, Finding, Node, Span, Value, refused, syntax_error, tag};

type Events<'t> = Parser<'t, StrInput<'t>>;

/// Reads the first YAML document in the range of the text, which is the only one there that
/// kubectl reads, and warns of what follows it. It stands in so many collections already.
pub(crate) fn read(context: &mut Context<'_>, start: usize, end: usize, depth: usize) {
    let chunk = &context.text[start..end];
    if let Some(directive) = syntax_error::directive(context, start, chunk) {
        context.report(directive);
        return;
    }
    let before = (context.parsed.findings.len(), context.copies_left);
    let mut attempt = Attempt { text: Cow::Borrowed(chunk), said: BTreeMap::new(), left: MOST };
    while let Some(softer) = run(context, start, &attempt, depth) {
        context.parsed.findings.truncate(before.0);
        context.copies_left = before.1;
        attempt.text = Cow::Owned(softer.text);
        attempt.said.extend(softer.said);
        attempt.left -= 1;
    }
}

/// A text to read, perhaps in the place of another.
struct Attempt<'t> {
    text: Cow<'t, str>,
    /// What scalars say in whose places others stand.
    said: BTreeMap<usize, String>,
    /// How often yet another text may be read.
    left: usize,
}

/// How often a text is read again because of what the parser does not take.
const MOST: usize = 20;

/// Reads the first document of a chunk, or gives the text to read in its place, if it may.
fn run(
    context: &mut Context<'_>,
    start: usize,
    attempt: &Attempt<'_>,
    depth: usize,
) -> Option<Softer> {
    let chunk = &*attempt.text;
    let end = start + chunk.len();
    let mut events = Parser::new_from_str(chunk);
    let mut builder = Builder::new(context, start, attempt, depth);
    let root = match builder.document(&mut events) {
        Ok(Some(root)) => root,
        Ok(None) => return None,
        Err(Problem::Softer(softer)) => return Some(softer),
        Err(Problem::Fatal(finding)) => {
            context.report(*finding);
            return None;
        }
    };
    match (rest(&mut events), &root.value) {
        (None, _) => {}
        // No object ends before the error, so it hardly is about something that kubectl ignores.
        (Some(Err(error)), value) if !matches!(value, Value::Mapping(_) | Value::Sequence(_)) => {
            context.report(syntax_error::finding(context, start, chunk, &error));
            return None;
        }
        (Some(Ok(rest)), _) => context.report(syntax_error::ignored(context, start + rest, end)),
        (Some(Err(error)), _) => {
            let rest = error.marker().byte_offset().unwrap_or_default();
            context.report(syntax_error::ignored(context, start + rest, end));
        }
    }
    context.add_document(root);
    None
}

/// Where content follows the document that was just read, if any does.
fn rest(events: &mut Events<'_>) -> Option<Result<usize, ScanError>> {
    match events.next_event()? {
        Ok((Event::StreamEnd, _)) => None,
        Ok((_, marks)) => Some(Ok(range(&marks).start)),
        Err(error) => Some(Err(error)),
    }
}

/// The bytes that an event covers. The parser knows them for every event of a text in memory.
fn range(marks: &Marks) -> Range<usize> {
    marks.byte_range().unwrap_or_default()
}

/// Builds the tree of one document.
struct Builder<'t, 'c, 'x> {
    context: &'c mut Context<'x>,
    /// Where the chunk starts in the text; the parser counts from there.
    base: usize,
    chunk: &'t str,
    /// How many collections are around the chunk.
    depth: usize,
    attempt: &'t Attempt<'t>,
    has_tabs: bool,
    has_line_breaks: bool,
    anchors: Anchors,
    /// The collections that are open, the outermost first.
    open: Vec<Collection>,
    root: Option<Node>,
    /// Whether something in the document cannot be kept, so that none of it is.
    broken: bool,
    /// Where the last event was, in the chunk.
    last: Range<usize>,
    /// Up to where tabs were looked for between events.
    looked: usize,
    /// Up to where line breaks were looked for.
    looked_for_breaks: usize,
    /// Behind a plain scalar the column from which on it would go on.
    content: Option<usize>,
}

/// A list or mapping that is being read.
struct Collection {
    start: usize,
    /// The end of what was read of it.
    end: usize,
    anchor: usize,
    style: StructureStyle,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, merged: Vec<usize>, key: Option<Key> },
}

/// A problem that ends the reading of the document.
type Fatal = Box<Finding>;

/// Why a document was not read to its end.
enum Problem {
    Fatal(Fatal),
    /// The parser refuses what kubectl takes, or reads it otherwise: this text means the same.
    Softer(Softer),
}

impl From<Fatal> for Problem {
    fn from(finding: Fatal) -> Self {
        Self::Fatal(finding)
    }
}

impl<'t, 'c, 'x> Builder<'t, 'c, 'x> {
    fn new(
        context: &'c mut Context<'x>,
        base: usize,
        attempt: &'t Attempt<'t>,
        depth: usize,
    ) -> Self {
        let chunk = &*attempt.text;
        Self {
            context,
            base,
            chunk,
            depth,
            attempt,
            has_tabs: chunk.contains('\t'),
            has_line_breaks: !chunk.is_ascii() && chunk.contains(refused::LINE_BREAKS),
            anchors: Anchors::default(),
            open: Vec::new(),
            root: None,
            broken: false,
            last: 0..0,
            looked: 0,
            looked_for_breaks: 0,
            content: None,
        }
    }

    /// Reads up to the end of the document. `None` if there is none, or if it is broken.
    fn document(&mut self, events: &mut Events<'t>) -> Result<Option<Node>, Problem> {
        while let Some(event) = events.next_event() {
            let (event, marks) = event.map_err(|error| self.problem(&error))?;
            self.check_gap(&event, &marks)?;
            self.check_line_breaks(&event, &marks)?;
            match event {
                Event::Scalar(text, style, anchor, tag) => {
                    self.scalar(text, style, anchor, tag.as_deref(), &marks)?;
                }
                Event::Alias(anchor) => self.alias(anchor, &marks)?,
                Event::SequenceStart(style, anchor, _) => {
                    self.start(Content::Sequence(Vec::new()), style, anchor, &marks)?;
                }
                Event::MappingStart(style, anchor, _) => {
                    let (entries, merged) = (Vec::new(), Vec::new());
                    let content = Content::Mapping { entries, merged, key: None };
                    self.start(content, style, anchor, &marks)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(&marks)?,
                Event::DocumentEnd => return Ok(self.root.take().filter(|_| !self.broken)),
                _ => {}
            }
            self.last = range(&marks);
        }
        Ok(None)
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.context.span(self.base + range.start, self.base + range.end)
    }

    fn refuse(&mut self, finding: Finding) {
        self.context.report(finding);
        self.broken = true;
    }

    fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        marks: &Marks,
    ) -> Result<(), Problem> {
        let range = self.scalar_range(style, marks);
        self.check_properties(anchor, marks)?;
        self.check_scalar(&text, style, range.clone())?;
        self.check_key(range.clone())?;
        let text = self.attempt.said.get(&range.start).map_or(text, |said| Cow::Borrowed(said));
        let span = self.span(range);
        if tag::is_merge(&text, style, tag)
            && let Some(key) = self.awaited_key()
        {
            *key = Some(Key::Merge);
            return Ok(());
        }
        let mut text = text;
        if tag.is_some_and(|tag| tag::is(tag, "binary")) {
            match tag::binary(&text) {
                Some(decoded) => text = Cow::Owned(decoded),
                None => self.refuse(tag::no_base64(span)),
            }
        }
        let value = match tag::meaning(&text, style, tag) {
            Ok(Scalar::Text) => Value::String(text.into_owned()),
            Ok(Scalar::Null) => Value::Null,
            Ok(Scalar::Bool(value)) => Value::Bool(value),
            Ok(Scalar::Integer(value)) => Value::Integer(value),
            Ok(Scalar::Float(value)) => Value::Float(value),
            // As a key it is text.
            Ok(Scalar::NotFinite) if self.awaited_key().is_some() => {
                Value::String(text.trim_start_matches('+').to_lowercase())
            }
            Ok(Scalar::NotFinite) => {
                self.refuse(not_finite(span, &text));
                Value::String(text.into_owned())
            }
            Err(wanted) => {
                self.refuse(tag::wrong(span, &text, wanted));
                Value::String(text.into_owned())
            }
        };
        self.add(Node { span, value }, anchor)?;
        Ok(())
    }

    /// The bytes of a scalar as it is written.
    fn scalar_range(&mut self, style: ScalarStyle, marks: &Marks) -> Range<usize> {
        let mut range = range(marks);
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The parser starts at the first line of content; the value starts at its header.
                let from = marks.tag_span().map_or(self.last.end, |tag| range_end(&tag));
                let text = self.chunk.get(from..range.end).unwrap_or_default();
                if let Some(header) = block_scalar_header(text) {
                    range.start = from + header;
                }
                range.end = range.start + self.chunk[range.clone()].trim_end().len();
            }
            // For a value that is not written the parser names the place of the colon.
            _ if range.is_empty()
                && self.chunk[range.start..].starts_with(':')
                && self.awaited_key().is_none() =>
            {
                range = range.start + 1..range.end + 1;
            }
            _ => {}
        }
        range
    }

    /// The place for a key, if that is what comes next.
    fn awaited_key(&mut self) -> Option<&mut Option<Key>> {
        match &mut self.open.last_mut()?.content {
            Content::Mapping { key, .. } if key.is_none() => Some(key),
            _ => None,
        }
    }

    fn alias(&mut self, anchor: usize, marks: &Marks) -> Result<(), Fatal> {
        let range = range(marks);
        let span = self.span(range.clone());
        let name = &self.chunk[range];
        let Some(node) = self.anchors.get(anchor) else {
            let message = format!("the anchor that `{name}` stands for contains itself");
            return Err(Box::new(
                Finding::error("alias-cycle", span, message)
                    .with_help("write the value out, or move the alias out of what it names"),
            ));
        };
        let size = size(node);
        if self.depth + self.open.len() + size.depth > MAX_DEPTH {
            return Err(Box::new(syntax_error::too_deep(span)));
        }
        let Some(left) = self.context.copies_left.checked_sub(size.bytes) else {
            return Err(Box::new(excessive_aliasing(span)));
        };
        self.context.copies_left = left;
        let value = node.value.clone();
        self.add(Node { span, value }, 0)
    }

    fn start(
        &mut self,
        content: Content,
        style: StructureStyle,
        anchor: usize,
        marks: &Marks,
    ) -> Result<(), Fatal> {
        let range = range(marks);
        self.check_properties(anchor, marks)?;
        if self.depth + self.open.len() == MAX_DEPTH {
            return Err(Box::new(syntax_error::too_deep(self.span(range))));
        }
        let is_block_list =
            style == StructureStyle::Block && matches!(content, Content::Sequence(_));
        let start = if is_block_list { self.first_dash(range.start) } else { range.start };
        self.open.push(Collection { start, end: range.end, anchor, style, content });
        Ok(())
    }

    /// Where a list starts. Of one that is not indented further than its key, the parser names the
    /// place behind the first dash.
    fn first_dash(&self, start: usize) -> usize {
        let (before, rest) = self.chunk.split_at(start);
        let is_dash = rest.starts_with('-') && !rest[1..].starts_with(|c: char| !c.is_whitespace());
        let starts_line = before.trim_end_matches([' ', '\t']).ends_with('\n');
        let is_value = matches!(
            self.open.last(),
            Some(Collection { content: Content::Mapping { key: Some(_), .. }, .. })
        );
        let before = before.trim_end();
        if is_value && !(is_dash && starts_line) && before.ends_with('-') {
            before.len() - 1
        } else {
            start
        }
    }

    fn end(&mut self, marks: &Marks) -> Result<(), Fatal> {
        let Some(mut collection) = self.open.pop() else { return Ok(()) };
        if collection.style == StructureStyle::Flow {
            collection.end = collection.end.max(range(marks).end);
        }
        let value = match collection.content {
            Content::Sequence(mut items) => {
                items.shrink_to_fit();
                Value::Sequence(items)
            }
            Content::Mapping { entries, merged, .. } => {
                let merged = |index: usize| merged.binary_search(&index).is_ok();
                Value::Mapping(self.context.mapping(entries, merged))
            }
        };
        let span = self.span(collection.start..collection.end);
        self.add(Node { span, value }, collection.anchor)
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Fatal> {
        if anchor != 0
            && self.anchors.define(anchor, &node, &mut self.context.copies_left).is_none()
        {
            return Err(Box::new(excessive_aliasing(node.span)));
        }
        let Some(collection) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        collection.end = collection.end.max(node.span.end as usize - self.base);
        let problem = match &mut collection.content {
            Content::Sequence(items) => {
                items.push(node);
                None
            }
            Content::Mapping { entries, merged, key } => match key.take() {
                None => {
                    let (new, problem) = match new_key(node) {
                        Ok(new) => (new, None),
                        Err(problem) => {
                            // Of a key in a key, as in `{{ template }}`, the inner one says it all.
                            let known = self.context.parsed.findings.last();
                            let is_known = known.is_some_and(|it| {
                                it.code == problem.code && problem.span.start <= it.span.start
                            });
                            (Key::Refused, Some(problem).filter(|_| !is_known))
                        }
                    };
                    *key = Some(new);
                    problem
                }
                Some(Key::Text(key, key_span)) => {
                    entries.push(Entry { key, key_span, value: node });
                    None
                }
                Some(Key::Merge) => merge(node, entries, merged).err(),
                Some(Key::Unsupported(span, key)) => {
                    Some(Box::new(unsupported(span, &key, &node.value)))
                }
                Some(Key::Refused) => None,
            },
        };
        if let Some(finding) = problem {
            self.refuse(*finding);
        }
        Ok(())
    }
}

fn range_end(marks: &Marks) -> usize {
    range(marks).end
}

/// Where in the text the header of a block scalar stands: `|` or `>` with at most two indicators,
/// and nothing behind it on its line but a comment.
fn block_scalar_header(text: &str) -> Option<usize> {
    text.match_indices(['|', '>']).map(|(at, _)| at).find(|at| {
        let rest = &text[at + 1..];
        let rest = rest.trim_start_matches(|c: char| matches!(c, '+' | '-' | '1'..='9'));
        let line = rest.trim_start_matches([' ', '\t']);
        line.is_empty()
            || line.starts_with(['\n', '\r'])
            || line.starts_with('#') && line.len() < rest.len()
    })
}

fn not_finite(span: Span, text: &str) -> Finding {
    let value = match text.as_bytes() {
        [b'.', b'n' | b'N', ..] => "NaN",
        [b'-', ..] => "-Inf",
        _ => "+Inf",
    };
    Finding::error("not-a-number", span, format!("json: unsupported value: {value}"))
        .with_help("write a finite number, or put the text in quotes")
}

fn excessive_aliasing(span: Span) -> Finding {
    Finding::error("alias-expansion", span, "document contains excessive aliasing")
        .with_help("write the values out instead of using anchors inside of anchors")
}
