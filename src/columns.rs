//! Columns of long lines: a minified template is one line, and has many findings.

use std::sync::OnceLock;

/// How many bytes are looked through for a column.
const STRIDE: usize = 4096;

/// How wide the first bytes of a text are, at each multiple of [`STRIDE`]; made when a column beyond it is asked for.
#[derive(Default, Debug)]
pub(crate) struct Columns {
    before: OnceLock<Vec<u32>>,
}

impl Columns {
    /// How wide a text is from byte `start` to byte `end`. `width` is that of some bytes; it adds up, and is the same
    /// function each time.
    pub(crate) fn between(&self, text: &str, start: usize, end: usize, width: fn(&[u8]) -> usize) -> usize {
        let bytes = text.as_bytes();
        let end = end.min(bytes.len());
        let start = start.min(end);
        if end - start <= STRIDE {
            return width(&bytes[start..end]);
        }
        let before = self.before.get_or_init(|| {
            let sums = bytes.chunks(STRIDE).scan(0, |sum, chunk| {
                *sum += width(chunk) as u32;
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let sum = |at: usize| before[at / STRIDE] as usize + width(&bytes[at - at % STRIDE..at]);
        sum(end) - sum(start)
    }
}

/// How many characters begin in some bytes.
pub(crate) fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !is_inner(**byte)).count()
}

/// How many units the characters that begin in some bytes have in UTF-16.
pub(crate) fn utf16(bytes: &[u8]) -> usize {
    // Characters of four bytes are two units.
    characters(bytes) + bytes.iter().filter(|byte| **byte >= 0xf0).count()
}

/// Whether a byte is not the first of its character.
fn is_inner(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_those_of_the_characters_between() {
        let text = "é,𝄞".repeat(STRIDE);
        let (columns, units) = (Columns::default(), Columns::default());
        for (at, _) in text.char_indices().step_by(997).chain([(text.len(), ' ')]) {
            for from in [0, 3, at / 2 / 7 * 7] {
                let between = &text[from.min(at)..at];
                assert_eq!(columns.between(&text, from, at, characters), between.chars().count());
                assert_eq!(units.between(&text, from, at, utf16), between.encode_utf16().count());
            }
        }
        // Whatever was asked, no more is looked through than lies between two of these.
        assert_eq!(columns.before.get().map(Vec::len), Some(text.len().div_ceil(STRIDE) + 1));
    }
}
