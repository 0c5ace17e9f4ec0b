//! A TOML file with its places: each value's line, and what the reader refuses said in Chinese.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::FormFileError;

/// A file's name and text.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// Where each line but the first begins.
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// A byte order mark, which Windows editors write, is no part of the text.
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
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

    /// What the TOML reader refused.
    pub(super) fn refused(&self, error: &toml::de::Error) -> FormFileError {
        let message = error.message();
        let line = error.span().map(|span| self.line(span.start));
        let written = line
            .and_then(|line| self.text.lines().nth(line - 1))
            .unwrap_or_default();
        let written_key = key_of(written);
        let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let named = || quoted.first().map(|key| (*key).to_owned());
        let choices = || quoted.get(1..).unwrap_or_default().join("、");
        let (key, reason) = if message.starts_with("unknown field") {
            (named(), format!("没有这一项，可以写的是：{}", choices()))
        } else if message.starts_with("missing field") {
            (named(), "缺少这一项".to_owned())
        } else if message.starts_with("unknown variant") {
            let value = named().unwrap_or_default();
            (written_key, format!("不能取“{value}”，可以是：{}", choices()))
        } else if message.starts_with("duplicate") {
            (written_key, "写了两次".to_owned())
        } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
            (written_key, "值的类型不对".to_owned())
        } else if written.contains(['“', '”', '，', '＝', '【', '】', '＂', '［', '］']) {
            (
                written_key,
                "写法不符合 TOML 格式；这一行有全角的引号、逗号、等号或方括号，请改成半角".to_owned(),
            )
        } else {
            (
                written_key,
                "写法不符合 TOML 格式，请检查引号、方括号和逗号是否成对、齐全".to_owned(),
            )
        };
        FormFileError {
            file: self.file.to_owned(),
            line,
            key,
            reason,
        }
    }
}

fn key_of(line: &str) -> Option<String> {
    let key = line.split_once('=').map_or(line, |(key, _)| key);
    let key = key.trim().trim_matches(['[', ']']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!key.is_empty() && key.chars().all(plain)).then(|| key.to_owned())
}

/// The type of a value in Chinese.
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

/// The texts of a list such as `["年度指标值", "目标值"]`, each with its place.
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
            format!("应为列表，例如 [\"目标值\"]，现在是{}", type_title(value.get_ref())),
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
                source.error(at, key, format!("列表里应为带引号的文字，现在有{found}"))
            })?;
            if text.trim().is_empty() {
                return Err(source.error(at, key, "列表里有空的文字"));
            }
            Ok((at, text))
        })
        .collect()
}
