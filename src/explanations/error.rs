//! Why a filled-in list was refused, in words for the person who gave it.

use std::fmt;

use crate::read::ReadError;

/// A file that is no filled-in list. `Display` is one Chinese sentence.
#[derive(Debug)]
#[non_exhaustive]
pub enum ExplanationsError {
    /// It could not be read at all.
    Unreadable(ReadError),
    /// It has no sheet with the columns of a list.
    NoList,
    /// It is JSON, but no list.
    OtherJson,
}

impl fmt::Display for ExplanationsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(f),
            Self::NoList => f.write_str(
                "这不是差异清单：应有一行表头，其中有“编号”，还有“单位说明”或“处理意见”；请用本程序写出的差异清单填写，不要改动表头。",
            ),
            Self::OtherJson => f.write_str(
                "这个 JSON 文件不是差异清单；请用 hebiao convert --list json 写出的清单填写 unit_explanation 或 reviewer_opinion。",
            ),
        }
    }
}

impl std::error::Error for ExplanationsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            Self::NoList | Self::OtherJson => None,
        }
    }
}
