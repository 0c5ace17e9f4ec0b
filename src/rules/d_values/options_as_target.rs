//! D26: the options to choose from were left in as the target.

use crate::model::measure::MeasureKind;
use crate::rules::kit::{placeholders, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D26", "options-as-target", "指标值是一组选项", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    let mut rows = context.indicators().filter_map(|(row, indicator)| {
        let target = indicator.target.as_ref()?;
        let is_scale = matches!(context.assessment(row)?.target.kind, MeasureKind::Scale { .. });
        let is_choice = is_scale || placeholders::is_choice(&context.texts(row).target);
        (is_choice && context.counts(indicator) && !findings.is_condemned(target.cell)).then_some((row, target))
    });
    let Some((row, first)) = rows.next() else { return };
    let others: Vec<_> = rows.map(|(_, target)| target.cell).collect();
    let count = others.len() + 1;
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "指标值应写明要达到哪一档；{}的指标值（{}）是一组选项“{}”，没有说要达到哪一个（这样的共 {count} 项）。",
                context.name(row),
                first.cell,
                words::shortened(&first.text)
            ),
            "写明要达到的一档，如“优”；能量化的写成数量。",
        )
        .field(format!("indicators[{row}].target"))
        .declared(words::shortened(&first.text))
        .basis(&context.standard.clauses.targets)
        .related(others),
    );
}
