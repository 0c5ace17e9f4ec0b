//! The line under a form that says which totals make which grade: 90（含）—100 分为优、80（含）—90 分为良 …

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, Grade};
use crate::rules::RuleContext;
use crate::text::words::{Characters, holds};

/// One grade's totals as a line states them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedBand {
    /// The grade.
    pub grade: Grade,
    /// Its lowest total.
    pub low: Decimal,
    /// Its highest total.
    pub high: Decimal,
}

/// A line that states the bands of at least three grades.
pub struct StatedBands {
    /// Where it stands.
    pub cell: CellAddress,
    /// What each grade is, the highest first.
    pub bands: Vec<StatedBand>,
}

/// Returns every such line of a table.
pub fn stated(context: &RuleContext) -> Vec<StatedBands> {
    let evaluation = context.evaluation();
    let extra = evaluation.extra.iter().map(|field| &field.value);
    let lines = evaluation.notes.iter().chain(extra);
    let mut found: Vec<StatedBands> = lines.filter_map(|line| bands_of(context, line)).collect();
    found.sort_by_key(|line| line.cell);
    found.dedup_by_key(|line| line.cell);
    found
}

fn bands_of(context: &RuleContext, line: &Field<String>) -> Option<StatedBands> {
    // A line of four grades is short; anything longer is an essay.
    if line.value.chars().take(LONGEST + 1).count() > LONGEST {
        return None;
    }
    let text = context.folded(line);
    let mut bands: Vec<StatedBand> = Vec::new();
    for clause in text.split(['、', ',', ';', '。', '，', '；']) {
        let Some(band) = band_of(context, clause) else { continue };
        if bands.iter().any(|known| known.grade == band.grade) {
            return None;
        }
        bands.push(band);
    }
    bands.sort_by_key(|band| std::cmp::Reverse(band.low));
    let falls = bands
        .iter()
        .zip(bands.iter().skip(1))
        .all(|(above, below)| above.low > below.low);
    (bands.len() >= 3 && falls).then_some(StatedBands { cell: line.cell, bands })
}

const LONGEST: usize = 200;

/// `90(含)-100分为优`, `优(90-100分)`, `60分以下为差`.
fn band_of(context: &RuleContext, clause: &str) -> Option<StatedBand> {
    let numbers = numbers(clause);
    if numbers.is_empty() || numbers.len() > 2 {
        return None;
    }
    let grade = grade_of(context, clause)?;
    let full = context.full_marks();
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let (low, high) = match numbers.as_slice() {
        [one, other] => (*one.min(other), *one.max(other)),
        [one] if has(&["以下", "不足", "低于", "小于", "<", "≤"]) => (Decimal::ZERO, *one),
        [one] if has(&["以上", "不低于", "大于", ">", "≥"]) => (*one, full),
        _ => return None,
    };
    (high <= full).then_some(StatedBand { grade, low, high })
}

/// Returns the only grade that a clause names by a word of the standard, the longest word first.
fn grade_of(context: &RuleContext, clause: &str) -> Option<Grade> {
    let characters = Characters::of(clause);
    let words = context
        .standard
        .grades
        .iter()
        .flat_map(|band| band.names.iter().map(|name| (name.as_str(), band.grade)))
        .filter(|(name, _)| holds(clause, characters, name));
    let longest = words.clone().map(|(name, _)| name.chars().count()).max()?;
    let mut found = words.filter(|(name, _)| name.chars().count() == longest);
    let (_, grade) = found.next()?;
    found.all(|(_, other)| other == grade).then_some(grade)
}

fn numbers(clause: &str) -> Vec<Decimal> {
    clause
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| !part.is_empty() && part.len() <= MOST_DIGITS)
        .filter_map(|part| Decimal::from_str_exact(part).ok())
        .collect()
}

/// `100.00` has six signs.
const MOST_DIGITS: usize = 6;
