//! `hebiao convert`: checks each file and writes what was asked for: normalized table and discrepancy list.

use std::path::{Path, PathBuf};

use hebiao::CheckedFile;
use hebiao::report::{FileReport, FileStatus, Report};
use hebiao::write::safe_output::{
    ANNOTATED_STEM, NORMALIZED_STEM, OutputError, ProtectedInputs, link_path, output_stems, write_new_file,
};
use hebiao::write::{
    ListFormat, Sources, TextEncoding, WriteError, annotated_copy, annotated_extension, is_unchanged_normalized,
    normalized_csv, normalized_workbook_with,
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
    Annotated,
}

impl Artifact {
    /// The ending of the output's name; that of an annotated copy keeps the input's extension.
    fn suffix(self, input: &Path) -> String {
        match self {
            Self::Normalized(TableFormat::Xlsx) => format!("{NORMALIZED_STEM}.xlsx"),
            Self::Normalized(TableFormat::Json) => format!("{NORMALIZED_STEM}.json"),
            Self::Normalized(TableFormat::Csv) => format!("{NORMALIZED_STEM}.csv"),
            Self::List(format, _) => format.suffix().to_owned(),
            Self::Annotated => {
                let extension = input.extension().map(|it| it.to_string_lossy().to_lowercase());
                let extension = extension.filter(|it| matches!(it.as_str(), "xlsm" | "xltx" | "xltm"));
                format!("{ANNOTATED_STEM}.{}", extension.as_deref().unwrap_or("xlsx"))
            }
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Normalized(_) => "规范表",
            Self::List(..) => "差异清单",
            Self::Annotated => "批注副本",
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
            Ok((made, refusals)) => {
                for (refusal, is_failure) in refusals {
                    complain(&refusal);
                    outcome.broke |= is_failure;
                }
                made
            }
            Err(message) => {
                complain(&error_line(&message));
                outcome.broke = true;
                continue;
            }
        };
        if to_standard_output {
            for one in made {
                Output::plain().bytes(&one.bytes)?;
            }
            continue;
        }
        let results = made
            .iter()
            .map(|one| write_new_file(&one.path, &one.bytes, arguments.force, &inputs));
        match results.collect::<Result<(), OutputError>>() {
            Ok(()) => output.print(&written(&made, &checked.report))?,
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
    if to_standard_output && arguments.annotate {
        return Err("批注副本（--annotate）不能写到标准输出（-o -）；请用 -o 给出一个目录".to_owned());
    }
    let mut artifacts = match (to_standard_output, formats.as_slice()) {
        (true, []) => vec![normalized],
        (true, [format]) => vec![list(*format)],
        (true, _) => return Err("写到标准输出（-o -）时只能写一种清单；请只留一种，或用 -o 给出一个目录".to_owned()),
        (false, []) if arguments.lists.is_empty() => vec![normalized, list(ListFormat::Xlsx)],
        (false, formats) => std::iter::once(normalized)
            .chain(formats.iter().copied().map(list))
            .collect(),
    };
    artifacts.extend(arguments.annotate.then_some(Artifact::Annotated));
    Ok(artifacts)
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
                    let name = format!("{stem}{}", artifact.suffix(input));
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

/// One output, made and not yet written.
struct Made {
    artifact: Artifact,
    path: PathBuf,
    bytes: Vec<u8>,
}

/// A sentence on an output that there is not, and whether that is a failure.
type Refusal = (String, bool);

/// All outputs are made before any is written. An annotated copy that cannot be made keeps none of the others back.
fn make_all(plan: &Plan, checked: &CheckedFile, bytes: &[u8]) -> Result<(Vec<Made>, Vec<Refusal>), String> {
    let mut all = Vec::new();
    let mut refusals = Vec::new();
    for (artifact, path) in &plan.outputs {
        let (artifact, mut path) = (*artifact, path.clone());
        let bytes = match artifact {
            Artifact::Annotated => match annotated_copy(bytes, &checked.report) {
                Ok(copy) => {
                    // A file may have another extension than its content calls for; programs then refuse to open it.
                    path.set_extension(annotated_extension(bytes).unwrap_or("xlsx"));
                    copy
                }
                Err(error) => {
                    let is_failure = !matches!(error, WriteError::NotAnnotatable);
                    let sentence = format!("{}：{error}", one_line(&checked.report.file));
                    refusals.push(if is_failure {
                        (error_line(&sentence), true)
                    } else {
                        (format!("提示：{sentence}"), false)
                    });
                    continue;
                }
            },
            other => make(other, &path, plan, checked, bytes)?,
        };
        all.push(Made { artifact, path, bytes });
    }
    Ok((all, refusals))
}

fn make(artifact: Artifact, path: &Path, plan: &Plan, checked: &CheckedFile, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let report = &checked.report;
    let failed = |error: WriteError| format!("{}：{error}", report.file);
    match artifact {
        Artifact::Annotated => annotated_copy(bytes, report).map_err(failed),
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

fn written(made: &[Made], report: &FileReport) -> String {
    let mut tally = Tally::default();
    tally.add(report);
    let mut text = format!("{}：{}\n", one_line(&report.file), tally.counts());
    for one in made {
        text.push_str(&format!("  {}　{}\n", padded(one.artifact.title()), one.path.display()));
    }
    text
}

/// A title of three or four characters, as wide as one of four.
fn padded(title: &str) -> String {
    let missing = 4_usize.saturating_sub(title.chars().count());
    format!("{title}{}", "　".repeat(missing))
}
