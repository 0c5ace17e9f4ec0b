//! The reader of xls: the input is the stream of records, put into a compound file.
#![no_main]

use hebiao_fuzz::containers::compound;
use hebiao_fuzz::mutate::{Framing, records};
use hebiao_fuzz::read;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    if let Some(file) = compound(data) {
        read(&file);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    records(data, size, max_size, seed, Framing::Biff)
});
