//! Names of an archive's entries: from bytes of some encoding to a path that leads nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::GB18030;

/// Decodes the names of an archive. Where all are valid UTF-8 they are taken for it, whether marked so or not; where
/// some are not, the archive was packed on a Chinese Windows, whose names are in GBK. One name alone could be valid in
/// both; all of them together hardly can.
pub(super) fn decode<'a>(names: &[(&'a [u8], bool)]) -> Vec<std::borrow::Cow<'a, str>> {
    let all_utf8 = names.iter().all(|(name, _)| std::str::from_utf8(name).is_ok());
    let decode_one = |&(name, is_marked): &(&'a [u8], bool)| {
        if all_utf8 || (is_marked && std::str::from_utf8(name).is_ok()) {
            String::from_utf8_lossy(name)
        } else {
            GB18030.decode_without_bom_handling(name).0
        }
    };
    names.iter().map(decode_one).collect()
}

/// Returns the parts of an entry's path, folders first; `None` when it would lead out of the archive. Either slash
/// divides, after decoding: the second byte of a GBK character may be a backslash.
pub(super) fn parts(name: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = name
        .split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    let leads_out = parts.contains(&"..") || name.contains('\0');
    (!leads_out).then_some(parts)
}

/// Returns the parts of a path that would lead out of the archive, without what leads out: to name it by.
pub(super) fn inner_parts(name: &str) -> Vec<String> {
    name.split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .map(|part| part.replace('\0', "_"))
        .collect()
}

/// Gives files of one path different ones: the second is `表〔同名第2个〕.xlsx`, and so on.
pub(super) fn keep_apart<'a>(paths: impl Iterator<Item = &'a mut Vec<String>>) {
    let mut paths: Vec<&mut Vec<String>> = paths.collect();
    let mut taken: BTreeSet<Vec<String>> = paths.iter().map(|parts| parts.to_vec()).collect();
    if taken.len() == paths.len() {
        return;
    }
    let mut met: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for parts in &mut paths {
        let number = met.entry(parts.to_vec()).or_insert(0);
        *number += 1;
        let Some(name) = parts.last().cloned().filter(|_| *number > 1) else {
            continue;
        };
        let (stem, extension) = match name.rfind('.') {
            Some(dot) => name.split_at(dot),
            None => (name.as_str(), ""),
        };
        let mut apart = parts.to_vec();
        loop {
            apart.pop();
            apart.push(format!("{stem}〔同名第{number}个〕{extension}"));
            if taken.insert(apart.clone()) {
                break;
            }
            *number += 1;
        }
        **parts = apart;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_chinese_windows_are_told_from_utf8() {
        let gbk = GB18030.encode("部门/表.xlsx").0;
        assert_eq!(decode(&[(&gbk, false), (b"a.xlsx", false)]), ["部门/表.xlsx", "a.xlsx"]);
        assert_eq!(decode(&[("部门/表.xlsx".as_bytes(), false)]), ["部门/表.xlsx"]);
        // One archive may have been added to by two programs.
        let mixed = decode(&[(&gbk, false), ("说明.xlsx".as_bytes(), true)]);
        assert_eq!(mixed, ["部门/表.xlsx", "说明.xlsx"]);
    }

    #[test]
    fn a_path_stays_in_its_archive() {
        assert_eq!(parts("/部门//./表.xlsx"), Some(vec!["部门", "表.xlsx"]));
        assert_eq!(parts("部门\\表.xlsx"), Some(vec!["部门", "表.xlsx"]));
        assert_eq!(parts("../表.xlsx"), None);
        assert_eq!(parts("部门\\..\\..\\表.xlsx"), None);
        assert_eq!(parts("表..xlsx"), Some(vec!["表..xlsx"]));
    }
}
