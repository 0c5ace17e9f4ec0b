//! J04: a rate of the report is not what its amounts give, or not the table's.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::FundRow;
use crate::model::measure::Measure;
use crate::prose::{Claim, ClaimKind, RateKind};
use crate::rules::kit::report_funds::{Amount, in_paragraph, parts_of_rate, whole_claims, whole_row};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_numbers::{agree, printed};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "J04", "report-rate-differs", "报告的比率算得不对或与表不一致", Error, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let amounts = whole_claims(context, report, |kind| matches!(kind, ClaimKind::Amount(_)));
    let rates = whole_claims(context, report, |kind| matches!(kind, ClaimKind::Rate(_)));
    // One that follows the parts of a fund may be said of the whole: only that it agrees can be told.
    for (index, claim) in report.comparable(|kind| matches!(kind, ClaimKind::Rate(_))) {
        let (ClaimKind::Rate(kind), Some(number)) = (claim.kind, claim.number()) else {
            continue;
        };
        let is_whole = rates.iter().any(|(known, _)| *known == index);
        if let Some(known) = by_table(context, kind)
            .iter()
            .find(|known| !is_whole && known.fits(number))
        {
            findings.compared(index, known.cell, true);
        }
    }
    for (index, claim) in rates {
        let ClaimKind::Rate(kind) = claim.kind else { continue };
        let Some((value, decimals)) = claim.number() else {
            continue;
        };
        let number = (value, decimals);
        let own = by_paragraph(&amounts, claim, kind);
        let in_table = by_table(context, kind);
        let fits = |known: &Known| known.fits(number);
        let of_paragraph: Vec<&Known> = own.iter().collect();
        let Some(cell) = in_table.first().map(|known| known.cell).or_else(|| fund_cell(context)) else {
            continue;
        };
        // The paragraph's own amounts come first: they are what the sentence itself claims.
        let agrees = if of_paragraph.is_empty() {
            in_table.is_empty() || in_table.iter().any(fits)
        } else {
            own.iter().any(fits)
        };
        if of_paragraph.is_empty() && in_table.is_empty() {
            continue;
        }
        // An amount of the paragraph that is wrong already explains why it does not give this rate.
        let paragraph = report
            .part
            .text
            .paragraphs
            .get(claim.place.paragraph)
            .map(|paragraph| paragraph.number);
        let agrees = agrees || (in_table.iter().any(fits) && findings.is_quoted("J03", paragraph));
        findings.compared(index, cell, agrees);
        if agrees || findings.any_condemned([Some(cell)]) {
            continue;
        }
        report_finding(
            report,
            (claim, number),
            cell,
            own.first().or_else(|| in_table.first()),
            findings,
        );
    }
}

fn report_finding(
    report: &ReportMatch<'_>,
    (claim, number): (&Claim, (Decimal, u32)),
    cell: CellAddress,
    expected: Option<&Known>,
    findings: &mut Findings,
) {
    let Some(expected) = expected else { return };
    let shown = words::percent(
        expected
            .percent
            .checked_div(Decimal::ONE_HUNDRED)
            .unwrap_or_default()
            .round_dp(6),
    );
    let place = claim.place;
    let written = report.part.text.slice(place.paragraph, place.near, place.end);
    findings.report(
        Finding::new(
            cell,
            format!(
                "报告的比率应等于两个金额相除，并与表一致；报告写“{}”，{} {shown}（{cell}）。",
                words::shortened(written),
                expected.how
            ),
            format!("核对金额；金额无误的，改为 {shown}。"),
        )
        .declared(format!("{}%", plain(number.0)))
        .expected(shown)
        .basis(BASIS)
        .quote(report.quote(claim)),
    );
}

/// A rate that is known, in percent.
struct Known {
    percent: Decimal,
    decimals: u32,
    cell: CellAddress,
    how: String,
}

impl Known {
    fn fits(&self, number: (Decimal, u32)) -> bool {
        agree(number, (self.percent, self.decimals))
    }
}

/// Many digits: a recomputed rate is as exact as it can be.
const EXACT: u32 = 12;

fn by_paragraph(amounts: &[(usize, &Claim)], claim: &Claim, kind: RateKind) -> Vec<Known> {
    let (part, wholes) = parts_of_rate(kind);
    let paragraph = claim.place.paragraph;
    let Some((part, _)) = in_paragraph(amounts, paragraph, part) else {
        return Vec::new();
    };
    wholes
        .iter()
        .filter_map(|whole| {
            let (whole, _) = in_paragraph(amounts, paragraph, *whole)?;
            let percent = part.yuan.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.yuan)?;
            Some(Known {
                percent,
                decimals: EXACT,
                cell: CellAddress::new(0, 0),
                how: "按同一段的两个金额复算为".to_owned(),
            })
        })
        .collect()
}

fn by_table(context: &RuleContext, kind: RateKind) -> Vec<Known> {
    let mut known = Vec::new();
    if kind == RateKind::Execution
        && let Some(row) = whole_row(context)
    {
        known.extend(of_row(context, row));
    }
    let name = match kind {
        RateKind::Arrival => "到位率",
        RateKind::Execution => "执行率",
    };
    for (row, indicator) in context.indicators() {
        let is_named = indicator
            .level3
            .as_ref()
            .is_some_and(|level3| crate::rules::kit::report_naming::plain_name(&level3.value).ends_with(name));
        if let (true, Some(actual)) = (is_named, indicator.actual.as_ref())
            && let Some(percent) = percent_of(&actual.value)
        {
            known.push(Known {
                percent,
                decimals: percent.normalize().scale(),
                cell: actual.cell,
                how: format!("表中{}是", context.name(row)),
            });
        }
    }
    known
}

/// Returns the percentage that a 完成值 gives; one without a sign is a ratio only where it can be no percentage.
fn percent_of(text: &str) -> Option<Decimal> {
    let measure = Measure::parse(text);
    let quantity = measure.quantity()?;
    if text.contains(['%', '％']) || quantity.value > Decimal::ONE {
        return Some(quantity.value);
    }
    Some(quantity.value.saturating_mul(Decimal::ONE_HUNDRED))
}

fn of_row(context: &RuleContext, row: &FundRow) -> Vec<Known> {
    let mut known = Vec::new();
    if let Some(rate) = &row.execution_rate {
        let (value, decimals) = printed(rate);
        known.push(Known {
            percent: value.saturating_mul(Decimal::ONE_HUNDRED),
            decimals: decimals.saturating_sub(2),
            cell: rate.cell,
            how: "表中执行率是".to_owned(),
        });
    }
    let executed = row.executed.as_ref().and_then(|field| Amount::of_field(context, field));
    for field in [&row.annual_budget, &row.initial_budget].into_iter().flatten() {
        let budget = Amount::of_field(context, field);
        if let (Some(executed), Some(budget)) = (executed, budget)
            && let Some(ratio) = executed.yuan.checked_div(budget.yuan)
        {
            known.push(Known {
                percent: ratio.saturating_mul(Decimal::ONE_HUNDRED),
                decimals: EXACT,
                cell: field.cell,
                how: "按表中的金额复算为".to_owned(),
            });
        }
    }
    known
}

fn fund_cell(context: &RuleContext) -> Option<CellAddress> {
    let row = whole_row(context)?;
    let field = row
        .execution_rate
        .as_ref()
        .or(row.executed.as_ref())
        .or(row.annual_budget.as_ref())?;
    Some(field.cell)
}
