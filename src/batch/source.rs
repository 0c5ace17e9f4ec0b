//! Bytes of files on disk, and of standard input for `-`, or one sentence why not.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

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

/// Returns why the system would not give a file.
pub(super) fn error_of(cause: &io::Error) -> FileError {
    if is_link_in_circles(cause) {
        return error(
            "read_failed",
            "这是一个绕成圈的链接，最后没有指到任何文件；请换成原来的文件再试。",
        );
    }
    match cause.kind() {
        io::ErrorKind::NotFound => error("file_not_found", "找不到这个文件，请检查路径和文件名。"),
        io::ErrorKind::PermissionDenied => error(
            "permission_denied",
            "没有读取这个文件的权限；若文件正在别处打开，请先关闭再试。",
        ),
        _ => error("read_failed", "读取文件时磁盘或网络出错；请把文件复制到本机再试。"),
    }
}

/// Returns whether the system gave up on a link that leads to itself. The kind has no stable name yet, but prints as
/// one, whatever number the system has for it.
fn is_link_in_circles(cause: &io::Error) -> bool {
    format!("{:?}", cause.kind()) == "FilesystemLoop"
}

pub(super) fn error(code: &str, message: &str) -> FileError {
    FileError {
        code: code.to_owned(),
        message: message.to_owned(),
    }
}
