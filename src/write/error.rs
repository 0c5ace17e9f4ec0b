//! Why an output could not be made, in words for the person who asked for it.

use std::error::Error;
use std::fmt;
use std::io;

use rust_xlsxwriter::XlsxError;

use crate::read::ReadError;
use crate::text::disk_words::{disk_error, reason};

/// An output that could not be made. `Display` is one Chinese sentence; the library's own words are only in `source`.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The report holds no table, so there is nothing to write.
    NoTable,
    /// There is no blank form for this kind of table.
    NoForm,
    /// The tables do not fit the xlsx format, or the library refused what it was given.
    Workbook(XlsxError),
    /// Only an xlsx or xlsm package can be annotated; this file is none.
    NotAnnotatable,
    /// The report is of another file, or of an earlier state of this one.
    OtherFile,
    /// The file to be annotated cannot be read, or not far enough to be changed safely.
    Source(ReadError),
    /// The file to be annotated is built in a way that cannot be changed without loss; says which, in Chinese.
    OddPackage(String),
    /// The workbook is shared: it keeps a record of every change, which a changed copy would contradict.
    SharedWorkbook,
    /// Only a Word document can be annotated as a report; this file is none.
    NoReportDocument,
    /// The document to be annotated is built in a way that cannot be changed without loss; says which, in Chinese.
    OddDocument(String),
    /// A library refused what it was given.
    Internal(Box<dyn Error + Send + Sync>),
}

impl WriteError {
    pub(super) fn internal(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl WriteError {
    /// Returns the kind of the disk's error, where the disk is to blame.
    fn disk(&self) -> Option<io::ErrorKind> {
        match self {
            // The library skips these two when asked for what is behind them.
            Self::Workbook(XlsxError::IoError(error)) => disk_error(error),
            Self::Workbook(XlsxError::ZipError(error)) => disk_error(error),
            Self::Workbook(error) => disk_error(error),
            Self::Internal(error) => disk_error(error.as_ref()),
            _ => None,
        }
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
            Self::Workbook(_) | Self::Internal(_) if self.disk().is_some() => {
                let cause = self.disk().map_or("", reason);
                write!(f, "没有写出文件：{cause}")
            }
            Self::Workbook(_) => f.write_str("生成 Excel 文件时出现内部错误，没有写出文件"),
            Self::NotAnnotatable => f.write_str("表格的批注副本只能由 xlsx、xlsm 文件生成；同样的批注请看规范表"),
            Self::OtherFile => f.write_str("检查之后文件又有改动，批注会错位，没有生成批注副本；请重新运行"),
            Self::Source(error) => write!(f, "没有生成批注副本：{error}"),
            Self::OddPackage(fact) => write!(
                f,
                "批注副本须保证原文件的其他内容不变，而这个文件中{fact}，没有生成批注副本；请用 Excel 或 WPS 另存为 .xlsx 后重试，或看规范表中的批注"
            ),
            Self::SharedWorkbook => f.write_str(
                "批注副本须保证原文件的其他内容不变，而这个文件是“共享工作簿”，带有每一次修改的记录，没有生成批注副本；请在 Excel 或 WPS 的“审阅—共享工作簿”里取消共享，保存后重试，或看规范表中的批注",
            ),
            Self::NoReportDocument => {
                f.write_str("报告的批注副本只能由 Word（docx）文档生成；报告原文和问题请看差异清单的“报告原文”一栏")
            }
            Self::OddDocument(fact) => write!(
                f,
                "批注副本须保证原文件的其他内容不变，而这份报告中{fact}，没有生成批注副本；请用 Word 或 WPS 另存为 .docx 后重试，或看差异清单的“报告原文”一栏"
            ),
            Self::Internal(_) => f.write_str("生成文件时出现内部错误，没有写出文件"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoTable
            | Self::NoForm
            | Self::NotAnnotatable
            | Self::NoReportDocument
            | Self::OtherFile
            | Self::OddPackage(_)
            | Self::SharedWorkbook
            | Self::OddDocument(_) => None,
            Self::Workbook(error) => Some(error),
            Self::Source(error) => Some(error),
            Self::Internal(error) => Some(error.as_ref()),
        }
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error)
    }
}
