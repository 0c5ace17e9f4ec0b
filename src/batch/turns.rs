//! Turns at computing: who waits for a disk gives its turn to another.

use std::num::NonZero;
use std::sync::{Condvar, Mutex, PoisonError};

/// Lets so many threads compute at once, however many there are.
#[derive(Debug)]
pub struct Turns {
    free: Mutex<usize>,
    freed: Condvar,
}

/// A turn, which ends when it is dropped.
#[derive(Debug)]
pub struct Turn<'a>(&'a Turns);

impl Turns {
    /// Returns turns for so many threads.
    pub const fn new(threads: NonZero<usize>) -> Self {
        Self {
            free: Mutex::new(threads.get()),
            freed: Condvar::new(),
        }
    }

    /// Waits for a turn.
    pub fn take(&self) -> Turn<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.freed.wait_while(free, |free| *free == 0);
        *waited.unwrap_or_else(PoisonError::into_inner) -= 1;
        Turn(self)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn so_many_compute_at_once_and_no_more() {
        let turns = Turns::new(NonZero::new(2).unwrap());
        let (computing, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let turn = turns.take();
                        let now = computing.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(now, Ordering::SeqCst);
                        thread::sleep(Duration::from_micros(100));
                        computing.fetch_sub(1, Ordering::SeqCst);
                        drop(turn);
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), 2);
    }

    #[test]
    fn a_turn_ends_where_its_thread_panics() {
        let turns = Turns::new(NonZero::<usize>::MIN);
        let panicked = thread::scope(|scope| {
            let lost = scope.spawn(|| {
                let _turn = turns.take();
                panic!("on purpose");
            });
            lost.join().is_err()
        });
        assert!(panicked);
        drop(turns.take());
    }
}
