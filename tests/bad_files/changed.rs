//! Every format with bytes changed, always the same ones.

use super::foreign::noise;
use super::{BadFile, Expected, bad, good};

const TIMES: u64 = 5;

pub fn files() -> Vec<BadFile> {
    let mut files = Vec::new();
    for (index, (format, build)) in (0_u64..).zip(good::FORMATS) {
        for time in 0..TIMES {
            files.push(bad(&format!("改动{time}.{format}"), Expected::Answered, move || {
                let mut bytes = build();
                let places = noise(80, index * 100 + time);
                for change in places.chunks(4).take(3 + 4 * time as usize) {
                    let place = u32::from_le_bytes(change.try_into().unwrap()) as usize;
                    // The first bytes decide the format; the noise is to get further.
                    let place = 8 + place % (bytes.len() - 8);
                    bytes[place] ^= change[0] | 1;
                }
                bytes
            }));
        }
    }
    files
}
