//! `hebiao rules` and `hebiao explain`: the rules and their pages.

use hebiao::rules::{self, Rule};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Stop;
use super::arguments::{Explain, Format, Rules};
use super::exit::Outcome;
use super::output::Output;
use super::text::pad;

#[derive(Debug, Serialize)]
struct RuleEntry {
    code: &'static str,
    rule: &'static str,
    title: &'static str,
    severity: hebiao::report::Severity,
}

impl From<&Rule> for RuleEntry {
    fn from(rule: &Rule) -> Self {
        Self {
            code: rule.code,
            rule: rule.slug,
            title: rule.title,
            severity: rule.severity,
        }
    }
}

/// Lists every rule.
pub fn list(arguments: &Rules) -> Result<Outcome, Stop> {
    let mut output = Output::plain();
    let entries: Vec<RuleEntry> = rules::registry().iter().map(RuleEntry::from).collect();
    match arguments.format.format {
        Format::Json => output.json(&entries)?,
        Format::Text => {
            let titles = entries
                .iter()
                .map(|entry| entry.title.width())
                .max()
                .unwrap_or_default();
            let lines = entries.iter().map(|entry| {
                format!(
                    "{}  {}  {}  {}\n",
                    entry.code,
                    entry.severity.title(),
                    pad(entry.title, titles),
                    entry.rule
                )
            });
            output.print(&lines.collect::<String>())?;
        }
    }
    Ok(Outcome::default())
}

/// Prints one rule's page.
pub fn explain(arguments: &Explain) -> Result<Outcome, Stop> {
    let name = &arguments.rule;
    let Some(rule) = rules::find(name) else {
        let hint = rules::nearest(name).map_or_else(
            || "全部规则请看 hebiao rules".to_owned(),
            |near| format!("是不是 {} {}（{}）？", near.code, near.title, near.slug),
        );
        return Err(Stop::Usage(format!("没有“{name}”这条规则，{hint}")));
    };
    Output::plain().print(&format!("{}\n", rule.page.trim_end()))?;
    Ok(Outcome::default())
}
