//! Baselines on disk: the findings of an earlier run, read and written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use hebiao::batch;
use hebiao::files::{ProtectedInputs, fill_new_file};
use hebiao::settings::{Baseline, FoundFindings};

use super::output::complain;
use super::{Stop, input};

/// Reads a baseline.
///
/// # Errors
/// When there is no such file, or it is no baseline.
pub fn read_baseline(path: &Path) -> Result<Baseline, Stop> {
    let refuse = |message: String| Stop::Refused(vec![message]);
    // A baseline of a county's files is longer than what people write by hand.
    const MOST_BYTES: u64 = 64 * 1024 * 1024;
    let shown = input::shown(path);
    let bytes = batch::read_file(path, MOST_BYTES).map_err(|error| refuse(format!("{shown}：{}", error.message)))?;
    String::from_utf8(bytes)
        .ok()
        .and_then(|text| Baseline::from_json(&text))
        .ok_or_else(|| refuse(format!("{shown}：不是 --write-baseline 写出的基线文件")))
}

/// Writes what a run found, for a later `--baseline`. An earlier baseline is replaced; an input never is.
///
/// # Errors
/// When the file cannot be written.
pub fn write_baseline(path: &Path, found: FoundFindings, inputs: &ProtectedInputs) -> Result<(), Stop> {
    let mut count = 0;
    let fill = |file: &mut File| -> io::Result<()> {
        let mut writer = BufWriter::new(file);
        count = found.write(&mut writer)?;
        writer.flush()
    };
    fill_new_file(path, true, inputs, fill).map_err(|error| Stop::Usage(error.to_string()))?;
    complain(&format!("已把 {count} 项问题写入基线 {}", path.display()));
    Ok(())
}
