//! Why a standard's file was refused, in words for the person who wrote it.

use std::fmt;

use crate::text::toml_error::TomlError;

/// A standard that cannot be used: the line and key at fault, and why. `Display` is one Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardError(TomlError);

impl fmt::Display for StandardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "评价标准文件有误：{}", self.0)
    }
}

impl std::error::Error for StandardError {}

impl StandardError {
    /// Returns a value that can be read but makes no sense.
    pub(super) fn value(key: &str, reason: impl Into<String>) -> Self {
        Self(TomlError::value(key, reason))
    }

    /// Returns the same with the line on which the file writes the key.
    pub(super) fn in_file(self, text: &str) -> Self {
        Self(self.0.in_file(text))
    }
}

impl From<TomlError> for StandardError {
    fn from(mistake: TomlError) -> Self {
        Self(mistake)
    }
}
