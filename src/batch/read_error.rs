//! Why a file's bytes cannot be had, as a code and one sentence.

use std::io;

use crate::report::FileError;

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
