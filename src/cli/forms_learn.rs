//! `hebiao forms learn`: a vocabulary file proposed for what tables leave unknown.

use hebiao::batch;
use hebiao::grid::Workbook;
use hebiao::layout::{FormLibrary, read_tables_with, read_target_tables};
use hebiao::model::TableReading;
use hebiao::read::Limits;

use super::Stop;
use super::arguments::FormsLearn;
use super::exit::Outcome;
use super::output::{Output, complain};
use super::{form_files, input};
use crate::isolate;

/// Prints the file. A workbook that cannot be read, or holds no table, makes the exit code 3.
pub fn run(arguments: &FormsLearn) -> Result<Outcome, Stop> {
    let library = form_files::library(&arguments.forms.folders)?;
    let limits = Limits::default();
    let mut outcome = Outcome::default();
    let mut tables = Vec::new();
    for path in &arguments.files {
        let file = input::shown(path);
        let read = batch::read_file(path, limits.file_bytes)
            .map_err(|error| error.message)
            .and_then(|bytes| isolate::read_workbook(&bytes, Some(&file), &limits).map_err(|error| error.to_string()));
        match read.map(|workbook| tables_of(&workbook, &library)) {
            Ok(found) if found.is_empty() => {
                complain(&format!("{file}：没有找到绩效评价表，无从提出词汇"));
                outcome.missed = true;
            }
            Ok(found) => tables.extend(found),
            Err(message) => {
                complain(&format!("{file}：{message}"));
                outcome.missed = true;
            }
        }
    }
    match library.proposed_vocabulary(&tables) {
        Some(text) => Output::plain().print(&text)?,
        None if !tables.is_empty() => Output::plain().print("# 表头和标签都认得，没有要补的词汇。\n")?,
        None => {}
    }
    Ok(outcome)
}

/// Returns the evaluation tables of a workbook; where there is none, what may become one once its headers are known.
fn tables_of(workbook: &Workbook, library: &FormLibrary) -> Vec<TableReading> {
    let evaluations = read_tables_with(workbook, library).tables;
    if evaluations.is_empty() {
        read_target_tables(workbook, library)
    } else {
        evaluations
    }
}
