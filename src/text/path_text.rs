//! Paths as text, one text for each path, also where a name is no UTF-8.
//!
//! A name that is plain text stands as it is. Any other carries a mark before its extension: 〔GBK〕 where it was read as
//! GBK, as old Chinese programs wrote names; 〔字节〕 where it is no text at all, its bytes as `%B0`; 〔UTF-8〕 where a plain
//! name holds one of the marks itself. So two names never look the same, and a reader still knows whose file it is.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::GB18030;

const GBK: &str = "〔GBK〕";
const BYTES: &str = "〔字节〕";
const PLAIN: &str = "〔UTF-8〕";

/// Returns the path as text, with `/` between its parts; different paths have different texts.
pub fn path_text(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_divider = |byte: &u8| *byte == b'/' || (cfg!(windows) && *byte == b'\\');
    let parts: Vec<Cow<'_, str>> = bytes.split(is_divider).map(name_text).collect();
    parts.join("/")
}

/// Returns one name of a path as text.
fn name_text(name: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(name) {
        Ok(text) if [GBK, BYTES, PLAIN].iter().any(|mark| text.contains(mark)) => marked(text, PLAIN).into(),
        Ok(text) => text.into(),
        Err(_) => match gbk(name) {
            Some(text) => marked(&text, GBK).into(),
            None => marked(&escaped(name), BYTES).into(),
        },
    }
}

/// Returns the text of a GBK name; `None` when the bytes are none, or would not come back from the text.
fn gbk(name: &[u8]) -> Option<Cow<'_, str>> {
    // Windows keeps names in another form, whose bytes mean nothing in GBK.
    if cfg!(windows) {
        return None;
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(name)?;
    let is_readable = !text.chars().any(char::is_control);
    let comes_back = GB18030.encode(&text).0.as_ref() == name;
    (is_readable && comes_back).then_some(text)
}

fn escaped(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len() * 2);
    for chunk in name.utf8_chunks() {
        text.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// Returns the name with a mark before its extension.
fn marked(name: &str, mark: &str) -> String {
    match name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        Some((stem, extension)) => format!("{stem}{mark}.{extension}"),
        None => format!("{name}{mark}"),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::collections::BTreeSet;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    fn text(bytes: &[u8]) -> String {
        path_text(Path::new(OsStr::from_bytes(bytes)))
    }

    #[test]
    fn a_name_in_gbk_is_read_and_marked() {
        let name = GB18030.encode("教育局/自评表.xlsx").0;
        assert_eq!(text(&name), "教育局〔GBK〕/自评表〔GBK〕.xlsx");
        assert_eq!(text("教育局/自评表.xlsx".as_bytes()), "教育局/自评表.xlsx");
        assert_eq!(text(b"50%\xFF.xlsx"), "50%25%FF〔字节〕.xlsx");
        assert_eq!(text("表〔GBK〕.xlsx".as_bytes()), "表〔GBK〕〔UTF-8〕.xlsx");
    }

    #[test]
    fn different_names_have_different_texts() {
        let gbk = GB18030.encode("表.xlsx").0.into_owned();
        let names: [&[u8]; 10] = [
            &gbk,
            "表.xlsx".as_bytes(),
            "表〔GBK〕.xlsx".as_bytes(),
            "表〔GBK〕〔UTF-8〕.xlsx".as_bytes(),
            b"\xFF.xlsx",
            b"\xFE.xlsx",
            b"%FF.xlsx",
            b"%FF\xFF.xlsx",
            b"\xFF%FF.xlsx",
            "%FF〔字节〕.xlsx".as_bytes(),
        ];
        let texts: BTreeSet<String> = names.iter().map(|name| text(name)).collect();
        assert_eq!(texts.len(), names.len());
    }
}
