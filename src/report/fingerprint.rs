//! The fingerprints of lines by which GitHub knows a finding again.

use std::collections::HashMap;

/// Code units that take part in the hash of a line.
const BLOCK: usize = 100;
const MULTIPLIER: u64 = 37;
/// Stands for the end of the file: no UTF-16 code unit of a valid text.
const END_OF_FILE: u16 = u16::MAX;

/// The `primaryLocationLineHash` of every line, first line first, as GitHub's upload action computes it
/// (github/codeql-action, `src/fingerprints.ts`): a rolling hash over the next 100 UTF-16 code units from the start of
/// the line, without spaces and tabs and with every line end as `\n`, in hexadecimal; then `:n` for the n-th line with
/// that hash.
pub(super) fn line_hashes(text: &str) -> Vec<String> {
    let mut rolling = Rolling::new();
    let mut after_cr = false;
    for unit in text.encode_utf16() {
        let skipped_lf = after_cr && unit == u16::from(b'\n');
        after_cr = false;
        if skipped_lf || unit == u16::from(b' ') || unit == u16::from(b'\t') {
            continue;
        }
        after_cr = unit == u16::from(b'\r');
        rolling.read(if after_cr { u16::from(b'\n') } else { unit });
    }
    rolling.read(END_OF_FILE);
    rolling.finish()
}

struct Rolling {
    window: [u16; BLOCK],
    /// Whether the unit at this index of the window starts a line.
    starts: [bool; BLOCK],
    index: usize,
    hash: u64,
    /// `MULTIPLIER` to the power of `BLOCK`: the weight of a unit as it leaves the window.
    leaving: u64,
    at_line_start: bool,
    seen: HashMap<u64, usize>,
    hashes: Vec<String>,
}

impl Rolling {
    fn new() -> Self {
        Rolling {
            window: [0; BLOCK],
            starts: [false; BLOCK],
            index: 0,
            hash: 0,
            leaving: (0..BLOCK).fold(1, |power: u64, _| power.wrapping_mul(MULTIPLIER)),
            at_line_start: true,
            seen: HashMap::new(),
            hashes: Vec::new(),
        }
    }

    fn read(&mut self, unit: u16) {
        self.emit();
        self.starts[self.index] = self.at_line_start;
        self.at_line_start = unit == u16::from(b'\n');
        self.push(unit);
    }

    /// Puts out the hash of the line that starts at the oldest unit, if one does.
    fn emit(&mut self) {
        if std::mem::take(&mut self.starts[self.index]) {
            let count = self.seen.entry(self.hash).and_modify(|count| *count += 1).or_insert(1);
            self.hashes.push(format!("{:x}:{count}", self.hash));
        }
    }

    fn push(&mut self, unit: u16) {
        let left = std::mem::replace(&mut self.window[self.index], unit);
        self.hash = self
            .hash
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(self.leaving.wrapping_mul(u64::from(left)));
        self.index = (self.index + 1) % BLOCK;
    }

    fn finish(mut self) -> Vec<String> {
        for _ in 0..BLOCK {
            self.emit();
            self.push(0);
        }
        self.hashes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hash of one line by its definition, without a rolling window.
    fn plain(units: &[u16]) -> u64 {
        (0..BLOCK).fold(0u64, |hash, i| {
            hash.wrapping_mul(MULTIPLIER).wrapping_add(u64::from(units.get(i).copied().unwrap_or(0)))
        })
    }

    fn stripped(line_on: &str) -> Vec<u16> {
        line_on.encode_utf16().filter(|unit| ![32, 9].contains(unit)).chain([END_OF_FILE]).collect()
    }

    #[test]
    fn each_line_hashes_what_follows_it() {
        let text = "resource \"x\" \"é😀\" {\n\tname = 1\n}\n\n# a long tail: ".to_string() + &"abc ".repeat(60);
        let hashes = line_hashes(&text);
        let mut start = 0;
        for (line, hash) in text.split_inclusive('\n').zip(&hashes) {
            assert_eq!(*hash, format!("{:x}:1", plain(&stripped(&text[start..]))));
            start += line.len();
        }
        assert_eq!(hashes.len(), 5);
    }

    #[test]
    fn line_ends_are_all_the_same_and_repeats_are_counted() {
        assert_eq!(line_hashes("a = 1\r\nb\r\n"), line_hashes("a=1\nb\n"));
        let repeated = line_hashes(&"x\n".repeat(300));
        assert!(repeated[0].ends_with(":1") && repeated[1].ends_with(":2"));
        assert_eq!(repeated[0].split(':').next(), repeated[1].split(':').next());
    }

    /// Values computed apart from this program, with big integers in JavaScript.
    #[test]
    fn the_vectors_of_the_upload_action() {
        assert_eq!(line_hashes(""), VECTORS_EMPTY);
        assert_eq!(line_hashes("resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n"), VECTORS_BLOCK);
    }

    const VECTORS_EMPTY: [&str; 1] = ["c129715d7a2bc9a3:1"];
    const VECTORS_BLOCK: [&str; 4] =
        ["d4c64d63ba5ae3b7:1", "165de2aa9d6a2c82:1", "32dce9ccfdbc9d3e:1", "c129715d7a2bc9a3:1"];
}
