//! The record stream of xls, obfuscated as Excel 95 did ([MS-OFFCRYPTO] 2.3.7, [MS-XLS] 2.2.10).

use super::binary::Place;
use crate::read::kit::cursor::Cursor;

/// What the method makes of the one password that is tried: the key and the verifier that a file carries, and the
/// bytes that its content is mixed with.
const KEY: u16 = 0xB359;
const VERIFIER: u16 = 0x9A0A;
const MIXED_IN: [u8; 16] = [
    0x87, 0x6B, 0x9A, 0xE2, 0x1E, 0xE3, 0x05, 0x62, 0x1E, 0x69, 0x96, 0x60, 0x98, 0x6E, 0x94, 0x04,
];

/// Returns whether a FILEPASS record says that the stream is obfuscated with Office's own password.
pub(super) fn is_opened_by_office(filepass: &[u8]) -> bool {
    let mut cursor = Cursor::new(filepass);
    // Up to Excel 95 nothing but this was known, so the record does not say it.
    if filepass.len() > 4 && cursor.u16() != Some(0) {
        return false;
    }
    (cursor.u16(), cursor.u16()) == (Some(KEY), Some(VERIFIER))
}

/// Opens the bytes of one record.
pub(super) fn open(bytes: &mut [u8], place: Place) {
    let mixed_in = MIXED_IN
        .iter()
        .cycle()
        .skip((place.start + place.length) % MIXED_IN.len());
    for (byte, mixed_in) in bytes.iter_mut().zip(mixed_in) {
        *byte = (*byte ^ mixed_in).rotate_right(5);
    }
}
