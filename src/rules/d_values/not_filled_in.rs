//! D23: the form was sent back without a single result.

use crate::model::{IndicatorField, TableKind};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D23", "not-filled-in", "自评表没有填写", Error, Form }

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.is_not_filled_in() {
        return;
    }
    let header = context.table.places.indicator_headers.get(&IndicatorField::Actual);
    let score = context.table.places.indicator_headers.get(&IndicatorField::Score);
    let Some(&cell) = header else { return };
    let stands = if context.is_scored() || context.has_actuals() {
        "只有 0"
    } else {
        "是空的"
    };
    let fact = match context.evaluation().indicators.len() {
        0 => format!("一项指标也没有填（{cell} 一栏）"),
        count => format!("{count} 项指标的完成值（{cell} 一栏）和得分全部{stands}"),
    };
    let title = match context.table.kind {
        TableKind::DepartmentEvaluation => "评价表",
        _ => "自评表",
    };
    findings.report(
        Finding::new(
            cell,
            format!("{title}应填写各项指标的实际完成值和得分；{fact}，像是没有填写就报上来了。"),
            "退回填写；确实一项也没有完成的，写明完成到什么程度和原因。",
        )
        .basis(&context.standard.clauses.form)
        .related(score.copied()),
    );
    findings.close();
}
