//! Bytes of files on disk, and of standard input for `-`, or one sentence why not.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::read_error::{error, error_of};
use crate::report::FileError;
use crate::text::path_text::path_text;

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Returns whether the path stands for standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// Returns the path as a report shows it: as given, with `/` between its parts. No two paths are shown alike.
pub(super) fn shown(path: &Path) -> String {
    if is_standard_input(path) {
        return "标准输入".to_owned();
    }
    path_text(path)
}

/// Returns the file's bytes, at most `limit` of them plus one, so that the reader sees that the limit was passed.
///
/// # Errors
/// A code and one Chinese sentence: not found, a folder, no permission, or a failing device.
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let limit = limit.saturating_add(1);
    let result = if is_standard_input(path) {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else if path.is_dir() {
        // Opening a folder succeeds on some systems and fails with "permission denied" on others.
        return Err(error(
            "is_directory",
            "这是一个文件夹，不是表格文件；请给出文件夹里的表格文件。",
        ));
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    result.map(|_| bytes).map_err(|cause| error_of(&cause))
}
