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

use hebiao::grid::Workbook;
use hebiao::read::{self, Limits, ReadError};
use process::{Process, Stopped};

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
    let head = wire::request_head(file_name);
    let request = [head.as_slice(), bytes];
    if let Some(worker) = idle_worker() {
        // A worker that waited may have been ended from outside; that is no fault of this file. One more, a new one,
        // tells: a file that ends workers must not cost all that wait.
        match ask(worker, &request) {
            Err(Stopped::Ended) => {}
            other => return result_of(other),
        }
    }
    match new_worker() {
        Some(worker) => result_of(ask(worker, &request)),
        // Where no process can be started, the limits of the reader itself must do.
        None => examined.read(),
    }
}

/// Ends the workers that wait, and waits until they have ended: this process leaves none behind.
pub fn dismiss() {
    idle().clear();
}

/// Asks a worker and, when it answered, lets it wait for the next file.
fn ask(mut worker: Process, request: &[&[u8]]) -> Result<Vec<u8>, Stopped> {
    let answer = worker.ask(request, TIME_OUT)?;
    idle().push(worker);
    Ok(answer)
}

fn result_of(answer: Result<Vec<u8>, Stopped>) -> Result<Workbook, ReadError> {
    match answer {
        Ok(answer) => wire::decode(&answer).unwrap_or_else(|| Err(ReadError::reader_stopped())),
        Err(Stopped::Ended) => Err(ReadError::reader_stopped()),
        Err(Stopped::TooSlow) => Err(ReadError::too_slow(TIME_OUT.as_secs())),
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
    Process::start(command).ok()
}
