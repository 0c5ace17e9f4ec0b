//! What is wrong with a TOML file that someone wrote for the program, said in Chinese with line and key.

use std::fmt;

/// The line and key at fault, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlError {
    /// Line in the file, from 1, where it is known.
    pub line: Option<usize>,
    /// The key at fault, where it is known.
    pub key: Option<String>,
    /// Why, in Chinese.
    pub reason: String,
}

impl fmt::Display for TomlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

impl TomlError {
    /// Returns a value that can be read but makes no sense.
    pub fn value(key: &str, reason: impl Into<String>) -> Self {
        Self {
            line: None,
            key: Some(key.to_owned()),
            reason: reason.into(),
        }
    }

    /// Returns what the TOML reader refused, said in Chinese. The text must be without a byte order mark.
    pub fn refused(text: &str, error: &toml::de::Error) -> Self {
        let message = error.message();
        let start = error.span().map(|span| span.start.min(text.len()));
        let line = start.map(|start| text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1);
        let written = line.and_then(|line| text.lines().nth(line - 1)).unwrap_or_default();
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
        } else if message.contains("not a decimal number") {
            (written_key, "须是小数，例如 0.8".to_owned())
        } else if message.contains("not a date") {
            (written_key, "须是日期，例如 2026-12-31".to_owned())
        } else if message.starts_with("invalid type")
            || message.starts_with("invalid value")
            || message.starts_with("invalid length")
        {
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
        Self { line, key, reason }
    }

    /// Returns what the reader refused of values that have no places: the key is sought in the file they were written
    /// in.
    pub fn refused_value(text: &str, error: &toml::de::Error) -> Self {
        let found = Self::refused("", error);
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

    /// Returns the same with the line on which the file writes the key.
    pub fn in_file(self, text: &str) -> Self {
        let last = self.key.as_deref().and_then(|key| key.rsplit('.').next());
        let is_key = |line: &str| key_of(line).is_some_and(|key| key.rsplit('.').next() == last);
        let line = self
            .line
            .or_else(|| last.and_then(|_| text.lines().position(is_key)).map(|index| index + 1));
        Self { line, ..self }
    }
}

/// Returns the text without the byte order mark that Windows editors write.
pub fn without_byte_order_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Returns the key that a line writes, or the table that it opens.
fn key_of(line: &str) -> Option<String> {
    let key = line.split_once('=').map_or(line, |(key, _)| key);
    let key = key.trim().trim_matches(['[', ']']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!key.is_empty() && key.chars().all(plain)).then(|| key.to_owned())
}
