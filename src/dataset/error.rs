//! Why a dataset was not written, in words for the person who asked for it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;

use crate::files::OutputError;
use crate::text::disk_words::disk_error;

/// A dataset that was not written. `Display` is one Chinese sentence that names the file or folder.
#[derive(Debug)]
#[non_exhaustive]
pub enum DatasetError {
    /// A file could not take its name, or the disk did not take its bytes.
    Output(OutputError),
    /// The library refused what it was given.
    Internal(PathBuf, ParquetError),
}

impl DatasetError {
    /// Returns what the library says of a file, told apart by whether the disk is to blame.
    pub(super) fn parquet(path: &Path, error: ParquetError) -> Self {
        match error {
            // The library keeps some errors of the disk within others.
            ParquetError::External(inner) if !inner.is::<io::Error>() && disk_error(inner.as_ref()).is_some() => {
                let kind = disk_error(inner.as_ref()).unwrap_or(io::ErrorKind::Other);
                Self::write(path, kind.into())
            }
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(error) => Self::write(path, *error),
                Err(inner) => Self::Internal(path.to_owned(), ParquetError::External(inner)),
            },
            other => Self::Internal(path.to_owned(), other),
        }
    }

    /// Returns what the disk says of a file.
    pub(super) fn write(path: &Path, error: io::Error) -> Self {
        Self::Output(OutputError::Write(path.to_owned(), error))
    }
}

impl From<OutputError> for DatasetError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for DatasetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => error.fmt(f),
            Self::Internal(path, _) => write!(f, "生成数据集文件“{}”时出现内部错误，没有写出数据集", path.display()),
        }
    }
}

impl Error for DatasetError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Output(error) => error.source(),
            Self::Internal(_, error) => Some(error),
        }
    }
}
