//! A process that answers messages, and what to do when it does not.

use std::io;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::frame;

/// No answer is longer: the limits of a workbook's texts and cells are below this.
const LONGEST_ANSWER: u64 = 1024 * 1024 * 1024;

/// Why there is no answer. The process is of no more use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// It ended, or closed a pipe.
    Ended,
    /// It did not answer in time.
    TooSlow,
}

/// A running process with its pipes. Ended when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Process {
    /// Starts a process that talks through its standard input and output.
    pub fn start(mut command: Command) -> io::Result<Self> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a crash has to say is not for users.
            .stderr(Stdio::null());
        let mut child = command.spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self { child, input, output }),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
    }

    /// Sends a message, given in parts, and waits for the answer.
    pub fn ask(&mut self, message: &[&[u8]], time_out: Duration) -> Result<Vec<u8>, Stopped> {
        let Self { child, input, output } = self;
        let (sender, receiver) = mpsc::channel();
        let exchange = move || {
            let answer = frame::write(input, message).and_then(|()| frame::read(output, LONGEST_ANSWER));
            // Nobody waits any more after a time-out.
            let _ = sender.send(answer);
        };
        thread::scope(|scope| {
            thread::Builder::new()
                .spawn_scoped(scope, exchange)
                .map_err(|_| Stopped::Ended)?;
            match receiver.recv_timeout(time_out) {
                Ok(Ok(Some(answer))) => Ok(answer),
                Ok(_) | Err(RecvTimeoutError::Disconnected) => Err(Stopped::Ended),
                Err(RecvTimeoutError::Timeout) => {
                    // Closes the pipes, so that the exchange ends too.
                    let _ = child.kill();
                    Err(Stopped::TooSlow)
                }
            }
        })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Instant;

    use super::*;

    fn start(program: &str, words: &[&str]) -> Process {
        let mut command = Command::new(program);
        command.args(words);
        Process::start(command).unwrap()
    }

    #[test]
    fn an_answer_comes_back() {
        // What goes in comes out, length and all.
        let mut echo = start("cat", &[]);
        for message in [&b"first"[..], b"second"] {
            let answer = echo.ask(&[message], Duration::from_secs(10)).unwrap();
            assert_eq!(answer, message);
        }
    }

    #[test]
    fn a_process_that_hangs_is_ended() {
        let before = Instant::now();
        let answer = start("sleep", &["60"]).ask(&[&[0; 1_000_000]], Duration::from_millis(200));
        assert_eq!(answer, Err(Stopped::TooSlow));
        assert!(before.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_process_that_ends_is_noticed() {
        let answer = start("true", &[]).ask(&[b"message"], Duration::from_secs(10));
        assert_eq!(answer, Err(Stopped::Ended));
    }
}
