//! What `hebiao summarize` writes beside the summary: notices to the units and the dataset. Both need the reports in
//! the order of their paths, and notices need them again, so that reports wait on disk.

use std::io;
use std::path::PathBuf;

use hebiao::batch::{ReportSpool, SpooledReports};
use hebiao::dataset::DatasetWriter;
use hebiao::report::FileReport;
use hebiao::write::safe_output::{ProtectedInputs, refuse_new_file, write_new_file};
use hebiao::write::{NoticeGroups, notice};

use super::Stop;
use super::arguments::Summarize;

/// The outputs that were asked for.
#[derive(Debug)]
pub struct Others {
    /// `None` when nothing was asked for, and reports need not wait.
    spool: Option<ReportSpool>,
    dataset: Option<DatasetWriter>,
    notices: Option<PathBuf>,
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
        let is_needed = dataset.is_some() || arguments.notices.is_some();
        Ok(Self {
            spool: is_needed.then(ReportSpool::default),
            dataset,
            notices: arguments.notices.clone(),
            force: arguments.force,
        })
    }

    /// Takes a report in.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn add(&mut self, report: &FileReport) -> Result<(), Stop> {
        match &mut self.spool {
            Some(spool) => spool.add(report).map_err(temporary),
            None => Ok(()),
        }
    }

    /// Writes what was asked for; gives a line to tell about each.
    ///
    /// # Errors
    /// When something is there already and replacing was not asked for, or cannot be written.
    pub fn write(self, inputs: &ProtectedInputs) -> Result<Vec<String>, Stop> {
        let mut told = Vec::new();
        let Some(spool) = self.spool else {
            return Ok(told);
        };
        let reports = spool.finish();
        if let Some(mut dataset) = self.dataset {
            for report in reports.iter() {
                dataset.add(&report.map_err(temporary)?).map_err(stopped)?;
            }
            let [first, ..] = dataset.finish().map_err(stopped)?;
            let folder = first.parent().unwrap_or(&first);
            told.push(format!("{}：数据集 5 个文件", folder.display()));
        }
        if let Some(folder) = self.notices {
            let count = notices(&folder, &reports, self.force, inputs)?;
            told.push(match count {
                0 => "没有单位需要修改，没有写修改通知".to_owned(),
                count => format!("{}：修改通知 {count} 份", folder.display()),
            });
        }
        Ok(told)
    }
}

/// Writes a notice to each unit with something to send back, one unit in memory at a time; none when one of them may
/// not take its name.
fn notices(
    folder: &std::path::Path,
    reports: &SpooledReports,
    force: bool,
    inputs: &ProtectedInputs,
) -> Result<usize, Stop> {
    let mut groups = NoticeGroups::default();
    for (position, report) in reports.iter().enumerate() {
        groups.add(position, &report.map_err(temporary)?);
    }
    let units = groups.into_units();
    for unit in &units {
        refuse_new_file(&folder.join(&unit.file_name), force, inputs).map_err(stopped)?;
    }
    for unit in &units {
        let mut tables = Vec::new();
        for position in &unit.positions {
            tables.extend(unit.tables_of(&reports.get(*position).map_err(temporary)?));
        }
        let bytes = notice(&unit.name, &tables).map_err(stopped)?;
        write_new_file(&folder.join(&unit.file_name), &bytes, force, inputs).map_err(stopped)?;
    }
    Ok(units.len())
}

fn stopped(error: impl std::fmt::Display) -> Stop {
    Stop::Usage(error.to_string())
}

// The reason is for a person: what the system says of a file without a name helps nobody.
#[allow(clippy::needless_pass_by_value)]
fn temporary(error: io::Error) -> Stop {
    Stop::Usage(match error.kind() {
        io::ErrorKind::StorageFull => "临时文件写不下了：磁盘空间不足，请清理磁盘后重试".to_owned(),
        _ => "读写临时文件时磁盘出错，请检查磁盘后重试".to_owned(),
    })
}
