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
/// Between a lane and what is above it.
const LANE_ABOVE: f64 = 10.0;
/// Between a lane and the cards below it: there are badges.
const LANE_BELOW: f64 = 14.0;
/// The least distance between an edge and the side of a card, where there are gates.
const NEAR: f64 = 8.0;
/// The least distance between an edge and a frame or the side of the picture.
const CLOSE: f64 = 4.0;
/// Between parallel edges, if there is room.
pub(crate) const PITCH: f64 = 9.0;

/// What depends on the room that there is.
#[derive(Clone, Copy, Debug)]
struct Style {
    /// The least width of a card, that which is enough for most names, and the greatest.
    card: [f64; 3],
    /// The least and the greatest width of the way between two columns.
    channel: [f64; 2],
    /// The way beside the first and the last column.
    margin: f64,
    /// Between a card and the side of its frame.
    padding: f64,
    /// Between a card and the first edge that turns beside it.
    stub: f64,
}

const WIDE: Style = Style {
    card: [120.0, 144.0, 160.0],
    channel: [60.0, 96.0],
    margin: 40.0,
    padding: 16.0,
    stub: 20.0,
};

const NARROW: Style = Style {
    card: [120.0, 132.0, 160.0],
    channel: [42.0, 72.0],
    margin: 31.0,
    padding: 12.0,
    stub: 14.0,
};

impl Style {
    fn of(width: f64) -> Self {
        if width < 560.0 { NARROW } else { WIDE }
    }
}

/// How many columns of cards fit.
pub(crate) fn columns(width: u32) -> usize {
    let style = Style::of(width.into());
    let free = f64::from(width) - 2.0 * style.margin + style.channel[0];
    let step = style.card[0] + style.channel[0];
    (1..64_u32).take_while(|count| f64::from(*count) * step <= free).count().max(1)
}

/// The least width in which so many columns of cards fit, on a wide screen.
pub(crate) fn width_of(columns: usize) -> f64 {
    float(columns) * (WIDE.card[0] + WIDE.channel[0]) - WIDE.channel[0] + 2.0 * WIDE.margin
}

/// From here to there, on one axis.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Span {
    pub(crate) from: f64,
    pub(crate) to: f64,
}

fn span(from: f64, to: f64) -> Span {
    Span { from, to }
}

impl Span {
    pub(crate) fn middle(self) -> f64 {
        f64::midpoint(self.from, self.to)
    }

    pub(crate) fn length(self) -> f64 {
        self.to - self.from
    }
}

/// A way for edges that run beside each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Room {
    /// Where they look best.
    pub(crate) best: Span,
    /// What they can use if there are many.
    pub(crate) most: Span,
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
    pub(crate) channels: Vec<Room>,
    /// Where edges run to and fro: above each row, and below the last.
    pub(crate) lanes: Vec<Room>,
}

impl Measures {
    /// `lanes` says how many edges run beside each other in each lane.
    pub(crate) fn new(grid: &Grid, width: f64, lanes: &[usize]) -> Self {
        let mut measures = Self::across(grid.columns.max(1), width);
        measures.down(grid, lanes);
        measures
    }

    fn across(columns: usize, width: f64) -> Self {
        let style = Style::of(width);
        let count = float(columns);
        let gaps = count - 1.0;
        let room = width - 2.0 * style.margin;
        let between =
            |card: f64| if columns > 1 { ((room - count * card) / gaps).floor() } else { 0.0 };
        let fitting = |channel: f64| ((room - gaps * channel) / count).floor();
        let [least, most] = style.channel;
        // First enough for most names, then for edges, then more for names.
        let enough = fitting(least).clamp(style.card[0], style.card[1]);
        let channel = between(enough).clamp(least, most);
        let card = fitting(channel).clamp(enough, style.card[2]);
        let used = count * card + gaps * channel + 2.0 * style.margin;
        let width = width.max(used);
        let left = f64::midpoint(width, -used).floor() + style.margin;
        let column = |index: usize| left + float(index) * (card + channel);
        let right = column(columns - 1) + card;
        let mut channels = vec![Room {
            best: span(left - style.margin + NEAR, left - style.padding - NEAR),
            most: span(left - style.margin + CLOSE, left - NEAR),
        }];
        channels.extend((1..columns).map(|index| {
            let (from, to) = (column(index) - channel, column(index));
            Room {
                best: span(from + style.stub, to - style.stub),
                most: span(from + NEAR, to - NEAR),
            }
        }));
        channels.push(Room {
            best: span(right + style.padding + NEAR, right + style.margin - NEAR),
            most: span(right + NEAR, right + style.margin - CLOSE),
        });
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
            self.lanes.push(Room {
                best: span(y + LANE_ABOVE, y + LANE_ABOVE.max(lane - LANE_BELOW)),
                most: span(y + CLOSE, y + CLOSE.max(lane - NEAR)),
            });
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
        let top = self.lanes[area.first.row].best.from - LANE_ABOVE - TITLE_HEIGHT;
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
        0..=1 => 28.0,
        2..=3 => 42.0,
        4..=6 => 64.0,
        7..=9 => 92.0,
        _ => 132.0,
    }
}

/// A count as a measure.
pub(crate) fn float(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
