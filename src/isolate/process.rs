//! A process that answers messages, and what to do when it does not.

use std::io;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

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
///
/// Who asks writes and waits by himself; a thread for as long as the process lives ends it where an answer is late, so
/// that none is started, nor woken, for a message.
#[derive(Debug)]
pub struct Process {
    watched: Arc<Watched>,
    watch: Option<JoinHandle<()>>,
    input: ChildStdin,
    output: ChildStdout,
}

#[derive(Debug)]
struct Watched {
    state: Mutex<State>,
    is_over: Condvar,
    time_out: Duration,
}

#[derive(Debug)]
struct State {
    child: Child,
    /// When the answer that is waited for is late.
    late_at: Option<Instant>,
    was_late: bool,
    is_over: bool,
}

impl Process {
    /// Starts a process that talks through its standard input and output, each answer within this time.
    pub fn start(mut command: Command, time_out: Duration) -> io::Result<Self> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a crash has to say is not for users.
            .stderr(Stdio::null());
        let mut child = command.spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let watched = Arc::new(Watched {
            state: Mutex::new(State {
                child,
                late_at: None,
                was_late: false,
                is_over: false,
            }),
            is_over: Condvar::new(),
            time_out,
        });
        let watch = pipes.ok_or_else(|| io::ErrorKind::BrokenPipe.into()).and_then(|pipes| {
            let watched = Arc::clone(&watched);
            let watch = thread::Builder::new().spawn(move || watched.watch())?;
            Ok((pipes, watch))
        });
        match watch {
            Ok(((input, output), watch)) => Ok(Self {
                watched,
                watch: Some(watch),
                input,
                output,
            }),
            Err(error) => {
                watched.end();
                Err(error)
            }
        }
    }

    /// Sends a message, given in parts, and waits for the answer.
    pub fn ask(&mut self, message: &[&[u8]]) -> Result<Vec<u8>, Stopped> {
        let Self {
            watched, input, output, ..
        } = self;
        watched.state().late_at = Instant::now().checked_add(watched.time_out);
        let answer = frame::write(input, message).and_then(|()| frame::read(output, LONGEST_ANSWER));
        let mut state = watched.state();
        state.late_at = None;
        match answer {
            _ if state.was_late => Err(Stopped::TooSlow),
            Ok(Some(answer)) => Ok(answer),
            Ok(None) | Err(_) => Err(Stopped::Ended),
        }
    }
}

impl Watched {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the process where an answer is late.
    fn watch(&self) {
        let mut state = self.state();
        while !state.is_over {
            // What is asked for in the meantime is late after that at the earliest.
            let rest = state.late_at.map_or(self.time_out, |late_at| {
                late_at.saturating_duration_since(Instant::now())
            });
            if rest.is_zero() {
                state.was_late = true;
                // Closes the pipes, so that whoever waits for the answer goes on.
                let _ = state.child.kill();
                return;
            }
            let waited = self.is_over.wait_timeout(state, rest);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn end(&self) {
        let mut state = self.state();
        state.is_over = true;
        let _ = state.child.kill();
        let _ = state.child.wait();
        drop(state);
        self.is_over.notify_one();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.watched.end();
        if let Some(watch) = self.watch.take() {
            let _ = watch.join();
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Instant;

    use super::*;

    const LONG: Duration = Duration::from_secs(10);

    fn start(program: &str, words: &[&str], time_out: Duration) -> Process {
        let mut command = Command::new(program);
        command.args(words);
        Process::start(command, time_out).unwrap()
    }

    #[test]
    fn an_answer_comes_back() {
        // What goes in comes out, length and all.
        let mut echo = start("cat", &[], LONG);
        for message in [&b"first"[..], b"second"] {
            let answer = echo.ask(&[message]).unwrap();
            assert_eq!(answer, message);
        }
    }

    #[test]
    fn a_process_that_hangs_is_ended() {
        let before = Instant::now();
        let mut sleeping = start("sleep", &["60"], Duration::from_millis(200));
        assert_eq!(sleeping.ask(&[&[0; 1_000_000]]), Err(Stopped::TooSlow));
        assert!(before.elapsed() < LONG);
    }

    #[test]
    fn only_the_time_that_an_answer_takes_counts() {
        let time_out = Duration::from_millis(300);
        let mut echo = start("cat", &[], time_out);
        for _ in 0..4 {
            // Longer together than one answer may take.
            thread::sleep(time_out / 2);
            assert_eq!(echo.ask(&[b"message"]).unwrap(), b"message");
        }
        thread::sleep(time_out * 2);
        assert_eq!(echo.ask(&[b"message"]).unwrap(), b"message");
    }

    #[test]
    fn a_process_that_ends_is_noticed() {
        let answer = start("true", &[], LONG).ask(&[b"message"]);
        assert_eq!(answer, Err(Stopped::Ended));
    }
}
