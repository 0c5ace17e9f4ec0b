//! J03: an amount of the report is not the fund block's, or the report's own amounts do not add up.

use crate::grid::CellAddress;
use crate::model::{Field, FundRow};
use crate::prose::{AmountKind, Claim, ClaimKind};
use crate::rules::kit::report_funds::{Amount, AmountOf, MoneyClaim, columns, in_paragraph, money_claims, whole_row};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_sources::Source;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;
use rust_decimal::Decimal;

rule! { "J03", "report-amount-differs", "报告金额与表不一致", Error, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let Some(row) = whole_row(context).filter(|_| context.evaluation().money_unit.is_some()) else {
        return;
    };
    let money = money_claims(context, report);
    let whole: Vec<(usize, &Claim)> = money
        .iter()
        .filter(|money| money.of == AmountOf::Whole)
        .map(|money| (money.index, money.claim))
        .collect();
    for said in &money {
        let (ClaimKind::Amount(kind), Some(amount)) = (said.kind, Amount::of(said.claim)) else {
            continue;
        };
        match (kind, said.of) {
            (AmountKind::Balance, AmountOf::Whole) => {
                balance(context, report, row, &whole, (said.index, said.claim, amount), findings);
            }
            (AmountKind::Balance, AmountOf::Source(_)) => {}
            (_, AmountOf::Source(Source::Row(row))) => {
                let Some(row) = context.evaluation().funds.get(row) else {
                    continue;
                };
                let claim = (said.index, said.claim, amount, kind);
                // 基本支出 may be what was meant or what was done: its name decides nothing.
                let is_any = [AmountKind::Budget, AmountKind::Executed].into_iter().any(|kind| {
                    agrees_in(
                        context,
                        std::slice::from_ref(row),
                        (said.index, said.claim, amount, kind),
                        findings,
                    )
                });
                if !is_any && is_told_once(&money, said) {
                    against_row(context, report, row, claim, findings);
                }
            }
            (_, AmountOf::Whole) => {
                against_row(context, report, row, (said.index, said.claim, amount, kind), findings);
            }
            (_, AmountOf::Source(source)) => {
                let is_told_once = is_told_once(&money, said);
                let rows: Vec<&FundRow> = context
                    .evaluation()
                    .funds
                    .iter()
                    .filter(|row| source.is_of(row))
                    .collect();
                let claim = (said.index, said.claim, amount, kind);
                // Of two rows, or of two amounts from one source, none can be told to be the one.
                match rows.as_slice() {
                    [only] if is_told_once => against_row(context, report, only, claim, findings),
                    _ => {
                        agrees_anywhere(context, claim, findings);
                    }
                }
            }
        }
    }
}

/// Returns whether no other amount of the paragraph is said of the same source in the same way.
fn is_told_once(money: &[MoneyClaim<'_>], said: &MoneyClaim<'_>) -> bool {
    let amount = Amount::of(said.claim);
    money.iter().all(|other| {
        other.index == said.index
            || other.of != said.of
            || other.kind != said.kind
            || other.claim.place.paragraph != said.claim.place.paragraph
            || matches!((Amount::of(other.claim), amount), (Some(one), Some(two)) if one.agrees(two))
    })
}

/// Notes that an amount is one of the fund block's; returns whether it is.
fn agrees_anywhere(context: &RuleContext, claim: (usize, &Claim, Amount, AmountKind), findings: &mut Findings) -> bool {
    agrees_in(context, &context.evaluation().funds, claim, findings)
}

/// The same for some rows of it.
fn agrees_in(
    context: &RuleContext,
    rows: &[FundRow],
    (index, _, amount, kind): (usize, &Claim, Amount, AmountKind),
    findings: &mut Findings,
) -> bool {
    let agrees = |field: &&Field<Decimal>| Amount::of_field(context, field).is_some_and(|known| known.agrees(amount));
    let found = rows.iter().flat_map(|row| columns(row, kind)).find(agrees);
    if let Some(field) = found {
        findings.compared(index, field.cell, true);
    }
    found.is_some()
}

fn against_row(
    context: &RuleContext,
    report: &ReportMatch<'_>,
    row: &FundRow,
    (index, claim, amount, kind): (usize, &Claim, Amount, AmountKind),
    findings: &mut Findings,
) {
    let fields: Vec<&Field<Decimal>> = columns(row, kind).collect();
    let agrees = |field: &&Field<Decimal>| Amount::of_field(context, field).is_some_and(|known| known.agrees(amount));
    if let Some(field) = fields.iter().copied().find(|field| agrees(field)) {
        findings.compared(index, field.cell, true);
        return;
    }
    // What arrived has no column of its own; and an amount of one source is no error.
    if agrees_anywhere(context, (index, claim, amount, kind), findings) {
        return;
    }
    let Some(field) = fields.first().filter(|_| kind != AmountKind::Arrived) else {
        return;
    };
    if findings.any_condemned([Some(field.cell)]) {
        return;
    }
    findings.compared(index, field.cell, false);
    let others: Vec<CellAddress> = fields.iter().skip(1).map(|field| field.cell).collect();
    let slip = Amount::of_field(context, field).is_some_and(|known| known.is_unit_slip(amount));
    let hint = if slip {
        "两者恰好相差一万倍或一亿倍，可能是金额单位写错"
    } else {
        ""
    };
    let hint = if hint.is_empty() {
        String::new()
    } else {
        format!("；{hint}")
    };
    let unit = context
        .evaluation()
        .money_unit
        .map_or("", crate::model::MoneyUnit::title);
    let listed: Vec<String> = fields
        .iter()
        .map(|field| format!("{} 是 {}{unit}", field.cell, plain(field.value)))
        .collect();
    findings.report(
        Finding::new(
            field.cell,
            format!(
                "报告的{}应与表中资金一致；报告写“{}”，表中 {}{hint}。",
                kind.title(),
                report.shown(claim),
                listed.join("、")
            ),
            "核对原始凭证，把报告和表改成一致。",
        )
        .field(format!("funds.{}", field_name(row, field)))
        .declared(report.shown(claim))
        .expected(format!("{}{unit}", plain(field.value)))
        .related(others)
        .basis(BASIS)
        .quote(report.quote(claim)),
    );
}

fn field_name(row: &FundRow, field: &Field<Decimal>) -> &'static str {
    let is = |own: &Option<Field<Decimal>>| own.as_ref().is_some_and(|own| own.cell == field.cell);
    if is(&row.executed) {
        "executed"
    } else if is(&row.annual_budget) {
        "annual_budget"
    } else {
        "initial_budget"
    }
}

/// 结余 should be what was there less what was spent, by the paragraph's own amounts or by the table's.
fn balance(
    context: &RuleContext,
    report: &ReportMatch<'_>,
    row: &FundRow,
    claims: &[(usize, &Claim)],
    (index, claim, amount): (usize, &Claim, Amount),
    findings: &mut Findings,
) {
    let Some(executed_cell) = row.executed.as_ref() else {
        return;
    };
    let own = |kind| in_paragraph(claims, claim.place.paragraph, kind).map(|(amount, _)| amount);
    let of = |field: &Option<Field<Decimal>>| field.as_ref().and_then(|field| Amount::of_field(context, field));
    let spent = [own(AmountKind::Executed), of(&row.executed)];
    let had = [
        own(AmountKind::Arrived),
        own(AmountKind::Budget),
        of(&row.annual_budget),
        of(&row.initial_budget),
    ];
    let mut expected: Vec<Amount> = Vec::new();
    for spent in spent.into_iter().flatten() {
        expected.extend(had.iter().flatten().filter_map(|had| had.minus(spent)));
    }
    let Some(first) = expected.first().copied() else { return };
    let agrees = expected.iter().any(|known| known.agrees(amount));
    findings.compared(index, executed_cell.cell, agrees);
    if agrees || findings.any_condemned([Some(executed_cell.cell)]) {
        return;
    }
    let unit = context.evaluation().money_unit;
    let shown = unit.map_or_else(String::new, |unit| {
        let value = first
            .yuan
            .checked_div(crate::rules::kit::amounts::yuan(unit))
            .unwrap_or_default();
        format!("{}{}", plain(value), unit.title())
    });
    findings.report(
        Finding::new(
            executed_cell.cell,
            format!(
                "结余应等于到位（或预算）减支出；报告写“{}”，按报告和表（{}）复算为 {shown}。",
                words::shortened(
                    report
                        .part
                        .text
                        .slice(claim.place.paragraph, claim.place.near, claim.place.end)
                ),
                executed_cell.cell
            ),
            "核对到位、支出和结余，把报告和表改成一致。",
        )
        .field("funds.executed")
        .declared(report.shown(claim))
        .expected(shown)
        .basis(BASIS)
        .quote(report.quote(claim)),
    );
}
