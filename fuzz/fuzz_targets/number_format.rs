//! The renderer of number formats: sign, scale and digits of a decimal, then the format's code.
#![no_main]

use hebiao::internals::number_format::{Epoch, NumberFormat};
use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;

fuzz_target!(|data: &[u8]| {
    let Some((&[flags, low @ .., a, b, c, d, e, f, g, h], code)) = data.split_first_chunk::<13>() else {
        return;
    };
    let [low, high] = [u32::from_le_bytes(low), u32::from_le_bytes([a, b, c, d])];
    let middle = u32::from_le_bytes([e, f, g, h]);
    let value = Decimal::from_parts(low, middle, high, flags & 0x80 != 0, u32::from(flags & 0x7F) % 29);
    let code = String::from_utf8_lossy(code);
    let format = NumberFormat::parse(&code);
    for epoch in [Epoch::Year1900, Epoch::Year1904] {
        let shown = format.number(value, epoch);
        assert!(shown.text.len() <= 16 * (code.len() + 64), "{} bytes", shown.text.len());
    }
    format.text(&code);
    assert!(!(format.is_general() && format.number(value, Epoch::Year1900).unsure));
});
