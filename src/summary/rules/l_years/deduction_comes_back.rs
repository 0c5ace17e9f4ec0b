//! L06: what was to be put right last year costs the same points again.

use crate::summary::names::described;
use crate::summary::rows::IndicatorRow;
use crate::summary::rules::kit::{by_name, name_of};
use crate::summary::rules::{CrossFinding, CrossFindings, YearPair};
use crate::text::plain;

cross_rule! { "L06", "deduction-comes-back", "上年要整改的指标仍然扣分", Warning, Years }

fn check(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    let last = by_name(&pair.last_detail.indicators);
    for this in &pair.this_detail.indicators {
        let Some(before) = name_of(this).and_then(|name| last.get(&name).copied()) else {
            continue;
        };
        // Who wrote a reason last year promised a measure with it.
        let (Some(lost), Some(lost_before), Some(reason)) = (lost(this), lost(before), before.reason.as_deref()) else {
            continue;
        };
        if lost != lost_before {
            continue;
        }
        let reason: String = reason.chars().take(40).collect();
        findings.report(
            CrossFinding::at(
                pair.this,
                format!(
                    "上年写明要改进的问题今年应有改善；{}的“{}”上年扣 {} 分（{reason}），今年仍扣 {} 分。",
                    described(pair.this),
                    this.level3.as_deref().unwrap_or_default(),
                    plain(lost_before),
                    plain(lost)
                ),
                "请单位说明上年的改进措施落实情况。",
            )
            .cell(this.cell)
            .related(vec![pair.last.file.clone()])
            .measure(format!("两年都扣 {} 分", plain(lost))),
        );
    }
}

fn lost(row: &IndicatorRow) -> Option<rust_decimal::Decimal> {
    let lost = row.weight?.checked_sub(row.score?)?.normalize();
    (lost > rust_decimal::Decimal::ZERO).then_some(lost)
}
