//! A list of paths as `--files-from` takes it, whoever wrote it.

use std::borrow::Cow;
use std::path::PathBuf;

use encoding_rs::{Encoding, GB18030};

/// A longer list is none.
pub const MOST_LIST_BYTES: u64 = 64 * 1024 * 1024;

/// Returns the paths of a list: one a line, or each ended by a NUL. UTF-8 with or without a mark, UTF-16 with one
/// (what PowerShell writes), or GB18030. Empty lines are passed over; quotation marks around a path, which Windows
/// puts there when it copies one, are taken off.
pub fn paths_of_list(bytes: &[u8]) -> Vec<PathBuf> {
    let text = decode(bytes);
    let ends_by_nul = text.contains('\0');
    let paths = text.split(if ends_by_nul { '\0' } else { '\n' });
    paths
        .map(|path| {
            if ends_by_nul {
                return path;
            }
            let path = path.trim_end_matches('\r');
            let inner = path.strip_prefix('"').and_then(|path| path.strip_suffix('"'));
            inner.unwrap_or(path)
        })
        .filter(|path| !path.trim().is_empty())
        .map(PathBuf::from)
        .collect()
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0,
    }
}
