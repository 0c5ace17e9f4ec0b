//! Files on disk, and standard input for `-`: from a path to bytes, or to one sentence why not.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use hebiao::report::{FileError, FileReport};

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Whether the path stands for standard input.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// The path as the report shows it.
pub fn shown(path: &Path) -> String {
    if is_standard(path) {
        "标准输入".to_owned()
    } else {
        path.to_string_lossy().into_owned()
    }
}

/// The file's bytes, at most `limit` of them plus one, so that the reader sees that the limit was passed.
///
/// # Errors
/// A code and one Chinese sentence: not found, a folder, no permission, or a failing device.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let limit = limit.saturating_add(1);
    let result = if is_standard(path) {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else if path.is_dir() {
        // Opening a folder succeeds on some systems and fails with "permission denied" on others.
        return Err(error(
            "is_directory",
            "这是一个文件夹，不是表格文件；请给出文件夹里的表格文件。".to_owned(),
        ));
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    match result {
        Ok(_) => Ok(bytes),
        Err(cause) => Err(match cause.kind() {
            io::ErrorKind::NotFound => error("file_not_found", "找不到这个文件，请检查路径和文件名。".to_owned()),
            io::ErrorKind::PermissionDenied => error(
                "permission_denied",
                "没有读取这个文件的权限；若文件正在别处打开，请先关闭再试。".to_owned(),
            ),
            _ => error(
                "read_failed",
                "读取文件时磁盘或网络出错；请把文件复制到本机再试。".to_owned(),
            ),
        }),
    }
}

/// The report of a file whose bytes could not be had.
pub fn unreadable(path: &Path, error: FileError) -> FileReport {
    FileReport::unreadable(&shown(path), error)
}

fn error(code: &str, message: String) -> FileError {
    FileError {
        code: code.to_owned(),
        message,
    }
}

/// Files that people write for the program are short; a longer one is something else.
const MOST_SETTINGS_BYTES: u64 = 256 * 1024;

/// The text of a file that someone wrote for the program; `what` says what it should be.
///
/// # Errors
/// One Chinese sentence, with the file's name.
pub fn read_settings(path: &Path, what: &str) -> Result<String, String> {
    let name = shown(path);
    let bytes = read(path, MOST_SETTINGS_BYTES).map_err(|error| match error.code.as_str() {
        "is_directory" => format!("{name}：这是一个文件夹，请给出一个 .toml 文件"),
        _ => format!("{name}：{}", error.message),
    })?;
    if bytes.len() as u64 > MOST_SETTINGS_BYTES {
        return Err(format!(
            "{name}：文件超过 {} KB，不像是{what}",
            MOST_SETTINGS_BYTES / 1024
        ));
    }
    String::from_utf8(bytes).map_err(|_| format!("{name}：不是 UTF-8 编码的文字，请用记事本另存为 UTF-8 编码"))
}
