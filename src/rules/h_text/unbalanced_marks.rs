//! H10: brackets and quotes that do not close, and characters typed twice.

use crate::rules::kit::texts::{FoldedText, Word, words};
use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H10", "unbalanced-marks", "括号、引号不成对或文字重复", Info, MissingValues }

/// Pairs, after compatibility forms are folded: full-width brackets are half-width ones.
const PAIRS: [(char, char, [Word; 2]); 5] = [
    ('《', '》', words!["《", "》"]),
    ('“', '”', words!["“", "”"]),
    ('(', ')', words!["(", ")"]),
    ('「', '」', words!["「", "」"]),
    ('【', '】', words!["【", "】"]),
];

/// Never right twice in a row.
const DOUBLED: [Word; 5] = words!["级级", ",,", "、、", ";;", "《《"];

/// Those of them that are no marks.
const DOUBLED_WORDS: [Word; 1] = words!["级级"];

fn check(context: &RuleContext, findings: &mut Findings) {
    for wording in wording::texts(context, findings, |wording| fault(&wording.text).is_some()) {
        let binding = wording.binding;
        let Some(fault) = fault(&wording.text) else { continue };
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "括号、引号应成对，文字不应重复；{} 是“{}”，{fault}。",
                    binding.cell,
                    words::shortened(binding.text)
                ),
                format!("改正 {} 的文字。", binding.cell),
            )
            .field(binding.field)
            .declared(words::shortened(binding.text))
            .basis(&context.standard.clauses.form),
        );
    }
}

fn fault(text: &FoldedText<'_>) -> Option<String> {
    let doubled = if text.has_marks() {
        DOUBLED.as_slice()
    } else {
        DOUBLED_WORDS.as_slice()
    };
    if let Some(doubled) = text.first_of(doubled) {
        return Some(format!("“{doubled}”重复"));
    }
    if !text.has_marks() {
        return None;
    }
    let (open, close, _) = PAIRS
        .iter()
        .find(|(open, close, marks)| text.has_any(marks) && !is_balanced(text, *open, *close))?;
    Some(format!("“{open}”和“{close}”不成对"))
}

fn is_balanced(text: &str, open: char, close: char) -> bool {
    let mut depth = 0_usize;
    let mut before = None;
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close {
            // 1) and 一) number a list.
            let numbers = before.is_some_and(|c: char| c.is_alphanumeric() && is_numeral(c));
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None if close == ')' && numbers => {}
                None => return false,
            }
        }
        before = Some(c);
    }
    depth == 0
}

const fn is_numeral(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}
