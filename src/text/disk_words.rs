//! Why a disk takes or gives nothing, in words for the person who can do something about it.

use std::error::Error;
use std::io::{self, ErrorKind};

/// Returns why a file could not be written, and what to do; a half sentence.
pub fn reason(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::PermissionDenied => {
            "没有写入权限，或文件正被 Excel、WPS 等程序打开，请关闭文件或换一个输出文件夹后重试"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘空间不足，请清理磁盘或换一个输出文件夹后重试",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的，请换一个输出文件夹",
        ErrorKind::FileTooLarge => "文件超过了磁盘允许的大小，请换一个磁盘，或分成几批后重试",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "路径中有一段是文件而不是文件夹，请换一个输出文件夹",
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => "文件名过长或含有不允许的字符，请把源文件改名后重试",
        ErrorKind::NotFound => "路径不存在，请检查输出文件夹的写法",
        _ => "磁盘读写出错，请检查磁盘后重试",
    }
}

/// Returns the kind of the disk's own error behind another one, however deep; `None` when no disk is to blame.
pub fn disk_error(error: &(dyn Error + 'static)) -> Option<ErrorKind> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            // What a library wraps in an error of the system may be one itself.
            let inner = error.get_ref().and_then(|inner| disk_error(inner));
            return inner.or(Some(error.kind()));
        }
        if let Some(kind) = error.downcast_ref::<csv::Error>().map(csv::Error::kind) {
            return match kind {
                csv::ErrorKind::Io(error) => disk_error(error),
                _ => None,
            };
        }
        if let Some(error) = error.downcast_ref::<serde_json::Error>() {
            return error.io_error_kind();
        }
        next = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_known_behind_what_a_library_makes_of_it() {
        let full = || io::Error::from(ErrorKind::StorageFull);
        assert_eq!(disk_error(&full()), Some(ErrorKind::StorageFull));
        assert_eq!(disk_error(&io::Error::other(full())), Some(ErrorKind::StorageFull));
        assert_eq!(disk_error(&csv::Error::from(full())), Some(ErrorKind::StorageFull));
        assert_eq!(disk_error(&serde_json::Error::io(full())), Some(ErrorKind::StorageFull));
        assert_eq!(disk_error(&std::fmt::Error), None);
    }
}
