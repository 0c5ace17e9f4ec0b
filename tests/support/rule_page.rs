//! A rule's page taken apart: its sections, its two tables and what the wrong one must give.

/// The sections every page has, in this order.
pub const SECTIONS: [&str; 7] = ["查什么", "为什么", "依据", "错误示例", "正确示例", "怎么改", "已知误报"];

/// `应报：A01 于 H17（错误）`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expected {
    /// The cell in A1 notation.
    pub cell: String,
    /// The rule's code.
    pub code: String,
    /// The level's Chinese name.
    pub level: String,
}

/// The text under a heading, without the heading.
pub fn section<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let start = page.find(&format!("\n## {name}\n"))?;
    let body = page[start + 1..].split_once('\n')?.1;
    Some(body.split("\n## ").next().unwrap_or(body))
}

/// The headings of a page, in order.
pub fn headings(page: &str) -> Vec<&str> {
    page.lines().filter_map(|line| line.strip_prefix("## ")).collect()
}

/// The findings that the wrong table must give, by cell.
pub fn expected(wrong: &str) -> Vec<Expected> {
    listed(wrong, "应报：")
}

/// What the wrong table must list for a person, by cell.
pub fn expected_for_review(wrong: &str) -> Vec<Expected> {
    listed(wrong, "应列：")
}

fn listed(wrong: &str, mark: &str) -> Vec<Expected> {
    let mut expected: Vec<Expected> = wrong
        .lines()
        .filter_map(|line| line.strip_prefix(mark))
        .map(|line| {
            let (code, rest) = line.split_once(" 于 ").expect("应报：CODE 于 CELL（级别）");
            let (cell, level) = rest.split_once('（').expect("应报：CODE 于 CELL（级别）");
            let level = level.trim_end().strip_suffix('）').expect("应报：CODE 于 CELL（级别）");
            Expected {
                cell: cell.to_owned(),
                code: code.to_owned(),
                level: level.to_owned(),
            }
        })
        .collect();
    expected.sort();
    expected
}
