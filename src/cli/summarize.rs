//! `hebiao summarize`: many files, or the results of earlier runs, to one summary.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hebiao::batch::{is_standard_input, read_file, read_lines};
use hebiao::report::{FileError, FileReport, Severity};
use hebiao::standard::Standard;
use hebiao::summary::{Previous, Roster, Summary, SummaryBuilder, SummaryError, SummaryOptions};
use hebiao::write::safe_output::{ProtectedInputs, link_path, refuse_new_file, write_new_file_with};
use hebiao::write::{WriteError, is_own_summary, summary_csv, summary_json, summary_ndjson, summary_workbook};

use super::arguments::{Summarize, SummaryFormat};
use super::batch::{self, Job};
use super::exit::Outcome;
use super::output::{Output, complain};
use super::session::Ground;
use super::summarize_others::Others;
use super::{Stop, input, session};
use crate::isolate;

const STANDARD_OUTPUT: &str = "-";

/// Collects every report and writes the summary.
pub fn run(arguments: &Summarize) -> Result<Outcome, Stop> {
    let has_files = !arguments.files.is_empty() || arguments.files_from.is_some();
    if !has_files && arguments.from.is_empty() {
        return Err(Stop::Usage(
            "没有给出要汇总的文件；请给出表格文件或文件夹，或用 --from 给出核对结果".to_owned(),
        ));
    }
    let format = arguments.wanted_format();
    let output = match (&arguments.output, format) {
        (Some(path), _) => path.as_path(),
        (None, SummaryFormat::Xlsx) if arguments.wants_summary() => {
            return Err(Stop::Usage("没有说写到哪里；请加 -o 汇总.xlsx".to_owned()));
        }
        (None, _) => Path::new(STANDARD_OUTPUT),
    };
    // What the summary goes by may lie among the tables.
    let beside: Vec<PathBuf> = arguments
        .from
        .iter()
        .chain(&arguments.roster)
        .chain(&arguments.previous)
        .cloned()
        .collect();
    let set_apart: Vec<PathBuf> = beside.iter().chain(&arguments.output).cloned().collect();
    let files = arguments.inputs();
    let collected = batch::collect(&files, &set_apart)?;
    let places = collected.inputs.iter().map(|input| input.place());
    let inputs = ProtectedInputs::new(places.chain(beside.iter().map(PathBuf::as_path)));
    let true_output = output.canonicalize().ok();
    let is_output = |met: &&PathBuf| true_output.is_some() && met.canonicalize().ok() == true_output;
    if let Some(met) = collected.met_outputs.iter().find(is_output) {
        refuse_over_a_table(met)?;
    }
    if output.as_os_str() != STANDARD_OUTPUT {
        refuse_new_file(output, arguments.force, &inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    }
    for path in &arguments.from {
        refuse_what_is_no_result(path)?;
    }
    let mut others = Others::begin(arguments)?;
    let grounds = session::grounds(&collected.inputs, &arguments.basis)?;
    // A dataset alone needs no summary; what is found between tables may go into notices, or decide the exit status.
    let options = SummaryOptions {
        standards: standards(arguments, &grounds)?,
        roster: arguments.roster.as_deref().map(roster).transpose()?,
        previous: arguments.previous.as_deref().map(previous).transpose()?,
    };
    let may_fail = arguments.fail_on.is_reached_by(Severity::Error);
    let is_summed = arguments.wants_summary() || arguments.notices.is_some() || may_fail;
    let mut builder = is_summed.then(|| SummaryBuilder::new(options));
    let mut outcome = Outcome::default();
    let jobs = batch::jobs(&collected.inputs, &grounds);
    let work = |job: &Job| {
        let mut report = job.ground.check(job.input, &job.read()).report;
        job.ground.set_aside(&mut report, None);
        report
    };
    let mut take = |report: &FileReport| {
        outcome.add(report, arguments.fail_on);
        others.add(report)?;
        match &mut builder {
            Some(builder) => builder.add(report).map_err(stopped),
            None => Ok(()),
        }
    };
    let each = |_: &Job, report: FileReport| {
        session::complain_of(&report);
        take(&report)
    };
    let progress = batch::run(&jobs, &arguments.batch, work, |_, report| report, each)?;
    if let Some(told) = batch::interrupted(progress, &jobs, "没有写出汇总，因为它会缺少其余的文件。")
    {
        complain(&told);
        outcome.broke = true;
        return Ok(outcome);
    }
    for path in &arguments.from {
        for report in results(path)? {
            take(&report.map_err(stopped)?)?;
        }
    }
    if let Some(totals) = batch::totals(&collected, progress.done) {
        complain(&totals);
    }
    let summary = builder.map(SummaryBuilder::finish).transpose().map_err(stopped)?;
    // A file that failed in one run and was read in another has not failed.
    outcome.missed = batch::empty(&files, &collected).missed;
    if let Some(summary) = &summary {
        outcome.missed |= !summary.failed.is_empty() || summary.tables.is_empty();
        for finding in summary.findings.iter().filter(|_| may_fail) {
            outcome.found |= arguments.fail_on.is_reached_by(finding?.severity);
        }
        if arguments.wants_summary() {
            write(summary, format, output, arguments.force, &inputs)?;
        }
    }
    let is_taken = arguments.wants_summary() && output.as_os_str() == STANDARD_OUTPUT;
    let written = others.write(summary.as_ref(), &inputs)?;
    outcome.missed |= written.missed;
    for told in written.told {
        if is_taken {
            complain(&told);
        } else {
            Output::plain().print(&format!("{told}\n"))?;
        }
    }
    Ok(outcome)
}

/// What is to be replaced among the tables has to be an earlier summary: a unit's table has no copy anywhere.
fn refuse_over_a_table(path: &Path) -> Result<(), Stop> {
    const MOST_BYTES: u64 = 1024 * 1024 * 1024;
    let is_summary = match File::open(path) {
        Ok(file) => is_own_summary(file, MOST_BYTES).unwrap_or(false),
        Err(_) => true,
    };
    if is_summary {
        return Ok(());
    }
    Err(Stop::Usage(format!(
        "汇总不能写在要汇总的表格上；“{}”在要汇总的文件夹里，又不是本程序写的汇总，没有改动，请换一个文件名",
        path.display()
    )))
}

/// Refuses what was given for results and is something else, before anything is written.
fn refuse_what_is_no_result(path: &Path) -> Result<(), Stop> {
    if is_standard_input(path) {
        return Ok(());
    }
    let shown = input::shown(path);
    if path.is_dir() {
        return Err(Stop::Usage(format!(
            "--from 后面应是核对结果；{shown} 是文件夹，要汇总里面的表格，请直接写文件夹，不用 --from"
        )));
    }
    let mut start = [0; 8];
    let length = File::open(path).and_then(|mut file| file.read(&mut start)).unwrap_or(0);
    let start = start.get(..length).unwrap_or_default();
    // Workbooks as packages, and the older ones.
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Stop::Usage(format!(
            "--from 后面应是核对结果；{shown} 是表格文件，要汇总它，请直接写文件名，不用 --from"
        )));
    }
    Ok(())
}

/// The standards that tables may have been scored by. Results say by name which; the one asked for also serves those
/// that nobody knows.
fn standards(arguments: &Summarize, grounds: &[Arc<Ground>]) -> Result<Vec<Standard>, Stop> {
    let own = session::ground(Path::new(STANDARD_OUTPUT), &arguments.basis)?;
    let mut standards: Vec<Standard> = Vec::new();
    for ground in std::iter::once(&own).chain(grounds) {
        if standards.iter().all(|known| known.name != ground.standard.name) {
            standards.push(ground.standard.clone());
        }
    }
    Ok(standards)
}

fn stopped(error: SummaryError) -> Stop {
    Stop::Usage(error.to_string())
}

/// The reports in a file of result lines. A line that is none is a report of its own, so that the summary names it.
fn results(path: &Path) -> Result<impl Iterator<Item = Result<FileReport, SummaryError>> + use<>, Stop> {
    let shown = input::shown(path);
    let reader: Box<dyn Read> = if is_standard_input(path) {
        Box::new(io::stdin())
    } else {
        let file = File::open(path).map_err(|error| {
            let why = match error.kind() {
                io::ErrorKind::NotFound => "找不到这个文件，请检查路径和文件名",
                io::ErrorKind::PermissionDenied => "没有读取这个文件的权限",
                _ => "读取文件时磁盘或网络出错",
            };
            Stop::Usage(format!("{shown}：{why}"))
        })?;
        Box::new(file)
    };
    Ok(read_lines(BufReader::new(reader)).map(move |line| {
        Ok(line.unwrap_or_else(|fault| {
            let error = FileError {
                code: "broken_result_line".to_owned(),
                message: fault.to_string(),
            };
            complain(&format!("{shown}：{}", error.message));
            FileReport::unreadable(&format!("{shown} 第 {} 行", fault.line), error)
        }))
    }))
}

fn roster(path: &Path) -> Result<Roster, Stop> {
    let shown = input::shown(path);
    let limit = hebiao::read::Limits::default().file_bytes;
    let bytes = read_file(path, limit).map_err(|error| Stop::Usage(format!("名单 {shown}：{}", error.message)))?;
    Roster::read(&shown, &bytes, isolate::read_workbook).map_err(stopped)
}

/// Last year's results: lines, or a summary that this program wrote.
fn previous(path: &Path) -> Result<Previous, Stop> {
    let shown = input::shown(path);
    let refused = |why: &str| Stop::Usage(format!("上年的结果 {shown}：{why}"));
    let mut start = [0; 2];
    let is_package = File::open(path)
        .and_then(|mut file| file.read(&mut start))
        .map_err(|_| refused("读不了这个文件，请检查路径和文件名"))?
        == start.len()
        && &start == b"PK";
    let previous = if is_package {
        let bytes = std::fs::read(path).map_err(|_| refused("读取文件时磁盘或网络出错"))?;
        Previous::from_workbook(&shown, &bytes).map_err(stopped)?
    } else {
        Previous::from_reports(results(path)?).map_err(stopped)?
    };
    if previous.is_empty() {
        return Err(refused("里面没有评价表；请给出上年的 ndjson 结果或汇总工作簿"));
    }
    Ok(previous)
}

/// What can be opened of a path: of a file in an archive, the archive.
fn outermost(path: &str) -> &str {
    const ARCHIVE: &str = ".zip/";
    let lower = path.to_ascii_lowercase();
    let end = lower.find(ARCHIVE).map(|at| at + ARCHIVE.len() - 1);
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}

fn write(
    summary: &Summary,
    format: SummaryFormat,
    output: &Path,
    force: bool,
    inputs: &ProtectedInputs,
) -> Result<(), Stop> {
    let is_standard = output.as_os_str() == STANDARD_OUTPUT;
    let beside = if is_standard { Path::new("汇总.xlsx") } else { output };
    let link = |path: &str| link_path(Path::new(outermost(path)), beside);
    let fill = |file: &mut File| -> Result<(), WriteError> {
        let mut writer = BufWriter::new(file);
        match format {
            SummaryFormat::Xlsx => summary_workbook(summary, &link, &mut writer)?,
            SummaryFormat::Csv => summary_csv(summary, &mut writer)?,
            SummaryFormat::Json => summary_json(summary, &mut writer)?,
            SummaryFormat::Ndjson => summary_ndjson(summary, &mut writer)?,
        }
        writer.flush().map_err(|error| WriteError::Internal(error.into()))
    };
    if is_standard {
        // Whole before its first byte is out.
        let mut file = tempfile::tempfile()?;
        fill(&mut file).map_err(|error| Stop::Usage(error.to_string()))?;
        file.seek(SeekFrom::Start(0))?;
        Output::plain().copy(&mut file)?;
        return Ok(());
    }
    write_new_file_with(output, force, inputs, fill).map_err(|error| Stop::Usage(error.to_string()))?;
    let overview = &summary.overview;
    let failed = overview.unreadable + overview.unrecognized;
    Output::plain().print(&format!(
        "{}：文件 {} 个，评价表 {} 张，未能读取 {failed} 个；错误 {} 项，预警 {} 项，提示 {} 项，跨表问题 {} 项\n",
        output.display(),
        overview.files,
        overview.all.tables,
        overview.all.errors,
        overview.all.warnings,
        overview.all.infos,
        summary.findings.len()
    ))?;
    Ok(())
}
