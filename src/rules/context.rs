//! What a rule may look at: the table as read, its places, its rescoring and the standard.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::kit::folded_fields::FoldedFields;
use super::kit::grade_bands::{self, StatedBands};
use super::kit::report_match::ReportMatch;
use super::kit::texts::{FoldedText, RowTexts};
use super::kit::wording::{self, Wording};
use super::kit::words;
use super::{Findings, Source};
use crate::grid::{CellAddress, FileFormat};
use crate::model::{
    BoundCell, CellFactAt, Evaluation, ExecutionScorePlace, Field, FundField, FundRow, Indicator, IndicatorField,
    RescoredRow, RescoredRows, Rescoring, RescoringItem, TableReading,
};
use crate::reference::TableReferences;
use crate::rescore::Assessment;
use crate::standard::Standard;
use crate::text::named_files::EvidenceFiles;
use crate::text::sentence;

/// One table with everything known about it.
pub struct RuleContext<'a> {
    /// The table as read.
    pub table: &'a TableReading,
    /// Format of the file it came from.
    pub format: FileFormat,
    /// The path of that file as given, where there is one.
    pub file: Option<&'a str>,
    /// How many tables that file holds.
    pub tables: usize,
    /// The report that restates the table, and what of the table it speaks of.
    pub report: Option<ReportMatch<'a>>,
    /// The files handed in as evidence, where a folder of them was given.
    pub evidence: Option<&'a EvidenceFiles>,
    /// What else the table is held against from outside, where there is anything.
    pub references: Option<&'a TableReferences<'a>>,
    /// Its rescoring under `standard`.
    pub rescoring: &'a Rescoring,
    /// The standard it is measured by.
    pub standard: &'a Standard,
    items: RescoredRows<'a>,
    facts: BTreeMap<CellAddress, &'a CellFactAt>,
    assessments: &'a [Assessment],
    fields: FoldedFields<'a>,
    rows: Vec<RowTexts<'a>>,
    no_row: RowTexts<'a>,
    wording: Vec<Wording<'a>>,
    stated_bands: OnceCell<Vec<StatedBands>>,
}

impl<'a> RuleContext<'a> {
    /// Returns the context of one table.
    pub fn new(
        table: &'a TableReading,
        source: &Source<'a>,
        rescoring: &'a Rescoring,
        assessments: &'a [Assessment],
        standard: &'a Standard,
    ) -> Self {
        let facts = table.facts.iter().map(|fact| (fact.cell, fact)).collect();
        let fields = FoldedFields::new(&table.evaluation);
        let mut walk = fields.walk();
        let indicators = table.evaluation.indicators.iter();
        Self {
            table,
            format: source.format,
            file: source.file,
            tables: source.tables,
            report: source.report.map(|part| ReportMatch::new(part, table)),
            evidence: source.evidence,
            references: source.references,
            rescoring,
            standard,
            items: rescoring.by_row(&table.evaluation),
            facts,
            assessments,
            rows: indicators.map(|row| RowTexts::new(row, &mut walk)).collect(),
            no_row: RowTexts::default(),
            wording: wording::all(table, &fields),
            stated_bands: OnceCell::new(),
            fields,
        }
    }

    /// Points of a whole table.
    pub const fn full_marks(&self) -> Decimal {
        self.standard.full_score
    }

    /// Returns what was declared.
    pub const fn evaluation(&self) -> &'a Evaluation {
        &self.table.evaluation
    }

    /// Returns the indicator rows with their index.
    pub fn indicators(&self) -> impl Iterator<Item = (usize, &'a Indicator)> {
        self.table.evaluation.indicators.iter().enumerate()
    }

    /// Returns the texts of an indicator row without white space; empty for a row that is not there.
    pub(in crate::rules) fn texts(&self, row: usize) -> &RowTexts<'a> {
        self.rows.get(row).unwrap_or(&self.no_row)
    }

    /// Returns the indicator rows with their index and texts.
    pub(in crate::rules) fn rows(&self) -> impl Iterator<Item = (usize, &'a Indicator, &RowTexts<'a>)> {
        self.indicators()
            .zip(&self.rows)
            .map(|((row, indicator), texts)| (row, indicator, texts))
    }

    /// Returns a field's text without white space.
    pub(in crate::rules) fn folded<'c>(&'c self, field: &'c Field<String>) -> FoldedText<'c> {
        self.folded_at(field.cell, &field.value)
    }

    /// Returns the text of a cell without white space.
    pub(in crate::rules) fn folded_at<'c>(&'c self, cell: CellAddress, text: &'c str) -> FoldedText<'c> {
        match self.fields.find(cell, text) {
            Some(folded) => folded.by_reference(),
            None => FoldedText::new(text),
        }
    }

    /// Returns what people wrote in heading, goals, indicators and statements, each cell once.
    pub(in crate::rules) fn wording(&self) -> &[Wording<'a>] {
        &self.wording
    }

    /// Returns the lines that state which totals make which grade.
    pub(in crate::rules) fn stated_bands(&self) -> &[StatedBands] {
        self.stated_bands.get_or_init(|| grade_bands::stated(self))
    }

    /// Returns the fund rows with their index.
    pub fn funds(&self) -> impl Iterator<Item = (usize, &'a FundRow)> {
        self.table.evaluation.funds.iter().enumerate()
    }

    /// Returns what rescoring says of an indicator row.
    pub fn indicator_item(&self, row: usize) -> Option<&'a RescoringItem> {
        self.items.get(RescoredRow::Indicator(row))
    }

    /// Returns an indicator row's values as rescoring understands them.
    pub fn assessment(&self, row: usize) -> Option<&Assessment> {
        self.assessments.get(row)
    }

    /// Returns what rescoring says of a fund row.
    pub fn fund_item(&self, row: usize) -> Option<&'a RescoringItem> {
        self.items.get(RescoredRow::Fund(row))
    }

    /// Returns the cell of a column in an indicator row, filled or not.
    pub fn indicator_cell(&self, row: usize, column: IndicatorField) -> Option<CellAddress> {
        self.table.places.indicators.get(row)?.get(&column).copied()
    }

    /// Returns the cell of a column in a fund row, filled or not.
    pub fn fund_cell(&self, row: usize, column: FundField) -> Option<CellAddress> {
        self.table.places.funds.get(row)?.get(&column).copied()
    }

    /// Returns whether the indicator block has this column.
    pub fn has_column(&self, column: IndicatorField) -> bool {
        self.table.places.indicator_headers.contains_key(&column)
    }

    /// Index and row of 年度资金总额.
    pub fn fund_total(&self) -> Option<(usize, &'a FundRow)> {
        let row = self.evaluation().total_fund_row()?;
        Some((row, self.evaluation().funds.get(row)?))
    }

    /// Index and row of the fund row whose points rescoring weighs, else the first that carries points.
    pub fn execution_row(&self) -> Option<(usize, &'a FundRow)> {
        let carries = |fund: &FundRow| fund.weight.is_some() || fund.score.is_some();
        self.fund_total()
            .filter(|(_, fund)| carries(fund))
            .or_else(|| self.funds().find(|(_, fund)| carries(fund)))
    }

    /// Returns what is bound at a cell.
    pub fn binding_at(&self, cell: CellAddress) -> Option<BoundCell<'a>> {
        self.table.bindings.at(cell)
    }

    /// Returns whether anything stands just below a cell: the value of a label may.
    pub fn is_filled_below(&self, cell: CellAddress) -> bool {
        let below = CellAddress::new(cell.row.saturating_add(1), cell.column);
        let unread = &self.table.coverage.unread;
        let at = unread.partition_point(|unread| unread.cell < below);
        self.binding_at(below).is_some() || unread.get(at).is_some_and(|unread| unread.cell == below)
    }

    /// Returns whether points of the execution may stand in what was not read: no fund row gives any, and an unread text
    /// speaks of them (预算数：100万元；执行率：95%；得分：9.5分).
    pub fn may_have_unread_points(&self) -> bool {
        let speaks_of_them = |text: &str| text.contains("执行") && text.contains('分');
        !self
            .funds()
            .any(|(_, fund)| fund.weight.is_some() || fund.score.is_some())
            && self
                .table
                .coverage
                .unread
                .iter()
                .any(|unread| speaks_of_them(&unread.text))
    }

    /// Returns what reading noticed about a cell.
    pub fn fact(&self, cell: CellAddress) -> Option<&'a CellFactAt> {
        self.facts.get(&cell).copied()
    }

    /// Returns whether the row claims points: a weight or a score.
    pub fn claims_points(indicator: &Indicator) -> bool {
        indicator.weight.is_some() || indicator.score.is_some()
    }

    /// Returns whether the form has no place for points at all, as that of 转移支付: what holds without points holds
    /// there for every named indicator.
    pub fn has_no_points(&self) -> bool {
        !self.has_column(IndicatorField::Weight)
            && !self.has_column(IndicatorField::Score)
            && !self.table.evaluation.indicators.iter().any(Self::claims_points)
    }

    /// Returns whether the row has to be filled in: it claims points, or is named in a form without any.
    pub fn counts(&self, indicator: &Indicator) -> bool {
        Self::claims_points(indicator) || (self.has_no_points() && words::given(indicator.level3.as_ref()).is_some())
    }

    /// Returns whether nobody has filled the form in: indicators without any result, and no points or only zeros.
    pub fn is_not_filled_in(&self) -> bool {
        let evaluation = self.evaluation();
        let is_empty_or_zero = |score: Option<&Field<Decimal>>| score.is_none_or(|score| score.value.is_zero());
        let total = evaluation.total.as_ref().and_then(|total| total.score.as_ref());
        if !self.has_column(IndicatorField::Actual) || self.table.other_part.is_some() || !is_empty_or_zero(total) {
            return false;
        }
        if evaluation.indicators.is_empty() {
            let has_amounts = evaluation
                .funds
                .iter()
                .any(|fund| fund.executed.is_some() || fund.score.is_some());
            return !has_amounts && self.table.coverage.unread.is_empty();
        }
        let is_blank = |indicator: &Indicator| {
            is_empty_or_zero(indicator.score.as_ref())
                && is_empty_or_zero(indicator.review_score.as_ref())
                && words::given(indicator.actual.as_ref()).is_none_or(is_bare_zero)
        };
        if !evaluation.indicators.iter().all(is_blank) {
            return false;
        }
        // Zeros beside reasons were meant; a result of nothing beside points that are left open is one all the same.
        let has_scores = self.is_scored() || total.is_some();
        let has_reasons = evaluation.indicators.iter().any(|row| says(row.reason.as_ref()));
        match (has_scores, self.has_actuals()) {
            (false, false) => true,
            (false, true) => false,
            (true, _) => !has_reasons,
        }
    }

    /// Returns whether any indicator carries a score: a form without one is a template, or has no scoring.
    pub fn is_scored(&self) -> bool {
        self.table
            .evaluation
            .indicators
            .iter()
            .any(|indicator| indicator.score.is_some())
    }

    /// Returns whether any indicator says what was achieved.
    pub fn has_actuals(&self) -> bool {
        self.table
            .evaluation
            .indicators
            .iter()
            .any(|indicator| words::given(indicator.actual.as_ref()).is_some())
    }

    /// Sum of the declared indicator weights (points); `None` when there is none.
    pub fn sum_of_weights(&self) -> Option<Decimal> {
        let mut weights = self
            .table
            .evaluation
            .indicators
            .iter()
            .filter_map(|row| row.weight.as_ref())
            .peekable();
        weights.peek()?;
        Some(weights.map(|weight| weight.value).sum())
    }

    /// Returns the sums that a printed total weight may show for these indicator weights: with the fund block's
    /// points where they lie inside the hundred, and without them only where the printed total score leaves them out
    /// as well.
    pub fn weight_sums(&self, sum: Decimal) -> Vec<Decimal> {
        let inside = match self.rescoring.execution_score {
            ExecutionScorePlace::Inside => self.execution_weight(),
            ExecutionScorePlace::Outside | ExecutionScorePlace::Absent => None,
        };
        let Some(weight) = inside else { return vec![sum] };
        if self.total_leaves_fund_out() {
            vec![sum + weight, sum]
        } else {
            vec![sum + weight]
        }
    }

    /// Returns whether the printed total score is the sum of the indicators alone.
    fn total_leaves_fund_out(&self) -> bool {
        let total = self.evaluation().total.as_ref().and_then(|total| total.score.as_ref());
        let scores = self.evaluation().indicators.iter().filter_map(|row| row.score.as_ref());
        let sum: Decimal = scores.map(|score| score.value).sum();
        total.is_some_and(|total| (total.value - sum).abs() <= self.standard.tolerance.score)
    }

    /// Returns the rows whose weights make the whole: the indicators, and the fund row where it lies inside the
    /// hundred.
    pub fn weighed_rows(&self) -> Vec<RescoredRow> {
        let inside = match self.rescoring.execution_score {
            ExecutionScorePlace::Inside => self.execution_row().map(|(row, _)| RescoredRow::Fund(row)),
            ExecutionScorePlace::Outside | ExecutionScorePlace::Absent => None,
        };
        self.indicators()
            .map(|(row, _)| RescoredRow::Indicator(row))
            .chain(inside)
            .collect()
    }

    /// 分值 of the fund block's row that carries points.
    pub fn execution_weight(&self) -> Option<Decimal> {
        let (row, fund) = self.execution_row()?;
        fund.weight
            .as_ref()
            .map(|weight| weight.value)
            .or_else(|| self.fund_item(row)?.weight)
    }

    /// Returns whether any cell of the weight column is condemned or missing its figure, so that no sum can be
    /// judged.
    pub fn has_condemned_weight(&self, findings: &Findings) -> bool {
        self.indicators()
            .any(|(row, _)| findings.any_condemned([self.indicator_cell(row, IndicatorField::Weight)]))
    }

    /// Returns whether a deduction of this row has a reason, or the form leaves no place for one.
    pub fn has_reason(&self, row: usize) -> bool {
        if !self.has_column(IndicatorField::Reason) {
            return true;
        }
        let name = self
            .evaluation()
            .indicators
            .get(row)
            .and_then(|indicator| indicator.level3.as_ref());
        let is_execution = || name.is_some_and(|name| name.value.contains("执行率"));
        self.has_written_reason(row)
            || (self.evaluation().funds.iter().any(|fund| says(fund.reason.as_ref())) && is_execution())
    }

    /// Returns whether the row's own reason says something.
    pub fn has_written_reason(&self, row: usize) -> bool {
        self.evaluation()
            .indicators
            .get(row)
            .is_some_and(|indicator| says(indicator.reason.as_ref()))
    }

    /// Returns a row's name for messages: its 三级指标, else its cell.
    pub fn name(&self, row: usize) -> String {
        let indicator = self.table.evaluation.indicators.get(row);
        let level3 = indicator.and_then(|indicator| indicator.level3.as_ref());
        let name = level3.map(|level3| words::shortened(&level3.value));
        match name.filter(|name| !name.is_empty()) {
            Some(name) => sentence!["“", name, "”"],
            None => sentence!["第 ", row + 1, " 项指标"],
        }
    }
}

fn is_bare_zero(text: &str) -> bool {
    let digits = text.trim().trim_end_matches('%');
    digits.parse::<Decimal>().is_ok_and(|number| number.is_zero())
}

fn says(reason: Option<&Field<String>>) -> bool {
    reason.is_some_and(|reason| !words::is_empty_reason(&reason.value))
}
