//! Why a file's bytes cannot be had, as a code and one sentence.

use std::io;

use crate::report::FileError;

/// Returns why the system would not give a file.
pub(super) fn error_of(kind: io::ErrorKind) -> FileError {
    match kind {
        io::ErrorKind::NotFound => error("file_not_found", "找不到这个文件，请检查路径和文件名。"),
        io::ErrorKind::PermissionDenied => error(
            "permission_denied",
            "没有读取这个文件的权限；若文件正在别处打开，请先关闭再试。",
        ),
        _ => error("read_failed", "读取文件时磁盘或网络出错；请把文件复制到本机再试。"),
    }
}

pub(super) fn error(code: &str, message: &str) -> FileError {
    FileError {
        code: code.to_owned(),
        message: message.to_owned(),
    }
}
