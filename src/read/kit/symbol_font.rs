//! Fonts that draw boxes and ticks for letters: which mark a letter is, as a person sees it.
//!
//! A file stores `R` or `þ` and names the font; what is seen is ☑. Only boxes, ticks, dots and the signs of a measure
//! are known here. Every other letter of such a font is some drawing, and is said to be unknown rather than guessed.

/// A font that draws signs for letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SymbolFont {
    Wingdings,
    Wingdings2,
    /// Arrows only: none of them is a mark.
    Wingdings3,
    Webdings,
    Marlett,
    /// Greek and mathematical signs; digits and most punctuation are themselves.
    Symbol,
}

/// What a font makes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// This mark.
    Mark(char),
    /// The character, because the font has no drawing of its own for it.
    Itself,
    /// A drawing that is no mark known here.
    Unknown,
}

impl SymbolFont {
    /// Returns the font of that name, if it is one that draws signs.
    pub(crate) fn named(name: &str) -> Option<Self> {
        // East Asian systems ask for the vertical face of a font by an `@`.
        match name.trim().trim_start_matches('@').to_ascii_lowercase().as_str() {
            "wingdings" => Some(Self::Wingdings),
            "wingdings 2" | "wingdings2" => Some(Self::Wingdings2),
            "wingdings 3" | "wingdings3" => Some(Self::Wingdings3),
            "webdings" => Some(Self::Webdings),
            "marlett" => Some(Self::Marlett),
            "symbol" => Some(Self::Symbol),
            _ => None,
        }
    }

    /// Returns what a person calls it.
    pub(in crate::read) const fn title(self) -> &'static str {
        match self {
            Self::Wingdings => "Wingdings",
            Self::Wingdings2 => "Wingdings 2",
            Self::Wingdings3 => "Wingdings 3",
            Self::Webdings => "Webdings",
            Self::Marlett => "Marlett",
            Self::Symbol => "Symbol",
        }
    }

    /// Returns what the font draws for a character.
    pub(crate) fn draws(self, character: char) -> Drawn {
        let Some(code) = code_of(character) else {
            return Drawn::Itself;
        };
        if code <= 0x20 || code == 0xA0 {
            return Drawn::Itself;
        }
        let mark = match self {
            Self::Wingdings => wingdings(code),
            Self::Wingdings2 => wingdings_2(code),
            Self::Wingdings3 => None,
            Self::Webdings => webdings(code),
            Self::Marlett => marlett(code),
            Self::Symbol => symbol(code),
        };
        mark.map_or(Drawn::Unknown, Drawn::Mark)
    }

    /// Appends a text as the font draws it; gives the first character whose drawing is unknown, which is kept as stored.
    pub(in crate::read) fn draw_into(self, text: &str, out: &mut String) -> Option<char> {
        let mut unknown = None;
        for character in text.chars() {
            match self.draws(character) {
                Drawn::Mark(mark) => out.push(mark),
                Drawn::Itself => out.push(character),
                Drawn::Unknown => {
                    unknown.get_or_insert(character);
                    out.push(character);
                }
            }
        }
        unknown
    }
}

/// Returns the place in the font: Latin-1 as stored, what Windows puts at 0x80–0x9F, or the private area that Word
/// uses. Other characters, Chinese ones above all, are shown in another font.
fn code_of(character: char) -> Option<u8> {
    match u32::from(character) {
        code @ (0..=0x7F | 0xA0..=0xFF) => u8::try_from(code).ok(),
        code @ 0xF020..=0xF0FF => u8::try_from(code - 0xF000).ok(),
        _ => {
            let mut bytes = [0; 4];
            let (encoded, _, unmappable) = encoding_rs::WINDOWS_1252.encode(character.encode_utf8(&mut bytes));
            match (&*encoded, unmappable) {
                ([code], false) => Some(*code),
                _ => None,
            }
        }
    }
}

const fn wingdings(code: u8) -> Option<char> {
    Some(match code {
        b'l' => '●',
        b'n' => '■',
        b'o'..=b'r' | 0xA8 => '□',
        b'm' | 0xA1..=0xA3 | 0xA6 => '○',
        0xA4 => '◉',
        b'x' | 0xFD => '☒',
        0xFE => '☑',
        0xFC => '✓',
        0xFB => '✗',
        _ => return None,
    })
}

const fn wingdings_2(code: u8) -> Option<char> {
    Some(match code {
        b'O' => '✗',
        b'P' => '✓',
        b'R' => '☑',
        b'Q' | b'S' | b'T' => '☒',
        0x98 => '●',
        0x99..=0x9C => '○',
        0x9D | 0x9E => '◉',
        0xA1 | 0xA2 => '■',
        // An empty page, which forms use for an empty box.
        b'*' | 0xA3..=0xA6 => '□',
        0xA7..=0xA9 => '▣',
        _ => return None,
    })
}

const fn webdings(code: u8) -> Option<char> {
    Some(match code {
        b'a' => '✓',
        b'c' => '□',
        b'<' | b'g' => '■',
        b'=' | b'n' => '●',
        b'r' => '✗',
        _ => return None,
    })
}

const fn marlett(code: u8) -> Option<char> {
    Some(match code {
        b'a' | b'b' => '✓',
        b'g' => '■',
        b'i' | b'n' => '●',
        b'r' => '✗',
        _ => return None,
    })
}

const fn symbol(code: u8) -> Option<char> {
    Some(match code {
        b'0'..=b'9' | b'%' | b'(' | b')' | b'+' | b',' | b'-' | b'.' | b'/' | b':' | b';' | b'<' | b'=' | b'>' => {
            code as char
        }
        0xA3 => '≤',
        0xB1 => '±',
        0xB3 => '≥',
        0xB4 => '×',
        0xB7 => '●',
        0xB8 => '÷',
        0xB9 => '≠',
        0xBB => '≈',
        0xD6 => '√',
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Font, stored, seen. After the Unicode Consortium's mapping of these fonts (L2/12-368).
    const CASES: &[(&str, &str, &str)] = &[
        ("Wingdings", "þ ¨ ü ý o n l û", "☑ □ ✓ ☒ □ ■ ● ✗"),
        ("Wingdings", "\u{f0fe}\u{f0a8}", "☑□"),
        ("Wingdings 2", "R £ S T Q P O ¢ ˜ ™", "☑ □ ☒ ☒ ☒ ✓ ✗ ■ ● ○"),
        ("wingdings 2", "优R良£", "优☑良□"),
        ("@Webdings", "a c g n r", "✓ □ ■ ● ✗"),
        ("Marlett", "a b", "✓ ✓"),
        ("Symbol", "³95%", "≥95%"),
    ];

    #[test]
    fn letters_are_the_marks_that_they_draw() {
        for (font, stored, seen) in CASES {
            let mut drawn = String::new();
            assert_eq!(
                SymbolFont::named(font).unwrap().draw_into(stored, &mut drawn),
                None,
                "{font} {stored}"
            );
            assert_eq!(drawn, *seen, "{font} {stored}");
        }
    }

    #[test]
    fn an_unknown_drawing_is_kept_as_stored_and_told() {
        let mut drawn = String::new();
        assert_eq!(SymbolFont::Wingdings.draw_into("þJ笑K", &mut drawn), Some('J'));
        assert_eq!(drawn, "☑J笑K");
        assert_eq!(SymbolFont::Wingdings3.draws('a'), Drawn::Unknown);
    }

    #[test]
    fn other_fonts_draw_what_is_stored() {
        for name in ["宋体", "Arial", "", "Wingdings Bold"] {
            assert_eq!(SymbolFont::named(name), None, "{name}");
        }
    }
}
