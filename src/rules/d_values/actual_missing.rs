//! D02: an indicator that counts does not say what was achieved, and claims no points for it either.

use crate::model::IndicatorField;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D02", "actual-missing", "实际完成值未填", Error, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.has_column(IndicatorField::Actual) || (!context.is_scored() && !context.has_actuals()) {
        return;
    }
    for (row, indicator) in context.indicators() {
        if !context.counts(indicator) || words::given(indicator.actual.as_ref()).is_some() {
            continue;
        }
        // Points claimed without an actual are B21.
        if indicator.score.as_ref().is_some_and(|score| !score.value.is_zero()) {
            continue;
        }
        let Some(cell) = context.indicator_cell(row, IndicatorField::Actual) else {
            continue;
        };
        let score_cell = context.indicator_cell(row, IndicatorField::Score);
        if findings.is_condemned(cell) || findings.any_condemned([score_cell]) {
            continue;
        }
        findings.condemn(cell);
        score_cell.into_iter().for_each(|score| findings.condemn(score));
        let stands = match &indicator.actual {
            Some(actual) => format!("只填了占位符“{}”", words::shortened(&actual.text)),
            None => "没有填".to_owned(),
        };
        let scored = if score_cell.is_some() { "并据此计分" } else { "" };
        let mut finding = Finding::new(
            cell,
            format!(
                "各项指标应填实际完成值；{}的完成值（{cell}）{stands}。",
                context.name(row)
            ),
            format!("在 {cell} 填写实际完成值{scored}；没有完成的，写明完成到什么程度和原因。"),
        )
        .basis(&context.standard.clauses.targets)
        .field(format!("indicators[{row}].actual"))
        .related(score_cell);
        if let Some(actual) = &indicator.actual {
            finding = finding.declared(words::shortened(&actual.text));
        }
        findings.report(finding);
    }
}
