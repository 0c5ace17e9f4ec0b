//! Whole files of any format, containers and all.
#![no_main]

use hebiao_fuzz::mutate::package;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| hebiao_fuzz::read(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { package(data, size, max_size, seed) });
