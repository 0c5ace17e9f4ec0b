//! K12: reviewers took very different parts of the points for the same problem.

use rust_decimal::Decimal;

use crate::summary::SummaryError;
use crate::summary::cross_index::ReviewUse;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K12", "deducted-unequally", "复核对同样的问题扣分不一", Warning, Batch }

/// Half of an indicator's points.
const MOST_APART: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut group: Option<Group> = None;
    for review in context.index.reviews.iter() {
        let review = review?;
        // Records of one problem lie together, sorted by part.
        match &mut group {
            Some(group) if group.least.problem == review.problem => {
                group.count += 1;
                group.most = review;
            }
            _ => {
                if let Some(group) = group.take() {
                    report(context, &group, findings)?;
                }
                group = Some(Group {
                    most: review.clone(),
                    least: review,
                    count: 1,
                });
            }
        }
    }
    group.map_or(Ok(()), |group| report(context, &group, findings))
}

/// Deductions for one problem.
struct Group {
    least: ReviewUse,
    most: ReviewUse,
    count: usize,
}

fn report(context: &BatchContext<'_>, group: &Group, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let (least, most) = (group.least.part.0, group.most.part.0);
    if most.checked_sub(least).is_none_or(|apart| apart < MOST_APART) {
        return Ok(());
    }
    let Some(row) = context.tables.row(group.most.spot.table as usize)? else {
        return Ok(());
    };
    let indicator = context.indicator(group.most.spot)?;
    let percent = |part: Decimal| format!("{}%", plain((part * Decimal::ONE_HUNDRED).round_dp(1)));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let alike = match &indicator.reason {
        Some(reason) => format!("原因同为“{reason}”的"),
        None => format!(
            "“{}”指标值同为“{}”、完成值同为“{}”的",
            text(&indicator.level3),
            text(&indicator.target),
            text(&indicator.actual)
        ),
    };
    findings.report(
        CrossFinding::at(
            &row,
            format!(
                "同样的问题应扣同样的比例；{alike} {} 项指标，复核最少扣分值的 {}，最多扣 {}。",
                group.count,
                percent(least),
                percent(most)
            ),
            "请复核人员统一尺度，重新核定扣分。",
        )
        .cell(indicator.cell)
        .related(context.paths([group.least.spot.table as usize])?)
        .measure(format!("{} 到 {}", percent(least), percent(most))),
    );
    Ok(())
}
