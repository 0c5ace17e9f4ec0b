//! From bytes to text: which encoding a text file is in.
//!
//! A byte order mark decides; then NUL bytes tell UTF-16; then strict UTF-8; then GB18030, which holds GBK and GB2312.
//! A few damaged places do not change the verdict: they are shown as `�` and counted.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Characters outside ASCII that must be right for each wrong one.
const RIGHT_FOR_EACH_WRONG: usize = 20;

/// A text and how many places of it were damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub text: String,
    pub damaged: usize,
}

/// Decodes a text file; `None` when it is in no encoding that can be told.
///
/// `declared` is what the text says of itself; the content is believed more.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Option<Decoded> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Some(decode_with(bytes.get(length..).unwrap_or_default(), encoding));
    }
    if let Some(encoding) = wide_by_nuls(bytes) {
        return Some(decode_with(bytes, encoding));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded {
            text: text.to_owned(),
            damaged: 0,
        });
    }
    if is_mostly_utf8(bytes) {
        return Some(decode_with(bytes, UTF_8));
    }
    declared
        .filter(|encoding| !matches!(*encoding, e if e == UTF_8 || e == UTF_16LE || e == UTF_16BE))
        .into_iter()
        .chain([GB18030])
        .map(|encoding| decode_with(bytes, encoding))
        .find(is_plausible)
}

/// Returns the head of a text file, for recognition; `None` as for [`decode`].
pub(in crate::read) fn decode_head(bytes: &[u8], length: usize) -> Option<String> {
    let head = bytes.get(..bytes.len().min(length)).unwrap_or_default();
    let whole = head.len() == bytes.len();
    let decoded = decode(head, None)?;
    // Only a cut head may be damaged at its end; the rest is what the whole file must answer for.
    if whole || decoded.damaged == 0 {
        return Some(decoded.text);
    }
    decode(bytes, None).map(|_| decoded.text)
}

fn decode_with(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let damaged = if had_errors {
        text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count()
    } else {
        0
    };
    Decoded {
        text: text.into_owned(),
        damaged,
    }
}

fn is_plausible(decoded: &Decoded) -> bool {
    decoded.damaged == 0 || {
        let foreign = decoded.text.chars().filter(|c| !c.is_ascii()).count();
        foreign.saturating_sub(decoded.damaged) >= decoded.damaged.saturating_mul(RIGHT_FOR_EACH_WRONG)
    }
}

/// UTF-16 without a mark: ASCII characters in it have a NUL on the same side each time.
fn wide_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let nuls = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (nuls(0), nuls(1));
    let encoding = if second > first.saturating_mul(2) {
        UTF_16LE
    } else if first > second.saturating_mul(2) {
        UTF_16BE
    } else {
        return None;
    };
    // A binary file has NULs as well, but seldom a text between them.
    let decoded = decode_with(head, encoding);
    (decoded.damaged <= 1 && !decoded.text.contains('\0')).then_some(encoding)
}

fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let mut right = 0_usize;
    let mut wrong = 0_usize;
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right >= wrong.saturating_mul(RIGHT_FOR_EACH_WRONG)
}

/// Returns what is said of a text with damaged places.
pub(in crate::read) fn damage_note(damaged: usize) -> String {
    format!("有 {damaged} 处文字的编码已损坏，显示为“�”")
}

/// Returns the same where the places were not counted.
pub(in crate::read) fn bad_text_note() -> String {
    "有文字的编码已损坏，显示为“�”".to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TEXT: &str = "一级指标,二级指标\r\n项目决策（20分）,项目立项\r\n总分,96\r\n";

    fn wide(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn every_encoding_that_units_use_is_told() {
        let marked = format!("\u{feff}{TEXT}");
        let cases = [
            TEXT.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            GB18030.encode(TEXT).0.into_owned(),
            wide(TEXT, u16::to_le_bytes),
            wide(TEXT, u16::to_be_bytes),
            wide(&marked, u16::to_le_bytes),
            wide(&marked, u16::to_be_bytes),
        ];
        for bytes in cases {
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.damaged), (TEXT, 0));
        }
    }

    #[test]
    fn a_few_damaged_places_do_not_change_the_verdict() {
        let long = TEXT.repeat(20);
        let mut utf8 = long.as_bytes().to_vec();
        utf8.truncate(utf8.len() - 12);
        let utf8_cut = utf8.get(..utf8.len() - 5).unwrap().to_vec();
        let decoded = decode(&utf8_cut, None).unwrap();
        assert!(decoded.text.starts_with("一级指标"));
        let mut gbk = GB18030.encode(&long).0.into_owned();
        gbk.push(0xFF);
        let decoded = decode(&gbk, None).unwrap();
        assert!(decoded.text.starts_with("一级指标"));
        assert_eq!(decoded.damaged, 1);
    }

    #[test]
    fn bytes_in_no_encoding_are_refused() {
        assert_eq!(decode(b"\xFF\x80\xFE\x81\x80\xFF\xFF\x80", None), None);
    }
}
