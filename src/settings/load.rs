//! Settings from TOML, checked before use.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Settings, SettingsError};
use crate::own_rules::OwnRules;
use crate::rules::{self, Rule};
use crate::text::toml_error::{TomlError, without_byte_order_mark};

impl Settings {
    /// Returns the folders of rules that settings name, before anything else in them is looked at: what follows may name
    /// those rules. A text that is no settings has none; [`Settings::from_toml`] says what is wrong with it.
    pub fn rule_folders(text: &str) -> Vec<String> {
        #[derive(Default, Deserialize)]
        struct Folders {
            #[serde(default)]
            rules: Vec<String>,
        }
        let folders: Folders = toml::from_str(without_byte_order_mark(text)).unwrap_or_default();
        folders.rules
    }

    /// Reads and checks settings. Rules, built in or one's own, may be named by code, slug or title.
    ///
    /// # Errors
    /// The first mistake, with line and key, in Chinese.
    pub fn from_toml(text: &str, own: &OwnRules) -> Result<Self, SettingsError> {
        let text = without_byte_order_mark(text);
        let mut settings: Self = toml::from_str(text).map_err(|error| TomlError::refused(text, &error))?;
        let mut severity = BTreeMap::new();
        for (name, level) in std::mem::take(&mut settings.severity) {
            let code = known_rule(&name, own).map_err(|reason| mistake(text, &name, reason))?;
            severity.insert(code.to_owned(), level);
        }
        settings.severity = severity;
        settings
            .check_figures()
            .map_err(|(key, reason)| mistake(text, key, reason))?;
        for (index, entry) in settings.suppress.iter_mut().enumerate() {
            // Each entry is said by its own line.
            entry.line = line_of_entry(text, index);
            let refuse = |key: &str, reason: String| {
                SettingsError::from(TomlError {
                    line: entry.line,
                    key: Some(format!("suppress.{key}")),
                    reason,
                })
            };
            let code = known_rule(&entry.rule, own).map_err(|reason| refuse("rule", reason))?;
            entry.rule = code.to_owned();
            for (key, value) in [
                ("table", &entry.table),
                ("field", &entry.field),
                ("reason", &entry.reason),
            ] {
                if value.trim().is_empty() {
                    return Err(refuse(key, "不能为空".to_owned()));
                }
            }
        }
        Ok(settings)
    }

    fn check_figures(&self) -> Result<(), (&'static str, String)> {
        let unit = Decimal::ZERO..=Decimal::ONE;
        for (key, value) in [
            ("tolerance.score", self.tolerance.score),
            ("tolerance.weight", self.tolerance.weight),
            ("tolerance.money", self.tolerance.money),
            ("tolerance.rate", self.tolerance.rate),
            ("reasons.execution_below", self.reasons.execution_below),
        ] {
            if value.is_some_and(|value| !unit.contains(&value)) {
                return Err((key, "应在 0 到 1 之间".to_owned()));
            }
        }
        if self
            .reasons
            .over_achievement
            .is_some_and(|threshold| threshold < Decimal::ONE)
        {
            return Err(("reasons.over_achievement", "应不小于 1".to_owned()));
        }
        Ok(())
    }
}

/// Returns the code of a rule, built in or one's own.
fn known_rule<'o>(name: &str, own: &'o OwnRules) -> Result<&'o str, String> {
    if let Some(rule) = rules::find(name) {
        return Ok(rule.code);
    }
    own.find(name).map(|rule| rule.code.as_str()).ok_or_else(|| {
        let tell = |rule: &Rule| format!("，是不是 {} {}？", rule.code, rule.title);
        let near = rules::nearest(name).map_or_else(|| "；全部规则请看 hebiao rules".to_owned(), tell);
        format!("没有“{name}”这条规则{near}")
    })
}

fn mistake(text: &str, key: &str, reason: String) -> SettingsError {
    TomlError::value(key, reason).in_file(text).into()
}

fn line_of_entry(text: &str, index: usize) -> Option<usize> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| line.trim_start().starts_with("[[suppress]]"))
        .nth(index)
        .map(|(line, _)| line + 1)
}
