//! A19: the 评分标准 of a row gives more or fewer points in full than its 分值.

use rust_decimal::Decimal;

use crate::model::{Indicator, LabelledField, RescoredRow};
use crate::rules::kit::texts::{FoldedText, Word, words};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "A19", "criterion-full-mark-differs", "评分标准的满分与分值不符", Warning, NamedSlips }

/// Headers of columns that say how points are given.
const CRITERIA: [Word; 8] = words![
    "评分",
    "计分",
    "赋分",
    "评价标准",
    "得分计算",
    "扣分标准",
    "权重说明",
    "打分"
];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let Some(weight) = indicator.weight.as_ref().filter(|weight| weight.value > Decimal::ZERO) else {
            continue;
        };
        if findings.any_condemned([Some(weight.cell)]) || findings.is_weight_doubtful(RescoredRow::Indicator(row)) {
            continue;
        }
        let differing = criteria(indicator)
            .filter(|criterion| !is_shared(context, row, criterion) && !findings.is_explained(criterion.value.cell))
            .find_map(|criterion| Some((criterion, full_mark(&criterion.value.value, weight.value)?)))
            .filter(|(_, full)| !is_of_several(context, row, *full));
        let Some((criterion, full)) = differing else { continue };
        let cell = criterion.value.cell;
        findings.report(
            Finding::new(
                cell,
                format!(
                    "评分标准的满分应等于分值；{}的“{}”（{cell}）满分是 {} 分，分值（{}）是 {} 分。",
                    context.name(row),
                    words::shortened(&criterion.label),
                    plain(full),
                    weight.cell,
                    plain(weight.value)
                ),
                format!("核对批复的分值，改正 {cell} 或 {}。", weight.cell),
            )
            .field(format!("indicators[{row}].weight"))
            .figures(weight.value, full)
            .basis(&context.standard.clauses.weights)
            .related([weight.cell]),
        );
    }
}

fn criteria(indicator: &Indicator) -> impl Iterator<Item = &LabelledField> {
    indicator
        .extra
        .iter()
        .filter(|extra| words::tight(&extra.label).has_any(&CRITERIA))
}

/// Returns whether the criterion's cell is merged over other rows, whose points it then gives as well.
fn is_shared(context: &RuleContext, row: usize, criterion: &LabelledField) -> bool {
    let beside = [row.checked_sub(1), row.checked_add(1)];
    beside
        .into_iter()
        .flatten()
        .filter_map(|row| context.evaluation().indicators.get(row))
        .flat_map(|indicator| &indicator.extra)
        .any(|extra| extra.value.cell == criterion.value.cell)
}

/// Returns whether the points are those of this row and of rows below it that have no criterion of their own.
fn is_of_several(context: &RuleContext, row: usize, full: Decimal) -> bool {
    let rows = context.evaluation().indicators.iter().enumerate().skip(row);
    let own = rows.take_while(|(at, indicator)| *at == row || criteria(indicator).next().is_none());
    own.filter_map(|(_, indicator)| indicator.weight.as_ref())
        .scan(Decimal::ZERO, |sum, weight| {
            *sum = sum.checked_add(weight.value)?;
            Some(*sum)
        })
        .any(|sum| sum == full)
}

/// What gives points piece by piece, or for several things.
const PIECEMEAL: [Word; 15] = words![
    "每", "各", "分别", "累计", "加分", "加", "另", "另外", "其中", "最多", "至多", "上限", "①", "(1)", "1、",
];

/// What says that there is nothing below the points just given.
const OR_NOTHING: [Word; 6] = words![
    "否则不得分",
    "否则得0分",
    "否则0分",
    "未完成不得分",
    "未达到不得分",
    "未完成得0分"
];

/// Returns the full mark that a criterion states, if it is surely not this weight.
fn full_mark(criterion: &str, weight: Decimal) -> Option<Decimal> {
    let text = words::tight(criterion);
    let stated: Vec<Decimal> = ["满分", "满分为", "共计", "总分"]
        .iter()
        .flat_map(|word| points_behind(&text, word))
        .collect();
    if let [full, rest @ ..] = stated.as_slice() {
        let is_one = rest.iter().all(|other| other == full);
        return (is_one && *full != weight && *full != Decimal::ONE_HUNDRED).then_some(*full);
    }
    let given: Vec<Decimal> = ["得", "计", "得满分", "记", "给"]
        .iter()
        .flat_map(|word| points_behind(&text, word))
        .filter(|points| *points > Decimal::ZERO)
        .collect();
    let most = given.iter().copied().max()?;
    if text.has_any(&PIECEMEAL) || most == Decimal::ONE_HUNDRED {
        return None;
    }
    let is_all = given.iter().all(|points| *points == most) && text.has_any(&OR_NOTHING);
    (most > weight || (most < weight && is_all && given.len() == 1)).then_some(most)
}

/// Returns the points, `5分`, that stand right behind a word.
fn points_behind<'a>(text: &'a FoldedText<'_>, word: &'a str) -> impl Iterator<Item = Decimal> + 'a {
    text.match_indices(word).filter_map(move |(at, _)| {
        let rest = text.get(at + word.len()..)?.trim_start_matches(['为', ':']);
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let digits = words::before_rest(rest, after)?;
        after.starts_with('分').then(|| digits.parse().ok()).flatten()
    })
}
