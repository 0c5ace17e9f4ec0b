//! What stands before a block with codes of its own.

use super::bits::BitWriter;
use super::codes::Codes;
use super::symbols::{DISTANCES, FIRST_LENGTH, SYMBOLS, add};

/// Symbols of lengths of codes.
const CODE_LENGTHS: usize = 19;
/// The longest code of them.
const LONGEST: usize = 7;

/// What stands before the tokens of a block with codes of its own: their lengths, in codes too.
pub struct Head {
    /// How many lengths of codes are written, of either kind.
    symbols: usize,
    distances: usize,
    /// Symbols of lengths, and what follows each.
    lengths: Vec<(u8, u8)>,
    codes: Codes<CODE_LENGTHS>,
    counts: [u32; CODE_LENGTHS],
    /// How many lengths of codes for lengths are.
    written: usize,
}

/// The order in which lengths of the codes for lengths are written.
const ORDER: [usize; CODE_LENGTHS] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/// Bits behind the symbols for the last length again, and for few and many zeros.
const fn bits_behind(symbol: u8) -> u8 {
    match symbol {
        16 => 2,
        17 => 3,
        18 => 7,
        _ => 0,
    }
}

impl Head {
    /// Returns what stands before a block with these codes.
    pub fn of(symbols: &Codes<SYMBOLS>, distances: &Codes<DISTANCES>) -> Self {
        let used = |codes: &[(u16, u8)], least: usize| {
            let last = codes.iter().rposition(|(_, length)| *length > 0);
            last.map_or(least, |last| least.max(last + 1))
        };
        let (many, far) = (used(&symbols.codes, FIRST_LENGTH), used(&distances.codes, 1));
        let of_symbols = symbols.codes.iter().take(many);
        let all = of_symbols
            .chain(distances.codes.iter().take(far))
            .map(|(_, length)| *length);
        let all: Vec<u8> = all.collect();
        let mut lengths = Vec::with_capacity(all.len());
        for run in all.chunk_by(|one, next| one == next) {
            put_run(&mut lengths, run);
        }
        let mut counts = [0; CODE_LENGTHS];
        for (symbol, _) in &lengths {
            add(&mut counts, usize::from(*symbol));
        }
        let codes = Codes::of(&counts, LONGEST);
        let written = ORDER.iter().rposition(|symbol| codes.length(*symbol) > 0);
        Self {
            symbols: many,
            distances: far,
            lengths,
            codes,
            counts,
            written: written.map_or(4, |last| (last + 1).max(4)),
        }
    }

    /// Returns how many bits it takes.
    pub fn bits(&self) -> u64 {
        let behind: u64 = self
            .lengths
            .iter()
            .map(|(symbol, _)| u64::from(bits_behind(*symbol)))
            .sum();
        14 + 3 * self.written as u64 + self.codes.bits(&self.counts) + behind
    }

    /// Writes it.
    pub fn put(&self, bits: &mut BitWriter) {
        bits.put((self.symbols - FIRST_LENGTH) as u64, 5);
        bits.put((self.distances - 1) as u64, 5);
        bits.put((self.written - 4) as u64, 4);
        for symbol in ORDER.iter().take(self.written) {
            bits.put(u64::from(self.codes.length(*symbol)), 3);
        }
        for (symbol, behind) in &self.lengths {
            let (code, length) = self.codes.codes.get(usize::from(*symbol)).copied().unwrap_or_default();
            bits.put(u64::from(code), u32::from(length));
            bits.put(u64::from(*behind), u32::from(bits_behind(*symbol)));
        }
    }
}

/// Writes equal lengths that follow each other.
fn put_run(lengths: &mut Vec<(u8, u8)>, run: &[u8]) {
    let Some(length) = run.first().copied() else { return };
    let mut rest = run.len();
    if length > 0 {
        lengths.push((length, 0));
        rest -= 1;
    }
    while rest > 0 {
        let (symbol, least, most) = match (length, rest) {
            (0, 11..) => (18, 11, 138),
            (0, 3..) => (17, 3, 10),
            (1.., 3..) => (16, 3, 6),
            _ => {
                lengths.push((length, 0));
                rest -= 1;
                continue;
            }
        };
        let taken = rest.min(most);
        lengths.push((symbol, (taken - least) as u8));
        rest -= taken;
    }
}
