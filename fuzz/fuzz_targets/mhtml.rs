//! The reader of web archives.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| hebiao_fuzz::read(data));
