//! Why a standard's file was refused, in words for the person who wrote it.

use std::fmt;

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
        let last = self.key.as_deref().and_then(|key| key.rsplit('.').next());
        let is_key = |line: &str| key_of(line).is_some_and(|key| key.rsplit('.').next() == last);
        let line = self
            .line
            .or_else(|| last.and_then(|_| text.lines().position(is_key)).map(|index| index + 1));
        Self { line, ..self }
    }

    /// What the reader refused of values without places: the key is sought in the file they were written in.
    pub(super) fn from_toml_value(text: &str, error: &toml::de::Error) -> Self {
        let found = Self::from_toml("", error);
        // The key stands in the last line of what the reader says: in `tolerance.score`.
        let said = error.to_string();
        let key = said
            .lines()
            .rev()
            .find_map(|line| line.trim().strip_prefix("in `")?.split('`').next().map(str::to_owned));
        Self {
            line: None,
            key: found.key.filter(|key| !key.is_empty()).or(key),
            reason: found.reason,
        }
        .in_file(text)
    }

    /// What the TOML reader refused, said in Chinese with line and key.
    pub(super) fn from_toml(text: &str, error: &toml::de::Error) -> Self {
        let message = error.message();
        let start = error.span().map(|span| span.start.min(text.len()));
        let line = start.map(|start| text.bytes().take(start).filter(|b| *b == b'\n').count() + 1);
        let source_key = line.and_then(|line| text.lines().nth(line - 1)).and_then(key_of);
        let quoted = message.split('`').nth(1).map(str::to_owned);
        let (key, reason) = if message.starts_with("unknown field") {
            (quoted, "不是标准文件里的项目，请检查拼写".to_owned())
        } else if message.starts_with("missing field") {
            (quoted, "缺少这一项".to_owned())
        } else if message.starts_with("unknown variant") {
            (source_key, format!("不认识的取值“{}”", quoted.unwrap_or_default()))
        } else if message.starts_with("duplicate") {
            (source_key, "重复写了两次".to_owned())
        } else if message.starts_with("invalid type") || message.starts_with("invalid length") {
            (source_key, "取值的类型不对".to_owned())
        } else if message.contains("not a decimal number") {
            (source_key, "应为小数，例如 0.8".to_owned())
        } else {
            (source_key, "写法不符合 TOML 格式".to_owned())
        };
        Self { line, key, reason }
    }
}

fn key_of(line: &str) -> Option<String> {
    let key = line.split_once('=').map_or(line, |(key, _)| key);
    let key = key.trim().trim_matches(['[', ']']);
    (!key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .then(|| key.to_owned())
}
