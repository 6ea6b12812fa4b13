//! Positions: the engine counts bytes, the editor counts UTF-16 units.

/// The distance in bytes between remembered positions.
const STRIDE: usize = 1024;

/// Converts positions in one text.
#[derive(Clone, Debug)]
pub struct Units<'a> {
    text: &'a str,
    /// For every multiple of [`STRIDE`], rounded down to a character: its byte and its unit.
    marks: Vec<(usize, u32)>,
}

impl<'a> Units<'a> {
    /// Prepares conversions; one walk through the text.
    pub fn new(text: &'a str) -> Self {
        let mut marks = vec![(0, 0)];
        let mut at = (0, 0);
        while at.0 + STRIDE < text.len() {
            let next = floor_char(text, at.0 + STRIDE);
            at = (next, at.1 + units(text.get(at.0..next).unwrap_or_default()));
            marks.push(at);
        }
        Self { text, marks }
    }

    /// The UTF-16 unit at a byte; a byte inside a character counts as the character's first, one
    /// behind the end as the end.
    pub fn utf16(&self, byte: u32) -> u32 {
        let byte = floor_char(self.text, byte as usize);
        let mark = self.marks.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
        let (start, unit) = self.marks.get(mark).copied().unwrap_or_default();
        unit + units(self.text.get(start..byte).unwrap_or_default())
    }

    /// The byte at a UTF-16 unit; [`Units::utf16`] backwards.
    pub fn byte(&self, unit: u32) -> u32 {
        let mark = self.marks.partition_point(|(_, units)| *units <= unit).saturating_sub(1);
        let (start, mut at) = self.marks.get(mark).copied().unwrap_or_default();
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
        let units = Units::new("é😀x");
        // é: 2 bytes, 1 unit. 😀: 4 bytes, 2 units.
        for (byte, unit) in [(0, 0), (1, 0), (2, 1), (3, 1), (5, 1), (6, 3), (7, 4), (99, 4)] {
            assert_eq!(units.utf16(byte), unit, "byte {byte}");
        }
    }

    #[test]
    fn long_texts_agree_with_counting() {
        let text = "a: é😀\n".repeat(2_000);
        let units = Units::new(&text);
        let mut unit = 0;
        for (byte, c) in text.char_indices() {
            assert_eq!(units.utf16(byte as u32), unit, "byte {byte}");
            assert_eq!(units.byte(unit), byte as u32, "unit {unit}");
            unit += c.len_utf16() as u32;
        }
        assert_eq!(units.byte(unit + 9), text.len() as u32);
    }
}
