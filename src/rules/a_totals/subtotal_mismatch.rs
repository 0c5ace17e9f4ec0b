//! A07: a printed 小计 is not the sum of the rows it closes.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, Indicator, IndicatorField, RescoredRow, Subtotal};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::keys::{match_key, without_ordinal};
use crate::text::plain;

rule! { "A07", "subtotal-mismatch", "小计与所属各行之和不符", Error, Subtotals }

/// What a 小计 adds up: weights or scores.
struct Summed {
    column: IndicatorField,
    tolerance: Decimal,
    of_row: fn(&Indicator) -> Option<&Field<Decimal>>,
    of_subtotal: fn(&Subtotal) -> Option<&Field<Decimal>>,
    /// Points of the fund block, which some forms count in the first 小计.
    fund: Option<(CellAddress, Decimal)>,
}

fn check(context: &RuleContext, findings: &mut Findings) {
    let fund = context.execution_row().map(|(_, fund)| fund);
    if !findings.are_weights_explained() {
        check_column(
            context,
            findings,
            &Summed {
                column: IndicatorField::Weight,
                tolerance: context.standard.tolerance.weight,
                of_row: |row| row.weight.as_ref(),
                of_subtotal: |subtotal| subtotal.weight.as_ref(),
                fund: fund.and_then(|fund| fund.weight.as_ref()).map(place_and_value),
            },
        );
    }
    let excess = check_column(
        context,
        findings,
        &Summed {
            column: IndicatorField::Score,
            tolerance: context.standard.tolerance.score,
            of_row: |row| row.score.as_ref(),
            of_subtotal: |subtotal| subtotal.score.as_ref(),
            fund: fund.and_then(|fund| fund.score.as_ref()).map(place_and_value),
        },
    );
    // A total that carries the wrong 小计 on has no fault of its own.
    let total = context
        .evaluation()
        .total
        .as_ref()
        .and_then(|total| total.score.as_ref());
    if let (Some(excess), Some(total), Some(sum)) = (excess, total, context.rescoring.sum_of_scores)
        && !excess.is_zero()
        && total.value.saturating_sub(sum).saturating_sub(excess).abs() <= context.standard.tolerance.score
    {
        findings.condemn(total.cell);
    }
}

/// Reports the column's 小计 that no reading makes true; by how much they are too great together.
fn check_column(context: &RuleContext, findings: &mut Findings, summed: &Summed) -> Option<Decimal> {
    let evaluation = context.evaluation();
    if evaluation.subtotals.is_empty() {
        return None;
    }
    let lines: Vec<u32> = context
        .indicators()
        .map(|(row, _)| context.indicator_cell(row, summed.column).map(|cell| cell.row))
        .collect::<Option<_>>()?;
    let closing: Vec<u32> = evaluation
        .subtotals
        .iter()
        .map(|subtotal| subtotal.label.cell.row)
        .collect();
    if !lines.is_sorted() || !closing.is_sorted() {
        return None;
    }
    let sums = running_sums(&evaluation.indicators, summed.of_row)?;
    let blocks = block_starts(&evaluation.indicators);
    let above = |line: u32| lines.partition_point(|&row| row < line);
    // A 小计 above its rows belongs to another form.
    if closing.first().is_none_or(|&line| above(line) == 0) {
        return None;
    }
    let mut all = Decimal::ZERO;
    let mut start = 0;
    for (index, subtotal) in evaluation.subtotals.iter().enumerate() {
        let end = above(subtotal.label.cell.row);
        let named = named_block(
            &evaluation.indicators,
            blocks.get(..end).unwrap_or_default(),
            &subtotal.label.value,
        );
        // Points of the fund block, repeated among the sums.
        if let (None, Some((cell, fund))) = (named, summed.fund)
            && subtotal.label.value.contains("执行")
        {
            let printed = (summed.of_subtotal)(subtotal);
            if let Some(printed) = printed.filter(|printed| (printed.value - fund).abs() > summed.tolerance)
                && !findings.is_condemned(cell)
                && !findings.is_condemned(printed.cell)
            {
                report(findings, summed, (index, subtotal), printed, fund, &[cell]);
            }
            continue;
        }
        let since = (std::mem::replace(&mut start, end), end);
        let (from, end) = named.unwrap_or(since);
        let Some(printed) = (summed.of_subtotal)(subtotal) else {
            continue;
        };
        let between = |from: usize, to: usize| sums.get(to)?.checked_sub(*sums.get(from)?);
        let block = end
            .checked_sub(1)
            .and_then(|last| blocks.get(last))
            .copied()
            .unwrap_or(from);
        let Some(sum) = between(from, end).filter(|_| from < end) else {
            continue;
        };
        let fits = |sum: Decimal| printed.value.saturating_sub(sum).abs() <= summed.tolerance;
        let from_top = between(0, since.1);
        // The fund block stands above the first row.
        let with_fund = from_top
            .zip(summed.fund)
            .and_then(|(sum, (_, fund))| sum.checked_add(fund));
        let readings = [
            Some(sum),
            between(since.0, since.1),
            between(block, end),
            from_top,
            with_fund,
        ];
        let cells: Vec<CellAddress> = (from..end)
            .filter_map(|row| context.indicator_cell(row, summed.column))
            .collect();
        let is_doubtful = (from..end).any(|row| findings.is_weight_doubtful(RescoredRow::Indicator(row)));
        if readings.into_iter().flatten().any(fits)
            || is_doubtful
            || findings.is_condemned(printed.cell)
            || findings.any_condemned(cells.iter().copied().map(Some))
            || is_incomplete(evaluation.indicators.get(from..end), summed)
        {
            continue;
        }
        all = all.saturating_add(printed.value).saturating_sub(sum);
        report(findings, summed, (index, subtotal), printed, sum, &cells);
    }
    Some(all)
}

fn report(
    findings: &mut Findings,
    summed: &Summed,
    (index, subtotal): (usize, &Subtotal),
    printed: &Field<Decimal>,
    sum: Decimal,
    cells: &[CellAddress],
) {
    findings.report(
        Finding::new(
            printed.cell,
            format!(
                "小计应等于所属各行之和；{}的{}合计 {}，“{}”{} 填的是 {}，相差 {}。",
                words::span(cells),
                summed.column.title(),
                plain(sum),
                words::shortened(&subtotal.label.value),
                printed.cell,
                plain(printed.value),
                plain(printed.value.saturating_sub(sum).abs())
            ),
            format!(
                "核对{}，各行无误的，把 {} 改为 {}。",
                words::span(cells),
                printed.cell,
                plain(sum)
            ),
        )
        .field(format!("subtotals[{index}].{}", summed.column.path()))
        .declared(plain(printed.value))
        .expected(plain(sum))
        .difference(printed.value.saturating_sub(sum))
        .related(cells.iter().copied()),
    );
}

const fn place_and_value(field: &Field<Decimal>) -> (CellAddress, Decimal) {
    (field.cell, field.value)
}

/// Sums of the first rows: none, one, two …; `None` when out of range.
fn running_sums(rows: &[Indicator], of_row: fn(&Indicator) -> Option<&Field<Decimal>>) -> Option<Vec<Decimal>> {
    let mut sums = vec![Decimal::ZERO];
    let mut sum = Decimal::ZERO;
    for row in rows {
        sum = sum.checked_add(of_row(row).map_or(Decimal::ZERO, |field| field.value))?;
        sums.push(sum);
    }
    Some(sums)
}

/// For each row, the first row of its 一级指标.
fn block_starts(rows: &[Indicator]) -> Vec<usize> {
    let mut starts = Vec::with_capacity(rows.len());
    let mut start = 0;
    let mut current: Option<&str> = None;
    for (index, row) in rows.iter().enumerate() {
        let name = row.level1.as_ref().map(|name| name.value.as_str());
        if name.is_some() && name != current {
            start = index;
            current = name;
        }
        starts.push(start);
    }
    starts
}

/// Returns the rows of the 一级指标 that a 小计 has the name of (产出指标得分), the nearest above it; `blocks` says for each
/// row above where its 一级指标 begins.
fn named_block(rows: &[Indicator], blocks: &[usize], label: &str) -> Option<(usize, usize)> {
    /// 一级指标 that a 小计 may stand below.
    const MOST: usize = 16;
    let label = match_key(label);
    let mut end = blocks.len();
    for _ in 0..MOST {
        let start = *blocks.get(end.checked_sub(1)?)?;
        let name = rows.get(start).and_then(|row| row.level1.as_ref());
        let key = name.map(|name| match_key(&name.value)).unwrap_or_default();
        let name = without_ordinal(&key).unwrap_or(&key);
        let bare = name.strip_suffix("指标").unwrap_or(name);
        if !bare.is_empty() && label.starts_with(bare) {
            return Some((start, end));
        }
        end = start;
    }
    None
}

/// Returns whether a row lacks its figure, so that nothing can be said of the sum.
fn is_incomplete(rows: Option<&[Indicator]>, summed: &Summed) -> bool {
    rows.is_none_or(|rows| rows.iter().any(|row| (summed.of_row)(row).is_none()))
}
