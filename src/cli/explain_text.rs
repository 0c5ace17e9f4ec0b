//! A rule's page for a terminal: prose in lines that fit, and of each example's table the rows that matter.

use std::collections::BTreeSet;

use super::text::{bold, one_line, wrap};

/// Columns at most, so that a page fits the narrowest window in use.
pub const MOST_COLUMNS: usize = 80;
/// Lines by which a page says which cells are found.
const FOUND: [&str; 2] = ["应报：", "应列："];
/// Words of the rows that name the columns of a form.
const COLUMN_NAMES: [&str; 4] = ["三级指标", "年初预算数", "分值", "全年预算数"];

/// Returns a page in lines of at most `width` columns.
pub fn page_text(page: &str, width: usize) -> String {
    let blocks = blocks(page);
    let matter = rows_that_matter(&blocks);
    let mut text = String::new();
    for block in &blocks {
        match block {
            Block::Heading(heading) => text.push_str(&format!("{}\n", bold(&one_line(heading)))),
            Block::Blank if text.ends_with("\n\n") => {}
            Block::Blank => text.push('\n'),
            Block::Prose(line) => text.push_str(&wrap(&line.replace('`', ""), 0, width)),
            Block::Quoted(line) => text.push_str(&wrap(line, 4, width)),
            Block::Grid(rows) => text.push_str(&grid_text(rows, &matter, width)),
            Block::List(rows) => text.push_str(&list_text(rows, width)),
        }
    }
    text
}

/// A piece of a page.
enum Block<'a> {
    Heading(&'a str),
    Prose(&'a str),
    /// A line of a report's text.
    Quoted(&'a str),
    /// A sheet: column letters above, row numbers at the left.
    Grid(Vec<Vec<&'a str>>),
    /// A list with its header.
    List(Vec<Vec<&'a str>>),
    Blank,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut is_quoted = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_quoted = !is_quoted;
        } else if is_quoted {
            blocks.push(Block::Quoted(line));
        } else if let Some(cells) = table_row(line) {
            match blocks.last_mut() {
                Some(Block::Grid(rows) | Block::List(rows)) => rows.push(cells),
                _ if cells.first().is_some_and(|first| first.is_empty()) => blocks.push(Block::Grid(vec![cells])),
                _ => blocks.push(Block::List(vec![cells])),
            }
        } else if let Some(heading) = line.strip_prefix('#') {
            blocks.push(Block::Heading(heading.trim_start_matches('#').trim_start()));
        } else if line.trim().is_empty() {
            blocks.push(Block::Blank);
        } else {
            blocks.push(Block::Prose(line));
        }
    }
    blocks
}

/// Returns the cells of a table's line; of the stroke under its header, none.
fn table_row(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    let is_stroke = |cell: &&str| !cell.is_empty() && cell.chars().all(|mark| matches!(mark, '-' | ':'));
    Some(if cells.iter().all(is_stroke) { Vec::new() } else { cells })
}

/// Returns the rows of a form that are spoken of: those with a cell that is found, and those that the right example has
/// otherwise than the wrong one.
fn rows_that_matter(blocks: &[Block<'_>]) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    for block in blocks {
        if let Block::Prose(line) = block
            && FOUND.iter().any(|lead| line.starts_with(lead))
        {
            rows.extend(cell_rows(line));
        }
    }
    let grids: Vec<&Vec<Vec<&str>>> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Grid(rows) => Some(rows),
            _ => None,
        })
        .collect();
    if let [wrong, right, ..] = grids.as_slice() {
        for row in wrong.iter().skip(1).filter(|row| !right.contains(row)) {
            rows.extend(row.first().map(|number| (*number).to_owned()));
        }
        for row in right.iter().skip(1).filter(|row| !wrong.contains(row)) {
            rows.extend(row.first().map(|number| (*number).to_owned()));
        }
    }
    rows
}

/// Returns the row numbers of cells such as H17 in a line; a rule's code such as A01 is none.
fn cell_rows(line: &str) -> Vec<String> {
    let words = line.split(|letter: char| !letter.is_ascii_alphanumeric());
    words
        .filter_map(|word| {
            let row = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
            let is_cell = row.len() < word.len() && !row.is_empty() && !row.starts_with('0');
            (is_cell && row.bytes().all(|digit| digit.is_ascii_digit())).then(|| row.to_owned())
        })
        .collect()
}

/// The rows that matter, each with the names of its columns; all of them where none is told apart.
fn grid_text(rows: &[Vec<&str>], matter: &BTreeSet<String>, width: usize) -> String {
    let is_told = |row: &[&str]| row.first().is_some_and(|number| matter.contains(*number));
    let is_any = rows.iter().any(|row| is_told(row));
    let mut text = String::new();
    let mut names: &[&str] = &[];
    let mut left_out = 0;
    let letters: &[&str] = rows.first().map(Vec::as_slice).unwrap_or_default();
    for row in rows.iter().skip(1).filter(|row| !row.is_empty()) {
        if row.iter().any(|cell| COLUMN_NAMES.contains(cell)) {
            names = row;
        }
        if is_any && !is_told(row) {
            left_out += 1;
            continue;
        }
        let number = row.first().copied().unwrap_or_default();
        let cells: Vec<String> = (0..)
            .zip(row)
            .skip(1)
            .filter(|(_, cell)| !matches!(**cell, "" | "<<" | "^^"))
            .map(|(column, cell)| {
                let letter: &str = letters.get(column).copied().unwrap_or_default();
                let name = names.get(column).copied().unwrap_or_default();
                // Blocks and levels at the left say themselves what they are.
                if column == 1 || names == row.as_slice() || matches!(name, "" | "<<" | "^^") || name == *cell {
                    format!("{letter}{number} {cell}")
                } else {
                    format!("{letter}{number} {name} {cell}")
                }
            })
            .collect();
        text.push_str(&wrap(&format!("第 {number} 行 {}", cells.join("；")), 2, width));
    }
    if left_out > 0 {
        text.push_str(&wrap(&format!("（其余 {left_out} 行与此无关，没有列出）"), 2, width));
    }
    text
}

fn list_text(rows: &[Vec<&str>], width: usize) -> String {
    let names: &[&str] = rows.first().map(Vec::as_slice).unwrap_or_default();
    let mut text = String::new();
    for (number, row) in (1..).zip(rows.iter().skip(1).filter(|row| !row.is_empty())) {
        let cells: Vec<String> = names
            .iter()
            .zip(row)
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(name, cell)| format!("{name} {cell}"))
            .collect();
        text.push_str(&wrap(&format!("{number}. {}", cells.join("；")), 2, width));
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const PAGE: &str = "# A01 总分\n\n名称：`total`。\n\n## 错误示例\n\n应报：A01 于 B3（错误）\n\n\
        |   | A | B |\n|---|---|---|\n| 1 | 三级指标 | 得分 |\n| 2 | 里程 | 20 |\n| 3 | 总分 | 94 |\n\n\
        ## 正确示例\n\n|   | A | B |\n|---|---|---|\n| 1 | 三级指标 | 得分 |\n| 2 | 里程 | 20 |\n| 3 | 总分 | 92 |\n";

    #[test]
    fn of_a_sheet_the_rows_that_matter_are_shown_with_the_names_of_their_columns() {
        let text = anstream::adapter::strip_str(&page_text(PAGE, 80)).to_string();
        assert!(text.starts_with("A01 总分\n\n名称：total。\n"), "{text}");
        assert!(text.contains("  第 3 行 A3 总分；B3 得分 94\n"), "{text}");
        assert!(text.contains("B3 得分 92\n") && !text.contains("里程"), "{text}");
        assert!(text.contains("（其余 2 行与此无关，没有列出）"), "{text}");
    }

    #[test]
    fn a_rule_code_is_no_cell() {
        assert_eq!(cell_rows("应报：A01 于 H17、K9（错误）"), ["17", "9"]);
    }
}
