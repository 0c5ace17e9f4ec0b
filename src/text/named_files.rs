//! Files that a text names as its evidence (附件3, 佐证材料：…, 《…》), and files whose names are like them.

use std::collections::BTreeSet;

use super::likeness::{MAYBE_SAME_NAME, likeness};

/// Characters of a name at least, and at most.
const SHORTEST: usize = 2;
const LONGEST: usize = 40;
/// Characters of a name that may stand inside a longer one and still be it.
const LEAST_INSIDE: usize = 4;
/// Names taken from one text.
const MOST_NAMES: usize = 50;

/// Words that lead to a file in the same clause.
const LEADING: [&str; 5] = ["见", "附", "佐证", "证明材料", "支撑材料"];
/// Words before a document that is followed, and no evidence.
const FOLLOWED: [&str; 7] = ["根据", "按照", "依据", "依照", "按", "执行", "印发"];
/// Words of lists of evidence.
const LISTS: [&str; 4] = ["佐证材料", "佐证资料", "证明材料", "支撑材料"];
/// What stands in the place of names.
const NO_NAMES: [&str; 11] = [
    "无",
    "略",
    "附后",
    "见附件",
    "详见附件",
    "附件",
    "齐全",
    "完整",
    "另附",
    "有",
    "佐证材料",
];

/// A file as a text names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedFile {
    /// As written.
    pub shown: String,
    /// The number of an attachment.
    number: Option<u32>,
    /// In one spelling; empty where there is only a number.
    key: String,
}

impl NamedFile {
    fn new(shown: &str, number: Option<u32>, name: &str) -> Option<Self> {
        let name = name.trim();
        let key = key(without_extension(name));
        let length = key.chars().count();
        let is_name = (SHORTEST..=LONGEST).contains(&length) && !NO_NAMES.contains(&name);
        let key = if is_name { key } else { String::new() };
        (number.is_some() || !key.is_empty()).then(|| Self {
            shown: shown.trim().to_owned(),
            number,
            key,
        })
    }
}

/// Returns the files that a running text names.
pub fn in_text(text: &str) -> Vec<NamedFile> {
    let mut found = Vec::new();
    for clause in text.split(['。', '；', ';', '\n']) {
        attachments(clause, &mut found);
        lists(clause, &mut found);
        titles(clause, &mut found);
        file_names(clause, &mut found);
    }
    once(found)
}

/// Returns the files that a cell of a column of evidence names: every entry of it.
pub fn in_list(text: &str) -> Vec<NamedFile> {
    let mut found = Vec::new();
    for entry in text.split(['、', '；', ';', '，', ',', '。', '\n']) {
        let entry = entry
            .trim()
            .trim_start_matches(|c: char| c.is_ascii_digit() || ".．) ）(（".contains(c));
        let before = found.len();
        attachments(entry, &mut found);
        if found.len() == before {
            found.extend(NamedFile::new(entry, None, entry.trim_matches(['《', '》', '“', '”'])));
        }
    }
    once(found)
}

/// Returns whether a column's header says that its cells name evidence.
pub fn is_evidence_header(header: &str) -> bool {
    LISTS.iter().chain(&["附件", "佐证"]).any(|word| header.contains(word))
}

fn once(found: Vec<NamedFile>) -> Vec<NamedFile> {
    let mut known = BTreeSet::new();
    let files = found
        .into_iter()
        .filter(|file| known.insert((file.number, file.key.clone())));
    files.take(MOST_NAMES).collect()
}

/// `附件3`, `附件3：合同`, `附件二《合同》`, `附件：合同、发票`.
fn attachments(clause: &str, found: &mut Vec<NamedFile>) {
    let mut rest = clause;
    while let Some(at) = ["附件", "附表"].iter().filter_map(|word| rest.find(word)).min() {
        let from = rest.get(at..).unwrap_or_default();
        let after = from.get("附件".len()..).unwrap_or_default();
        let (number, tail) = leading_number(after);
        let spaced = tail.trim_start();
        if let Some((name, length)) = titled(spaced) {
            let end = from.len() - spaced.len() + length;
            found.extend(NamedFile::new(from.get(..end).unwrap_or_default(), number, name));
        } else if let Some(names) = spaced.strip_prefix(['：', ':']) {
            let names = names.split(['，', ',', ')', '）']).next().unwrap_or_default();
            let mut names = names.split('、');
            if number.is_some() {
                let name = names.next().unwrap_or_default();
                let end = from.len() - spaced.len() + '：'.len_utf8().min(spaced.len());
                let label = from.get(..end).unwrap_or_default().trim_end_matches(['：', ':']);
                found.extend(NamedFile::new(&format!("{label}：{name}"), number, name));
            }
            found.extend(names.filter_map(|name| NamedFile::new(name, None, plain_title(name))));
        } else if number.is_some() {
            let end = from.len() - tail.len();
            found.extend(NamedFile::new(from.get(..end).unwrap_or_default(), number, ""));
        }
        rest = after;
    }
}

/// `佐证材料：合同、发票`.
fn lists(clause: &str, found: &mut Vec<NamedFile>) {
    for word in LISTS {
        let Some((_, rest)) = clause.split_once(word) else {
            continue;
        };
        let Some(names) = rest
            .trim_start_matches(['有', '为', '是', '包', '括'])
            .strip_prefix(['：', ':'])
        else {
            continue;
        };
        let names = names.split([')', '）']).next().unwrap_or_default();
        let names = names.split(['、', '，', ',', '和', '及']);
        found.extend(
            names
                .filter(|name| !name.contains("附件"))
                .filter_map(|name| NamedFile::new(name, None, plain_title(name))),
        );
    }
}

/// `详见《合同》`, not `根据《办法》`.
fn titles(clause: &str, found: &mut Vec<NamedFile>) {
    let mut at = 0;
    while let Some(start) = clause
        .get(at..)
        .and_then(|rest| rest.find('《'))
        .map(|start| at + start)
    {
        let before = clause.get(..start).unwrap_or_default();
        let rest = clause.get(start..).unwrap_or_default();
        let Some((name, length)) = titled(rest) else { break };
        at = start + length;
        let last = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
        let leads = last(&LEADING).is_some_and(|leading| last(&FOLLOWED).is_none_or(|followed| followed < leading));
        // 附件3《合同》 is told already; a number behind is a document's.
        let is_told = before
            .trim_end()
            .ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            && (before.contains("附件") || before.contains("附表"));
        let has_number = clause
            .get(at..)
            .is_some_and(|rest| rest.contains('号') && rest.trim_start().starts_with(['（', '(']));
        if leads && !is_told && !has_number {
            found.extend(NamedFile::new(name, None, name));
        }
    }
}

/// `合同.pdf`.
fn file_names(clause: &str, found: &mut Vec<NamedFile>) {
    let parts = |c: char| c.is_whitespace() || "，,、：:（）()《》“”\"'；;/\\".contains(c);
    for word in clause.split(parts) {
        if without_extension(word).len() < word.len() {
            found.extend(NamedFile::new(word, None, word));
        }
    }
}

fn titled(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('《')?;
    let end = inner.find('》')?;
    Some((inner.get(..end)?, '《'.len_utf8() + end + '》'.len_utf8()))
}

fn plain_title(name: &str) -> &str {
    let name = name.trim().trim_matches(['《', '》', '“', '”']);
    name.strip_suffix('等').unwrap_or(name)
}

/// Returns the number at the beginning of a text, in figures or Chinese, and the rest.
fn leading_number(text: &str) -> (Option<u32>, &str) {
    const TENS: &str = "一二三四五六七八九";
    let digits = text.find(|c: char| digit(c).is_none()).unwrap_or(text.len());
    let (head, tail) = text.split_at(digits);
    if !head.is_empty() {
        let number = head
            .chars()
            .filter_map(digit)
            .try_fold(0_u32, |sum, digit| sum.checked_mul(10)?.checked_add(digit));
        return (number, tail);
    }
    let end = text
        .find(|c: char| c != '十' && !TENS.contains(c))
        .unwrap_or(text.len());
    let (head, tail) = text.split_at(end);
    let value = |c: char| {
        TENS.chars()
            .zip(1_u32..)
            .find(|(known, _)| *known == c)
            .map(|(_, value)| value)
    };
    let number = match head.split_once('十') {
        None => head.chars().next().and_then(value),
        Some((tens, ones)) => {
            let tens = tens.chars().next().map_or(Some(1), value);
            let ones = ones.chars().next().map_or(Some(0), value);
            tens.zip(ones).map(|(tens, ones)| tens * 10 + ones)
        }
    };
    match number {
        Some(number) => (Some(number), tail),
        None => (None, text),
    }
}

fn digit(c: char) -> Option<u32> {
    narrow(c).to_digit(10)
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// Returns letters and figures alone, in one spelling, without words that only join others.
fn key(text: &str) -> String {
    let text = text.replace("关于", "").replace('的', "");
    let characters = text.chars().map(narrow).filter(|c| c.is_alphanumeric());
    characters.flat_map(char::to_lowercase).collect()
}

/// Returns a file's name without the ending that tells its kind.
fn without_extension(name: &str) -> &str {
    const KINDS: [&str; 19] = [
        "pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ofd", "jpg", "jpeg", "png", "bmp", "tif", "tiff", "zip",
        "rar", "7z", "ppt", "pptx",
    ];
    match name.rsplit_once('.') {
        Some((stem, kind)) if KINDS.contains(&kind.to_lowercase().as_str()) => stem,
        _ => name,
    }
}

/// Names of the files in a folder of evidence. Nothing is known of what is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceFiles {
    /// The folder, as given.
    pub folder: String,
    files: Vec<Known>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    shown: String,
    /// Its name and those of the folders that it lies in: spelling, and number as an attachment.
    names: Vec<(String, Option<u32>)>,
}

impl EvidenceFiles {
    /// Takes paths below the folder, `/` between their parts.
    pub fn new(folder: impl Into<String>, paths: impl IntoIterator<Item = String>) -> Self {
        let mut files: Vec<Known> = paths
            .into_iter()
            .map(|shown| Known {
                names: shown
                    .split('/')
                    .map(|part| (key(behind_number(without_extension(part))), attachment_number(part)))
                    .collect(),
                shown,
            })
            .collect();
        files.sort();
        Self {
            folder: folder.into(),
            files,
        }
    }

    /// Returns a file whose name, or whose folder's, is like a named one: the same number of an attachment, one name in
    /// the other, or nearly the same characters.
    pub fn like(&self, named: &NamedFile) -> Option<&str> {
        let is_like = |(name, number): &(String, Option<u32>)| {
            (named.number.is_some() && named.number == *number) || are_like(&named.key, name)
        };
        let found = self.files.iter().find(|file| file.names.iter().any(is_like))?;
        Some(&found.shown)
    }
}

fn are_like(one: &str, other: &str) -> bool {
    let (shorter, longer) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let length = shorter.chars().count();
    if length == 0 {
        return false;
    }
    let is_inside = (length >= LEAST_INSIDE || shorter.len() == one.len()) && longer.contains(shorter);
    // Names of very different lengths have too many characters of their own.
    is_inside || (shorter.len() * 2 > longer.len() && likeness(one, other) >= MAYBE_SAME_NAME)
}

/// Returns a file's name behind `附件3`.
fn behind_number(name: &str) -> &str {
    let named = ["附件", "附表"].iter().find_map(|word| name.trim().strip_prefix(word));
    named.map_or(name, |rest| leading_number(rest.trim_start()).1)
}

/// `附件3 合同`, `3.合同`.
fn attachment_number(name: &str) -> Option<u32> {
    let name = name.trim();
    let named = ["附件", "附表"].iter().find_map(|word| name.split_once(word));
    if let Some((_, rest)) = named {
        return leading_number(rest.trim_start()).0;
    }
    let (number, rest) = leading_number(name);
    number.filter(|_| rest.starts_with(['.', '、', '-', '_', ' ', '．', '：']) && !without_extension(name).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(files: &[NamedFile]) -> Vec<&str> {
        files.iter().map(|file| file.shown.as_str()).collect()
    }

    #[test]
    fn texts_name_files_in_several_ways() {
        for (text, expected) in [
            ("道路改线（见附件2《改线批复》）", vec!["附件2《改线批复》"]),
            ("详见附件3", vec!["附件3"]),
            ("佐证材料：验收报告、施工合同等。", vec!["验收报告", "施工合同等"]),
            ("佐证资料详见《满意度调查问卷》", vec!["满意度调查问卷"]),
            ("附件十二：验收单", vec!["附件十二：验收单"]),
            ("见 验收单.pdf", vec!["验收单.pdf"]),
            // No evidence: what is followed, what has no name, what is only spoken of.
            ("根据《预算法》和《管理办法》（财预〔2020〕10号）执行", vec![]),
            ("详见附件", vec![]),
            ("佐证材料齐全", vec![]),
            ("印发《实施方案》", vec![]),
        ] {
            assert_eq!(shown(&in_text(text)), expected, "{text}");
        }
        assert_eq!(
            shown(&in_list("1.验收单、2.合同；附件3\n无")),
            ["验收单", "合同", "附件3"]
        );
    }

    #[test]
    fn a_file_is_found_by_a_name_that_is_like() {
        let paths = [
            "附件02 改线的批复.pdf",
            "合同/施工合同（扫描件）.jpg",
            "3.验收单.pdf",
            "附件五/照片.png",
        ];
        let files = EvidenceFiles::new("佐证", paths.map(str::to_owned));
        let like = |text: &str| in_text(text).first().and_then(|named| files.like(named));
        assert_eq!(like("见附件2"), Some("附件02 改线的批复.pdf"));
        assert_eq!(like("见《改线批复》"), Some("附件02 改线的批复.pdf"));
        assert_eq!(like("佐证材料：施工合同"), Some("合同/施工合同（扫描件）.jpg"));
        assert_eq!(like("附件3《验收单》"), Some("3.验收单.pdf"));
        assert_eq!(like("见附件5"), Some("附件五/照片.png"));
        assert_eq!(like("见附件20"), None);
        assert_eq!(like("见《会议纪要》"), None);
    }
}
