//! The reader of ods: the input is the parts of `containers::ODS`.
#![no_main]

use hebiao_fuzz::containers::{ODS, package};
use hebiao_fuzz::{parts, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(file) = package(&ODS, &parts(data)) {
        read(&file);
    }
});
