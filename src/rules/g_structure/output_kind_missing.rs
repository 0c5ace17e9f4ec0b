//! G06: outputs by quantity only, or by quality only.

use crate::model::IndicatorField;
use crate::rules::kit::level_sums;
use crate::rules::kit::output_kinds::OutputKind;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G06", "output-kind-missing", "产出指标缺少数量或质量", Info, WeightTotals }

/// A project of fewer indicators may have one kind only.
const FEWEST: usize = 5;

/// Outputs of which one could be of the other kind.
const FEWEST_OUTPUTS: usize = 2;

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(header) = level_sums::header_of_scored(context, findings, IndicatorField::Level2, FEWEST) else {
        return;
    };
    // A 二级指标 that is missing may be the one that is looked for.
    if context.indicators().any(|(_, indicator)| indicator.level2.is_none()) {
        return;
    }
    // One output alone has one kind.
    let outputs = context.rows().filter(|(_, _, texts)| texts.output_kind.is_some());
    if outputs.count() < FEWEST_OUTPUTS {
        return;
    }
    let first = |kind: OutputKind| {
        context
            .rows()
            .find(|(_, _, texts)| texts.output_kind == Some(kind))
            .and_then(|(_, indicator, _)| indicator.level2.as_ref())
    };
    let (there, missing, why) = match (first(OutputKind::Quantity), first(OutputKind::Quality)) {
        (Some(there), None) => (there, "质量", "做得好不好"),
        (None, Some(there)) => (there, "数量", "做了多少"),
        _ => return,
    };
    findings.report(
        Finding::new(
            header,
            format!(
                "产出指标一般应同时有数量指标和质量指标；{header} 二级指标栏下有“{}”（{}），没有{missing}指标，看不出{why}。",
                there.value.trim(),
                there.cell
            ),
            format!("按批复的绩效目标补上{missing}指标及其分值；项目确实没有可考核的{missing}的，保留原样。"),
        )
        .basis("财预〔2021〕101号：产出指标一般应设置数量、质量指标，时效指标根据需要设置")
        .related([there.cell]),
    );
}
