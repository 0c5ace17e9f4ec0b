//! `hebiao rules` and `hebiao explain`: the rules and their pages.

use hebiao::rules::{self, Rule};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Stop;
use super::arguments::{Explain, Format, Rules};
use super::exit::Outcome;
use super::output::Output;
use super::text::{one_line, pad};

#[derive(Debug, Serialize)]
struct RuleEntry {
    code: &'static str,
    rule: &'static str,
    title: &'static str,
    severity: hebiao::report::Severity,
    #[serde(skip_serializing_if = "is_no_review")]
    for_review: bool,
    #[serde(skip)]
    level: &'static str,
}

// The serializer hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_no_review(for_review: &bool) -> bool {
    !*for_review
}

impl From<&Rule> for RuleEntry {
    fn from(rule: &Rule) -> Self {
        Self {
            code: rule.code,
            rule: rule.slug,
            title: rule.title,
            severity: rule.severity,
            for_review: rule.is_for_review(),
            level: rule.level_title(),
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
            let levels = entries
                .iter()
                .map(|entry| entry.level.width())
                .max()
                .unwrap_or_default();
            let lines = entries.iter().map(|entry| {
                format!(
                    "{}  {}  {}  {}\n",
                    entry.code,
                    pad(entry.level, levels),
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
    let rule = rules::find(name)
        .ok_or_else(|| Stop::Usage(format!("没有“{}”这条规则，{}", one_line(name), suggestion(name))))?;
    let page = rule.page.trim_end();
    let legend = if page.contains("<<") || page.contains("^^") {
        "\n\n示例表中 << 表示与左边一格合并，^^ 表示与上面一格合并。"
    } else {
        ""
    };
    Output::plain().print(&format!("{page}{legend}\n"))?;
    Ok(Outcome::default())
}

/// What a person who wrote an unknown rule name may have meant.
fn suggestion(name: &str) -> String {
    let tell = |rule: &Rule| format!("{} {}（{}）", rule.code, rule.title, rule.slug);
    if let Some(near) = rules::nearest(name) {
        return format!("是不是 {}？", tell(near));
    }
    let word = name.trim();
    let named: Vec<String> = rules::registry()
        .iter()
        .filter(|rule| !word.is_empty() && rule.title.contains(word))
        .map(tell)
        .collect();
    if named.is_empty() {
        "全部规则请看 hebiao rules".to_owned()
    } else {
        format!("名称里有“{word}”的是：{}", named.join("；"))
    }
}
