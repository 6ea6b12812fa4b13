//! Positions: the engine counts bytes, the editor counts UTF-16 units.

/// The distance in bytes between remembered positions.
const STRIDE: usize = 1024;

/// A character that positions near it are counted from: its byte and its unit.
pub type Milestone = (usize, u32);

/// All of them: one walk through the text.
pub fn milestones(text: &str) -> Vec<Milestone> {
    let mut at = (0, 0);
    let mut milestones = vec![at];
    while at.0 + STRIDE < text.len() {
        let next = floor_char(text, at.0 + STRIDE);
        at = (next, at.1 + units(text.get(at.0..next).unwrap_or_default()));
        milestones.push(at);
    }
    milestones
}

/// Converts positions in one text.
#[derive(Clone, Copy, Debug)]
pub struct Units<'a> {
    text: &'a str,
    milestones: &'a [Milestone],
}

impl<'a> Units<'a> {
    /// Converts by the [`milestones`] of the text.
    pub fn new(text: &'a str, milestones: &'a [Milestone]) -> Self {
        Self { text, milestones }
    }

    /// The UTF-16 unit at a byte; a byte inside a character counts as the character's first, one
    /// behind the end as the end.
    pub fn utf16(&self, byte: u32) -> u32 {
        let byte = floor_char(self.text, byte as usize);
        let mark = self.milestones.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
        let (start, unit) = self.milestones.get(mark).copied().unwrap_or_default();
        unit + units(self.text.get(start..byte).unwrap_or_default())
    }

    /// The byte at a UTF-16 unit; [`Units::utf16`] backwards.
    pub fn byte(&self, unit: u32) -> u32 {
        let mark = self.milestones.partition_point(|(_, units)| *units <= unit).saturating_sub(1);
        let (start, mut at) = self.milestones.get(mark).copied().unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        for (byte, c) in rest.char_indices() {
            if at >= unit {
                return (start + byte) as u32;
            }
            at += c.len_utf16() as u32;
        }
        self.text.len() as u32
    }
}

fn floor_char(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte.min(text.len()))
}

fn units(text: &str) -> u32 {
    if text.is_ascii() {
        return text.len() as u32;
    }
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_utf16_units() {
        let text = "é😀x";
        let milestones = milestones(text);
        let units = Units::new(text, &milestones);
        // é: 2 bytes, 1 unit. 😀: 4 bytes, 2 units.
        for (byte, unit) in [(0, 0), (1, 0), (2, 1), (3, 1), (5, 1), (6, 3), (7, 4), (99, 4)] {
            assert_eq!(units.utf16(byte), unit, "byte {byte}");
        }
    }

    #[test]
    fn long_texts_agree_with_counting() {
        let text = "a: é😀\n".repeat(2_000);
        let milestones = milestones(&text);
        let units = Units::new(&text, &milestones);
        let mut unit = 0;
        for (byte, c) in text.char_indices() {
            assert_eq!(units.utf16(byte as u32), unit, "byte {byte}");
            assert_eq!(units.byte(unit), byte as u32, "unit {unit}");
            unit += c.len_utf16() as u32;
        }
        assert_eq!(units.byte(unit + 9), text.len() as u32);
    }
}
