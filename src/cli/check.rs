//! `hebiao check`: checks the inputs and prints what was found.

use std::path::PathBuf;
use std::sync::Arc;

use hebiao::batch::line;
use hebiao::fingerprint;
use hebiao::internals::KnownResults;
use hebiao::report::{FileReport, FileStatus, Report};
use hebiao::settings::FoundFindings;

use super::arguments::{Check, CheckFormat, FailOn};
use super::batch::{self, Job, Jobs};
use super::exit::Outcome;
use super::explanations::FilledIn;
use super::findings::{self, Wanted};
use super::output::{JsonList, Output, complain, is_standard_output};
use super::overview::{ByRule, file_line, next_steps};
use super::profiles;
use super::report_files::{TextNote, WithoutTable};
use super::session::{self, Readings};
use super::shown::Shown;
use super::tally::Tally;
use super::text::terminal_width;
use super::{Stop, baseline_file, check_results, settings_files};

/// One input after the work that can be done side by side.
enum Done {
    /// Its line is in the results file already.
    Known(KnownLine),
    /// Checked, and what is printed of it depends on no other file.
    Told(Box<Told>, String),
    /// Checked.
    Checked(Box<FileReport>),
}

/// What a run keeps of a file once its text is made. The report itself goes where it was made: taking it apart on
/// another thread would cost as much as many a check.
struct Told {
    file: String,
    complaint: Option<String>,
    texts: TextNote,
    outcome: Outcome,
    tally: Tally,
    by_rule: ByRule,
    /// Kept where its findings are written as a baseline.
    report: Option<Box<FileReport>>,
}

/// What is to be known of a line that is there already.
#[derive(Debug, Clone)]
pub struct KnownLine {
    outcome: Outcome,
    texts: TextNote,
}

impl KnownLine {
    /// Returns what is to be known of a result.
    pub fn of(report: &FileReport, fail_on: FailOn) -> Self {
        let mut outcome = Outcome::default();
        outcome.add(report, fail_on);
        Self {
            outcome,
            texts: TextNote::of(report),
        }
    }
}

/// Checks the inputs in their order.
pub fn run(mut arguments: Check) -> Result<Outcome, Stop> {
    arguments.output = arguments.output.filter(|path| !is_standard_output(path));
    let arguments = &arguments;
    check_results::refuse_wrong_use(arguments)?;
    let own: Vec<PathBuf> = arguments.output.iter().cloned().collect();
    let mut collected = batch::collect(&arguments.files, &own, &arguments.batch)?;
    let profiles = profiles::with_reports(
        &collected.inputs,
        &arguments.basis,
        Readings::two_if(arguments.confirm.confirm_reading),
        &arguments.reports,
    )?;
    let mut baseline = arguments
        .baseline
        .as_deref()
        .map(baseline_file::read_baseline)
        .transpose()?;
    let mut filled_in = FilledIn::load(&arguments.explanations, &collected.inputs)?;
    let mut protected = std::mem::take(&mut collected.files);
    protected.add(arguments.explanations.filled_in.iter().map(PathBuf::as_path));
    check_results::refuse_held(arguments, &protected)?;
    let shown = Shown::new(
        &arguments.shown,
        &settings_files::own_rules_here(&arguments.basis.rules)?,
    )?;
    let mut results = check_results::open(arguments, &protected)?;
    let known = results.as_ref().map(|results| results.known());
    let jobs = Jobs::new(&collected.inputs, &profiles);

    let is_independent = baseline.is_none() && filled_in.is_empty();
    let renderer = Renderer::new(arguments, shown, collected.inputs.len());
    let is_held = arguments.output.is_some() && results.is_none();
    let mut output = match arguments.format {
        _ if is_held => Output::held(),
        CheckFormat::Text => Output::new(arguments.color.color),
        CheckFormat::Json | CheckFormat::Ndjson => Output::plain(),
    };
    let mut list = match arguments.format {
        CheckFormat::Json => Some(output.begin_list(&Report::new(Vec::new()))?),
        CheckFormat::Text | CheckFormat::Ndjson => None,
    };
    let mut found = FoundFindings::default();
    let mut outcome = Outcome::default();
    let mut tally = Tally::default();
    let mut without_table = WithoutTable::default();
    let mut by_rule = ByRule::default();
    let mut known_files = 0;

    let work = |job: &Job| work(job, &renderer, known.as_ref(), is_independent);
    let failed = |_: &Job, report: FileReport| Done::Checked(Box::new(report));
    let each = |job: &Job, done: Done| -> Result<(), Stop> {
        let (told, text) = match done {
            Done::Known(line) => {
                known_files += 1;
                if !without_table.takes_note(&line.texts) {
                    outcome = outcome.with(line.outcome);
                }
                return Ok(());
            }
            Done::Told(told, text) => (told, text),
            Done::Checked(mut report) => {
                // A finding that is set aside may have been explained, and its explanation is no stray one.
                filled_in.explain(&mut report);
                job.profile.set_aside(&mut report, baseline.as_mut());
                renderer.shown.apply(&mut report);
                let text = renderer.text(&report, job)?;
                (renderer.told(report), text)
            }
        };
        if let Some(complaint) = &told.complaint {
            complain(complaint);
        }
        if without_table.takes_note(&told.texts) {
            tally.add_report();
        } else {
            outcome = outcome.with(told.outcome);
            tally = tally.with(told.tally);
        }
        by_rule.add_all(told.by_rule);
        if let Some(report) = &told.report {
            found.add(report).map_err(Stop::temporary)?;
        }
        match (&mut results, &mut list) {
            (Some(results), _) => results.add(&told.file, &text).map_err(check_results::refused),
            (None, Some(list)) => Ok(list.push(&mut output, &text)?),
            (None, None) => Ok(output.print(&text)?),
        }
    };
    let progress = batch::run(&jobs, &arguments.batch, work, failed, each)?;
    let left = without_table.complain_of_left();
    outcome.missed |= left > 0;
    tally.add_missed(left);

    if let Some(results) = results {
        results.finish().map_err(check_results::refused)?;
    }
    match list {
        Some(list) => list.end(&mut output)?,
        None if arguments.format == CheckFormat::Text && arguments.quiet == 0 => {
            if renderer.is_brief {
                output.print(&format!("{}\n", by_rule.text()))?;
            }
            output.print(&format!("{}\n", tally.line()))?;
        }
        None => {}
    }
    if renderer.is_brief {
        output.print(&next_steps(!by_rule.text().is_empty()))?;
    }
    if is_held && progress.is_complete() {
        check_results::write_held(arguments, output, &protected)?;
        if let Some(path) = arguments.output.as_ref().filter(|_| arguments.quiet == 0) {
            complain(&format!("已写出 {}", path.display()));
        }
    }
    if arguments.quiet == 0 {
        if known_files > 0 {
            complain(&format!("其中 {known_files} 个文件上次核对过，没有变，没有再核对"));
        }
        if let Some(totals) = batch::totals(&collected, progress.done) {
            complain(&totals);
        }
    }
    if let Some(told) = batch::interrupted(progress, &jobs, check_results::way_on(arguments)) {
        complain(&told);
        outcome.broke = true;
        return Ok(outcome);
    }
    // Where a file was not read, nothing can be said of what was meant for it.
    if !outcome.missed {
        session::report_unused(&profiles);
        filled_in.report();
    }
    if let Some(path) = &arguments.write_baseline {
        baseline_file::write_baseline(path, found, &protected)?;
    }
    Ok(outcome.with(batch::empty(&arguments.files, &collected)))
}

/// Returns what can be done for an input whatever becomes of the others.
fn work(job: &Job, renderer: &Renderer, known: Option<&Arc<KnownResults<KnownLine>>>, is_independent: bool) -> Done {
    let bytes = job.read();
    if let (Some(known), Ok(bytes)) = (known.filter(|known| !known.is_empty()), &bytes) {
        let line = known.get(job.input.shown(), &fingerprint(bytes), job.profile.checked_by());
        if let Some(line) = line {
            return Done::Known(line.clone());
        }
    }
    let mut report = Box::new(job.profile.check_for_report(job.input, &bytes).report);
    if !is_independent {
        return Done::Checked(report);
    }
    job.profile.set_aside(&mut report, None);
    renderer.shown.apply(&mut report);
    match renderer.text(&report, job) {
        Ok(text) => Done::Told(renderer.told(report), text),
        Err(_) => Done::Checked(report),
    }
}

/// A report as it is printed.
struct Renderer {
    format: CheckFormat,
    wanted: Wanted,
    shown: Shown,
    /// Whether a file is one line.
    is_brief: bool,
    /// Whether a line says what it was made by.
    is_marked: bool,
    fail_on: FailOn,
    /// Whether reports are needed once they are told.
    keeps_reports: bool,
}

impl Renderer {
    fn new(arguments: &Check, shown: Shown, files: usize) -> Self {
        let is_whole = arguments.details || arguments.trace || arguments.quiet > 0;
        Self {
            shown,
            is_brief: arguments.format == CheckFormat::Text && files > 1 && !is_whole,
            format: arguments.format,
            wanted: Wanted {
                quiet: arguments.quiet,
                trace: arguments.trace,
                width: terminal_width(),
            },
            is_marked: arguments.output.is_some(),
            fail_on: arguments.fail_on.fail_on,
            keeps_reports: arguments.write_baseline.is_some(),
        }
    }

    fn told(&self, report: Box<FileReport>) -> Box<Told> {
        let mut told = Box::new(Told {
            file: report.file.clone(),
            complaint: session::complaint_of_table(&report),
            texts: TextNote::of(&report),
            outcome: Outcome::default(),
            tally: Tally::default(),
            by_rule: ByRule::default(),
            report: None,
        });
        told.outcome.add(&report, self.fail_on);
        told.tally.add(&report);
        if self.is_brief {
            told.by_rule.add(&report);
        }
        told.report = self.keeps_reports.then_some(report);
        told
    }

    fn text(&self, report: &FileReport, job: &Job) -> Result<String, Stop> {
        match self.format {
            CheckFormat::Text if matches!(report.status, FileStatus::Clean | FileStatus::Findings) => {
                Ok(if self.is_brief {
                    file_line(report)
                } else {
                    findings::file_text(report, self.wanted)
                })
            }
            CheckFormat::Text => Ok(String::new()),
            CheckFormat::Json => Ok(JsonList::item(report)?),
            CheckFormat::Ndjson if self.is_marked => Ok(line(report, Some(job.profile.checked_by()))),
            CheckFormat::Ndjson => Ok(line(report, None) + "\n"),
        }
    }
}
