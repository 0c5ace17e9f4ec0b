//! `hebiao template`: writes a blank form, empty or with what an approved target table says.

use std::path::Path;

use hebiao::batch;
use hebiao::files::{ProtectedInputs, write_new_file};
use hebiao::internals::is_json;
use hebiao::layout::read_target_tables;
use hebiao::model::Evaluation;
use hebiao::read::Limits;
use hebiao::report::read_json_report;
use hebiao::write::{BlankForm, blank_form};

use super::arguments::Template;
use super::exit::Outcome;
use super::output::{Output, complain, error_line, is_standard_output, refuse_no_workbook};
use super::profiles;
use super::session::CheckProfile;
use super::{Stop, input};
use crate::isolate;

/// Writes the form. A source that cannot be read, or holds no targets, gives exit code 3.
pub fn run(arguments: &Template) -> Result<Outcome, Stop> {
    let place = arguments.from.as_deref().unwrap_or(&arguments.output);
    let profile = profiles::of_file(place, &arguments.basis)?;
    refuse_no_workbook(&arguments.output)?;
    let planned = match arguments.from.as_deref().map(|path| planned(path, &profile)) {
        Some(Err(message)) => {
            complain(&message);
            return Ok(Outcome {
                missed: true,
                ..Outcome::default()
            });
        }
        Some(Ok(table)) => Some(table),
        None => None,
    };
    let mut form = BlankForm::new(arguments.kind.into());
    form.year = arguments.year;
    form.unit = arguments.unit.as_deref();
    form.rows = arguments.rows;
    form.planned = planned.as_ref();
    let known_year = planned.as_ref().and_then(|table| table.year.as_ref());
    let year = form.year.or(known_year.map(|year| year.value));
    // The form names the clauses that it will be checked by.
    let (standard, _) = profile.options().standard_for(form.kind, year);
    let bytes = blank_form(&form, standard).map_err(|error| Stop::Usage(error.to_string()))?;
    if is_standard_output(&arguments.output) {
        Output::plain().bytes(&bytes)?;
        return Ok(Outcome::default());
    }
    let inputs = ProtectedInputs::new(arguments.from.as_deref());
    write_new_file(&arguments.output, &bytes, arguments.force, &inputs)
        .map_err(|error| Stop::Usage(error.to_string()))?;
    Output::plain().print(&format!("已写出 {}\n", arguments.output.display()))?;
    Ok(Outcome::default())
}

/// Returns the first table with targets in a file, or one sentence why there is none.
fn planned(path: &Path, profile: &CheckProfile) -> Result<Evaluation, String> {
    let shown = input::shown(path);
    let limits = Limits::default();
    let bytes = batch::read_file(path, limits.file_bytes).map_err(|error| format!("{shown}：{}", error.message))?;
    let refused = |error: hebiao::read::ReadError| format!("{shown}：{error}");
    let (tables, names): (Vec<Evaluation>, Vec<String>) = if is_json(&bytes) {
        let report = read_json_report(&bytes).map_err(refused)?;
        let tables = report.files.into_iter().flat_map(|file| file.tables);
        tables.map(|table| (table.evaluation, table.sheet)).unzip()
    } else {
        let workbook = isolate::read_workbook(&bytes, Some(&shown), &limits).map_err(refused)?;
        let tables = read_target_tables(&workbook, &profile.forms).into_iter();
        tables
            .map(|table| (table.evaluation, format!("{} {}", table.sheet, table.range)))
            .unzip()
    };
    if let [first, _, ..] = names.as_slice() {
        complain(&error_line(&format!(
            "{shown} 里有 {} 张有指标的表，用的是第一张（{first}）；要用别的，请把它单独存成一个文件。",
            names.len()
        )));
    }
    tables
        .into_iter()
        .next()
        .ok_or_else(|| format!("{shown}：没有找到绩效指标；目标表要有“三级指标”和“指标值”两栏，请确认是否选错了文件。"))
}
