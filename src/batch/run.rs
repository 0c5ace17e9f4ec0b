//! Work side by side, results in order: as many files at once as asked for, handed over in the order of the inputs
//! through a window, so that memory does not grow with their number.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How far a run came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Inputs whose results were handed over: the first ones, without gaps.
    pub done: usize,
    /// All inputs.
    pub total: usize,
}

impl Progress {
    /// Returns whether nothing is left to do.
    pub const fn is_complete(self) -> bool {
        self.done >= self.total
    }
}

/// Does `work` for each input, on up to `threads` threads at once, the calling one among them, and hands each result to
/// `each` on the calling thread in the order of the inputs. Who is too far ahead of the slowest file waits.
///
/// `work` that panics costs its input only: `panicked` gives the result. When `cancel` is set, no further input is
/// begun; those under way are finished and handed over.
///
/// # Errors
/// The first that `each` gives; nothing is handed over after it.
///
/// ```
/// use std::num::NonZero;
/// use std::sync::atomic::AtomicBool;
///
/// let mut squares = Vec::new();
/// let two = NonZero::new(2).ok_or("zero")?;
/// let square = |number: &i32| number * number;
/// let keep = |_, square| {
///     squares.push(square);
///     Ok::<(), String>(())
/// };
/// hebiao::batch::run(&[1, 2, 3], two, square, |_| 0, keep, &AtomicBool::new(false))?;
/// assert_eq!(squares, [1, 4, 9]);
/// # Ok::<(), String>(())
/// ```
pub fn run<I: Sync, R: Send, E>(
    inputs: &[I],
    threads: NonZero<usize>,
    work: impl Fn(&I) -> R + Sync,
    panicked: impl Fn(&I) -> R + Sync,
    each: impl FnMut(usize, R) -> Result<(), E>,
    cancel: &AtomicBool,
) -> Result<Progress, E> {
    run_list(&Slice(inputs), threads, work, panicked, each, cancel)
}

/// What is worked on. Each item is made when its turn comes, so that of a long list not all need be there.
pub trait WorkList: Sync {
    /// One of them.
    type Item;

    /// Returns how many there are.
    fn count(&self) -> usize;

    /// Returns one of them; there is one at each index below the count.
    fn item(&self, index: usize) -> Option<Self::Item>;
}

struct Slice<'a, I>(&'a [I]);

impl<'a, I: Sync> WorkList for Slice<'a, I> {
    type Item = &'a I;

    fn count(&self) -> usize {
        self.0.len()
    }

    fn item(&self, index: usize) -> Option<&'a I> {
        self.0.get(index)
    }
}

/// As [`run`], for a list whose items are made as they are asked for.
///
/// # Errors
/// As [`run`].
pub fn run_list<L: WorkList, R: Send, E>(
    list: &L,
    threads: NonZero<usize>,
    work: impl Fn(L::Item) -> R + Sync,
    panicked: impl Fn(L::Item) -> R + Sync,
    mut each: impl FnMut(usize, R) -> Result<(), E>,
    cancel: &AtomicBool,
) -> Result<Progress, E> {
    let count = list.count();
    let guarded = |index| {
        let item = list.item(index)?;
        match catch_unwind(AssertUnwindSafe(|| work(item))) {
            Ok(result) => Some(result),
            Err(_) => list.item(index).map(&panicked),
        }
    };
    let mut progress = Progress { done: 0, total: count };
    let threads = threads.get().min(count);
    if threads <= 1 {
        for index in 0..count {
            if cancel.load(Ordering::Relaxed) {
                break;
            }
            let Some(result) = guarded(index) else { break };
            each(index, result)?;
            progress.done = index + 1;
        }
        return Ok(progress);
    }
    let window = Window::new(threads);
    thread::scope(|scope| {
        // Ends the others however this thread leaves.
        let _stop = StopOnDrop(&window);
        let worker = || {
            while let Some(index) = window.take(count, cancel) {
                let Some(result) = guarded(index) else { break };
                window.put(index, result);
            }
        };
        for _ in 1..threads {
            // Where no thread can be had, those that could must do.
            if thread::Builder::new().spawn_scoped(scope, worker).is_err() {
                break;
            }
        }
        loop {
            match window.next(count, cancel) {
                Next::HandOver(result) => {
                    each(progress.done, result)?;
                    progress.done += 1;
                }
                Next::Begin(index) => {
                    let Some(result) = guarded(index) else { break };
                    window.put(index, result);
                }
                Next::Nothing => break,
            }
        }
        Ok(progress)
    })
}

/// The results between those handed over and those not yet begun.
struct Window<R> {
    state: Mutex<State<R>>,
    /// A worker may begin another input.
    room: Condvar,
    /// The result that is handed over next is there.
    in_turn: Condvar,
    width: usize,
}

struct State<R> {
    begun: usize,
    handed_over: usize,
    ready: BTreeMap<usize, R>,
    stopped: bool,
}

/// What the calling thread does next.
enum Next<R> {
    HandOver(R),
    Begin(usize),
    Nothing,
}

impl<R> Window<R> {
    const fn new(threads: usize) -> Self {
        Self {
            state: Mutex::new(State {
                begun: 0,
                handed_over: 0,
                ready: BTreeMap::new(),
                stopped: false,
            }),
            room: Condvar::new(),
            in_turn: Condvar::new(),
            // Wide enough that one slow file does not idle the others at once.
            width: threads.saturating_mul(4).saturating_add(8),
        }
    }

    fn state(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the next input to begin, once it is not too far ahead; `None` when there is none.
    fn take(&self, inputs: usize, cancel: &AtomicBool) -> Option<usize> {
        let too_far = |state: &mut State<R>| !state.stopped && state.is_too_far(self.width);
        let waited = self.room.wait_while(self.state(), too_far);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.begin(inputs, cancel)
    }

    fn put(&self, index: usize, result: R) {
        let mut state = self.state();
        state.ready.insert(index, result);
        let is_in_turn = index == state.handed_over;
        drop(state);
        if is_in_turn {
            self.in_turn.notify_one();
        }
    }

    /// Returns the next result in order where it is there; else an input to begin; waits where that would be too far
    /// ahead, or where none is left and others are under way.
    fn next(&self, inputs: usize, cancel: &AtomicBool) -> Next<R> {
        let mut state = self.state();
        loop {
            let next = state.handed_over;
            if let Some(result) = state.ready.remove(&next) {
                state.handed_over += 1;
                drop(state);
                self.room.notify_all();
                return Next::HandOver(result);
            }
            if !state.is_too_far(self.width)
                && let Some(index) = state.begin(inputs, cancel)
            {
                return Next::Begin(index);
            }
            if state.handed_over == state.begun {
                return Next::Nothing;
            }
            state = self.in_turn.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<R> State<R> {
    const fn is_too_far(&self, width: usize) -> bool {
        self.begun - self.handed_over >= width
    }

    fn begin(&mut self, inputs: usize, cancel: &AtomicBool) -> Option<usize> {
        if self.stopped || self.begun >= inputs || cancel.load(Ordering::Relaxed) {
            return None;
        }
        let index = self.begun;
        self.begun += 1;
        Some(index)
    }
}

struct StopOnDrop<'a, R>(&'a Window<R>);

impl<R> Drop for StopOnDrop<'_, R> {
    fn drop(&mut self) {
        self.0.state().stopped = true;
        self.0.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use super::*;

    fn threads(count: usize) -> NonZero<usize> {
        NonZero::new(count).unwrap()
    }

    #[test]
    fn results_come_in_order_whatever_each_takes() {
        let inputs: Vec<u64> = (0..200).collect();
        for count in [1, 2, 7] {
            let mut seen = Vec::new();
            let work = |number: &u64| {
                thread::sleep(Duration::from_micros(number * 37 % 11 * 50));
                *number
            };
            let keep = |index, number| {
                seen.push((index, number));
                Ok::<_, ()>(())
            };
            let progress = run(&inputs, threads(count), work, |_| 0, keep, &AtomicBool::new(false)).unwrap();
            assert!(progress.is_complete());
            assert!(seen.iter().copied().eq((0..200).map(|n| (n, n as u64))), "{count}");
        }
    }

    #[test]
    fn a_slow_file_holds_the_others_back_before_results_pile_up() {
        let inputs: Vec<usize> = (0..500).collect();
        let begun = AtomicUsize::new(0);
        let mut most_ahead = 0;
        let work = |number: &usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            if *number == 0 {
                thread::sleep(Duration::from_millis(100));
            }
        };
        let keep = |index, ()| {
            most_ahead = most_ahead.max(begun.load(Ordering::SeqCst) - index);
            Ok::<_, ()>(())
        };
        run(&inputs, threads(4), work, |_| (), keep, &AtomicBool::new(false)).unwrap();
        assert!(most_ahead <= 4 * 4 + 8 + 4, "{most_ahead}");
    }

    #[test]
    fn a_panic_costs_its_input_only() {
        let inputs: Vec<usize> = (0..50).collect();
        for count in [1, 3] {
            let mut lost = Vec::new();
            let work = |number: &usize| {
                assert!(!number.is_multiple_of(7), "on purpose");
                true
            };
            let keep = |index, good: bool| {
                lost.extend((!good).then_some(index));
                Ok::<_, ()>(())
            };
            run(&inputs, threads(count), work, |_| false, keep, &AtomicBool::new(false)).unwrap();
            assert_eq!(lost, [0, 7, 14, 21, 28, 35, 42, 49]);
        }
    }

    #[test]
    fn cancelling_hands_over_what_was_begun_without_gaps() {
        let inputs: Vec<usize> = (0..1000).collect();
        for count in [1, 4] {
            let cancel = AtomicBool::new(false);
            let mut seen = Vec::new();
            let keep = |index, number: usize| {
                seen.push(number);
                cancel.store(index >= 20, Ordering::Relaxed);
                Ok::<_, ()>(())
            };
            let progress = run(&inputs, threads(count), |number| *number, |_| 0, keep, &cancel).unwrap();
            assert!(!progress.is_complete());
            assert!((21..1000).contains(&progress.done));
            assert!(seen.iter().copied().eq(0..progress.done));
        }
    }

    #[test]
    fn an_error_of_the_receiver_ends_the_run() {
        let inputs: Vec<usize> = (0..1000).collect();
        for count in [1, 4] {
            let mut seen = 0;
            let keep = |index, _: usize| {
                seen += 1;
                if index == 5 { Err("full") } else { Ok(()) }
            };
            let result = run(
                &inputs,
                threads(count),
                |number| *number,
                |_| 0,
                keep,
                &AtomicBool::new(false),
            );
            assert_eq!(result, Err("full"));
            assert_eq!(seen, 6);
        }
    }

    #[test]
    fn nothing_to_do_is_done() {
        let keep = |_, ()| Ok::<_, ()>(());
        let progress = run(&[0; 0], threads(4), |_: &i32| (), |_| (), keep, &AtomicBool::new(false)).unwrap();
        assert!(progress.is_complete());
    }
}
