//! The finding on a level whose rows do not make its weight.

use rust_decimal::Decimal;

use super::weight_blocks::{self, Level, WeightBlock};
use super::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

/// Reports a broken block of either level.
pub fn report(context: &RuleContext, findings: &mut Findings, block: &WeightBlock, level: Level) {
    let suspect = weight_blocks::suspect(
        context,
        findings,
        &weight_blocks::indicator_rows(block.rows.iter().copied()),
        block.excess,
    );
    if let Some(suspect) = suspect {
        findings.doubt_weight(suspect.row);
    }
    findings.explain_weights();
    let (title, field) = match level {
        Level::One => ("一级指标", "level1_weight"),
        Level::Two => ("二级指标", "level2_weight"),
    };
    let total = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.weight.as_ref());
    let sum = context.sum_of_weights().unwrap_or(Decimal::ZERO);
    let follows = total.filter(|total| {
        context
            .weight_sums(sum - block.excess)
            .iter()
            .any(|sum| (total.value - sum).abs() <= context.standard.tolerance.weight)
    });
    let effect = follows.map_or_else(String::new, |total| {
        format!(
            "全表分值也因此与总分 {} 的 {} 差 {}。",
            total.cell,
            plain(total.value),
            plain(block.excess.abs())
        )
    });
    let weights = block.rows.iter().filter_map(|&row| {
        context
            .evaluation()
            .indicators
            .get(row)
            .and_then(|indicator| indicator.weight.as_ref())
            .map(|weight| weight.cell)
    });
    let weights: Vec<_> = weights.collect();
    let name = if block.name.is_empty() {
        block.declared.cell.to_string()
    } else {
        format!("“{}”（{}）", words::shortened(&block.name), block.declared.cell)
    };
    findings.report(
        Finding::new(
            block.declared.cell,
            format!(
                "{title}注明的分值应等于其下各项分值之和；{name}注明 {} 分，其下 {} 项合计 {} 分（{}），相差 {} 分。{}{effect}",
                plain(block.declared.value),
                block.rows.len(),
                plain(block.sum),
                words::span(&weights),
                plain(block.excess.abs()),
                weight_blocks::hint(context, suspect),
            ),
            suspect.map_or_else(
                || format!("核对 {} 各项分值与 {} 注明的分值，改正填错的一处。", words::span(&weights), block.declared.cell),
                |suspect| format!("核对 {}，如系填错改为 {}。", suspect.cell, plain(suspect.supposed)),
            ),
        )
        .field(format!("indicators[{}].{field}", block.first_row))
        .figures(block.declared.value, block.sum)
        .related(suspect.map(|suspect| suspect.cell).into_iter().chain(follows.map(|total| total.cell)).chain(weights)),
    );
}
