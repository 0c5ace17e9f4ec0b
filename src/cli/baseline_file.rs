//! Baselines on disk: the findings of an earlier run, read and written.

use std::path::Path;

use hebiao::batch;
use hebiao::files::{ProtectedInputs, write_new_file};
use hebiao::settings::Baseline;

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
pub fn write_baseline(path: &Path, found: &Baseline, inputs: &ProtectedInputs) -> Result<(), Stop> {
    let text = found.to_json().map_err(|error| Stop::Usage(error.to_string()))?;
    write_new_file(path, text.as_bytes(), true, inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    complain(&format!("已把 {} 项问题写入基线 {}", found.len(), path.display()));
    Ok(())
}
