//! B08: the fund row's score is not its weight times executed over budget.

use rust_decimal::Decimal;

use crate::model::{Field, FundRow, RescoredRow, Severity};
use crate::rescore::points_for_rate;
use crate::rules::kit::{fund_sums, other_standards, score_checks};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "B08", "execution-score-mismatch", "预算执行率得分计算有误", Error, RowScores }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, fund) in context.funds() {
        let (Some(item), Some(score), Some(weight)) = (context.fund_item(row), &fund.score, &fund.weight) else {
            continue;
        };
        if findings.any_condemned([Some(score.cell), Some(weight.cell)])
            || findings.is_weight_doubtful(RescoredRow::Fund(row))
        {
            continue;
        }
        let Some((least, greatest)) = score_checks::refused(item) else {
            continue;
        };
        if fits_doubted_amounts(context, findings, fund, weight, score) {
            continue;
        }
        findings.condemn(score.cell);
        findings.bound_score(RescoredRow::Fund(row), least, greatest);
        let due = score_checks::due(least, greatest);
        let others = other_standards::scoring_alike(fund, weight.value, context.standard);
        let by_steps = others.iter().any(|other| !other.execution.steps.is_empty());
        let amounts = [
            fund.annual_budget.as_ref(),
            fund.executed.as_ref(),
            fund.execution_rate.as_ref(),
        ];
        let finding = Finding::new(
            score.cell,
            format!(
                "预算执行率得分应按所用标准由执行率算出，最高为分值；{}，{} 填的是 {}{}。",
                item.trace,
                score.cell,
                plain(score.value),
                other_standards::named(&others)
            ),
            if by_steps {
                other_standards::way_out(&others, &format!("把 {} 改为 {due}", score.cell))
            } else {
                format!("把 {} 改为 {due}；预算数或执行数填错的，先改正它们。", score.cell)
            },
        )
        // Points that are exactly those of another standard are hardly a slip.
        .severity(if by_steps { Severity::Warning } else { RULE.severity })
        .field(format!("funds[{row}].score"))
        .declared(plain(score.value))
        .expected(due)
        .difference(score_checks::distance(score.value, least, greatest))
        .basis(&context.standard.clauses.execution)
        .related(
            amounts
                .into_iter()
                .flatten()
                .map(|field| field.cell)
                .chain([weight.cell]),
        );
        findings.report(finding);
    }
}

/// Returns whether the score is right once the amounts are as C01 supposes, so that it has no cause of its own.
fn fits_doubted_amounts(
    context: &RuleContext,
    findings: &Findings,
    fund: &FundRow,
    weight: &Field<Decimal>,
    score: &Field<Decimal>,
) -> bool {
    let (Some(annual), Some(executed)) = (&fund.annual_budget, &fund.executed) else {
        return false;
    };
    findings.readings(executed).into_iter().any(|executed| {
        findings.readings(annual).into_iter().any(|annual| {
            fund_sums::quotient(executed, annual)
                .and_then(|ratio| points_for_rate(weight.value, ratio, context.standard))
                .is_some_and(|points| (points - score.value).abs() <= context.standard.tolerance.score)
        })
    })
}
