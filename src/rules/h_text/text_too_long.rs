//! H04: texts longer than the form or the system takes.

use crate::model::{Field, LineKind};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H04", "text-too-long", "文字超过规定字数", Info, MissingValues }

/// Where a limit that stands in the label comes from.
const OWN_LABEL: &str = "表内填写要求";

/// The list, the index in it and the name of a field.
type Path = (&'static str, usize, &'static str);

fn check(context: &RuleContext, findings: &mut Findings) {
    let limits = &context.standard.text_length;
    let evaluation = context.evaluation();
    let mut fields: Vec<(&Field<String>, Path, Option<usize>)> = Vec::new();
    for (index, goal) in evaluation.goals.iter().enumerate() {
        for (field, leaf) in [(&goal.expected, "expected"), (&goal.actual, "actual")] {
            fields.extend(field.iter().map(|field| (field, ("goals", index, leaf), limits.goal)));
        }
    }
    for (row, indicator) in context.indicators() {
        for (field, leaf, limit) in [
            (&indicator.target, "target", limits.target),
            (&indicator.actual, "actual", limits.actual),
        ] {
            fields.extend(field.iter().map(|field| (field, ("indicators", row, leaf), limit)));
        }
    }
    for (field, (list, index, leaf), limit) in fields {
        // No character takes less than one byte.
        if limit.is_none_or(|limit| field.value.len() <= limit) {
            continue;
        }
        let length = length(&field.value);
        let Some(limit) = limit.filter(|limit| length > *limit && !findings.is_explained(field.cell)) else {
            continue;
        };
        findings.report(
            Finding::new(
                field.cell,
                format!("这一栏最多填 {limit} 字；{} 有 {length} 字。", field.cell),
                format!("把 {} 压缩到 {limit} 字以内。", field.cell),
            )
            .field(format!("{list}[{index}].{leaf}"))
            .declared(length.to_string())
            .expected(limit.to_string())
            .basis(&limits.source),
        );
    }
    answers(context, findings);
}

/// Answers to labels that say how long they may be: `评价结论（200字以内）`.
fn answers(context: &RuleContext, findings: &mut Findings) {
    for line in &context.table.places.lines {
        let (LineKind::Conclusion, Some(cell)) = (line.kind, line.value) else {
            continue;
        };
        let label = if cell == line.cell {
            None
        } else {
            Some(line.label.as_str())
        };
        let binding = context.binding_at(cell);
        let (Some(limit), Some(binding)) = (label.and_then(limit_in), binding) else {
            continue;
        };
        let length = length(binding.text);
        if length <= limit {
            continue;
        }
        findings.report(
            Finding::new(
                cell,
                format!(
                    "“{}”最多填 {limit} 字；{cell} 有 {length} 字。",
                    words::shortened(&line.label)
                ),
                format!("把 {cell} 压缩到 {limit} 字以内。"),
            )
            .field(binding.field)
            .declared(length.to_string())
            .expected(limit.to_string())
            .basis(OWN_LABEL)
            .related([line.cell]),
        );
    }
}

fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Returns the number before 字 in a label: `200字以内`, `限100字`.
fn limit_in(label: &str) -> Option<usize> {
    let label = words::tight(label);
    let (before, _) = label.split_once('字')?;
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let limit: usize = before.get(before.len() - digits..)?.parse().ok()?;
    (limit >= 10).then_some(limit)
}
