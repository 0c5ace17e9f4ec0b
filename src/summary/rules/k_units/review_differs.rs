//! K09: self-evaluation and review, or the department's evaluation, are far apart.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::TableKind;
use crate::summary::SummaryError;
use crate::summary::names::described;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K09", "review-differs", "自评与复核相差较大", Warning, Batch }

/// Points that reviewers may differ by.
const MOST_POINTS: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut evaluated: BTreeMap<(u64, Option<i32>), usize> = BTreeMap::new();
    for (position, brief) in context.tables.briefs().iter().enumerate() {
        if brief.kind == TableKind::DepartmentEvaluation && brief.project != 0 {
            evaluated.entry((brief.project, brief.year)).or_insert(position);
        }
    }
    for (row, brief) in context.tables.rows().zip(context.tables.briefs()) {
        let row = &row?;
        if let Some((declared, review)) = row.reviewed_declared.zip(row.review_score) {
            let distance = declared.checked_sub(review).unwrap_or_default().abs();
            if distance > MOST_POINTS {
                findings.report(
                    CrossFinding::at(
                        row,
                        format!(
                            "自评与复核应大致相符；{}复核过的指标自评合计 {} 分，复核合计 {} 分，相差 {} 分。",
                            described(row),
                            plain(declared),
                            plain(review),
                            plain(distance)
                        ),
                        "请逐项核对扣分依据，以复核结果为准的请单位更正自评。",
                    )
                    .asks_unit("请逐项核对扣分依据，自评有误的予以更正，无误的说明理由。")
                    .measure(format!("相差 {} 分", plain(distance))),
                );
            }
        }
        let is_self = matches!(
            row.kind,
            TableKind::ProjectSelfEvaluation | TableKind::TransferSelfEvaluation
        );
        let other = evaluated.get(&(brief.project, brief.year)).filter(|_| is_self);
        let Some(other) = other.map(|other| context.tables.row(*other)).transpose()?.flatten() else {
            continue;
        };
        let Some((declared, evaluated)) = row.declared_score.zip(other.declared_score) else {
            continue;
        };
        let distance = declared.checked_sub(evaluated).unwrap_or_default().abs();
        let grades = row.declared_grade.zip(other.declared_grade);
        let grade_change = grades.filter(|(one, other)| one != other);
        if distance <= MOST_POINTS && grade_change.is_none() {
            continue;
        }
        let change = grade_change.map_or_else(String::new, |(one, other)| {
            format!("，等次由“{}”变为“{}”", one.title(), other.title())
        });
        findings.report(
            CrossFinding::at(
                row,
                format!(
                    "自评与部门（财政）评价应大致相符；{}自评 {} 分，评价 {} 分{change}。",
                    described(row),
                    plain(declared),
                    plain(evaluated)
                ),
                "请核对两张表的扣分依据，并在结果应用时以评价结果为准。",
            )
            .asks_unit("请核对两张表的扣分依据，自评有误的予以更正，无误的说明理由。")
            .related(vec![other.file])
            .measure(format!("相差 {} 分{change}", plain(distance))),
        );
    }
    Ok(())
}
