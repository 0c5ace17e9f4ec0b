//! A18: a scored table without a total row.

use crate::model::IndicatorField;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A18", "total-missing", "没有总分", Warning, TotalScore }

/// With fewer scores the table is hardly a whole one.
const FEWEST_SCORES: usize = 3;

fn check(context: &RuleContext, findings: &mut Findings) {
    let scores = context.indicators().filter(|(_, row)| row.score.is_some()).count();
    let declares = context.evaluation().total.as_ref();
    let declares = declares.is_some_and(|total| total.score.is_some() || total.weight.is_some());
    if declares || scores < FEWEST_SCORES || context.table.places.total.is_some() || context.table.other_part.is_some()
    {
        return;
    }
    let Some(&header) = context.table.places.indicator_headers.get(&IndicatorField::Score) else {
        return;
    };
    let sum = context.rescoring.sum_of_scores;
    let sum = sum.map_or_else(String::new, |sum| format!("，各项相加为 {}", plain(sum)));
    findings.report(
        Finding::new(
            header,
            format!("自评表应有总分；得分（{header} 一栏）有 {scores} 项，没有总分一行{sum}，等次和汇总无从核对。"),
            "在指标之后补上总分一行，填写分值合计和得分合计。",
        )
        .basis(&context.standard.clauses.total),
    );
}
