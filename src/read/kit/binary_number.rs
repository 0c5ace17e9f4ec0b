//! The short form of numbers that xls and xlsb share.

use rust_decimal::Decimal;

use super::decimal::from_binary;

/// A number in 30 bits: an integer, or the upper part of a binary number, perhaps in hundredths.
pub(in crate::read) fn rk(bits: u32) -> (Option<Decimal>, f64) {
    let is_hundredths = bits & 1 != 0;
    if bits & 2 != 0 {
        let integer = bits.cast_signed() >> 2;
        let number = Decimal::new(integer.into(), if is_hundredths { 2 } else { 0 }).normalize();
        return (Some(number), f64::from(integer));
    }
    let binary = f64::from_bits(u64::from(bits & !3) << 32);
    let binary = if is_hundredths { binary / 100.0 } else { binary };
    (from_binary(binary), binary)
}
