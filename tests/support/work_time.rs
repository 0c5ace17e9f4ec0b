//! How long a piece of work takes, without the time that other programs take.

use std::time::Duration;

/// The time that this thread has worked so far; what waits for a processor does not count.
#[cfg(unix)]
pub fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap()
}

/// The time since the first call: there is no better one here.
#[cfg(not(unix))]
pub fn worked() -> Duration {
    static FIRST: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    FIRST.elapsed()
}
