//! H08: half-width and full-width marks, digits or brackets mixed inside one text.

use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H08", "mixed-widths", "全角半角混用", Info, MissingValues }

/// The same mark in both widths.
const MARKS: [(char, char); 5] = [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！')];

fn check(context: &RuleContext, findings: &mut Findings) {
    let texts = wording::texts(context, findings).into_iter();
    let mixed: Vec<_> = texts
        .filter(|wording| !wording.text.is_as_written())
        .filter_map(|wording| Some((wording.binding, fault(&wording.binding.text)?)))
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
                words::shortened(&first.text)
            ),
            "把混用的标点、数字、括号改成同一种写法。",
        )
        .field(first.field.clone())
        .declared(words::shortened(&first.text))
        .basis(&context.standard.clauses.form)
        .related(places.iter().copied()),
    );
}

fn fault(text: &str) -> Option<String> {
    // Full-width forms are EF BC xx and EF BD xx; both widths must be there to be mixed.
    let has_both = text.bytes().any(|byte| byte == 0xef) && text.bytes().any(|byte| byte.is_ascii_graphic());
    if !has_both {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    mixed_brackets(&letters)
        .or_else(|| mixed_marks(&letters))
        .or_else(|| mixed_digits(&letters))
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
