//! From words to a command; what clap finds wrong is said in one Chinese sentence.

use std::error::Error;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use hebiao::internals::nearest_name;

use super::arguments::{Arguments, Command};
use super::exit;
use super::output::{complain, error_line, print_help};

/// Where files that are given without a command are converted to.
const RESULTS: &str = "核对结果";
/// Words by which letters to units are asked for, which `summarize` writes.
const NOTICES: [&str; 6] = ["通知", "修改通知", "台账", "notify", "notice", "notices"];

// clap's own templates have English headings.
const MAIN: &str =
    "{name} {version}\n{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}{after-help}";
const COMMAND: &str = "{about}\n\n用法：{usage}\n\n参数：\n{positionals}\n\n选项：\n{options}{after-help}";
const COMMAND_WITHOUT_ARGUMENTS: &str = "{about}\n\n用法：{usage}\n\n选项：\n{options}{after-help}";
const COMMAND_WITH_COMMANDS: &str =
    "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}{after-help}";

/// Returns the command that the words ask for.
///
/// # Errors
/// The exit code when there is nothing left to run: help or version was printed (0), or the words are wrong (2).
pub fn parse(words: impl Iterator<Item = OsString>) -> Result<Command, ExitCode> {
    let command = command();
    match command
        .try_get_matches_from(words)
        .and_then(|matches| Arguments::from_arg_matches(&matches))
    {
        Ok(arguments) => Ok(arguments.command),
        Err(error) => Err(report(&error)),
    }
}

/// Returns the program's version.
pub const fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Returns the words with what they leave out: files or folders alone are to be converted into a folder beside them,
/// and `help` is asked for as an option.
pub(super) fn in_full(mut words: Vec<OsString>) -> Vec<OsString> {
    let Some(first) = words.get(1).cloned() else {
        return words;
    };
    if first == "help" || first == "帮助" {
        words.remove(1);
        words.push("--help".into());
        return words;
    }
    let is_command = first.to_str().is_some_and(|first| {
        let is_name =
            |command: &clap::Command| command.get_name() == first || command.get_all_aliases().any(|it| it == first);
        command().get_subcommands().any(is_name)
    });
    let given = words.get(1..).unwrap_or_default();
    let are_there = given.iter().all(|word| Path::new(word).exists());
    if is_command || !are_there {
        return words;
    }
    let beside = Path::new(&first).parent().unwrap_or(Path::new("")).join(RESULTS);
    words.insert(1, "convert".into());
    words.extend(["--force".into(), "--output".into(), beside.into_os_string()]);
    words
}

/// Returns the definition of the command line, its help in Chinese.
pub fn command() -> clap::Command {
    Arguments::command().help_template(MAIN).mut_subcommands(with_template)
}

fn with_template(command: clap::Command) -> clap::Command {
    let template = if command.has_subcommands() {
        COMMAND_WITH_COMMANDS
    } else if command.get_positionals().next().is_some() {
        COMMAND
    } else {
        COMMAND_WITHOUT_ARGUMENTS
    };
    command
        .help_template(template)
        .disable_help_subcommand(true)
        .mut_subcommands(with_template)
}

fn report(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print_help(&error.render().ansi().to_string());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            complain(error.render().to_string().trim_end());
            exit::USAGE.into()
        }
        _ => {
            let sentence = sentence(error);
            let end = if sentence.ends_with('？') { "" } else { "。" };
            complain(&error_line(&format!("{sentence}{end}用法请看 hebiao --help")));
            exit::USAGE.into()
        }
    }
}

/// Returns what is wrong, without a full stop.
fn sentence(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(texts).unwrap_or_default();
    let first = |kind| context(kind).into_iter().next().unwrap_or_default();
    // clap lists suggestions from the least to the most likely.
    let likeliest = |kind| context(kind).pop().unwrap_or_default();
    let option = first(ContextKind::InvalidArg);
    let value = first(ContextKind::InvalidValue);
    let allowed = context(ContextKind::ValidValue).join("、");
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{option} 后面缺少值{}", choices(&allowed)),
        ErrorKind::InvalidValue => format!("{option} 不能取“{value}”{}", choices(&allowed)),
        // An argument's own parser says what it wants.
        ErrorKind::ValueValidation => match error.source() {
            Some(wanted) => format!("{option} 不能取“{value}”，{wanted}"),
            None => format!("{option} 不能取“{value}”"),
        },
        ErrorKind::UnknownArgument => {
            format!(
                "没有“{option}”这个选项{}",
                perhaps(&likeliest(ContextKind::SuggestedArg))
            )
        }
        ErrorKind::InvalidSubcommand => {
            let name = first(ContextKind::InvalidSubcommand);
            no_command(&name, &likeliest(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::MissingRequiredArgument => {
            let missing = context(ContextKind::InvalidArg).join("、").replace("...", "…");
            let example = if missing.ends_with("--output <目录>") {
                format!("，如 -o {RESULTS}")
            } else {
                String::new()
            };
            format!("缺少 {missing}{example}")
        }
        ErrorKind::ArgumentConflict => format!("{option} 只能写一次"),
        ErrorKind::InvalidUtf8 => "参数中有无法识别的字符".to_owned(),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{option} 后面缺少值")
        }
        ErrorKind::TooManyValues => format!("{option} 不带值，或值太多"),
        _ => format!("{option} 写法有误"),
    }
}

/// Returns what a word that is no command may have been meant for.
fn no_command(name: &str, suggestion: &str) -> String {
    if NOTICES.contains(&name) {
        return format!("没有“{name}”这个命令，写修改通知请用 hebiao summarize <文件夹> --notices <写到哪个文件夹>");
    }
    let path = Path::new(name);
    let is_there = path.exists();
    if let Some(near) = nearest_name(path).filter(|_| !is_there && suggestion.is_empty()) {
        return format!("没有“{name}”这个命令，也没有这个文件或文件夹；这里有“{near}”，要的可能是它");
    }
    if name.ends_with(".toml") {
        return format!("缺少命令，检查表式文件请写 hebiao forms check {name}");
    }
    if is_there || name.contains(['.', '/', '\\']) {
        return format!("缺少命令，核对文件请写 hebiao check {name}");
    }
    format!("没有“{name}”这个命令{}", perhaps(suggestion))
}

fn texts(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(text) => vec![text.clone()],
        ContextValue::Strings(texts) => texts.clone(),
        ContextValue::StyledStr(text) => vec![text.to_string()],
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect(),
        ContextValue::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

fn choices(allowed: &str) -> String {
    if allowed.is_empty() {
        String::new()
    } else {
        format!("，可以是：{allowed}")
    }
}

fn perhaps(suggestion: &str) -> String {
    if suggestion.is_empty() {
        String::new()
    } else {
        format!("，是不是 {suggestion}？")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        command().debug_assert();
    }

    #[test]
    fn wrong_words_are_explained_in_chinese() {
        let cases: [(&[&str], &str); 10] = [
            (&["表.xlsx"], "缺少命令，核对文件请写 hebiao check 表.xlsx"),
            (&["chek", "表.xlsx"], "没有“chek”这个命令，是不是 check？"),
            (&["check"], "缺少 <文件>…"),
            (
                &["check", "--format", "xml", "表.xlsx"],
                "--format <格式> 不能取“xml”，可以是：text、json、ndjson",
            ),
            (
                &["check", "--fail-on"],
                "--fail-on <级别> 后面缺少值，可以是：error、warning、info、never",
            ),
            (
                &["check", "--colour", "never", "表.xlsx"],
                "没有“--colour”这个选项，是不是 --color？",
            ),
            (&["convert", "表.xlsx"], "缺少 --output <目录>，如 -o 核对结果"),
            (
                &["通知", "县报送"],
                "没有“通知”这个命令，写修改通知请用 hebiao summarize <文件夹> --notices <写到哪个文件夹>",
            ),
            (
                &["check", "--format", "json", "--format", "text", "表.xlsx"],
                "--format <格式> 只能写一次",
            ),
            (&["explain", "A01", "A02"], "没有“A02”这个选项"),
        ];
        for (words, expected) in cases {
            let error = command()
                .try_get_matches_from(["hebiao"].iter().chain(words))
                .unwrap_err();
            assert_eq!(sentence(&error), expected, "{words:?}");
        }
    }

    #[test]
    fn help_is_wholly_in_chinese() {
        let mut all = command();
        all.build();
        let mut pages = vec![all.render_long_help().to_string()];
        for command in all.get_subcommands_mut() {
            pages.push(command.render_long_help().to_string());
            let inner = command.get_subcommands_mut();
            pages.extend(inner.map(|command| command.render_long_help().to_string()));
        }
        for page in pages {
            for word in [
                "Usage",
                "Options",
                "Arguments",
                "Commands",
                "Print",
                "default:",
                "possible",
                "OPTIONS",
            ] {
                assert!(!page.contains(word), "{word} in\n{page}");
            }
        }
    }
}
