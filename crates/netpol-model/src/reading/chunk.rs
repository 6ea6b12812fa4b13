//! What stands between two separators: a document, or a list that is read item by item.

use std::ops::Range;

use netpol_syntax::{Document, Finding, List, MOST_FINDINGS, Node, Part, Reader, Severity, Span};

use super::How;
use super::ahead::Ahead;
use super::align::align;
use crate::decode::{Content, Rules};
use crate::shift::Shift;

/// The key of a list's items.
const ITEMS: &str = "items";

/// What is needed to read a chunk.
pub(super) struct Source<'t> {
    pub(super) reader: Reader<'t>,
    pub(super) text: &'t str,
    /// The text that stood here before.
    pub(super) old_text: &'t str,
    pub(super) how: How<'t>,
    pub(super) tally: Tally,
    /// Told how many bytes of the text have been read.
    pub(super) watch: &'t mut dyn FnMut(usize),
}

/// How many findings of the text may still be told.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    left: usize,
    /// The first that is not told, and the worst severity of any such.
    left_out: Option<(Span, Severity)>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { left: MOST_FINDINGS, left_out: None }
    }
}

impl Tally {
    /// What is said about the findings that are not told.
    pub(super) fn finding(self) -> Option<Finding> {
        let (span, severity) = self.left_out?;
        let message =
            format!("the text has more than {MOST_FINDINGS} findings; the rest is left out");
        let finding = Finding::error("too-many-findings", span, message);
        let finding = finding.with_help("mend what is told first");
        Some(Finding { severity, ..finding })
    }

    /// Takes findings away from what was read if there are too many.
    fn count(&mut self, mut read: Read) -> Read {
        let found = read.findings().count();
        if found > self.left {
            let first = read.findings().nth(self.left).map(|finding| finding.span);
            let worst = read.findings().skip(self.left).map(|finding| finding.severity).min();
            if let (Some(span), Some(worst)) = (first, worst) {
                let (span, known) = self.left_out.unwrap_or((span, worst));
                self.left_out = Some((span, worst.min(known)));
            }
            read.syntax.truncate(self.left);
            read.content.findings.truncate(self.left - read.syntax.len());
            read.is_alone = false;
        }
        self.left -= read.findings().count();
        read
    }
}

/// What was read of a chunk.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    range: Range<usize>,
    /// If it looks like a list.
    list: Option<Box<ListRead>>,
    /// Unless it was read as a list, or there is nothing to read.
    whole: Option<Box<Read>>,
}

/// What was read of a list.
#[derive(Clone, Debug)]
struct ListRead {
    cut: List,
    frame: Read,
    /// Of those that can be read alone. The others are kept for the next reading.
    items: Vec<Option<Read>>,
}

/// What was read of a part that can be read alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub(super) content: Content,
    /// What is wrong with its text.
    pub(super) syntax: Vec<Finding>,
    pub(super) has_documents: bool,
    /// Whether the same text elsewhere would be read so, too.
    is_alone: bool,
}

impl Read {
    fn new(part: Part, rules: Rules) -> Self {
        Self {
            content: Content::of(&part.documents, rules),
            syntax: part.findings,
            has_documents: !part.documents.is_empty(),
            is_alone: part.is_alone,
        }
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.syntax.iter().chain(&self.content.findings)
    }

    fn shift(&mut self, by: i64) {
        if by != 0 {
            self.content.shift(by);
            self.syntax.shift(by);
        }
    }
}

impl Chunk {
    /// A text of which nothing was read.
    pub(super) fn unread(finding: Finding) -> Self {
        let whole = Read { syntax: vec![finding], ..Read::default() };
        Self { range: 0..0, list: None, whole: Some(Box::new(whole)) }
    }

    /// Where it stands.
    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The list, if it was read as one.
    fn list(&self) -> Option<&ListRead> {
        self.list.as_deref().filter(|_| self.whole.is_none())
    }

    /// What was read of it, part by part.
    pub(super) fn parts(&self) -> impl DoubleEndedIterator<Item = &Read> {
        let list = self.list.as_ref().filter(|_| self.whole.is_none());
        let parts =
            list.map(|list| std::iter::once(&list.frame).chain(list.items.iter().flatten()));
        parts.into_iter().flatten().chain(self.whole.as_deref())
    }

    /// Reads a chunk as if nothing else were in the text.
    pub(super) fn alone(reader: Reader<'_>, text: &str, rules: Rules, range: Range<usize>) -> Self {
        let (how, tally) = (How { rules, help: None }, Tally::default());
        let mut source = Source { reader, text, old_text: text, how, tally, watch: &mut |_| {} };
        Self::read(&mut source, range, None)
    }

    /// Reads a chunk, with the help of the one that may have stood here before.
    pub(super) fn read(source: &mut Source<'_>, range: Range<usize>, old: Option<Self>) -> Self {
        let old = match old {
            Some(mut old) if source.is_same(&old.range, &range) && old.is_alone(&source.tally) => {
                old.shift(distance(&old.range, &range));
                source.tally.left -= old.findings();
                return old;
            }
            other => other.and_then(|old| old.list),
        };
        let (allowance, tally) = (source.reader.allowance(), source.tally.clone());
        let list = List::cut(source.text, range.clone(), ITEMS)
            .and_then(|cut| ListRead::read(source, cut, old.map(|old| *old)))
            .map(Box::new);
        if list.as_ref().is_some_and(|list| list.items.iter().all(Option::is_some)) {
            return Self { range, list, whole: None };
        }
        source.reader.restore(allowance);
        source.tally = tally;
        let whole = Read::new(source.reader.chunk(range.clone()), source.how.rules);
        Self { range, list, whole: Some(Box::new(source.tally.count(whole))) }
    }

    fn findings(&self) -> usize {
        self.parts().map(|part| part.findings().count()).sum()
    }

    fn is_alone(&self, tally: &Tally) -> bool {
        self.parts().all(|part| part.is_alone) && self.findings() <= tally.left
    }

    fn shift(&mut self, by: i64) {
        let moved = |at: usize| at.saturating_add_signed(by as isize);
        self.range = moved(self.range.start)..moved(self.range.end);
        if let Some(whole) = &mut self.whole {
            whole.shift(by);
        }
        if let Some(list) = &mut self.list {
            list.cut.shift(by);
            list.frame.shift(by);
            list.items.iter_mut().flatten().for_each(|item| item.shift(by));
        }
    }

    /// Reads it once more, for those who need the trees.
    pub(super) fn each(&self, reader: &mut Reader<'_>, visit: &mut impl FnMut(&[Document])) {
        let Some(list) = self.list() else {
            return visit(&reader.chunk(self.range()).documents);
        };
        visit(reader.frame(&list.cut, ITEMS, []).as_slice());
        for index in 0..list.cut.items.len() {
            if let Some(part) = reader.item(&list.cut, index) {
                visit(&part.documents);
            }
        }
    }

    /// Whether one of these places, which are sorted, is in it.
    pub(super) fn has_any(&self, places: &[usize]) -> bool {
        has_any(&self.range, places)
    }

    /// Reads it once more; of a list the items at these places, which are sorted, and its first and
    /// last.
    pub(super) fn documents_at(&self, reader: &mut Reader<'_>, places: &[usize]) -> Vec<Document> {
        let Some(list) = self.list() else { return reader.chunk(self.range()).documents };
        let items = &list.cut.items;
        let is_wanted = |index: &usize| {
            *index == 0 || index + 1 == items.len() || has_any(&items[*index], places)
        };
        let wanted: Vec<usize> = (0..items.len()).filter(is_wanted).collect();
        reader.frame(&list.cut, ITEMS, wanted).into_iter().collect()
    }

    /// The part around a range, if it is in here.
    pub(super) fn part_around(&self, range: &Range<usize>) -> Option<TextPart> {
        let covers = |it: &&Range<usize>| it.start <= range.start && range.end <= it.end;
        let item = self.list().and_then(|list| {
            let form = if list.cut.is_json { PartForm::JsonItem } else { PartForm::Item };
            Some((list.cut.items.iter().find(covers)?, form))
        });
        let chunk = Some((&self.range, PartForm::Chunk)).filter(|(range, _)| covers(range));
        let (&Range { start, end }, form) = item.or(chunk)?;
        Some(TextPart { start, end, form })
    }
}

/// A part of a text that can be read alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextPart {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// What it is.
    pub form: PartForm,
}

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartForm {
    /// What stands between two separators.
    Chunk,
    /// An item of a list in block YAML, with its dash.
    Item,
    /// An item of a list in JSON.
    JsonItem,
}

fn has_any(range: &Range<usize>, places: &[usize]) -> bool {
    let first = places.partition_point(|place| *place < range.start);
    places.get(first).is_some_and(|place| range.contains(place))
}

impl ListRead {
    /// Reads a list item by item, up to the first that cannot be read alone.
    fn read(source: &mut Source<'_>, cut: List, old: Option<Self>) -> Option<Self> {
        let frame = source.reader.frame(&cut, ITEMS, [])?;
        if !is_plain_list(&frame.root) {
            return None;
        }
        let part = Part { documents: vec![frame], findings: Vec::new(), is_alone: true };
        let frame = source.tally.count(Read::new(part, source.how.rules));
        let old = old.map(|old| old.cut.items.into_iter().zip(old.items).collect());
        let same = |(old, _): &(Range<usize>, _), new: usize| source.is_same(old, &cut.items[new]);
        let old = align(old.unwrap_or_default(), cut.items.len(), same);
        let (anew, rules) = (source.reader.anew(), source.how.rules);
        let alone = |index: usize| Some(Read::new(anew.anew().item(&cut, index)?, rules));
        let ahead = Ahead::new(source.how.help, &cut.items, &alone);
        let mut is_readable = true;
        let mut items = Vec::with_capacity(old.len());
        for (index, (old, ahead)) in old.into_iter().zip(ahead).enumerate() {
            let range = &cut.items[index];
            let kept = old.and_then(|(old, read)| {
                let mut read = read.filter(|it| it.is_alone && source.is_same(&old, range))?;
                read.shift(distance(&old, range));
                Some(read)
            });
            let kept = kept.or_else(|| ahead.filter(|it| it.is_alone));
            let item = match kept {
                None if is_readable => {
                    let part = source.reader.item(&cut, index);
                    part.map(|part| Read::new(part, source.how.rules))
                }
                kept => kept,
            };
            let item = item.map(|item| source.tally.count(item));
            (source.watch)(range.end);
            is_readable &= item.is_some();
            items.push(item);
        }
        Some(Self { cut, frame, items })
    }
}

impl Source<'_> {
    fn is_same(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        self.old_text.get(old.clone()) == self.text.get(new.clone())
    }
}

#[expect(clippy::cast_possible_wrap, reason = "places in texts of at most 4 GiB")]
fn distance(old: &Range<usize>, new: &Range<usize>) -> i64 {
    new.start as i64 - old.start as i64
}

/// Whether its items are objects for themselves. Those of a `PodList`, say, may leave out their kind.
fn is_plain_list(frame: &Node) -> bool {
    let is = |key, value| frame.get(key).and_then(Node::as_str) == Some(value);
    is("kind", "List") && is("apiVersion", "v1")
}
