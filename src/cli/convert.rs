//! `hebiao convert`: checks each file and writes what was asked for: normalized table and discrepancy list.

use std::path::{Path, PathBuf};

use hebiao::CheckedFile;
use hebiao::batch::{Turn, Turns};
use hebiao::files::{link_path, write_new_file};
use hebiao::report::{FileReport, FileStatus, Report};
use hebiao::write::{
    ReportWriter, Sources, WriteError, annotated_copy, annotated_extension, is_signed, is_unchanged_normalized,
};

use super::Stop;
use super::arguments::{Convert, TableFormat};
use super::batch::{self, Job, Jobs};
use super::convert_artifacts::{Artifact, artifacts};
use super::convert_index::Index;
use super::convert_paths::{OutputPlan, refuse_in_the_way};
use super::exit::Outcome;
use super::explanations::FilledIn;
use super::findings;
use super::output::{Output, complain, error_line, is_standard_output};
use super::overview::file_line;
use super::profiles;
use super::report_copies::{ReportCopies, quotes_itself};
use super::report_files::WithoutTable;
use super::session::{self, Readings};
use super::tally::Tally;
use super::text::one_line;

/// One input whose outputs are made.
struct Plan<'a> {
    job: &'a Job<'a>,
    outputs: Vec<(Artifact, PathBuf)>,
}

/// One input after the work that can be done side by side.
struct Done {
    report: FileReport,
    result: Converted,
}

/// What came of converting.
enum Converted {
    /// Waits for what depends on the other files.
    NotYet(Box<CheckedFile>, Vec<u8>),
    /// There is nothing to write.
    Nothing,
    /// Written, and what to tell of it; or made, for standard output.
    Made(Vec<Made>, Vec<(String, bool)>),
    /// One Chinese sentence.
    Failed(String),
}

/// Checks and writes. Anything in the way of an output is said before the first one is written.
pub fn run(arguments: &Convert) -> Result<Outcome, Stop> {
    let to_standard_output = is_standard_output(&arguments.output);
    let mut collected = batch::collect(&arguments.files, &[], &arguments.batch)?;
    if to_standard_output && collected.inputs.len() > 1 {
        return Err(Stop::Usage(
            "写到标准输出（-o -）时只能有一个文件；要转换多个文件，请用 -o 给出一个目录".to_owned(),
        ));
    }
    let others = arguments
        .explanations
        .filled_in
        .iter()
        .chain(&arguments.reports.reports);
    let mut protected = std::mem::take(&mut collected.files);
    protected.add(others.map(PathBuf::as_path));
    let artifacts = artifacts(arguments, to_standard_output).map_err(Stop::Usage)?;
    let output_plan = OutputPlan::new(&arguments.output, &collected.inputs, artifacts);
    let mut copies = ReportCopies::plan(arguments, &collected.inputs, &output_plan);
    let mut index = (collected.inputs.len() > 1).then(|| Index::new(&arguments.output));
    if let Some(index) = &index {
        refuse_in_the_way(&index.path(), arguments.force, &protected)
            .map_err(|error| Stop::Usage(error.to_string()))?;
    }
    if !to_standard_output {
        let inputs = collected.inputs.iter().enumerate();
        let paths = inputs
            .flat_map(|(at, input)| output_plan.outputs(at, input))
            .map(|(_, path)| path);
        for path in paths.chain(copies.paths()) {
            refuse_in_the_way(&path, arguments.force, &protected).map_err(|error| Stop::Usage(error.to_string()))?;
        }
    }
    let profiles = profiles::with_reports(&collected.inputs, &arguments.basis, Readings::Two, &arguments.reports)?;
    let mut filled_in = FilledIn::load(&arguments.explanations, &collected.inputs)?;
    let jobs = Jobs::new(&collected.inputs, &profiles);

    let is_independent = filled_in.is_empty();
    let finish = |job: &Job, checked: &CheckedFile, bytes: &[u8], turn: Option<Turn>| -> Converted {
        if !matches!(checked.report.status, FileStatus::Clean | FileStatus::Findings) {
            return Converted::Nothing;
        }
        let plan = Plan {
            job,
            outputs: output_plan.outputs(job.number, job.input),
        };
        let (mut made, remarks) = match make_all(&plan, checked, bytes) {
            Ok(made) => made,
            Err(message) => return Converted::Failed(message),
        };
        // While this one waits for the disk, another computes.
        drop(turn);
        if !to_standard_output {
            for one in &mut made {
                if let Err(error) = write_new_file(&one.path, &one.bytes, arguments.force, &protected) {
                    return Converted::Failed(error.to_string());
                }
                one.bytes = Vec::new();
            }
        }
        Converted::Made(made, remarks)
    };
    let turns = Turns::new(arguments.batch.threads());
    let work = |job: &Job| {
        let turn = turns.take();
        let bytes = job.read();
        let mut checked = job.profile.check(job.input, &bytes);
        let bytes = bytes.unwrap_or_default();
        if !is_independent {
            let report = checked.report.clone();
            let result = Converted::NotYet(Box::new(checked), bytes);
            return Done { report, result };
        }
        job.profile.set_aside(&mut checked.report, None);
        let result = finish(job, &checked, &bytes, Some(turn));
        let report = checked.report;
        Done { report, result }
    };
    let failed = |_: &Job, report: FileReport| Done {
        report,
        result: Converted::Nothing,
    };
    let mut outcome = Outcome::default();
    let mut without_table = WithoutTable::default();
    let mut output = Output::plain();
    let each = |job: &Job, done: Done| -> Result<(), Stop> {
        session::complain_of_table(&done.report);
        let (report, result) = match done.result {
            Converted::NotYet(mut checked, bytes) => {
                // A finding that is set aside may have been explained, and its explanation is no stray one.
                filled_in.explain(&mut checked.report);
                job.profile.set_aside(&mut checked.report, None);
                let result = finish(job, &checked, &bytes, None);
                (checked.report, result)
            }
            result => (done.report, result),
        };
        if !without_table.takes(&report) {
            outcome.add(&report, arguments.fail_on.fail_on);
        }
        copies.add(&report);
        if let Some(index) = &mut index {
            let made = match &result {
                Converted::Made(made, _) => made.as_slice(),
                _ => &[],
            };
            index.add(&report, made.iter().map(|one| (one.artifact, one.path.as_path())))?;
        }
        match result {
            Converted::NotYet(..) | Converted::Nothing => {}
            Converted::Failed(message) => {
                complain(&error_line(&message));
                outcome.broke = true;
            }
            Converted::Made(made, remarks) => {
                for (remark, is_failure) in remarks {
                    complain(&remark);
                    outcome.broke |= is_failure;
                }
                if to_standard_output {
                    for one in made {
                        Output::plain().bytes(&one.bytes)?;
                    }
                } else {
                    // Of many, where each output lies is in the index.
                    output.print(&match &index {
                        Some(_) => brief(&report),
                        None => written(&made, &report),
                    })?;
                }
            }
        }
        Ok(())
    };
    // One more than compute, since one or another always waits for the disk.
    let threads = arguments.batch.threads().saturating_add(1);
    let progress = batch::run_on(threads, &jobs, &arguments.batch, work, failed, each)?;
    outcome.missed |= without_table.complain_of_left() > 0;
    if let Some(totals) = batch::totals(&collected, progress.done) {
        complain(&totals);
    }
    let way_on = "其余的请另外转换；要全部重做请加 --force。";
    if let Some(told) = batch::interrupted(progress, &jobs, way_on) {
        complain(&told);
        outcome.broke = true;
        return Ok(outcome);
    }
    if let Some(index) = &index {
        output.print(&index.write(arguments.force, &protected)?)?;
    }
    outcome.broke |= copies.write(arguments.force, &protected, &mut output)?;
    // Where a file was not read, nothing can be said of the rows meant for it.
    if !outcome.missed {
        filled_in.report();
    }
    Ok(outcome.with(batch::empty(&arguments.files, &collected)))
}

/// One output, made and not yet written.
struct Made {
    artifact: Artifact,
    path: PathBuf,
    bytes: Vec<u8>,
}

/// A sentence on an output, and whether it tells of a failure.
type Remark = (String, bool);

/// All outputs are made before any is written. An annotated copy that cannot be made keeps none of the others
/// back.
fn make_all(plan: &Plan, checked: &CheckedFile, bytes: &[u8]) -> Result<(Vec<Made>, Vec<Remark>), String> {
    let mut all = Vec::new();
    let mut remarks = Vec::new();
    let writer = ReportWriter::new(&checked.report);
    for (artifact, path) in &plan.outputs {
        let (artifact, mut path) = (*artifact, path.clone());
        let bytes = match artifact {
            // The prose of a document is annotated when all its tables are known.
            Artifact::Annotated if quotes_itself(&checked.report) => continue,
            Artifact::Annotated => match annotated_copy(bytes, &checked.report) {
                Ok(copy) => {
                    if is_signed(bytes) {
                        let sentence = format!(
                            "提示：{}：文件带有数字签名；批注副本与签名时的内容不同，签名在副本里不再有效，原文件的签名不受影响",
                            one_line(&checked.report.file)
                        );
                        remarks.push((sentence, false));
                    }
                    // A file may have another extension than its content calls for; programs then refuse to open it.
                    path.set_extension(annotated_extension(bytes).unwrap_or("xlsx"));
                    copy
                }
                Err(error) => {
                    let is_failure = !matches!(error, WriteError::NotAnnotatable);
                    let sentence = format!("{}：{error}", one_line(&checked.report.file));
                    remarks.push(if is_failure {
                        (error_line(&sentence), true)
                    } else {
                        (format!("提示：{sentence}"), false)
                    });
                    continue;
                }
            },
            other => make(other, &path, plan, checked, &writer, bytes)?,
        };
        all.push(Made { artifact, path, bytes });
    }
    Ok((all, remarks))
}

fn make(
    artifact: Artifact,
    path: &Path,
    plan: &Plan,
    checked: &CheckedFile,
    writer: &ReportWriter,
    bytes: &[u8],
) -> Result<Vec<u8>, String> {
    let report = &checked.report;
    let failed = |error: WriteError| format!("{}：{error}", report.file);
    match artifact {
        Artifact::Annotated => annotated_copy(bytes, report).map_err(failed),
        // What is normalized already and has not been edited is its own normalized table.
        Artifact::Normalized(TableFormat::Xlsx) if is_unchanged(checked) => Ok(bytes.to_vec()),
        Artifact::Normalized(TableFormat::Xlsx) => {
            let source = link_path(plan.job.input.place(), path);
            let sources = Sources::at(source.as_deref());
            writer.normalized_workbook(sources).map_err(failed)
        }
        Artifact::Normalized(TableFormat::Csv) => writer.normalized_csv().map_err(failed),
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
            let name = name.to_string_lossy();
            writer.list(format, &name, encoding).map_err(failed)
        }
    }
}

fn is_unchanged(checked: &CheckedFile) -> bool {
    checked
        .workbook
        .as_ref()
        .is_some_and(|workbook| is_unchanged_normalized(workbook, &checked.report.tables))
}

/// Returns a file of many on one line; a second where two readers saw it differently.
fn brief(report: &FileReport) -> String {
    let mut text = file_line(report);
    let confirmation = report.reading_confirmed.as_ref();
    if let Some(confirmation) = confirmation.filter(|confirmation| !confirmation.differing.is_empty()) {
        text.push_str(&format!("  双读核对　{}\n", findings::confirmed(confirmation)));
    }
    text
}

fn written(made: &[Made], report: &FileReport) -> String {
    let mut tally = Tally::default();
    tally.add(report);
    let mut text = format!("{}：{}\n", one_line(&report.file), tally.counts());
    if let Some(confirmation) = &report.reading_confirmed {
        text.push_str(&format!("  双读核对　{}\n", findings::confirmed(confirmation)));
    }
    for one in made {
        text.push_str(&format!("  {}　{}\n", padded(one.artifact.title()), one.path.display()));
    }
    text
}

/// Returns a title of three or four characters, as wide as one of four.
fn padded(title: &str) -> String {
    let missing = 4_usize.saturating_sub(title.chars().count());
    format!("{title}{}", "　".repeat(missing))
}
