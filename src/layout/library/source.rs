//! A TOML file with its places: each value's line, and what the reader refuses said in Chinese.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::FormFileError;
use crate::text::toml_error::{TomlError, without_byte_order_mark};

/// A file's name and text.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// Where each line but the first begins.
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let text = without_byte_order_mark(text);
        Self {
            file,
            text,
            line_starts: text.match_indices('\n').map(|(at, _)| at + 1).collect(),
        }
    }

    pub(super) fn parse(&self) -> Result<DeTable<'a>, FormFileError> {
        DeTable::parse(self.text)
            .map(Spanned::into_inner)
            .map_err(|error| self.refused(&error))
    }

    /// Line of a place, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset) + 1
    }

    pub(super) fn error(&self, offset: usize, key: &str, reason: impl Into<String>) -> FormFileError {
        FormFileError {
            file: self.file.to_owned(),
            line: Some(self.line(offset)),
            key: Some(key.to_owned()),
            reason: reason.into(),
        }
    }

    /// Returns what the TOML reader refused.
    pub(super) fn refused(&self, error: &toml::de::Error) -> FormFileError {
        let TomlError { line, key, reason } = TomlError::refused(self.text, error);
        FormFileError {
            file: self.file.to_owned(),
            line,
            key,
            reason,
        }
    }
}

/// Returns the type of a value in Chinese.
pub(super) fn type_title(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "文字",
        DeValue::Integer(_) | DeValue::Float(_) => "数字",
        DeValue::Boolean(_) => "真假值",
        DeValue::Datetime(_) => "日期",
        DeValue::Array(_) => "列表",
        DeValue::Table(_) => "一组键值",
    }
}

/// Returns the texts of a list such as `["年度指标值", "目标值"]`, each with its place.
pub(super) fn texts<'t>(
    source: &Source<'_>,
    key: &str,
    value: &'t Spanned<DeValue<'_>>,
) -> Result<Vec<(usize, &'t str)>, FormFileError> {
    let at = value.span().start;
    let list = value.get_ref().as_array().ok_or_else(|| {
        source.error(
            at,
            key,
            format!("须是列表，例如 [\"目标值\"]，现在是{}", type_title(value.get_ref())),
        )
    })?;
    if list.is_empty() {
        return Err(source.error(at, key, "列表是空的，至少要写一个；不用就删去这一行"));
    }
    list.iter()
        .map(|entry| {
            let at = entry.span().start;
            let text = entry.get_ref().as_str().ok_or_else(|| {
                let found = type_title(entry.get_ref());
                source.error(at, key, format!("列表里须是带引号的文字，现在有{found}"))
            })?;
            if text.trim().is_empty() {
                return Err(source.error(at, key, "列表里有空的文字"));
            }
            Ok((at, text))
        })
        .collect()
}
