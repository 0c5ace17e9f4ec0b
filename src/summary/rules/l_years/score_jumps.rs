//! L03: the score is far from last year's and nobody says why.

use rust_decimal::Decimal;

use crate::summary::names::described;
use crate::summary::rules::{CrossFinding, CrossFindings, YearPair};
use crate::text::plain;

cross_rule! { "L03", "score-jumps", "得分比上年大起大落而没有说明", Warning, Years }

/// A grade's width.
const MOST_POINTS: Decimal = Decimal::TEN;

fn check(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    let Some((this, last)) = pair.this.declared_score.zip(pair.last.declared_score) else {
        return;
    };
    let distance = this.checked_sub(last).unwrap_or_default().abs();
    let explained = pair.this_detail.indicators.iter().any(|row| row.reason.is_some());
    if distance <= MOST_POINTS || explained {
        return;
    }
    findings.report(
        CrossFinding::at(
            pair.this,
            format!(
                "得分比上年变动超过 10 分应说明原因；{}上年 {} 分，今年 {} 分，表中没有写任何原因。",
                described(pair.this),
                plain(last),
                plain(this)
            ),
            "请单位说明变动的原因，或核对打分。",
        )
        .related(vec![pair.last.file.clone()])
        .measure(format!("相差 {} 分", plain(distance))),
    );
}
