//! Runs the program over a file, measures it, and compares what it says with what must become of the file.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Expected;

/// What one file may take: processor time, time by the clock on a machine that has other things to do, memory.
/// A program built for debugging is some ten times slower, and the machine may be slow as well.
pub const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 5 });
pub const LAST: Duration = Duration::from_secs(60);
pub const LARGEST: u64 = 300 * 1024 * 1024;

/// A file that takes longer hangs, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    /// What the clock says; on a busy machine that is more than the program took.
    pub lasted: Duration,
    /// Processor time of the program and its workers, or what the clock says where that cannot be had.
    pub took: Duration,
    /// Memory at its highest, of the program or of its worker, whichever took more; `None` where it cannot be had.
    pub peak: Option<u64>,
}

impl Run {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {:?}", self.stdout))
    }
}

/// Runs the program over so many files in a folder.
pub fn run(folder: &Path, words: &[&str], files: u32) -> Run {
    let output = tempfile::NamedTempFile::new().unwrap();
    let errors = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_hebiao"));
    command.args(words).current_dir(folder).stdin(Stdio::null());
    command
        .stdout(File::create(output.path()).unwrap())
        .stderr(File::create(errors.path()).unwrap());
    let start = Instant::now();
    let (code, used) = wait(command, PATIENCE + files * Duration::from_secs(1));
    let lasted = start.elapsed();
    Run {
        code,
        lasted,
        took: used.map_or(lasted, |(took, _)| took),
        peak: used.map(|(_, peak)| peak),
        stdout: std::fs::read_to_string(output.path()).unwrap(),
        stderr: std::fs::read_to_string(errors.path()).unwrap(),
    }
}

#[cfg(unix)]
fn wait(mut command: Command, patience: Duration) -> (i32, Option<(Duration, u64)>) {
    use wait4::Wait4 as _;
    let mut child = command.spawn().unwrap();
    let id = child.id().to_string();
    let (done, is_done) = mpsc::channel::<()>();
    let watch = thread::spawn(move || {
        if is_done.recv_timeout(patience) == Err(mpsc::RecvTimeoutError::Timeout) {
            let _ = Command::new("kill").args(["-9", &id]).status();
        }
    });
    // On Linux this is the highest of the program and of the workers that it waited for.
    let used = child.wait4().unwrap();
    drop(done);
    watch.join().unwrap();
    let took = used.rusage.utime + used.rusage.stime;
    (used.status.code().unwrap_or(-1), Some((took, used.rusage.maxrss)))
}

/// Elsewhere only the time is measured.
#[cfg(not(unix))]
fn wait(mut command: Command, _patience: Duration) -> (i32, Option<(Duration, u64)>) {
    (command.status().unwrap().code().unwrap_or(-1), None)
}

/// What is wrong with a file's report; nothing when all is as it must be.
pub fn faults(report: &Value, expected: &Expected, good: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let status = report["status"].as_str().unwrap();
    let code = report["error"]["code"].as_str();
    let message = report["error"]["message"].as_str().unwrap_or_default();
    let losses: Vec<&str> = list(&report["losses"])
        .iter()
        .map(|loss| loss["message"].as_str().unwrap())
        .collect();
    if !message.is_empty() {
        faults.extend(sentence_faults(message));
    }
    faults.extend(losses.iter().flat_map(|loss| word_faults(loss)));
    let mut expect = |is_so: bool, what: &str| {
        if !is_so {
            faults.push(format!("expected {what}"));
        }
    };
    let is_read = matches!(status, "clean" | "findings");
    let expected_losses = match expected {
        Expected::Refused { code: wanted, says } => {
            expect(
                status == "unreadable" && code == Some(wanted),
                &format!("unreadable, {wanted}"),
            );
            expect(message.contains(says), &format!("“{says}” in the sentence"));
            expect(list(&report["tables"]).is_empty(), "no table");
            None
        }
        Expected::NoTable { losses } => {
            expect(
                status == "unrecognized" && code == Some("no_evaluation_table"),
                "unrecognized",
            );
            Some(losses)
        }
        Expected::Whole { losses } => {
            expect(is_read, "a table");
            let (bound, indicators) = (&report["tables"][0], "indicators");
            expect(
                shorn(&bound["evaluation"][indicators]) == shorn(&good["tables"][0]["evaluation"][indicators]),
                "the indicators of the good table",
            );
            Some(losses)
        }
        Expected::Many { losses: wanted, last } => {
            expect(is_read || status == "unrecognized", "a reading");
            let fits = losses.len() == *wanted && losses.last().is_some_and(|loss| loss.contains(last));
            expect(fits, &format!("{wanted} losses, the last with “{last}”"));
            None
        }
        Expected::Part { losses } => {
            expect(is_read, "a table");
            Some(losses)
        }
        Expected::Answered => {
            expect(is_read || code.is_some(), "an answer");
            None
        }
    };
    if let Some(wanted) = expected_losses {
        let fits =
            wanted.len() == losses.len() && wanted.iter().zip(&losses).all(|(wanted, loss)| loss.contains(wanted));
        expect(fits, &format!("losses {wanted:?}"));
    }
    if !faults.is_empty() {
        let listed = losses.get(..3).unwrap_or(&losses);
        faults.push(format!(
            "status {status}, error {code:?} {message}, {} losses {listed:?} … {:?}",
            losses.len(),
            losses.last()
        ));
    }
    faults
}

/// The exit code that a report stands for.
pub fn exit_code(report: &Value) -> i32 {
    let is_error = |finding: &Value| finding["severity"] == "error";
    if !report["error"].is_null() {
        3
    } else {
        i32::from(
            list(&report["tables"])
                .iter()
                .any(|table| list(&table["discrepancies"]).iter().any(is_error)),
        )
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Fields without their cells.
fn shorn(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| *key != "cell")
            .map(|(key, value)| (key.clone(), shorn(value)))
            .collect(),
        Value::Array(items) => items.iter().map(shorn).collect(),
        other => other.clone(),
    }
}

/// A refusal is one Chinese sentence that ends with what to do.
fn sentence_faults(message: &str) -> Vec<String> {
    let mut faults = word_faults(message);
    if !message.ends_with('。') || message.matches('。').count() != 1 {
        faults.push(format!("not one sentence: {message}"));
    }
    let way_out = message.rsplit('；').next().unwrap_or_default();
    if way_out == message || !way_out.starts_with('请') {
        faults.push(format!("no way out: {message}"));
    }
    faults
}

/// No other Latin words than names of formats and programs, the option that is the way on, and what the file itself says in quotes.
fn word_faults(message: &str) -> Vec<String> {
    const NAMES: &str = "pdf json mht xml xlsx xlsm xls xlsb ods et csv html HTML MHTML XML JSON docx doc wps Word WPS Excel PDF OFD RTF ppt pptx odt Numbers Pages MB KB TRUE FALSE";
    let names: BTreeSet<&str> = NAMES.split(' ').collect();
    let unquoted: String = message
        .replace("--report ", "")
        .split('“')
        .map(|part| part.rsplit('”').next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join(" ");
    unquoted
        .split(|c: char| !c.is_ascii_alphanumeric())
        // A cell is no word.
        .filter(|word| word.parse::<hebiao::grid::CellAddress>().is_err())
        .flat_map(|word| word.split(|c: char| !c.is_ascii_alphabetic()))
        .filter(|word| word.len() > 1 && !names.contains(word))
        .map(|word| format!("the word {word} in: {message}"))
        .collect()
}
