//! Why a settings file was refused.

use std::fmt;

use crate::toml_mistake::TomlMistake;

/// The line and key at fault, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// Line in the file, from 1, where it is known.
    pub line: Option<usize>,
    /// The key at fault, where it is known.
    pub key: Option<String>,
    /// Why, in Chinese.
    pub reason: String,
}

impl From<TomlMistake> for SettingsError {
    fn from(mistake: TomlMistake) -> Self {
        let TomlMistake { line, key, reason } = mistake;
        Self { line, key, reason }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("设置文件有误：")?;
        if let Some(line) = self.line {
            write!(f, "第 {line} 行")?;
        }
        if let Some(key) = &self.key {
            write!(f, "“{key}”")?;
        }
        if self.line.is_some() || self.key.is_some() {
            f.write_str("，")?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for SettingsError {}
