//! Files that are encrypted with the password that Office itself tries before it asks anybody: `VelvetSweatshop`.
//!
//! Excel encrypts so where only the structure of a workbook is protected; nobody is asked for a password when such a
//! file is opened. Any other password is a person's own and stays one.

mod agile;
mod binary;
mod obfuscated;
mod standard;

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};

use super::ReadError;

pub(super) use binary::decrypted_records;

/// The password, as UTF-16 in small-endian bytes.
fn password() -> Vec<u8> {
    "VelvetSweatshop".encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Returns a package as it stands, and what an encrypted container holds where Office opens it without asking.
pub(crate) fn package_of(bytes: &[u8], most_bytes: u64) -> Cow<'_, [u8]> {
    const CONTAINER: &[u8] = b"\xD0\xCF\x11\xE0";
    let opened = bytes.starts_with(CONTAINER).then(|| opened_package(bytes, most_bytes));
    match opened {
        Some(Ok(package)) => Cow::Owned(package),
        _ => Cow::Borrowed(bytes),
    }
}

/// Returns the package inside an encrypted container, where that password opens it.
///
/// # Errors
/// `password_protected` where it does not, or the encryption is of a kind that is not known.
pub(super) fn opened_package(bytes: &[u8], most_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| ReadError::password_protected())?;
    let mut stream = |name: &str| {
        let mut content = Vec::new();
        let stream = container.open_stream(format!("/{name}")).ok()?;
        stream.take(most_bytes).read_to_end(&mut content).ok()?;
        Some(content)
    };
    let info = stream("EncryptionInfo").ok_or_else(ReadError::password_protected)?;
    let package = stream("EncryptedPackage").ok_or_else(ReadError::password_protected)?;
    let opened = match info.get(..4) {
        Some([4, 0, 4, 0]) => agile::decrypted(info.get(8..).unwrap_or_default(), &package),
        Some([2..=4, 0, 2, 0]) => standard::decrypted(&info, &package),
        _ => None,
    };
    opened.ok_or_else(ReadError::password_protected)
}

/// A key of AES of any of its lengths.
enum Aes {
    Short(Aes128),
    Middle(Aes192),
    Long(Aes256),
}

impl Aes {
    fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(Self::Short),
            24 => Aes192::new_from_slice(key).ok().map(Self::Middle),
            32 => Aes256::new_from_slice(key).ok().map(Self::Long),
            _ => None,
        }
    }

    fn block(&self, block: &[u8; 16]) -> [u8; 16] {
        let mut block = Array::from(*block);
        match self {
            Self::Short(cipher) => cipher.decrypt_block(&mut block),
            Self::Middle(cipher) => cipher.decrypt_block(&mut block),
            Self::Long(cipher) => cipher.decrypt_block(&mut block),
        }
        block.into()
    }

    /// Decrypts whole blocks, each on its own; what is left over is no block.
    fn blocks(&self, data: &[u8]) -> Vec<u8> {
        let (blocks, _) = data.as_chunks::<16>();
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    /// Decrypts whole blocks, each chained to the one before it.
    fn chained(&self, start: [u8; 16], data: &[u8]) -> Vec<u8> {
        let (blocks, _) = data.as_chunks::<16>();
        let mut before = start;
        let mut opened = Vec::with_capacity(data.len());
        for block in blocks {
            let plain = self.block(block);
            opened.extend(plain.iter().zip(before).map(|(byte, before)| byte ^ before));
            before = *block;
        }
        opened
    }
}

/// Returns the size that a package declares in its first eight bytes, and what stands behind them.
fn package_parts(package: &[u8]) -> Option<(usize, &[u8])> {
    let (size, content) = package.split_first_chunk::<8>()?;
    let size = usize::try_from(u64::from_le_bytes(*size)).ok()?;
    (size <= content.len()).then_some((size, content))
}
