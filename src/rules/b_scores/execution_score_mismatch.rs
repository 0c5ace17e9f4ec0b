//! B08: the fund row's score is not its weight times executed over budget.

use rust_decimal::Decimal;

use crate::model::{Field, FundRow, RescoredRow, Severity};
use crate::rescore::{execution_score_fits, points_for_rate};
use crate::rules::kit::{fund_sums, other_standards, score_checks};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "B08", "execution-score-mismatch", "预算执行率得分计算有误", Error, RowScores }

fn check(context: &RuleContext, findings: &mut Findings) {
    against_weights(context, findings);
    total_left_at_zero(context, findings);
    all_spent_without_weight(context, findings);
}

/// A total row of zeros above rows that are filled in: these decide what the score is once the total is put right.
fn total_left_at_zero(context: &RuleContext, findings: &mut Findings) {
    let Some((row, fund)) = context.fund_total() else {
        return;
    };
    let (Some(annual), Some(executed), Some(weight), Some(score)) =
        (&fund.annual_budget, &fund.executed, &fund.weight, &fund.score)
    else {
        return;
    };
    if !annual.value.is_zero()
        || !executed.value.is_zero()
        || findings.any_condemned([score.cell, weight.cell].map(Some))
        || findings.is_weight_doubtful(RescoredRow::Fund(row))
    {
        return;
    }
    // What C01 supposes is the sum of the rows below.
    let supposed = |field| {
        findings
            .readings(field)
            .into_iter()
            .find(|amount| *amount > Decimal::ZERO)
    };
    let (Some(budget), spent) = (supposed(annual), supposed(executed).unwrap_or_default()) else {
        return;
    };
    let points =
        fund_sums::quotient(spent, budget).and_then(|ratio| points_for_rate(weight.value, ratio, context.standard));
    let Some(points) = points.filter(|points| {
        let (least, greatest) = context.standard.accepted_roundings(*points);
        score.value < least || score.value > greatest
    }) else {
        return;
    };
    let due = context.standard.rounded(points);
    findings.condemn(score.cell);
    findings.bound_score(RescoredRow::Fund(row), due, due);
    findings.report(
        Finding::new(
            score.cell,
            format!(
                "预算执行率得分应由执行率算出；总额行填的是 0，按明细合计，全年执行数 {} ÷ 全年预算数 {}，复算 {} 分，{} 填的是 {}。",
                plain(spent),
                plain(budget),
                plain(due),
                score.cell,
                plain(score.value)
            ),
            format!("先把总额行补上，再把 {} 改为 {}；明细填错的，先改正明细。", score.cell, plain(due)),
        )
        .field(format!("funds[{row}].score"))
        .figures(score.value, due)
        .basis(&context.standard.clauses.execution)
        .related([annual.cell, executed.cell, weight.cell]),
    );
}

/// Of the usual points, so much at least is a slip and no other full mark.
const NEARLY_FULL: Decimal = Decimal::from_parts(8, 0, 0, false, 1);

/// All was spent, no weight is printed, and the score is just short of the standard's points.
fn all_spent_without_weight(context: &RuleContext, findings: &mut Findings) {
    let full = context.standard.fund_weight;
    let Some((row, fund)) = context.fund_total().filter(|_| context.sum_of_weights().is_none()) else {
        return;
    };
    let (None, Some(annual), Some(executed), Some(score)) =
        (&fund.weight, &fund.annual_budget, &fund.executed, &fund.score)
    else {
        return;
    };
    let is_all_spent = annual.value > Decimal::ZERO && annual.value == executed.value;
    let is_nearly_full = score.value < full && full.checked_mul(NEARLY_FULL).is_some_and(|least| score.value > least);
    if !is_all_spent
        || !is_nearly_full
        || context.fund_item(row).is_some_and(|item| item.weight.is_some())
        || findings.any_condemned([annual.cell, executed.cell, score.cell].map(Some))
        || findings.has_found("C01")
    {
        return;
    }
    findings.condemn(score.cell);
    findings.report(
        Finding::new(
            score.cell,
            format!(
                "预算全部执行的得满分；全年执行数 {}（{}）等于全年预算数（{}），“{}”的满分是 {} 分，{} 填的是 {}。",
                plain(executed.value),
                executed.cell,
                annual.cell,
                context.standard.title,
                plain(full),
                score.cell,
                plain(score.value)
            ),
            format!(
                "满分是 {} 分的，把 {} 改为 {0}；预算数或执行数填错的，先改正它们。",
                plain(full),
                score.cell
            ),
        )
        .severity(Severity::Warning)
        .field(format!("funds[{row}].score"))
        .figures(score.value, full)
        .basis(&context.standard.clauses.execution)
        .related([annual.cell, executed.cell]),
    );
}

fn against_weights(context: &RuleContext, findings: &mut Findings) {
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
        if is_sum_of_parts(context, row) || fits_doubted_amounts(context, findings, fund, weight, score) {
            continue;
        }
        findings.condemn(score.cell);
        findings.bound_score(RescoredRow::Fund(row), least, greatest);
        let due = score_checks::due(least, greatest);
        let change = format!("把 {} 改为 {}", score.cell, score_checks::to_write(least, greatest));
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
                other_standards::way_out(&others, &change)
            } else {
                format!("{change}；预算数或执行数填错的，先改正它们。")
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

/// Returns whether the score is the sum of scores below it, each right by its own row's amounts.
fn is_sum_of_parts(context: &RuleContext, total: usize) -> bool {
    let groups = fund_sums::groups(context);
    let Some(group) = groups.iter().find(|group| group.total == total) else {
        return false;
    };
    let parts = fund_sums::scored_parts(context, group);
    !parts.is_empty()
        && parts.iter().all(|part| {
            let weight = part.weight.as_ref().map(|weight| weight.value);
            weight.is_some_and(|weight| execution_score_fits(part, weight, context.standard))
        })
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
