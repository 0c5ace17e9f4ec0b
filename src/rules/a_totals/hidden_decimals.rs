//! A15: scores hold more decimals than they show, so that the sum of what is shown is not the total shown.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{ExecutionScorePlace, Field};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A15", "hidden-decimals", "显示的得分相加不等于显示的总分", Info, TotalScore }

fn check(context: &RuleContext, findings: &mut Findings) {
    let total = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.score.as_ref());
    let (Some(total), Some(sum)) = (total, context.rescoring.sum_of_scores) else {
        return;
    };
    let tolerance = context.standard.tolerance.score;
    // A total that is not the sum of the stored scores is A01's.
    if findings.is_condemned(total.cell) || total.value.saturating_sub(sum).abs() > tolerance {
        return;
    }
    let fund = match context.rescoring.execution_score {
        ExecutionScorePlace::Inside => context.execution_row().and_then(|(_, fund)| fund.score.as_ref()),
        ExecutionScorePlace::Outside | ExecutionScorePlace::Absent => None,
    };
    let scores = context
        .evaluation()
        .indicators
        .iter()
        .filter_map(|row| row.score.as_ref());
    let mut shown_sum = sum;
    let mut hiding: Vec<CellAddress> = Vec::new();
    for score in scores.chain(fund) {
        let Some(shown) = shown(score) else { return };
        if shown != score.value {
            hiding.push(score.cell);
            shown_sum = shown_sum.saturating_add(shown).saturating_sub(score.value);
        }
    }
    let Some(shown_total) = shown(total) else { return };
    if hiding.is_empty() || shown_sum.saturating_sub(shown_total).abs() <= tolerance {
        return;
    }
    findings.report(
        Finding::new(
            total.cell,
            format!(
                "打印出来的得分相加应等于总分；{} 显示的小数比实际的少，按显示的数相加为 {}，{} 显示 {}（实际 {}）。",
                words::cells(&hiding),
                plain(shown_sum.round_dp(6)),
                total.cell,
                plain(shown_total),
                plain(total.value.round_dp(6))
            ),
            "得分先四舍五入到两位小数再填，或把单元格的小数位数放宽到两位。",
        )
        .field("total.score")
        .declared(plain(shown_total))
        .expected(plain(shown_sum.round_dp(6)))
        .difference(shown_sum.saturating_sub(shown_total).round_dp(6))
        .basis(&context.standard.clauses.total)
        .related(hiding),
    );
}

/// Returns the figure that a person sees, where the cell shows a bare one.
fn shown(field: &Field<Decimal>) -> Option<Decimal> {
    let text = words::tight(&field.text).replace(',', "");
    let shown = Decimal::from_str_exact(text.trim_end_matches('分')).ok()?;
    // A percentage or another reading is no matter of decimals.
    (shown.saturating_sub(field.value).abs() <= Decimal::ONE).then_some(shown)
}
