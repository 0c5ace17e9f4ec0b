//! One width for all characters: Unicode's compatibility form (NFKC), fast for the texts that tables are made of.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Returns the text in NFKC. Ideographs, ASCII and their full-width forms, which are nearly all that tables hold, are
/// folded one by one; any other character sends the whole text through the full algorithm.
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_stable) {
        return Cow::Borrowed(text);
    }
    let mut simple = String::with_capacity(text.len());
    for c in text.chars() {
        match folded(c) {
            Some(c) => simple.push(c),
            None => return Cow::Owned(text.nfkc().collect()),
        }
    }
    Cow::Owned(simple)
}

/// Characters that NFKC leaves alone and that combine with nothing here.
pub const fn is_stable(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | '\u{4e00}'..='\u{9fff}')
        || matches!(
            c,
            '。' | '、'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '《'
                | '》'
                | '【'
                | '】'
                | '〔'
                | '〕'
                | '≥'
                | '≤'
                | '—'
                | '×'
                | '÷'
                | '√'
                | '□'
        )
}

/// Returns the form of a character by itself, where that does not depend on its neighbours.
pub(crate) fn folded(c: char) -> Option<char> {
    match c {
        c if is_stable(c) => Some(c),
        '\u{3000}' => Some(' '),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_character_alone_is_folded_as_unicode_says() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let text = c.to_string();
            assert_eq!(nfkc(&text), text.nfkc().collect::<String>(), "{:x}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_folded_as_unicode_says(text in "\\PC{0,20}|[（）：，Ａ-ｚ　一-龥ぁ-んe\u{301}\u{3099}a-z0-9≥㎡①]{0,20}") {
            prop_assert_eq!(nfkc(&text), text.nfkc().collect::<String>());
        }
    }
}
