//! `hebiao rules` and `hebiao explain`: the rules and their pages.

use hebiao::own_rules::{OwnRule, OwnRules};
use hebiao::rules::{self, Rule};
use hebiao::summary::rules as cross_rules;
use hebiao::summary::rules::CrossRule;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Stop;
use super::arguments::{Explain, Format, Rules, RulesCommand};
use super::exit::Outcome;
use super::explain_text::{MOST_COLUMNS, page_text};
use super::output::Output;
use super::text::{one_line, pad, terminal_width};
use super::{rules_check, settings_files};

#[derive(Debug, Serialize)]
struct RuleEntry<'a> {
    code: &'a str,
    rule: &'a str,
    title: &'a str,
    severity: hebiao::model::Severity,
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

impl From<&Rule> for RuleEntry<'_> {
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

impl<'a> From<&'a OwnRule> for RuleEntry<'a> {
    fn from(rule: &'a OwnRule) -> Self {
        Self {
            code: &rule.code,
            rule: &rule.slug,
            title: &rule.title,
            severity: rule.severity,
            for_review: false,
            level: rule.severity.title(),
        }
    }
}

impl From<&CrossRule> for RuleEntry<'_> {
    fn from(rule: &CrossRule) -> Self {
        Self {
            code: rule.code,
            rule: rule.slug,
            title: rule.title,
            severity: rule.severity,
            for_review: false,
            level: rule.severity.title(),
        }
    }
}

/// Lists every rule by code, those between tables and those of one's own too, or checks those of one's own.
pub fn list(arguments: &Rules) -> Result<Outcome, Stop> {
    if let Some(RulesCommand::Check(check)) = &arguments.command {
        return rules_check::run(check);
    }
    let own = settings_files::own_rules_here(&arguments.rules)?;
    let mut output = Output::plain();
    let of_one_table = rules::registry().iter().map(RuleEntry::from);
    let between_tables = cross_rules::registry().iter().map(RuleEntry::from);
    let of_ones_own = own.all().iter().map(RuleEntry::from);
    let mut entries: Vec<RuleEntry<'_>> = of_one_table.chain(between_tables).chain(of_ones_own).collect();
    entries.sort_by_key(|entry| entry.code);
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
    let built_in = rules::find(name)
        .map(|rule| rule.page)
        .or_else(|| cross_rules::find(name).map(|rule| rule.page));
    let own = match built_in {
        Some(_) => OwnRules::default(),
        None => settings_files::own_rules_here(&arguments.rules)?,
    };
    let page = built_in
        .or_else(|| own.find(name).map(|rule| rule.page.as_str()))
        .ok_or_else(|| Stop::Usage(format!("没有“{}”这条规则，{}", one_line(name), suggestion(name))))?;
    let page = page.trim_end();
    let text = if arguments.full {
        let legend = if page.contains("<<") || page.contains("^^") {
            "\n\n示例表中 << 表示与左边一格合并，^^ 表示与上面一格合并。"
        } else {
            ""
        };
        format!("{page}{legend}\n")
    } else {
        page_text(page, terminal_width().min(MOST_COLUMNS))
    };
    Output::new(arguments.color.color).print(&text)?;
    Ok(Outcome::default())
}

/// Returns what a person who wrote an unknown rule name may have meant.
fn suggestion(name: &str) -> String {
    let tell = |rule: &Rule| format!("{} {}（{}）", rule.code, rule.title, rule.slug);
    let word = name.trim();
    let is_named = |title: &str| !word.is_empty() && title.contains(word);
    let of_one_table = rules::registry().iter().filter(|rule| is_named(rule.title)).map(tell);
    let between_tables = cross_rules::registry().iter().filter(|rule| is_named(rule.title));
    let named: Vec<String> = of_one_table
        .chain(between_tables.map(|rule| format!("{} {}（{}）", rule.code, rule.title, rule.slug)))
        .collect();
    // A part of a title is no slip of the hand.
    if !named.is_empty() {
        return format!("名称里有“{word}”的是：{}", named.join("；"));
    }
    rules::nearest(name).map_or_else(
        || "全部规则请看 hebiao rules".to_owned(),
        |near| format!("是不是 {}？", tell(near)),
    )
}
