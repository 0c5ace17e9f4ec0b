//! Bytes of files on disk, and of standard input for `-`, or one sentence why not.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::read_error::{error, error_of};
use crate::report::FileError;
use crate::text::likeness::nearest;
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
    } else {
        File::open(path).and_then(|file| {
            // Room for all of it at once; of what is no file the length says nothing.
            let length = file.metadata().map_or(0, |it| it.len()).min(limit);
            bytes.reserve_exact(usize::try_from(length).unwrap_or_default());
            file.take(limit).read_to_end(&mut bytes)
        })
    };
    result.map(|_| bytes).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => not_found(path),
        // A folder cannot be opened on some systems ("permission denied"), and not be read on others.
        _ if path.is_dir() => error(
            "is_directory",
            "这是一个文件夹，不是表格文件；请给出文件夹里的表格文件。",
        ),
        _ => error_of(&cause),
    })
}

/// Returns that a file is not there, with the name beside it that may have been meant.
fn not_found(path: &Path) -> FileError {
    let Some(name) = nearest_name(path) else {
        return error_of(&io::ErrorKind::NotFound.into());
    };
    error(
        "file_not_found",
        &format!("找不到这个文件，请检查路径和文件名；同一个文件夹里有“{name}”，要的可能是它。"),
    )
}

/// Returns the name in the folder of a path that is nearest to its own, or to that of the first of its folders that is
/// not there.
pub fn nearest_name(path: &Path) -> Option<String> {
    /// More names than these are not looked through for a slip of the hand.
    const MOST_NAMES: usize = 10_000;
    let above = path.ancestors().skip(1);
    let missing = std::iter::once(path)
        .chain(above)
        .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
        .last()?;
    let folder = missing.parent().filter(|folder| !folder.as_os_str().is_empty());
    let typed = path_text(Path::new(missing.file_name()?));
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let mut names: Vec<String> = entries
        .take(MOST_NAMES)
        .filter_map(|entry| Some(path_text(Path::new(&entry.ok()?.file_name()))))
        .filter(|name| !super::kinds::is_hidden(name))
        .collect();
    names.sort();
    // The extension is like any other of its kind, and says nothing of what was meant.
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let stems: Vec<String> = names.iter().map(|name| stem(name)).collect();
    let known = stems.iter().map(String::as_str).zip(&names);
    nearest(&stem(&typed), known).cloned()
}
