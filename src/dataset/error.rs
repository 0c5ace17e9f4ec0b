//! Why a dataset was not written, in words for the person who asked for it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;

/// A dataset that was not written. `Display` is one Chinese sentence that names the file or folder.
#[derive(Debug)]
pub enum DatasetError {
    /// There is something of this name already and replacing was not asked for, or it is a folder.
    Exists(PathBuf),
    /// The folder could not be made.
    Folder(PathBuf, io::Error),
    /// A file could not be written.
    Write(PathBuf, io::Error),
    /// The library refused what it was given.
    Internal(PathBuf, ParquetError),
}

impl DatasetError {
    /// What the library says of a file, told apart by whether the disk is to blame.
    pub(super) fn parquet(path: &Path, error: ParquetError) -> Self {
        match error {
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(error) => Self::Write(path.to_owned(), *error),
                Err(inner) => Self::Internal(path.to_owned(), ParquetError::External(inner)),
            },
            other => Self::Internal(path.to_owned(), other),
        }
    }
}

impl fmt::Display for DatasetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write!(
                f,
                "数据集文件“{}”已经存在，没有覆盖，如要覆盖请加 --force",
                path.display()
            ),
            Self::Folder(path, error) => write!(f, "无法建立数据集文件夹“{}”：{}", path.display(), reason(error)),
            Self::Write(path, error) => write!(f, "无法写出数据集文件“{}”：{}", path.display(), reason(error)),
            Self::Internal(path, _) => write!(f, "生成数据集文件“{}”时出现内部错误，没有写出数据集", path.display()),
        }
    }
}

impl Error for DatasetError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Exists(_) => None,
            Self::Folder(_, error) | Self::Write(_, error) => Some(error),
            Self::Internal(_, error) => Some(error),
        }
    }
}

fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有写入权限，请换一个文件夹后重试",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "磁盘空间不足，请清理磁盘后重试",
        io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的，请换一个文件夹",
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "路径中有一段是文件而不是文件夹，请换一个文件夹",
        _ => "磁盘读写出错，请检查磁盘后重试",
    }
}
