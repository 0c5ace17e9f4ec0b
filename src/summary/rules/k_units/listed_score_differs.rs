//! K14: score or grade in a list of results are not those of the table.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::summary::SummaryError;
use crate::summary::coverage::RosterStanding;
use crate::summary::names::described;
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings};
use crate::text::plain;

cross_rule! { "K14", "listed-score-differs", "汇总表中的得分、等次与评价表不符", Error, Batch }

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let Some(roster) = context.roster else { return Ok(()) };
    let received = |standing| standing == RosterStanding::Received;
    for listed in roster.rows.iter().filter(|row| received(row.standing)) {
        if listed.score.is_none() && listed.grade.is_none() {
            continue;
        }
        let Some(table) = listed.table else { continue };
        let Some(row) = context.tables.row(table)? else {
            continue;
        };
        let score = listed
            .score
            .zip(row.declared_score)
            .filter(|(one, other)| !agree(*one, *other));
        let grade = listed.grade.zip(row.declared_grade).filter(|(one, other)| one != other);
        let mut facts = Vec::new();
        if let Some((listed, declared)) = score {
            facts.push(format!("得分是 {}，评价表是 {}", plain(listed), plain(declared)));
        }
        if let Some((listed, declared)) = grade {
            facts.push(format!("等次是“{}”，评价表是“{}”", listed.title(), declared.title()));
        }
        if facts.is_empty() {
            continue;
        }
        findings.report(
            CrossFinding::at(
                &row,
                format!(
                    "名单（汇总表）与评价表应一致；第 {} 行{}的{}。",
                    listed.line,
                    described(&row),
                    facts.join("；")
                ),
                "请核对以哪一个为准，把另一个改为一致。",
            )
            .asks_unit("请核对评价表的得分和等次，评价表有误的予以更正，无误的在“单位说明”栏写明。")
            .measure(score.map_or_else(
                || "等次不同".to_owned(),
                |(one, other)| format!("相差 {} 分", plain((one - other).abs())),
            )),
        );
    }
    Ok(())
}

/// Returns whether two scores agree at the coarser precision.
fn agree(one: Decimal, other: Decimal) -> bool {
    let digits = one.normalize().scale().min(other.normalize().scale());
    let rounded = |score: Decimal| score.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    rounded(one) == rounded(other)
}
