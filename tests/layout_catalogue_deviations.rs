//! Deviations people make, tried on every form of the catalogue: other wordings, typing errors, marks behind headers,
//! columns inserted, moved or left out, weights in other brackets.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use hebiao::grid::{Cell, CellAddress, CellRange, CellValue, Sheet, Workbook};
use hebiao::internals::match_key;
use hebiao::layout::{FormLibrary, read_tables};
use hebiao::model::{LabelledField, TableReading};
use serde_json::Value;
use support::form_page;
use support::sheet_changes::{Grid, place, table_meaning};

type Place = (String, CellAddress);

/// The Evaluation without cells (its kind may follow from a label, 转移支付名称); labels kept beside extra columns are left out, since the headers are rewritten here.
fn meaning(workbook: &Workbook) -> Value {
    meaning_of(&read_tables(workbook).tables)
}

fn meaning_of(tables: &[TableReading]) -> Value {
    fn without_labels(value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.remove("label")
                    .filter(|label| !label.is_string())
                    .map(|label| map.insert("label".to_owned(), label));
                map.values_mut().for_each(without_labels);
            }
            Value::Array(items) => items.iter_mut().for_each(without_labels),
            _ => {}
        }
    }
    let mut value: Value = tables
        .iter()
        .map(|table| table_meaning(table, &|text| text.to_owned())[1].take())
        .collect();
    without_labels(&mut value);
    value
}

fn rewritten(workbook: &Workbook, change: impl Fn(&Place, &str) -> Option<String>) -> Workbook {
    let mut changed = workbook.clone();
    for sheet in &mut changed.sheets {
        let name = sheet.name.clone();
        let grid = Grid::of(sheet).map_texts(|cell, text| change(&(name.clone(), cell), text));
        *sheet = Sheet::new(name, grid.cells, grid.merges);
    }
    changed
}

/// Header cells with the field that their column fills, without extra columns.
fn headers(tables: &[TableReading]) -> BTreeMap<Place, (String, String)> {
    tables
        .iter()
        .flat_map(|table| {
            table.columns.iter().filter_map(|column| {
                let field = column.field.clone().filter(|field| field != "indicators[].extra")?;
                Some((place(table, column.cell), (field, column.header.clone())))
            })
        })
        .collect()
}

fn differences(found: Vec<String>) {
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}

/// Wordings that say the same, by comparable wording; only concepts of one group, without those kept as they are.
fn synonyms(group: &str) -> BTreeMap<String, (String, Vec<String>)> {
    let mut found = BTreeMap::new();
    for concept in FormLibrary::builtin().concepts() {
        if concept.group == group && concept.name != "extra" {
            for wording in &concept.wordings {
                found.insert(match_key(wording), (concept.name.clone(), concept.wordings.clone()));
            }
        }
    }
    found
}

#[test]
fn another_wording_of_a_header_is_the_same_column() {
    let mut found = Vec::new();
    for page in form_page::pages() {
        let before = meaning(&page.workbook);
        let headers = headers(&read_tables(&page.workbook).tables);
        for turn in [1, 3, 7] {
            let changed = rewritten(&page.workbook, |place, text| {
                let (field, _) = headers.get(place)?;
                let group = if field.starts_with("funds") {
                    "fund"
                } else {
                    "indicator"
                };
                let (concept, wordings) = synonyms(group).remove(&match_key(text))?;
                // 自评 below 完成值 is a score by itself.
                if concept == "score" && !field.ends_with("score") {
                    return None;
                }
                let at = wordings
                    .iter()
                    .position(|wording| match_key(wording) == match_key(text))?;
                Some(wordings[(at + turn) % wordings.len()].clone())
            });
            if meaning(&changed) != before {
                found.push(format!("{} turn {turn}", page.name));
            }
        }
    }
    differences(found);
}

#[test]
fn another_wording_of_a_heading_is_the_same_field() {
    let known = synonyms("heading");
    let mut found = Vec::new();
    for page in form_page::pages() {
        let before = meaning(&page.workbook);
        let bound: BTreeSet<Place> = read_tables(&page.workbook)
            .tables
            .iter()
            .flat_map(|table| table.bindings.iter().map(|binding| place(table, binding.cell)))
            .collect();
        for turn in [1, 2, 5] {
            let changed = rewritten(&page.workbook, |place, text| {
                if bound.contains(place) {
                    return None;
                }
                let (_, wordings) = known.get(&match_key(text))?;
                let at = wordings
                    .iter()
                    .position(|wording| match_key(wording) == match_key(text))?;
                Some(wordings[(at + turn) % wordings.len()].clone())
            });
            if meaning(&changed) != before {
                found.push(format!("{} turn {turn}", page.name));
            }
        }
    }
    differences(found);
}

#[test]
fn one_wrong_character_in_a_header_is_read_and_noted() {
    let all: Vec<(String, String)> = FormLibrary::builtin()
        .concepts()
        .into_iter()
        .filter(|concept| concept.group == "indicator")
        .flat_map(|concept| {
            let name = concept.name.clone();
            concept
                .wordings
                .into_iter()
                .map(move |wording| (match_key(&wording), name.clone()))
        })
        .collect();
    let distance = |one: &str, other: &str| {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        if one.len() == other.len() {
            one.iter().zip(&other).filter(|(left, right)| left != right).count()
        } else {
            usize::MAX
        }
    };
    let mut found = Vec::new();
    let mut tried = 0;
    for page in form_page::pages() {
        let before = meaning(&page.workbook);
        let tables = read_tables(&page.workbook).tables;
        // A header printed twice is mistyped in one place only; such pages are tried above as a whole.
        for ((sheet, cell), (field, header)) in headers(&tables) {
            let Some(leaf) = field.strip_prefix("indicators[].") else {
                continue;
            };
            let core = ["level1", "level2", "level3", "target", "actual", "reason"];
            if !core.contains(&leaf) || header.chars().count() < 3 {
                continue;
            }
            let characters: Vec<char> = header.chars().collect();
            // The first of the levels tells them apart.
            let at = characters.len() - 1;
            let wrong: String = characters
                .iter()
                .enumerate()
                .map(|(index, c)| if index == at { '坣' } else { *c })
                .collect();
            let near: BTreeSet<&String> = all
                .iter()
                .filter(|(wording, _)| distance(wording, &match_key(&wrong)) == 1)
                .map(|(_, concept)| concept)
                .collect();
            if near.len() != 1 {
                continue;
            }
            tried += 1;
            let place_of_header = (sheet.clone(), cell);
            let changed = rewritten(&page.workbook, |at, _| (*at == place_of_header).then(|| wrong.clone()));
            if meaning(&changed) != before {
                found.push(format!("{} {cell} {wrong}: read otherwise", page.name));
                continue;
            }
            let noted = read_tables(&changed).tables.iter().any(|table| {
                table
                    .guesses
                    .iter()
                    .any(|guess| place(table, guess.cell) == place_of_header)
            });
            if !noted {
                found.push(format!("{} {cell} {wrong}: not noted", page.name));
            }
        }
    }
    assert!(tried > 100, "{tried} headers tried");
    differences(found);
}

/// Too many other words are one character away from a word of two: 数值 and 产值 from 分值, 得失 from 得分.
#[test]
fn a_word_of_two_characters_is_never_mended() {
    let mut tried = 0;
    for page in form_page::pages() {
        for ((sheet, cell), (field, header)) in headers(&read_tables(&page.workbook).tables) {
            if !field.starts_with("indicators[]") || !matches!(match_key(&header).as_str(), "得分" | "分值" | "权重")
            {
                continue;
            }
            for wrong in ["得坣", "数值", "产值", "得率", "权利"] {
                tried += 1;
                let place = (sheet.clone(), cell);
                let changed = rewritten(&page.workbook, |at, _| (*at == place).then(|| wrong.to_owned()));
                for table in read_tables(&changed).tables {
                    let taken = table
                        .columns
                        .iter()
                        .find(|column| column.cell == cell && table.sheet == sheet);
                    let field = taken.and_then(|column| column.field.clone());
                    assert!(
                        field.as_deref().is_none_or(|field| field == "indicators[].extra"),
                        "{} {cell} {wrong}: {field:?}",
                        page.name
                    );
                }
            }
        }
    }
    assert!(tried > 100, "{tried} headers tried");
}

#[test]
fn units_letters_and_stars_behind_headers_change_nothing() {
    let mut found = Vec::new();
    for page in form_page::pages() {
        let before = meaning(&page.workbook);
        let headers = headers(&read_tables(&page.workbook).tables);
        for mark in ["（分）", "(A)", "（B）", "*", "【必填】", "\n（%）", "（100分制）"] {
            let changed = rewritten(&page.workbook, |place, text| {
                let (field, _) = headers.get(place)?;
                let leaf = field.rsplit('.').next()?;
                let fits = match mark {
                    "（分）" | "（100分制）" => leaf == "score" && field.starts_with("indicators"),
                    "\n（%）" => leaf == "execution_rate" && text.contains(['%', '％']),
                    _ => true,
                };
                // A second bracket behind a first is nobody's habit.
                (fits && !text.contains(['(', '（'])).then(|| format!("{text}{mark}"))
            });
            if meaning(&changed) != before {
                found.push(format!("{} {mark}", page.name));
            }
        }
    }
    differences(found);
}

#[test]
fn a_number_before_an_indicator_is_no_part_of_its_name() {
    let mut found = Vec::new();
    for page in form_page::pages() {
        let tables = read_tables(&page.workbook).tables;
        let names: BTreeMap<Place, usize> = tables
            .iter()
            .flat_map(|table| {
                let names = table.evaluation.indicators.iter().enumerate();
                names.filter_map(|(index, row)| Some((place(table, row.level3.as_ref()?.cell), index)))
            })
            .collect();
        let levels = |workbook: &Workbook| -> Vec<Option<String>> {
            let tables = read_tables(workbook).tables;
            let rows = tables.iter().flat_map(|table| &table.evaluation.indicators);
            rows.map(|row| row.level3.as_ref().map(|name| name.value.clone()))
                .collect()
        };
        for style in ["指标{n}：", "指标{n}:", "指标 {n}、", "三级指标{n}："] {
            let changed = rewritten(&page.workbook, |place, text| {
                let index = names.get(place)?;
                let is_bare = !text.starts_with("指标");
                is_bare.then(|| format!("{}{text}", style.replace("{n}", &(index + 1).to_string())))
            });
            if levels(&changed) != levels(&page.workbook) {
                found.push(format!("{} {style}", page.name));
            }
        }
    }
    differences(found);
}

#[test]
fn weights_stand_in_any_bracket() {
    let mut found = Vec::new();
    for page in form_page::pages() {
        let values = |workbook: &Workbook| -> Vec<String> {
            let tables = read_tables(workbook).tables;
            let rows = tables.iter().flat_map(|table| &table.evaluation.indicators);
            rows.map(|row| {
                format!(
                    "{:?} {:?} {:?} {:?}",
                    row.level1.as_ref().map(|field| &field.value),
                    row.level1_weight.as_ref().map(|field| field.value),
                    row.level2.as_ref().map(|field| &field.value),
                    row.level2_weight.as_ref().map(|field| field.value)
                )
            })
            .collect()
        };
        let before = values(&page.workbook);
        for (open, close) in [
            ("(", "分)"),
            ("（", "）"),
            ("【", "分】"),
            ("[", "]"),
            ("〔", "分〕"),
            ("{", "}"),
            ("\n（", "%）"),
            (" （权重", "）"),
            ("（共", "分）"),
            ("（", " 分"),
            ("", "分"),
        ] {
            let changed = rewritten(&page.workbook, |_, text| {
                let (name, rest) = text.split_once('（')?;
                let points = rest.strip_suffix("分）").or_else(|| rest.strip_suffix('）'))?;
                let is_header = match_key(name).contains("预算执行情况") || name.contains("评价结论");
                points.parse::<u8>().ok().filter(|_| !is_header)?;
                Some(format!("{name}{open}{points}{close}"))
            });
            if values(&changed) != before {
                found.push(format!("{}: {open}{close}", page.name));
            }
        }
    }
    differences(found);
}

/// The columns and rows of each table's indicator block: header row to the last indicator.
struct Block {
    sheet: String,
    columns: Vec<(CellAddress, String)>,
    first_row: u32,
    last_row: u32,
    /// The last row of an indicator or a sum of some of them.
    last_sum: u32,
    /// The last row that has figures in its columns.
    last_figure: u32,
    last_level: u32,
}

fn blocks(tables: &[TableReading]) -> Vec<Block> {
    tables
        .iter()
        // A column put into one of several sheets would part them.
        .filter(|table| !table.evaluation.indicators.is_empty() && table.continued.is_empty())
        .map(|table| {
            let columns: Vec<(CellAddress, String)> = table
                .columns
                .iter()
                .filter_map(|column| {
                    let field = column.field.as_ref()?.strip_prefix("indicators[].")?;
                    Some((column.cell, field.to_owned()))
                })
                .collect();
            let rows = table
                .places
                .indicators
                .iter()
                .flat_map(|row| row.values())
                .map(|cell| cell.row);
            let last_row = rows.max().unwrap_or_default();
            let sums = table.evaluation.subtotals.iter().map(|sum| sum.label.cell.row);
            let last_sum = sums.fold(last_row, u32::max);
            // What is kept under a header has both names.
            let extra = table.evaluation.extra.iter().filter(|extra| extra.label.contains('·'));
            let total = table.places.total.as_ref().map(|total| total.label.row);
            let figures = extra.map(|extra| extra.value.cell.row).chain(total);
            Block {
                sheet: table.sheet.clone(),
                first_row: columns.iter().map(|(cell, _)| cell.row).min().unwrap_or_default(),
                last_row,
                last_sum,
                last_figure: figures.fold(last_sum + 1, u32::max),
                last_level: columns
                    .iter()
                    .filter(|(_, field)| field.starts_with("level"))
                    .map(|(cell, _)| cell.column)
                    .max()
                    .unwrap_or_default(),
                columns,
            }
        })
        .collect()
}

fn with_sheet(workbook: &Workbook, name: &str, change: impl Fn(&Grid) -> Grid) -> Workbook {
    let mut changed = workbook.clone();
    for sheet in changed.sheets.iter_mut().filter(|sheet| sheet.name == name) {
        let grid = change(&Grid::of(sheet));
        *sheet = Sheet::new(sheet.name.clone(), grid.cells, grid.merges);
    }
    changed
}

fn text_cell(row: u32, column: u32, text: &str) -> Cell {
    Cell {
        address: CellAddress::new(row, column),
        value: CellValue::Text(text.to_owned()),
        shown_otherwise: None,
        shown_unsure: false,
        formula: None,
        number_format: None,
    }
}

#[test]
fn an_inserted_column_is_kept_and_changes_nothing_else() {
    let mut found = Vec::new();
    let mut kept = 0;
    for page in form_page::pages() {
        let tables = read_tables(&page.workbook).tables;
        let before = meaning(&page.workbook);
        let unread_before: usize = tables.iter().map(|table| table.coverage.unread.len()).sum();
        for block in blocks(&tables) {
            for (cell, _) in block.columns.iter().filter(|(cell, _)| cell.column > block.last_level) {
                let changed = with_sheet(&page.workbook, &block.sheet, |grid| {
                    let mut grid = grid.with_blank_column(cell.column);
                    // Inside a spanning head the new column would be one of its parts.
                    let inside = grid.merges.iter().any(|merge| {
                        (block.first_row..=block.last_row).contains(&merge.first.row)
                            && merge.first.column < cell.column
                            && cell.column <= merge.last.column
                    });
                    if !inside {
                        grid.cells.push(text_cell(block.first_row, cell.column, "内部流水"));
                        grid.cells.push(text_cell(block.last_row, cell.column, "K-01"));
                    }
                    grid
                });
                let mut tables = read_tables(&changed).tables;
                for table in &mut tables {
                    let is_new = |extra: &mut LabelledField| extra.label.contains("内部流水");
                    for indicator in &mut table.evaluation.indicators {
                        kept += indicator.extra.extract_if(.., is_new).count();
                    }
                }
                if meaning_of(&tables) != before {
                    found.push(format!("{} before {cell}", page.name));
                    continue;
                }
                let unread: usize = tables.iter().map(|table| table.coverage.unread.len()).sum();
                if unread > unread_before + 1 {
                    found.push(format!("{} before {cell}: {unread} unread", page.name));
                }
            }
        }
    }
    assert!(kept > 100, "{kept} columns kept");
    differences(found);
}

#[test]
fn columns_may_change_places() {
    let mut found = Vec::new();
    let mut tried = 0;
    for page in form_page::pages() {
        let tables = read_tables(&page.workbook).tables;
        let before = meaning(&page.workbook);
        for block in blocks(&tables) {
            let mut columns: Vec<&(CellAddress, String)> = block.columns.iter().collect();
            columns.sort_by_key(|(cell, _)| cell.column);
            for pair in columns.windows(2) {
                let (left, right) = (pair[0].0.column, pair[1].0.column);
                // Weights stand behind the level that they belong to, and extra columns keep their order.
                let fixed = |field: &str| field.ends_with("_weight") || field == "extra" || field.starts_with("level");
                if right != left + 1 || pair.iter().any(|(_, field)| fixed(field)) {
                    continue;
                }
                let rows = block.first_row..=block.last_figure;
                let sheet = page
                    .workbook
                    .sheets
                    .iter()
                    .find(|sheet| sheet.name == block.sheet)
                    .unwrap();
                let straddled = sheet.merges().iter().any(|merge| {
                    merge.last.row >= *rows.start()
                        && merge.first.row <= *rows.end()
                        && merge.last.column >= left
                        && merge.first.column <= right
                });
                let foot = sheet.row(block.last_sum + 1);
                let is_total = foot
                    .iter()
                    .any(|cell| cell.shown().contains('总') || cell.shown().contains('合'));
                if straddled || !is_total {
                    continue;
                }
                tried += 1;
                let changed = with_sheet(&page.workbook, &block.sheet, |grid| {
                    grid.moved(|cell| match cell.column {
                        column if !rows.contains(&cell.row) => CellAddress::new(cell.row, column),
                        column if column == left => CellAddress::new(cell.row, right),
                        column if column == right => CellAddress::new(cell.row, left),
                        column => CellAddress::new(cell.row, column),
                    })
                });
                if meaning(&changed) != before {
                    found.push(format!("{} {} and {}", page.name, pair[0].1, pair[1].1));
                }
            }
        }
    }
    assert!(tried > 60, "{tried} pairs tried");
    differences(found);
}

#[test]
fn a_missing_column_is_missing_and_nothing_else() {
    let mut found = Vec::new();
    for page in form_page::pages() {
        let tables = read_tables(&page.workbook).tables;
        for block in blocks(&tables) {
            for left_out in ["reason", "operator", "measure_unit", "review_score"] {
                let gone: Vec<u32> = block
                    .columns
                    .iter()
                    .filter(|(_, field)| field == left_out)
                    .map(|(cell, _)| cell.column)
                    .collect();
                let &[gone] = gone.as_slice() else { continue };
                if blocks(&tables).len() > 1 {
                    continue;
                }
                // Of two reviewers the second is then the first.
                if left_out == "review_score" && page.name == "three_parties_score" {
                    continue;
                }
                let rows = block.first_row..=block.last_row;
                let changed = with_sheet(&page.workbook, &block.sheet, |grid| {
                    let mut grid = grid.clone();
                    let is_gone = |cell: CellAddress| rows.contains(&cell.row) && cell.column == gone;
                    // A head over several columns stays over the others.
                    let wide = |merge: &CellRange| is_gone(merge.first) && merge.width() > 1;
                    for cell in &mut grid.cells {
                        if grid
                            .merges
                            .iter()
                            .any(|merge| wide(merge) && merge.first == cell.address)
                        {
                            cell.address.column += 1;
                        }
                    }
                    for merge in grid.merges.iter_mut().filter(|merge| wide(merge)) {
                        merge.first.column += 1;
                    }
                    grid.cells.retain(|cell| !is_gone(cell.address));
                    grid.merges.retain(|merge: &CellRange| !is_gone(merge.first));
                    grid
                });
                let mut expected = meaning(&page.workbook);
                let mut actual = meaning(&changed);
                for value in [&mut expected, &mut actual] {
                    for row in value[0]["indicators"].as_array_mut().unwrap() {
                        row[left_out] = Value::Null;
                    }
                    // The printed total of the column has lost its column.
                    value[0].as_object_mut().unwrap().remove("extra");
                }
                if expected != actual {
                    found.push(format!("{} without {left_out}", page.name));
                }
            }
        }
    }
    differences(found);
}
