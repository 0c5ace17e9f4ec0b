//! A list of paths as `--files-from` takes it, whoever wrote it.

use std::borrow::Cow;
use std::path::PathBuf;

use encoding_rs::{Encoding, GB18030};

/// A longer list is none.
pub const MOST_LIST_BYTES: u64 = 64 * 1024 * 1024;

/// Returns the paths of a list: one a line, or each ended by a NUL. UTF-8 with or without a mark, UTF-16 with one
/// (what PowerShell writes), or GB18030. Empty lines are passed over; quotation marks around a path, which Windows
/// puts there when it copies one, are taken off. Where a line is no UTF-8 and a file of just that name is there, it is
/// the one meant: a list that a program made has names as they are.
pub fn paths_of_list(bytes: &[u8]) -> Vec<PathBuf> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            let rest = bytes.get(length..).unwrap_or_default();
            encoding
                .decode_without_bom_handling(rest)
                .0
                .into_owned()
                .into_bytes()
                .into()
        }
        None => Cow::Borrowed(bytes),
    };
    let ends_by_nul = text.contains(&0);
    let end = if ends_by_nul { 0 } else { b'\n' };
    let is_utf8 = std::str::from_utf8(&text).is_ok();
    text.split(|byte| *byte == end)
        .map(|path| {
            if ends_by_nul {
                return path;
            }
            let path = path.strip_suffix(b"\r").unwrap_or(path);
            let inner = path.strip_prefix(b"\"").and_then(|path| path.strip_suffix(b"\""));
            inner.unwrap_or(path)
        })
        .filter(|path| !path.trim_ascii().is_empty())
        .map(|path| path_of(path, is_utf8))
        .collect()
}

/// `is_utf8` when the whole list is: one line alone could be valid in both encodings.
fn path_of(line: &[u8], is_utf8: bool) -> PathBuf {
    if let Some(path) = as_it_is(line).filter(|_| !is_utf8) {
        return path;
    }
    if is_utf8 {
        PathBuf::from(String::from_utf8_lossy(line).into_owned())
    } else {
        PathBuf::from(GB18030.decode_without_bom_handling(line).0.into_owned())
    }
}

/// Returns the path of just these bytes, if there is a file of that name.
#[cfg(unix)]
fn as_it_is(line: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt as _;
    let path = PathBuf::from(std::ffi::OsStr::from_bytes(line));
    path.symlink_metadata().is_ok().then_some(path)
}

#[cfg(not(unix))]
const fn as_it_is(_: &[u8]) -> Option<PathBuf> {
    None
}
