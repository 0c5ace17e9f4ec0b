//! G09: so few indicators that they cannot tell the whole, or so many that none weighs anything.

use crate::model::{IndicatorField, TableKind};
use crate::rules::kit::level_sums;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G09", "indicator-count", "指标过少或过多", Info, WeightTotals }

fn check(context: &RuleContext, findings: &mut Findings) {
    let counted = context
        .indicators()
        .filter(|(_, indicator)| RuleContext::claims_points(indicator))
        .count();
    let headers = &context.table.places.indicator_headers;
    let header = headers
        .get(&IndicatorField::Level3)
        .or_else(|| headers.get(&IndicatorField::Level1));
    let Some(&header) = header.filter(|_| context.is_scored()) else {
        return;
    };
    let standard = context.standard;
    // Only a form of 产出, 效益 and 满意度 asks for one of each; weights that do not add up may lack rows for another
    // reason.
    let is_whole = context.table.kind == TableKind::ProjectSelfEvaluation
        && level_sums::names_its_levels(context)
        && !findings.are_weights_explained()
        && !context.has_condemned_weight(findings);
    let (law, fact, way_out) = if let Some(least) = standard
        .indicators_at_least
        .filter(|least| counted < *least && is_whole)
    {
        (
            format!("项目支出自评表的计分指标一般不少于 {least} 项"),
            "产出、效益、满意度难以各有一项",
            "按批复的绩效目标补全指标。",
        )
    } else if let Some(most) = standard.indicators_at_most.filter(|most| counted > *most) {
        (
            format!("一张表的计分指标一般不超过 {most} 项"),
            "分值过于分散，重点不突出",
            "保留核心指标，合并内容相近的指标。",
        )
    } else {
        return;
    };
    findings.report(
        Finding::new(
            header,
            format!("{law}；{header} 栏下计分的有 {counted} 项，{fact}。"),
            way_out,
        )
        .declared(counted.to_string())
        .basis(&standard.clauses.targets),
    );
}
