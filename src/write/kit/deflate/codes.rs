//! Codes for symbols: the more often one comes, the shorter its code.

/// Most symbols of one alphabet.
const MOST_SYMBOLS: usize = 288;
/// Longest code of bytes, lengths and distances.
pub const LONGEST: usize = 15;

/// The codes of an alphabet of `N` symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codes<const N: usize> {
    /// Of each symbol its bits, the first in the lowest place, and how many.
    pub codes: [(u16, u8); N],
}

impl<const N: usize> Codes<N> {
    /// Returns the codes for symbols that come so often, none longer than `longest`. At least two symbols have one, since
    /// some programs read no fewer.
    pub fn of(counts: &[u32; N], longest: usize) -> Self {
        Self::of_lengths(&lengths(counts, longest))
    }

    /// Returns the codes that symbols have by the lengths of all.
    #[allow(clippy::indexing_slicing)] // The lengths are of this program's own making.
    pub const fn of_lengths(lengths: &[u8; N]) -> Self {
        let mut of_length = [0_u16; LONGEST + 1];
        let mut symbol = 0;
        while symbol < N {
            of_length[lengths[symbol] as usize] += 1;
            symbol += 1;
        }
        of_length[0] = 0;
        let mut next = [0_u16; LONGEST + 1];
        let mut length = 1;
        while length <= LONGEST {
            next[length] = (next[length - 1] + of_length[length - 1]) << 1;
            length += 1;
        }
        let mut codes = [(0, 0); N];
        let mut symbol = 0;
        while symbol < N {
            let length = lengths[symbol];
            if length > 0 {
                let code = next[length as usize];
                next[length as usize] += 1;
                codes[symbol] = (code.reverse_bits() >> (16 - length), length);
            }
            symbol += 1;
        }
        Self { codes }
    }

    /// Returns the length of a symbol's code.
    pub fn length(&self, symbol: usize) -> u8 {
        self.codes.get(symbol).map_or(0, |(_, length)| *length)
    }

    /// Returns the bits of a text in which symbols come so often.
    pub fn bits(&self, counts: &[u32; N]) -> u64 {
        let each = counts.iter().zip(&self.codes);
        each.map(|(count, (_, length))| u64::from(*count) * u64::from(*length))
            .sum()
    }
}

/// Returns the lengths of codes for symbols that come so often.
fn lengths<const N: usize>(counts: &[u32; N], longest: usize) -> [u8; N] {
    let mut lengths = [0; N];
    // The rarest first; of equally rare ones the first symbol.
    let mut used = [(0_u32, 0_u16); MOST_SYMBOLS];
    let mut many = 0;
    for (symbol, count) in (0_u16..).zip(counts) {
        if *count > 0
            && let Some(place) = used.get_mut(many)
        {
            *place = (*count, symbol);
            many += 1;
        }
    }
    let used = used.get_mut(..many).unwrap_or_default();
    if let [] | [_] = used {
        let only = used.first().map_or(0, |(_, symbol)| usize::from(*symbol));
        for symbol in [only, usize::from(only == 0)] {
            if let Some(length) = lengths.get_mut(symbol) {
                *length = 1;
            }
        }
        return lengths;
    }
    used.sort_unstable();
    let of_length = counts_of_lengths(used, longest);
    let mut symbols = used.iter();
    for (length, count) in of_length.into_iter().enumerate().rev() {
        for (_, symbol) in symbols.by_ref().take(count as usize) {
            if let Some(place) = lengths.get_mut(usize::from(*symbol)) {
                *place = length as u8;
            }
        }
    }
    lengths
}

/// Returns how many codes of each length the best code has; `used` are the symbols with the rarest first.
///
/// Pairs of the rarest are joined until one is left (D. A. Huffman), by the two rows of J. van Leeuwen: joined ones come
/// in order of themselves. Codes that would be too long are shortened, and others made longer for them.
fn counts_of_lengths(used: &[(u32, u16)], longest: usize) -> [u32; LONGEST + 1] {
    let many = used.len();
    // What was joined: how often it comes, and where it went.
    let mut joined = [(0_u32, 0_usize); MOST_SYMBOLS];
    let (mut leaf, mut node) = (0, 0);
    let weight_of = |joined: &[(u32, usize); MOST_SYMBOLS], at: usize| joined.get(at).map_or(u32::MAX, |one| one.0);
    // Where each leaf went.
    let mut above = [0_usize; MOST_SYMBOLS];
    for made in 0..many - 1 {
        let mut weight = 0_u32;
        for _ in 0..2 {
            let of_leaf = used.get(leaf).map_or(u32::MAX, |one| one.0);
            let of_node = if node < made {
                weight_of(&joined, node)
            } else {
                u32::MAX
            };
            if leaf < many && of_leaf <= of_node {
                weight = weight.saturating_add(of_leaf);
                if let Some(place) = above.get_mut(leaf) {
                    *place = made;
                }
                leaf += 1;
            } else {
                weight = weight.saturating_add(of_node);
                if let Some(place) = joined.get_mut(node) {
                    place.1 = made;
                }
                node += 1;
            }
        }
        if let Some(place) = joined.get_mut(made) {
            place.0 = weight;
        }
    }
    // From the last, which holds all, down: each is one deeper than what it went into.
    let mut depths = [0_u8; MOST_SYMBOLS];
    let depth_of = |depths: &[u8; MOST_SYMBOLS], at: usize| depths.get(at).copied().unwrap_or_default();
    for made in (0..many.saturating_sub(2)).rev() {
        let into = joined.get(made).map_or(0, |one| one.1);
        let depth = depth_of(&depths, into).saturating_add(1);
        if let Some(place) = depths.get_mut(made) {
            *place = depth;
        }
    }
    let mut of_length = [0_u32; LONGEST + 1];
    for into in above.iter().take(many) {
        let depth = usize::from(depth_of(&depths, *into)) + 1;
        if let Some(count) = of_length.get_mut(depth.min(longest)) {
            *count += 1;
        }
    }
    shorten(&mut of_length, longest);
    of_length
}

/// Makes codes longer until all that are no longer than `longest` can be told apart.
fn shorten(of_length: &mut [u32; LONGEST + 1], longest: usize) {
    let taken = |of_length: &[u32; LONGEST + 1]| -> u64 {
        let each = of_length.iter().enumerate().take(longest + 1).skip(1);
        each.map(|(length, count)| u64::from(*count) << (longest - length))
            .sum()
    };
    let mut over = taken(of_length).saturating_sub(1 << longest);
    while over > 0 {
        let Some(length) = (1..longest)
            .rev()
            .find(|length| of_length.get(*length).is_some_and(|count| *count > 0))
        else {
            return;
        };
        for (at, change) in [(longest, -1), (length, -1), (length + 1, 2)] {
            if let Some(count) = of_length.get_mut(at) {
                *count = count.saturating_add_signed(change);
            }
        }
        over -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what part of all codes of the longest length these take.
    fn taken<const N: usize>(codes: &Codes<N>) -> f64 {
        let used = codes.codes.iter().filter(|(_, length)| *length > 0);
        used.map(|(_, length)| 0.5_f64.powi(i32::from(*length))).sum()
    }

    #[test]
    fn rare_symbols_have_long_codes_and_all_can_be_told_apart() {
        let codes = Codes::of(&[45, 13, 12, 16, 9, 5, 0], LONGEST);
        let lengths: Vec<u8> = (0..7).map(|symbol| codes.length(symbol)).collect();
        assert_eq!(lengths, [1, 3, 3, 3, 4, 4, 0]);
        assert_eq!(codes.bits(&[45, 13, 12, 16, 9, 5, 0]), 224);
        assert_eq!(taken(&codes), 1.0);
    }

    #[test]
    fn no_code_is_longer_than_it_may_be() {
        // Each comes as often as the two before it together: the worst there is.
        let mut counts = [1_u32; 30];
        for at in 2..30 {
            let (before, rest) = counts.split_at_mut(at);
            if let ([.., one, other], Some(next)) = (before, rest.first_mut()) {
                *next = *one + *other;
            }
        }
        for longest in [5, 7, 15] {
            let codes = Codes::of(&counts, longest);
            assert!((0..30).all(|symbol| (1..=longest).contains(&usize::from(codes.length(symbol)))));
            assert_eq!(taken(&codes), 1.0);
            assert!((1..30).all(|symbol| codes.length(symbol) <= codes.length(symbol - 1)));
        }
    }

    #[test]
    fn two_symbols_have_a_code_even_where_fewer_come() {
        for (counts, used) in [([0, 0, 0], [1, 1, 0]), ([7, 0, 0], [1, 1, 0]), ([0, 0, 7], [1, 0, 1])] {
            let codes = Codes::of(&counts, LONGEST);
            assert_eq!([0, 1, 2].map(|symbol| codes.length(symbol)), used);
        }
    }
}
