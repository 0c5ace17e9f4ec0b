//! L04: an indicator that was not met last year is gone, or most indicators are.

use std::collections::BTreeSet;

use crate::model::Severity;
use crate::summary::names::{described, listed};
use crate::summary::rules::kit::name_of;
use crate::summary::rules::{CrossFinding, CrossFindings, YearPair};

cross_rule! { "L04", "failed-indicator-dropped", "上年的指标今年不见了", Warning, Years }

/// Of fewer indicators a share says little.
const LEAST_INDICATORS: usize = 4;

fn check(pair: &YearPair<'_>, findings: &mut CrossFindings) {
    let now: BTreeSet<String> = pair.this_detail.indicators.iter().filter_map(name_of).collect();
    // A table without names dropped nothing in particular.
    if now.is_empty() {
        return;
    }
    let dropped: Vec<&str> = pair
        .last_detail
        .indicators
        .iter()
        .filter(|row| row.score.zip(row.weight).is_some_and(|(score, weight)| score < weight))
        .filter(|row| name_of(row).is_some_and(|name| !now.contains(&name)))
        .filter_map(|row| row.level3.as_deref())
        .collect();
    let before: BTreeSet<String> = pair.last_detail.indicators.iter().filter_map(name_of).collect();
    let kept = before.intersection(&now).count();
    if dropped.is_empty() {
        if before.len() >= LEAST_INDICATORS && now.len() >= LEAST_INDICATORS && kept * 2 < before.len() {
            changed(pair, (before.len(), now.len(), kept), findings);
        }
        return;
    }
    findings.report(
        CrossFinding::at(
            pair.this,
            format!(
                "上年没有完成的指标应继续考核；{}上年扣分的 {} 项指标今年没有：{}。",
                described(pair.this),
                dropped.len(),
                listed(&dropped, 5)
            ),
            "请恢复这些指标，或说明不再考核的理由。",
        )
        .related(vec![pair.last.file.clone()])
        .measure(format!("上年 {} 项指标，今年保留 {kept} 项", before.len())),
    );
}

/// Most of last year's indicators are gone, though none of them had failed.
fn changed(pair: &YearPair<'_>, (before, now, kept): (usize, usize, usize), findings: &mut CrossFindings) {
    findings.report_as(
        Severity::Info,
        CrossFinding::at(
            pair.this,
            format!(
                "延续项目的指标应大体连续，才能逐年比较；{}上年 {before} 项指标，今年 {now} 项，其中沿用上年的只有 {kept} 项。",
                described(pair.this)
            ),
            "请说明更换指标的理由；能沿用的指标保留上年的名称。",
        )
        .related(vec![pair.last.file.clone()])
        .measure(format!("上年 {before} 项指标，今年保留 {kept} 项")),
    );
}
