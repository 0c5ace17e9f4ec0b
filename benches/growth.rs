//! How the time of a check grows with what a file holds: `cargo bench --bench growth`, or `-- right` for shapes so named.
//!
//! Each shape is a file of one kind of content, in three sizes that double. The exponent is that of the time's growth
//! between them: 1 is linear. Beyond 1.1 a small file could ask for a long time; the last line says which shapes do.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

#[path = "../tests/support/biff.rs"]
mod biff;
#[allow(dead_code)]
mod county;
#[path = "../tests/support/ods.rs"]
mod ods;
#[path = "../tests/support/package.rs"]
mod package;
#[path = "../tests/support/table_writers.rs"]
mod table_writers;
#[path = "../tests/support/work_time.rs"]
mod work_time;

use std::fmt::Write as _;

use hebiao::grid::{Cell, CellAddress, CellRange, CellValue, FileFormat, Sheet, Workbook};
use hebiao::read::{Limits, read_workbook};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, check_bytes_with, check_workbook};
use package::Package;
use rust_decimal::Decimal;
use work_time::worked;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The bound of growth.
const BOUND: f64 = 1.1;

/// What is checked.
enum File {
    /// Cells, past the readers.
    Cells(Workbook),
    /// A workbook's bytes.
    Bytes(Vec<u8>),
}

struct Shape {
    name: &'static str,
    /// The smallest of the sizes.
    size: u32,
    make: fn(u32) -> File,
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "rows of indicators",
        size: 1_000,
        make: indicators,
    },
    Shape {
        name: "rows of funds",
        size: 500,
        make: |n| rows_at(7, n, 1, "专项资金"),
    },
    Shape {
        name: "cells right of the title",
        size: 3_000,
        make: |n| right_of(&[0], n),
    },
    Shape {
        name: "cells right of the header",
        size: 3_000,
        make: |n| right_of(&[10], n),
    },
    Shape {
        name: "cells right of one indicator",
        size: 3_000,
        make: |n| right_of(&[20], n),
    },
    Shape {
        name: "cells right of a fund row",
        size: 3_000,
        make: |n| right_of(&[5], n),
    },
    Shape {
        name: "cells right of every indicator",
        size: 20_000,
        make: |n| right_of(&(11..55).collect::<Vec<_>>(), n),
    },
    Shape {
        name: "cells right of every row",
        size: 20_000,
        make: |n| right_of(&(0..56).collect::<Vec<_>>(), n),
    },
    Shape {
        name: "cells right, one column a row",
        size: 5_000,
        make: staircase,
    },
    Shape {
        name: "the same header word far right",
        size: 1_000,
        make: |n| same_right_of(10..11, "得分", n),
    },
    Shape {
        name: "level words far right",
        size: 1_000,
        make: |n| same_right_of(10..11, "三级指标", n),
    },
    Shape {
        name: "unknown headers far right, filled below",
        size: 4_000,
        make: |n| same_right_of(10..14, "情况说明", n),
    },
    Shape {
        name: "labels with values far right",
        size: 3_000,
        make: |n| same_right_of(2..4, "项目名称：某项目", n),
    },
    Shape {
        name: "labels far right",
        size: 3_000,
        make: |n| same_right_of(2..4, "主管部门", n),
    },
    Shape {
        name: "fund headers far right",
        size: 3_000,
        make: |n| same_right_of(4..5, "全年预算数", n),
    },
    Shape {
        name: "fund amounts far right",
        size: 3_000,
        make: |n| same_right_of(5..8, "5", n),
    },
    Shape {
        name: "goal texts far right",
        size: 3_000,
        make: |n| same_right_of(8..10, "预期目标", n),
    },
    Shape {
        name: "grades far right",
        size: 3_000,
        make: |n| same_right_of(55..56, "评价等次：优", n),
    },
    Shape {
        name: "numbers far right",
        size: 20_000,
        make: numbers_right,
    },
    Shape {
        name: "tall regions far right",
        size: 2_000,
        make: tall_right,
    },
    Shape {
        name: "one column far right",
        size: 4_000,
        make: one_far_right,
    },
    Shape {
        name: "a wide title and one column far right",
        size: 4_000,
        make: wide_title,
    },
    Shape {
        name: "cells below the table",
        size: 10_000,
        make: |n| below(n, 1),
    },
    Shape {
        name: "cells below, two a row",
        size: 10_000,
        make: |n| below(n, 2),
    },
    Shape {
        name: "merged regions below",
        size: 5_000,
        make: |n| merged(n, 0),
    },
    Shape {
        name: "merged regions far right",
        size: 5_000,
        make: |n| merged(n, 100),
    },
    Shape {
        name: "sheets",
        size: 50,
        make: sheets,
    },
    Shape {
        name: "tables one under another",
        size: 10,
        make: |n| copies(n, true),
    },
    Shape {
        name: "tables side by side",
        size: 10,
        make: |n| copies(n, false),
    },
    Shape {
        name: "the same header again and again",
        size: 500,
        make: headers,
    },
    Shape {
        name: "a long text in a goal",
        size: 8_000,
        make: |n| long_text(9, 1, n),
    },
    Shape {
        name: "a long name",
        size: 8_000,
        make: |n| long_text(20, 3, n),
    },
    Shape {
        name: "long reasons",
        size: 400,
        make: long_reasons,
    },
    Shape {
        name: "brackets in a reason",
        size: 8_000,
        make: |n| repeated_text(20, 9, "（一）、", n / 4),
    },
    Shape {
        name: "figures in a result",
        size: 8_000,
        make: |n| repeated_text(20, 6, "1、", n / 2),
    },
    Shape {
        name: "formulas",
        size: 10_000,
        make: formulas,
    },
    Shape {
        name: "one sum over all rows",
        size: 2_000,
        make: sum,
    },
    Shape {
        name: "xlsx: numbers",
        size: 20_000,
        make: |n| bytes(n, |row| format!("<c r=\"A{row}\"><v>{row}</v></c>")),
    },
    Shape {
        name: "xlsx: numbers written oddly",
        size: 20_000,
        make: |n| bytes(n, |row| format!("<c r='A{row}'><v>{row}</v ></c>")),
    },
    Shape {
        name: "xlsx: inline texts",
        size: 20_000,
        make: |n| bytes(n, |row| format!("<c t=\"inlineStr\"><is><t>第{row}段</t></is></c>")),
    },
    Shape {
        name: "xlsx: shared formulas",
        size: 10_000,
        make: shared_formulas,
    },
    Shape {
        name: "xlsx: shared texts",
        size: 20_000,
        make: shared_texts,
    },
    Shape {
        name: "xlsx: empty cells",
        size: 40_000,
        make: |n| bytes(n, |row| format!("<c r=\"A{row}\" s=\"1\"/>")),
    },
    Shape {
        name: "xlsx: cells in one row",
        size: 4_000,
        make: |n| one_row(n),
    },
    Shape {
        name: "xlsx: merged regions",
        size: 10_000,
        make: merges_in_xlsx,
    },
    Shape {
        name: "xlsx: open rows that break off",
        size: 20_000,
        make: |n| bytes(n, |_| "<c><v>1</v></c><c".to_owned()),
    },
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let options = CheckOptions::new(Standard::ministry());
    let mut steep = Vec::new();
    println!(
        "{:<36}{:>10}{:>12}{:>12}{:>12}{:>10}",
        "shape", "size", "ms", "ms at ×2", "ms at ×4", "exponent"
    );
    for shape in SHAPES {
        if !wanted.is_empty() && !wanted.iter().any(|word| shape.name.contains(word.as_str())) {
            continue;
        }
        let times = [1, 2, 4].map(|factor| time_of(&(shape.make)(shape.size * factor), &options));
        // Over both doublings, so that what every file costs counts less; from the second, where it still does.
        let exponent = (times[2] / times[1]).log2();
        println!(
            "{:<36}{:>10}{:>12.2}{:>12.2}{:>12.2}{:>10.2}",
            shape.name, shape.size, times[0], times[1], times[2], exponent
        );
        if exponent > BOUND {
            steep.push(shape.name);
        }
    }
    println!(
        "beyond {BOUND}: {}",
        if steep.is_empty() {
            "none".to_owned()
        } else {
            steep.join(", ")
        }
    );
}

/// The best of several checks, in milliseconds of a thread's work. Each has a thread of its own: one remembers the
/// headers that it has seen, and of a small file all.
fn time_of(file: &File, options: &CheckOptions<'_>) -> f64 {
    const ROUNDS: usize = 5;
    let once = || {
        let (time, checked) = match file {
            File::Cells(workbook) => {
                let workbook = workbook.clone();
                let begun = worked();
                let checked = check_workbook("表.xlsx", workbook, options);
                (worked() - begun, checked)
            }
            File::Bytes(bytes) => {
                let begun = worked();
                let checked = check_bytes_with("表.xlsx", bytes, options);
                (worked() - begun, checked)
            }
        };
        drop(checked);
        time.as_secs_f64() * 1e3
    };
    let in_own_thread = || std::thread::scope(|scope| scope.spawn(once).join().unwrap());
    (0..ROUNDS).map(|_| in_own_thread()).fold(f64::MAX, f64::min)
}

struct Draft {
    name: String,
    cells: Vec<Cell>,
    merges: Vec<CellRange>,
}

impl Draft {
    fn table() -> Self {
        Self::of(&county::sheet(7))
    }

    fn of(sheet: &Sheet) -> Self {
        Self {
            name: sheet.name.clone(),
            cells: sheet.cells().to_vec(),
            merges: sheet.merges().to_vec(),
        }
    }

    fn text(&mut self, row: u32, column: u32, text: &str) {
        self.put(row, column, CellValue::Text(text.to_owned()), text.to_owned(), None);
    }

    fn number(&mut self, row: u32, column: u32, number: u32, formula: Option<String>) {
        self.put(
            row,
            column,
            CellValue::Number(number.into()),
            number.to_string(),
            formula,
        );
    }

    fn put(&mut self, row: u32, column: u32, value: CellValue, shown: String, formula: Option<String>) {
        self.cells.push(Cell {
            address: CellAddress::new(row, column),
            shown_otherwise: value.shown_as(shown),
            value,
            shown_unsure: false,
            formula,
            number_format: None,
        });
    }

    fn merge(&mut self, row: u32, column: u32, last_row: u32, last_column: u32) {
        let corners = (CellAddress::new(row, column), CellAddress::new(last_row, last_column));
        self.merges.push(CellRange::new(corners.0, corners.1));
    }

    /// Moves what stands from a row on down.
    fn open(&mut self, from: u32, by: u32) {
        let down = |row: &mut u32| {
            if *row >= from {
                *row += by;
            }
        };
        self.cells.iter_mut().for_each(|cell| down(&mut cell.address.row));
        for merge in &mut self.merges {
            down(&mut merge.first.row);
            down(&mut merge.last.row);
        }
    }

    fn sheet(self) -> Sheet {
        Sheet::new(self.name, self.cells, self.merges)
    }

    fn file(self) -> File {
        workbook(vec![self.sheet()])
    }
}

fn workbook(sheets: Vec<Sheet>) -> File {
    File::Cells(Workbook {
        format: FileFormat::Xlsx,
        sheets,
        losses: Vec::new(),
        text: Vec::new(),
    })
}

fn indicators(n: u32) -> File {
    let mut draft = Draft::table();
    draft.open(54, n);
    for row in 54..54 + n {
        draft.text(row, 3, &format!("第{row}段养护任务完成量"));
        draft.text(row, 4, "≥20");
        draft.text(row, 5, "公里");
        draft.text(row, 6, "20");
        draft.number(row, 7, 1, None);
        draft.number(row, 8, 1, None);
    }
    draft.file()
}

fn rows_at(at: u32, n: u32, column: u32, name: &str) -> File {
    let mut draft = Draft::table();
    draft.open(at, n);
    for row in at..at + n {
        draft.text(row, column, &format!("{name}{row}"));
        for amount in 3..6 {
            draft.number(row, amount, 5, None);
        }
    }
    draft.file()
}

fn right_of(rows: &[u32], n: u32) -> File {
    let mut draft = Draft::table();
    for (row, index) in rows.iter().cycle().zip(0..n) {
        draft.text(*row, 30 + index / rows.len() as u32, &format!("说明{index}"));
    }
    draft.file()
}

/// A text to the right of these rows again and again.
fn same_right_of(rows: std::ops::Range<u32>, text: &str, n: u32) -> File {
    let mut draft = Draft::table();
    let across = rows.len() as u32;
    for index in 0..n {
        draft.text(rows.start + index % across, 30 + index / across, text);
    }
    draft.file()
}

fn numbers_right(n: u32) -> File {
    let mut draft = Draft::table();
    for index in 0..n {
        draft.number(11 + index % 44, 30 + index / 44, index, None);
    }
    draft.file()
}

/// Regions beside the table that reach over all its rows.
fn tall_right(n: u32) -> File {
    let mut draft = Draft::table();
    for index in 0..n {
        draft.text(0, 30 + index, "说明");
        draft.merge(0, 30 + index, 55, 30 + index);
    }
    draft.file()
}

fn one_far_right(n: u32) -> File {
    let mut draft = Draft::table();
    for row in 0..56 {
        draft.text(row, n, "说明");
    }
    draft.file()
}

fn wide_title(n: u32) -> File {
    let mut draft = Draft::table();
    draft.merges.retain(|merge| merge.first.row > 1);
    draft.merge(0, 0, 0, n);
    draft.merge(1, 0, 1, n);
    for row in 11..55 {
        draft.text(row, n, "说明");
    }
    draft.file()
}

fn staircase(n: u32) -> File {
    let mut draft = Draft::table();
    for index in 0..n {
        draft.text(index, 30 + index % 10_000, "说明");
    }
    draft.file()
}

fn below(n: u32, across: u32) -> File {
    let mut draft = Draft::table();
    for index in 0..n {
        draft.text(60 + index / across, index % across, &format!("说明{index}"));
    }
    draft.file()
}

fn merged(n: u32, column: u32) -> File {
    let mut draft = Draft::table();
    for index in 0..n {
        draft.text(60 + index * 2, column, &format!("说明{index}"));
        draft.merge(60 + index * 2, column, 61 + index * 2, column + 3);
    }
    draft.file()
}

fn sheets(n: u32) -> File {
    let named = (0..n).map(|index| {
        let mut draft = Draft::of(&county::sheet(index));
        draft.name = format!("表{index}");
        draft.sheet()
    });
    workbook(named.collect())
}

fn copies(n: u32, is_down: bool) -> File {
    let mut draft = Draft {
        name: "表".to_owned(),
        cells: Vec::new(),
        merges: Vec::new(),
    };
    for index in 0..n {
        let copy = Draft::of(&county::sheet(index));
        let (row, column) = if is_down { (index * 60, 0) } else { (0, index * 12) };
        let moved = |cell: CellAddress| CellAddress::new(cell.row + row, cell.column + column);
        draft.cells.extend(copy.cells.into_iter().map(|cell| Cell {
            address: moved(cell.address),
            ..cell
        }));
        draft.merges.extend(
            copy.merges
                .iter()
                .map(|merge| CellRange::new(moved(merge.first), moved(merge.last))),
        );
    }
    draft.file()
}

fn headers(n: u32) -> File {
    let mut draft = Draft::table();
    for row in 60..60 + n {
        for (column, head) in (0..).zip([
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
        ]) {
            draft.text(row, column, head);
        }
    }
    draft.file()
}

fn long_text(row: u32, column: u32, n: u32) -> File {
    let sentence = "养护农村公路，整治村庄环境，群众出行条件明显改善。";
    repeated_text(row, column, sentence, n / 25)
}

fn repeated_text(row: u32, column: u32, text: &str, times: u32) -> File {
    let mut draft = Draft::table();
    draft.cells.retain(|cell| cell.address != CellAddress::new(row, column));
    draft.text(row, column, &text.repeat(times as usize));
    draft.file()
}

fn long_reasons(n: u32) -> File {
    let mut draft = Draft::table();
    draft
        .cells
        .retain(|cell| !(11..55).contains(&cell.address.row) || cell.address.column != 9);
    for row in 11..55 {
        draft.text(
            row,
            9,
            &format!("原因：第{row}段连续降雨影响施工，措施：倒排工期。").repeat((n / 25) as usize),
        );
    }
    draft.file()
}

fn formulas(n: u32) -> File {
    let mut draft = Draft::table();
    for index in 0..n {
        draft.number(60 + index, 0, 2, Some(format!("A{}+1", 60 + index)));
    }
    draft.file()
}

fn sum(n: u32) -> File {
    let File::Cells(mut workbook) = indicators(n) else {
        unreachable!()
    };
    let total = workbook.sheets[0]
        .cells()
        .iter()
        .rfind(|cell| cell.address.column == 8)
        .unwrap()
        .clone();
    let formula = Some(format!("SUM(I12:I{})", total.address.row));
    workbook.sheets[0].put(Cell {
        formula,
        value: CellValue::Number(Decimal::ONE),
        ..total
    });
    File::Cells(workbook)
}

fn bytes(n: u32, cell: impl Fn(u32) -> String) -> File {
    let mut rows = String::new();
    for row in 1..=n {
        write!(rows, "<row r=\"{row}\">{}</row>", cell(row)).unwrap();
    }
    File::Bytes(Package::with_rows(&rows).zip())
}

fn one_row(n: u32) -> File {
    let cells: String = (0..n).map(|_| "<c><v>1</v></c>").collect();
    File::Bytes(Package::with_rows(&format!("<row r=\"1\">{cells}</row>")).zip())
}

fn shared_formulas(n: u32) -> File {
    bytes(n, |row| match row {
        1 => "<c r=\"B1\"><f t=\"shared\" ref=\"B1:B9\" si=\"0\">A1*2+SUM(A1:A3)</f><v>1</v></c>".to_owned(),
        row => format!("<c r=\"B{row}\"><f t=\"shared\" si=\"0\"/><v>1</v></c>"),
    })
}

fn shared_texts(n: u32) -> File {
    let texts: Vec<String> = (0..n).map(|index| format!("<t>第{index}段</t>")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let rows: String = (1..=n)
        .map(|row| format!("<row r=\"{row}\"><c t=\"s\"><v>{}</v></c></row>", row - 1))
        .collect();
    File::Bytes(Package::with_rows(&rows).shared_strings(&texts).zip())
}

fn merges_in_xlsx(n: u32) -> File {
    let merges: String = (0..n)
        .map(|index| format!("<mergeCell ref=\"A{}:B{}\"/>", index * 2 + 1, index * 2 + 2))
        .collect();
    let rows = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>";
    let bytes = Package::with_sheet(&format!("{rows}<mergeCells>{merges}</mergeCells>")).zip();
    assert!(read_workbook(&bytes, None, &Limits::default()).is_ok());
    File::Bytes(bytes)
}
