//! The record stream of xls, encrypted with RC4 ([MS-OFFCRYPTO] 2.3.5 and 2.3.6, [MS-XLS] 2.2.10) or obfuscated.

use md5::Md5;
use rc4::{KeyInit as _, Rc4, StreamCipher as _};
use sha1::{Digest as _, Sha1};

use super::{obfuscated, password};
use crate::read::ReadError;
use crate::read::kit::cursor::Cursor;

/// The key changes with each block of so many bytes.
const BLOCK: usize = 1024;

const FILEPASS: u16 = 0x002F;
/// A record without content, which stands in the place of the one that says how the stream was encrypted.
const INTERFACEEND: u16 = 0x00E2;
const BOUNDSHEET: u16 = 0x0085;
/// Records that are never encrypted: beginnings, FILEPASS itself, and what programs read before they ask.
const PLAIN: [u16; 7] = [0x0809, FILEPASS, 0x00E1, 0x0194, 0x0195, 0x0196, 0x0138];

/// What the key of a block is made from.
enum Keys {
    Rc4([u8; 5]),
    CryptoApi { hash: Vec<u8>, bytes: usize },
}

impl Keys {
    fn cipher(&self, block: u32) -> Option<Rc4> {
        match self {
            Self::Rc4(hash) => {
                let key = Md5::new()
                    .chain_update(hash)
                    .chain_update(block.to_le_bytes())
                    .finalize();
                Rc4::new_from_slice(&key).ok()
            }
            Self::CryptoApi { hash, bytes } => {
                let key = Sha1::new()
                    .chain_update(hash)
                    .chain_update(block.to_le_bytes())
                    .finalize();
                let mut key = key.get(..*bytes)?.to_vec();
                if *bytes == 5 {
                    key.resize(16, 0);
                }
                Rc4::new_from_slice(&key).ok()
            }
        }
    }

    /// Decrypts bytes that stand together at the beginning of a block.
    fn opened(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut opened = bytes.to_vec();
        self.cipher(0)?.apply_keystream(&mut opened);
        Some(opened)
    }
}

/// Returns the record stream as it was before Office's own password encrypted it; any stream that is not encrypted as
/// it is.
///
/// # Errors
/// `password_protected` where the password is another, or the encryption is of a kind that is not known.
pub(in crate::read) fn decrypted_records(mut stream: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    let Some(found) = filepass(&stream) else {
        return Ok(stream);
    };
    if obfuscated::is_opened_by_office(found) {
        each_content(&mut stream, obfuscated::open);
        return Ok(stream);
    }
    let keys = keys(found).ok_or_else(ReadError::password_protected)?;
    let mut pad = vec![0; stream.len()];
    for (number, block) in (0_u32..).zip(pad.chunks_mut(BLOCK)) {
        let mut cipher = keys.cipher(number).ok_or_else(ReadError::password_protected)?;
        cipher.apply_keystream(block);
    }
    each_content(&mut stream, |bytes, place| {
        let key = pad.get(place.start..).unwrap_or_default();
        for (byte, key) in bytes.iter_mut().zip(key) {
            *byte ^= key;
        }
    });
    Ok(stream)
}

/// Where encrypted bytes stand in the stream.
pub(super) struct Place {
    pub start: usize,
    /// The length of their record's whole content.
    pub length: usize,
}

/// Hands out the encrypted bytes of each record, and takes the record away that says how they were encrypted.
fn each_content(stream: &mut [u8], open: impl Fn(&mut [u8], Place)) {
    let mut at = 0;
    while let Some((kind, length)) = head(stream, at) {
        let plain = match kind {
            BOUNDSHEET => 4.min(length),
            kind if PLAIN.contains(&kind) => length,
            _ => 0,
        };
        let content = at + 4;
        let (start, end) = (content + plain, (content + length).min(stream.len()));
        if let Some(bytes) = stream.get_mut(start..end) {
            open(bytes, Place { start, length });
        }
        if kind == FILEPASS
            && let Some([first, second]) = stream.get_mut(at..at + 2)
        {
            [*first, *second] = INTERFACEEND.to_le_bytes();
        }
        at = content + length;
    }
}

/// Returns a record's type and length.
fn head(stream: &[u8], at: usize) -> Option<(u16, usize)> {
    let (head, _) = stream.get(at..)?.split_first_chunk::<4>()?;
    let [k0, k1, l0, l1] = *head;
    Some((u16::from_le_bytes([k0, k1]), usize::from(u16::from_le_bytes([l0, l1]))))
}

/// Returns the content of the record that says how the stream is encrypted, which stands near its beginning.
fn filepass(stream: &[u8]) -> Option<&[u8]> {
    const NEAR: usize = 16;
    let mut at = 0;
    for _ in 0..NEAR {
        let (kind, length) = head(stream, at)?;
        if kind == FILEPASS {
            return stream.get(at + 4..at + 4 + length);
        }
        at += 4 + length;
    }
    None
}

fn keys(filepass: &[u8]) -> Option<Keys> {
    let mut cursor = Cursor::new(filepass);
    if cursor.u16()? != 1 {
        return None;
    }
    let (keys, salted) = match (cursor.u16()?, cursor.u16()?) {
        (1, 1) => {
            let salt = cursor.take(16)?;
            (rc4_keys(salt), cursor.take(32)?.to_vec())
        }
        (2..=4, 2) => {
            cursor.skip(4)?;
            let header_bytes = usize::try_from(cursor.u32()?).ok()?;
            let mut header = Cursor::new(cursor.take(header_bytes)?);
            header.skip(8)?;
            if header.u32()? != 0x6801 {
                return None;
            }
            header.skip(4)?;
            let bytes = match header.u32()? {
                0 => 5,
                bits => usize::try_from(bits / 8).ok()?,
            };
            let salt_bytes = usize::try_from(cursor.u32()?).ok()?;
            let salt = cursor.take(salt_bytes)?;
            let hash = Sha1::new().chain_update(salt).chain_update(password()).finalize();
            let hash = hash.to_vec();
            let verifier = cursor.take(16)?;
            cursor.skip(4)?;
            (Keys::CryptoApi { hash, bytes }, [verifier, cursor.take(20)?].concat())
        }
        _ => return None,
    };
    let opened = keys.opened(&salted)?;
    let (verifier, expected) = opened.split_at_checked(16)?;
    let is_right = match &keys {
        Keys::Rc4(_) => Md5::digest(verifier).as_slice() == expected,
        Keys::CryptoApi { .. } => Sha1::digest(verifier).as_slice() == expected,
    };
    is_right.then_some(keys)
}

fn rc4_keys(salt: &[u8]) -> Keys {
    let first = Md5::digest(password());
    let mut digest = Md5::new();
    for _ in 0..16 {
        digest.update(first.get(..5).unwrap_or_default());
        digest.update(salt);
    }
    let hash = digest.finalize();
    let mut truncated = [0; 5];
    for (to, from) in truncated.iter_mut().zip(hash) {
        *to = from;
    }
    Keys::Rc4(truncated)
}
