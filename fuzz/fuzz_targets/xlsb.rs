//! The reader of xlsb: the input is the parts of `containers::XLSB`.
#![no_main]

use hebiao_fuzz::containers::{XLSB, package};
use hebiao_fuzz::mutate::{Framing, records};
use hebiao_fuzz::{parts, read};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    if let Some(file) = package(&XLSB, &parts(data)) {
        read(&file);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    records(data, size, max_size, seed, Framing::Parts)
});
