//! The reader of xlsx: the input is the parts of `containers::XLSX`. Its quick ways and its full one read the same.
#![no_main]

use hebiao_fuzz::containers::{XLSX, package};
use hebiao_fuzz::{parts, read, read_both_ways};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(file) = package(&XLSX, &parts(data)) {
        read(&file);
        read_both_ways(&file);
    }
});
