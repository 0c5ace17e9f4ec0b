//! Rows that add up the points of others: 总分 and 小计 by whatever name, told by what they add up.

use rust_decimal::Decimal;

use super::super::header::{ColumnRole, column_of};
use super::super::view::{RowView, Slot};
use super::super::vocabulary::{IndicatorWord, RowWord};
use super::heading::Label;
use super::running_sums::Points;
use super::{Binder, Block};
use crate::model::{FundSource, IndicatorField};
use crate::text::keys::{header_key, match_key, without_ordinal};

/// More are no points, but a date or the number of a telephone.
pub(super) const MOST_POINTS: Decimal = Decimal::ONE_THOUSAND;

/// In the names of figures that are no sum of points.
const BESIDE: [&str; 3] = ["扣分", "平均", "得分率"];

/// A row with a name, points, and neither target nor actual.
pub(super) struct PointsRow {
    pub(super) label: Slot,
    /// 合计 beside the name of one of its parts.
    over: Option<Slot>,
    pub(super) points: Points,
}

#[derive(PartialEq, Eq)]
enum Sum {
    Total,
    Subtotal,
    /// 扣分合计, 平均得分, 得分率: worked out from the points and no sum of them.
    Beside,
}

impl<'v> Binder<'v, '_> {
    /// Binds a row that adds up others; `false` where it is none. `leading` is its first name.
    pub(super) fn bind_sum(&mut self, row: &'v RowView<'_>, leading: &Slot) -> bool {
        if let Some(found) = self.points_row(row)
            && let Some(sum) = self.sum_of(row, &found)
        {
            if let Some(over) = &found.over {
                self.decorate(over);
            }
            match sum {
                Sum::Total => self.bind_total_row(row, &found.label),
                Sum::Subtotal => self.bind_subtotal(row, &found.label),
                Sum::Beside => self.keep_sum(row, &found.label),
            }
            return true;
        }
        if self.is_name_and_total(row, leading) {
            self.bind_total_row(row, leading);
            return true;
        }
        if self.label(leading) == Some(Label::Total) && !self.is_indicator_named_so(row, leading) {
            if self.inside_level1(row, leading) {
                self.bind_subtotal(row, leading);
                return true;
            }
            // A total above all that it sums ends nothing.
            let is_above = self.indicator_rows.sums.rows == 0 && self.goes_on_below(row);
            self.bind_total_row(row, leading);
            if is_above {
                self.block = Block::Indicators;
            }
            return true;
        }
        let is_subtotal = header_key(self.view.key(leading)).ends_with("小计");
        if is_subtotal {
            self.bind_subtotal(row, leading);
        }
        is_subtotal
    }

    /// Binds a further sum below the total: that of a reviewer, the points of the execution again, or another total;
    /// `false` where a row is none, or only adds what the total lacks.
    pub(super) fn bind_sum_below_total(&mut self, row: &'v RowView<'_>) -> bool {
        let Some(found) = self.points_row(row).filter(|found| found.over.is_none()) else {
            return false;
        };
        let name = self.label(&found.label);
        let Some(known) = &self.evaluation.total else {
            let is_total = name == Some(Label::HeadTotal);
            if is_total {
                self.bind_total_row(row, &found.label);
            }
            return is_total;
        };
        let is_another = || {
            let known = (known.weight.is_some(), known.score.as_ref().map(|score| score.value));
            matches!(known, (true, Some(score)) if found.points.score.is_some_and(|other| other != score))
        };
        let is_sum = match name {
            Some(Label::HeadReview | Label::HeadTotal) => true,
            Some(Label::Total) => is_another(),
            Some(_) => false,
            None => names_sum(&header_key(self.view.key(&found.label))),
        };
        if !is_sum {
            return false;
        }
        self.keep_sum(row, &found.label);
        true
    }

    /// Keeps the figures of a sum that the model has no place for, each under its header, the weight first.
    fn keep_sum(&mut self, row: &'v RowView<'_>, label: &Slot) {
        self.decorate(label);
        let is_figure = |slot: &&Slot| slot.range.first.column > label.range.last.column;
        let mut figures: Vec<&Slot> = row.own().filter(is_figure).collect();
        let role = |slot: &Slot| column_of(&self.header.columns, slot).map(|column| column.role);
        figures.sort_by_key(|slot| role(slot) != Some(ColumnRole::Column(IndicatorField::Weight)));
        for slot in figures {
            self.keep_figure(label, slot);
        }
    }

    /// Returns whether a row is nothing but 自评得分 and a number, wherever that stands, and perhaps a grade.
    fn is_name_and_total(&self, row: &RowView<'_>, name: &Slot) -> bool {
        let mut own = row.own().take_while(|slot| self.label(slot) != Some(Label::Grade));
        let (Some(first), Some(second), None) = (own.next(), own.next(), own.next()) else {
            return false;
        };
        first.cell == name.cell
            && self.indicator_rows.sums.rows > 1
            && self.is_score_word(name)
            && self.begins_levels(name)
            && self.points_at(second).is_some_and(|points| points <= MOST_POINTS)
            && !self.goes_on_below(row)
    }

    fn bind_subtotal(&mut self, row: &'v RowView<'_>, label: &Slot) {
        self.bind_subtotal_row(row, label);
        self.indicator_rows.sums.since_sum = Points::default();
    }

    /// Returns whether a 合计 stands inside a 一级指标 that goes on, so that it totals that level only.
    fn inside_level1(&self, row: &RowView<'_>, label: &Slot) -> bool {
        let Some(level1) = self.header.column(IndicatorField::Level1) else {
            return false;
        };
        label.range.first.column > level1.last
            && row.slots.iter().any(|slot| {
                slot.range.first.column <= level1.last
                    && slot.range.last.column >= level1.first
                    && self.label(slot) != Some(Label::Total)
            })
    }

    /// Returns whether 综合评分 in the column of names is an indicator: beside a target and an actual, the first of its
    /// level, or no sum of those above but counted by the total.
    fn is_indicator_named_so(&self, row: &RowView<'_>, label: &Slot) -> bool {
        use IndicatorField::{Level1, Level2};
        let level = [Level2, Level1].into_iter().find_map(|level| self.header.column(level));
        let begins_level = || {
            let above = level.filter(|level| level.last < label.range.first.column);
            above.is_some_and(|level| {
                let mut names = row
                    .own()
                    .filter(|slot| level.overlaps(slot) && !self.view.is_placeholder(slot));
                names.any(|name| self.label(name) != Some(Label::Total) && !self.is_level_in_force(name))
            })
        };
        let sums = &self.indicator_rows.sums;
        let points = Points {
            weight: self.points_of(row),
            score: self.points_in(row, IndicatorField::Score),
        };
        let are_all = points.are(sums.all) || points.are(sums.all.and(self.execution_points()));
        // 综合评价 | 综合得分 | 100 begins no level.
        let may_begin = points.weight != Some(Decimal::ONE_HUNDRED) && !self.begins_levels(label) && begins_level();
        if are_all && !may_begin && !self.is_counted_below(row, points) {
            return false;
        }
        let is_counted = || {
            let of_levels = sums.levels.iter().any(|(_, sum)| points.are(*sum));
            !of_levels && !are_all && !points.are(sums.since_sum) && self.is_counted_below(row, points)
        };
        (self.names_indicator(row, label) && self.has_value(row))
            || (!self.begins_levels(label) && (begins_level() || is_counted()))
    }

    /// Returns whether a 合计 is that of a part: a greater sum or more indicators and their sum stand below, or those of
    /// the other parts above.
    fn totals_part(&self, row: &RowView<'_>, label: &Slot, points: Points) -> bool {
        let sums = &self.indicator_rows.sums;
        let are_all = points.are(sums.all);
        if self.inside_level1(row, label) {
            return false;
        }
        let is_below_head = || {
            let head = self.total_of_heading().and_then(|total| total.score.as_ref());
            head.is_some_and(|head| points.score.is_some_and(|score| score != head.value))
        };
        if are_all && self.has_greater_below(row, points) {
            return true;
        }
        if points.weight.is_none_or(|weight| weight == Decimal::ONE_HUNDRED) {
            return false;
        }
        // The total in the heading counts the points of the execution too.
        if are_all && is_below_head() {
            return true;
        }
        let is_of_level = sums.levels.last().is_some_and(|(_, sum)| points.are(*sum));
        let is_sum = are_all || is_of_level || points.are(sums.since_sum);
        let name = self.view.text(label);
        let is_another = || self.evaluation.subtotals.iter().any(|sum| sum.label.value == name);
        match self.sum_below(row, points) {
            // One of the same name below the next rows is that of their level, so that a wrong one is known too.
            Some((next, goes_on)) => is_sum || is_another() || (goes_on && self.view.text(&next) == name),
            None => is_sum && !are_all && is_another(),
        }
    }

    /// Returns what a row adds up, where its name does not say that it is the total, or is not to be believed.
    fn sum_of(&self, row: &RowView<'_>, found: &PointsRow) -> Option<Sum> {
        let PointsRow { label, over, points } = found;
        let sums = &self.indicator_rows.sums;
        let fund = self.execution_points();
        let whole = sums.all.and(fund);
        let are_all = points.are(sums.all);
        if self.label(label) == Some(Label::Total) {
            return match self.totals_part(row, label, *points) {
                true => Some(Sum::Subtotal),
                false => over.map(|_| Sum::Total),
            };
        }
        let key = match_key(self.view.text(label));
        let wording = header_key(&key);
        if wording.ends_with("小计") {
            return Some(Sum::Subtotal);
        }
        // What has a number of its own, or is part of the total below, is an indicator.
        if row.own().any(|slot| self.is_row_number(slot)) || self.is_counted_below(row, *points) {
            return None;
        }
        let is_of_reviewer = || {
            let word = self.view.meanings(label).indicator;
            word == Some(IndicatorWord::Column(IndicatorField::ReviewScore)) && self.evaluation.total.is_some()
        };
        let is_review = self.label(label) == Some(Label::HeadReview) || is_of_reviewer();
        let is_worded = names_sum(&wording);
        let is_rate = wording.ends_with('率');
        let has_place = over.is_some() || self.begins_levels(label);
        let is_beside = (is_worded || is_rate) && BESIDE.iter().any(|word| wording.contains(word));
        if has_place && (is_review || is_beside) {
            return Some(Sum::Beside);
        }
        let is_of = |(name, sum): &(String, Points)| {
            let rest = after_level(&wording, name);
            rest.is_some_and(|rest| points.are(*sum) || SUMS.contains(&rest))
        };
        if is_worded && has_place && sums.levels.iter().any(is_of) {
            return Some(Sum::Subtotal);
        }
        // The points of the execution are those of the funds again, or an indicator of their own.
        if wording.contains("执行") {
            let is_of_funds = ["预算执行", "资金执行", "执行率", "执行得分"]
                .iter()
                .any(|word| wording.contains(word));
            return (is_worded && is_of_funds && fund.score.is_some() && points.are(fund)).then_some(Sum::Subtotal);
        }
        let inside = self.inside_level1(row, label);
        // A single indicator and its total are told apart by the name of the sum.
        let has_parts = sums.rows > 1 || (sums.rows == 1 && is_worded && self.begins_levels(label));
        let is_last = || !self.goes_on_below(row) && !self.has_greater_below(row, *points);
        if has_parts && !inside && is_last() {
            let is_sum = points.are(whole);
            let is_told = points.weight.is_some() && self.spans_values(label);
            // No indicator has the name of a column of scores.
            if (is_sum && is_told)
                || (is_worded && has_place && (is_sum || are_all))
                || (self.is_score_word(label) && self.begins_levels(label))
            {
                return Some(Sum::Total);
            }
        }
        // A sum that does not say of what is that of the rows right above it.
        let last_level = sums.levels.last().map(|(_, sum)| *sum).unwrap_or_default();
        let says_nothing = SUMS.contains(&&*wording) || self.is_score_word(label);
        let is_part =
            are_all || points.are(whole) || (says_nothing && (points.are(sums.since_sum) || points.are(last_level)));
        (is_worded && sums.rows > 1 && has_place && is_part).then_some(Sum::Subtotal)
    }

    /// Returns a row as a name and points; `None` where it says anything of an indicator.
    pub(super) fn points_row(&self, row: &RowView<'_>) -> Option<PointsRow> {
        use IndicatorField::{Reason, ReviewScore, Score, Weight};
        let level_end = self.header.last_level_column();
        let mut label: Option<Slot> = None;
        let mut over = None;
        let mut points = Points::default();
        for slot in row.own() {
            if self.view.is_placeholder(slot) || self.is_row_number(slot) || self.is_margin_heading(slot) {
                continue;
            }
            let role = column_of(&self.header.columns, slot).map(|column| column.role);
            match role {
                Some(ColumnRole::LevelWeight(_)) if self.points_at(slot).is_some() => {}
                _ if slot.range.first.column <= level_end => {
                    if self.view.is(slot, RowWord::Block) && label.is_none() && role == Some(ColumnRole::Margin) {
                        continue;
                    }
                    if let Some(before) = label.replace(*slot) {
                        let is_over = over.is_none()
                            && self.label(&before) == Some(Label::Total)
                            && names_sum(&header_key(self.view.key(slot)));
                        over = is_over.then_some(before);
                        over?;
                    }
                }
                Some(ColumnRole::Column(Weight)) => points.weight = self.points_at(slot),
                Some(ColumnRole::Column(Score)) => points.score = self.points_at(slot),
                Some(ColumnRole::Column(ReviewScore | Reason) | ColumnRole::Derived) | None => {}
                Some(ColumnRole::Extra | ColumnRole::Unknown) if self.points_at(slot).is_some() => {}
                Some(_) => return None,
            }
        }
        let label = label.filter(|label| self.points_at(label).is_none())?;
        (points != Points::default()).then_some(PointsRow { label, over, points })
    }

    /// Returns whether points are the scores of all indicators so far, with those of the execution or without them.
    pub(super) fn is_sum_of_scores(&self, points: Decimal) -> bool {
        let all = self.indicator_rows.sums.all;
        [all, all.and(self.execution_points())]
            .into_iter()
            .any(|sum| sum.score == Some(points))
    }

    /// Returns the points of the execution of the budget, where the funds state them.
    pub(super) fn execution_points(&self) -> Points {
        let funds = self.evaluation.funds.iter();
        let total = funds.filter(|fund| fund.source == FundSource::Total).find_map(|fund| {
            Some(Points {
                weight: Some(fund.weight.as_ref()?.value),
                score: fund.score.as_ref().map(|score| score.value),
            })
        });
        total.unwrap_or_default()
    }

    /// Returns whether a name stands where those of the levels begin.
    fn begins_levels(&self, label: &Slot) -> bool {
        label.range.first.column <= self.header.first_level_column()
    }

    /// Returns whether a name is merged over the columns of the levels, the targets and the actuals.
    fn spans_values(&self, label: &Slot) -> bool {
        let reaches = |column: IndicatorField| {
            let header = self.header.column(column);
            header.is_none_or(|header| header.last <= label.range.last.column)
        };
        label.range.first.column < label.range.last.column
            && self.begins_levels(label)
            && label.range.last.column >= self.header.last_level_column()
            && reaches(IndicatorField::Target)
            && reaches(IndicatorField::Actual)
    }

    fn is_score_word(&self, label: &Slot) -> bool {
        use IndicatorField::Score;
        let word = self.view.meanings(label).indicator;
        matches!(word, Some(IndicatorWord::Column(Score) | IndicatorWord::ConvertedScore))
    }
}

/// What the names of sums end with.
const SUMS: [&str; 8] = ["得分", "评分", "总分", "小计", "合计", "总计", "总和", "分数"];

/// Returns what follows the name of a level in the name of a sum.
fn after_level<'w>(wording: &'w str, level: &str) -> Option<&'w str> {
    let key = match_key(level);
    let level = without_ordinal(&key).unwrap_or(&key);
    let bare = level.strip_suffix("指标").unwrap_or(level);
    let rest = wording.strip_prefix(bare).filter(|_| !bare.is_empty())?;
    Some(rest.strip_prefix("指标").unwrap_or(rest))
}

/// Returns whether a header key names points that were given or added up.
pub(super) fn names_sum(wording: &str) -> bool {
    SUMS.iter().any(|sum| wording.ends_with(sum))
}

/// Returns whether a header key names points given: 自评得分, 得分合计.
pub(super) fn names_score(key: &str) -> bool {
    key.contains("得分") && names_sum(&header_key(key))
}
