//! Colours. They repeat what the words say and never say more.

use anstyle::{AnsiColor, Style};
use hebiao::model::Severity;

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Returns a heading.
pub fn bold(text: &str) -> String {
    paint(Style::new().bold(), text)
}

/// Returns a side remark.
pub fn dim(text: &str) -> String {
    paint(Style::new().dimmed(), text)
}

/// Returns a text in the colour of a finding's level.
pub fn level(severity: Severity, text: &str) -> String {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    paint(color.on_default().bold(), text)
}
