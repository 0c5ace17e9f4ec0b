//! Why a summary could not be made.

use std::error::Error;
use std::fmt;
use std::io;

use crate::text::disk_words::reason;

/// What stops a summary. `Display` is one Chinese sentence.
#[derive(Debug)]
#[non_exhaustive]
pub enum SummaryError {
    /// The temporary file could not be written or read back.
    Temporary(io::Error),
    /// A file that the summary was to go by cannot be used; the sentence says which and why.
    Unusable(String),
}

impl fmt::Display for SummaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Temporary(error)
                if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) =>
            {
                f.write_str("汇总时要用临时文件存放明细，而临时文件夹所在的磁盘已满，请清理磁盘后重试")
            }
            Self::Temporary(error) => write!(
                f,
                "汇总时要用临时文件存放明细，而临时文件写不了：{}",
                reason(error.kind())
            ),
            Self::Unusable(sentence) => f.write_str(sentence),
        }
    }
}

impl Error for SummaryError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Temporary(error) => Some(error),
            Self::Unusable(_) => None,
        }
    }
}

impl From<io::Error> for SummaryError {
    fn from(error: io::Error) -> Self {
        Self::Temporary(error)
    }
}
