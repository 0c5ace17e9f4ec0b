//! Why a settings file was refused, in words for the person who wrote it.

use std::fmt;

use crate::text::toml_error::TomlError;

/// Settings that cannot be used: the line and key at fault, and why. `Display` is one Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError(TomlError);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "设置文件有误：{}", self.0)
    }
}

impl std::error::Error for SettingsError {}

impl From<TomlError> for SettingsError {
    fn from(mistake: TomlError) -> Self {
        Self(mistake)
    }
}
