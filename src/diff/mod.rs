//! Comparison: a table as it was handed in and as it came back. What became of each finding, and what was changed.
//!
//! Pure, from two reports. Tables are matched by project, rows by name, so that moved rows are no change; what differs
//! only in width, brackets or white space is none either. It knows no rule, no terminal and no file; what is compared of
//! two batches waits on disk.

mod batch_tables;
mod batches;
mod changes;
mod findings;
mod fit;
mod matching;
mod rows;
mod shown;
mod table_list;
mod tables;

pub use batches::{
    Batch, BatchComparison, BatchOutcome, BatchSide, BatchTable, UnlikePair, UnreadFile, compare_batches,
};
pub use table_list::{ComparedTables, TableLine, TablesOnDisk};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::{CellAddress, CellRange};
use crate::model::{Severity, TableKind};
use crate::report::{FileReport, SCHEMA_VERSION, TableReport, Tool, schema_of};

/// Two versions of a file compared, or two batches, whose tables wait on disk ([`BatchComparison`]). Everything that
/// `diff --format json` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Comparison")]
pub struct Comparison<T = Vec<TableComparison>> {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program.
    pub tool: Tool,
    /// The earlier file.
    pub old: ComparedFile,
    /// The later file.
    pub new: ComparedFile,
    /// Why the two are no versions of one file: project, unit or form do not fit. Left out where they may be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misfits: Vec<String>,
    /// Tables of the later file in its order, then those that are only in the earlier one.
    pub tables: T,
    /// What two batches of files have apart from tables; left out for two files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batches: Option<BatchOutcome>,
}

/// One of the two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedFile {
    /// The path as given.
    pub file: String,
    /// SHA-256 of the file, lower-case hex; `null` when there were no bytes to read.
    pub sha256: Option<String>,
}

/// A table in both files, or in one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableComparison {
    /// 项目名称, else the title, of the later table if there is one.
    pub name: Option<String>,
    /// The earlier table; `null` when it is new.
    pub old: Option<TablePlace>,
    /// The later table; `null` when it is gone.
    pub new: Option<TablePlace>,
    /// What became of the findings: resolved, remaining, new; each in the order of its report. Those of a table that
    /// is gone are not listed: nobody resolved them.
    pub findings: Vec<ComparedFinding>,
    /// What was changed, from top to bottom. Empty when the table is in one file only.
    pub changes: Vec<Change>,
    /// 实施单位, else 主管部门; only of a table in a batch of files, like the two files that follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The file of the earlier table, from its batch's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_file: Option<String>,
    /// The file of the later table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_file: Option<String>,
}

/// Where a table stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TablePlace {
    /// The sheet's name.
    pub sheet: String,
    /// The rectangle of the table.
    pub range: CellRange,
    /// What it evaluates.
    pub kind: TableKind,
}

/// What became of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FindingState {
    /// 已解决: only in the earlier table.
    Resolved,
    /// 仍存在: in both.
    Remaining,
    /// 新增: only in the later table.
    New,
}

impl FindingState {
    /// The states, in the order in which findings are listed.
    pub const ALL: [Self; 3] = [Self::Resolved, Self::Remaining, Self::New];

    /// Returns the state in Chinese.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Resolved => "已解决",
            Self::Remaining => "仍存在",
            Self::New => "新增",
        }
    }
}

/// A finding in one table or both. Texts are those of the later table where it has the finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComparedFinding {
    /// What became of it.
    pub state: FindingState,
    /// Rule code, e.g. `A01`.
    pub code: String,
    /// Rule slug.
    pub rule: String,
    /// The rule's Chinese title.
    pub title: String,
    /// Level.
    pub severity: Severity,
    /// The field in the words of the form; `null` when it is no field.
    pub field: Option<String>,
    /// Its cell in the earlier table.
    pub old_cell: Option<CellAddress>,
    /// Its cell in the later table.
    pub new_cell: Option<CellAddress>,
    /// Rule, fact and way out, in Chinese.
    pub message: String,
    /// What to do.
    pub suggestion: String,
}

/// How something was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChangeKind {
    /// 修改: another value.
    Changed,
    /// 改名: an indicator or a source of money has another name.
    Renamed,
    /// 增加: a row or a value that was not there.
    Added,
    /// 删除: a row or a value that is no longer there.
    Removed,
}

impl ChangeKind {
    /// Returns the kind in Chinese.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Changed => "修改",
            Self::Renamed => "改名",
            Self::Added => "增加",
            Self::Removed => "删除",
        }
    }
}

/// One change: a field, or a whole row that was added or removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// How.
    pub kind: ChangeKind,
    /// The field in the words of the form, e.g. `得分（三级指标：受益企业数量）`.
    pub title: String,
    /// Path in the earlier Evaluation, e.g. `indicators[3].score`; `null` when it was not there.
    pub old_field: Option<String>,
    /// Path in the later Evaluation.
    pub new_field: Option<String>,
    /// The earlier cell.
    pub old_cell: Option<CellAddress>,
    /// The later cell.
    pub new_cell: Option<CellAddress>,
    /// What it was, as a person saw it.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

/// Returns what has to be said before a comparison of files that do not fit.
pub fn misfits_sentence(misfits: &[String]) -> String {
    format!(
        "旧表和新表不像同一张表的前后两稿（{}），下面的“已解决”不能当作已经改正",
        misfits.join("；")
    )
}

/// Compares an earlier file with a later one.
///
/// ```
/// use hebiao::{check_bytes, diff::compare, standard::Standard};
///
/// let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// let report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
/// let comparison = compare(&report, &report);
/// assert!(comparison.tables.iter().all(|table| table.changes.is_empty()));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn compare(old: &FileReport, new: &FileReport) -> Comparison {
    let matched = tables::matched(&old.tables, &new.tables);
    let mut compared: Vec<TableComparison> = new
        .tables
        .iter()
        .zip(&matched.old_of_new)
        .map(|(table, earlier)| {
            let earlier = earlier.and_then(|index| old.tables.get(index));
            compare_table(earlier, table)
        })
        .collect();
    compared.extend(
        old.tables
            .iter()
            .zip(&matched.new_of_old)
            .filter(|(_, later)| later.is_none())
            .map(|(table, _)| gone(table)),
    );
    Comparison {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        old: file(old),
        new: file(new),
        misfits: fit::misfits(&old.tables, &new.tables, &matched),
        tables: compared,
        batches: None,
    }
}

/// Returns the JSON Schema (draft 2020-12) of a [`Comparison`].
pub fn schema() -> serde_json::Value {
    schema_of::<Comparison>("diff")
}

impl Comparison {
    /// Returns how many findings are in a state, over all tables.
    pub fn count(&self, state: FindingState) -> usize {
        self.tables.iter().map(|table| table.count(state)).sum()
    }

    /// Returns how many changes there are, over all tables.
    pub fn changes(&self) -> usize {
        self.tables.iter().map(|table| table.changes.len()).sum()
    }
}

impl TableComparison {
    /// Returns how many findings are in a state.
    pub fn count(&self, state: FindingState) -> usize {
        self.of(state).count()
    }

    /// Returns the findings in a state.
    pub fn of(&self, state: FindingState) -> impl Iterator<Item = &ComparedFinding> {
        self.findings.iter().filter(move |finding| finding.state == state)
    }
}

impl ComparedFinding {
    /// Returns its cell in each table: `F12`, or `F12 → F13` where it moved.
    pub fn cells(&self) -> String {
        both_cells(self.old_cell, self.new_cell)
    }
}

impl Change {
    /// Returns its cell in each table: `F12`, or `F12 → F13` where it moved.
    pub fn cells(&self) -> String {
        both_cells(self.old_cell, self.new_cell)
    }
}

fn both_cells(old: Option<CellAddress>, new: Option<CellAddress>) -> String {
    match (old, new) {
        (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
        (old, new) => new.or(old).map(|cell| cell.to_string()).unwrap_or_default(),
    }
}

fn compare_table(old: Option<&TableReport>, new: &TableReport) -> TableComparison {
    let rows = old.map(|old| rows::RowMatches::of(&old.evaluation, &new.evaluation));
    let (changes, findings) = match (old, &rows) {
        (Some(old), Some(rows)) => (
            changes::changes(&old.evaluation, &new.evaluation, rows),
            findings::compared(Some((old, rows)), new),
        ),
        _ => (Vec::new(), findings::compared(None, new)),
    };
    TableComparison {
        name: name(new),
        old: old.map(place),
        new: Some(place(new)),
        findings,
        changes,
        unit: None,
        old_file: None,
        new_file: None,
    }
}

/// Returns a table that is in the earlier file only.
fn gone(table: &TableReport) -> TableComparison {
    TableComparison {
        name: name(table),
        old: Some(place(table)),
        new: None,
        findings: Vec::new(),
        changes: Vec::new(),
        unit: None,
        old_file: None,
        new_file: None,
    }
}

fn name(table: &TableReport) -> Option<String> {
    let evaluation = &table.evaluation;
    let field = evaluation.project_name.as_ref().or(evaluation.title.as_ref());
    field.map(|field| field.value.clone())
}

fn place(table: &TableReport) -> TablePlace {
    TablePlace {
        sheet: table.sheet.clone(),
        range: table.range,
        kind: table.kind,
    }
}

fn file(report: &FileReport) -> ComparedFile {
    ComparedFile {
        file: report.file.clone(),
        sha256: report.sha256.clone(),
    }
}
