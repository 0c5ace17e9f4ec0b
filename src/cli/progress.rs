//! Progress on standard error: only for people at a terminal, and only when the wait is worth it.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::text::one_line;

/// A run that takes less needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

const TEMPLATE: &str = "{bar:24} {pos}/{len} 个文件  每秒 {rate}  还需 {left}  {wide_msg}";

/// The line; without one, everything here does nothing.
#[derive(Debug)]
pub struct ProgressLine {
    bar: Option<ProgressBar>,
    start: Instant,
    is_shown: AtomicBool,
}

impl ProgressLine {
    /// Returns a line for so many files, if it is wanted and a terminal listens. It shows once the run takes long.
    pub fn new(files: usize, is_wanted: bool) -> Self {
        let is_wanted = is_wanted && io::stderr().is_terminal();
        let bar = is_wanted.then(|| ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden()));
        Self {
            bar: bar.map(|bar| bar.with_style(style())),
            start: Instant::now(),
            is_shown: AtomicBool::new(false),
        }
    }

    /// A file is begun.
    pub fn begin(&self, file: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(one_line(file));
        }
    }

    /// So many files are done.
    pub fn done(&self, files: usize) {
        let Some(bar) = &self.bar else { return };
        bar.set_position(files as u64);
        if self.start.elapsed() >= PATIENCE && !self.is_shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(Duration::from_millis(250));
        }
    }

    /// Does what prints, with the line out of the way.
    pub fn apart<R>(&self, print: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) if self.is_shown.load(Ordering::Relaxed) => bar.suspend(print),
            _ => print(),
        }
    }

    /// Takes the line away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style() -> ProgressStyle {
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    style
        .with_key("rate", |state: &ProgressState, line: &mut dyn std::fmt::Write| {
            let _ = write!(line, "{:.1} 个", state.per_sec());
        })
        .with_key("left", |state: &ProgressState, line: &mut dyn std::fmt::Write| {
            let _ = line.write_str(&duration(state.eta()));
        })
}

fn duration(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} 秒"),
        seconds @ 60..3600 => format!("{} 分 {} 秒", seconds / 60, seconds % 60),
        seconds => format!("{} 小时 {} 分", seconds / 3600, seconds % 3600 / 60),
    }
}
