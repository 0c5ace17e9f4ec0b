//! Reading in a process of its own, for formats whose damaged files have taken other programs down.
//!
//! A worker is this same program, told to read ([`COMMAND`]); it has a time-out, and where the platform allows a cap on
//! its memory. One worker serves file after file, so that a batch starts few of them; one that stops or is too slow
//! costs its file only and is replaced. It knows nothing of what is in a workbook.

mod frame;
mod process;
mod wire;
mod worker;

use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hebiao::grid::{Confirmation, Workbook};
use hebiao::read::{self, Limits, ReadError};
use process::{Process, Stopped};
use wire::{Answer, Request};

pub use worker::serve;

/// The hidden command that makes this program a worker.
pub const COMMAND: &str = "__read-workbook";

/// How long one file may take. The largest file within the limits takes a fraction of it; a program built for
/// debugging is some ten times slower.
const TIME_OUT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 4 });

/// Workers that wait for a file: at most one for each thread that reads, since each asks one at a time. They end when
/// this process does: their input is then closed.
static IDLE: Mutex<Vec<Process>> = Mutex::new(Vec::new());

/// Reads a workbook as [`read::read_workbook`] does, in a worker where the format calls for it.
///
/// # Errors
/// Those of the reader; `damaged` when the worker stopped over the file, `limit_exceeded` when it took too long.
pub fn read_workbook(bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Result<Workbook, ReadError> {
    let examined = read::examine(bytes, file_name, limits);
    if !examined.needs_isolation() {
        return examined.read();
    }
    match ask_some_worker(&Request::read(file_name, false), bytes) {
        Some(Ok((answer, worker))) => {
            idle().push(worker);
            reading_of(&answer)
        }
        Some(Err(stopped)) => Err(refusal_of(stopped)),
        // Where no process can be started, the limits of the reader itself must do.
        None => examined.read(),
    }
}

/// Reads a workbook as [`read::read_confirmed`] does, in a worker where the format calls for it: a second reader that
/// stops there costs the confirmation and never the reading.
///
/// # Errors
/// Those of [`read_workbook`].
pub fn read_confirmed(
    bytes: &[u8],
    file_name: Option<&str>,
    limits: &Limits,
) -> Result<(Workbook, Confirmation), ReadError> {
    let examined = read::examine(bytes, file_name, limits);
    if !examined.needs_isolation() {
        let workbook = examined.read()?;
        let confirmation = read::confirm(bytes, &workbook, limits);
        return Ok((workbook, confirmation));
    }
    match ask_some_worker(&Request::read(file_name, true), bytes) {
        Some(Ok((answer, worker))) => Ok((reading_of(&answer)?, confirmed_by(worker))),
        Some(Err(stopped)) => Err(refusal_of(stopped)),
        None => Ok((
            examined.read()?,
            Confirmation::none(hebiao::internals::NO_PROCESS_OF_ITS_OWN),
        )),
    }
}

/// Ends the workers that wait, and waits until they have ended: this process leaves none behind.
pub fn dismiss() {
    idle().clear();
}

/// Asks a worker that waits, else a new one; `None` when none can be started.
fn ask_some_worker(request: &Request, bytes: &[u8]) -> Option<Result<(Vec<u8>, Process), Stopped>> {
    let head = request.encode();
    let message = [head.as_slice(), bytes];
    let ask = |mut worker: Process| {
        let answer = worker.ask(&message)?;
        Ok((answer, worker))
    };
    if let Some(worker) = idle_worker() {
        // A worker that waited may have been ended from outside; that is no fault of this file. One more, a new one,
        // tells: a file that ends workers must not cost all that wait.
        match ask(worker) {
            Err(Stopped::Ended) => {}
            other => return Some(other),
        }
    }
    new_worker().map(ask)
}

/// Returns what the second reader in a worker says of the file that the worker has just read.
fn confirmed_by(mut worker: Process) -> Confirmation {
    match worker.ask(&[&Request::Confirm.encode()]) {
        Ok(answer) => {
            idle().push(worker);
            match Answer::decode(&answer) {
                Some(Answer::Confirmed(confirmation)) => confirmation,
                _ => Confirmation::none(hebiao::internals::SECOND_READER_STOPPED),
            }
        }
        Err(Stopped::Ended) => Confirmation::none(hebiao::internals::SECOND_READER_STOPPED),
        Err(Stopped::TooSlow) => Confirmation::none(format!("另一读取程序读这个文件超过 {} 秒", TIME_OUT.as_secs())),
    }
}

fn reading_of(answer: &[u8]) -> Result<Workbook, ReadError> {
    Answer::decode(answer)
        .and_then(Answer::into_reading)
        .unwrap_or_else(|| Err(ReadError::reader_stopped()))
}

fn refusal_of(stopped: Stopped) -> ReadError {
    match stopped {
        Stopped::Ended => ReadError::reader_stopped(),
        Stopped::TooSlow => ReadError::too_slow(TIME_OUT.as_secs()),
    }
}

fn idle_worker() -> Option<Process> {
    idle().pop()
}

fn idle() -> std::sync::MutexGuard<'static, Vec<Process>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn new_worker() -> Option<Process> {
    let program = std::env::current_exe().ok()?;
    let mut command = Command::new(program);
    command.arg(COMMAND);
    // The program's allocator would set aside more addresses than a worker may have, and leave none for parts in C,
    // which ask the system.
    command.env("MIMALLOC_ARENA_RESERVE", "64MiB");
    // Pages of two megabytes are cleared whole at their first use, which takes longer than to read most files.
    command.env("MIMALLOC_ALLOW_THP", "0");
    // Whoever stops this process from the keyboard lets the file under way be finished: the signal must not reach the
    // worker that reads it.
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
        command.creation_flags(CREATE_NEW_PROCESS_GROUP);
    }
    Process::start(command, TIME_OUT).ok()
}
