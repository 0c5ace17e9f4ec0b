//! Declared level weights against the sums of their rows, and the row that most likely breaks a sum.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, Indicator, IndicatorField, RescoredRow};
use crate::rules::{Findings, RuleContext};
use crate::text::plain;

/// Rows under one 一级指标 or 二级指标 that declares a weight.
#[derive(Debug, Clone)]
pub struct WeightBlock {
    /// The level's name.
    pub name: String,
    /// The declared weight with its cell.
    pub declared: Field<Decimal>,
    /// First row of the block, for the field path.
    pub first_row: usize,
    /// The rows, by index.
    pub rows: Vec<usize>,
    /// Σ of the rows' weights.
    pub sum: Decimal,
    /// Σ − declared.
    pub excess: Decimal,
}

/// Which level a block belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 一级指标.
    One,
    /// 二级指标.
    Two,
}

struct Run<'c> {
    key: [&'c str; 2],
    name: &'c str,
    declared: Option<&'c Field<Decimal>>,
    rows: Vec<usize>,
}

/// Returns the blocks of a level whose rows do not make the declared weight, in the table's order.
///
/// Blocks with a weight that is missing or could not be read are left out: that has its own finding.
pub fn broken(context: &RuleContext, findings: &Findings, level: Level) -> Vec<WeightBlock> {
    let sum = |rows: &[usize]| -> Decimal { rows.iter().filter_map(|&row| weight(context, row)).sum() };
    let fits = |rows: &[usize], declared: Decimal| (sum(rows) - declared).abs() <= context.standard.tolerance.weight;
    let mut blocks = Vec::new();
    for runs in by_name(runs(context, level)) {
        let all: Vec<usize> = runs.iter().flat_map(|run| run.rows.iter().copied()).collect();
        let condemned = all
            .iter()
            .any(|&row| findings.any_condemned([context.indicator_cell(row, IndicatorField::Weight)]));
        if condemned || !all.iter().any(|&row| weight(context, row).is_some()) {
            continue;
        }
        let declared: Vec<&Field<Decimal>> = runs.iter().filter_map(|run| run.declared).collect();
        let Some(&first) = declared.first() else { continue };
        // A name that comes again after other rows either goes on or opens a block of its own.
        let is_one_block = declared.iter().all(|other| other.value == first.value);
        let stands_alone = |run: &Run| run.declared.is_none_or(|declared| fits(&run.rows, declared.value));
        if (is_one_block && fits(&all, first.value)) || (declared.len() == runs.len() && runs.iter().all(stands_alone))
        {
            continue;
        }
        if declared.len() > 1 && declared.len() == runs.len() {
            for run in runs.iter().filter(|run| !stands_alone(run)) {
                if let Some(declared) = run.declared {
                    blocks.push(block(run.name, declared, run.rows.clone(), sum(&run.rows)));
                }
            }
        } else if let Some(run) = runs.first() {
            let total = sum(&all);
            blocks.push(block(run.name, first, all, total));
        }
    }
    blocks.sort_by_key(|block| block.first_row);
    blocks
}

fn block(name: &str, declared: &Field<Decimal>, rows: Vec<usize>, sum: Decimal) -> WeightBlock {
    WeightBlock {
        name: name.to_owned(),
        declared: declared.clone(),
        first_row: rows.first().copied().unwrap_or_default(),
        excess: sum - declared.value,
        rows,
        sum,
    }
}

fn weight(context: &RuleContext, row: usize) -> Option<Decimal> {
    context
        .evaluation()
        .indicators
        .get(row)?
        .weight
        .as_ref()
        .map(|weight| weight.value)
}

/// Consecutive rows of the same level name; none where no row declares a weight of the level.
fn runs<'c>(context: &'c RuleContext<'_>, level: Level) -> Vec<Run<'c>> {
    let mut runs: Vec<Run> = Vec::new();
    let declares = |indicator: &Indicator| declared_by(indicator, level).is_some();
    if !context.indicators().any(|(_, indicator)| declares(indicator)) {
        return runs;
    }
    let mut rows_of: BTreeMap<CellAddress, usize> = BTreeMap::new();
    for (_, indicator) in context.indicators() {
        if let Some(declared) = declared_by(indicator, level) {
            *rows_of.entry(declared.cell).or_default() += 1;
        }
    }
    // A cell that declares points for several rows, or for rows without a name, is a group of its own.
    let stands_alone = |declared: &Field<Decimal>| rows_of.get(&declared.cell).is_some_and(|rows| *rows > 1);
    let is_apart = |before: &Run, declared: Option<&Field<Decimal>>| match (before.declared, declared) {
        (Some(before_it), Some(declared)) => {
            before_it.cell != declared.cell
                && (before.name.is_empty() || stands_alone(before_it) || stands_alone(declared))
        }
        _ => false,
    };
    for (row, indicator, texts) in context.rows() {
        let (key, name, declared) = match level {
            Level::One => (
                [texts.level1.as_str(), ""],
                &indicator.level1,
                declared_by(indicator, level),
            ),
            Level::Two => (
                [texts.level1.as_str(), texts.level2.as_str()],
                &indicator.level2,
                declared_by(indicator, level),
            ),
        };
        match runs.last_mut() {
            Some(run) if run.key == key && !is_apart(run, declared) => {
                run.rows.push(row);
                run.declared = run.declared.or(declared);
            }
            _ => runs.push(Run {
                key,
                name: name.as_ref().map_or("", |field| field.value.as_str()),
                declared,
                rows: vec![row],
            }),
        }
    }
    runs
}

/// Returns the points that an indicator's 一级 or 二级 cell declares.
const fn declared_by(indicator: &Indicator, level: Level) -> Option<&Field<Decimal>> {
    match level {
        Level::One => indicator.level1_weight.as_ref(),
        Level::Two => indicator.level2_weight.as_ref(),
    }
}

/// Runs gathered by name, in order of first appearance.
fn by_name(runs: Vec<Run<'_>>) -> Vec<Vec<Run<'_>>> {
    let mut order: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let next = groups.len();
        let index = *order.entry(run.key).or_insert(next);
        match groups.get_mut(index) {
            Some(group) => group.push(run),
            None => groups.push(vec![run]),
        }
    }
    groups
}

/// A row whose score fits its weight less the excess, and does not fit the weight as printed.
#[derive(Debug, Clone, Copy)]
pub struct Suspect {
    /// The row.
    pub row: RescoredRow,
    /// Its weight's cell.
    pub cell: CellAddress,
    /// The weight that would put the sum right.
    pub supposed: Decimal,
}

/// Returns rows of indicators, for [`suspect`].
pub fn indicator_rows(rows: impl IntoIterator<Item = usize>) -> Vec<RescoredRow> {
    rows.into_iter().map(RescoredRow::Indicator).collect()
}

/// Returns the one row that explains the excess; `None` where no row or more than one does.
pub fn suspect(context: &RuleContext, findings: &Findings, rows: &[RescoredRow], excess: Decimal) -> Option<Suspect> {
    let mut found = None;
    for &row in rows {
        let Some((weight, score)) = points_of(context, row) else {
            continue;
        };
        let supposed = weight.value - excess;
        if supposed <= Decimal::ZERO || findings.is_explained(score.cell) {
            continue;
        }
        let fits = |weight: Decimal| score_fits(context, row, weight, score.value);
        if fits(supposed) && !fits(weight.value) {
            if found.is_some() {
                return None;
            }
            found = Some(Suspect {
                row,
                cell: weight.cell,
                supposed,
            });
        }
    }
    found
}

fn points_of<'a>(context: &RuleContext<'a>, row: RescoredRow) -> Option<(&'a Field<Decimal>, &'a Field<Decimal>)> {
    match row {
        RescoredRow::Indicator(row) => {
            let indicator = context.evaluation().indicators.get(row)?;
            indicator.weight.as_ref().zip(indicator.score.as_ref())
        }
        RescoredRow::Fund(row) => {
            let fund = context.evaluation().funds.get(row)?;
            fund.weight.as_ref().zip(fund.score.as_ref())
        }
    }
}

/// Returns whether a score would raise no finding if the row had this weight: expected scores grow with the weight.
fn score_fits(context: &RuleContext, row: RescoredRow, weight: Decimal, score: Decimal) -> bool {
    let tolerance = context.standard.tolerance.score;
    if score < Decimal::ZERO || score > weight + tolerance {
        return false;
    }
    let (item, has_reason) = match row {
        RescoredRow::Indicator(row) => (context.indicator_item(row), context.has_reason(row)),
        RescoredRow::Fund(row) => (context.fund_item(row), true),
    };
    let expected = item.and_then(|item| {
        let printed = item.weight.filter(|weight| *weight > Decimal::ZERO)?;
        let scaled = |points: Decimal| points.checked_div(printed)?.checked_mul(weight);
        Some((scaled(item.expected_min?)?, scaled(item.expected_max?)?))
    });
    let in_range = expected.is_none_or(|(least, greatest)| least - tolerance <= score && score <= greatest + tolerance);
    in_range && (has_reason || score >= weight - tolerance)
}

/// Returns what to add to a message when a row is the likely cause.
pub fn hint(context: &RuleContext, suspect: Option<Suspect>) -> String {
    suspect.map_or_else(String::new, |suspect| {
        let name = match suspect.row {
            RescoredRow::Indicator(row) => context.name(row),
            RescoredRow::Fund(_) => "预算执行率".to_owned(),
        };
        format!(
            "按得分推算，可能是{name}的分值 {} 填错（复算为 {}）。",
            suspect.cell,
            plain(suspect.supposed)
        )
    })
}
