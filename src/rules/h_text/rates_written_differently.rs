//! H12: one column writes its rates in more than one way: 100 beside 100%, or 0.95 beside 95%.

use crate::grid::CellAddress;
use crate::model::{FieldPath, FundField, IndicatorField};
use crate::rules::kit::{rates, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H12", "rates-written-differently", "同一栏的百分率写法不一", Info, NamedSlips }

/// A rate in a column.
struct Written<'a> {
    cell: CellAddress,
    field: FieldPath,
    text: &'a str,
}

fn check(context: &RuleContext, findings: &mut Findings) {
    // Where the form has a column of units, the figures stand without theirs.
    if !context.has_column(IndicatorField::MeasureUnit) {
        for column in [IndicatorField::Target, IndicatorField::Actual] {
            let header = context.table.places.indicator_headers.get(&column).copied();
            column_of_rates(
                context,
                findings,
                header,
                indicator_rates(context, column),
                column.title(),
            );
        }
    }
    let header = context
        .table
        .places
        .fund_headers
        .get(&FundField::ExecutionRate)
        .copied();
    column_of_rates(context, findings, header, fund_rates(context), "执行率");
}

fn indicator_rates<'a>(context: &RuleContext<'a>, column: IndicatorField) -> Vec<Written<'a>> {
    context
        .indicators()
        .filter(|(_, indicator)| {
            let name = indicator.level3.as_ref().map_or("", |name| name.value.as_str());
            rates::is_rate(name) && !words::tight(name).contains('%')
        })
        .filter_map(|(row, indicator)| {
            let field = match column {
                IndicatorField::Target => &indicator.target,
                _ => &indicator.actual,
            };
            field.as_ref().map(|field| Written {
                cell: field.cell,
                field: FieldPath::indicator(row, column),
                text: &field.text,
            })
        })
        .collect()
}

fn fund_rates<'a>(context: &RuleContext<'a>) -> Vec<Written<'a>> {
    context
        .funds()
        .filter_map(|(row, fund)| {
            fund.execution_rate.as_ref().map(|rate| Written {
                cell: rate.cell,
                field: FieldPath::fund(row, FundField::ExecutionRate),
                text: &rate.text,
            })
        })
        .collect()
}

fn column_of_rates(
    context: &RuleContext,
    findings: &mut Findings,
    header: Option<CellAddress>,
    rates: Vec<Written<'_>>,
    title: &str,
) {
    let says_percent = context
        .table
        .columns
        .iter()
        .any(|column| Some(column.cell) == header && words::tight(&column.header).contains('%'));
    if says_percent {
        return;
    }
    let percent = rates.iter().find(|rate| words::tight(rate.text).ends_with('%'));
    let Some(percent) = percent else { return };
    let bare: Vec<&Written> = rates
        .iter()
        .filter(|rate| is_bare(rate.text) && !findings.is_condemned(rate.cell))
        .collect();
    let Some(first) = bare.first() else { return };
    let places: Vec<CellAddress> = bare.iter().map(|rate| rate.cell).collect();
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "同一栏的百分率应写成一样；{title}栏里 {} 写的是“{}”，{} 却写成“{}”，没有百分号的{}。",
                percent.cell,
                words::shortened(percent.text),
                first.cell,
                words::shortened(first.text),
                words::count_of(&places)
            ),
            format!("把 {} 写成带百分号的百分率。", words::cells(&places)),
        )
        .field(first.field)
        .declared(words::shortened(first.text))
        .basis(&context.standard.clauses.form)
        .related(places.iter().copied().chain([percent.cell])),
    );
}

/// Returns a figure without a unit, with or without a sign before it; 0 is the same in every notation.
fn is_bare(text: &str) -> bool {
    let text = words::tight(text);
    let figure = text.trim_start_matches(['≥', '≤', '=', '>', '<', '≧', '≦']);
    figure.chars().all(|c| c.is_ascii_digit() || c == '.') && figure.chars().any(|c| matches!(c, '1'..='9'))
}
