//! `hebiao inspect`: how each table was read, from form to cell. It shows the reading and judges nothing.

use std::io;
use std::path::PathBuf;

use hebiao::files::{ProtectedInputs, write_new_file};
use hebiao::grid::{CellAddress, CellRange, Confirmation};
use hebiao::internals::assumed_directions;
use hebiao::internals::plain;
use hebiao::layout::LEAST_CONFIDENCE;
use hebiao::model::{
    Coverage, FormulaReading, LostContent, Recomputed, SheetPart, SkippedSheet, TableKind, TableReading,
};
use hebiao::report::{FileError, FileReport, FileStatus, SCHEMA_VERSION};
use hebiao::standard::Standard;
use hebiao::write::ReadingPage;
use hebiao::{CheckOptions, CheckedFile};
use serde::Serialize;

use super::Stop;
use super::arguments::{FailOn, Inspect, InspectFormat};
use super::batch::{self, Job, Jobs};
use super::exit::Outcome;
use super::explain_text::MOST_COLUMNS;
use super::inspect_text::file_text;
use super::inspect_titles::row_and_title;
use super::output::{JsonList, Output, complain, is_standard_output};
use super::profiles;
use super::session::{self, Readings};
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
    /// What a second, independent reader saw of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading_confirmed: Option<Confirmation>,
}

/// How one table was read.
#[derive(Debug, Serialize)]
pub struct TableInspection {
    pub sheet: String,
    pub range: CellRange,
    /// Further sheets over which it goes on; left out when there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub continued: Vec<SheetPart>,
    pub kind: TableKind,
    pub form: String,
    pub form_title: String,
    /// 0 to 100.
    pub confidence: u8,
    /// With less, the table would not have been read.
    pub least_confidence: u8,
    pub reasons: Vec<String>,
    /// What such tables usually have and this one lacks.
    pub missing: Vec<String>,
    pub columns: Vec<ColumnEntry>,
    pub bindings: Vec<BindingEntry>,
    pub guesses: Vec<GuessEntry>,
    pub directions: Vec<DirectionEntry>,
    /// Figures that formulas gave.
    pub formulas: Vec<FormulaEntry>,
    pub coverage: Coverage,
}

/// A header cell and what its column was taken for.
#[derive(Debug, Serialize)]
pub struct ColumnEntry {
    /// `indicators[].score`, `funds[].executed` …; `null` when the column's values go nowhere.
    pub field: Option<String>,
    pub cell: CellAddress,
    pub header: String,
    /// The field in the words of the form, or what the column is.
    pub meaning: String,
}

/// A field and the cell that it was read from.
#[derive(Debug, Serialize)]
pub struct BindingEntry {
    /// The row that it is of, for people.
    #[serde(skip)]
    pub row: Option<String>,
    /// The column or the field in the words of the form.
    #[serde(skip)]
    pub title: String,
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

/// A formula behind a field, and what computing it again gave.
#[derive(Debug, Serialize)]
pub struct FormulaEntry {
    pub field: String,
    pub cell: CellAddress,
    pub formula: String,
    pub message: String,
}

impl From<&FormulaReading> for FormulaEntry {
    fn from(reading: &FormulaReading) -> Self {
        Self {
            field: reading.field.clone(),
            cell: reading.cell,
            formula: reading.formula.clone(),
            message: match reading.recomputed {
                Recomputed::AsStored => "复算与保存的结果一致".to_owned(),
                Recomputed::Otherwise(value) => format!("按引用的单元格复算为 {}", plain(value)),
                Recomputed::NotRecomputed => "没有复算，采用保存的结果".to_owned(),
            },
        }
    }
}

/// A direction that no sign states, and the targets that it concerns.
#[derive(Debug, Serialize)]
pub struct DirectionEntry {
    pub message: String,
    pub cells: Vec<CellAddress>,
}

/// Reads the files in the order given and shows how. Findings do not count here: the exit code is 0 or 3.
pub fn run(arguments: &Inspect) -> Result<Outcome, Stop> {
    let is_page = arguments.format == InspectFormat::Html;
    if !is_page && (arguments.output.is_some() || arguments.force) {
        return Err(Stop::Usage("--output 和 --force 只用于 --format html".to_owned()));
    }
    let own: Vec<PathBuf> = arguments.output.iter().cloned().collect();
    let collected = batch::collect(&arguments.files, &own, &arguments.batch)?;
    let profiles = profiles::of_inputs(&collected.inputs, &arguments.basis, Readings::Two)?;
    let jobs = Jobs::new(&collected.inputs, &profiles);
    let mut output = match arguments.format {
        InspectFormat::Text => Output::new(arguments.color.color),
        InspectFormat::Json | InspectFormat::Html => Output::plain(),
    };
    let mut list = match arguments.format {
        InspectFormat::Json => Some(output.begin_list(&Inspection {
            schema_version: SCHEMA_VERSION,
            files: Vec::new(),
        })?),
        InspectFormat::Text | InspectFormat::Html => None,
    };
    let width = terminal_width().min(MOST_COLUMNS);
    let mut outcome = Outcome::default();
    let mut page = ReadingPage::default();
    let work = |job: &Job| {
        let mut checked = job.profile.check(job.input, &job.read());
        job.profile.set_aside(&mut checked.report, None);
        let options = job.profile.options();
        let text = match arguments.format {
            InspectFormat::Text => Ok(file_text(&inspect(&checked, &options), width)),
            InspectFormat::Json => JsonList::item(&inspect(&checked, &options)),
            InspectFormat::Html => Ok(String::new()),
        };
        // Only the page needs more than the text.
        let (tables, workbook) = if is_page {
            (checked.tables, checked.workbook)
        } else {
            (Vec::new(), None)
        };
        let report = checked.report;
        (
            CheckedFile {
                report,
                tables,
                workbook,
                met: Vec::new(),
            },
            text,
        )
    };
    let failed = |_: &Job, report: FileReport| {
        let checked = CheckedFile::unreadable(report);
        let text = JsonList::item(&inspect(&checked, &CheckOptions::new(Standard::ministry())));
        (checked, text)
    };
    let each = |job: &Job, (checked, text): (CheckedFile, io::Result<String>)| -> Result<(), Stop> {
        session::complain_of(&checked.report);
        outcome.add(&checked.report, FailOn::Never);
        match (&mut list, arguments.format) {
            (Some(list), _) => list.push(&mut output, &text?)?,
            (None, InspectFormat::Html) => page.add(&checked, &job.profile.standard),
            (None, _) => output.print(&text?)?,
        }
        Ok(())
    };
    let progress = batch::run(&jobs, &arguments.batch, work, failed, each)?;
    if let Some(list) = list {
        list.end(&mut output)?;
    }
    let interrupted = batch::interrupted(progress, &jobs, "");
    if is_page && interrupted.is_none() {
        write_page(arguments, &page.finish(), &collected.files, &mut output)?;
    }
    if let Some(totals) = batch::totals(&collected, progress.done) {
        complain(&totals);
    }
    if let Some(told) = interrupted {
        complain(&told);
        outcome.broke = true;
    }
    Ok(outcome.with(batch::empty(&arguments.files, &collected)))
}

fn write_page(arguments: &Inspect, page: &str, inputs: &ProtectedInputs, output: &mut Output) -> Result<(), Stop> {
    let Some(path) = arguments.output.as_ref().filter(|path| !is_standard_output(path)) else {
        return Ok(output.print(page)?);
    };
    write_new_file(path, page.as_bytes(), arguments.force, inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    Ok(output.print(&format!("已写出 {}\n", path.display()))?)
}

fn inspect(checked: &CheckedFile, options: &CheckOptions<'_>) -> FileInspection {
    let report = &checked.report;
    FileInspection {
        file: report.file.clone(),
        status: report.status,
        error: report.error.clone(),
        tables: checked
            .tables
            .iter()
            .map(|table| inspect_table(table, options.standard_of(table).0))
            .collect(),
        skipped_sheets: report.skipped_sheets.clone(),
        losses: report.losses.clone(),
        reading_confirmed: report.reading_confirmed.clone(),
    }
}

fn inspect_table(table: &TableReading, standard: &Standard) -> TableInspection {
    TableInspection {
        sheet: table.sheet.clone(),
        range: table.range,
        continued: table.continued.clone(),
        kind: table.kind,
        form: table.recognition.form.clone(),
        form_title: table.recognition.title.clone(),
        confidence: table.recognition.confidence,
        reasons: table.recognition.reasons.clone(),
        least_confidence: LEAST_CONFIDENCE,
        missing: table.recognition.missing.clone(),
        columns: table
            .columns
            .iter()
            .map(|column| ColumnEntry {
                field: column.field.clone(),
                cell: column.cell,
                header: column.header.clone(),
                meaning: column.meaning.clone(),
            })
            .collect(),
        bindings: table
            .bindings
            .iter()
            .map(|binding| {
                let field = String::from(binding.field);
                let (row, title) = row_and_title(&field, &table.evaluation);
                BindingEntry {
                    row,
                    title,
                    field,
                    cell: binding.cell,
                    text: binding.text.to_owned(),
                }
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
        formulas: table.formulas.iter().map(FormulaEntry::from).collect(),
        directions: assumed_directions(&table.evaluation, standard)
            .into_iter()
            .map(|assumed| DirectionEntry {
                message: assumed.message,
                cells: assumed.cells,
            })
            .collect(),
        coverage: table.coverage.clone(),
    }
}
