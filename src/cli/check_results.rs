//! `hebiao check --output`: the results file that is added to, and gone on with.

use hebiao::batch::{Results, ResultsError};
use hebiao::files::{OutputError, ProtectedInputs};

use super::Stop;
use super::arguments::{Check, CheckFormat};
use super::exit::Outcome;

/// Refuses options that do not go together.
pub fn refuse_wrong_use(arguments: &Check) -> Result<(), Stop> {
    let refuse = |message: &str| Err(Stop::Usage(message.to_owned()));
    if arguments.output.is_some() && arguments.format != CheckFormat::Ndjson {
        return refuse("--output 只用于 --format ndjson；文字和 json 请用 > 写到文件");
    }
    if !arguments.resume {
        return Ok(());
    }
    if arguments.output.is_none() {
        return refuse("--resume 要与 --format ndjson --output 同用，接着写那个结果文件");
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
pub fn open(arguments: &Check, protected: &ProtectedInputs) -> Result<Option<Results<Outcome>>, Stop> {
    let Some(path) = &arguments.output else {
        return Ok(None);
    };
    if protected.contains(path) {
        return Err(Stop::Usage(OutputError::IsInput(path.clone()).to_string()));
    }
    let results = if arguments.resume {
        Results::resume(path, |report| {
            let mut outcome = Outcome::default();
            outcome.add(report, arguments.fail_on.fail_on);
            outcome
        })
    } else {
        Results::create(path)
    };
    results.map(Some).map_err(refused)
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
