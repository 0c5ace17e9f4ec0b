//! The reader of SpreadsheetML 2003.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| hebiao_fuzz::read(data));
