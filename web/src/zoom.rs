//! How large the picture is shown.

/// How large the picture is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Zoom {
    /// All of it, as long as it can be read; else as wide as the room.
    #[default]
    Fit,
    /// All of it, however small.
    Whole,
    /// This part of its natural size.
    Scale(f64),
}

/// A width and a height.
pub type Size = [f64; 2];

/// Smaller than this, names cannot be read.
const READABLE: f64 = 0.45;
/// The steps of the buttons go up by a quarter, ...
const STEP: f64 = 1.25;
/// ... from here to there.
const LEAST: f64 = 0.2;
const MOST: f64 = 4.0;

impl Zoom {
    /// The part of its natural size at which a picture is shown in a room; never larger than it is
    /// unless somebody wants that.
    pub fn scale(self, picture: Size, room: Size) -> f64 {
        let part = |axis: usize| room[axis] / picture[axis].max(1.0);
        let whole = part(0).min(part(1)).min(1.0);
        match self {
            Self::Fit if whole >= READABLE => whole,
            Self::Fit => part(0).clamp(READABLE, 1.0),
            Self::Whole => whole,
            Self::Scale(scale) => scale,
        }
    }

    /// Larger (`true`) or smaller than what is shown now at this scale.
    pub fn step(now: f64, larger: bool) -> Self {
        let next = if larger { now * STEP } else { now / STEP };
        // Whoever passes the natural size sees it.
        let passes = (now < 0.99 && next > 1.01) || (now > 1.01 && next < 0.99);
        Self::Scale(if passes { 1.0 } else { next.clamp(LEAST, MOST) })
    }

    /// So many times as large as what is shown now at this scale.
    pub fn by(now: f64, factor: f64) -> Self {
        Self::Scale((now * factor).clamp(LEAST, MOST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_shown_whole_as_long_as_it_can_be_read() {
        let scale = |zoom: Zoom, picture| zoom.scale(picture, [900.0, 450.0]);
        for (picture, fit, whole) in [
            ([450.0, 300.0], 1.0, 1.0),
            ([900.0, 600.0], 0.75, 0.75),
            ([1200.0, 300.0], 0.75, 0.75),
            // Scrolled.
            ([900.0, 1800.0], 1.0, 0.25),
            ([1200.0, 4500.0], 0.75, 0.1),
        ] {
            assert!((scale(Zoom::Fit, picture) - fit).abs() < 1e-9, "{picture:?}");
            assert!((scale(Zoom::Whole, picture) - whole).abs() < 1e-9, "{picture:?}");
        }
    }

    #[test]
    fn steps_stop_at_the_natural_size_and_have_an_end() {
        assert_eq!(Zoom::step(0.9, true), Zoom::Scale(1.0));
        assert_eq!(Zoom::step(1.2, false), Zoom::Scale(1.0));
        assert_eq!(Zoom::step(1.0, true), Zoom::Scale(STEP));
        assert_eq!(Zoom::step(3.9, true), Zoom::Scale(MOST));
        assert_eq!(Zoom::step(0.2, false), Zoom::Scale(LEAST));
    }
}
