//! One spelling for a paragraph: width, blanks, marks and converter residue, with the way back to what was written.

use std::ops::Range;

/// Where a character begins in the one spelling, and what it is in the original: its number, and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Origin {
    start: u32,
    place: u32,
    byte: u32,
    behind: u32,
}

/// A paragraph in one spelling. Brackets and figures are half width, `，；：。` full width; a comma inside a number
/// stays a comma.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// Each character kept.
    origins: Vec<Origin>,
    /// Characters of the original.
    written: u32,
    /// Characters, and bytes, before the original: a number that is shown and not written.
    before: (u32, usize),
    /// Marks of a converter, and blanks inside Chinese words.
    residue: usize,
}

impl Folded {
    /// Folds a paragraph.
    pub fn new(written: &str) -> Self {
        let mut folded = Self::default();
        let mut rest = written;
        let mut at: u32 = 0;
        let mut blanks: usize = 0;
        let mut last = '\n';
        while let Some(c) = rest.chars().next() {
            if let Some(mark) = converter_mark(rest) {
                at = at.saturating_add(count(mark));
                rest = rest.get(mark.len()..).unwrap_or_default();
                folded.residue += 1;
                continue;
            }
            let byte = written.len() - rest.len();
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            let bytes = byte..written.len() - rest.len();
            let place = at;
            at = at.saturating_add(1);
            if is_invisible(c) {
                continue;
            }
            if c.is_whitespace() {
                blanks += 1;
                continue;
            }
            let c = narrow(c);
            let next = c;
            if blanks > 0 {
                if last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() {
                    folded.push(' ', place.saturating_sub(1), byte..byte);
                } else if blanks <= 2 && is_han(last) && is_han(next) {
                    folded.residue += 1;
                }
                blanks = 0;
            }
            let c = punctuation(c, last, rest);
            folded.push(c, place, bytes);
            last = c;
        }
        folded.written = at;
        folded
    }

    /// Folds a paragraph with a number before it that is shown and not written.
    pub fn numbered(number: &str, written: &str) -> Self {
        let mut folded = Self::new(&format!("{number}{written}"));
        folded.before = (count(number), number.len());
        folded
    }

    fn push(&mut self, c: char, place: u32, bytes: Range<usize>) {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.origins.push(Origin {
            start: small(self.text.len()),
            place,
            byte: small(bytes.start),
            behind: small(bytes.end),
        });
        self.text.push(c);
    }

    /// Returns the text in one spelling.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns how many marks of a converter and blanks inside words the original has.
    pub const fn residue(&self) -> usize {
        self.residue
    }

    /// Returns the characters of the original, from the first to behind the last, that a byte range of the text
    /// stands for.
    pub fn written_range(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.written_at(start);
        let last = end.checked_sub(1).map_or(first, |last| {
            let index = self.index_of(last);
            let place = self
                .origins
                .get(index)
                .map_or(self.written, |origin| origin.place.saturating_add(1));
            place as usize
        });
        let before = self.before.0 as usize;
        (first.saturating_sub(before), last.max(first).saturating_sub(before))
    }

    /// Returns the bytes of the original that a byte range of the text stands for.
    pub fn written_bytes(&self, start: usize, end: usize) -> Range<usize> {
        let origin_of = |byte: usize| self.origins.get(self.index_of(byte));
        let first = origin_of(start).map_or(0, |origin| origin.byte as usize);
        let last = end.checked_sub(1).and_then(origin_of);
        let behind = last.map_or(first, |origin| origin.behind as usize);
        let first = if start >= self.text.len() { behind } else { first };
        let (_, before) = self.before;
        first.saturating_sub(before)..behind.max(first).saturating_sub(before)
    }

    fn written_at(&self, byte: usize) -> usize {
        if byte >= self.text.len() {
            return self.written as usize;
        }
        self.origins
            .get(self.index_of(byte))
            .map_or(0, |origin| origin.place as usize)
    }

    fn index_of(&self, byte: usize) -> usize {
        self.origins
            .partition_point(|origin| origin.start as usize <= byte)
            .saturating_sub(1)
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// `[bookmark: bookmark3]` at the start, as converters leave it.
fn converter_mark(text: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    let rest = text.strip_prefix("[bookmark:")?;
    let end = rest.bytes().take(LONGEST + 1).position(|byte| byte == b']')?;
    text.get(.."[bookmark:".len() + end + 1)
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// Returns whether a character is a Chinese one.
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}')
}

fn narrow(c: char) -> char {
    match c {
        // The full-width comma parts clauses; it is never part of a number.
        '，' => '，',
        '～' => '~',
        '［' => '〔',
        '］' => '〕',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '〜' | '∼' | '∽' => '~',
        '–' | '―' | '‐' | '‑' | '‒' | '−' | '─' => '-',
        '﹪' => '%',
        '﹝' => '〔',
        '﹞' => '〕',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        other => other,
    }
}

fn punctuation(c: char, last: char, rest: &str) -> char {
    match c {
        ',' if last.is_ascii_digit() && is_thousand(rest) => ',',
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        other => other,
    }
}

/// Returns whether three figures follow, and no fourth.
fn is_thousand(rest: &str) -> bool {
    let figures = rest.chars().take(4).take_while(char::is_ascii_digit).count();
    figures == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_become_one() {
        for (written, expected) in [
            ("评价得分96 分", "评价得分96分"),
            ("成 本效益、硬化 ”原则", "成本效益、硬化”原则"),
            ("[bookmark: bookmark3][bookmark: b2]一、基本情况", "一、基本情况"),
            (
                "预算１，２００万元，到位1,200.50元, 完成１００％",
                "预算1，200万元，到位1,200.50元，完成100%",
            ),
            ("（含）PCB board 5 年", "(含)PCB board 5年"),
        ] {
            assert_eq!(Folded::new(written).as_str(), expected, "{written}");
        }
    }

    #[test]
    fn the_way_back_is_kept() {
        let written = "[bookmark: b]得 分 96 分。";
        let folded = Folded::new(written);
        let at = folded.as_str().find("96分").unwrap_or_default();
        let (start, end) = folded.written_range(at, at + "96分".len());
        let quoted: String = written.chars().skip(start).take(end - start).collect();
        assert_eq!(quoted, "96 分");
        let bytes = folded.written_bytes(at, at + "96分".len());
        assert_eq!(written.get(bytes), Some("96 分"));
        let numbered = Folded::numbered("一、", "得 分。");
        assert_eq!(
            "得 分。".get(numbered.written_bytes(0, "一、得分".len())),
            Some("得 分")
        );
        let all = numbered.as_str().len();
        let end = "得 分。".len();
        assert_eq!(numbered.written_bytes(all, all), end..end);
    }
}
