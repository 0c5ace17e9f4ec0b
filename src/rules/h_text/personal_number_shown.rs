//! H13: numbers of identity cards and bank accounts, and mobile numbers in tables for the public.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::grid::CellAddress;
use crate::model::FieldPath;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::width::nfkc;

rule! { "H13", "personal-number-shown", "个人信息没有脱敏", Info, MissingValues }

/// The source of the rule.
const BASIS: &str = "《中华人民共和国个人信息保护法》第二十八条、《中华人民共和国政府信息公开条例》第十五条";

/// Words beside the number of an account.
const ACCOUNT_WORDS: [&str; 6] = ["账号", "帐号", "账户", "帐户", "卡号", "开户"];

/// Words beside a number that is nobody's.
const CODE_WORDS: [&str; 4] = ["编码", "编号", "代码", "文号"];

/// What a number is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Identity,
    Account,
    Mobile,
}

impl Kind {
    const fn title(self) -> &'static str {
        match self {
            Self::Identity => "身份证号",
            Self::Account => "银行账号",
            Self::Mobile => "手机号码",
        }
    }
}

fn check(context: &RuleContext, findings: &mut Findings) {
    let texts = context.table.bindings.of_fields(FieldPath::is_text);
    let holders: Vec<_> = texts.filter(|binding| may_hold_number(binding.text)).collect();
    if holders.is_empty() {
        return;
    }
    let is_public = LazyCell::new(|| is_public(context));
    let labels = labels(context);
    for binding in holders {
        let label = labels.get(&binding.cell).copied().unwrap_or_default();
        let found = numbers(binding.text, label);
        let shown: Vec<String> = found
            .iter()
            .filter(|(kind, _)| *kind != Kind::Mobile || *is_public)
            .map(|(kind, number)| format!("{}（{}）", kind.title(), masked(number)))
            .collect();
        if shown.is_empty() {
            continue;
        }
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "表格公开或报送前应隐去个人信息；{} 有{}。",
                    binding.cell,
                    shown.join("、")
                ),
                format!("删去 {} 的号码，或用 * 代替中间几位。", binding.cell),
            )
            .field(binding.field)
            .basis(BASIS),
        );
    }
}

/// Returns whether the table says that it is published.
fn is_public(context: &RuleContext) -> bool {
    let evaluation = context.evaluation();
    let title = evaluation.title.as_ref().map(|title| title.value.as_str());
    // A form number such as 公开14表 stands above the table.
    let notes = evaluation.notes.iter().map(|note| note.value.trim());
    let labels = context.table.labels.iter().map(|label| label.text.as_str());
    let is_number = |text: &str| text.starts_with("公开") && text.chars().count() <= 8;
    [title, Some(context.table.sheet.as_str()), context.file]
        .into_iter()
        .flatten()
        .any(|text| text.contains("公开") && !text.contains("不公开"))
        || notes.chain(labels).any(is_number)
}

/// Returns the label beside each value of a signature line or statement.
fn labels<'a>(context: &RuleContext<'a>) -> BTreeMap<CellAddress, &'a str> {
    let evaluation = context.evaluation();
    let signatures = evaluation.signatures.iter().filter_map(|signature| {
        let value = signature.value.as_ref()?;
        Some((value.cell, signature.label.as_str()))
    });
    let extra = evaluation
        .extra
        .iter()
        .map(|extra| (extra.value.cell, extra.label.as_str()));
    signatures.chain(extra).collect()
}

/// No number of a person has fewer.
const FEWEST_DIGITS: usize = 11;

/// Returns whether there are digits enough for any of these numbers.
fn may_hold_number(text: &str) -> bool {
    // No ideograph counts as a digit: nothing that begins with E4 to E9 does.
    let may_begin_digit = |byte: &u8| byte.is_ascii_digit() || (*byte >= 0xc0 && !matches!(byte, 0xe4..=0xe9));
    // Counted in bytes, so that many are looked at together.
    let begin_digits = |bytes: &[u8]| usize::from(bytes.iter().map(|byte| u8::from(may_begin_digit(byte))).sum::<u8>());
    text.len() >= FEWEST_DIGITS
        && text.as_bytes().chunks(255).map(begin_digits).sum::<usize>() >= FEWEST_DIGITS
        && text.chars().filter(|c| c.is_numeric()).nth(FEWEST_DIGITS - 1).is_some()
}

/// Returns the numbers of a text that belong to a person.
fn numbers(text: &str, label: &str) -> Vec<(Kind, String)> {
    let text = nfkc(text);
    let names = |list: &[&str]| list.iter().any(|word| text.contains(word) || label.contains(word));
    if names(&CODE_WORDS) {
        return Vec::new();
    }
    let names_account = names(&ACCOUNT_WORDS);
    let mut found = Vec::new();
    for run in runs(&text) {
        let digits: String = run.chars().filter(|c| *c != ' ' && *c != '-').collect();
        let whole = kind(&digits, names_account);
        match whole {
            Some(kind) => found.push((kind, digits)),
            // 13912345678 13712345678: two numbers with a blank between them.
            None => {
                for part in run.split([' ', '-']) {
                    found.extend(kind(part, names_account).map(|kind| (kind, part.to_owned())));
                }
            }
        }
    }
    found
}

/// Digits with single blanks or hyphens between them, and the X that may close an identity number; no amounts.
fn runs(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        if !letter.is_ascii_digit() {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let mut end = at;
        while let Some(letter) = letters.get(end) {
            let joins = matches!(letter, ' ' | '-') && letters.get(end + 1).is_some_and(char::is_ascii_digit);
            if !letter.is_ascii_digit() && !joins {
                break;
            }
            end += 1;
        }
        if matches!(letters.get(end), Some('X' | 'x')) {
            end += 1;
        }
        let joined = |c: Option<&char>| {
            c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '元' | '万' | '亿'))
        };
        if !joined(before) && !joined(letters.get(end)) {
            runs.push(letters.get(at..end).unwrap_or_default().iter().collect());
        }
        at = end;
    }
    runs
}

fn kind(number: &str, names_account: bool) -> Option<Kind> {
    let digits: Vec<u32> = number.chars().map_while(|c| c.to_digit(10)).collect();
    if is_identity(number, &digits) {
        return Some(Kind::Identity);
    }
    if digits.len() != number.len() {
        return None;
    }
    let is_card = matches!(digits.len(), 16 | 17 | 19) && number.starts_with("62") && passes_luhn(&digits);
    if is_card || (names_account && (12..=25).contains(&digits.len())) {
        return Some(Kind::Account);
    }
    let is_mobile = matches!(digits.as_slice(), [1, 3..=9, ..]) && digits.len() == 11;
    is_mobile.then_some(Kind::Mobile)
}

/// Eighteen places with a date of birth and the check character of GB 11643.
fn is_identity(number: &str, digits: &[u32]) -> bool {
    const FACTORS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    if number.chars().count() != 18 || digits.len() < 17 {
        return false;
    }
    let part = |from: usize, to: usize| number.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let is_birth = matches!(
        (part(6, 10), part(10, 12), part(12, 14)),
        (Some(1900..=2100), Some(1..=12), Some(1..=31))
    );
    let sum: u32 = digits.iter().zip(FACTORS).map(|(digit, factor)| digit * factor).sum();
    let check = CHECKS.get((sum % 11) as usize);
    is_birth && check.copied() == number.chars().last().map(|last| last.to_ascii_uppercase())
}

fn passes_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Returns the first three and the last two places, the rest hidden.
fn masked(number: &str) -> String {
    let length = number.chars().count();
    number
        .chars()
        .enumerate()
        .map(|(at, c)| if at < 3 || at + 2 >= length { c } else { '*' })
        .collect()
}
