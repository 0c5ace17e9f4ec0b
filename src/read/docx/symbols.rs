//! Ticks and boxes that are letters of a symbol font.

/// Whether letters in this font are pictures.
pub(super) fn is_symbol_font(font: &str) -> bool {
    font.trim().to_ascii_lowercase().starts_with("wingdings")
}

/// The sign that a letter of a symbol font shows, where it is a tick, a cross or a box.
pub(super) fn symbol(font: &str, letter: char) -> Option<char> {
    // Symbol fonts stand in the private area as well, 0xF000 higher.
    let code = match u32::from(letter) {
        code @ 0xF000..=0xF0FF => code - 0xF000,
        code => code,
    };
    let font = font.trim().to_ascii_lowercase();
    match (font.as_str(), code) {
        ("wingdings", 0xFE) => Some('☑'),
        ("wingdings", 0xFD) => Some('☒'),
        ("wingdings", 0xFC) => Some('✓'),
        ("wingdings", 0xFB) => Some('✗'),
        ("wingdings", 0x6F | 0x70 | 0x71 | 0x72 | 0xA8) => Some('□'),
        ("wingdings", 0x6E) => Some('■'),
        ("wingdings", 0x6C) => Some('●'),
        ("wingdings", 0xA1) => Some('○'),
        ("wingdings 2", 0x52) => Some('☑'),
        ("wingdings 2", 0x53 | 0x54) => Some('☒'),
        ("wingdings 2", 0x50) => Some('✓'),
        ("wingdings 2", 0x4F | 0x51) => Some('✗'),
        ("wingdings 2", 0x2A | 0xA3) => Some('□'),
        ("wingdings 2", 0xA2) => Some('■'),
        _ => None,
    }
}
