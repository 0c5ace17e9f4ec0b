//! A window that opens for the program alone, as when files are dropped on it, closes with it: it is kept until somebody
//! has read what was done.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use super::output::complain;

/// Returns whether the program was started without a command, as by a double click or by files dropped on it.
pub fn is_started_alone(words: &[OsString], in_full: &[OsString]) -> bool {
    let is_dropped_on =
        words.len() > 1 && words.get(1) != in_full.get(1) && in_full.get(1).is_some_and(|it| it == "convert");
    // Shells name themselves or their prompt; a window of the program's own has neither.
    let has_shell = ["PROMPT", "TERM", "SHLVL"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some());
    cfg!(windows) && !has_shell && (words.len() == 1 || is_dropped_on)
}

/// Waits for a line, where somebody is there to give one.
pub fn keep_open() {
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        complain("按回车键关闭这个窗口。");
        let mut line = String::new();
        let _ = io::stdin().read_line(&mut line);
    }
}
