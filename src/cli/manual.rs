//! `hebiao completions` and `hebiao man`: what shells and `man` know of the program, from the one definition of its
//! commands.

use std::io;

use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::Stop;
use super::arguments::{CompletedShell, Completions};
use super::exit::Outcome;
use super::output::Output;
use super::usage;

const NAME: &str = "hebiao";
/// The library's headings, and those of a Chinese page.
const HEADINGS: [(&str, &str); 6] = [
    ("NAME", "名称"),
    ("SYNOPSIS", "用法"),
    ("DESCRIPTION", "说明"),
    ("OPTIONS", "选项"),
    ("SUBCOMMANDS", "命令"),
    ("EXTRA", "其他"),
];

/// Prints the completions of one shell.
pub fn completions(arguments: &Completions) -> Result<Outcome, Stop> {
    let shell = match arguments.shell {
        CompletedShell::Bash => Shell::Bash,
        CompletedShell::Zsh => Shell::Zsh,
        CompletedShell::Fish => Shell::Fish,
        CompletedShell::Powershell => Shell::PowerShell,
    };
    let mut script = Vec::new();
    generate(shell, &mut for_people(), NAME, &mut script);
    Output::plain().print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::default())
}

/// Prints the manual page.
pub fn page() -> Result<Outcome, Stop> {
    let text = manual().map_err(Stop::Output)?;
    Output::plain().print(&text)?;
    Ok(Outcome::default())
}

/// Returns the whole page: the program, then each command with its options.
fn manual() -> io::Result<String> {
    let mut command = for_people();
    command.build();
    let main = Man::new(command.clone()).manual("核表手册").source(usage::version());
    let mut page = Vec::new();
    main.render_title(&mut page)?;
    main.render_name_section(&mut page)?;
    main.render_synopsis_section(&mut page)?;
    main.render_subcommands_section(&mut page)?;
    main.render_options_section(&mut page)?;
    if command.get_after_help().is_some() {
        main.render_extra_section(&mut page)?;
    }
    for under in command.get_subcommands() {
        put_command(&mut page, under, &format!("{NAME} {}", under.get_name()))?;
    }
    Ok(translated(&String::from_utf8_lossy(&page)))
}

/// Appends a command under a heading of its own, then the commands below it.
fn put_command(page: &mut Vec<u8>, command: &Command, words: &str) -> io::Result<()> {
    page.extend(format!(".SH \"{words}\"\n").bytes());
    if let Some(about) = command.get_about() {
        page.extend(format!("{}\n", escaped(&about.to_string())).bytes());
    }
    let mut options = Vec::new();
    Man::new(command.clone()).render_options_section(&mut options)?;
    page.extend(String::from_utf8_lossy(&options).replace(".SH OPTIONS\n", "").bytes());
    for under in command.get_subcommands() {
        put_command(page, under, &format!("{words} {}", under.get_name()))?;
    }
    Ok(())
}

/// Returns a text as roff takes it: nothing in it is a request.
fn escaped(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let line = line.replace('\\', "\\\\").replace('-', "\\-");
            if line.starts_with(['.', '\'']) {
                format!("\\&{line}")
            } else {
                line
            }
        })
        .collect();
    lines.join("\n")
}

/// Gives the library's own words in Chinese; a command is a chapter here, not a page of its own.
fn translated(page: &str) -> String {
    let page = page.replace("[\\fIsubcommands\\fR]", "<命令>");
    let lines = page.lines().map(|line| {
        let page_of_its_own = line.strip_prefix("hebiao\\-").and_then(|rest| rest.strip_suffix("(1)"));
        if let Some(name) = page_of_its_own {
            return format!("hebiao {name}");
        }
        let heading = line.strip_prefix(".SH ").map(|heading| heading.trim_matches('"'));
        let chinese = HEADINGS.iter().find(|(english, _)| heading == Some(english));
        chinese.map_or_else(|| line.to_owned(), |(_, chinese)| format!(".SH {chinese}"))
    });
    lines.map(|line| line + "\n").collect()
}

/// Returns the definition without the commands that are not for people.
fn for_people() -> Command {
    let all = usage::command();
    let visible = all.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let mut command = Command::new(NAME)
        .version(usage::version())
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(all.get_arguments().cloned())
        .subcommands(visible);
    if let Some(about) = all.get_about() {
        command = command.about(about.clone());
    }
    if let Some(after) = all.get_after_help() {
        command = command.after_help(after.clone());
    }
    command
}
