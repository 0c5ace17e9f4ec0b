//! G15: indicators, targets or weights are not those of the approved 绩效目标表.

use crate::grid::CellAddress;
use crate::model::{Indicator, IndicatorField, Severity};
use crate::reference::ApprovedTable;
use crate::rescore::assess_all;
use crate::rules::kit::approved::{self, Pairs, TargetChange};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "G15", "differs-from-approved-targets", "指标与批复的绩效目标表不一致", Error, NamedSlips }

/// Names listed in one message.
const MOST_NAMED: usize = 5;

fn check(context: &RuleContext, findings: &mut Findings) {
    let approved = context.references.and_then(|references| references.approved);
    let (Some(approved), None) = (approved, &context.table.other_part) else {
        return;
    };
    let evaluation = context.evaluation();
    let pairs = approved::pairs(evaluation, &approved.evaluation);
    let Some(header) = name_header(context) else { return };
    let (total, found) = (
        pairs.same.len() + pairs.renamed.len() + pairs.missing.len(),
        pairs.same.len() + pairs.renamed.len(),
    );
    if found * 2 < total && !pairs.added.is_empty() {
        report_another_table(findings, header, approved, (total, found));
        return;
    }
    report_missing(context, findings, header, approved, &pairs);
    report_added(context, findings, approved, &pairs);
    report_renamed(context, findings, approved, &pairs);
    report_targets(context, findings, approved, &pairs);
    report_weights(context, findings, approved, &pairs);
}

fn name_header(context: &RuleContext) -> Option<CellAddress> {
    context
        .table
        .places
        .indicator_headers
        .get(&IndicatorField::Level3)
        .copied()
}

fn name_of(row: &Indicator) -> String {
    let name = row.level3.as_ref().map_or("", |name| name.value.as_str());
    format!("“{}”", words::shortened(name))
}

fn names(approved: &ApprovedTable, rows: &[usize]) -> String {
    let named = rows.iter().take(MOST_NAMED);
    let named: Vec<String> = named
        .filter_map(|row| Some(name_of(approved.evaluation.indicators.get(*row)?)))
        .collect();
    let more = if rows.len() > MOST_NAMED { "等" } else { "" };
    format!("{}{more}", named.join("、"))
}

fn report_another_table(
    findings: &mut Findings,
    header: CellAddress,
    approved: &ApprovedTable,
    (total, found): (usize, usize),
) {
    findings.report(Finding::new(
        header,
        format!(
            "自评的指标应是批复的指标；批复的绩效目标表（{}）有 {total} 项三级指标，{header} 下只有其中 {found} 项。",
            approved.file
        ),
        "核对是不是用错了绩效目标表；没有用错的，按批复的指标重新填报。",
    ));
}

fn report_missing(
    context: &RuleContext,
    findings: &mut Findings,
    header: CellAddress,
    approved: &ApprovedTable,
    pairs: &Pairs,
) {
    if pairs.missing.is_empty() {
        return;
    }
    findings.report(
        Finding::new(
            header,
            format!(
                "批复的指标应逐项自评；{header} 下缺少批复的绩效目标表（{}）中的 {} 项：{}。",
                approved.file,
                pairs.missing.len(),
                names(approved, &pairs.missing)
            ),
            "补上缺少的指标及其完成值、得分；确经批准取消的，附调整批复。",
        )
        .basis(&context.standard.clauses.targets),
    );
}

fn report_added(context: &RuleContext, findings: &mut Findings, approved: &ApprovedTable, pairs: &Pairs) {
    for &row in &pairs.added {
        let Some(level3) = context
            .evaluation()
            .indicators
            .get(row)
            .and_then(|row| row.level3.as_ref())
        else {
            continue;
        };
        if findings.is_condemned(level3.cell) {
            continue;
        }
        findings.report(
            Finding::new(
                level3.cell,
                format!(
                    "自评的指标应是批复的指标；{} {}不在批复的绩效目标表（{}）中。",
                    level3.cell,
                    context.name(row),
                    approved.file
                ),
                "删去没有批复的指标，或改用批复的指标名称；确经批准增加的，附调整批复。",
            )
            .field(format!("indicators[{row}].level3"))
            .basis(&context.standard.clauses.targets)
            .in_series("删去没有批复的指标，或改用批复的指标名称；确经批准增加的，附调整批复。"),
        );
    }
}

fn report_renamed(context: &RuleContext, findings: &mut Findings, approved: &ApprovedTable, pairs: &Pairs) {
    for &(row, of_approved) in &pairs.renamed {
        let level3 = context
            .evaluation()
            .indicators
            .get(row)
            .and_then(|row| row.level3.as_ref());
        let (Some(level3), Some(other)) = (level3, approved.evaluation.indicators.get(of_approved)) else {
            continue;
        };
        let expected = other.level3.as_ref().map_or("", |name| name.value.as_str());
        findings.report(
            Finding::new(
                level3.cell,
                format!(
                    "指标名称应与批复的一致；{} 填的是{}，批复的绩效目标表（{}）中同一位置、同一指标值的是{}。",
                    level3.cell,
                    context.name(row),
                    approved.file,
                    name_of(other)
                ),
                format!("{} 改用批复的名称。", level3.cell),
            )
            .severity(Severity::Warning)
            .field(format!("indicators[{row}].level3"))
            .declared(level3.value.clone())
            .expected(expected)
            .basis(&context.standard.clauses.targets),
        );
    }
}

fn report_targets(context: &RuleContext, findings: &mut Findings, approved: &ApprovedTable, pairs: &Pairs) {
    let assessments = assess_all(&approved.evaluation, context.standard);
    for &(row, of_approved) in pairs.same.iter().chain(&pairs.renamed) {
        let own = context.evaluation().indicators.get(row).zip(context.assessment(row));
        let other = approved
            .evaluation
            .indicators
            .get(of_approved)
            .zip(assessments.get(of_approved));
        let (Some(own), Some(other)) = (own, other) else {
            continue;
        };
        let (Some(target), Some(expected)) = (&own.0.target, &other.0.target) else {
            continue;
        };
        let Some(change) = approved::target_change(own, other).filter(|_| !findings.is_condemned(target.cell)) else {
            continue;
        };
        let mut finding = Finding::new(
            target.cell,
            format!(
                "指标值应与批复的一致；{}的指标值 {} 是“{}”，批复的绩效目标表（{}）是“{}”。",
                context.name(row),
                target.cell,
                words::shortened(&written(own.0)),
                approved.file,
                words::shortened(&written(other.0))
            ),
            format!("{} 按批复的指标值填写；确经批准调整的，附调整批复。", target.cell),
        )
        .field(format!("indicators[{row}].target"))
        .declared(target.text.clone())
        .expected(expected.text.clone())
        .basis(&context.standard.clauses.targets);
        if change == TargetChange::Words {
            finding = finding.severity(Severity::Info);
        }
        findings.report(finding);
    }
}

/// Returns a target with the sign and the unit of its own columns.
fn written(row: &Indicator) -> String {
    let text = |field: &Option<crate::model::Field<String>>| {
        field
            .as_ref()
            .map(|field| field.text.trim().to_owned())
            .unwrap_or_default()
    };
    let (sign, target, unit) = (text(&row.operator), text(&row.target), text(&row.measure_unit));
    let sign = if sign.chars().count() == 1 && !target.starts_with(&sign) {
        sign
    } else {
        String::new()
    };
    let unit = if target.ends_with(&unit) || unit == "/" {
        String::new()
    } else {
        unit
    };
    format!("{sign}{target}{unit}")
}

fn report_weights(context: &RuleContext, findings: &mut Findings, approved: &ApprovedTable, pairs: &Pairs) {
    let tolerance = context.standard.tolerance.weight;
    let sums = approved::sum_of_weights(context.evaluation()).zip(approved::sum_of_weights(&approved.evaluation));
    // Weights of another whole are another measure.
    if sums.is_none_or(|(one, other)| (one - other).abs() > tolerance) {
        return;
    }
    for &(row, of_approved) in pairs.same.iter().chain(&pairs.renamed) {
        let own = context
            .evaluation()
            .indicators
            .get(row)
            .and_then(|row| row.weight.as_ref());
        let other = approved
            .evaluation
            .indicators
            .get(of_approved)
            .and_then(|row| row.weight.as_ref());
        let (Some(weight), Some(expected)) = (own, other) else {
            continue;
        };
        if (weight.value - expected.value).abs() <= tolerance || findings.is_condemned(weight.cell) {
            continue;
        }
        findings.report(
            Finding::new(
                weight.cell,
                format!(
                    "分值应与批复的一致；{}的分值 {} 是 {}，批复的绩效目标表（{}）是 {}。",
                    context.name(row),
                    weight.cell,
                    plain(weight.value),
                    approved.file,
                    plain(expected.value)
                ),
                format!(
                    "{} 改为 {}，并按批复的分值重新计分。",
                    weight.cell,
                    plain(expected.value)
                ),
            )
            .field(format!("indicators[{row}].weight"))
            .figures(weight.value, expected.value)
            .basis(&context.standard.clauses.weights),
        );
    }
}
