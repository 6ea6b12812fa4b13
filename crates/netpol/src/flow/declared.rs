//! Every pair, on each port that the receiver declares.
//!
//! Large clusters have millions of such flows. Parties that are on one card and that nothing tells
//! apart form a class; classes are judged, parties only counted, and only what is drawn is listed.

use std::collections::{BTreeMap, BTreeSet};

use netpol_eval::{Answer, IdentityId, Row};
use netpol_model::{Direction as Way, Protocol};
use netpol_sort::{Gather, Sort};

use super::Drawing;
use super::group::{Counts, Key, Line, Turn, changed, drawn, finish};
use crate::Analysis;
use crate::connect::{Stops, stopping, verdict};
use crate::party::{PairVerdict, Party, parties};
use crate::view::{self, Fate, Flow, FlowEdge, Flows, PortSpec, Verdict};

type Port = (Protocol, u16);

/// So many flows of one line are listed.
const LISTED: usize = 50;

/// What is the same for all parties of a class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind<'a> {
    /// Its position among the cards.
    card: usize,
    /// What nothing can tell apart; parties of several such sets are classes of their own.
    now: Alike<'a>,
    /// The same in the earlier analysis, if it was there.
    before: Option<Alike<'a>>,
    /// The ports that it declares and that are asked for.
    ports: Vec<Port>,
    /// Whether it is an end that is asked for.
    concerned: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Alike<'a> {
    /// All members are of one identity; whether there is only one member.
    Identity(IdentityId, bool),
    /// Members differ: known by name.
    Several(&'a str),
}

#[derive(Debug)]
struct Class<'a> {
    kind: Kind<'a>,
    parties: Vec<&'a Party>,
    before: Option<&'a Party>,
}

/// A sender's class on a port, with what it reaches now and reached before.
struct Sender<'c, 'a> {
    class: &'c Class<'a>,
    port: Port,
    now: Option<Row<'a>>,
    before: Option<Row<'a>>,
}

/// What becomes of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Outcome {
    now: PairVerdict,
    /// What became of it before the last edit, if that is something else.
    was: Option<Verdict>,
}

/// Positions of the sender's and the receiver's card.
type Cards = (usize, usize);

/// Lines by their cards, and by what becomes of their flows.
type Lines = BTreeMap<Cards, BTreeMap<Outcome, Line>>;

/// All classes, and who is judged against whom.
struct Classes<'d, 'a> {
    drawing: &'d Drawing<'a>,
    /// The names of all cards, sorted.
    cards: Vec<&'d str>,
    /// Sorted, so that those of one card are neighbours.
    all: Vec<Class<'d>>,
    /// Positions of the classes that declare a port.
    receivers: BTreeMap<Port, Vec<usize>>,
}

impl Outcome {
    fn turn(self) -> Turn {
        (self.now.verdict, self.was)
    }
}

impl From<Outcome> for Fate {
    fn from(Outcome { now, was }: Outcome) -> Self {
        Self { verdict: now.verdict, stops_at: now.stops_at.sides(), was }
    }
}

pub(super) fn flows(drawing: &Drawing<'_>) -> Flows {
    let now = parties(drawing.now.world(), drawing.now.reachability());
    let before = drawing.before.map_or_else(Vec::new, |it| parties(it.world(), it.reachability()));
    let classes = Classes::new(drawing, &now, &before);

    let counts = classes.counts();
    let turns = counts.iter().map(|(_, outcome, count)| (outcome.turn(), *count));
    let keep = drawn(turns.clone().map(|(turn, _)| turn), drawing.query);
    let changed = changed(turns);
    let total = counts.iter().map(|(.., count)| count).sum();
    let (mut lines, mut undrawn) = (Lines::new(), 0);
    for ((cards, outcome, count), keep) in counts.into_iter().zip(keep) {
        if keep {
            let line = Line { count, ..Line::default() };
            lines.entry(cards).or_default().insert(outcome, line);
        } else {
            undrawn += count;
        }
    }
    let flows = classes.list(&mut lines);
    let named = lines.into_iter().flat_map(|((from, to), lines)| {
        let [from, to] = [from, to].map(|card| classes.cards[card].to_owned());
        lines
            .into_iter()
            .map(move |(outcome, line)| ((from.clone(), to.clone(), outcome.into()), line))
    });
    let lines: BTreeMap<Key, Line> = named.gather();
    finish(lines, flows, Counts { total, undrawn, changed }, false)
}

impl<'d, 'a> Classes<'d, 'a> {
    fn new(drawing: &'d Drawing<'a>, now: &'d [Party], before: &'d [Party]) -> Self {
        let earlier: BTreeMap<&str, &Party> =
            before.iter().map(|party| (party.id.as_str(), party)).gather();
        let mut cards: Vec<&str> = now.iter().map(|party| drawing.card(&party.id)).collect();
        cards.arrange();
        cards.dedup();
        let mut classes: BTreeMap<Kind<'d>, Class<'d>> = BTreeMap::new();
        for party in now {
            let was = earlier.get(party.id.as_str()).copied();
            let kind = Kind {
                card: cards.partition_point(|card| *card < drawing.card(&party.id)),
                now: alike(party),
                before: was.map(alike),
                ports: ports(drawing, party),
                concerned: drawing.concerns(&[party.id.as_str()]),
            };
            let new = || Class { kind: kind.clone(), parties: Vec::new(), before: was };
            classes.entry(kind.clone()).or_insert_with(new).parties.push(party);
        }
        let all: Vec<Class<'d>> = classes.into_values().collect();
        let mut receivers: BTreeMap<Port, Vec<usize>> = BTreeMap::new();
        for (position, class) in all.iter().enumerate() {
            for port in &class.kind.ports {
                receivers.entry(*port).or_default().push(position);
            }
        }
        Self { drawing, cards, all, receivers }
    }

    /// What becomes of the flows between each two cards and of how many, sorted by cards.
    fn counts(&self) -> Vec<(Cards, Outcome, u64)> {
        let mut counts = Vec::new();
        let mut reached: Vec<Vec<(Outcome, u64)>> = vec![Vec::new(); self.cards.len()];
        for senders in self.all.chunk_by(|one, other| one.kind.card == other.kind.card) {
            for class in senders {
                self.judge(
                    class,
                    |_| true,
                    |sender, receiver, outcome| {
                        let count = sender.count(receiver);
                        let outcomes = &mut reached[receiver.kind.card];
                        match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
                            Some((_, sum)) => *sum += count,
                            None => outcomes.push((outcome, count)),
                        }
                    },
                );
            }
            let from = senders[0].kind.card;
            for (to, outcomes) in reached.iter_mut().enumerate() {
                outcomes.retain(|(_, count)| *count > 0);
                outcomes.arrange();
                counts.extend(
                    outcomes.drain(..).map(|(outcome, count)| ((from, to), outcome, count)),
                );
            }
        }
        counts
    }

    /// Tells what becomes of the flows from a class to those on some cards that are asked for.
    fn judge(
        &self,
        class: &Class<'d>,
        is_on: impl Fn(usize) -> bool,
        mut tell: impl FnMut(&Sender<'_, 'd>, &Class<'d>, Outcome),
    ) {
        let query = self.drawing.query;
        for (port, receivers) in &self.receivers {
            let sender = self.sender(class, *port);
            for receiver in receivers.iter().map(|position| &self.all[*position]) {
                let concerns = class.kind.concerned || receiver.kind.concerned;
                if !concerns || !is_on(receiver.kind.card) || !class.can_meet(receiver) {
                    continue;
                }
                let outcome = self.outcome(&sender, receiver);
                let (verdict, was) = outcome.turn();
                let wanted = query.verdicts.is_empty() || query.verdicts.contains(&verdict);
                if wanted && (!query.changed || was.is_some()) {
                    tell(&sender, receiver, outcome);
                }
            }
        }
    }

    fn sender<'c>(&self, class: &'c Class<'d>, port: Port) -> Sender<'c, 'd>
    where
        'a: 'd,
    {
        let row = |analysis: &'d Analysis, alike: Alike<'_>| match alike {
            Alike::Identity(identity, _) => {
                Some(analysis.reachability().row(identity, port.0, port.1))
            }
            Alike::Several(_) => None,
        };
        Sender {
            class,
            port,
            now: row(self.drawing.now, class.kind.now),
            before: self
                .drawing
                .before
                .zip(class.kind.before)
                .and_then(|(it, alike)| row(it, alike)),
        }
    }

    fn outcome(&self, sender: &Sender<'_, 'd>, receiver: &Class<'d>) -> Outcome {
        let (protocol, port) = sender.port;
        let slowly = |analysis: &Analysis, from: &Party, to: &Party| {
            from.connect(analysis.reachability(), to, protocol, port)
        };
        let now = match (&sender.now, receiver.kind.now) {
            (Some(row), Alike::Identity(to, _)) => by_row(row, to),
            _ => slowly(self.drawing.now, sender.class.parties[0], receiver.parties[0]),
        };
        let was = if let (Some(row), Some(Alike::Identity(to, _))) =
            (&sender.before, receiver.kind.before)
        {
            Some(by_row(row, to).verdict)
        } else {
            let ends = sender.class.before.zip(receiver.before).zip(self.drawing.before);
            ends.map(|((from, to), before)| slowly(before, from, to).verdict)
        };
        let was = was.filter(|was| *was != now.verdict);
        Outcome { now, was }
    }

    /// Lists the first flows of each line, and all of its ports.
    fn list(&self, lines: &mut Lines) -> Vec<Flow> {
        let limit = self.drawing.query.limit;
        let count = lines.values().map(BTreeMap::len).sum::<usize>().max(1);
        let most = match self.drawing.query.most {
            Some(_) => (limit / count).clamp(1, LISTED),
            None => limit,
        };
        let mut flows = Vec::new();
        for class in &self.all {
            let from = class.kind.card;
            let reached: BTreeSet<usize> =
                lines.range((from, 0)..=(from, usize::MAX)).map(|((_, to), _)| *to).gather();
            if reached.is_empty() {
                continue;
            }
            self.judge(
                class,
                |card| reached.contains(&card),
                |sender, receiver, outcome| {
                    let lines = lines.get_mut(&(from, receiver.kind.card));
                    let Some(line) = lines.and_then(|lines| lines.get_mut(&outcome)) else {
                        return;
                    };
                    let (protocol, port) = sender.port;
                    line.ports.insert((port, protocol.into()));
                    let room = most.saturating_sub(line.flows.len()).min(limit - flows.len());
                    for (from, to) in sender.pairs(receiver).take(room) {
                        line.flows.insert(flows.len());
                        flows.push(flow(from, to, sender.port, outcome));
                    }
                },
            );
        }
        flows
    }
}

impl Class<'_> {
    fn is_outside(&self) -> bool {
        self.parties[0].is_outside()
    }

    fn can_meet(&self, to: &Self) -> bool {
        let [from_nobody, to_nobody] = [self, to].map(|it| it.parties[0].is_nobody());
        !(from_nobody || to_nobody || (self.is_outside() && to.is_outside()))
    }

    /// Whether a member can open a connection to another one of the same party.
    fn meets_itself(&self) -> bool {
        match self.kind.now {
            Alike::Identity(_, alone) => !alone,
            Alike::Several(_) => true,
        }
    }
}

impl<'a> Sender<'_, 'a> {
    /// How many flows there are to a class.
    fn count(&self, to: &Class<'a>) -> u64 {
        let from = self.class;
        let pairs = from.parties.len() as u64 * to.parties.len() as u64;
        let alone = from.kind == to.kind && !from.meets_itself();
        pairs - if alone { from.parties.len() as u64 } else { 0 }
    }

    fn pairs(&self, to: &Class<'a>) -> impl Iterator<Item = (&'a Party, &'a Party)> {
        let from = self.class;
        let pairs = from.parties.iter().flat_map(|one| to.parties.iter().map(|it| (*one, *it)));
        pairs.filter(|(one, other)| one.id != other.id || from.meets_itself())
    }
}

fn alike(party: &Party) -> Alike<'_> {
    match party.only_identity() {
        Some((identity, members)) => Alike::Identity(identity, members == 1),
        None => Alike::Several(&party.id),
    }
}

/// The ports of a party that are asked for.
fn ports(drawing: &Drawing<'_>, party: &Party) -> Vec<Port> {
    let query = drawing.query;
    let wanted: BTreeSet<Protocol> =
        query.protocols.iter().filter_map(|it| it.transport()).gather();
    let mut ports = party.declared_ports(drawing.now.world());
    ports.retain(|(protocol, port)| {
        (query.protocols.is_empty() || wanted.contains(protocol))
            && (query.ports.is_empty() || query.ports.contains(port))
    });
    ports
}

fn by_row(row: &Row<'_>, to: IdentityId) -> PairVerdict {
    let verdict = row.connects(to).map_or(Verdict::Mixed, verdict);
    let side = |way| row.side(way, to).unwrap_or(Answer::Yes);
    let stops_at = match verdict {
        Verdict::Denied => stopping(side(Way::Egress), side(Way::Ingress)),
        _ => Stops::default(),
    };
    PairVerdict { verdict, stops_at }
}

fn flow(from: &Party, to: &Party, (protocol, port): Port, outcome: Outcome) -> Flow {
    let Fate { verdict, stops_at, was } = outcome.into();
    let (from, to) = (from.id.clone(), to.id.clone());
    Flow {
        from: from.clone(),
        to: to.clone(),
        port: PortSpec::Number(port),
        protocol: view::Protocol::from(protocol),
        verdict,
        expected: None,
        place: None,
        edges: vec![FlowEdge { from, to, port, verdict, stops_at, was }],
    }
}
