//! The command line: arguments, terminal, files on disk and exit codes. It knows nothing of how tables are read or scored.

mod arguments;
mod baseline_file;
mod batch;
mod check;
mod check_results;
mod config;
mod convert;
mod convert_artifacts;
mod convert_index;
mod convert_paths;
mod diff;
mod diff_folders;
mod diff_folders_text;
mod diff_text;
mod evidence_files;
mod exit;
mod explain_text;
mod explanations;
mod finding_lists;
mod findings;
mod form_files;
mod forms;
mod forms_check;
mod forms_learn;
mod forms_text;
mod input;
mod inspect;
mod inspect_text;
mod inspect_titles;
mod manual;
mod output;
mod overview;
mod profiles;
mod progress;
mod reference_files;
mod report_copies;
mod report_files;
mod rule_files;
mod rules;
mod rules_check;
mod schema;
mod session;
mod settings_files;
mod shown;
mod standards;
mod summarize;
mod summarize_others;
mod summarize_sources;
mod tally;
mod template;
mod text;
mod usage;
mod window;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use arguments::Command;
use output::{complain, error_line};

use crate::isolate;

/// Runs one command line and gives the exit code that the contract fixes.
pub fn run(words: impl Iterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.collect();
    let in_full = usage::in_full(words.clone());
    let is_alone = window::is_started_alone(&words, &in_full);
    let code = run_words(in_full);
    if is_alone {
        window::keep_open();
    }
    code
}

fn run_words(words: Vec<OsString>) -> ExitCode {
    let command = match usage::parse(words.into_iter()) {
        Ok(command) => command,
        Err(exit) => return exit,
    };
    let result = match command {
        Command::Check(arguments) => check::run(arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Summarize(arguments) => summarize::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Template(arguments) => template::run(&arguments),
        Command::Forms(arguments) => forms::run(&arguments),
        Command::Standards(arguments) => standards::run(&arguments),
        Command::Config(arguments) => config::run(&arguments),
        Command::Rules(arguments) => rules::list(&arguments),
        Command::Explain(arguments) => rules::explain(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => manual::completions(&arguments),
        Command::Man => manual::page(),
        Command::ReadWorkbook => isolate::serve().map(|()| exit::Outcome::default()).map_err(Stop::from),
    };
    isolate::dismiss();
    match result {
        Ok(outcome) => outcome.code(),
        Err(Stop::Output(error)) => {
            let cause = match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "，磁盘已满",
                io::ErrorKind::ReadOnlyFilesystem => "，磁盘是只读的",
                io::ErrorKind::PermissionDenied => "，没有写入的权限",
                _ => "",
            };
            complain(&error_line(&format!("结果写不出去{cause}；请换一个位置再试。")));
            exit::USAGE.into()
        }
        Err(Stop::Usage(message)) => {
            complain(&error_line(&message));
            exit::USAGE.into()
        }
        Err(Stop::Refused(messages)) => {
            for message in messages {
                complain(&error_line(&message));
            }
            exit::USAGE.into()
        }
    }
}

/// What ends a command before its work is done.
#[derive(Debug)]
pub enum Stop {
    /// Standard output refused to take the result.
    Output(io::Error),
    /// The command line, or something about the machine, does not allow the work; one Chinese sentence.
    Usage(String),
    /// Files that the program was to go by are wrong; one Chinese sentence for each mistake.
    Refused(Vec<String>),
}

impl Stop {
    /// Returns what to say where what waits on disk cannot be written or read back.
    // The reason is for a person: what the system says of a file without a name helps nobody.
    #[allow(clippy::needless_pass_by_value)]
    pub fn temporary(error: io::Error) -> Self {
        Self::Usage(match error.kind() {
            io::ErrorKind::StorageFull => "临时文件写不下了：磁盘空间不足，请清理磁盘后重试".to_owned(),
            _ => "读写临时文件时磁盘出错，请检查磁盘后重试".to_owned(),
        })
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
