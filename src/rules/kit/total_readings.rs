//! How a printed total that is not the sum may have come about: which way of adding makes it true.
//!
//! Holds the readings, most telling first. It looks for an explanation; it never decides that a total is right.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::words;
use crate::grid::CellAddress;
use crate::model::{CellFact, ExecutionScorePlace};
use crate::rules::RuleContext;
use crate::text::plain;

/// Points with the cell they stand in.
type Points = (CellAddress, Decimal);

/// What the ways of adding give for one printed total.
pub struct Readings {
    /// The sentence for the message.
    pub text: String,
    /// Cells that the sentence names.
    pub cells: Vec<CellAddress>,
    /// Whether some way of adding makes the printed total.
    pub is_explained: bool,
}

/// Tries every reading of a printed total against the sum of the scores.
pub fn explain(context: &RuleContext, total: Decimal, sum: Decimal) -> Readings {
    let tolerance = context.standard.tolerance.score;
    let funds: Vec<Points> = context
        .funds()
        .filter_map(|(_, fund)| fund.score.as_ref())
        .filter(|score| !score.value.is_zero())
        .map(|score| (score.cell, score.value))
        .collect();
    let (fund_text, fund_fits) = with_funds(context, &funds, total, sum, tolerance);
    if fund_fits {
        return Readings {
            text: fund_text,
            cells: funds.iter().map(|points| points.0).collect(),
            is_explained: true,
        };
    }
    let rows = with_rows(context, total, sum, tolerance);
    let is_explained = rows.is_some();
    let (row_text, cells) = rows.unwrap_or_default();
    let row_text = match (row_text.is_empty(), fund_text.is_empty()) {
        (true, _) => row_text,
        (false, true) => format!("{row_text}，正好是 {}。", plain(total)),
        (false, false) => format!("只有{row_text}，才是 {}。", plain(total)),
    };
    Readings {
        text: format!("{fund_text}{row_text}"),
        cells,
        is_explained,
    }
}

/// Returns the fund block's points counted otherwise than the standard counts them.
fn with_funds(
    context: &RuleContext,
    funds: &[Points],
    total: Decimal,
    sum: Decimal,
    tolerance: Decimal,
) -> (String, bool) {
    let Some(&(cell, first)) = funds.first() else {
        return (String::new(), false);
    };
    let all: Decimal = funds.iter().map(|points| points.1).sum();
    let cells: Vec<CellAddress> = funds.iter().map(|points| points.0).collect();
    let mut ways: Vec<(String, Decimal)> = Vec::new();
    if context.rescoring.execution_score == ExecutionScorePlace::Inside {
        ways.push((format!("不计资金行得分 {} 分（{cell}）", plain(first)), sum - first));
        if funds.len() > 1 {
            ways.push((
                format!("资金各行得分（{}）全部计入", words::cells(&cells)),
                sum - first + all,
            ));
        }
        ways.push((format!("资金行得分 {} 分（{cell}）计两次", plain(first)), sum + first));
    } else {
        ways.push((format!("加上资金行得分 {} 分（{cell}）", plain(first)), sum + first));
        if funds.len() > 1 {
            ways.push((format!("资金各行得分（{}）都加上", words::cells(&cells)), sum + all));
        }
    }
    if let Some((way, _)) = ways.iter().find(|(_, value)| (value - total).abs() <= tolerance) {
        return (format!("{way}，正好是 {}。", plain(total)), true);
    }
    let tried: Vec<String> = ways
        .iter()
        .map(|(way, value)| format!("{way}为 {}", plain(*value)))
        .collect();
    (
        format!(
            "资金行的得分无论怎样计入都得不出 {}（{}）。",
            plain(total),
            tried.join("，")
        ),
        false,
    )
}

/// Returns rows or deductions left out or counted twice.
fn with_rows(
    context: &RuleContext,
    total: Decimal,
    sum: Decimal,
    tolerance: Decimal,
) -> Option<(String, Vec<CellAddress>)> {
    let scores: Vec<Points> = context
        .indicators()
        .filter_map(|(_, indicator)| indicator.score.as_ref())
        .filter(|score| !score.value.is_zero())
        .map(|score| (score.cell, score.value))
        .collect();
    let deductions = deductions(context);
    let gap = (total - sum).abs();
    let near = |value: Decimal| (value - gap).abs() <= tolerance;
    if total > sum {
        if let Some(weights) = context
            .sum_of_weights()
            .filter(|weights| (weights - total).abs() <= tolerance)
        {
            return Some((
                format!("把各项分值（合计 {}）当作得分相加", plain(weights)),
                cells_of(&deductions),
            ));
        }
        if let Some(found) = forgotten_deductions(&deductions, gap, tolerance) {
            return Some(found);
        }
        return one_of(&scores, near, "重复加了", "的得分");
    }
    let texts: Vec<Points> = scores
        .iter()
        .copied()
        .filter(|(cell, _)| {
            context
                .fact(*cell)
                .is_some_and(|fact| fact.fact == CellFact::NumberAsText)
        })
        .collect();
    if !texts.is_empty() && near(texts.iter().map(|points| points.1).sum()) {
        let cells = cells_of(&texts);
        return Some((
            format!("漏加了以文本存储、不参加求和的 {}", words::cells(&cells)),
            cells,
        ));
    }
    one_of(&deductions, near, "重复扣了", "的扣分").or_else(|| one_of(&scores, near, "漏加了", "的得分"))
}

/// Returns the deductions of the indicator rows, at their score's cell.
pub fn deductions(context: &RuleContext) -> Vec<Points> {
    context
        .indicators()
        .filter_map(|(_, indicator)| {
            let (weight, score) = (indicator.weight.as_ref()?, indicator.score.as_ref()?);
            let deduction = weight.value - score.value;
            (deduction > Decimal::ZERO).then_some((score.cell, deduction))
        })
        .collect()
}

/// Returns the fewest deductions that were forgotten to make the total too high by the gap.
fn forgotten_deductions(deductions: &[Points], gap: Decimal, tolerance: Decimal) -> Option<(String, Vec<CellAddress>)> {
    let single: Vec<Points> = deductions
        .iter()
        .copied()
        .filter(|points| (points.1 - gap).abs() <= tolerance)
        .collect();
    if single.len() > 1 {
        let cells = cells_of(&single);
        return Some((
            format!("漏扣 {} 中的一处（{} 分）", words::cells(&cells), plain(gap)),
            cells,
        ));
    }
    if let [(cell, points)] = single.as_slice() {
        return Some((format!("漏扣 {cell} 的 {} 分", plain(*points)), vec![*cell]));
    }
    let subset = smallest_subset(deductions, gap)?;
    let parts: Vec<String> = subset
        .iter()
        .map(|(cell, points)| format!("{cell} 的 {} 分", plain(*points)))
        .collect();
    Some((format!("漏扣 {}", parts.join("、")), cells_of(&subset)))
}

/// Returns the smallest set of points that makes exactly the gap. Bounded: a table with more deductions gets no
/// guess.
fn smallest_subset(points: &[Points], gap: Decimal) -> Option<Vec<Points>> {
    const MOST_POINTS: usize = 40;
    const MOST_SUMS: usize = 4000;
    if points.len() > MOST_POINTS {
        return None;
    }
    let mut reached: BTreeMap<Decimal, Vec<Points>> = BTreeMap::from([(Decimal::ZERO, Vec::new())]);
    for &point in points {
        let next: Vec<(Decimal, Vec<Points>)> = reached
            .iter()
            .filter(|(sum, _)| **sum + point.1 <= gap)
            .map(|(sum, set)| (*sum + point.1, set.iter().copied().chain([point]).collect()))
            .collect();
        for (sum, set) in next {
            if reached.len() >= MOST_SUMS {
                return None;
            }
            let is_smaller = reached
                .get(&sum)
                .is_none_or(|known: &Vec<Points>| set.len() < known.len());
            if is_smaller {
                reached.insert(sum, set);
            }
        }
    }
    reached.remove(&gap).filter(|set| !set.is_empty())
}

/// Returns the rows whose points alone make the gap.
fn one_of(
    points: &[Points],
    near: impl Fn(Decimal) -> bool,
    before: &str,
    after: &str,
) -> Option<(String, Vec<CellAddress>)> {
    let fitting: Vec<Points> = points.iter().copied().filter(|points| near(points.1)).collect();
    let cells = cells_of(&fitting);
    match fitting.as_slice() {
        [] => None,
        [(cell, value)] => Some((format!("{before} {cell} {after}（{} 分）", plain(*value)), cells)),
        [(_, value), ..] => Some((
            format!("{before} {} 之一{after}（{} 分）", words::cells(&cells), plain(*value)),
            cells,
        )),
    }
}

fn cells_of(points: &[Points]) -> Vec<CellAddress> {
    points.iter().map(|points| points.0).collect()
}
