//! H10: brackets and quotes that do not close, and characters typed twice.

use super::{Finding, Findings, Rule, RuleContext, Stage, wording, words};
use crate::report::Severity;

/// H10.
pub const RULE: Rule = Rule {
    code: "H10",
    slug: "unbalanced-marks",
    title: "括号、引号不成对或文字重复",
    severity: Severity::Info,
    stage: Stage::MissingValues,
    page: include_str!("unbalanced-marks.md"),
    check,
};

/// Pairs, after compatibility forms are folded: full-width brackets are half-width ones.
const PAIRS: [(char, char); 5] = [('《', '》'), ('“', '”'), ('(', ')'), ('「', '」'), ('【', '】')];

/// Never right twice in a row.
const DOUBLED: [&str; 5] = ["级级", ",,", "、、", ";;", "《《"];

fn check(context: &RuleContext, findings: &mut Findings) {
    for binding in wording::texts(context, findings) {
        let text = words::tight(&binding.text);
        let Some(fault) = fault(&text) else { continue };
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "括号、引号应成对，文字不应重复；{} 是“{}”，{fault}。",
                    binding.cell,
                    words::shortened(&binding.text)
                ),
                format!("改正 {} 的文字。", binding.cell),
            )
            .field(binding.field.clone())
            .declared(words::shortened(&binding.text))
            .basis(&context.standard.clauses.form),
        );
    }
}

fn fault(text: &str) -> Option<String> {
    if let Some(doubled) = DOUBLED.iter().find(|doubled| text.contains(**doubled)) {
        return Some(format!("“{doubled}”重复"));
    }
    let (open, close) = PAIRS
        .into_iter()
        .find(|&(open, close)| !is_balanced(text, open, close))?;
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
