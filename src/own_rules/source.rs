//! Conditions as people write them, turned into the ASCII that CEL knows.
//!
//! CEL has no names in Chinese and reads `0.1` as a float. Here words become their English, words of the writer's own
//! and numbers become names that say them exactly, and texts become escapes, so that a place in what the parser
//! refuses is a place in what was written.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::names;

/// Characters that a condition may have.
pub(super) const MOST_CHARACTERS: usize = 2000;

const NUMBER: &str = "__n";
const WORD: &str = "__u";

/// A condition in CEL's characters.
#[derive(Debug)]
pub(super) struct Translated {
    /// The text for the parser.
    pub(super) text: String,
    /// Where each piece of it stands: byte here, character in what was written.
    places: Vec<(usize, usize)>,
}

impl Translated {
    /// Returns the character of the written text that a byte of this one stands for.
    pub(super) fn written_at(&self, byte: usize) -> usize {
        let after = self.places.partition_point(|(here, _)| *here <= byte);
        let found = after.checked_sub(1).and_then(|index| self.places.get(index));
        found.map_or(0, |(_, written)| *written)
    }
}

/// Turns a written condition into CEL's characters.
///
/// # Errors
/// What cannot be part of a condition, in Chinese.
pub(super) fn translate(written: &str) -> Result<Translated, String> {
    let characters: Vec<char> = written.chars().collect();
    if characters.len() > MOST_CHARACTERS {
        return Err(format!(
            "条件有 {} 个字，最多 {MOST_CHARACTERS} 个，请拆成几条规则",
            characters.len()
        ));
    }
    let mut translated = Translated {
        text: String::new(),
        places: Vec::new(),
    };
    let mut at = 0;
    while let Some(first) = characters.get(at).copied() {
        translated.places.push((translated.text.len(), at));
        let rest = characters.get(at..).unwrap_or_default();
        let (piece, taken) = match first {
            c if c.is_whitespace() => (" ".to_owned(), 1),
            c if c.is_ascii_digit() => number(rest)?,
            c if c.is_alphabetic() || c == '_' => word(rest)?,
            '"' | '\'' => text(rest)?,
            c => sign(c, rest)?,
        };
        translated.text.push_str(&piece);
        at += taken;
    }
    translated.places.push((translated.text.len(), at));
    Ok(translated)
}

/// Returns the number that a name stands for.
pub(super) fn number_of(name: &str) -> Option<Decimal> {
    Decimal::from_str_exact(&name.strip_prefix(NUMBER)?.replace('p', ".")).ok()
}

/// Returns a name as it was written.
pub(super) fn written_word(name: &str) -> String {
    let Some(codes) = name.strip_prefix(WORD) else {
        return names::chinese(name).to_owned();
    };
    let codes = codes.split('_').filter(|code| !code.is_empty());
    codes
        .filter_map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32))
        .collect()
}

fn run_of(rest: &[char], belongs: impl Fn(char) -> bool) -> String {
    rest.iter().copied().take_while(|c| belongs(*c)).collect()
}

fn number(rest: &[char]) -> Result<(String, usize), String> {
    let written = run_of(rest, |c| c.is_ascii_digit() || c == '.');
    let taken = written.chars().count();
    match rest.get(taken) {
        Some('%' | '％') => {
            return Err(format!("“{written}%”：百分数请写成小数，例如 95% 写成 0.95"));
        }
        Some(c) if c.is_alphanumeric() => {
            return Err(format!("“{written}{c}”：数的后面不能写单位，金额一律以万元计"));
        }
        _ => {}
    }
    let whole = written.trim_end_matches('.');
    if whole.len() != written.len() || Decimal::from_str_exact(whole).is_err() {
        return Err(format!("“{written}”不是一个数，要写成 10、0.5 这样的写法，最多 28 位"));
    }
    Ok((format!("{NUMBER}{}", whole.replace('.', "p")), taken))
}

fn word(rest: &[char]) -> Result<(String, usize), String> {
    let written = run_of(rest, |c| c.is_alphanumeric() || c == '_');
    let taken = written.chars().count();
    if written.starts_with("__") {
        return Err(format!("“{written}”：名字不能以两个下划线开头"));
    }
    if let Some(english) = names::english(&written) {
        return Ok((english.to_owned(), taken));
    }
    // A text that follows at once must not become the word's: r"…" is a kind of text to CEL.
    let apart = if matches!(rest.get(taken), Some('"' | '\'')) {
        " "
    } else {
        ""
    };
    if written.is_ascii() {
        return Ok((format!("{written}{apart}"), taken));
    }
    let mut name = WORD.to_owned();
    for c in written.chars() {
        let _ = write!(name, "_{:x}", u32::from(c));
    }
    Ok((format!("{name}{apart}"), taken))
}

fn text(rest: &[char]) -> Result<(String, usize), String> {
    let quote = rest.first().copied().unwrap_or('"');
    let mut piece = "\"".to_owned();
    let mut at = 1;
    while let Some(c) = rest.get(at).copied() {
        at += 1;
        let meant = match c {
            c if c == quote => {
                piece.push('"');
                return Ok((piece, at));
            }
            '\\' => {
                let escaped = rest.get(at).copied();
                at += 1;
                match escaped {
                    Some(c @ ('\\' | '"' | '\'')) => c,
                    Some('n') => '\n',
                    Some('t') => '\t',
                    _ => return Err("反斜杠后面只能是引号、反斜杠、n 或 t".to_owned()),
                }
            }
            c => c,
        };
        let _ = write!(piece, "\\U{:08x}", u32::from(meant));
    }
    Err(format!("引号 {quote} 不成对，文字没有结束"))
}

fn sign(c: char, rest: &[char]) -> Result<(String, usize), String> {
    let next = rest.get(1).copied();
    let two: String = std::iter::once(c).chain(next).collect();
    if ["==", "!=", "<=", ">=", "&&", "||"].contains(&two.as_str()) {
        return Ok((two, 2));
    }
    match c {
        '+' | '-' | '*' | '/' | '<' | '>' | '!' | '?' | ':' | '.' | ',' | '(' | ')' | '[' | ']' => {
            Ok((c.to_string(), 1))
        }
        '=' => Err("相等请写两个等号 ==".to_owned()),
        '&' => Err("“并且”请写 &&".to_owned()),
        '|' => Err("“或者”请写 ||".to_owned()),
        '%' => Err("百分数请写成小数，例如 95% 写成 0.95".to_owned()),
        '≥' => Err("“≥”请写成 >=".to_owned()),
        '≤' => Err("“≤”请写成 <=".to_owned()),
        '≠' => Err("“≠”请写成 !=".to_owned()),
        '（' | '）' | '，' | '“' | '”' | '‘' | '’' | '。' | '：' | '；' | '！' | '？' | '＝' | '＞' | '＜' => {
            Err(format!("“{c}”是全角符号，请改成半角"))
        }
        c => Err(format!("条件里不能有“{c}”")),
    }
}
