//! Files encrypted with a password, in each of the ways of Office.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

use std::io::{Cursor, Write as _};

use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes256};
use md5::Md5;
use rc4::{Rc4, StreamCipher as _};
use sha1::Sha1;
use sha2::{Digest, Sha512};

/// The password that Office tries by itself.
pub const OFFICE: &str = "VelvetSweatshop";

const SALT: [u8; 16] = [7; 16];

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        file.create_stream(format!("/{name}"))
            .unwrap()
            .write_all(content)
            .unwrap();
    }
    file.into_inner().into_inner()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let value = (0..3).fold(0_u32, |value, at| value << 8 | u32::from(*chunk.get(at).unwrap_or(&0)));
        for at in 0..4 {
            let letter = LETTERS[(value >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { letter as char } else { '=' });
        }
    }
    out
}

fn padded(data: &[u8]) -> Vec<u8> {
    let mut data = data.to_vec();
    data.resize(data.len().next_multiple_of(16), 0);
    data
}

fn chained(key: &[u8], start: &[u8], data: &[u8]) -> Vec<u8> {
    let cipher = Aes256::new_from_slice(key).unwrap();
    let mut before: [u8; 16] = start[..16].try_into().unwrap();
    let mut out = Vec::new();
    for block in padded(data).chunks(16) {
        let mixed: [u8; 16] = std::array::from_fn(|at| block[at] ^ before[at]);
        let mut block = Array::from(mixed);
        cipher.encrypt_block(&mut block);
        before = block.into();
        out.extend(before);
    }
    out
}

/// Agile encryption: AES-256 in chained blocks, SHA-512.
pub fn agile(package: &[u8], password: &str) -> Vec<u8> {
    const ROUNDS: u32 = 1_000;
    let secret = [3_u8; 32];
    let mut hash = Sha512::new()
        .chain_update(SALT)
        .chain_update(utf16(password))
        .finalize();
    for round in 0..ROUNDS {
        hash = Sha512::new()
            .chain_update(round.to_le_bytes())
            .chain_update(hash)
            .finalize();
    }
    let value = |purpose: [u8; 8], data: &[u8]| {
        let key = Sha512::new().chain_update(hash).chain_update(purpose).finalize();
        base64(&chained(&key[..32], &SALT, data))
    };
    let verifier = [9_u8; 16];
    let input = value([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &verifier);
    let expected = value(
        [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E],
        &Sha512::digest(verifier),
    );
    let key = value([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &secret);
    let cipher = format!(
        r#"saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{}""#,
        base64(&SALT)
    );
    let xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData {cipher}/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="{ROUNDS}" {cipher} encryptedVerifierHashInput="{input}" encryptedVerifierHashValue="{expected}" encryptedKeyValue="{key}"/></keyEncryptor></keyEncryptors></encryption>"#
    );
    let mut content = (package.len() as u64).to_le_bytes().to_vec();
    for (number, segment) in (0_u32..).zip(package.chunks(4096)) {
        let start = Sha512::new()
            .chain_update(SALT)
            .chain_update(number.to_le_bytes())
            .finalize();
        content.extend(chained(&secret, &start, segment));
    }
    let info = [&[4, 0, 4, 0, 0x40, 0, 0, 0], xml.as_bytes()].concat();
    container(&[("EncryptionInfo", &info), ("EncryptedPackage", &content)])
}

/// Standard encryption: AES-128 block by block, SHA-1.
pub fn standard(package: &[u8], password: &str) -> Vec<u8> {
    let mut hash = Sha1::new().chain_update(SALT).chain_update(utf16(password)).finalize();
    for round in 0..50_000_u32 {
        hash = Sha1::new()
            .chain_update(round.to_le_bytes())
            .chain_update(hash)
            .finalize();
    }
    let hash = Sha1::new().chain_update(hash).chain_update([0; 4]).finalize();
    let mut block = [0x36_u8; 64];
    block.iter_mut().zip(hash).for_each(|(to, from)| *to ^= from);
    let key = Sha1::digest(block);
    let cipher = Aes128::new_from_slice(&key[..16]).unwrap();
    let blocks = |data: &[u8]| -> Vec<u8> {
        let mut out = Vec::new();
        for block in padded(data).chunks(16) {
            let mut block = Array::from(<[u8; 16]>::try_from(block).unwrap());
            cipher.encrypt_block(&mut block);
            out.extend(<[u8; 16]>::from(block));
        }
        out
    };
    let verifier = [9_u8; 16];
    let header = [0x24_u32, 0, 0x660E, 0x8004, 128, 0x18, 0, 0]
        .map(u32::to_le_bytes)
        .concat();
    let info = [
        &[3, 0, 2, 0, 0x24, 0, 0, 0],
        (header.len() as u32).to_le_bytes().as_slice(),
        &header,
        &16_u32.to_le_bytes(),
        &SALT,
        &blocks(&verifier),
        &20_u32.to_le_bytes(),
        &blocks(&Sha1::digest(verifier)),
    ]
    .concat();
    let content = [(package.len() as u64).to_le_bytes().to_vec(), blocks(package)].concat();
    container(&[("EncryptionInfo", &info), ("EncryptedPackage", &content)])
}

/// The key of the obfuscation of Excel 95, and the bytes that it mixes in ([MS-OFFCRYPTO] 2.3.7.2).
fn obfuscation(password: &[u8]) -> (u16, [u8; 16]) {
    const CODES: [u16; 15] = [
        0xE1F0, 0x1D0F, 0xCC9C, 0x84C0, 0x110C, 0x0E10, 0xF1CE, 0x313E, 0x1872, 0xE139, 0xD40F, 0x84F9, 0x280C, 0xA96A,
        0x4EC3,
    ];
    #[rustfmt::skip]
    const MATRIX: [u16; 105] = [
        0xAEFC, 0x4DD9, 0x9BB2, 0x2745, 0x4E8A, 0x9D14, 0x2A09, 0x7B61, 0xF6C2, 0xFDA5, 0xEB6B, 0xC6F7, 0x9DCF, 0x2BBF, 0x4563,
        0x8AC6, 0x05AD, 0x0B5A, 0x16B4, 0x2D68, 0x5AD0, 0x0375, 0x06EA, 0x0DD4, 0x1BA8, 0x3750, 0x6EA0, 0xDD40, 0xD849, 0xA0B3,
        0x5147, 0xA28E, 0x553D, 0xAA7A, 0x44D5, 0x6F45, 0xDE8A, 0xAD35, 0x4A4B, 0x9496, 0x390D, 0x721A, 0xEB23, 0xC667, 0x9CEF,
        0x29FF, 0x53FE, 0xA7FC, 0x5FD9, 0x47D3, 0x8FA6, 0x0F6D, 0x1EDA, 0x3DB4, 0x7B68, 0xF6D0, 0xB861, 0x60E3, 0xC1C6, 0x93AD,
        0x377B, 0x6EF6, 0xDDEC, 0x45A0, 0x8B40, 0x06A1, 0x0D42, 0x1A84, 0x3508, 0x6A10, 0xAA51, 0x4483, 0x8906, 0x022D, 0x045A,
        0x08B4, 0x1168, 0x76B4, 0xED68, 0xCAF1, 0x85C3, 0x1BA7, 0x374E, 0x6E9C, 0x3730, 0x6E60, 0xDCC0, 0xA9A1, 0x4363, 0x86C6,
        0x1DAD, 0x3331, 0x6662, 0xCCC4, 0x89A9, 0x0373, 0x06E6, 0x0DCC, 0x1021, 0x2042, 0x4084, 0x8108, 0x1231, 0x2462, 0x48C4,
    ];
    const PADDING: [u8; 15] = [
        0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0, 0xBE, 0x0F, 0, 0xBF, 0x0F, 0,
    ];
    let mut key = CODES[password.len() - 1];
    let mut row = MATRIX.iter().rev();
    for byte in password.iter().rev() {
        for bit in (0..7).rev() {
            let element = row.next().unwrap();
            key ^= if byte & 1 << bit == 0 { 0 } else { *element };
        }
    }
    let whole: Vec<u8> = password.iter().chain(&PADDING).copied().take(16).collect();
    let mixed_in = std::array::from_fn(|at| (whole[at] ^ key.to_le_bytes()[at % 2]).rotate_right(1));
    (key, mixed_in)
}

fn verifier(password: &[u8]) -> u16 {
    let bytes = [&[password.len() as u8], password].concat();
    let turned = |sum: u16| (sum << 1 & 0x7FFF) | (sum >> 14 & 1);
    bytes.iter().rev().fold(0, |sum, byte| turned(sum) ^ u16::from(*byte)) ^ 0xCE4B
}

/// A record stream of xls, obfuscated as Excel 95 did.
pub fn obfuscated(stream: &[u8], password: &str) -> Vec<u8> {
    let (key, mixed_in) = obfuscation(password.as_bytes());
    let filepass = [0, key, verifier(password.as_bytes())].map(u16::to_le_bytes).concat();
    with_filepass(stream, &filepass, |bytes, start, length| {
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = byte.rotate_left(5) ^ mixed_in[(start + length + at) % 16];
        }
    })
}

/// The two ways in which a record stream is encrypted.
#[derive(Debug, Clone, Copy)]
pub enum Rc4Way {
    Plain,
    CryptoApi,
}

/// A record stream of xls, encrypted with RC4.
pub fn rc4(stream: &[u8], password: &str, way: Rc4Way) -> Vec<u8> {
    let key_of = |block: u32| -> Vec<u8> {
        match way {
            Rc4Way::Plain => {
                let first = Md5::digest(utf16(password));
                let whole = [&first[..5], &SALT].concat().repeat(16);
                let hash = Md5::digest(whole);
                let mut key = Md5::new();
                key.update(&hash[..5]);
                key.update(block.to_le_bytes());
                key.finalize().to_vec()
            }
            Rc4Way::CryptoApi => {
                let hash = Sha1::new().chain_update(SALT).chain_update(utf16(password)).finalize();
                let key = Sha1::new()
                    .chain_update(hash)
                    .chain_update(block.to_le_bytes())
                    .finalize();
                key[..16].to_vec()
            }
        }
    };
    let cipher = |block: u32| Rc4::new_from_slice(&key_of(block)).unwrap();
    let verifier = [9_u8; 16];
    let expected = match way {
        Rc4Way::Plain => Md5::digest(verifier).to_vec(),
        Rc4Way::CryptoApi => Sha1::digest(verifier).to_vec(),
    };
    let mut proof = [verifier.to_vec(), expected].concat();
    cipher(0).apply_keystream(&mut proof);
    let filepass = match way {
        Rc4Way::Plain => [&[1, 0, 1, 0, 1, 0], SALT.as_slice(), &proof].concat(),
        Rc4Way::CryptoApi => {
            let header = [4_u32, 0, 0x6801, 0x8004, 128, 1, 0, 0].map(u32::to_le_bytes).concat();
            [
                &[1, 0, 2, 0, 2, 0, 4, 0, 0, 0],
                (header.len() as u32).to_le_bytes().as_slice(),
                &header,
                &16_u32.to_le_bytes(),
                &SALT,
                &proof[..16],
                &20_u32.to_le_bytes(),
                &proof[16..],
            ]
            .concat()
        }
    };
    with_filepass(stream, &filepass, |bytes, start, _| {
        let blocks = (start / 1024) as u32..;
        let mut pad = vec![0_u8; start % 1024 + bytes.len()];
        for (number, block) in blocks.zip(pad.chunks_mut(1024)) {
            cipher(number).apply_keystream(block);
        }
        for (byte, key) in bytes.iter_mut().zip(&pad[start % 1024..]) {
            *byte ^= key;
        }
    })
}

/// A container with the stream, FILEPASS behind its first record; `encrypt` gets what is encrypted of each record,
/// where in the stream it begins, and how long the record is.
fn with_filepass(stream: &[u8], filepass: &[u8], encrypt: impl Fn(&mut [u8], usize, usize)) -> Vec<u8> {
    let first = 4 + usize::from(u16::from_le_bytes([stream[2], stream[3]]));
    let record = [
        0x2F_u16.to_le_bytes().as_slice(),
        &(filepass.len() as u16).to_le_bytes(),
        filepass,
    ]
    .concat();
    let mut plain = [&stream[..first], &record, &stream[first..]].concat();
    let mut at = 0;
    while at + 4 <= plain.len() {
        let kind = u16::from_le_bytes([plain[at], plain[at + 1]]);
        let length = usize::from(u16::from_le_bytes([plain[at + 2], plain[at + 3]]));
        let from = at + 4;
        if kind == 0x85 {
            // FILEPASS moves the sheets that the globals point to.
            let place = u32::from_le_bytes(plain[from..from + 4].try_into().unwrap()) + record.len() as u32;
            plain[from..from + 4].copy_from_slice(&place.to_le_bytes());
        }
        let kept = match kind {
            0x0809 | 0x2F => length,
            0x85 => 4,
            _ => 0,
        };
        encrypt(&mut plain[from + kept..from + length], from + kept, length);
        at = from + length;
    }
    container(&[("Workbook", &plain)])
}
