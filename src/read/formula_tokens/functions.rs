//! The functions by number ([MS-XLS] 2.5.198.17).

use std::sync::LazyLock;

/// `NAME count` a line, by number; `*` for a count that the token gives.
static FUNCTIONS: LazyLock<Vec<(&str, Option<u8>)>> = LazyLock::new(|| {
    include_str!("functions.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, count)| (name, count.parse().ok()))
        .collect()
});

/// Returns a function's name and its fixed number of arguments.
pub(super) fn function(number: u16) -> Option<(&'static str, Option<u8>)> {
    FUNCTIONS.get(usize::from(number)).copied()
}
