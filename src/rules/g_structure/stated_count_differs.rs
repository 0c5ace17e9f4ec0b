//! G16: a text of the table says how many indicators it has, and there are more or fewer.

use std::collections::BTreeSet;

use crate::model::{FieldPath, IndicatorField};
use crate::rules::kit::texts::{RowTexts, Word, any_in, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::words::contains;

rule! { "G16", "stated-count-differs", "写明的指标个数与表内行数不符", Info, MissingValues }

/// A level in words, and its column.
const LEVELS: [(&str, IndicatorField); 3] = [
    ("一级指标", IndicatorField::Level1),
    ("二级指标", IndicatorField::Level2),
    ("三级指标", IndicatorField::Level3),
];

/// Words before a count that make it one of a part of the indicators.
const PARTS: [Word; 23] = words![
    "产出", "效益", "满意", "数量", "质量", "时效", "成本", "决策", "过程", "管理", "完成", "未", "偏", "扣", "增",
    "调整", "其中", "核心", "共性", "个性", "部分", "定量", "定性",
];

/// Words after a count that make it one of what became of the indicators.
const OUTCOMES: [&str; 8] = ["完成", "达", "未", "已", "均", "得", "扣", "偏"];

fn check(context: &RuleContext, findings: &mut Findings) {
    // What was not read may be what is missing.
    if !context.table.coverage.unread.is_empty() {
        return;
    }
    for binding in context.table.bindings.of_fields(FieldPath::is_statement) {
        let text = context.folded_at(binding.cell, binding.text);
        let differing = LEVELS.iter().find_map(|(level, column)| {
            let stated = stated(&text, level)?;
            let counts = counts(context, *column)?;
            (!counts.contains(&stated)).then_some((level, column, stated, counts))
        });
        let Some((level, column, stated, counts)) = differing else {
            continue;
        };
        let Some(actual) = counts.first() else { continue };
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "写明的指标个数应与表内一致；{} 写{level}{stated}个，表内有{actual}个。",
                    binding.cell
                ),
                format!("核对 {} 的个数，或补上漏列的指标。", binding.cell),
            )
            .field(binding.field)
            .declared(stated.to_string())
            .expected(actual.to_string())
            .difference_text(stated.abs_diff(*actual).to_string())
            .related(context.table.places.indicator_headers.get(column).copied()),
        );
    }
}

/// Returns how many indicators of a level the text says there are in all.
fn stated(text: &str, level: &str) -> Option<usize> {
    if !contains(text, level) {
        return None;
    }
    text.match_indices(level).find_map(|(at, _)| {
        let before = text.get(..at)?;
        let after = text.get(at + level.len()..)?;
        count_after(before, after).or_else(|| count_before(before, after))
    })
}

/// 三级指标17个, 三级指标共计：17项.
fn count_after(before: &str, after: &str) -> Option<usize> {
    let figures = after.trim_start_matches(['共', '计', '有', '为', '设', '置', ':', '总', '数']);
    let (count, rest) = leading_number(figures)?;
    let rest = rest.strip_prefix(['个', '项', '条'])?;
    (is_of_all(before) && !says_outcome(rest)).then_some(count)
}

/// 共设置17个三级指标.
fn count_before(before: &str, after: &str) -> Option<usize> {
    let figures = before.strip_suffix(['个', '项', '条'])?;
    let start = figures.trim_end_matches(|c: char| c.is_ascii_digit());
    let (count, _) = leading_number(figures.get(start.len()..)?)?;
    (is_of_all(start) && !says_outcome(after)).then_some(count)
}

fn leading_number(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(..text.len() - rest.len())?;
    Some((digits.parse().ok()?, rest))
}

/// Returns whether nothing just before, in the same part of the sentence, narrows the count.
fn is_of_all(before: &str) -> bool {
    let start = before.rfind(['。', ';', ',', '、', '(', ':']).unwrap_or_default();
    let clause = before.get(start..).unwrap_or_default();
    !any_in(clause, &PARTS)
}

fn says_outcome(after: &str) -> bool {
    OUTCOMES.iter().any(|word| after.starts_with(word))
}

/// Returns the numbers that a text may give for a level: as many as there are, and one more where the fund block
/// carries points of its own. `None` where the form lacks the level.
fn counts(context: &RuleContext, column: IndicatorField) -> Option<Vec<usize>> {
    if !context.has_column(column) {
        return None;
    }
    let names = |of: for<'c> fn(&'c RowTexts<'_>) -> [&'c str; 2]| {
        let rows = context.rows();
        rows.map(|(_, _, texts)| of(texts)).collect::<BTreeSet<_>>().len()
    };
    let mut counts = match column {
        IndicatorField::Level1 => vec![names(|row| ["", row.level1.as_str()])],
        IndicatorField::Level2 => vec![
            names(|row| [row.level1.as_str(), row.level2.as_str()]),
            names(|row| ["", row.level2.as_str()]),
        ],
        _ => vec![
            context.evaluation().indicators.len(),
            names(|row| ["", row.level3.as_str()]),
        ],
    };
    if context.execution_weight().is_some() {
        let more: Vec<usize> = counts.iter().map(|count| count + 1).collect();
        counts.extend(more);
    }
    Some(counts)
}
