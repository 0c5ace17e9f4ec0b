//! The compound container of older Office files: tells what it holds, reads none of it.

use std::io::Cursor;

use super::ReadError;
use super::content::Content;

/// The first bytes of every compound container.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Tells a workbook, a document and an encrypted package apart by the streams of the container.
pub(super) fn detect(bytes: &[u8]) -> Result<Content, ReadError> {
    let root: Vec<String> = match cfb::CompoundFile::open(Cursor::new(bytes)) {
        Ok(file) => file
            .read_root_storage()
            .map(|entry| entry.name().to_lowercase())
            .collect(),
        Err(_) => Vec::new(),
    };
    // A container whose structure is broken still shows its directory's names, written as UTF-16.
    let has = |name: &str| {
        if root.is_empty() {
            contains_wide(bytes, name)
        } else {
            root.contains(&name.to_lowercase())
        }
    };
    // Both kinds keep the file in one stream; what only named persons may open says so beside it.
    let is_rights_managed = contains_wide(bytes, "DRMEncryptedDataSpace")
        || contains_wide(bytes, "DRMEncryptedTransform")
        || has("\u{9}DRMContent")
        || has("\u{9}DRMDataSpace");
    if is_rights_managed {
        return Err(ReadError::rights_managed());
    }
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Ok(Content::Encrypted)
    } else if has("Workbook") || has("Book") {
        Ok(Content::Xls)
    } else if has("WordDocument") {
        Ok(Content::Doc)
    } else if has("PowerPoint Document") {
        Ok(Content::Ppt)
    } else if root.is_empty() {
        Err(ReadError::damaged("文件结构读不出来"))
    } else {
        Err(ReadError::not_a_spreadsheet("这个文件里没有工作簿"))
    }
}

fn contains_wide(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    // A name stands at the start of a directory entry, and entries are 128 bytes long, aligned.
    bytes.chunks(128).any(|entry| entry.starts_with(&wide))
}
