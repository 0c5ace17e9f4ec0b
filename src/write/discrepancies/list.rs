//! What stands in a list, whatever its format: one file's findings, the worst first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Serialize;

use super::columns::Column;
use crate::grid::CellAddress;
use crate::model::{Discrepancy, ForReview, Quote, Severity, field_title};
use crate::report::{FileReport, TableReport, Tool, Totals};
use crate::write::WriteError;
use crate::write::kit::cell_text;
use crate::write::kit::link::quoted_sheet;
use crate::write::kit::number_format::CellContent;
use crate::write::kit::styles;

/// Version of the JSON form.
const LIST_VERSION: u32 = 1;
/// What a person has to decide, and that it is no finding.
pub(in crate::write) const FOR_REVIEW: &str = "需人工判断";
pub(in crate::write) const FOR_REVIEW_HEADING: &str = "需人工判断（规则判断不了，请人看；不计入差异处数）";
/// Hex digits of the SHA-256 that a row carries.
const MARK_DIGITS: usize = 16;

/// One file's findings: by level (errors first), then table, cell (row, column) and code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DiscrepancyList {
    /// Version of this form, 1.
    pub list_version: u32,
    /// The program.
    pub tool: Tool,
    /// The source's file name, without its folder.
    pub file: String,
    /// SHA-256 of the source, lower-case hex; `null` when it is not known.
    pub sha256: Option<String>,
    /// The standards that scores follow.
    pub standards: Vec<String>,
    /// Findings by level.
    pub totals: Totals,
    /// The findings.
    pub findings: Vec<ListedDiscrepancy>,
    /// Whether a cell needs its sheet's name to be found.
    #[serde(skip)]
    names_sheets: bool,
    /// What a person has to decide: no findings.
    #[serde(skip)]
    for_review: Vec<ListedReview>,
}

/// Something that a person has to decide, as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ListedReview {
    sheet: String,
    cell: CellAddress,
    entry: ForReview,
}

/// One finding as a row. What is not known is `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedDiscrepancy {
    /// 序号, from 1.
    pub number: usize,
    /// 编号: the rule's code.
    pub code: String,
    /// 规则: the rule's Chinese title.
    pub title: String,
    /// 级别.
    pub severity: Severity,
    /// The sheet's name.
    pub sheet: String,
    /// 单元格.
    pub cell: CellAddress,
    /// The field's path in the Evaluation.
    pub field: Option<String>,
    /// 字段: the field's Chinese name.
    pub field_title: Option<String>,
    /// 申报值, as a person writes it.
    pub declared: Option<String>,
    /// 复算值.
    pub expected: Option<String>,
    /// 差额, without a sign.
    pub difference: Option<String>,
    /// 说明: rule, fact and way out.
    pub message: String,
    /// 报告原文: the sentence of a report that it speaks of, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// 依据: the clause or source.
    pub basis: String,
    /// 修改建议.
    pub suggestion: String,
    /// 状态.
    pub status: Status,
    /// 单位说明, filled in by the unit.
    pub unit_explanation: Option<String>,
    /// 处理意见, filled in by the reviewer.
    pub reviewer_opinion: Option<String>,
    /// Position of its table in the report.
    #[serde(skip)]
    pub table: usize,
    /// How the message ends where it quotes a report.
    #[serde(skip)]
    pub(super) quoted_in_message: Option<String>,
}

/// Whether the unit has said anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// 未说明.
    Open,
    /// 已说明.
    Explained,
}

impl Status {
    /// Returns its Chinese name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Open => "未说明",
            Self::Explained => "已说明",
        }
    }
}

impl DiscrepancyList {
    /// Returns the list of a report.
    ///
    /// # Errors
    /// When the report has no table: there is nothing to write.
    pub fn of(report: &FileReport) -> Result<Self, WriteError> {
        if report.tables.is_empty() {
            return Err(WriteError::NoTable);
        }
        let mut found: Vec<(usize, &TableReport, &Discrepancy)> = Vec::new();
        for (index, table) in report.tables.iter().enumerate() {
            found.extend(table.discrepancies.iter().map(|finding| (index, table, finding)));
        }
        found.sort_by(|(table, _, finding), (other_table, _, other)| {
            let key = |table: &usize, finding: &Discrepancy| (Reverse(finding.severity), *table, finding.cell);
            key(table, finding)
                .cmp(&key(other_table, other))
                .then_with(|| finding.code.cmp(&other.code))
        });
        let mut standards: Vec<String> = Vec::new();
        for table in &report.tables {
            if !standards.contains(&table.rescoring.standard) {
                standards.push(table.rescoring.standard.clone());
            }
        }
        let rows = found.iter().zip(1..);
        Ok(Self {
            list_version: LIST_VERSION,
            tool: Tool::this(),
            file: styles::source_name(report).to_owned(),
            sha256: report.sha256.clone(),
            standards,
            totals: Totals::of(found.iter().map(|(_, _, finding)| *finding)),
            findings: rows
                .map(|(&(table, of, finding), number)| row(number, table, of, finding))
                .collect(),
            names_sheets: report.tables.iter().flat_map(TableReport::sheets).count() + report.skipped_sheets.len() > 1,
            for_review: report.tables.iter().flat_map(for_review).collect(),
        })
    }

    /// Says whether cells need their sheets' names, of a list that stands in the source itself.
    pub(in crate::write) fn naming_sheets(self, names_sheets: bool) -> Self {
        Self { names_sheets, ..self }
    }

    /// Returns the columns of this list: that of a report's sentences only where there is one.
    pub(crate) fn columns(&self) -> Vec<Column> {
        let quotes = self.findings.iter().any(|finding| finding.quote.is_some());
        Column::ALL
            .into_iter()
            .filter(|column| quotes || *column != Column::Quote)
            .collect()
    }

    /// Returns the columns as they stand on a sheet.
    pub(super) fn sheet_columns(&self) -> Vec<Column> {
        let columns = self.columns();
        let mut on_a_sheet = Column::ON_A_SHEET.to_vec();
        on_a_sheet.retain(|column| columns.contains(column));
        on_a_sheet
    }

    /// Returns what a person needs to read a printed list: what each colour means, and the basis of each rule.
    pub(crate) fn legend(&self) -> Vec<(String, Option<u32>)> {
        let mut lines: Vec<(String, Option<u32>)> = [Severity::Error, Severity::Warning, Severity::Info]
            .map(|severity| {
                let line = format!("级别　{}：{}", severity.title(), severity_meaning(severity));
                (line, Some(styles::severity_fill(severity)))
            })
            .into();
        let fill_in = "底色　单位说明、处理意见两栏由人填写".to_owned();
        lines.push((fill_in, Some(styles::FILL_IN)));
        let mut codes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for finding in self.findings.iter().filter(|finding| !finding.basis.is_empty()) {
            codes.entry(&finding.basis).or_default().insert(&finding.code);
        }
        let mut bases: Vec<(Vec<&str>, &str)> = codes
            .into_iter()
            .map(|(basis, codes)| (codes.into_iter().collect(), basis))
            .collect();
        bases.sort_unstable();
        lines.extend(bases.into_iter().map(|(codes, basis)| {
            (
                cell_text::for_cell(&format!("依据　{}：{basis}", codes.join("、")), None),
                None,
            )
        }));
        lines
    }

    /// Returns how many of them are for a page.
    pub(crate) fn printed(&self) -> usize {
        let all = Column::ALL.len().saturating_sub(Column::PRINTED);
        self.columns().len().saturating_sub(all)
    }

    /// Returns a text of the list beside a column of a report's sentences: the message without them.
    pub(super) fn text_beside<'a>(&'a self, row: &'a ListedDiscrepancy, column: Column) -> Option<&'a str> {
        match (column, &row.quoted_in_message) {
            (Column::Message, Some(quoted)) => Some(row.message.strip_suffix(quoted.as_str()).unwrap_or(&row.message)),
            _ => self.text(row, column),
        }
    }

    /// Returns what one cell of the list holds beside a column of a report's sentences.
    pub(super) fn content_beside(&self, row: &ListedDiscrepancy, column: Column) -> CellContent {
        match self.text_beside(row, column) {
            Some(text) => CellContent::Text(text.to_owned()),
            None => self.made(row, column),
        }
    }

    /// Returns what one cell of the list holds.
    pub(crate) fn content(&self, row: &ListedDiscrepancy, column: Column) -> CellContent {
        match self.text(row, column) {
            Some(text) => CellContent::Text(text.to_owned()),
            None => self.made(row, column),
        }
    }

    /// Returns the text of a cell that holds one as it stands in the list.
    fn text<'a>(&'a self, row: &'a ListedDiscrepancy, column: Column) -> Option<&'a str> {
        match column {
            Column::Code => Some(&row.code),
            Column::Rule => Some(&row.title),
            Column::Level => Some(row.severity.title()),
            Column::Field => row.field_title.as_deref(),
            Column::Message => Some(&row.message),
            Column::Quote => row.quote.as_deref(),
            Column::Basis => Some(&row.basis),
            Column::Suggestion => Some(&row.suggestion),
            Column::Status => Some(row.status.title()),
            Column::UnitExplanation => row.unit_explanation.as_deref(),
            Column::ReviewerOpinion => row.reviewer_opinion.as_deref(),
            Column::SourceFile => Some(&self.file),
            Column::Number
            | Column::Cell
            | Column::Declared
            | Column::Expected
            | Column::Difference
            | Column::SourceMark => None,
        }
    }

    /// Returns what a cell holds that has no text of the list's own.
    pub(super) fn made(&self, row: &ListedDiscrepancy, column: Column) -> CellContent {
        let figure = |text: &Option<String>| {
            text.as_deref()
                .map_or(CellContent::Blank, |text| CellContent::number_like(text.trim()))
        };
        match column {
            Column::Number => CellContent::computed_number(Decimal::from(row.number)),
            Column::Cell => CellContent::Text(self.cell_text(row)),
            Column::Declared => figure(&row.declared),
            Column::Expected => figure(&row.expected),
            Column::Difference => figure(&row.difference),
            Column::SourceMark => self
                .sha256
                .as_deref()
                .and_then(source_mark)
                .map_or(CellContent::Blank, CellContent::Text),
            _ => CellContent::Blank,
        }
    }

    /// Returns the list as JSON, indented, with a line end: the keys of this type.
    ///
    /// # Errors
    /// Never for a list; whatever the library refuses.
    pub fn to_json(&self) -> Result<String, WriteError> {
        let text = serde_json::to_string_pretty(self).map_err(WriteError::internal)?;
        Ok(text + "\n")
    }

    /// Returns what was checked and what came of it, for the head of a page.
    pub(super) fn summary(&self) -> [(&'static str, String); 4] {
        let Self { sha256, standards, .. } = self;
        let standards: Vec<String> = standards.iter().map(|name| styles::standard_title(name)).collect();
        [
            ("源文件 SHA-256", sha256.clone().unwrap_or_else(|| "无".to_owned())),
            ("评分标准", standards.join("、")),
            ("合计", self.totals.text()),
            ("生成工具", styles::tool_name()),
        ]
    }

    /// Returns the cell, after its sheet where there are several.
    pub(in crate::write) fn cell_text(&self, row: &ListedDiscrepancy) -> String {
        self.place_text(&row.sheet, row.cell)
    }

    fn place_text(&self, sheet: &str, cell: CellAddress) -> String {
        if self.names_sheets {
            format!("{}!{}", quoted_sheet(sheet), cell.on_its_sheet())
        } else {
            cell.to_string()
        }
    }

    /// Returns what a person has to decide apart from the findings, a sentence each.
    pub(in crate::write) fn review_lines(&self) -> Vec<String> {
        let sentence = |review: &ListedReview| {
            let ForReview {
                code, title, message, ..
            } = &review.entry;
            let place = self.place_text(&review.sheet, review.cell);
            cell_text::for_cell(&format!("{code} {title}（{place}）：{message}"), Some(review.cell))
        };
        self.for_review.iter().map(sentence).collect()
    }
}

fn for_review(table: &TableReport) -> impl Iterator<Item = ListedReview> {
    table.for_review.iter().map(|entry| ListedReview {
        sheet: table.place(entry.cell).0.to_owned(),
        cell: entry.cell,
        entry: entry.clone(),
    })
}

fn row(number: usize, index: usize, table: &TableReport, finding: &Discrepancy) -> ListedDiscrepancy {
    let field_title = finding
        .field
        .as_deref()
        .map(|path| field_title(path, &table.evaluation));
    ListedDiscrepancy {
        number,
        code: finding.code.clone(),
        title: finding.title.clone(),
        severity: finding.severity,
        sheet: table.place(finding.cell).0.to_owned(),
        cell: finding.cell,
        field: finding.field.clone(),
        field_title,
        declared: finding.declared.clone(),
        expected: finding.expected.clone(),
        difference: finding.difference.clone(),
        message: finding.message.clone(),
        quote: finding.quote.as_ref().map(Quote::in_a_cell),
        quoted_in_message: finding.quote.as_ref().map(Quote::in_words),
        basis: finding.basis.clone(),
        suggestion: finding.suggestion.clone(),
        status: if finding.is_explained() {
            Status::Explained
        } else {
            Status::Open
        },
        unit_explanation: finding.explanation.unit.clone(),
        reviewer_opinion: finding.explanation.reviewer.clone(),
        table: index,
    }
}

/// Returns what a level asks of the unit.
pub(crate) const fn severity_meaning(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "与规定或计算不符，须改正",
        Severity::Warning => "很可能有问题，须核实后改正或说明",
        Severity::Info => "供参考，请看一看",
    }
}

/// Returns the first digits of a SHA-256, after a word that keeps spreadsheets from taking them for a number.
pub(crate) fn source_mark(sha256: &str) -> Option<String> {
    let digits = sha256.get(..MARK_DIGITS)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| format!("sha256:{}", digits.to_ascii_lowercase()))
}
