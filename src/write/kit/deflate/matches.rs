//! What a text repeats of itself, as the format writes it: single bytes, and lengths with distances back.

/// Farthest that a repetition may lie back.
const WINDOW: u32 = 32 * 1024;
/// Shortest and longest repetition; the format's own shortest is not looked for, since it saves little.
const SHORTEST: usize = 4;
const LONGEST: usize = 258;
/// Bits of the table of places, which stays in the processor's nearest memory.
const TABLE_BITS: u32 = 11;
const TABLE: usize = 1 << TABLE_BITS;
/// A repetition that is taken without a look at another.
const LONG: usize = 32;

/// A byte, or a repetition: its length in the upper half, its distance less one in the lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token(u32);

impl Token {
    const fn byte(byte: u8) -> Self {
        Self(byte as u32)
    }

    const fn repetition(length: usize, distance: u32) -> Self {
        Self((length as u32) << 16 | (distance - 1))
    }

    /// Returns the length of a repetition, 0 of a byte.
    #[inline]
    pub const fn length(self) -> usize {
        (self.0 >> 16) as usize
    }

    /// Returns the byte, or the distance of a repetition less one.
    #[inline]
    pub const fn low(self) -> usize {
        (self.0 & 0xFFFF) as usize
    }
}

/// The last two places where bytes that begin alike were seen, the later first.
type Places = [u32; 2];

/// Looks for repetitions in one text after another.
///
/// Places count on from text to text with more than the window between two, so that none of an earlier text is ever near,
/// and no table is emptied for a new one.
pub struct Matcher {
    /// By a sum of the bytes.
    places: Box<[Places; TABLE]>,
    next_place: u32,
}

impl Default for Matcher {
    fn default() -> Self {
        Self {
            places: Box::new([[0; 2]; TABLE]),
            next_place: WINDOW + 1,
        }
    }
}

impl Matcher {
    /// Puts a text's tokens behind others, in their order. The same text gives the same, whatever came before it.
    pub fn tokens(&mut self, text: &[u8], tokens: &mut Vec<Token>) {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        if length.saturating_add(2 * WINDOW) > u32::MAX - self.next_place {
            *self = Self::default();
        }
        let first = self.next_place;
        self.next_place = first.saturating_add(length).saturating_add(WINDOW);
        let mut at = 0;
        while let Some(begins) = word(text, at) {
            let place = first.wrapping_add(at as u32);
            let (mut longest, mut back) = (0, 0);
            for known in self.note(begins, place) {
                let distance = place.wrapping_sub(known);
                if distance > WINDOW || longest >= LONG {
                    break;
                }
                let from = at.saturating_sub(distance as usize);
                if word(text, from) == Some(begins) {
                    let length = SHORTEST + same(text, from + SHORTEST, at + SHORTEST);
                    if length > longest {
                        (longest, back) = (length, distance);
                    }
                }
            }
            if longest == 0 {
                tokens.push(Token::byte((begins & 0xFF) as u8));
                at += 1;
                continue;
            }
            tokens.push(Token::repetition(longest, back));
            at += longest;
            // Of what begins inside, the last is worth noting; noting all takes longer than it saves.
            if let Some(begins) = word(text, at - 1) {
                self.note(begins, first.wrapping_add(at as u32 - 1));
            }
        }
        let rest = text.get(at..).unwrap_or_default();
        tokens.extend(rest.iter().map(|byte| Token::byte(*byte)));
    }

    /// Notes a place where bytes begin so, and returns those before it.
    #[inline]
    fn note(&mut self, begins: u32, place: u32) -> Places {
        const MIX: u32 = 0x9E37_79B1;
        let sum = (begins.wrapping_mul(MIX) >> (32 - TABLE_BITS)) as usize;
        let Some(places) = self.places.get_mut(sum % TABLE) else {
            return [0; 2];
        };
        let before = *places;
        *places = [place, before[0]];
        before
    }
}

/// Returns four bytes.
#[inline]
fn word(text: &[u8], at: usize) -> Option<u32> {
    let bytes = text.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

/// Returns how many bytes from two places on are the same, up to what a repetition may still have.
#[inline]
fn same(text: &[u8], from: usize, at: usize) -> usize {
    const MOST: usize = LONGEST - SHORTEST;
    let mut count = 0;
    while let (Some(one), Some(other)) = (eight(text, from + count), eight(text, at + count)) {
        let differs = one ^ other;
        if differs != 0 || count >= MOST {
            return (count + differs.trailing_zeros() as usize / 8).min(MOST);
        }
        count += 8;
    }
    while count < MOST && at + count < text.len() && text.get(from + count) == text.get(at + count) {
        count += 1;
    }
    count.min(MOST)
}

/// Returns eight bytes.
#[inline]
fn eight(text: &[u8], at: usize) -> Option<u64> {
    let bytes = text.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns lengths and distances of a text's repetitions, and how many bytes stand alone.
    fn found(matcher: &mut Matcher, text: &[u8]) -> (Vec<(usize, usize)>, usize) {
        let mut tokens = Vec::new();
        matcher.tokens(text, &mut tokens);
        let repetitions = tokens.iter().filter(|token| token.length() > 0);
        let repetitions: Vec<_> = repetitions.map(|token| (token.length(), token.low() + 1)).collect();
        let alone = tokens.len() - repetitions.len();
        (repetitions, alone)
    }

    #[test]
    fn a_repetition_lies_no_farther_back_than_the_window() {
        let apart = |far: usize| [b"#targets", vec![b'='; far - 8].as_slice(), b"#targets"].concat();
        let last = |text: &[u8]| found(&mut Matcher::default(), text).0.last().copied();
        assert_eq!(last(&apart(32_768)), Some((8, 32_768)));
        assert_ne!(last(&apart(32_769)), Some((8, 32_769)));
    }

    #[test]
    fn a_long_repetition_is_taken_in_pieces() {
        let (repetitions, alone) = found(&mut Matcher::default(), &[b'a'; 1_000]);
        assert_eq!(alone, 1);
        assert!(
            repetitions
                .iter()
                .all(|(length, distance)| *length <= 258 && *distance == 1)
        );
        assert_eq!(repetitions.iter().map(|(length, _)| length).sum::<usize>(), 999);
    }

    #[test]
    fn nothing_is_found_in_an_earlier_text_however_many_there_were() {
        let text = b"one text that repeats nothing";
        let mut matcher = Matcher::default();
        let alone = found(&mut matcher, text);
        assert!(alone.0.is_empty());
        assert_eq!(found(&mut matcher, text), alone);
        for left in [0, 20, 2 * WINDOW, 2 * WINDOW + 29, 2 * WINDOW + 30] {
            matcher.next_place = u32::MAX - left;
            assert_eq!(found(&mut matcher, text), alone);
            assert_eq!(found(&mut matcher, text), alone);
        }
    }
}
