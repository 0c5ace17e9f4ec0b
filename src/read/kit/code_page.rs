//! Texts of one or two bytes a character, by the code page that a file names.

use encoding_rs::{Encoding, GBK, WINDOWS_1252};

/// Returns the encoding of a code page. Files from Chinese systems often name none.
pub(in crate::read) fn encoding_of(code_page: u16) -> &'static Encoding {
    match code_page {
        874 => encoding_rs::WINDOWS_874,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 => WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        54936 => encoding_rs::GB18030,
        65001 => encoding_rs::UTF_8,
        _ => GBK,
    }
}

/// Returns the text of bytes in the encoding of the file's code page, and whether each byte was a character.
///
/// Chinese systems, too, wrote the code page of Western Windows into files: there, a text is Western only when it is no
/// Chinese one. A text is Chinese when its bytes pair up and most pairs are characters of GB 2312; the pairs that
/// accented letters make with their neighbours are none.
pub(in crate::read) fn decoded(bytes: &[u8], encoding: &'static Encoding) -> (String, bool) {
    let is_western = encoding == WINDOWS_1252 && !is_chinese(bytes);
    let encoding = if encoding == WINDOWS_1252 && !is_western {
        GBK
    } else {
        encoding
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), encoding.is_single_byte())
}

fn is_chinese(bytes: &[u8]) -> bool {
    let mut bytes = bytes.iter().copied();
    let (mut common, mut rare) = (0_usize, 0_usize);
    while let Some(first) = bytes.next() {
        if first.is_ascii() {
            continue;
        }
        match (first, bytes.next()) {
            (0xA1..=0xF7, Some(0xA1..=0xFE)) => common += 1,
            (0x81..=0xFE, Some(0x40..=0x7E | 0x80..=0xFE)) => rare += 1,
            _ => return false,
        }
    }
    common >= rare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn western_texts_are_told_from_chinese_ones_under_the_western_page() {
        let cases: [(&[u8], &str); 6] = [
            (b"score", "score"),
            (b"Festivit\xE0", "Festività"),
            (b"M\xFCnchen", "München"),
            (b"\xB5\xC3\xB7\xD6", "得分"),
            // The second character is none of GB 2312.
            (b"\xD6\xEC\xE9\x46\xBB\xF9", "朱镕基"),
            (b"10\xA3\xA5", "10％"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(decoded(bytes, encoding_of(1252)).0, expected);
        }
    }

    #[test]
    fn other_pages_are_taken_at_their_word() {
        assert_eq!(decoded(b"\xEF\xF0\xE8", encoding_of(1251)).0, "при");
        assert_eq!(decoded(b"\xE1\xE2", encoding_of(1253)).0, "αβ");
        assert_eq!(decoded(b"\xB5\xC3", encoding_of(936)).0, "得");
        assert_eq!(decoded(b"\xB5\xC3", encoding_of(0)).0, "得");
    }
}
