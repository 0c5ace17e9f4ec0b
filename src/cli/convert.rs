//! `hebiao convert`: checks each file and writes its normalized workbook and discrepancy list.

use std::path::{Path, PathBuf};

use hebiao::report::{FileReport, FileStatus};
use hebiao::write::safe_output::{NORMALIZED_SUFFIX, OutputError, ProtectedInputs, output_stems, write_new_file};
use hebiao::write::{ListFormat, WriteError, normalized_workbook};

use super::Stop;
use super::arguments::Convert;
use super::exit::Outcome;
use super::explanations::FilledIn;
use super::findings::Tally;
use super::input;
use super::output::{Output, complain, error_line};
use super::session;
use super::text::one_line;

/// Where one input's outputs go.
#[derive(Debug)]
struct Plan<'a> {
    input: &'a Path,
    normalized: PathBuf,
    lists: Vec<(ListFormat, PathBuf)>,
}

impl Plan<'_> {
    fn outputs(&self) -> impl Iterator<Item = &Path> {
        let lists = self.lists.iter().map(|(_, path)| path.as_path());
        std::iter::once(self.normalized.as_path()).chain(lists)
    }
}

/// Checks and writes, in the order given. Anything in the way of an output is said before the first one is written.
pub fn run(arguments: &Convert) -> Result<Outcome, Stop> {
    let inputs = ProtectedInputs::new(arguments.files.files.iter().map(PathBuf::as_path));
    let formats = arguments.list_formats().map_err(Stop::Usage)?;
    let plans = plan(arguments, &formats);
    for path in plans.iter().flat_map(Plan::outputs) {
        refuse_in_the_way(path, arguments.force, &inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    }
    let grounds = session::grounds(&arguments.files.files, &arguments.basis)?;
    let mut filled_in = FilledIn::load(&arguments.explanations, &arguments.files.files)?;
    let mut statuses = Vec::new();
    let mut output = Output::plain();
    let mut outcome = Outcome::default();
    for (plan, ground) in plans.iter().zip(&grounds) {
        let checked = ground.check(plan.input, None, &mut filled_in);
        statuses.push(checked.report.status);
        outcome.add(&checked.report, arguments.fail_on.fail_on);
        if !matches!(checked.report.status, FileStatus::Clean | FileStatus::Findings) {
            continue;
        }
        match write_all(plan, &checked.report, arguments, &inputs) {
            Ok(()) => output.print(&written(plan, &checked.report))?,
            Err(message) => {
                complain(&error_line(&message));
                outcome.broke = true;
            }
        }
    }
    filled_in.report_unmatched(&statuses);
    Ok(outcome)
}

/// Inputs of the same name get outputs of different names.
fn plan<'a>(arguments: &'a Convert, formats: &[ListFormat]) -> Vec<Plan<'a>> {
    let shown: Vec<String> = arguments.files.files.iter().map(|path| input::shown(path)).collect();
    let stems = output_stems(shown.iter().map(Path::new));
    arguments
        .files
        .files
        .iter()
        .zip(stems)
        .map(|(input, stem)| Plan {
            input,
            normalized: arguments.output.join(format!("{stem}{NORMALIZED_SUFFIX}")),
            lists: formats
                .iter()
                .map(|format| (*format, arguments.output.join(format!("{stem}{}", format.suffix()))))
                .collect(),
        })
        .collect()
}

fn refuse_in_the_way(path: &Path, force: bool, inputs: &ProtectedInputs) -> Result<(), OutputError> {
    if inputs.contains(path) {
        return Err(OutputError::IsInput(path.to_owned()));
    }
    if !force && path.symlink_metadata().is_ok() {
        return Err(OutputError::Exists(path.to_owned()));
    }
    Ok(())
}

/// All outputs of a file are made before any is written.
fn write_all(plan: &Plan, report: &FileReport, arguments: &Convert, inputs: &ProtectedInputs) -> Result<(), String> {
    let name = plan.normalized.file_name().unwrap_or_default().to_string_lossy();
    let refuse = |error: WriteError| format!("{}：{error}", report.file);
    let mut made = vec![(plan.normalized.as_path(), normalized_workbook(report).map_err(refuse)?)];
    for (format, path) in &plan.lists {
        let list = format.write(report, &name, arguments.text_encoding());
        made.push((path, list.map_err(refuse)?));
    }
    for (path, bytes) in made {
        write_new_file(path, &bytes, arguments.force, inputs).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn written(plan: &Plan, report: &FileReport) -> String {
    let mut tally = Tally::default();
    tally.add(report);
    let mut text = format!(
        "{}：{}\n  规范表    {}\n",
        one_line(&report.file),
        tally.counts(),
        plan.normalized.display(),
    );
    for (_, path) in &plan.lists {
        text.push_str(&format!("  差异清单  {}\n", path.display()));
    }
    text
}
