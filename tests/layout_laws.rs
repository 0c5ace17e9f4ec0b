//! Law 6: what people do to a form without changing what it says gives the same Evaluation, cells aside.
//! Law 1: every filled cell is bound, decorative or unread.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use hebiao::grid::{Cell, CellAddress, FileFormat, Sheet, Workbook};
use hebiao::layout::{Recognition, read_tables};
use hebiao::model::TableReading;
use proptest::prelude::*;
use serde_json::Value;
use support::sheet_changes::Grid;

fn sheet_of(name: &str) -> Grid {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name);
    let bytes = std::fs::read(path).unwrap();
    let workbook = hebiao::read::read_workbook(&bytes, Some(name), &hebiao::read::Limits::default()).unwrap();
    Grid::of(&workbook.sheets[0])
}

fn recognise(grid: &Grid) -> Recognition {
    let sheet = Sheet::new("表", grid.cells.clone(), grid.merges.clone());
    read_tables(&Workbook {
        format: FileFormat::Xlsx,
        sheets: vec![sheet],
        losses: Vec::new(),
        text: Vec::new(),
    })
}

fn read(grid: &Grid) -> Vec<TableReading> {
    recognise(grid).tables
}

const SAMPLES: [&str; 2] = ["部门评价表-信丰.xlsx", "项目支出绩效自评表-示例.xlsx"];

const HEADERS: [&str; 19] = [
    "项目名称",
    "主管部门",
    "实施单位",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "分值",
    "执行率",
    "得分",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "全年完成值",
    "总分",
    "预期目标",
    "实际完成情况",
    "偏差原因分析及改进措施",
];

/// The Evaluation without cells, and without the shown texts of what was rewritten on purpose.
fn meaning(tables: &[TableReading], keep_text: bool) -> Value {
    fn strip(value: &mut Value, keep_text: bool) {
        match value {
            Value::Object(map) => {
                map.remove("cell");
                if !keep_text {
                    map.remove("text");
                }
                map.values_mut().for_each(|value| strip(value, keep_text));
            }
            Value::Array(items) => items.iter_mut().for_each(|value| strip(value, keep_text)),
            _ => {}
        }
    }
    let mut value: Value = tables
        .iter()
        .map(|table| serde_json::to_value(&table.evaluation).unwrap())
        .collect();
    strip(&mut value, keep_text);
    value
}

fn assert_same(label: &str, original: &Grid, changed: &Grid) {
    let before = read(original);
    let after = read(changed);
    assert_eq!(meaning(&before, true), meaning(&after, true), "{label}");
    for table in &after {
        assert_eq!(table.coverage.unread, Vec::new(), "{label}");
        let coverage = &table.coverage;
        assert_eq!(coverage.filled, coverage.bound + coverage.decorative, "{label}");
    }
    assert_eq!(before[0].kind, after[0].kind, "{label}");
}

#[test]
fn a_blank_row_or_column_anywhere_changes_nothing() {
    for sample in SAMPLES {
        let grid = sheet_of(sample);
        for at in 0..40 {
            assert_same(
                &format!("{sample}: blank row before {}", at + 1),
                &grid,
                &grid.with_blank_row(at),
            );
        }
        for at in 0..12 {
            assert_same(
                &format!("{sample}: blank column before {}", at + 1),
                &grid,
                &grid.with_blank_column(at),
            );
        }
    }
}

#[test]
fn level_names_may_be_merged_repeated_or_written_once() {
    for sample in SAMPLES {
        let grid = sheet_of(sample);
        assert_same(
            &format!("{sample}: over blanks"),
            &grid,
            &grid.without_vertical_merges(false),
        );
        let repeated = read(&grid.without_vertical_merges(true));
        // Repeated headings of blocks are more cells, the meaning is the same.
        assert_eq!(
            meaning(&read(&grid), true),
            meaning(&repeated, true),
            "{sample}: repeated"
        );
        assert_eq!(repeated[0].coverage.unread, Vec::new(), "{sample}: repeated");
    }
}

#[test]
fn no_merge_at_all_changes_nothing() {
    for sample in SAMPLES {
        let grid = sheet_of(sample);
        let bare = Grid {
            merges: Vec::new(),
            ..grid.clone()
        };
        assert_same(sample, &grid, &bare);
    }
}

#[test]
fn blanks_line_breaks_and_units_in_headers_change_nothing() {
    type Change = fn(&str) -> String;
    let changes: [(&str, Change); 5] = [
        ("blanks", |text| text.chars().map(|c| format!("{c} ")).collect()),
        ("wide blanks", |text| text.chars().map(|c| format!("{c}　")).collect()),
        ("line break", |text| {
            text.chars()
                .enumerate()
                .map(|(i, c)| if i == 2 { format!("\n{c}") } else { c.to_string() })
                .collect()
        }),
        ("colon", |text| format!("{text}：")),
        ("formula letters", |text| format!("{text}（A）")),
    ];
    for sample in SAMPLES {
        let grid = sheet_of(sample);
        for (label, change) in changes {
            let changed = grid.map_texts(|_, text| HEADERS.contains(&text).then(|| change(text)));
            assert_same(&format!("{sample}: {label}"), &grid, &changed);
        }
    }
}

#[test]
fn the_total_row_has_several_names() {
    for sample in SAMPLES {
        let grid = sheet_of(sample);
        for name in ["合计", "总计", "总 分", "得分合计", "分总"] {
            assert_same(
                name,
                &grid,
                &grid.map_texts(|_, text| (text == "总分").then(|| name.to_owned())),
            );
        }
    }
}

#[test]
fn points_behind_a_level_name_may_stand_in_any_bracket() {
    for sample in SAMPLES {
        let grid = sheet_of(sample);
        let before = meaning(&read(&grid), false);
        for (open, close) in [("(", ")"), ("【", "】"), ("[", "]"), ("\n（", "）"), (" ( ", " ) ")] {
            let changed = grid.map_texts(|_, text| {
                let (name, rest) = text.split_once('（')?;
                let points = rest.strip_suffix("分）")?;
                points.parse::<u8>().ok()?;
                Some(format!("{name}{open}{points}分{close}"))
            });
            assert_eq!(before, meaning(&read(&changed), false), "{sample}: {open}{close}");
        }
    }
}

#[test]
fn numbers_kept_as_text_have_the_same_values() {
    for sample in SAMPLES {
        let grid = sheet_of(sample);
        assert_eq!(
            meaning(&read(&grid), false),
            meaning(&read(&grid.with_numbers_as_text()), false),
            "{sample}"
        );
    }
}

#[test]
fn two_tables_on_one_sheet_are_two_tables() {
    let first = sheet_of(SAMPLES[0]);
    let second = sheet_of(SAMPLES[1]);
    let below = second.moved(|cell| CellAddress::new(cell.row + 50, cell.column));
    let mut both = first.clone();
    both.cells.extend(below.cells);
    both.merges.extend(below.merges);
    let mut expected = read(&first);
    expected.extend(read(&second));
    assert_eq!(meaning(&expected, true), meaning(&read(&both), true));
}

#[test]
fn a_stray_value_is_unread_and_nothing_else_changes() {
    for sample in SAMPLES {
        let grid = sheet_of(sample);
        let mut stray = grid.clone();
        let address = CellAddress::new(14, 20);
        stray.cells.push(Cell {
            address,
            ..grid.cells[0].clone()
        });
        let tables = read(&stray);
        assert_eq!(meaning(&read(&grid), true), meaning(&tables, true), "{sample}");
        let unread: Vec<CellAddress> = tables[0].coverage.unread.iter().map(|unread| unread.cell).collect();
        assert_eq!(unread, [address], "{sample}");
    }
}

/// Every filled cell of a sheet with an evaluation is in the account of one of its tables, except those of a table that
/// is named as one of another kind.
fn assert_accounted(grid: &Grid) {
    let filled = grid.cells.iter().filter(|cell| !cell.is_blank()).count();
    let Recognition { tables, skipped } = recognise(grid);
    let is_other_kind = |reason: &str| reason.contains("不是绩效评价表") || reason.ends_with("不是评价表");
    if !tables.is_empty() && !skipped.iter().any(|skipped| is_other_kind(&skipped.reason)) {
        let accounted: usize = tables.iter().map(|table| table.coverage.filled).sum();
        assert_eq!(filled, accounted, "{skipped:?}");
    }
    for table in &tables {
        let coverage = &table.coverage;
        assert_eq!(
            coverage.filled,
            coverage.bound + coverage.decorative + coverage.unread.len()
        );
        assert!(coverage.unread.is_sorted_by(|one, other| one.cell < other.cell));
    }
}

#[test]
fn what_looks_like_a_second_table_and_is_none_is_unread() {
    // A second 一级指标 in the header, where 分值 stood, seems to begin a table to the right.
    let mut grid = sheet_of(SAMPLES[1]);
    let header = |text: &str| grid.cells.iter().rposition(|cell| cell.shown() == text).unwrap();
    let (level, weight) = (header("一级指标"), header("分值"));
    grid.cells[weight] = Cell {
        address: grid.cells[weight].address,
        ..grid.cells[level].clone()
    };
    let Recognition { tables, skipped } = recognise(&grid);
    assert_eq!((tables.len(), skipped.len()), (1, 1));
    assert!(skipped[0].reason.contains("像是评价表，但把握只有"), "{skipped:?}");
    let unread: Vec<CellAddress> = tables[0].coverage.unread.iter().map(|unread| unread.cell).collect();
    assert_eq!(unread.first(), Some(&"G5".parse().unwrap()));
    assert!(unread.contains(&"G12".parse().unwrap()) && unread.contains(&"H23".parse().unwrap()));
    assert_accounted(&grid);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_harmless_changes_changes_nothing(
        sample in 0..SAMPLES.len(),
        steps in prop::collection::vec((0..5_u8, 0..40_u32), 1..5),
    ) {
        let grid = sheet_of(SAMPLES[sample]);
        let mut changed = grid.clone();
        for (step, at) in &steps {
            changed = match step {
                0 => changed.with_blank_row(*at),
                1 => changed.with_blank_column(at % 12),
                2 => changed.moved(|cell| CellAddress::new(cell.row + at, cell.column + at / 3)),
                3 => changed.without_vertical_merges(false),
                _ => changed.map_texts(|_, text| HEADERS.contains(&text).then(|| text.chars().map(|c| format!("{c} ")).collect())),
            };
        }
        prop_assert_eq!(meaning(&read(&grid), true), meaning(&read(&changed), true));
    }

    #[test]
    fn every_filled_cell_is_accounted_for(
        sample in 0..SAMPLES.len(),
        removed in prop::collection::vec(0..400_usize, 0..20),
        scrambled in prop::collection::vec((0..400_usize, 0..400_usize), 0..10),
    ) {
        let mut grid = sheet_of(SAMPLES[sample]);
        for index in removed {
            if !grid.cells.is_empty() {
                let length = grid.cells.len();
                grid.cells.remove(index % length);
            }
        }
        let length = grid.cells.len();
        for (one, other) in scrambled {
            let Cell {
                value, shown_otherwise, ..
            } = grid.cells[one % length].clone();
            let target = &mut grid.cells[other % length];
            target.value = value;
            target.shown_otherwise = shown_otherwise;
        }
        assert_accounted(&grid);
    }
}
