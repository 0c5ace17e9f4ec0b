//! The worker's side: reads one workbook a message until its input is closed.

use std::io;
use std::panic;

use hebiao::read::{self, Limits, ReadError};

use super::{frame, wire};

/// What reading may take. A file within the limits needs its bytes a few times over, and what it holds twice.
#[cfg(unix)]
const MEMORY: u64 = 512 * 1024 * 1024;

/// Answers messages until there are no more.
///
/// # Errors
/// When a pipe fails: the other side is gone.
pub fn serve() -> io::Result<()> {
    cap_memory();
    let limits = Limits::default();
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    // The name and its length come on top of the file.
    let longest = limits.file_bytes.saturating_add(64 * 1024);
    while let Some(message) = frame::read(&mut input, longest)? {
        let answer = panic::catch_unwind(|| answer_to(&message, &limits));
        let answer = answer.unwrap_or_else(|_| wire::encode(Err(ReadError::reader_stopped())));
        frame::write(&mut output, &[&answer])?;
    }
    Ok(())
}

fn answer_to(message: &[u8], limits: &Limits) -> Vec<u8> {
    let result = match wire::split_request(message) {
        Some((name, bytes)) => read::read_workbook(bytes, name.as_deref(), limits),
        None => Err(ReadError::reader_stopped()),
    };
    wire::encode(result)
}

/// Beyond the cap an allocation fails and ends the worker, instead of burdening the machine.
#[cfg(unix)]
fn cap_memory() {
    // A system without such a limit, or with a lower one already, is as well.
    let _ = rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY);
}

#[cfg(not(unix))]
const fn cap_memory() {}
