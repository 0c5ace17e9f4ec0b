//! `hebiao check`: checks each file and prints what was found.

use std::path::Path;

use hebiao::layout::FormLibrary;
use hebiao::report::{FileStatus, Report};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, CheckedFile, check_bytes_with};

use super::Stop;
use super::arguments::{Check, CheckFormat};
use super::exit::Outcome;
use super::findings::{self, Tally, Wanted};
use super::form_files;
use super::input;
use super::output::{Output, complain};
use super::standards;
use super::text::terminal_width;
use crate::isolate;

/// What every command checks by: workbooks are read where a damaged one does no harm.
pub fn options<'a>(standard: &'a Standard, forms: &'a FormLibrary) -> CheckOptions<'a> {
    CheckOptions {
        standard,
        forms,
        read_workbook: isolate::read_workbook,
    }
}

/// One file checked. One that cannot be read is a report of its own, never an absence; standard error says why.
pub fn check_file(path: &Path, options: &CheckOptions<'_>) -> CheckedFile {
    let limit = hebiao::read::Limits::default().file_bytes;
    let checked = match input::read(path, limit) {
        Ok(bytes) => check_bytes_with(&input::shown(path), &bytes, options),
        Err(error) => CheckedFile::unreadable(input::unreadable(path, error)),
    };
    if let Some(error) = &checked.report.error {
        complain(&format!("{}：{}", checked.report.file, error.message));
    }
    checked
}

/// Checks the files in the order given.
pub fn run(arguments: &Check) -> Result<Outcome, Stop> {
    let standard = standards::chosen(&arguments.standard)?;
    let forms = form_files::library(&arguments.forms.folders)?;
    let options = options(&standard, &forms);
    let mut outcome = Outcome::default();
    let mut output = match arguments.format {
        CheckFormat::Text => Output::new(arguments.color.color),
        CheckFormat::Json | CheckFormat::Ndjson => Output::plain(),
    };
    let wanted = Wanted {
        quiet: arguments.quiet,
        trace: arguments.trace,
        width: terminal_width(),
    };
    let mut tally = Tally::default();
    let mut files = Vec::new();
    for path in &arguments.files.files {
        let checked = check_file(path, &options);
        outcome.add(&checked.report, arguments.fail_on.fail_on);
        match arguments.format {
            CheckFormat::Text => {
                tally.add(&checked.report);
                if matches!(checked.report.status, FileStatus::Clean | FileStatus::Findings) {
                    output.print(&findings::file_text(&checked.report, wanted))?;
                }
            }
            CheckFormat::Ndjson => output.json_line(&checked.report)?,
            CheckFormat::Json => files.push(checked.report),
        }
    }
    match arguments.format {
        CheckFormat::Text if arguments.quiet == 0 => output.print(&format!("{}\n", tally.line()))?,
        CheckFormat::Json => output.json(&Report::new(files))?,
        CheckFormat::Text | CheckFormat::Ndjson => {}
    }
    Ok(outcome)
}
