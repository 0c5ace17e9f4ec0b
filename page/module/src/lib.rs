//! The page's way into hebiao: messages of bytes in, messages of bytes out. The module imports nothing: it knows no
//! clock, no file, no network, and could reach none.
//!
//! The page asks with [`hb_room`], fills it, calls [`hb_ask`], and reads the answer where [`hb_answer`] says. What may
//! be asked is in [`answer::Question`]. This file is the only one with `unsafe` code.

pub mod answer;
mod basis;
mod catalogue;
mod check;
mod comparison;
mod filled_in;
mod given;
pub mod message;
mod outputs;
mod pictures;
mod summary;
mod template;

use std::cell::RefCell;
use std::sync::Mutex;

use answer::Session;

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What a panic said, for the page to show after the trap that follows it.
static LAST_WORDS: Mutex<String> = Mutex::new(String::new());

/// Keeps what a panic says. To be called once, before anything else.
#[unsafe(no_mangle)]
pub extern "C" fn hb_start() {
    std::panic::set_hook(Box::new(|panic| {
        if let Ok(mut words) = LAST_WORDS.lock() {
            *words = panic.to_string();
        }
    }));
}

/// Returns where the words of a panic lie, after a trap.
#[unsafe(no_mangle)]
pub extern "C" fn hb_last_words() -> *const u8 {
    LAST_WORDS.lock().map_or(std::ptr::null(), |words| words.as_ptr())
}

/// Returns how long [`hb_last_words`] are.
#[unsafe(no_mangle)]
pub extern "C" fn hb_last_words_length() -> usize {
    LAST_WORDS.lock().map_or(0, |words| words.len())
}

/// Returns room for a message that the page is about to hand over.
#[unsafe(no_mangle)]
pub extern "C" fn hb_room(length: usize) -> *mut u8 {
    Box::leak(vec![0_u8; length].into_boxed_slice()).as_mut_ptr()
}

/// Takes a message, answers it, and returns the answer's length.
///
/// # Safety
/// `message` and `length` are those of one call of [`hb_room`], handed over once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hb_ask(message: *mut u8, length: usize) -> usize {
    // SAFETY: the room was leaked from a boxed slice of this very length, and comes back once.
    let message = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(message, length)) };
    let answer = SESSION.with_borrow_mut(|session| session.answer(&message));
    drop(message);
    ANSWER.with_borrow_mut(|kept| {
        *kept = answer;
        kept.len()
    })
}

/// Returns where the last answer lies. It stays until the next question.
#[unsafe(no_mangle)]
pub extern "C" fn hb_answer() -> *const u8 {
    ANSWER.with_borrow(Vec::as_ptr)
}
