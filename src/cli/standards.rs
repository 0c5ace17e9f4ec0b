//! `hebiao standards`, and the standard that `--standard` names.

use std::path::Path;

use hebiao::standard::Standard;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::arguments::{Format, Standards};
use super::exit::Outcome;
use super::output::Output;
use super::text::{one_line, pad};
use super::{Stop, input};

#[derive(Debug, Serialize)]
struct StandardEntry {
    name: String,
    title: String,
    document: String,
    year: i32,
    extends: Option<String>,
}

/// Lists the built-in standards, or prints one as it is written.
pub fn run(arguments: &Standards) -> Result<Outcome, Stop> {
    let mut output = Output::plain();
    if let Some(name) = &arguments.name {
        let source = Standard::source(name).ok_or_else(|| Stop::Usage(unknown(name)))?;
        match arguments.format.format {
            Format::Text => output.print(source)?,
            Format::Json => output.json(&Standard::built_in(name).map(entry))?,
        }
        return Ok(Outcome::default());
    }
    let entries: Vec<StandardEntry> = Standard::names()
        .into_iter()
        .filter_map(Standard::built_in)
        .map(entry)
        .collect();
    match arguments.format.format {
        Format::Json => output.json(&entries)?,
        Format::Text => {
            let width = |of: fn(&StandardEntry) -> &str| entries.iter().map(|entry| of(entry).width()).max();
            let names = width(|entry| &entry.name).unwrap_or_default();
            let titles = width(|entry| &entry.title).unwrap_or_default();
            let lines = entries.iter().map(|entry| {
                format!(
                    "{}  {}  {}\n",
                    pad(&entry.name, names),
                    pad(&entry.title, titles),
                    entry.document
                )
            });
            output.print(&lines.collect::<String>())?;
        }
    }
    Ok(Outcome::default())
}

/// Returns the standard that was asked for: a built-in one by its name, or a file's.
///
/// # Errors
/// When there is no such standard, or the file is no standard.
pub fn chosen(wanted: &Path) -> Result<Standard, Stop> {
    if let Some(standard) = wanted.to_str().and_then(Standard::named) {
        return Ok(standard);
    }
    from_file(wanted).map_err(|message| Stop::Refused(vec![message]))
}

fn from_file(path: &Path) -> Result<Standard, String> {
    let shown = input::shown(path);
    let is_file_name = path.extension().is_some() || path.components().count() > 1;
    if !is_file_name && !path.exists() {
        return Err(unknown(&shown));
    }
    let text = input::read_settings(path, "评价标准文件")?;
    Standard::from_toml(&text).map_err(|error| format!("{shown}：{error}"))
}

fn unknown(name: &str) -> String {
    // People know a standard by its title: 江西.
    let titled = Standard::names().into_iter().filter_map(|known| {
        let title = Standard::named(known)?.title().to_owned();
        title.contains(name).then(|| format!("{known}（{title}）"))
    });
    let titled: Vec<String> = titled.collect();
    let perhaps = if titled.is_empty() {
        String::new()
    } else {
        format!("，是不是 {}", titled.join("、"))
    };
    format!(
        "没有“{}”这个评价标准{perhaps}；内置的有 {}，也可以给出自己写的 .toml 文件",
        one_line(name),
        Standard::names().join("、")
    )
}

fn entry(standard: &Standard) -> StandardEntry {
    StandardEntry {
        name: standard.name().to_owned(),
        title: standard.title().to_owned(),
        document: standard.document().to_owned(),
        year: standard.year(),
        extends: standard.extends().map(str::to_owned),
    }
}
