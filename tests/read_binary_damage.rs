//! Damage inside xls, xlsb and ods: a bad cell loses itself, a bad sheet loses itself, and what was lost is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;
#[path = "support/ods.rs"]
mod ods;
#[path = "support/package.rs"]
mod package;
#[path = "support/work_time.rs"]
mod work_time;
#[path = "support/xlsb.rs"]
mod xlsb;

use biff::Version::{Biff5, Biff8};
use biff::{record, words};
use hebiao::grid::{CellValue, ReadingLoss, Sheet, Workbook};
use hebiao::read::{Limits, ReadError, read_workbook};
use work_time::worked;
use xlsb::longs;

const BAD_CELL: &str = "单元格的记录已损坏，它的内容没有读到";
const BAD_PLACE: &str = "有一个单元格的记录已损坏（位置无效或不完整），没有读到";
const BAD_MERGE: &str = "有一个合并区域不是有效的单元格范围，已忽略";

fn try_read(bytes: &[u8]) -> Result<Workbook, ReadError> {
    read_workbook(bytes, None, &Limits::default())
}

fn read(bytes: &[u8]) -> Workbook {
    try_read(bytes).unwrap()
}

fn refusal(bytes: &[u8]) -> &'static str {
    try_read(bytes).unwrap_err().code()
}

fn places(sheet: &Sheet) -> Vec<String> {
    sheet.cells().iter().map(|cell| cell.address.to_string()).collect()
}

fn merges(sheet: &Sheet) -> Vec<String> {
    sheet.merges().iter().map(ToString::to_string).collect()
}

/// Losses as `A2 message`, or the message alone where no cell is known.
fn said(losses: &[ReadingLoss]) -> Vec<String> {
    losses
        .iter()
        .map(|loss| match loss.cell {
            Some(cell) => format!("{cell} {}", loss.message),
            None => loss.message.clone(),
        })
        .collect()
}

mod xls {
    use super::*;
    use biff::{Book, Tab};

    /// The first sheet of a workbook that lost nothing outside its sheets.
    fn first(book: &Book) -> Sheet {
        let mut workbook = read(&book.file());
        assert_eq!(workbook.losses, []);
        workbook.sheets.remove(0)
    }

    fn table_of_texts(declared: u32, rest: &[u8]) -> Vec<u8> {
        record(0x00FC, &[longs(&[declared; 2]), rest.to_vec()].concat())
    }

    #[test]
    fn a_bad_cell_loses_itself() {
        let sheet = first(&Book::with_records(
            Biff8,
            vec![
                biff::number(0, 0, 0, 1.0),
                biff::shared_text(1, 0, 0, 4_000_000),
                // Too short for a place; for a value.
                record(0x0203, &[1, 0, 0]),
                record(0x0203, &words(&[2, 1, 0, 7])),
                biff::number(2, 300, 0, 3.0),
                // No number that a table can mean.
                biff::number(3, 0, 0, f64::INFINITY),
                biff::number(4, 0, 0, 5.0),
            ],
        ));
        assert_eq!(places(&sheet), ["A1", "A4", "A5"]);
        assert_eq!(sheet.cells()[1].value, CellValue::Error("#NUM!".to_owned()));
        assert_eq!(
            said(&sheet.losses),
            [
                "A2 单元格引用的文字（第 4000000 号）在文件里不存在，它的内容没有读到",
                BAD_PLACE,
                &format!("B3 {BAD_CELL}"),
                BAD_PLACE,
                "A4 单元格的数值不是有效的数，已当作错误值读取",
            ]
        );
    }

    #[test]
    fn a_text_longer_than_its_record_loses_itself() {
        for version in [Biff5, Biff8] {
            let mut long = biff::label(version, 1, 0, 0, "项目");
            long[10] = 200;
            let sheet = first(&Book::with_records(
                version,
                vec![long, biff::label(version, 2, 0, 0, "预算")],
            ));
            assert_eq!(places(&sheet), ["A3"], "{version:?}");
            assert_eq!(said(&sheet.losses), [format!("A2 {BAD_CELL}")], "{version:?}");
        }
    }

    #[test]
    fn numbers_in_a_row_are_read_up_to_the_edge() {
        let numbers: Vec<u8> = [2_u32 << 2 | 2, 3 << 2 | 2, 4 << 2 | 2]
            .iter()
            .flat_map(|bits| [words(&[0]), longs(&[*bits])].concat())
            .collect();
        let row = record(0x00BD, &[words(&[0, 254]), numbers, words(&[256])].concat());
        let sheet = first(&Book::with_records(Biff8, vec![row, biff::number(1, 0, 0, 5.0)]));
        assert_eq!(places(&sheet), ["IU1", "IV1", "A2"]);
        assert_eq!(said(&sheet.losses), [BAD_PLACE]);
    }

    #[test]
    fn a_formula_cut_short_is_lost_with_its_cell() {
        let whole = biff::formula(1, 0, 0, 2.0_f64.to_le_bytes(), &[0x1E, 2, 0]);
        let without_result = record(0x0006, &words(&[2, 0, 0, 7]));
        let mut long_tokens = biff::formula(3, 0, 0, 4.0_f64.to_le_bytes(), &[0x1E, 4, 0]);
        long_tokens[24] = 200;
        let text = biff::formula(4, 0, 0, biff::TEXT_RESULT, &[0x1E, 4, 0]);
        let bad_text = record(0x0207, &[9, 0, 0, b'x']);
        let sheet = first(&Book::with_records(
            Biff8,
            vec![whole, without_result, long_tokens, text, bad_text],
        ));
        assert_eq!(places(&sheet), ["A2", "A4", "A5"]);
        let formulas: Vec<Option<&str>> = sheet.cells().iter().map(|cell| cell.formula.as_deref()).collect();
        assert_eq!(formulas, [Some("2"), Some(""), Some("4")]);
        assert_eq!(
            said(&sheet.losses),
            [format!("A3 {BAD_CELL}"), format!("A5 {BAD_CELL}")],
            "a result without the text of its formula is no loss"
        );
    }

    #[test]
    fn merged_regions_outside_the_sheet_or_cut_short_are_left_out() {
        let regions = [[0, 1, 0, 1], [3, 3, 0, 0xFFFF], [5, 5, 0, 2]];
        let mut cut = biff::merges(&[[7, 7, 0, 1]]);
        cut[4] = 9;
        let sheet = first(&Book::with_records(
            Biff8,
            vec![biff::number(0, 0, 0, 1.0), biff::merges(&regions), cut],
        ));
        assert_eq!(merges(&sheet), ["A1:B2", "A6:C6", "A8:B8"]);
        assert_eq!(
            said(&sheet.losses),
            [BAD_MERGE, "合并区域的记录已损坏，后面的合并区域没有读到"]
        );
    }

    #[test]
    fn sizes_that_lie_ask_for_nothing() {
        let dimensions = [longs(&[0, u32::MAX]), words(&[0, 0xFFFF, 0])].concat();
        let sheet = first(&Book::with_records(
            Biff8,
            vec![
                record(0x0200, &dimensions),
                // Default width, width of every column, rows that do not exist, an index that leads nowhere.
                record(0x0055, &words(&[0xFFFF])),
                record(0x0099, &words(&[0xFFFF])),
                record(0x020B, &[0xFF; 64]),
                record(0x007D, &words(&[300, 2, 0, 0, 1, 0])),
                record(0x007D, &words(&[3])),
                record(0x0208, &words(&[9])),
                biff::number(0, 0, 0, 1.0),
            ],
        ));
        assert_eq!(places(&sheet), ["A1"]);
        assert_eq!(sheet.losses, []);
        assert_eq!((sheet.hidden_rows.len(), sheet.hidden_columns.len()), (0, 0));
    }

    #[test]
    fn a_table_of_texts_is_read_as_far_as_it_goes() {
        let cells = vec![biff::shared_text(0, 0, 0, 0), biff::shared_text(1, 0, 0, 1)];
        let book = |table| Book::with_records(Biff8, cells.clone()).global(table);
        let missing = "A2 单元格引用的文字（第 1 号）在文件里不存在，它的内容没有读到";

        let counts_too_many = table_of_texts(u32::MAX, &[1, 0, 0, b'x']);
        let workbook = read(&book(counts_too_many).file());
        assert_eq!(workbook.losses, [], "the cells say what they miss");
        assert_eq!(places(&workbook.sheets[0]), ["A1"]);
        assert_eq!(said(&workbook.sheets[0].losses), [missing]);

        let counts_too_few = table_of_texts(1, &[1, 0, 0, b'x', 1, 0, 0, b'y']);
        assert_eq!(said(&read(&book(counts_too_few).file()).sheets[0].losses), [missing]);

        // The second text says that it is longer than all that follows.
        let length_lies = table_of_texts(2, &[1, 0, 0, b'x', 0xFF, 0xFF, 0, b'y']);
        let workbook = read(&book(length_lies).file());
        assert_eq!(
            said(&workbook.losses),
            ["共用文字部分已损坏，只读到前 1 条，引用其后文字的单元格没有读到"]
        );
        assert_eq!(said(&workbook.sheets[0].losses), [missing]);

        // As many runs and guides as a count can say.
        let runs_lie = table_of_texts(2, &[1, 0, 0x0C, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, b'x']);
        let workbook = read(&book(runs_lie).file());
        assert_eq!(workbook.losses.len(), 1);
        assert!(workbook.sheets[0].cells().is_empty());
        assert_eq!(workbook.sheets[0].losses.len(), 2);
    }

    #[test]
    fn a_sheet_that_breaks_off_among_its_cells_is_lost_alone() {
        // A record that says more than the stream has.
        let broken = vec![biff::number(0, 0, 0, 2.0), vec![0x03, 0x02, 0xFF, 0xFF]];
        let book = Book::with_records(Biff8, vec![biff::number(0, 0, 0, 1.0)]).tab(Tab::new("断", broken));
        let workbook = read(&book.file());
        assert_eq!(places(&workbook.sheets[0]), ["A1"]);
        assert!(
            workbook.sheets[1].cells().is_empty(),
            "half a table is not checked as if it were all"
        );
        assert_eq!(said(&workbook.losses), ["工作表“断”没有读到：它的内容已损坏"]);
    }

    #[test]
    fn a_sheet_that_breaks_off_behind_its_cells_is_kept() {
        let records = vec![
            biff::number(0, 0, 0, 1.0),
            record(0x023E, &[0; 18]),
            vec![0xE5, 0x00, 0xFF, 0xFF],
        ];
        let sheet = first(&Book::with_records(Biff8, records));
        assert_eq!(places(&sheet), ["A1"]);
        assert_eq!(
            said(&sheet.losses),
            ["工作表末尾已损坏：单元格已读到，合并区域和批注可能不全"]
        );
    }

    #[test]
    fn a_sheet_that_is_not_where_the_list_says_is_lost_alone() {
        let book = Book::with_records(Biff8, vec![biff::number(0, 0, 0, 1.0)]).tab(Tab::new("乙", Vec::new()));
        let stream = book.stream();
        let entries: Vec<usize> = (0..stream.len() - 4)
            .filter(|at| stream[*at..].starts_with(&[0x85, 0]) && stream[at + 3] == 0)
            .collect();
        for offset in [0xFFFF_FFFF_u32, 3, 0] {
            let mut broken = stream.clone();
            broken[entries[1] + 4..entries[1] + 8].copy_from_slice(&offset.to_le_bytes());
            let workbook = read(&biff::compound(&[("Workbook", &broken)]));
            assert_eq!(places(&workbook.sheets[0]), ["A1"], "{offset}");
            assert!(workbook.sheets[1].cells().is_empty(), "{offset}");
            if offset != 0 {
                assert_eq!(
                    said(&workbook.losses),
                    ["工作表“乙”没有读到：它的内容已损坏"],
                    "{offset}"
                );
            }
        }
    }

    #[test]
    fn a_bad_line_in_the_list_of_sheets_loses_that_sheet() {
        let there = [0x3A, 0, 0, 4, 0, 1, 0xC0];
        let book = Book::with_records(Biff8, vec![biff::formula(0, 0, 0, [0; 8], &there)])
            .global(record(0x0085, &[0; 3]))
            .global(record(0x01AE, &words(&[1, 0x0401])))
            .global(record(0x0017, &words(&[1, 0, 0, 0])));
        let workbook = read(&book.file());
        assert_eq!(places(&workbook.sheets[0]), ["A1"]);
        assert_eq!(
            workbook.sheets[0].cells()[0].formula.as_deref(),
            Some(""),
            "which sheet is the first is no longer known"
        );
        assert_eq!(
            said(&workbook.losses),
            ["工作簿目录里有一张工作表的记录已损坏，没有读到"]
        );
    }

    #[test]
    fn records_that_are_cut_short_before_the_sheets_harm_nothing_else() {
        let kinds = [0x0042, 0x0022, 0x041E, 0x00E0, 0x0018, 0x01AE, 0x0023, 0x0017, 0x00FC];
        for version in [Biff5, Biff8] {
            let mut book = Book::with_records(version, vec![biff::label(version, 0, 0, 0, "项目")]);
            for kind in kinds {
                book = book.global(record(kind, &[])).global(record(kind, &[1]));
            }
            assert_eq!(first(&book).cells()[0].shown(), "项目", "{version:?}");
        }
    }

    #[test]
    fn what_formulas_refer_to_is_not_multiplied() {
        // Workbooks outside by the thousand, the last with a long name of a sheet, and references to it by the million.
        let outside = |sheet: &str| {
            let mut text = words(&[1, 1]);
            text.extend([0, b'b']);
            text.extend(words(&[sheet.len() as u16]));
            text.push(0);
            text.extend(sheet.bytes());
            record(0x01AE, &text)
        };
        let mut globals: Vec<Vec<u8>> = (0..20_000).map(|_| outside("s")).collect();
        globals.push(outside(&"s".repeat(8_000)));
        let references = words(&[20_000, 0, 0].repeat(1_300));
        globals.extend((0..800).map(|_| record(0x0017, &[words(&[1_300]), references.clone()].concat())));
        let there = [0x3A, 0, 0, 4, 0, 1, 0xC0];
        let mut book = Book::with_records(Biff8, vec![biff::formula(0, 0, 0, [0; 8], &there)]);
        book.globals = globals;
        let started = worked();
        assert_eq!(first(&book).cells()[0].formula.as_deref(), Some(""));
        assert!((worked() - started).as_secs() < 5);
    }

    #[test]
    fn a_workbook_without_a_readable_sheet_is_damaged() {
        let mut book = Book::with_records(Biff8, Vec::new());
        book.tabs.clear();
        assert_eq!(refusal(&book.file()), "damaged");
        for stream in [&b"nonsense"[..], b"", &[0x09, 0x08, 0xFF, 0xFF]] {
            assert_eq!(refusal(&biff::compound(&[("Workbook", stream)])), "damaged");
        }
        let only = Book::with_records(Biff8, vec![vec![0x03, 0x02, 0xFF, 0xFF]]);
        assert_eq!(refusal(&only.file()), "damaged");
    }
}

mod xlsb_file {
    use super::*;
    use xlsb::{Book, Tab, record, row};

    fn first(book: &Book) -> Sheet {
        let mut workbook = read(&book.file());
        assert_eq!(workbook.losses, []);
        workbook.sheets.remove(0)
    }

    #[test]
    fn a_bad_cell_loses_itself() {
        let book = Book::with_rows(vec![
            row(0, false),
            xlsb::shared_text(0, 0, 99),
            // Too short for a value; for a place; a text longer than its record; a column outside.
            xlsb::cell(0x0005, 1, 0, &[1, 2, 3]),
            record(0x0005, &[1, 0]),
            xlsb::cell(0x0006, 3, 0, &longs(&[u32::MAX])),
            xlsb::real(0x4000, 0, 1.0),
            xlsb::real(5, 0, f64::NAN),
            xlsb::real(6, 0, 6.0),
            // The table has this text, but the text is broken.
            xlsb::shared_text(7, 0, 0),
            xlsb::shared_text(8, 0, 1),
        ]);
        let mut book = book.shared(&["", "好"]);
        book.shared[0] = record(0x0013, &[0, 9, 0, 0, 0, b'x']);
        let sheet = first(&book);
        assert_eq!(places(&sheet), ["F1", "G1", "I1"]);
        assert_eq!(sheet.cells()[2].shown(), "好", "a broken text loses no other");
        let no_place = "第 1 行有一个位置无效的单元格，没有读到";
        assert_eq!(
            said(&sheet.losses),
            [
                "A1 单元格引用的文字（第 99 号）在文件里不存在，它的内容没有读到",
                &format!("B1 {BAD_CELL}"),
                no_place,
                &format!("D1 {BAD_CELL}"),
                no_place,
                "F1 单元格的数值不是有效的数，已当作错误值读取",
                &format!("H1 {BAD_CELL}"),
            ]
        );
    }

    #[test]
    fn a_bad_row_loses_itself() {
        for bad in [row(0x0010_0000, false), record(0x0000, &[1])] {
            let rows = vec![
                row(0, false),
                xlsb::real(0, 0, 1.0),
                bad,
                xlsb::real(0, 0, 2.0),
                row(2, false),
                xlsb::real(0, 0, 3.0),
            ];
            let sheet = first(&Book::with_rows(rows));
            assert_eq!(places(&sheet), ["A1", "A3"]);
            assert_eq!(said(&sheet.losses), ["有一行的记录已损坏或行号超出范围，该行没有读到"]);
        }
    }

    #[test]
    fn sizes_that_lie_ask_for_nothing() {
        let dimensions = longs(&[0, u32::MAX, 0, u32::MAX]);
        let mut book = Book::with_rows(vec![row(0, false), xlsb::shared_text(0, 0, 0)])
            .before_rows(vec![
                record(0x0094, &dimensions),
                xlsb::column(9, u32::MAX, false),
                xlsb::column(9, 2, true),
                record(0x003C, &[1]),
            ])
            .after_rows(vec![
                record(0x00B1, &longs(&[u32::MAX])),
                xlsb::merge([0, 1, 0, 1]),
                xlsb::merge([3, u32::MAX, 0, u32::MAX]),
                record(0x00B0, &[1]),
            ]);
        // The table's own count is put aside: it stands before the texts.
        book.shared = vec![
            record(0x009F, &longs(&[u32::MAX; 2])),
            record(0x0013, &xlsb::rich_text("x")),
        ];
        let sheet = first(&book);
        assert_eq!(sheet.cells()[0].shown(), "x");
        assert_eq!(merges(&sheet), ["A1:B2"]);
        assert_eq!(sheet.hidden_columns, []);
        assert_eq!(said(&sheet.losses), [BAD_MERGE, BAD_MERGE]);
    }

    #[test]
    fn a_formula_cut_short_keeps_its_result() {
        let result = 2.0_f64.to_le_bytes();
        let sheet = first(&Book::with_rows(vec![
            row(0, false),
            xlsb::cell(0x0009, 0, 0, &result),
            xlsb::cell(
                0x0009,
                1,
                0,
                &[result.to_vec(), words(&[0]), longs(&[u32::MAX])].concat(),
            ),
            xlsb::cell(0x0009, 2, 0, &result[..3]),
            record(0x01AB, &longs(&[0, 1])),
            record(0x01AA, &[longs(&[0, 1, 0, 1]), vec![0], longs(&[u32::MAX])].concat()),
        ]));
        assert_eq!(places(&sheet), ["A1", "B1"]);
        assert!(sheet.cells().iter().all(|cell| cell.formula.as_deref() == Some("")));
        assert_eq!(said(&sheet.losses), [format!("C1 {BAD_CELL}")]);
    }

    #[test]
    fn a_sheet_that_breaks_off_among_its_rows_is_lost_alone() {
        let cut = xlsb::head(0x0005, 500);
        let book = Book::with_rows(vec![row(0, false), xlsb::real(0, 0, 1.0), cut])
            .tab(Tab::new("好", vec![row(0, false), xlsb::real(0, 0, 2.0)]));
        let workbook = read(&book.file());
        assert!(workbook.sheets[0].cells().is_empty());
        assert_eq!(places(&workbook.sheets[1]), ["A1"]);
        assert_eq!(said(&workbook.losses), ["工作表“表1”没有读到：它的内容已损坏"]);
    }

    #[test]
    fn a_sheet_that_breaks_off_behind_its_rows_is_kept() {
        let rows = vec![row(0, false), xlsb::real(0, 0, 1.0)];
        let sheet = first(&Book::with_rows(rows).after_rows(vec![xlsb::head(0x00B0, 0x0FFF_FFFF)]));
        assert_eq!(places(&sheet), ["A1"]);
        assert_eq!(
            said(&sheet.losses),
            ["工作表末尾已损坏：单元格已读到，合并区域可能不全"]
        );
    }

    #[test]
    fn a_sheet_without_its_part_is_lost_alone() {
        let book = Book::with_rows(vec![row(0, false), xlsb::real(0, 0, 1.0)]).tab(Tab::new("无", Vec::new()));
        let workbook = read(&book.package().without("xl/worksheets/sheet2.bin").zip());
        assert_eq!(places(&workbook.sheets[0]), ["A1"]);
        assert_eq!(said(&workbook.losses), ["工作表“无”没有读到：文件里缺少它的内容"]);
    }

    #[test]
    fn a_bad_line_in_the_list_of_sheets_loses_that_sheet() {
        let there = [vec![0x3A], words(&[0]), longs(&[4]), words(&[0xC001])].concat();
        let mut book = Book::with_rows(vec![row(0, false), xlsb::formula(0x0009, 0, 0, &[0; 8], &there)]);
        book.before = vec![record(0x009C, &[0; 3])];
        book.after = vec![record(0x0165, &[]), record(0x016A, &longs(&[1, 0, 0, 0]))];
        let workbook = read(&book.file());
        assert_eq!(places(&workbook.sheets[0]), ["A1"]);
        assert_eq!(
            workbook.sheets[0].cells()[0].formula.as_deref(),
            Some(""),
            "which sheet is the first is no longer known"
        );
        assert_eq!(
            said(&workbook.losses),
            ["工作簿目录里有一张工作表的记录已损坏，没有读到"]
        );
    }

    #[test]
    fn a_workbook_part_that_breaks_off_keeps_the_sheets_before() {
        let mut book = Book::with_rows(vec![row(0, false), xlsb::real(0, 0, 1.0)]);
        book.after = vec![xlsb::head(0x016A, 500)];
        let workbook = read(&book.file());
        assert_eq!(places(&workbook.sheets[0]), ["A1"]);
        assert_eq!(said(&workbook.losses), ["工作簿目录不完整，可能有工作表没有读到"]);
        book.before = std::mem::take(&mut book.after);
        assert_eq!(refusal(&book.file()), "damaged");
    }

    #[test]
    fn texts_and_styles_that_break_off_are_said_once() {
        let mut book = Book::with_rows(vec![row(0, false), xlsb::shared_text(0, 0, 0), xlsb::real(1, 1, 0.5)])
            .shared(&["甲"])
            .formats(&["0%"]);
        book.shared.push(xlsb::head(0x0013, 500));
        let styles = book.package().parts["xl/styles.bin"].clone();
        let package = book.package().bytes_part("xl/styles.bin", &styles[..styles.len() - 8]);
        let workbook = read(&package.zip());
        assert_eq!(
            said(&workbook.losses),
            [
                "样式部分已损坏，有的数字按常规格式显示",
                "共用文字部分已损坏，只读到前 1 条，引用其后文字的单元格没有读到",
            ]
        );
        let sheet = &workbook.sheets[0];
        assert_eq!(sheet.cells()[0].shown(), "甲");
        assert!(sheet.cells()[1].shown_unsure, "its format is not known");
        let workbook = read(
            &book
                .package()
                .without("xl/styles.bin")
                .without("xl/sharedStrings.bin")
                .zip(),
        );
        assert_eq!(workbook.losses.len(), 2);
        assert_eq!(places(&workbook.sheets[0]), ["B1"]);
        assert_eq!(workbook.sheets[0].losses.len(), 1);
    }

    #[test]
    fn notes_that_cannot_be_read_lose_no_figure() {
        let mut book = Book::with_rows(vec![row(0, false), xlsb::real(0, 0, 1.0)]);
        book.tabs[0].notes = vec![(0, 0, "批".to_owned())];
        let notes = book.package().parts["xl/comments1.bin"].clone();
        let broken = book.package().bytes_part("xl/comments1.bin", &notes[..notes.len() / 2]);
        let missing = book.package().without("xl/comments1.bin");
        for package in [broken, missing] {
            let workbook = read(&package.zip());
            assert_eq!(places(&workbook.sheets[0]), ["A1"]);
            assert_eq!(said(&workbook.sheets[0].losses), ["批注没有读全：批注部分已损坏"]);
        }
    }
}

mod ods_file {
    use super::*;
    use ods::{Document, row};

    #[test]
    fn a_cell_that_is_not_what_it_says_is_a_text() {
        let cells = [
            ods::cell(r#"office:value-type="float" office:value="12万""#, "12万"),
            ods::cell(
                r#"office:value-type="date" office:date-value="2024-13-45""#,
                "2024-13-45",
            ),
            ods::cell(r#"office:value-type="time" office:time-value="18:00""#, "18:00"),
            ods::cell(r#"office:value-type="float" office:value="1e300""#, "1E+300"),
            ods::number("5"),
            // No value at all; a kind that nobody knows; neither.
            ods::cell(r#"office:value-type="float""#, "六"),
            ods::cell(r#"office:value-type="novel" office:value="7""#, "七"),
            ods::cell(r#"office:value-type="float""#, ""),
        ]
        .concat();
        let workbook = read(&Document::with_rows(&row(&cells)).file());
        let sheet = &workbook.sheets[0];
        let shown: Vec<&str> = sheet.cells().iter().map(|cell| cell.shown()).collect();
        assert_eq!(shown, ["12万", "2024-13-45", "18:00", "1E+300", "5", "六", "七"]);
        let numbers = sheet.cells().iter().filter(|cell| cell.number().is_some()).count();
        assert_eq!(numbers, 1);
        let message = "单元格的内容不是它所标明的类型（数值、日期或时间），或数值过大，已当作文字读取";
        assert_eq!(
            said(&sheet.losses),
            ["A1", "B1", "C1", "D1"].map(|place| format!("{place} {message}"))
        );
    }

    #[test]
    fn repetitions_that_lie_ask_for_nothing() {
        let empty = r#"<table:table-cell table:number-columns-repeated="4294967295"/>"#;
        let spans = r#"<table:table-cell table:number-columns-spanned="4294967295" table:number-rows-spanned="4294967295" office:value-type="string"><text:p>甲</text:p></table:table-cell>"#;
        let junk = r#"<table:table-cell table:number-columns-repeated="-3" table:number-columns-spanned="x" office:value-type="string"><text:p>乙</text:p></table:table-cell>"#;
        let columns = r#"<table:table-column table:number-columns-repeated="4294967295" table:visibility="collapse"/><table:table-column/>"#;
        let rows = [
            columns,
            &row(&format!("{spans}{junk}{empty}{empty}")),
            &format!(r#"<table:table-row table:number-rows-repeated="4294967295">{empty}</table:table-row>"#),
        ]
        .concat();
        let sheet = read(&Document::with_rows(&rows).file()).sheets.remove(0);
        assert_eq!(places(&sheet), ["A1", "B1"]);
        assert_eq!(merges(&sheet), ["A1:XFD1048576"]);
        assert_eq!(sheet.hidden_columns, [(0, 16_383)]);
        assert_eq!(sheet.losses, []);
    }

    #[test]
    fn what_stands_outside_the_sheet_is_said() {
        let far = r#"<table:table-cell table:number-columns-repeated="16384"/>"#;
        let rows = [
            row(&format!("{}{far}{}", ods::number("1"), ods::number("2"))),
            row(&format!(
                r#"{far}<table:table-cell office:value-type="float" office:value="3"/>"#
            )),
            r#"<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>"#.to_owned(),
            row(&ods::number("4")),
        ]
        .concat();
        let sheet = read(&Document::with_rows(&rows).file()).sheets.remove(0);
        assert_eq!(places(&sheet), ["A1"]);
        assert_eq!(
            said(&sheet.losses),
            [
                "第 1 行有一个位置无效的单元格，没有读到",
                "第 2 行有一个位置无效的单元格，没有读到",
                "行号超出表格范围（最多 1048576 行），该行没有读到",
            ]
        );
    }

    #[test]
    fn a_table_that_breaks_off_is_lost_with_those_behind_it() {
        let document = Document::with_rows(&row(&ods::number("1")))
            .table("断", &row(&ods::text("这里断开")))
            .table("后", &row(&ods::number("3")));
        let content = document.content();
        let whole = content.find("</table:table>").unwrap();
        let cuts = [
            (content.find("断开").unwrap(), true),
            (whole + "</table:table>".len(), false),
        ];
        for (cut, inside_a_table) in cuts {
            let workbook = read(&ods::package(&content[..cut]));
            assert_eq!(places(&workbook.sheets[0]), ["A1"]);
            if inside_a_table {
                assert!(workbook.sheets[1].cells().is_empty());
                assert_eq!(
                    said(&workbook.losses),
                    ["工作表“断”没有读到：它的内容已损坏；排在它后面的工作表也没有读到"]
                );
            } else {
                assert_eq!(said(&workbook.losses), ["文件末尾已损坏，可能有工作表没有读到"]);
            }
        }
        assert_eq!(refusal(&ods::package(&content[..whole - 5])), "damaged");
        assert_eq!(refusal(&ods::package("")), "damaged");
    }

    #[test]
    fn styles_that_are_broken_lose_no_cell() {
        let styles = r#"<number:number-style style:name="n"><number:number number:decimal-places="99999999999" number:min-integer-digits="4294967295"/><style:map style:condition="value()" style:apply-style-name="n"/></number:number-style>"#;
        let cell = r#"<table:table-cell table:style-name="c" office:value-type="float" office:value="0.5"/>"#;
        let document = Document::with_rows(&row(&format!("{cell}{}", cell.replace("\"c\"", "\"none\""))))
            .styles(styles)
            .styles(&ods::cell_style("c", "n"));
        let workbook = read(&document.file());
        assert_eq!(workbook.losses, []);
        assert_eq!(places(&workbook.sheets[0]), ["A1", "B1"]);
        assert_eq!(workbook.sheets[0].cells()[1].shown(), "0.5");
    }
}
