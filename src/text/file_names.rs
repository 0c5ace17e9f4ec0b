//! Names for files that every system takes. Nothing is looked up on a disk.

use std::collections::BTreeSet;
use std::path::Path;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::own_markers::ANNOTATED_STEM;
use super::path_text::path_text;

/// Ending of the normalized workbook's file name.
pub const NORMALIZED_SUFFIX: &str = ".规范表.xlsx";

const NAMELESS: &str = "未命名";

/// Returns the file name of an output: the input's name without its extension, then the suffix
/// (`项目甲.规范表.xlsx`).
pub fn output_name(input: &Path, suffix: &str) -> String {
    format!("{}{suffix}", output_stem(input))
}

/// Returns names for the outputs of a batch, one for each input in order: inputs of the same name are kept apart as
/// `name`, `name (2)`, `name (3)` … To be followed by a suffix. Names that differ only in case or in Unicode form
/// count as the same, since some file systems hold them so.
pub fn output_stems<'a>(inputs: impl IntoIterator<Item = &'a Path>) -> Vec<String> {
    kept_apart(inputs.into_iter().map(output_stem))
}

/// Returns the same names in order, equal ones kept apart as [`output_stems`] says.
pub fn kept_apart(stems: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut next_number: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    let mut apart = Vec::new();
    for stem in stems {
        let mut name = stem.clone();
        // Counting goes on from the last number of this name, so that many equal names take no quadratic time.
        let number = next_number.entry(folded(&stem)).or_insert(2);
        while !taken.insert(folded(&name)) {
            name = format!("{stem} ({number})");
            *number += 1;
        }
        apart.push(name);
    }
    apart
}

/// Returns the name for the outputs of one input, as [`output_stems`] gives it to the first of that name.
pub fn output_stem(input: &Path) -> String {
    let stem = input
        .file_stem()
        .map(|stem| stem.to_str().map_or_else(|| path_text(Path::new(stem)), str::to_owned))
        .unwrap_or_default();
    // A copy that was handed back gets the names that its original had.
    let mut name = stem.as_str();
    while let Some(original) = name
        .strip_suffix(ANNOTATED_STEM)
        .filter(|original| !original.is_empty())
    {
        name = original;
    }
    safe_stem(name)
}

/// Returns a text as a file name, without extension, that every system takes, Windows too: forbidden signs become
/// `_`, blanks and dots at the end go, a device's name (CON, NUL, COM1 …) gets a `_` before it, and a long name is
/// cut.
pub fn safe_stem(name: &str) -> String {
    /// Systems take 255 bytes; the rest is for a number and the suffix.
    const MOST_BYTES: usize = 180;
    let mut safe = String::with_capacity(name.len());
    for character in name.nfc() {
        let is_forbidden = character.is_control() || "<>:\"/\\|?*".contains(character);
        let character = if is_forbidden { '_' } else { character };
        if safe.len() + character.len_utf8() > MOST_BYTES {
            break;
        }
        safe.push(character);
    }
    let safe = safe.trim_end_matches(['.', ' ', '\u{3000}']).trim_start();
    let device = safe
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    let is_device = matches!(device.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || ["COM", "LPT"].iter().any(|port| {
            device
                .strip_prefix(port)
                .is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
        });
    if safe.is_empty() {
        NAMELESS.to_owned()
    } else if is_device {
        format!("_{safe}")
    } else {
        safe.to_owned()
    }
}

fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// A path in sixteen bytes. Two paths of one mark are not to be met with.
pub(crate) type PathMark = [u8; 16];

/// Returns the mark of a path as it is, or of any text.
pub(crate) fn path_mark(path: impl AsRef<std::ffi::OsStr>) -> PathMark {
    let digest = Sha256::digest(path.as_ref().as_encoded_bytes());
    let mut mark = PathMark::default();
    for (byte, of_digest) in mark.iter_mut().zip(digest) {
        *byte = of_digest;
    }
    mark
}
