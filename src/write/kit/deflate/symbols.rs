//! The symbols of a deflated stream: bytes, lengths, distances.

use super::codes::Codes;
use super::matches::Token;

/// Symbols of bytes and lengths, and of distances.
pub const SYMBOLS: usize = 286;
pub const DISTANCES: usize = 30;
/// The symbol that ends a block, and that of the shortest length.
pub const END: usize = 256;
pub const FIRST_LENGTH: usize = 257;

/// A length or distance as the format writes it: its symbol, and how many bits follow.
#[derive(Clone, Copy)]
pub struct Coded {
    /// Counted from the first of its kind.
    pub symbol: u8,
    /// Bits that follow.
    pub extra: u8,
    /// The least that the symbol stands for.
    pub least: u16,
}

/// The symbols of lengths, by length.
#[allow(clippy::indexing_slicing)]
static LENGTHS: [Coded; 259] = {
    let mut table = [Coded {
        symbol: 0,
        extra: 0,
        least: 0,
    }; 259];
    let (mut symbol, mut least) = (0_u8, 3_usize);
    while symbol < 28 {
        let extra = if symbol < 8 { 0 } else { (symbol - 4) / 4 };
        let mut length = least;
        while length < least + (1 << extra) {
            table[length] = Coded {
                symbol,
                extra,
                least: least as u16,
            };
            length += 1;
        }
        least = length;
        symbol += 1;
    }
    table[258] = Coded {
        symbol: 28,
        extra: 0,
        least: 258,
    };
    table
};

/// The symbols of distances less one: up to 256 by themselves, above by their upper bits.
const NEAR: usize = 256;
const FAR_BITS: usize = 7;
#[allow(clippy::indexing_slicing)]
static SYMBOLS_OF_DISTANCES: [Coded; 2 * NEAR] = {
    let mut table = [Coded {
        symbol: 0,
        extra: 0,
        least: 0,
    }; 2 * NEAR];
    let (mut symbol, mut least) = (0_u8, 0_usize);
    while symbol < 30 {
        let extra = if symbol < 4 { 0 } else { symbol / 2 - 1 };
        let coded = Coded {
            symbol,
            extra,
            least: least as u16,
        };
        let (mut distance, end) = (least, least + (1 << extra));
        while distance < end {
            if distance < NEAR {
                table[distance] = coded;
            }
            table[NEAR + (distance >> FAR_BITS)] = coded;
            distance += if distance < NEAR { 1 } else { 1 << FAR_BITS };
        }
        least = end;
        symbol += 1;
    }
    table
};

/// The format's own codes.
#[allow(clippy::indexing_slicing)]
pub static OWN: (Codes<288>, Codes<30>) = {
    let mut lengths = [8; 288];
    let mut symbol = 144;
    while symbol < 280 {
        lengths[symbol] = if symbol < 256 { 9 } else { 7 };
        symbol += 1;
    }
    (Codes::of_lengths(&lengths), Codes::of_lengths(&[5; DISTANCES]))
};

/// Returns how a distance less one is written.
#[inline]
pub fn of_distance(less_one: usize) -> Coded {
    let at = if less_one < NEAR {
        less_one
    } else {
        NEAR + (less_one >> FAR_BITS)
    };
    SYMBOLS_OF_DISTANCES.get(at).copied().unwrap_or(Coded {
        symbol: 0,
        extra: 0,
        least: 0,
    })
}

/// Returns how a length is written.
#[inline]
pub fn of_length(length: usize) -> Coded {
    LENGTHS.get(length).copied().unwrap_or(Coded {
        symbol: 0,
        extra: 0,
        least: 0,
    })
}

/// How often symbols come in a block.
pub struct Counts {
    /// Of bytes, lengths and the end.
    pub symbols: [u32; SYMBOLS],
    /// Of distances.
    pub distances: [u32; DISTANCES],
}

impl Counts {
    /// Returns those of a block.
    pub fn of(tokens: &[Token]) -> Self {
        let mut counts = Self {
            symbols: [0; SYMBOLS],
            distances: [0; DISTANCES],
        };
        for token in tokens {
            match token.length() {
                0 => add(&mut counts.symbols, token.low()),
                length => {
                    let (length, distance) = (of_length(length), of_distance(token.low()));
                    add(&mut counts.symbols, FIRST_LENGTH + usize::from(length.symbol));
                    add(&mut counts.distances, usize::from(distance.symbol));
                }
            }
        }
        add(&mut counts.symbols, END);
        counts
    }
}

/// Counts a symbol.
#[inline]
pub fn add(counts: &mut [u32], symbol: usize) {
    if let Some(count) = counts.get_mut(symbol) {
        *count += 1;
    }
}
