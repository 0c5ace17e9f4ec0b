//! `hebiao inspect`: how each table was read, from form to cell. It shows the reading and judges nothing.

use hebiao::CheckedFile;
use hebiao::grid::{CellAddress, CellRange};
use hebiao::layout::TableReading;
use hebiao::model::TableKind;
use hebiao::report::{Coverage, FileError, FileStatus, LostContent, SCHEMA_VERSION, SkippedSheet};
use hebiao::standard::Standard;
use serde::Serialize;

use super::Stop;
use super::arguments::{FailOn, Format, Inspect};
use super::check::check_file;
use super::exit::Outcome;
use super::inspect_text::file_text;
use super::output::Output;
use super::text::terminal_width;

/// Everything that `inspect --format json` prints.
#[derive(Debug, Serialize)]
struct Inspection {
    schema_version: u32,
    files: Vec<FileInspection>,
}

/// How one file was read.
#[derive(Debug, Serialize)]
pub struct FileInspection {
    pub file: String,
    pub status: FileStatus,
    pub error: Option<FileError>,
    pub tables: Vec<TableInspection>,
    pub skipped_sheets: Vec<SkippedSheet>,
    /// What the file holds and could not be read.
    pub losses: Vec<LostContent>,
}

/// How one table was read.
#[derive(Debug, Serialize)]
pub struct TableInspection {
    pub sheet: String,
    pub range: CellRange,
    pub kind: TableKind,
    pub form: String,
    pub form_title: String,
    /// 0 to 100.
    pub confidence: u8,
    pub reasons: Vec<String>,
    pub columns: Vec<ColumnEntry>,
    pub bindings: Vec<BindingEntry>,
    pub guesses: Vec<GuessEntry>,
    pub coverage: Coverage,
}

/// A column and the header cell that named it.
#[derive(Debug, Serialize)]
pub struct ColumnEntry {
    /// `indicators[].score`, `funds[].executed` …
    pub field: String,
    pub cell: CellAddress,
    pub header: String,
}

/// A field and the cell that it was read from.
#[derive(Debug, Serialize)]
pub struct BindingEntry {
    pub field: String,
    pub cell: CellAddress,
    pub text: String,
}

/// Something assumed.
#[derive(Debug, Serialize)]
pub struct GuessEntry {
    pub cell: CellAddress,
    pub message: String,
}

/// Reads the files in the order given and shows how. Findings do not count here: the exit code is 0 or 3.
pub fn run(arguments: &Inspect) -> Result<Outcome, Stop> {
    let standard = Standard::ministry();
    let mut output = match arguments.format.format {
        Format::Text => Output::new(arguments.color.color),
        Format::Json => Output::plain(),
    };
    let width = terminal_width();
    let mut outcome = Outcome::default();
    let mut files = Vec::new();
    for path in &arguments.files.files {
        let checked = check_file(path, &standard);
        outcome.add(&checked.report, FailOn::Never);
        let inspection = inspect(&checked);
        match arguments.format.format {
            Format::Text => output.print(&file_text(&inspection, width))?,
            Format::Json => files.push(inspection),
        }
    }
    if arguments.format.format == Format::Json {
        output.json(&Inspection {
            schema_version: SCHEMA_VERSION,
            files,
        })?;
    }
    Ok(outcome)
}

fn inspect(checked: &CheckedFile) -> FileInspection {
    let report = &checked.report;
    FileInspection {
        file: report.file.clone(),
        status: report.status,
        error: report.error.clone(),
        tables: checked
            .tables
            .iter()
            .map(|table| inspect_table(table, checked))
            .collect(),
        skipped_sheets: report.skipped_sheets.clone(),
        losses: report.losses.clone(),
    }
}

fn inspect_table(table: &TableReading, checked: &CheckedFile) -> TableInspection {
    let sheet = checked
        .workbook
        .iter()
        .flat_map(|workbook| &workbook.sheets)
        .find(|sheet| sheet.name == table.sheet);
    let column = |block: &str, name: &str, cell: CellAddress| ColumnEntry {
        field: format!("{block}[].{name}"),
        cell,
        header: sheet
            .and_then(|sheet| sheet.cell(cell))
            .map(|cell| cell.shown.clone())
            .unwrap_or_default(),
    };
    let funds = table
        .places
        .fund_headers
        .iter()
        .map(|(&name, &cell)| column("funds", name.field(), cell));
    let indicators = table
        .places
        .indicator_headers
        .iter()
        .map(|(&name, &cell)| column("indicators", name.field(), cell));
    TableInspection {
        sheet: table.sheet.clone(),
        range: table.range,
        kind: table.kind,
        form: table.recognition.form.clone(),
        form_title: table.recognition.title.clone(),
        confidence: table.recognition.confidence,
        reasons: table.recognition.reasons.clone(),
        columns: funds.chain(indicators).collect(),
        bindings: table
            .bindings
            .iter()
            .map(|binding| BindingEntry {
                field: binding.field.clone(),
                cell: binding.cell,
                text: binding.text.clone(),
            })
            .collect(),
        guesses: table
            .guesses
            .iter()
            .map(|guess| GuessEntry {
                cell: guess.cell,
                message: guess.message.clone(),
            })
            .collect(),
        coverage: table.coverage.clone(),
    }
}
