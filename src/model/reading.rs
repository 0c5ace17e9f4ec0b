//! What the layout stage hands on: the Evaluation, where everything stands, and the account of cells.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::{CellAddress, CellRange};
use crate::model::{
    Bindings, Coverage, Evaluation, FieldMap, FieldPath, FundField, Grade, GuessedHeader, IndicatorField, MoneyUnit,
    TableKind, UnknownHeader,
};

/// A field of the heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HeadingField {
    /// The title line.
    Title,
    /// The year line.
    Year,
    /// 项目名称.
    ProjectName,
    /// 主管部门.
    Department,
    /// 实施单位.
    ImplementingUnit,
}

/// The grade cell and its ticks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GradePlace {
    /// The cell with the grade or the tick line.
    pub cell: CellAddress,
    /// Whether it is a line of boxes (优☑良□中□差□) rather than a word.
    pub is_tick_line: bool,
    /// Grades whose box is ticked, in the line's order.
    pub ticked: Vec<Grade>,
    /// What a person sees.
    pub text: String,
}

/// Where the total row's cells stand, filled or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TotalPlaces {
    /// The 总分 label.
    pub label: CellAddress,
    /// Its cell in the weight column.
    pub weight: Option<CellAddress>,
    /// Its cell in the score column.
    pub score: Option<CellAddress>,
}

/// What a labelled line outside the blocks asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LineKind {
    /// 填报人, 联系电话, 填报日期 …
    Signature,
    /// 存在问题, 改进措施, 评价结论 …
    Conclusion,
}

/// A label outside the blocks, with or without a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelledLine {
    /// What it asks for.
    pub kind: LineKind,
    /// The label as written, without its colon.
    pub label: String,
    /// The label's cell.
    pub cell: CellAddress,
    /// The value's cell; the label's own where both stand in one cell, `None` where nothing stands there.
    pub value: Option<CellAddress>,
}

/// A label or heading that gives no field, as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelText {
    /// Where.
    pub cell: CellAddress,
    /// What a person sees there.
    pub text: String,
}

/// Where things stand, filled or not, so that a finding about something missing still has its cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TablePlaces {
    /// Label (or own) cells of heading fields that the form shows.
    pub headings: FieldMap<HeadingField>,
    /// Header cells of the indicator block.
    pub indicator_headers: FieldMap<IndicatorField>,
    /// For each indicator, the cell of each column.
    pub indicators: Vec<FieldMap<IndicatorField>>,
    /// Header cells of the fund block.
    pub fund_headers: FieldMap<FundField>,
    /// For each fund row, the cell of each column.
    pub funds: Vec<FieldMap<FundField>>,
    /// The total row.
    pub total: Option<TotalPlaces>,
    /// The grade.
    pub grade: Option<GradePlace>,
    /// Signature lines and conclusions, in the form's order.
    pub lines: Vec<LabelledLine>,
    /// The 年度 is written as such (a year line, or 2023年度 in the title), not inferred from another text.
    pub year_is_explicit: bool,
}

/// Something about a cell that a rule of family R or A14 reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CellFact {
    /// A bare number kept as text where a figure belongs.
    NumberAsText,
    /// A figure's cell holds a text that is neither a number nor a placeholder.
    UnreadableFigure,
    /// An error value; its code.
    ErrorValue(String),
    /// A formula without a stored result; the formula.
    FormulaWithoutValue(String),
    /// A number whose format shows another than is stored; the stored one. The shown one was read.
    ShownOtherwise {
        /// What the cell stores.
        stored: Decimal,
    },
    /// An amount in another unit than the table's, which was converted to it.
    AmountInOwnUnit {
        /// The unit that the cell, its row or its column names.
        unit: MoneyUnit,
    },
    /// A figure in a hidden row, column or sheet. `scored` when it takes part in scores or amounts.
    HiddenFigure {
        /// Whether the figure is a weight, a score or an amount of the table.
        scored: bool,
    },
}

/// A fact with its cell and, if bound, its field path (as in [`Binding::field`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CellFactAt {
    /// Where.
    pub cell: CellAddress,
    /// What a person sees there.
    pub text: String,
    /// The field path, if the cell is bound or stands in a field's place.
    pub field: Option<String>,
    /// What was noticed.
    pub fact: CellFact,
}

/// A figure that a formula gave, and what its cells give now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormulaReading {
    /// Where.
    pub cell: CellAddress,
    /// The field path, as in [`Binding::field`].
    pub field: String,
    /// The formula without its `=`.
    pub formula: String,
    /// The value of its cells.
    pub recomputed: Recomputed,
    /// The ranges it adds up, when it does nothing else; left out of the JSON otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summed: Option<Vec<CellRange>>,
}

/// What computing a formula again gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recomputed {
    /// The stored value.
    AsStored,
    /// Another value than the stored one.
    Otherwise(Decimal),
    /// Nothing: the formula uses what is not recomputed, or its cells have no values.
    NotRecomputed,
}

/// One cell bound to one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Binding {
    /// Path in the Evaluation, e.g. `indicators[3].score`.
    #[schemars(with = "String")]
    pub field: FieldPath,
    /// Where the value stands.
    pub cell: CellAddress,
    /// What a person sees there.
    pub text: String,
}

/// Something taken for granted while reading, said so that a person can object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingGuess {
    /// The cell it concerns.
    pub cell: CellAddress,
    /// What was assumed, in Chinese.
    pub message: String,
}

/// Which form was seen and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRecognition {
    /// Form name, stable, e.g. `project-self-evaluation`.
    pub form: String,
    /// Its Chinese title.
    pub title: String,
    /// 0 to 100.
    pub confidence: u8,
    /// What spoke for it, in Chinese, with cells.
    pub reasons: Vec<String>,
    /// What an evaluation table usually has and this one lacks, in Chinese.
    pub missing: Vec<String>,
}

/// What a header was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnReading {
    /// The header's cell.
    pub cell: CellAddress,
    /// The header as written, trimmed.
    pub header: String,
    /// Where the column's values go: `indicators[].score`, `funds[].executed`; `None` when nowhere.
    pub field: Option<String>,
    /// The same in the words of the form; for a column without a field, what it is.
    pub meaning: String,
}

/// A further sheet over which a table goes on: its cells are written `续表!A1`, those of the next `续表2!A1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SheetPart {
    /// The sheet's name.
    pub sheet: String,
    /// What the table covers of it, as the sheet itself names its cells.
    pub range: CellRange,
}

/// Returns the sheet that a cell of a table stands on, and the cell as that sheet names it.
pub fn place_of<'t>(sheet: &'t str, continued: &'t [SheetPart], cell: CellAddress) -> (&'t str, CellAddress) {
    let further = (cell.part() as usize)
        .checked_sub(1)
        .and_then(|part| continued.get(part));
    let sheet = further.map_or(sheet, |part| part.sheet.as_str());
    (sheet, cell.on_its_sheet())
}

/// Returns what to add where a table's sheet and range are named: `，续表“Table 2” A1:I24`; nothing for a table on
/// one sheet.
pub fn continued_text(continued: &[SheetPart]) -> String {
    let parts = (1_usize..).zip(continued);
    parts
        .map(|(number, part)| {
            let number = if number == 1 { String::new() } else { number.to_string() };
            format!("，续表{number}“{}” {}", part.sheet, part.range)
        })
        .collect()
}

/// One table as read from a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct TableReading {
    /// The sheet's name.
    pub sheet: String,
    /// The rectangle of the table on that sheet.
    pub range: CellRange,
    /// Further sheets over which it goes on, in order.
    pub continued: Vec<SheetPart>,
    /// A sheet that may hold another part of the same table, where nothing tells whether it does.
    pub other_part: Option<String>,
    /// What it evaluates.
    pub kind: TableKind,
    /// Form and reasons.
    pub recognition: FormRecognition,
    /// Headers of the fund block, then of the indicator block, each in the sheet's order.
    pub columns: Vec<ColumnReading>,
    /// What was declared.
    pub evaluation: Evaluation,
    /// Where everything stands.
    pub places: TablePlaces,
    /// Every bound cell, in reading order.
    pub bindings: Bindings,
    /// Labels and headings that give no field, by cell; empty where only a report was read.
    pub labels: Vec<LabelText>,
    /// What was assumed.
    pub guesses: Vec<ReadingGuess>,
    /// Headers and labels whose meaning was inferred, by cell.
    pub guessed: Vec<GuessedHeader>,
    /// Headers inside the table that are not known, by cell; their columns are kept as extra content.
    pub unknown_headers: Vec<UnknownHeader>,
    /// Facts for the rules about reading itself, by cell.
    pub facts: Vec<CellFactAt>,
    /// Bound figures that formulas gave, by cell.
    pub formulas: Vec<FormulaReading>,
    /// Account of filled cells.
    pub coverage: Coverage,
}
