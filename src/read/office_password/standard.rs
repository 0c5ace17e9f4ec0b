//! Standard encryption ([MS-OFFCRYPTO] 2.3.4.5 and following), which Office 2007 and many libraries write.

use sha1::{Digest as _, Sha1};

use super::{Aes, package_parts, password};
use crate::read::kit::cursor::Cursor;

const ROUNDS: u32 = 50_000;
const HASH_BYTES: usize = 20;

/// Returns the package; `None` where the password is another, or the cipher is not known.
pub(super) fn decrypted(info: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    let mut cursor = Cursor::new(info);
    cursor.skip(8)?;
    let header_bytes = usize::try_from(cursor.u32()?).ok()?;
    let mut header = Cursor::new(cursor.take(header_bytes)?);
    header.skip(8)?;
    let key_bytes = match header.u32()? {
        0x660E => 16,
        0x660F => 24,
        0x6610 => 32,
        _ => return None,
    };
    let salt_bytes = usize::try_from(cursor.u32()?).ok()?;
    let salt = cursor.take(salt_bytes)?;
    let verifier = cursor.take(16)?;
    cursor.skip(4)?;
    let verifier_hash = cursor.take(32)?;
    let cipher = Aes::new(key(salt).get(..key_bytes)?)?;
    let expected = cipher.blocks(verifier_hash);
    let found = Sha1::digest(cipher.blocks(verifier));
    if expected.get(..HASH_BYTES) != Some(found.as_slice()) {
        return None;
    }
    let (size, content) = package_parts(package)?;
    let mut opened = cipher.blocks(content);
    opened.truncate(size);
    Some(opened)
}

/// Returns the key's bytes, more than any cipher takes.
fn key(salt: &[u8]) -> Vec<u8> {
    let mut hash = Sha1::new().chain_update(salt).chain_update(password()).finalize();
    for round in 0..ROUNDS {
        hash = Sha1::new()
            .chain_update(round.to_le_bytes())
            .chain_update(hash)
            .finalize();
    }
    let hash = Sha1::new()
        .chain_update(hash)
        .chain_update(0_u32.to_le_bytes())
        .finalize();
    let half = |fill: u8| {
        let mut block = [fill; 64];
        for (to, from) in block.iter_mut().zip(hash) {
            *to ^= from;
        }
        Sha1::digest(block)
    };
    [half(0x36), half(0x5C)].concat()
}
