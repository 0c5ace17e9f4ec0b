//! H08: half-width and full-width marks, digits or brackets mixed inside one text.

use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H08", "mixed-widths", "全角半角混用", Info, MissingValues }

/// The same mark in both widths.
const MARKS: [(char, char); 5] = [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')];

fn check(context: &RuleContext, findings: &mut Findings) {
    let mixed: Vec<_> = wording::texts(context, findings, |wording| !wording.text.is_as_written())
        .into_iter()
        .filter_map(|wording| Some((wording.binding, fault(wording.binding.text)?)))
        .collect();
    let Some((first, fault)) = mixed.first() else { return };
    let places: Vec<_> = mixed.iter().map(|(binding, _)| binding.cell).collect();
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "一格文字里的标点、数字、括号应统一用全角或半角；{}混用，{} 是“{}”，{fault}。",
                words::count_of(&places),
                first.cell,
                words::shortened(first.text)
            ),
            "把混用的标点、数字、括号改成同一种写法。",
        )
        .field(first.field)
        .declared(words::shortened(first.text))
        .basis(&context.standard.clauses.form)
        .related(places.iter().copied()),
    );
}

fn fault(text: &str) -> Option<String> {
    if !may_be_mixed(text) {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    mixed_brackets(&letters)
        .or_else(|| mixed_marks(&letters))
        .or_else(|| mixed_digits(&letters))
}

/// Returns whether something of one kind stands in both widths: brackets, digits, letters, or the same mark.
fn may_be_mixed(text: &str) -> bool {
    // Full-width forms are EF BC xx and EF BD xx.
    if !text.bytes().any(|byte| byte == 0xef) {
        return false;
    }
    let kind = |c: u8| match c {
        b'(' | b')' => b'(',
        b'0'..=b'9' => b'0',
        b'a'..=b'z' | b'A'..=b'Z' => b'a',
        other => other,
    };
    let (mut half, mut full) = (0_u128, 0_u128);
    for c in text.chars() {
        match u32::from(c) {
            code @ 0x21..=0x7e => half |= 1 << kind(code as u8),
            code @ 0xff01..=0xff5e => full |= 1 << kind((code - 0xfee0) as u8),
            _ => {}
        }
    }
    half & full != 0
}

/// Returns a bracket that opens in one width and closes in the other.
fn mixed_brackets(letters: &[char]) -> Option<String> {
    let mut open = Vec::new();
    for letter in letters {
        match letter {
            '(' | '（' => open.push(*letter),
            // A closing bracket without an opening one numbers a list: 1)
            ')' | '）' => match (open.pop(), letter) {
                (Some('('), '）') => return Some("括号“(”半角、“）”全角".to_owned()),
                (Some('（'), ')') => return Some("括号“（”全角、“)”半角".to_owned()),
                _ => {}
            },
            _ => {}
        }
    }
    None
}

/// Returns the same mark in both widths, the half-width one as punctuation between words.
fn mixed_marks(letters: &[char]) -> Option<String> {
    MARKS.iter().find_map(|(half, full)| {
        let has_half = letters.iter().enumerate().any(|(at, letter)| {
            let before = at.checked_sub(1).and_then(|before| letters.get(before));
            let after = letters.get(at + 1);
            letter == half && [before, after].into_iter().flatten().any(|c| words::is_han(*c))
        });
        (has_half && letters.contains(full)).then(|| format!("“{half}”和“{full}”都有"))
    })
}

fn mixed_digits(letters: &[char]) -> Option<String> {
    let has = |of: fn(&char) -> bool| letters.iter().any(of);
    if has(|c| matches!(c, '０'..='９')) && has(char::is_ascii_digit) {
        return Some("数字有全角也有半角".to_owned());
    }
    if has(|c| *c == '％') && has(|c| *c == '%') {
        return Some("百分号有全角也有半角".to_owned());
    }
    let is_wide = |c: &char| matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    (letters.iter().any(is_wide) && has(char::is_ascii_alphabetic)).then(|| "字母有全角也有半角".to_owned())
}
