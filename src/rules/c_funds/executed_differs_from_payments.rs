//! C16: 全年执行数 is not what the payments of the project add up to.

use rust_decimal::Decimal;

use crate::model::{Field, FundSource};
use crate::rules::kit::report_funds::Amount;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C16", "executed-differs-from-payments", "执行数与支付明细不一致", Error, Funds }

fn check(context: &RuleContext, findings: &mut Findings) {
    let payments = context.references.and_then(|references| references.payments.as_ref());
    let executed = context
        .fund_total()
        .and_then(|(row, fund)| Some((row, fund.executed.as_ref()?)));
    let (Some(payments), Some((row, executed)), Some(unit)) = (payments, executed, context.evaluation().money_unit)
    else {
        return;
    };
    let (Some(paid), Some(declared)) = (Amount::exactly(payments.yuan), Amount::of_field(context, executed)) else {
        return;
    };
    if findings.is_condemned(executed.cell) || declared.agrees(paid) || parts(context).any(|part| part.agrees(paid)) {
        return;
    }
    let Some(paid) = payments.yuan.checked_div(crate::rules::kit::amounts::yuan(unit)) else {
        return;
    };
    let unit = unit.title();
    let paid = paid.normalize();
    let word = if executed.value > paid { "多" } else { "少" };
    findings.report(
        Finding::new(
            executed.cell,
            format!(
                "全年执行数应与实际支付数一致；{} 填的是 {} {unit}，支付明细（{}）中本项目 {} 笔合计 {} {unit}，{word} {}。",
                executed.cell,
                plain(executed.value),
                payments.file,
                payments.lines,
                plain(paid),
                plain((executed.value - paid).abs())
            ),
            format!(
                "按支付明细核对 {}；有不在明细中的支出（单位自有资金、往来核销等）的，另附说明。",
                executed.cell
            ),
        )
        .field(format!("funds[{row}].executed"))
        .figures(executed.value, paid)
        .basis("执行数按国库集中支付形成的实际支出填列，与支付、决算数据核对"),
    );
}

/// Returns what of the total may be paid through the treasury alone: single sources, and all that is not the unit's
/// own money.
fn parts(context: &RuleContext) -> impl Iterator<Item = Amount> {
    let is_part = |source: FundSource| source != FundSource::Total;
    let fields: Vec<&Field<Decimal>> = context
        .funds()
        .filter(|(_, fund)| is_part(fund.source) && !is_own_money(fund.source))
        .filter_map(|(_, fund)| fund.executed.as_ref())
        .collect();
    let single: Vec<Amount> = fields
        .iter()
        .filter_map(|field| Amount::of_field(context, field))
        .collect();
    let own = context.funds().filter(|(_, fund)| is_own_money(fund.source));
    let own = own.filter_map(|(_, fund)| Amount::of_field(context, fund.executed.as_ref()?));
    let total = context
        .fund_total()
        .and_then(|(_, fund)| Amount::of_field(context, fund.executed.as_ref()?));
    let public = total.and_then(|total| own.into_iter().try_fold(total, Amount::minus));
    single.into_iter().chain(public)
}

const fn is_own_money(source: FundSource) -> bool {
    matches!(
        source,
        FundSource::Unit | FundSource::Other | FundSource::SpecialAccount
    )
}
