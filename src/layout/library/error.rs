//! Why a vocabulary or form file was refused, in words for the person who wrote it.

use std::fmt;

/// A file that cannot be used: file, line and key at fault, and why. `Display` is one Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFileError {
    /// The file as given.
    pub file: String,
    /// Line in the file, from 1, where it is known.
    pub line: Option<usize>,
    /// The key at fault, e.g. `indicator.target`, where it is known.
    pub key: Option<String>,
    /// Why, in Chinese.
    pub reason: String,
}

impl fmt::Display for FormFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, " 第 {line} 行")?;
        }
        if let Some(key) = &self.key {
            write!(f, " {key}")?;
        }
        write!(f, "：{}", self.reason)
    }
}

impl std::error::Error for FormFileError {}
