//! Why an output could not be made, in words for the person who asked for it.

use std::error::Error;
use std::fmt;

use rust_xlsxwriter::XlsxError;

/// An output that could not be made. `Display` is one Chinese sentence; the library's own words are only in `source`.
#[derive(Debug)]
pub enum WriteError {
    /// The report holds no table, so there is nothing to write.
    NoTable,
    /// There is no blank form for this kind of table.
    NoForm,
    /// The tables do not fit the xlsx format, or the library refused what it was given.
    Workbook(XlsxError),
    /// A library refused what it was given.
    Internal(Box<dyn Error + Send + Sync>),
}

impl WriteError {
    pub(super) fn internal(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTable => f.write_str("文件中没有读出评价表，没有可写的内容"),
            Self::NoForm => f.write_str("没有这一种评价的空白表"),
            Self::Workbook(XlsxError::RowColumnLimitError) => {
                f.write_str("内容超出一张工作表的行数上限（1048576 行），请把文件拆开后重试")
            }
            Self::Workbook(_) => f.write_str("生成 Excel 文件时出现内部错误，没有写出文件"),
            Self::Internal(_) => f.write_str("生成文件时出现内部错误，没有写出文件"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoTable | Self::NoForm => None,
            Self::Workbook(error) => Some(error),
            Self::Internal(error) => Some(error.as_ref()),
        }
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error)
    }
}
