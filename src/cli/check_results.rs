//! `hebiao check --output`: the results file that is added to, and gone on with.

use std::fs::File;
use std::io::{self, Write};

use hebiao::batch::{Results, ResultsError};
use hebiao::files::{OutputError, ProtectedInputs, fill_new_file, refuse_new_file};

use super::Stop;
use super::arguments::{Check, CheckFormat};
use super::check::KnownLine;
use super::output::Output;

/// The mark and the first line of a text, by which a later run knows it for its own.
const TEXT_HEAD: &str = "\u{feff}# 核对结果\n\n";

/// Refuses options that do not go together.
pub fn refuse_wrong_use(arguments: &Check) -> Result<(), Stop> {
    let refuse = |message: &str| Err(Stop::Usage(message.to_owned()));
    if arguments.force && (arguments.output.is_none() || arguments.format == CheckFormat::Ndjson) {
        return refuse("--force 只用于把文字或 json 写到 --output");
    }
    if let Some(output) = &arguments.output {
        let extension = output
            .extension()
            .and_then(|it| it.to_str())
            .map(str::to_ascii_lowercase);
        if extension
            .as_deref()
            .is_some_and(|it| ["xlsx", "xls", "docx", "csv"].contains(&it))
        {
            return refuse(
                "check 写不出这种文件；要工作簿请用 hebiao convert 或 hebiao summarize，或者把 --output 的扩展名改成 .txt、.json",
            );
        }
        let by_extension = match extension.as_deref() {
            Some("json") => Some(CheckFormat::Json),
            Some("ndjson" | "jsonl") => Some(CheckFormat::Ndjson),
            _ => None,
        };
        if by_extension.is_some_and(|it| it != arguments.format) {
            return refuse("--output 的扩展名与 --format 不一致；请加上相应的 --format，或把扩展名改成 .txt");
        }
    }
    if !arguments.resume {
        return Ok(());
    }
    if arguments.output.is_none() {
        return refuse("--resume 要与 --format ndjson --output 同用，接着写那个结果文件");
    }
    let shown = &arguments.shown;
    if shown.min_severity.is_some() || !shown.select.is_empty() || !shown.ignore.is_empty() {
        return refuse("--resume 不能与 --min-severity、--select、--ignore 同用：上次的结果也许是按别的选项写的");
    }
    let depends_on_all = arguments.baseline.is_some()
        || arguments.write_baseline.is_some()
        || !arguments.explanations.filled_in.is_empty();
    if depends_on_all {
        return refuse("--resume 不能与 --baseline、--write-baseline、--explanations 同用：它们要把全部文件核对一遍");
    }
    Ok(())
}

/// Opens the results file, when there is to be one.
pub fn open(arguments: &Check, protected: &ProtectedInputs) -> Result<Option<Results<KnownLine>>, Stop> {
    let Some(path) = arguments
        .output
        .as_ref()
        .filter(|_| arguments.format == CheckFormat::Ndjson)
    else {
        return Ok(None);
    };
    if protected.contains(path) {
        return Err(Stop::Usage(OutputError::IsInput(path.clone()).to_string()));
    }
    let results = if arguments.resume {
        Results::resume(path, |report| KnownLine::of(report, arguments.fail_on.fail_on))
    } else {
        Results::create(path)
    };
    results.map(Some).map_err(refused)
}

/// Writes what `check` says as a text or one document, whole.
pub fn write_held(arguments: &Check, output: Output, protected: &ProtectedInputs) -> Result<(), Stop> {
    let Some((path, mut held)) = arguments
        .output
        .as_ref()
        .zip(output.into_held().map_err(Stop::temporary)?)
    else {
        return Ok(());
    };
    let fill = |file: &mut File| {
        // Programs of Windows take a text without the mark for something else.
        if arguments.format == CheckFormat::Text {
            file.write_all(TEXT_HEAD.as_bytes())?;
        }
        io::copy(&mut held, file).map(drop)
    };
    fill_new_file(path, arguments.force, protected, fill).map_err(|error| Stop::Usage(error.to_string()))
}

/// Refuses an output that may not be written, before the work begins.
pub fn refuse_held(arguments: &Check, protected: &ProtectedInputs) -> Result<(), Stop> {
    match &arguments.output {
        Some(path) if arguments.format != CheckFormat::Ndjson => {
            refuse_new_file(path, arguments.force, protected).map_err(|error| Stop::Usage(error.to_string()))
        }
        _ => Ok(()),
    }
}

/// Returns a results file that cannot be used stops the run.
#[allow(clippy::needless_pass_by_value)]
pub fn refused(error: ResultsError) -> Stop {
    Stop::Usage(error.to_string())
}

/// Returns how to go on after a stop.
pub const fn way_on(arguments: &Check) -> &'static str {
    if arguments.output.is_some() {
        "要接着做，请用同样的命令加上 --resume 再运行一次。"
    } else {
        "要能接着做，请用 --format ndjson --output 结果文件，停下后加 --resume 再运行。"
    }
}
