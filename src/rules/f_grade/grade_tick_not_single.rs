//! F04: the line of grade boxes has no tick or several.

use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "F04", "grade-tick-not-single", "评价等次没有勾选或勾选多个", Error, Grade }

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
            Some(grade) => format!("按复算总分勾选“{}”，其余不勾。", grade.title()),
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
