//! Names of levels and indicators as a report may write them.

use crate::grid::CellAddress;
use crate::model::Evaluation;
use crate::prose::{Folded, is_han};

/// A name of the table and the rows it stands for.
#[derive(Debug, Clone)]
pub struct Name {
    /// 1 to 3.
    pub level: u8,
    /// As a report would write it.
    pub plain: String,
    /// How it may stand in a sentence.
    pub spellings: Vec<String>,
    /// Indicator rows; none for the fund block's 预算执行率.
    pub rows: Vec<usize>,
    /// Its cell.
    pub cell: CellAddress,
}

/// Returns the name that a heading is: equal, else the only one of its level that holds it or that it holds.
pub fn named_by_title(title: &str, names: &[Name]) -> Option<usize> {
    let title = plain_name(title);
    let equal = |name: &Name| same(&name.plain, &title);
    // A deeper level says more; levels of one row each are the same.
    let position = names.iter().rposition(equal);
    if position.is_some() {
        return position;
    }
    const LEAST: usize = 3;
    if title.chars().count() < LEAST {
        return None;
    }
    for level in [3, 2, 1] {
        let held = |name: &Name| {
            name.level == level
                && name.plain.chars().count() >= LEAST
                && (title.contains(&name.plain) || name.plain.contains(&title))
        };
        let mut found = names.iter().enumerate().filter(|(_, name)| held(name));
        if let (Some((position, _)), None) = (found.next(), found.next()) {
            return Some(position);
        }
    }
    None
}

/// Returns whether two plain names are one, 项目 aside.
pub fn same(one: &str, other: &str) -> bool {
    one == other || bare(one) == bare(other)
}

/// Returns a plain name without 项目 before it.
pub fn bare(name: &str) -> &str {
    name.strip_prefix("项目")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name)
}

/// Returns a name without brackets, marks and the words that any name may end with.
pub fn plain_name(text: &str) -> String {
    let folded = Folded::new(text);
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in folded.as_str().chars() {
        match c {
            '(' | '〔' | '【' => depth += 1,
            ')' | '〕' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 && (is_han(c) || c.is_alphanumeric()) => plain.push(c),
            _ => {}
        }
    }
    loop {
        let shorter = ["完成情况", "实现情况", "指标", "情况", "分析", "类", "方面"]
            .iter()
            .find_map(|word| plain.strip_suffix(word))
            .filter(|rest| rest.chars().count() >= 2);
        match shorter {
            Some(rest) => plain.truncate(rest.len()),
            None => {
                return if plain.is_empty() {
                    folded.as_str().to_owned()
                } else {
                    plain
                };
            }
        }
    }
}

/// Returns every name of a table, by level, with its rows.
pub fn names(evaluation: &Evaluation) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for level in 1..=3 {
        for (row, indicator) in evaluation.indicators.iter().enumerate() {
            let field = match level {
                1 => &indicator.level1,
                2 => &indicator.level2,
                _ => &indicator.level3,
            };
            let Some(field) = field else { continue };
            let plain = plain_name(&field.value);
            match names.iter_mut().find(|name| name.level == level && name.plain == plain) {
                Some(known) => known.rows.push(row),
                None => names.push(Name {
                    level,
                    spellings: spellings(&field.value, &plain),
                    plain,
                    rows: vec![row],
                    cell: field.cell,
                }),
            }
        }
    }
    let has_execution = names.iter().any(|name| name.plain.ends_with("执行率"));
    let scored = evaluation
        .funds
        .iter()
        .find_map(|fund| Some((fund.score.as_ref()?, fund.weight.as_ref()?)));
    if let Some((score, _)) = scored.filter(|_| !has_execution) {
        names.push(Name {
            level: 3,
            plain: "预算执行率".to_owned(),
            spellings: ["预算执行率", "资金执行率", "执行率"].map(str::to_owned).to_vec(),
            rows: Vec::new(),
            cell: score.cell,
        });
    }
    names
}

/// A short name stands in sentences only where a word shows that it is one: 产出类, 项目产出, 产出指标.
fn spellings(written: &str, plain: &str) -> Vec<String> {
    const SHORT: usize = 2;
    let folded = Folded::new(written);
    let head = folded
        .as_str()
        .split(['(', '〔', '【'])
        .next()
        .unwrap_or_default()
        .to_owned();
    let mut spellings = Vec::new();
    let bare = bare(plain);
    for core in [plain, bare] {
        if core.chars().count() > SHORT {
            spellings.push(core.to_owned());
        } else {
            spellings.extend(["类", "指标", "得分", "方面", "部分"].map(|word| format!("{core}{word}")));
            spellings.push(format!("项目{core}"));
        }
    }
    if head.chars().count() > SHORT {
        spellings.push(head);
    }
    spellings.sort();
    spellings.dedup();
    spellings
}
