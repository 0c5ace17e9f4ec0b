//! `hebiao convert`: checks each file and writes its normalized workbook and discrepancy list.

use std::path::{Path, PathBuf};

use hebiao::report::{FileReport, FileStatus};
use hebiao::write::safe_output::{
    DISCREPANCIES_SUFFIX, NORMALIZED_SUFFIX, OutputError, ProtectedInputs, output_stems, write_new_file,
};
use hebiao::write::{discrepancy_list, normalized_workbook};

use super::Stop;
use super::arguments::Convert;
use super::exit::Outcome;
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
    list: PathBuf,
}

/// Checks and writes, in the order given. Anything in the way of an output is said before the first one is written.
pub fn run(arguments: &Convert) -> Result<Outcome, Stop> {
    let inputs = ProtectedInputs::new(arguments.files.files.iter().map(PathBuf::as_path));
    let plans = plan(arguments);
    for path in plans.iter().flat_map(|plan| [&plan.normalized, &plan.list]) {
        refuse_in_the_way(path, arguments.force, &inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    }
    let grounds = session::grounds(&arguments.files.files, &arguments.basis)?;
    let mut output = Output::plain();
    let mut outcome = Outcome::default();
    for (plan, ground) in plans.iter().zip(&grounds) {
        let checked = ground.check(plan.input, None);
        outcome.add(&checked.report, arguments.fail_on.fail_on);
        if !matches!(checked.report.status, FileStatus::Clean | FileStatus::Findings) {
            continue;
        }
        match write_both(plan, &checked.report, arguments.force, &inputs) {
            Ok(()) => output.print(&written(plan, &checked.report))?,
            Err(message) => {
                complain(&error_line(&message));
                outcome.broke = true;
            }
        }
    }
    Ok(outcome)
}

/// Inputs of the same name get outputs of different names.
fn plan(arguments: &Convert) -> Vec<Plan<'_>> {
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
            list: arguments.output.join(format!("{stem}{DISCREPANCIES_SUFFIX}")),
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

/// Both workbooks are made before either is written.
fn write_both(plan: &Plan, report: &FileReport, force: bool, inputs: &ProtectedInputs) -> Result<(), String> {
    let name = plan.normalized.file_name().unwrap_or_default().to_string_lossy();
    let normalized = normalized_workbook(report).map_err(|error| format!("{}：{error}", report.file))?;
    let list = discrepancy_list(report, &name).map_err(|error| format!("{}：{error}", report.file))?;
    for (path, bytes) in [(&plan.normalized, normalized), (&plan.list, list)] {
        write_new_file(path, &bytes, force, inputs).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn written(plan: &Plan, report: &FileReport) -> String {
    let mut tally = Tally::default();
    tally.add(report);
    format!(
        "{}：{}\n  规范表    {}\n  差异清单  {}\n",
        one_line(&report.file),
        tally.counts(),
        plan.normalized.display(),
        plan.list.display()
    )
}
