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
    // FILEPASS stands behind the first record, and moves the sheets that the globals point to.
    let first = 4 + usize::from(u16::from_le_bytes([stream[2], stream[3]]));
    let record = [
        0x2F_u16.to_le_bytes().as_slice(),
        &(filepass.len() as u16).to_le_bytes(),
        &filepass,
    ]
    .concat();
    let mut plain = [&stream[..first], &record, &stream[first..]].concat();
    let mut pad = vec![0_u8; plain.len()];
    for (number, block) in (0_u32..).zip(pad.chunks_mut(1024)) {
        cipher(number).apply_keystream(block);
    }
    let mut at = 0;
    while at + 4 <= plain.len() {
        let kind = u16::from_le_bytes([plain[at], plain[at + 1]]);
        let length = usize::from(u16::from_le_bytes([plain[at + 2], plain[at + 3]]));
        let from = at + 4;
        if kind == 0x85 {
            let place = u32::from_le_bytes(plain[from..from + 4].try_into().unwrap()) + record.len() as u32;
            plain[from..from + 4].copy_from_slice(&place.to_le_bytes());
        }
        let kept = match kind {
            0x0809 | 0x2F => length,
            0x85 => 4,
            _ => 0,
        };
        for place in from + kept..from + length {
            plain[place] ^= pad[place];
        }
        at = from + length;
    }
    container(&[("Workbook", &plain)])
}
