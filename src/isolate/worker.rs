//! The worker's side: reads one workbook a message until its input is closed.

use std::io;
use std::panic::{self, AssertUnwindSafe};

use hebiao::grid::{Confirmation, Workbook};
use hebiao::read::{self, Limits, ReadError};

use super::frame;
use super::wire::{Answer, Request};

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
    let mut kept: Option<(Vec<u8>, Workbook)> = None;
    while let Some(message) = frame::read(&mut input, longest)? {
        let last = kept.take();
        let answer = match Request::split(&message) {
            Some((Request::Read { name, keep }, bytes)) => {
                let reading = || read::read_workbook(bytes, name.as_deref(), &limits);
                let result = panic::catch_unwind(reading).unwrap_or_else(|_| Err(ReadError::reader_stopped()));
                let answer = Answer::of(&result).encode();
                if keep && let Ok(workbook) = result {
                    kept = Some((bytes.to_vec(), workbook));
                }
                answer
            }
            Some((Request::Confirm, _)) => {
                let confirming = || last.map(|(bytes, workbook)| read::confirm(&bytes, &workbook, &limits));
                let confirmation = panic::catch_unwind(AssertUnwindSafe(confirming)).ok().flatten();
                Answer::Confirmed(
                    confirmation.unwrap_or_else(|| Confirmation::none(hebiao::internals::SECOND_READER_STOPPED)),
                )
                .encode()
            }
            None => Answer::of(&Err(ReadError::reader_stopped())).encode(),
        };
        frame::write(&mut output, &[&answer])?;
    }
    Ok(())
}

/// Beyond the cap an allocation fails and ends the worker, instead of burdening the machine.
#[cfg(unix)]
fn cap_memory() {
    // A system without such a limit, or with a lower one already, is as well.
    let _ = rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY);
}

#[cfg(not(unix))]
const fn cap_memory() {}
