//! Agile encryption ([MS-OFFCRYPTO] 2.3.4.10 and following), which Office 2010 and later write.

use mail_parser::decoders::base64::base64_decode;
use sha2::Digest;

use super::{Aes, package_parts, password};
use crate::read::kit::xml::{Node, Xml, attribute};

/// Blocks of 4096 bytes are encrypted one by one.
const SEGMENT: usize = 4096;
/// Rounds that no program asks for: they would only keep the reader busy.
const MOST_ROUNDS: u32 = 1_000_000;

const VERIFIER_INPUT: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const VERIFIER_VALUE: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const KEY_VALUE: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        match name {
            "SHA1" | "SHA-1" => Some(Self::Sha1),
            "SHA256" => Some(Self::Sha256),
            "SHA384" => Some(Self::Sha384),
            "SHA512" => Some(Self::Sha512),
            _ => None,
        }
    }

    fn of(self, parts: [&[u8]; 2]) -> Vec<u8> {
        fn digest<D: Digest>(parts: [&[u8]; 2]) -> Vec<u8> {
            let mut digest = D::new();
            parts.into_iter().for_each(|part| digest.update(part));
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha1 => digest::<sha1::Sha1>(parts),
            Self::Sha256 => digest::<sha2::Sha256>(parts),
            Self::Sha384 => digest::<sha2::Sha384>(parts),
            Self::Sha512 => digest::<sha2::Sha512>(parts),
        }
    }
}

/// What an element says of its cipher, and the values encrypted with it.
struct Cipher {
    salt: Vec<u8>,
    hash: Hash,
    key_bytes: usize,
    rounds: u32,
    verifier_input: Vec<u8>,
    verifier_value: Vec<u8>,
    key_value: Vec<u8>,
}

impl Cipher {
    /// Returns the start of a chain of blocks: a hash or a salt at the block's length.
    fn start(bytes: &[u8]) -> [u8; 16] {
        let mut start = [0x36; 16];
        for (to, from) in start.iter_mut().zip(bytes) {
            *to = *from;
        }
        start
    }

    fn password_hash(&self) -> Vec<u8> {
        let mut hash = self.hash.of([&self.salt, &password()]);
        for round in 0..self.rounds {
            hash = self.hash.of([&round.to_le_bytes(), &hash]);
        }
        hash
    }

    /// Decrypts a value with the key that a purpose gives.
    fn value(&self, password_hash: &[u8], purpose: [u8; 8], value: &[u8]) -> Option<Vec<u8>> {
        let mut key = self.hash.of([password_hash, &purpose]);
        key.resize(self.key_bytes, 0x36);
        Some(Aes::new(&key)?.chained(Self::start(&self.salt), value))
    }
}

/// Returns the package; `None` where the password is another, or the cipher is not known.
pub(super) fn decrypted(info: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    let [data, key] = ciphers(info)?;
    let hash = key.password_hash();
    let input = key.value(&hash, VERIFIER_INPUT, &key.verifier_input)?;
    let input = input.get(..key.salt.len().min(input.len()))?;
    let expected = key.value(&hash, VERIFIER_VALUE, &key.verifier_value)?;
    let found = key.hash.of([input, &[]]);
    if expected.get(..found.len()) != Some(found.as_slice()) {
        return None;
    }
    let mut secret = key.value(&hash, KEY_VALUE, &key.key_value)?;
    secret.truncate(data.key_bytes);
    let cipher = Aes::new(&secret)?;
    let (size, content) = package_parts(package)?;
    let mut opened = Vec::with_capacity(content.len());
    for (number, segment) in (0_u32..).zip(content.chunks(SEGMENT)) {
        let start = data.hash.of([&data.salt, &number.to_le_bytes()]);
        opened.extend(cipher.chained(Cipher::start(&start), segment));
    }
    opened.truncate(size);
    Some(opened)
}

/// Returns what is said of the content's cipher, and of the key's.
fn ciphers(info: &[u8]) -> Option<[Cipher; 2]> {
    const DEEPEST: usize = 16;
    let text = std::str::from_utf8(info).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut xml = Xml::of_text(text, DEEPEST);
    let (mut data, mut key) = (None, None);
    loop {
        match xml.next().ok()? {
            Node::Start(start) => {
                let name = start.local_name();
                let found = match name.as_ref() {
                    "keyData" => &mut data,
                    "encryptedKey" => &mut key,
                    _ => continue,
                };
                let is_known = attribute(&start, "cipherAlgorithm").as_deref() == Some("AES")
                    && attribute(&start, "cipherChaining").as_deref() == Some("ChainingModeCBC");
                let bytes = |name: &str| attribute(&start, name).and_then(|value| base64_decode(value.as_bytes()));
                let number = |name: &str| attribute(&start, name)?.parse::<u32>().ok();
                *found = Some(Cipher {
                    salt: bytes("saltValue")?,
                    hash: Hash::named(&attribute(&start, "hashAlgorithm")?)?,
                    key_bytes: usize::try_from(number("keyBits")? / 8).ok()?,
                    rounds: number("spinCount").unwrap_or_default(),
                    verifier_input: bytes("encryptedVerifierHashInput").unwrap_or_default(),
                    verifier_value: bytes("encryptedVerifierHashValue").unwrap_or_default(),
                    key_value: bytes("encryptedKeyValue").unwrap_or_default(),
                })
                .filter(|cipher: &Cipher| is_known && cipher.rounds <= MOST_ROUNDS);
            }
            Node::Eof => return Some([data?, key?]),
            _ => {}
        }
    }
}
