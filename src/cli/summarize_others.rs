//! What `hebiao summarize` writes beside the summary: notices to the units and the dataset. Both need the reports in
//! the order of their paths, and notices need them again, so that reports wait on disk.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use hebiao::batch::{ReportSpool, SpooledReports};
use hebiao::dataset::DatasetWriter;
use hebiao::files::{ProtectedInputs, refuse_new_file, write_new_file_with};
use hebiao::report::FileReport;
use hebiao::summary::Summary;
use hebiao::write::{LEDGER_FILE, NoticeGroups, NoticeLedger, NoticeSender, write_notice};

use super::Stop;
use super::arguments::Summarize;
use super::output::complain;
use super::report_files::WithoutTable;

/// The outputs that were asked for.
#[derive(Debug)]
pub struct Others {
    /// `None` when nothing was asked for, and reports need not wait.
    spool: Option<ReportSpool>,
    dataset: Option<DatasetWriter>,
    notices: Option<PathBuf>,
    sender: NoticeSender,
    force: bool,
}

impl Others {
    /// Makes ready, so that what cannot be written is known before the work begins.
    ///
    /// # Errors
    /// When the dataset's folder holds one already, or cannot be written to.
    pub fn begin(arguments: &Summarize) -> Result<Self, Stop> {
        let dataset = match &arguments.dataset {
            Some(folder) => Some(DatasetWriter::new(folder, arguments.force).map_err(stopped)?),
            None => None,
        };
        let mut sender = NoticeSender::default();
        sender.deadline.clone_from(&arguments.deadline);
        sender.issuer.clone_from(&arguments.issuer);
        sender.contact.clone_from(&arguments.contact);
        let is_needed = dataset.is_some() || arguments.notices.is_some();
        Ok(Self {
            spool: is_needed.then(ReportSpool::default),
            dataset,
            notices: arguments.notices.clone(),
            sender,
            force: arguments.force,
        })
    }

    /// Returns whether whole reports are needed.
    pub const fn needs_reports(&self) -> bool {
        self.spool.is_some()
    }

    /// Takes a report in.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, report: &FileReport) -> Result<(), Stop> {
        match &mut self.spool {
            Some(spool) => spool.add(report).map_err(Stop::temporary),
            None => Ok(()),
        }
    }

    /// Writes what was asked for; gives a line to tell about each. Notices say what the summary found between tables.
    ///
    /// # Errors
    /// When something is there already and replacing was not asked for, or cannot be written.
    pub fn write(self, summary: Option<&Summary>, inputs: &ProtectedInputs) -> Result<Written, Stop> {
        let mut written = Written::default();
        let Some(spool) = self.spool else {
            return Ok(written);
        };
        let reports = spool.finish().map_err(Stop::temporary)?;
        let mut tables = 0;
        if let Some(mut dataset) = self.dataset {
            let mut without_table = WithoutTable::default();
            for report in reports.iter() {
                let report = report.map_err(Stop::temporary)?;
                written.missed |= !without_table.takes(&report) && report.tables.is_empty();
                tables += report.tables.len();
                dataset.add(&report).map_err(stopped)?;
            }
            written.missed |= tables == 0 || without_table.left() > 0;
            let [first, ..] = dataset.finish().map_err(stopped)?;
            let folder = first.parent().unwrap_or(&first);
            written.told.push(format!("{}：数据集 5 个文件", folder.display()));
        }
        if let Some((folder, summary)) = self.notices.zip(summary) {
            let count = notices(&folder, &reports, summary, &self.sender, self.force, inputs)?;
            written.told.push(match count {
                0 => "没有单位需要修改，没有写修改通知".to_owned(),
                count => format!("{}：修改通知 {count} 份，{LEDGER_FILE}", folder.display()),
            });
        }
        Ok(written)
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Written {
    /// A line about each output.
    pub told: Vec<String>,
    /// Whether a file gave no table, or none did.
    pub missed: bool,
}

/// Writes a notice to each unit with something to send back, one unit in memory at a time; none when one of them may
/// not take its name.
fn notices(
    folder: &Path,
    reports: &SpooledReports,
    summary: &Summary,
    sender: &NoticeSender,
    force: bool,
    inputs: &ProtectedInputs,
) -> Result<usize, Stop> {
    let mut groups = NoticeGroups::default();
    for row in summary.roster.iter().flat_map(|roster| &roster.rows) {
        for name in [&row.unit, &row.department].into_iter().flatten() {
            groups.know(name);
        }
    }
    for (position, report) in reports.iter().enumerate() {
        groups.add(position, &report.map_err(Stop::temporary)?);
    }
    for (position, finding) in summary.findings.iter().enumerate() {
        groups.add_cross(position, &finding.map_err(Stop::temporary)?);
    }
    let units = groups.into_units().map_err(Stop::temporary)?;
    let ledger = folder.join(LEDGER_FILE);
    if !units.units.is_empty() {
        refuse_new_file(&ledger, force, inputs).map_err(stopped)?;
    }
    for unit in &units.units {
        refuse_new_file(&folder.join(&unit.file_name), force, inputs).map_err(stopped)?;
    }
    let mut letters = NoticeLedger::default();
    for unit in &units.units {
        let mut contents = unit
            .contents(|at| reports.get(at), |at| summary.findings.get(at))
            .map_err(Stop::temporary)?;
        contents.sender = sender.clone();
        let fill = |file: &mut File| write_notice(&unit.name, &contents, BufWriter::new(file));
        write_new_file_with(&folder.join(&unit.file_name), force, inputs, fill).map_err(stopped)?;
        letters
            .add(&unit.name, &unit.file_name, &contents)
            .map_err(Stop::temporary)?;
    }
    if !letters.is_empty() {
        let fill = |file: &mut File| letters.write(sender, file);
        write_new_file_with(&ledger, force, inputs, fill).map_err(stopped)?;
    }
    if units.unplaced > 0 {
        complain(&format!(
            "修改通知要写给单位；有 {} 个没有读到评价表的文件看不出是哪个单位的，没有写进通知，\
             请看汇总的“未能读取”，或把文件放进以单位命名的文件夹后重新汇总。",
            units.unplaced
        ));
    }
    Ok(units.units.len())
}

fn stopped(error: impl std::fmt::Display) -> Stop {
    Stop::Usage(error.to_string())
}
