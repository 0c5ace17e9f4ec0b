//! `hebiao convert`: checks each file and writes what was asked for: normalized table and discrepancy list.

use std::path::{Path, PathBuf};

use hebiao::CheckedFile;
use hebiao::report::{FileReport, FileStatus, Report};
use hebiao::write::safe_output::{
    NORMALIZED_STEM, OutputError, ProtectedInputs, link_path, output_stems, write_new_file,
};
use hebiao::write::{
    ListFormat, Sources, TextEncoding, WriteError, is_unchanged_normalized, normalized_csv, normalized_workbook_with,
};

use super::Stop;
use super::arguments::{Convert, TableFormat};
use super::exit::Outcome;
use super::explanations::FilledIn;
use super::findings::Tally;
use super::input;
use super::output::{Output, complain, error_line};
use super::session;
use super::text::one_line;

/// The folder that stands for standard output.
const STANDARD_OUTPUT: &str = "-";

/// One file to write for an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Artifact {
    Normalized(TableFormat),
    List(ListFormat, TextEncoding),
}

impl Artifact {
    fn suffix(self) -> String {
        match self {
            Self::Normalized(TableFormat::Xlsx) => format!("{NORMALIZED_STEM}.xlsx"),
            Self::Normalized(TableFormat::Json) => format!("{NORMALIZED_STEM}.json"),
            Self::Normalized(TableFormat::Csv) => format!("{NORMALIZED_STEM}.csv"),
            Self::List(format, _) => format.suffix().to_owned(),
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Normalized(_) => "规范表",
            Self::List(..) => "差异清单",
        }
    }
}

/// Where one input's outputs go.
#[derive(Debug)]
struct Plan<'a> {
    input: &'a Path,
    outputs: Vec<(Artifact, PathBuf)>,
}

/// Checks and writes, in the order given. Anything in the way of an output is said before the first one is written.
pub fn run(arguments: &Convert) -> Result<Outcome, Stop> {
    let to_standard_output = arguments.output.as_os_str() == STANDARD_OUTPUT;
    if to_standard_output && arguments.files.files.len() > 1 {
        return Err(Stop::Usage(
            "写到标准输出（-o -）时只能有一个文件；要转换多个文件，请用 -o 给出一个目录".to_owned(),
        ));
    }
    let read = arguments.files.files.iter().chain(&arguments.explanations.filled_in);
    let inputs = ProtectedInputs::new(read.map(PathBuf::as_path));
    let artifacts = artifacts(arguments, to_standard_output).map_err(Stop::Usage)?;
    let plans = plan(arguments, &artifacts);
    if !to_standard_output {
        for (_, path) in plans.iter().flat_map(|plan| &plan.outputs) {
            refuse_in_the_way(path, arguments.force, &inputs).map_err(|error| Stop::Usage(error.to_string()))?;
        }
    }
    let grounds = session::grounds(&arguments.files.files, &arguments.basis)?;
    let mut filled_in = FilledIn::load(&arguments.explanations, &arguments.files.files)?;
    let mut statuses = Vec::new();
    let mut output = Output::plain();
    let mut outcome = Outcome::default();
    for (plan, ground) in plans.iter().zip(&grounds) {
        let (checked, bytes) = ground.check_keeping_bytes(plan.input, None, &mut filled_in);
        statuses.push(checked.report.status);
        outcome.add(&checked.report, arguments.fail_on.fail_on);
        if !matches!(checked.report.status, FileStatus::Clean | FileStatus::Findings) {
            continue;
        }
        let made = match make_all(plan, &checked, &bytes) {
            Ok(made) => made,
            Err(message) => {
                complain(&error_line(&message));
                outcome.broke = true;
                continue;
            }
        };
        if to_standard_output {
            for (_, bytes) in made {
                Output::plain().bytes(&bytes)?;
            }
            continue;
        }
        let results = made
            .iter()
            .map(|(path, bytes)| write_new_file(path, bytes, arguments.force, &inputs));
        match results.collect::<Result<(), OutputError>>() {
            Ok(()) => output.print(&written(plan, &checked.report))?,
            Err(error) => {
                complain(&error_line(&error.to_string()));
                outcome.broke = true;
            }
        }
    }
    filled_in.report(&statuses);
    Ok(outcome)
}

/// What is written for each input.
fn artifacts(arguments: &Convert, to_standard_output: bool) -> Result<Vec<Artifact>, String> {
    let encoding = arguments.text_encoding();
    let formats = arguments.list_formats()?;
    let list = |format| Artifact::List(format, encoding);
    let normalized = Artifact::Normalized(arguments.to);
    Ok(match (to_standard_output, formats.as_slice()) {
        (true, []) => vec![normalized],
        (true, [format]) => vec![list(*format)],
        (true, _) => return Err("写到标准输出（-o -）时只能写一种清单；请只留一种，或用 -o 给出一个目录".to_owned()),
        (false, []) if arguments.lists.is_empty() => vec![normalized, list(ListFormat::Xlsx)],
        (false, formats) => std::iter::once(normalized)
            .chain(formats.iter().copied().map(list))
            .collect(),
    })
}

/// Inputs of the same name get outputs of different names.
fn plan<'a>(arguments: &'a Convert, artifacts: &[Artifact]) -> Vec<Plan<'a>> {
    let shown: Vec<String> = arguments.files.files.iter().map(|path| input::shown(path)).collect();
    let stems = output_stems(shown.iter().map(Path::new));
    arguments
        .files
        .files
        .iter()
        .zip(stems)
        .map(|(input, stem)| Plan {
            input,
            outputs: artifacts
                .iter()
                .map(|&artifact| {
                    let name = format!("{stem}{}", artifact.suffix());
                    (artifact, arguments.output.join(name))
                })
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

/// All outputs are made before any is written.
fn make_all<'a>(plan: &'a Plan, checked: &CheckedFile, bytes: &[u8]) -> Result<Vec<(&'a Path, Vec<u8>)>, String> {
    let make = |(artifact, path): &'a (Artifact, PathBuf)| {
        let made = make(*artifact, path, plan, checked, bytes)?;
        Ok((path.as_path(), made))
    };
    plan.outputs.iter().map(make).collect()
}

fn make(artifact: Artifact, path: &Path, plan: &Plan, checked: &CheckedFile, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let report = &checked.report;
    let failed = |error: WriteError| format!("{}：{error}", report.file);
    match artifact {
        // What is normalized already and has not been edited is its own normalized table.
        Artifact::Normalized(TableFormat::Xlsx) if is_unchanged(checked) => Ok(bytes.to_vec()),
        Artifact::Normalized(TableFormat::Xlsx) => {
            let source = link_path(plan.input, path);
            let sources = Sources {
                path: source.as_deref(),
            };
            normalized_workbook_with(report, sources).map_err(failed)
        }
        Artifact::Normalized(TableFormat::Csv) => normalized_csv(report).map_err(failed),
        Artifact::Normalized(TableFormat::Json) => {
            let report = Report::new(vec![report.clone()]);
            let mut json = serde_json::to_vec_pretty(&report).map_err(|error| error.to_string())?;
            json.push(b'\n');
            Ok(json)
        }
        Artifact::List(format, encoding) => {
            let normalized = plan
                .outputs
                .iter()
                .find(|(artifact, _)| *artifact == Artifact::Normalized(TableFormat::Xlsx));
            let name = normalized.and_then(|(_, path)| path.file_name()).unwrap_or_default();
            format.write(report, &name.to_string_lossy(), encoding).map_err(failed)
        }
    }
}

fn is_unchanged(checked: &CheckedFile) -> bool {
    checked
        .workbook
        .as_ref()
        .is_some_and(|workbook| is_unchanged_normalized(workbook, &checked.report.tables))
}

fn written(plan: &Plan, report: &FileReport) -> String {
    let mut tally = Tally::default();
    tally.add(report);
    let mut text = format!("{}：{}\n", one_line(&report.file), tally.counts());
    for (artifact, path) in &plan.outputs {
        text.push_str(&format!("  {}　{}\n", padded(artifact.title()), path.display()));
    }
    text
}

/// A title of three or four characters, as wide as one of four.
fn padded(title: &str) -> String {
    let missing = 4_usize.saturating_sub(title.chars().count());
    format!("{title}{}", "　".repeat(missing))
}
