//! Blocks of a deflated stream (RFC 1951): tokens in codes, the codes before them.

use super::bits::BitWriter;
use super::codes::{Codes, LONGEST};
use super::head::Head;
use super::matches::{Matcher, Token};
use super::symbols::{Counts, END, FIRST_LENGTH, OWN, SYMBOLS, of_distance, of_length};

/// Tokens of a block.
const MOST_TOKENS: usize = 32 * 1024;
/// Texts up to this length take the format's own codes: working out better ones takes longer than the rest.
const SHORT: usize = 1_024;

/// What ends a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing follows.
    Last,
    /// A whole byte, behind which another stream may go on.
    WholeByte,
}

/// Deflates one text after another.
#[derive(Default)]
pub struct Encoder {
    matcher: Matcher,
    tokens: Vec<Token>,
}

impl Encoder {
    /// Lets go of room for more tokens than this.
    pub fn keep_at_most(&mut self, tokens: usize) {
        self.tokens.clear();
        self.tokens.shrink_to(tokens);
    }

    /// Returns a text as a stream, or as the beginning of one. The same text gives the same, whatever came before it.
    pub fn deflate(&mut self, text: &[u8], ending: Ending) -> Vec<u8> {
        self.tokens.clear();
        self.matcher.tokens(text, &mut self.tokens);
        let mut bits = BitWriter::new(text.len() / 4 + 64);
        let mut blocks = self.tokens.chunks(MOST_TOKENS).peekable();
        if ending == Ending::Last && blocks.peek().is_none() {
            put_block(&mut bits, &[], true, true);
        }
        while let Some(tokens) = blocks.next() {
            let is_last = ending == Ending::Last && blocks.peek().is_none();
            put_block(&mut bits, tokens, is_last, text.len() <= SHORT);
        }
        if ending == Ending::WholeByte {
            // A block of nothing, which begins with a whole byte.
            bits.put(0, 3);
            bits.put_whole(&[0, 0, 0xFF, 0xFF]);
        }
        bits.finish()
    }
}

fn put_block(bits: &mut BitWriter, tokens: &[Token], is_last: bool, is_short: bool) {
    bits.put(u64::from(is_last), 1);
    let (own_symbols, own_distances) = &OWN;
    if is_short {
        bits.put(1, 2);
        return put_tokens(bits, tokens, &own_symbols.codes, &own_distances.codes);
    }
    let counts = Counts::of(tokens);
    let symbols = Codes::of(&counts.symbols, LONGEST);
    let distances = Codes::of(&counts.distances, LONGEST);
    let head = Head::of(&symbols, &distances);
    let better = head.bits() + symbols.bits(&counts.symbols) + distances.bits(&counts.distances);
    if own_symbols.bits(&widened(&counts.symbols)) + own_distances.bits(&counts.distances) <= better {
        bits.put(1, 2);
        return put_tokens(bits, tokens, &own_symbols.codes, &own_distances.codes);
    }
    bits.put(2, 2);
    head.put(bits);
    put_tokens(bits, tokens, &symbols.codes, &distances.codes);
}

/// Returns counts of the symbols that the format's own codes have.
fn widened(counts: &[u32; SYMBOLS]) -> [u32; 288] {
    let mut all = [0; 288];
    for (place, count) in all.iter_mut().zip(counts) {
        *place = *count;
    }
    all
}

fn put_tokens(bits: &mut BitWriter, tokens: &[Token], symbols: &[(u16, u8)], distances: &[(u16, u8)]) {
    let put_code = |bits: &mut BitWriter, codes: &[(u16, u8)], symbol: usize, extra: u64, extra_bits: u8| {
        let (code, length) = codes.get(symbol).copied().unwrap_or_default();
        bits.put(
            u64::from(code) | extra << length,
            u32::from(length) + u32::from(extra_bits),
        );
    };
    for token in tokens {
        let (length, low) = (token.length(), token.low());
        if length == 0 {
            put_code(bits, symbols, low, 0, 0);
            continue;
        }
        let coded = of_length(length);
        let extra = length - usize::from(coded.least);
        put_code(
            bits,
            symbols,
            FIRST_LENGTH + usize::from(coded.symbol),
            extra as u64,
            coded.extra,
        );
        let coded = of_distance(low);
        let extra = low - usize::from(coded.least);
        put_code(bits, distances, usize::from(coded.symbol), extra as u64, coded.extra);
    }
    put_code(bits, symbols, END, 0, 0);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use std::io::Read;

    use super::*;

    /// Numbers that look like chance, the same in each run.
    fn numbers(mut seed: u64) -> impl Iterator<Item = u64> {
        std::iter::repeat_with(move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        })
    }

    /// Returns texts of every sort: none, short and long, one sign, without repetition, of few words, of several blocks.
    fn texts() -> Vec<Vec<u8>> {
        let row = |number: u64| {
            let cell = ["甲", "一级指标", "≥95%"]
                .into_iter()
                .cycle()
                .nth(number as usize % 7)
                .unwrap_or_default();
            format!(
                "<row r=\"{number}\"><c r=\"A{number}\" t=\"s\"><v>{}</v></c>{cell}</row>",
                number * 7 % 311
            )
        };
        let mut texts = vec![Vec::new(), vec![0], b"ab".to_vec(), vec![b'a'; 70_000]];
        for length in [3, 1_023, 1_024, 1_025, 200_000] {
            texts.push(numbers(7).map(|number| (number >> 40) as u8).take(length).collect());
            texts.push((0..).flat_map(|number| row(number).into_bytes()).take(length).collect());
            texts.push(
                numbers(9)
                    .map(|number| b"abc"[(number >> 40) as usize % 3])
                    .take(length)
                    .collect(),
            );
        }
        // Signs that come half as often each.
        texts.push(
            numbers(3)
                .map(|number| number.trailing_zeros() as u8)
                .take(300_000)
                .collect(),
        );
        texts
    }

    #[test]
    fn every_text_is_inflated_again_whatever_was_deflated_before() {
        let mut encoder = Encoder::default();
        for text in texts() {
            let deflated = encoder.deflate(&text, Ending::Last);
            let mut inflated = Vec::new();
            let mut decoder = flate2::bufread::DeflateDecoder::new(deflated.as_slice());
            decoder.read_to_end(&mut inflated).unwrap();
            assert!(inflated == text, "{} bytes", text.len());
            assert_eq!(decoder.total_in(), deflated.len() as u64);
            assert_eq!(deflated, Encoder::default().deflate(&text, Ending::Last));
        }
    }

    #[test]
    fn streams_that_end_with_a_whole_byte_follow_one_another() {
        let texts = texts();
        let mut encoder = Encoder::default();
        let mut stream: Vec<u8> = texts
            .iter()
            .flat_map(|text| encoder.deflate(text, Ending::WholeByte))
            .collect();
        stream.extend(encoder.deflate(b"", Ending::Last));
        let mut inflated = Vec::new();
        flate2::bufread::DeflateDecoder::new(stream.as_slice())
            .read_to_end(&mut inflated)
            .unwrap();
        assert!(inflated == texts.concat());
    }

    #[test]
    fn a_sheet_is_about_as_small_as_the_usual_library_makes_it() {
        let sheet: Vec<u8> = texts().into_iter().rfind(|text| text.starts_with(b"<row")).unwrap();
        let mut library = flate2::read::DeflateEncoder::new(sheet.as_slice(), flate2::Compression::new(2));
        let of_library = library.read_to_end(&mut Vec::new()).unwrap();
        let ours = Encoder::default().deflate(&sheet, Ending::Last).len();
        assert!(ours * 20 <= of_library * 21, "{ours} {of_library}");
    }
}
