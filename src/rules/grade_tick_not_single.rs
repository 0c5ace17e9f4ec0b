//! F04: the line of grade boxes has no tick or several.

use super::{Finding, Findings, Rule, RuleContext, Stage, words};
use crate::model::Severity;

/// F04.
pub const RULE: Rule = Rule {
    code: "F04",
    slug: "grade-tick-not-single",
    title: "评价等次没有勾选或勾选多个",
    severity: Severity::Error,
    stage: Stage::Grade,
    page: include_str!("grade-tick-not-single.md"),
    check,
};

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(place) = context.table.places.grade.as_ref().filter(|place| place.is_tick_line) else {
        return;
    };
    // An unticked line in a form without scores has not been filled in yet.
    if place.ticked.len() == 1 || (place.ticked.is_empty() && !context.is_scored()) {
        return;
    }
    let grades: Vec<&str> = place.ticked.iter().map(|grade| grade.title()).collect();
    let stands = if grades.is_empty() {
        "一个也没有勾选".to_owned()
    } else {
        format!("勾选了 {} 个（{}）", grades.len(), grades.join("、"))
    };
    let mut finding = Finding::new(
        place.cell,
        format!("评价等次应当且只能勾选一个；{}{stands}。", place.cell),
        match context.rescoring.rescored_grade {
            Some(grade) => format!("按重新计算的总分勾选“{}”，其余不勾。", grade.title()),
            None => "按总分勾选一个等次，其余不勾。".to_owned(),
        },
    )
    .field("grade")
    .declared(words::shortened(&place.text))
    .basis(&context.standard.clauses.grades);
    if let Some(grade) = context.rescoring.rescored_grade {
        finding = finding.expected(grade.title());
    }
    findings.condemn(place.cell);
    findings.report(finding);
}
