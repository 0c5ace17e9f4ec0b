//! An earlier report, checked again.
#![no_main]

use hebiao::standard::Standard;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if hebiao::internals::is_json(data) {
        hebiao::check_bytes("a.json", data, Standard::ministry());
    }
});
