//! `hebiao diff` over two folders: what became of a batch that was handed in again, a line a table.

use std::io;
use std::path::{Path, PathBuf};

use hebiao::batch::{ReportSpool, SpooledReports};
use hebiao::diff::{Batch, BatchComparison, BatchSide, compare_batches};
use hebiao::files::{ProtectedInputs, refuse_new_file, write_new_file_with};
use hebiao::report::{FileReport, TableReport};
use hebiao::write::{batch_markdown, batch_workbook};

use super::Stop;
use super::arguments::{Diff, DiffFormat, FailOn, Files};
use super::batch::{self, Job, Jobs};
use super::diff_folders_text::batch_text;
use super::exit::Outcome;
use super::input;
use super::output::{Output, complain, is_standard_output};
use super::profiles;
use super::session::{self, Readings};
use super::text::terminal_width;

/// Returns whether a path holds many files.
pub fn is_many(path: &Path) -> bool {
    path.is_dir()
        || path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// Compares the two folders. The exit code speaks of the later one's findings; it is 3 when a file of either gave no
/// table, or two that share a name do not fit; 2 when nothing fits.
pub fn run(arguments: &Diff) -> Result<Outcome, Stop> {
    let output = arguments.output.as_deref().filter(|path| !is_standard_output(path));
    let mut outcome = Outcome::default();
    let mut inputs = ProtectedInputs::default();
    let Some(old) = read(arguments, &arguments.old, FailOn::Never, &mut outcome, &mut inputs)? else {
        return Ok(outcome);
    };
    let fail_on = arguments.fail_on.fail_on;
    let Some(new) = read(arguments, &arguments.new, fail_on, &mut outcome, &mut inputs)? else {
        return Ok(outcome);
    };
    if old.batch.is_empty() || new.batch.is_empty() {
        complain("两个文件夹里都要有能读出的评价表才能对比，没有对比。");
        outcome.missed = true;
        return Ok(outcome);
    }
    if let Some(path) = output {
        refuse_new_file(path, arguments.force, &inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    }
    let mut last = LastReports::default();
    let comparison = compare_batches(&old.batch, &new.batch, arguments.anyway, |side, table| {
        let reports = match side {
            BatchSide::Old => &old.reports,
            _ => &new.reports,
        };
        last.table(side, reports, table.report, table.table)
    })
    .map_err(Stop::temporary)?;
    if !comparison.misfits.is_empty() && !arguments.anyway {
        return Err(Stop::Usage(format!(
            "旧、新两批不像同一批表的前后两次报送，没有对比，也没有把哪个问题算作已解决：{}。\
             请检查有没有选错文件夹；确实要对比，请加 --anyway。",
            comparison.misfits.join("；")
        )));
    }
    let has_unlike = comparison
        .batches
        .as_ref()
        .is_some_and(|batches| !batches.unlike.is_empty());
    outcome.missed |= has_unlike && !arguments.anyway;
    if let Some(path) = output {
        write_new_file_with(path, arguments.force, &inputs, |file| batch_workbook(&comparison, file))
            .map_err(|error| Stop::Usage(error.to_string()))?;
    } else if arguments.output.is_some() {
        let mut bytes = Vec::new();
        batch_workbook(&comparison, &mut bytes).map_err(|error| Stop::Usage(error.to_string()))?;
        Output::plain().bytes(&bytes)?;
        return Ok(outcome);
    }
    print(arguments, &comparison, output)?;
    Ok(outcome)
}

/// A folder's reports, on disk, and what they are paired by.
struct ReadFolder {
    batch: Batch,
    reports: SpooledReports,
}

/// Returns a folder's reports; `None` where the run was stopped.
fn read(
    arguments: &Diff,
    folder: &Path,
    fail_on: FailOn,
    outcome: &mut Outcome,
    protected: &mut ProtectedInputs,
) -> Result<Option<ReadFolder>, Stop> {
    let own: Vec<PathBuf> = arguments.output.iter().cloned().collect();
    let files = Files {
        files: vec![folder.to_owned()],
        files_from: None,
    };
    let collected = batch::collect(&files, &own, &arguments.batch)?;
    if arguments.output.is_some() {
        protected.merge(&collected.files);
    }
    let profiles = profiles::of_inputs(&collected.inputs, &arguments.basis, Readings::One)?;
    let jobs = Jobs::new(&collected.inputs, &profiles);
    let work = |job: &Job| {
        let mut report = job.profile.check_for_report(job.input, &job.read()).report;
        job.profile.set_aside(&mut report, None);
        report
    };
    let mut spool = ReportSpool::default();
    let each = |_: &Job, report: FileReport| {
        session::complain_of(&report);
        outcome.add(&report, fail_on);
        spool.add(&report).map_err(Stop::temporary)
    };
    let progress = batch::run(&jobs, &arguments.batch, work, |_, report| report, each)?;
    if let Some(told) = batch::interrupted(progress, &jobs, "没有对比。") {
        complain(&told);
        outcome.broke = true;
        return Ok(None);
    }
    if let Some(totals) = batch::totals(&collected, progress.done) {
        complain(&format!("{}：{totals}", input::shown(folder)));
    }
    let reports = spool.finish().map_err(Stop::temporary)?;
    let mut batch = Batch::new(&input::shown(folder));
    for (position, report) in reports.iter().enumerate() {
        let added = report.and_then(|report| batch.add(position, &report));
        added.map_err(Stop::temporary)?;
    }
    Ok(Some(ReadFolder { batch, reports }))
}

/// The report read back last of each folder: tables of one file mostly come one after another.
#[derive(Default)]
struct LastReports([Option<(usize, FileReport)>; 2]);

impl LastReports {
    fn table(
        &mut self,
        side: BatchSide,
        reports: &SpooledReports,
        position: usize,
        table: usize,
    ) -> io::Result<TableReport> {
        let [old, new] = &mut self.0;
        let last = match side {
            BatchSide::Old => old,
            _ => new,
        };
        if last.as_ref().is_none_or(|(known, _)| *known != position) {
            *last = Some((position, reports.get(position)?));
        }
        let found = last.as_ref().and_then(|(_, report)| report.tables.get(table));
        found.cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

fn print(arguments: &Diff, comparison: &BatchComparison, output: Option<&Path>) -> Result<(), Stop> {
    match arguments.format {
        DiffFormat::Text => {
            let mut terminal = Output::new(arguments.color.color);
            terminal.pieces(|take| batch_text(comparison, terminal_width(), take))?;
            if let Some(path) = output {
                terminal.print(&format!("已写出 {}\n", path.display()))?;
            }
        }
        DiffFormat::Json => Output::plain().json(comparison)?,
        DiffFormat::Markdown => Output::plain().pieces(|take| batch_markdown(comparison, take))?,
    }
    Ok(())
}
