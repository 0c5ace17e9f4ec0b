//! `hebiao check`: checks each file and prints what was found.

use hebiao::report::{FileStatus, Report};
use hebiao::settings::Baseline;

use super::Stop;
use super::arguments::{Check, CheckFormat};
use super::exit::Outcome;
use super::explanations::FilledIn;
use super::findings::{self, Tally, Wanted};
use super::output::Output;
use super::session;
use super::text::terminal_width;

/// Checks the files in the order given.
pub fn run(arguments: &Check) -> Result<Outcome, Stop> {
    let grounds = session::grounds(&arguments.files.files, &arguments.basis)?;
    let mut baseline = arguments.baseline.as_deref().map(session::baseline).transpose()?;
    let mut filled_in = FilledIn::load(&arguments.explanations, &arguments.files.files)?;
    let mut found = Baseline::default();
    let mut statuses = Vec::new();
    let mut outcome = Outcome::default();
    let mut output = match arguments.format {
        CheckFormat::Text => Output::new(arguments.color.color),
        CheckFormat::Json | CheckFormat::Ndjson => Output::plain(),
    };
    let wanted = Wanted {
        quiet: arguments.quiet,
        trace: arguments.trace,
        width: terminal_width(),
    };
    let mut tally = Tally::default();
    let mut files = Vec::new();
    for (path, ground) in arguments.files.files.iter().zip(&grounds) {
        let checked = ground.check(path, baseline.as_mut(), &mut filled_in);
        statuses.push(checked.report.status);
        if arguments.write_baseline.is_some() {
            found.add(&checked.report);
        }
        outcome.add(&checked.report, arguments.fail_on.fail_on);
        match arguments.format {
            CheckFormat::Text => {
                tally.add(&checked.report);
                if matches!(checked.report.status, FileStatus::Clean | FileStatus::Findings) {
                    output.print(&findings::file_text(&checked.report, wanted))?;
                }
            }
            CheckFormat::Ndjson => output.json_line(&checked.report)?,
            CheckFormat::Json => files.push(checked.report),
        }
    }
    match arguments.format {
        CheckFormat::Text if arguments.quiet == 0 => output.print(&format!("{}\n", tally.line()))?,
        CheckFormat::Json => output.json(&Report::new(files))?,
        CheckFormat::Text | CheckFormat::Ndjson => {}
    }
    session::report_unused(&grounds, &statuses);
    filled_in.report(&statuses);
    if let Some(path) = &arguments.write_baseline {
        let read = arguments.files.files.iter().chain(&arguments.explanations.filled_in);
        session::write_baseline(path, &found, read)?;
    }
    Ok(outcome)
}
