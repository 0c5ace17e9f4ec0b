//! An earlier report, checked again.
#![no_main]

use std::sync::LazyLock;

use hebiao::standard::Standard;
use libfuzzer_sys::fuzz_target;

static STANDARD: LazyLock<Standard> = LazyLock::new(Standard::ministry);

fuzz_target!(|data: &[u8]| {
    if hebiao::read::is_json(data) {
        hebiao::check_bytes("a.json", data, &STANDARD);
    }
});
