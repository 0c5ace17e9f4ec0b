//! H15: the table was filled in before the year it evaluates was over.

use crate::model::TableKind;
use crate::model::measure::{Measure, MeasureKind};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H15", "filled-in-before-year-end", "填报日期早于评价年度年底", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    let evaluation = context.evaluation();
    let Some(year) = &evaluation.year else { return };
    let is_annual = !matches!(context.table.kind, TableKind::Other);
    let is_monitoring = evaluation.title.as_ref().is_some_and(|title| {
        ["监控", "中期", "半年", "季度"]
            .iter()
            .any(|word| title.value.contains(word))
    });
    if !context.table.places.year_is_explicit || !is_annual || is_monitoring || !context.is_scored() {
        return;
    }
    for (index, signature) in evaluation.signatures.iter().enumerate() {
        let Some(value) = &signature.value else { continue };
        let is_date = ["填报日期", "填表日期", "填报时间", "填表时间", "填写日期"]
            .iter()
            .any(|label| words::tight(&signature.label).contains(label));
        if !is_date || findings.is_condemned(value.cell) {
            continue;
        }
        let MeasureKind::Date(date) = Measure::parse(&value.value).kind else {
            continue;
        };
        // December of the year itself is near enough; a date without its year cannot be placed.
        let Some((_, last)) = date.span(None) else { continue };
        if last.year > year.value || (last.year == year.value && last.month == 12) {
            continue;
        }
        findings.report(
            Finding::new(
                value.cell,
                format!(
                    "自评应在年度结束后进行；本表评价 {} 年度（{}），{}（{}）是 {last}。",
                    year.value,
                    year.cell,
                    words::shortened(&signature.label),
                    value.cell
                ),
                format!("核对 {} 的日期和评价年度。", value.cell),
            )
            .field(format!("signatures[{index}].value"))
            .declared(words::shortened(&value.text))
            .basis(&context.standard.clauses.form)
            .related([year.cell]),
        );
    }
}
