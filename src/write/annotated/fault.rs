//! What can stop the work on a part, to be turned into a sentence where the part's title is known.

use crate::read::ReadError;
use crate::read::kit::package;
use crate::write::WriteError;

/// Why a part could not be changed.
#[derive(Debug)]
pub enum Fault {
    /// Its XML is broken, or the package is.
    Broken,
    /// It is written in an encoding other than UTF-8.
    Encoding,
    /// It has more elements than are held at once.
    TooLarge,
    /// The reader refuses it, for the reason given.
    Refused(ReadError),
}

impl Fault {
    /// Returns the refusal of the copy of a document.
    pub fn into_document_error(self, part_title: &str) -> WriteError {
        match self.into_error(part_title) {
            WriteError::OddPackage(fact) => WriteError::OddDocument(fact),
            other => other,
        }
    }

    /// Returns the refusal of the copy.
    pub fn into_error(self, part_title: &str) -> WriteError {
        match self {
            Self::Broken => WriteError::Source(ReadError::damaged(&format!("{part_title}读不出来"))),
            Self::Encoding => WriteError::OddPackage(format!("{part_title}没有用通用的 UTF-8 编码")),
            Self::TooLarge => WriteError::OddPackage(format!("{part_title}的内容过多")),
            Self::Refused(error) => WriteError::Source(error),
        }
    }
}

impl From<package::PartError> for Fault {
    fn from(fault: package::PartError) -> Self {
        match fault {
            package::PartError::Missing | package::PartError::Broken => Self::Broken,
            other => Self::Refused(other.into_refusal("压缩结构")),
        }
    }
}
