//! The reader of docx: the input is the parts of `containers::DOCX`.
#![no_main]

use hebiao_fuzz::containers::{DOCX, package};
use hebiao_fuzz::{parts, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(file) = package(&DOCX, &parts(data)) {
        read(&file);
    }
});
