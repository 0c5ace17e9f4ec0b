//! `hebiao config show`: what holds for an input, and where it comes from.

use std::path::{Path, PathBuf};

use hebiao::internals::plain;
use hebiao::rules;
use hebiao::standard::RuleLevel;
use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::Stop;
use super::arguments::{Config, ConfigCommand, ConfigShow};
use super::exit::Outcome;
use super::output::Output;
use super::profiles;
use super::session::CheckProfile;
use super::settings_files::SETTINGS_FILE;
use super::text::pad;

/// One thing that holds.
#[derive(Debug)]
struct Entry {
    key: String,
    value: String,
    from: String,
}

/// Runs one of the commands under `config`.
pub fn run(arguments: &Config) -> Result<Outcome, Stop> {
    match &arguments.command {
        ConfigCommand::Show(show) => run_show(show),
    }
}

fn run_show(arguments: &ConfigShow) -> Result<Outcome, Stop> {
    let file = arguments.file.clone().unwrap_or_else(|| PathBuf::from(SETTINGS_FILE));
    let profile = profiles::of_file(&file, &arguments.basis)?;
    let entries = entries(&profile, arguments);
    let mut text = match &profile.origin {
        Some(path) => format!("设置文件：{}\n", path.display()),
        None => format!("设置文件：没有（找的是 {SETTINGS_FILE}）\n"),
    };
    let width = |of: fn(&Entry) -> &str| entries.iter().map(|entry| of(entry).width()).max().unwrap_or_default();
    let (keys, values) = (width(|entry| &entry.key), width(|entry| &entry.value));
    for entry in &entries {
        text.push_str(&format!(
            "{}  {}  {}\n",
            pad(&entry.key, keys),
            pad(&entry.value, values),
            entry.from
        ));
    }
    for entry in &profile.settings.suppress {
        let until = entry.expires.map_or_else(String::new, |date| format!("，到 {date}"));
        text.push_str(&format!(
            "忽略 {}  {}  {}：{}{until}\n",
            entry.rule, entry.table, entry.field, entry.reason
        ));
    }
    Output::plain().print(&text)?;
    Ok(Outcome::default())
}

fn entries(profile: &CheckProfile, arguments: &ConfigShow) -> Vec<Entry> {
    let (settings, standard) = (&profile.settings, &profile.standard);
    let of_settings = profile
        .origin
        .as_deref()
        .map(Path::display)
        .map(|path| path.to_string());
    let of_settings = of_settings.unwrap_or_default();
    let of_standard = format!("标准 {}", standard.name());
    let from = |is_set: bool| {
        if is_set {
            of_settings.clone()
        } else {
            of_standard.clone()
        }
    };
    let standard_from = if arguments.basis.standard.standard.is_some() {
        "--standard".to_owned()
    } else if settings.standard.is_some() {
        of_settings.clone()
    } else {
        let picked: Vec<&str> = profile.picked.iter().map(|standard| standard.name()).collect();
        format!("默认；按表的类型、年度也选用 {}", picked.join("、"))
    };
    let mut entries = vec![Entry {
        key: "standard".to_owned(),
        value: standard.name().to_owned(),
        from: standard_from,
    }];
    let folders = settings
        .forms
        .iter()
        .map(|folder| (folder.clone(), of_settings.clone()));
    let options = arguments.basis.forms.folders.iter();
    let options = options.map(|folder| (folder.display().to_string(), "--forms".to_owned()));
    for (value, from) in folders.chain(options) {
        entries.push(Entry {
            key: "forms".to_owned(),
            value,
            from,
        });
    }
    let folders = settings
        .rules
        .iter()
        .map(|folder| (folder.clone(), of_settings.clone()));
    let options = arguments.basis.rules.folders.iter();
    let options = options.map(|folder| (folder.display().to_string(), "--rules".to_owned()));
    for (value, from) in folders.chain(options) {
        entries.push(Entry {
            key: "rules".to_owned(),
            value,
            from,
        });
    }
    entries.extend(settings.evidence.iter().map(|folder| Entry {
        key: "evidence".to_owned(),
        value: folder.clone(),
        from: of_settings.clone(),
    }));
    let own = &settings.tolerance;
    let reasons = &settings.reasons;
    let figures: [(&str, Option<Decimal>, bool); 6] = [
        ("tolerance.score", Some(standard.tolerance().score), own.score.is_some()),
        (
            "tolerance.weight",
            Some(standard.tolerance().weight),
            own.weight.is_some(),
        ),
        ("tolerance.money", Some(standard.tolerance().money), own.money.is_some()),
        ("tolerance.rate", Some(standard.tolerance().rate), own.rate.is_some()),
        (
            "reasons.execution_below",
            standard.execution().reason_below,
            reasons.execution_below.is_some(),
        ),
        (
            "reasons.over_achievement",
            Some(standard.over_achievement().threshold),
            reasons.over_achievement.is_some(),
        ),
    ];
    for (key, value, is_set) in figures {
        entries.push(Entry {
            key: key.to_owned(),
            value: value.map_or("不要求".to_owned(), plain),
            from: from(is_set),
        });
    }
    for (code, level) in standard.severity() {
        let is_own = profile.named_standard.severity().get(code) != Some(level);
        let of_ones_own = || profile.rules.find(code).map(|rule| rule.title.as_str());
        let title = rules::find(code)
            .map(|rule| rule.title)
            .or_else(of_ones_own)
            .unwrap_or_default();
        entries.push(Entry {
            key: format!("severity.{code}"),
            value: format!("{}（{title}）", level_title(*level)),
            from: from(is_own),
        });
    }
    entries
}

const fn level_title(level: RuleLevel) -> &'static str {
    match level.severity() {
        Some(severity) => severity.title(),
        None => "不报",
    }
}
