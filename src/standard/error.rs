//! Why a standard's file was refused, in words for the person who wrote it.

use std::fmt;

use crate::toml_mistake::TomlMistake;

/// A standard that cannot be used: the line and key at fault, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardError {
    /// Line in the file, from 1, where it is known.
    pub line: Option<usize>,
    /// The key at fault, where it is known.
    pub key: Option<String>,
    /// Why, in Chinese.
    pub reason: String,
}

impl fmt::Display for StandardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("评价标准文件有误：")?;
        if let Some(line) = self.line {
            write!(f, "第 {line} 行")?;
        }
        if let Some(key) = &self.key {
            write!(f, "“{key}”")?;
        }
        f.write_str(if self.line.is_some() || self.key.is_some() {
            "，"
        } else {
            ""
        })?;
        f.write_str(&self.reason)
    }
}

impl std::error::Error for StandardError {}

impl StandardError {
    /// A value that can be read but makes no sense.
    pub(super) fn value(key: &str, reason: impl Into<String>) -> Self {
        Self {
            line: None,
            key: Some(key.to_owned()),
            reason: reason.into(),
        }
    }

    /// The same with the line on which the file writes the key.
    pub(super) fn in_file(self, text: &str) -> Self {
        let Self { line, key, reason } = self;
        TomlMistake { line, key, reason }.in_file(text).into()
    }
}

impl From<TomlMistake> for StandardError {
    fn from(mistake: TomlMistake) -> Self {
        let TomlMistake { line, key, reason } = mistake;
        Self { line, key, reason }
    }
}
