//! `hebiao forms check`: one vocabulary or form file by itself, and what tables become with and without it.

use std::path::Path;

use hebiao::batch;
use hebiao::layout::{FormFileContent, FormLibrary, Recognition, read_tables_with};
use hebiao::model::TableReading;
use hebiao::read::Limits;
use serde::Serialize;

use super::Stop;
use super::arguments::{Format, FormsCheck};
use super::exit::Outcome;
use super::output::{Output, complain};
use super::text::{bold, one_line, terminal_width, wrap};
use super::{form_files, forms_text, input};
use crate::isolate;

/// Everything that `forms check --format json` prints.
#[derive(Debug, Serialize)]
struct Checked {
    file: String,
    form: Option<hebiao::layout::Form>,
    wordings: Vec<hebiao::layout::AddedWording>,
    trials: Vec<Trial>,
}

/// One workbook read twice.
#[derive(Debug, Serialize)]
struct Trial {
    file: String,
    without: Seen,
    with: Seen,
}

/// What a workbook is taken for.
#[derive(Debug, PartialEq, Serialize)]
struct Seen {
    tables: Vec<SeenTable>,
    skipped_sheets: Vec<hebiao::model::SkippedSheet>,
}

/// What a table is taken for.
#[derive(Debug, PartialEq, Serialize)]
struct SeenTable {
    sheet: String,
    range: hebiao::grid::CellRange,
    form: String,
    form_title: String,
    confidence: u8,
    /// Cells bound to fields.
    bound: usize,
    /// Filled cells that no field took.
    unread: usize,
    reasons: Vec<String>,
}

impl From<&TableReading> for SeenTable {
    fn from(table: &TableReading) -> Self {
        Self {
            sheet: table.sheet.clone(),
            range: table.range,
            form: table.recognition.form.clone(),
            form_title: table.recognition.title.clone(),
            confidence: table.recognition.confidence,
            bound: table.coverage.bound,
            unread: table.coverage.unread.len(),
            reasons: table.recognition.reasons.clone(),
        }
    }
}

impl From<Recognition> for Seen {
    fn from(recognition: Recognition) -> Self {
        Self {
            tables: recognition.tables.iter().map(SeenTable::from).collect(),
            skipped_sheets: recognition.skipped,
        }
    }
}

/// Checks the file and tries it on the workbooks. A workbook that cannot be read makes the exit code 3.
pub fn run(arguments: &FormsCheck) -> Result<Outcome, Stop> {
    let base = form_files::library_without(&arguments.forms.folders, Some(&arguments.file))?;
    let file = form_files::read(&arguments.file).map_err(|mistake| Stop::Refused(vec![mistake]))?;
    let (library, contents) = base
        .extended(std::slice::from_ref(&file))
        .map_err(|errors| Stop::Refused(errors.iter().map(ToString::to_string).collect()))?;
    let mut outcome = Outcome::default();
    let mut trials = Vec::new();
    for path in &arguments.on {
        match try_on(path, &base, &library) {
            Ok(trial) => trials.push(trial),
            Err(message) => {
                complain(&format!("{}：{message}", input::shown(path)));
                outcome.missed = true;
            }
        }
    }
    if arguments.format.format == Format::Json {
        let mut checked = Checked {
            file: file.name,
            form: None,
            wordings: Vec::new(),
            trials,
        };
        for content in contents {
            match content {
                FormFileContent::Form(form) => checked.form = Some(form),
                FormFileContent::Vocabulary(wordings) => checked.wordings.extend(wordings),
                _ => {}
            }
        }
        Output::plain().json(&checked)?;
        return Ok(outcome);
    }
    let width = terminal_width();
    let mut text = format!("{}\n", bold(&one_line(&file.name)));
    for content in &contents {
        text.push_str(&forms_text::content(content, &base, width));
    }
    for trial in &trials {
        text.push_str(&trial_text(trial, width));
    }
    Output::plain().print(&text)?;
    Ok(outcome)
}

fn try_on(path: &Path, base: &FormLibrary, library: &FormLibrary) -> Result<Trial, String> {
    let limits = Limits::default();
    let file = input::shown(path);
    let bytes = batch::read_file(path, limits.file_bytes).map_err(|error| error.message)?;
    let workbook = isolate::read_workbook(&bytes, Some(&file), &limits).map_err(|error| error.to_string())?;
    Ok(Trial {
        file,
        without: read_tables_with(&workbook, base).into(),
        with: read_tables_with(&workbook, library).into(),
    })
}

fn trial_text(trial: &Trial, width: usize) -> String {
    let mut text = format!("{}\n", bold(&one_line(&trial.file)));
    if trial.without == trial.with {
        text.push_str("  用与不用这个文件，结果一样：\n");
        text.push_str(&seen_text(&trial.with, width));
    } else {
        text.push_str("  不用这个文件：\n");
        text.push_str(&seen_text(&trial.without, width));
        text.push_str("  用了这个文件：\n");
        text.push_str(&seen_text(&trial.with, width));
    }
    text
}

fn seen_text(seen: &Seen, width: usize) -> String {
    let tables = seen.tables.iter().map(|table| {
        let head = format!(
            "工作表“{}” {}：认作{}（{}），把握 {}%，字段 {} 个，未读 {} 个",
            table.sheet, table.range, table.form_title, table.form, table.confidence, table.bound, table.unread
        );
        let reasons = format!("理由：{}", table.reasons.join("；"));
        format!("{}{}", wrap(&head, 4, width), wrap(&reasons, 6, width))
    });
    let skipped = seen.skipped_sheets.iter().map(|sheet| {
        wrap(
            &format!("工作表“{}”：没有认出，{}", sheet.sheet, sheet.reason),
            4,
            width,
        )
    });
    tables.chain(skipped).collect()
}
