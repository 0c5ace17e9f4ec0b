//! `hebiao summarize`: many files, or the results of earlier runs, to one summary.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use hebiao::TargetsMet;
use hebiao::batch::SideBySide;
use hebiao::files::{ProtectedInputs, link_path, refuse_new_file, write_new_file_with};
use hebiao::model::Severity;
use hebiao::report::FileReport;
use hebiao::standard::Standard;
use hebiao::summary::{Summary, SummaryBuilder, SummaryEntry, SummaryError, SummaryOptions, unread_document};
use hebiao::write::{WriteError, summary_csv, summary_json, summary_ndjson, summary_workbook_with};

use super::arguments::{ReportsOption, Summarize, SummaryFormat};
use super::batch::{self, Job, Jobs};
use super::exit::Outcome;
use super::output::{Output, STANDARD_OUTPUT, complain, is_standard_output, refuse_no_workbook};
use super::profiles::{self, Profiles};
use super::report_files::{TextNote, WithoutTable};
use super::session::Readings;
use super::summarize_others::Others;
use super::{Stop, session, summarize_sources as sources};

/// What the threads that check keep of a file, for the one that collects.
struct Kept {
    /// Its tables only where they are needed.
    report: FileReport,
    outcome: Outcome,
    texts: TextNote,
    entry: Option<Result<SummaryEntry, SummaryError>>,
}

/// Collects every report and writes the summary.
pub fn run(arguments: &Summarize) -> Result<Outcome, Stop> {
    let has_files = !arguments.files.is_empty() || arguments.files_from.is_some();
    if !has_files && arguments.from.is_empty() {
        return Err(Stop::Usage(
            "没有给出要汇总的文件；请给出表格文件或文件夹，或用 --from 给出核对结果".to_owned(),
        ));
    }
    if let Some(contradiction) = arguments.contradiction() {
        return Err(Stop::Usage(contradiction));
    }
    let format = arguments.wanted_format();
    let output = match (&arguments.output, format) {
        (Some(path), SummaryFormat::Xlsx) => {
            refuse_no_workbook(path)?;
            path.as_path()
        }
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
    let mut collected = batch::collect(&files, &set_apart, &arguments.batch)?;
    let mut inputs = std::mem::take(&mut collected.files);
    inputs.add(beside.iter().map(PathBuf::as_path));
    if !is_standard_output(output) {
        refuse_new_file(output, arguments.force, &inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    }
    let documents = collected.skipped.documents.clone();
    if has_files && arguments.from.is_empty() && documents.is_empty() && sources::is_nothing_there(&collected) {
        return Ok(Outcome {
            missed: true,
            ..Outcome::default()
        });
    }
    for path in &arguments.from {
        sources::refuse_what_is_no_result(path)?;
    }
    // Tables are compared with the reports among the inputs as check compares them.
    let nearby = ReportsOption {
        reports: Vec::new(),
        evidence: Vec::new(),
    };
    let profiles = profiles::with_reports(
        &collected.inputs,
        &arguments.basis,
        Readings::two_if(arguments.confirm.confirm_reading),
        &nearby,
    )?;
    // A dataset alone needs no summary; what is found between tables may go into notices, or decide the exit status.
    let mut options = SummaryOptions::default();
    options.standards = standards(arguments, &profiles)?;
    options.roster = arguments.roster.as_deref().map(sources::roster).transpose()?;
    options.previous = arguments.previous.as_deref().map(sources::previous).transpose()?;
    // What is made for the dataset would be left behind by a mistake in what the summary goes by.
    let mut others = Others::begin(arguments)?;
    let may_fail = arguments.fail_on.is_reached_by(Severity::Error);
    let is_summed = arguments.wants_summary() || arguments.notices.is_some() || may_fail;
    let mut builder = is_summed.then(|| SummaryBuilder::new(options));
    let mut outcome = Outcome::default();
    let jobs = Jobs::new(&collected.inputs, &profiles);
    let extractor = builder.as_ref().map(SummaryBuilder::extractor);
    let needs_reports = others.needs_reports();
    let scores_alike = extractor.as_ref().is_some_and(|extractor| {
        profiles
            .iter()
            .all(|profile| profile.standards().all(|standard| extractor.knows(standard)))
    });
    let kept = |mut report: FileReport, met: &[TargetsMet]| {
        let entry = extractor
            .as_ref()
            .map(|extractor| extractor.extract_checked(&report, met));
        let mut outcome = Outcome::default();
        outcome.add(&report, arguments.fail_on);
        let texts = TextNote::of(&report);
        if !needs_reports {
            report.tables = Vec::new();
        }
        Kept {
            report,
            outcome,
            texts,
            entry,
        }
    };
    let work = |job: &Job| {
        let mut checked = job.profile.check_for_report(job.input, &job.read());
        job.profile.set_aside(&mut checked.report, None);
        kept(checked.report, if scores_alike { &checked.met } else { &[] })
    };
    let mut without_table = WithoutTable::default();
    let mut take = |one: Kept| {
        without_table.takes_note(&one.texts);
        outcome = outcome.with(one.outcome);
        others.add(&one.report)?;
        match (&mut builder, one.entry) {
            (Some(builder), Some(entry)) => builder.add_entry(entry.map_err(stopped)?).map_err(stopped),
            _ => Ok(()),
        }
    };
    let each = |_: &Job, one: Kept| {
        session::complain_of_table(&one.report);
        take(one)
    };
    let progress = batch::run(&jobs, &arguments.batch, work, |_, report| kept(report, &[]), each)?;
    if let Some(told) = batch::interrupted(progress, &jobs, "没有写出汇总，因为它会缺少其余的文件。")
    {
        complain(&told);
        outcome.broke = true;
        return Ok(outcome);
    }
    for document in &documents {
        take(kept(unread_document(document), &[]))?;
    }
    for path in &arguments.from {
        for report in sources::results(path)? {
            take(kept(report.map_err(stopped)?, &[]))?;
        }
    }
    if has_files {
        without_table.complain_of_left();
    }
    if let Some(totals) = batch::totals(&collected, progress.done) {
        complain(&totals);
    }
    // A file that failed in one run and was read in another has not failed.
    outcome.missed = batch::empty(&files, &collected).missed;
    // Of the inputs nothing is needed any more, and the most memory is yet to be taken.
    drop(profiles);
    drop(collected);
    let summary = builder.map(SummaryBuilder::finish).transpose().map_err(stopped)?;
    if let Some(summary) = &summary {
        outcome.missed |= !summary.failed.is_empty() || summary.tables.is_empty();
        for finding in summary.findings.iter().filter(|_| may_fail) {
            outcome.found |= arguments.fail_on.is_reached_by(finding?.severity);
        }
        if arguments.wants_summary() {
            let makers = SideBySide(arguments.batch.threads());
            write(summary, format, output, arguments.force, &inputs, makers)?;
        }
    }
    let is_taken = arguments.wants_summary() && is_standard_output(output);
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

/// Returns the standards that tables may have been scored by. Results say by name which; the one asked for also
/// serves those that nobody knows.
fn standards(arguments: &Summarize, profiles: &Profiles) -> Result<Vec<Standard>, Stop> {
    let own = profiles::of_file(Path::new(STANDARD_OUTPUT), &arguments.basis)?;
    let mut standards: Vec<Standard> = Vec::new();
    for profile in std::iter::once(&own).chain(profiles.iter()) {
        if standards.iter().all(|known| known.name() != profile.standard.name()) {
            standards.push(profile.standard.clone());
        }
    }
    Ok(standards)
}

fn stopped(error: SummaryError) -> Stop {
    Stop::Usage(error.to_string())
}

/// Returns what can be opened of a path: of a file in an archive, the archive.
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
    makers: SideBySide,
) -> Result<(), Stop> {
    let is_standard = is_standard_output(output);
    let beside = if is_standard { Path::new("汇总.xlsx") } else { output };
    let link = |path: &str| link_path(Path::new(outermost(path)), beside);
    let fill = |file: &mut File| -> Result<(), WriteError> {
        let mut writer = BufWriter::new(file);
        match format {
            SummaryFormat::Xlsx => summary_workbook_with(summary, &link, &makers, &mut writer)?,
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
