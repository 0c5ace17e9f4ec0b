//! What a summary is made from besides tables: results of earlier runs, a roster, last year's; and what may not be taken
//! for them.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use hebiao::batch::{Collected, read_file, read_lines};
use hebiao::internals::is_standard_input;
use hebiao::report::{FileError, FileReport};
use hebiao::summary::{Previous, Roster, SummaryError};

use super::output::complain;
use super::{Stop, input};
use crate::isolate;

/// Returns whether nothing that was named is there, and says so: a summary of nothing would stand in the way of the
/// right one.
pub fn is_nothing_there(collected: &Collected) -> bool {
    let mut missing = Vec::new();
    for input in &collected.inputs {
        match (input.is_standard(), input.read(0)) {
            (false, Err(error)) if error.code == "file_not_found" => missing.push((input, error.message)),
            _ => return false,
        }
    }
    for (input, message) in missing {
        complain(&format!("{}：{message}", input.shown()));
    }
    complain("没有找到要汇总的文件，没有写出汇总。");
    true
}

/// Refuses what was given for results and is something else, before anything is written.
pub fn refuse_what_is_no_result(path: &Path) -> Result<(), Stop> {
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

/// Returns the reports in a file of result lines. A line that is none is a report of its own, so that the summary
/// names it.
pub fn results(path: &Path) -> Result<impl Iterator<Item = Result<FileReport, SummaryError>> + use<>, Stop> {
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

pub fn roster(path: &Path) -> Result<Roster, Stop> {
    let shown = input::shown(path);
    let limit = hebiao::read::Limits::default().file_bytes;
    let bytes = read_file(path, limit).map_err(|error| Stop::Usage(format!("名单 {shown}：{}", error.message)))?;
    Roster::read(&shown, &bytes, isolate::read_workbook).map_err(stopped)
}

/// Last year's results: lines, or a summary that this program wrote.
pub fn previous(path: &Path) -> Result<Previous, Stop> {
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

fn stopped(error: SummaryError) -> Stop {
    Stop::Usage(error.to_string())
}
