//! Pixels: where columns, rows, and the free ways between them are.

use crate::grid::{Area, Grid};
use crate::scene::Rect;

/// How high a card is: two lines of a name and one of labels.
pub(crate) const CARD_HEIGHT: f64 = 60.0;
/// Room for a frame's title and subtitle, from its upper side.
pub(crate) const TITLE_HEIGHT: f64 = 42.0;
/// Between the last card of a frame and its lower side.
const BOTTOM: f64 = 16.0;
/// Between frames, and around all of them.
const SPACE: f64 = 14.0;
/// Between a lane and the cards below it: there are badges.
const LANE_BELOW: f64 = 14.0;
/// Between parallel edges, if there is room.
pub(crate) const PITCH: f64 = 9.0;

/// What depends on the room that there is.
#[derive(Clone, Copy, Debug)]
struct Style {
    /// The least and the greatest width of a card.
    card: (f64, f64),
    /// The same for the way between two columns.
    channel: (f64, f64),
    /// The way beside the first and the last column.
    margin: f64,
    /// Between a card and the side of its frame.
    padding: f64,
    /// Between a card and the first edge that turns beside it.
    stub: f64,
}

const WIDE: Style =
    Style { card: (112.0, 150.0), channel: (60.0, 96.0), margin: 38.0, padding: 16.0, stub: 20.0 };

const NARROW: Style =
    Style { card: (112.0, 150.0), channel: (42.0, 72.0), margin: 28.0, padding: 13.0, stub: 14.0 };

impl Style {
    fn of(width: f64) -> Self {
        if width < 560.0 { NARROW } else { WIDE }
    }
}

/// How many columns of cards fit.
pub(crate) fn columns(width: u32) -> usize {
    let style = Style::of(width.into());
    let free = f64::from(width) - 2.0 * style.margin + style.channel.0;
    let step = style.card.0 + style.channel.0;
    (1..64_u32).take_while(|count| f64::from(*count) * step <= free).count().max(1)
}

/// From here to there, on one axis.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Span {
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Span {
    pub(crate) fn middle(self) -> f64 {
        f64::midpoint(self.from, self.to)
    }

    pub(crate) fn length(self) -> f64 {
        self.to - self.from
    }
}

/// The lines of the grid in pixels.
#[derive(Clone, Debug)]
pub(crate) struct Measures {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) card_width: f64,
    padding: f64,
    /// The left side of each column.
    pub(crate) columns: Vec<f64>,
    /// The upper side of each row.
    pub(crate) rows: Vec<f64>,
    /// Where edges run up and down: before each column, and behind the last.
    pub(crate) channels: Vec<Span>,
    /// Where edges run to and fro: above each row, and below the last.
    pub(crate) lanes: Vec<Span>,
}

impl Measures {
    /// `lanes` says how many edges run beside each other in each lane.
    pub(crate) fn new(grid: &Grid, width: u32, lanes: &[usize]) -> Self {
        let mut measures = Self::across(grid.columns.max(1), width.into());
        measures.down(grid, lanes);
        measures
    }

    fn across(columns: usize, width: f64) -> Self {
        let style = Style::of(width);
        let count = float(columns);
        let gaps = count - 1.0;
        let room = width - 2.0 * style.margin;
        let preferred = style.channel.0 + 4.0;
        let card = ((room - gaps * preferred) / count).floor().clamp(style.card.0, style.card.1);
        let channel = if columns > 1 {
            ((room - count * card) / gaps).floor().clamp(style.channel.0, style.channel.1)
        } else {
            0.0
        };
        let used = count * card + gaps * channel + 2.0 * style.margin;
        let width = width.max(used);
        let left = f64::midpoint(width, -used).floor() + style.margin;
        let column = |index: usize| left + float(index) * (card + channel);
        let outside = f64::midpoint(style.margin, style.padding);
        let edge = (style.margin - style.padding) / 2.0 - 3.0;
        let around = |middle: f64| Span { from: middle - edge, to: middle + edge };
        let mut channels = vec![around(left - outside)];
        channels.extend((1..columns).map(|index| Span {
            from: column(index) - channel + style.stub,
            to: column(index) - style.stub,
        }));
        channels.push(around(column(columns - 1) + card + outside));
        Self {
            width,
            height: 0.0,
            card_width: card,
            padding: style.padding,
            columns: (0..columns).map(column).collect(),
            rows: Vec::new(),
            channels,
            lanes: Vec::new(),
        }
    }

    fn down(&mut self, grid: &Grid, lanes: &[usize]) {
        let mut y = 0.0;
        for row in 0..=grid.rows {
            let starts = grid.areas.iter().any(|area| area.first.row == row);
            let ends = grid.areas.iter().any(|area| area.last.row + 1 == row);
            y += if ends { BOTTOM } else { 0.0 };
            y += if starts { SPACE + TITLE_HEIGHT } else { 0.0 };
            let used = lanes.get(row).copied().unwrap_or(0);
            let lane = lane_height(used, row == grid.rows);
            self.lanes.push(Span { from: y + 6.0, to: y + lane - LANE_BELOW });
            y += lane;
            if row < grid.rows {
                self.rows.push(y);
                y += CARD_HEIGHT;
            }
        }
        self.height = y + SPACE;
    }

    /// Between a card and the side of its frame.
    pub(crate) fn padding(&self) -> f64 {
        self.padding
    }

    /// The sides of a frame.
    pub(crate) fn frame(&self, area: Area) -> Rect {
        let (x, right) = (self.columns[area.first.column], self.columns[area.last.column]);
        let top = self.lanes[area.first.row].from - 6.0 - TITLE_HEIGHT;
        let bottom = self.rows[area.last.row] + CARD_HEIGHT + BOTTOM;
        Rect {
            x: x - self.padding,
            y: top,
            width: right + self.card_width - x + 2.0 * self.padding,
            height: bottom - top,
        }
    }
}

/// In steps, so that one more flow seldom moves what is below.
fn lane_height(used: usize, last: bool) -> f64 {
    match used {
        0 if last => 0.0,
        0..=1 => 26.0,
        2..=3 => 40.0,
        4..=6 => 60.0,
        _ => 86.0,
    }
}

/// A count as a measure.
pub(crate) fn float(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
