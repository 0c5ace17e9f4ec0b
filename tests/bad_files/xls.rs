//! xls workbooks: containers that run in circles, records that lie, sheets that are none.

use super::compound as container;
use super::{BadFile, Expected, bad, beyond, damaged, good, no_table, refused, whole};
use crate::biff::{self, Book, Tab, Version, compound, record, words};

/// The good workbook with these records before the end of its rows.
fn with_records(records: Vec<Vec<u8>>) -> Vec<u8> {
    let mut book = good::book();
    let end = book.tabs[0]
        .records
        .iter()
        .position(|record| record.starts_with(&[0x3E, 0x02]))
        .unwrap();
    book.tabs[0].records.splice(end..end, records);
    book.file()
}

fn with_tab(kind: u8, records: Vec<Vec<u8>>) -> Vec<u8> {
    let tab = Tab {
        kind,
        ..Tab::new("第二张", records)
    };
    good::book().tab(tab).file()
}

/// The record stream of the good workbook and a second tab, changed.
fn with_stream(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let book = good::book().tab(Tab::new("第二张", vec![biff::number(0, 0, 0, 1.0)]));
    let mut stream = book.stream();
    change(&mut stream);
    compound(&[("Workbook", &stream)])
}

/// Where the list's entry of a tab begins: the offset of its records, four bytes.
fn tab_entry(stream: &[u8], index: usize) -> usize {
    let mut at = 0;
    let mut seen = 0;
    loop {
        let kind = u16::from_le_bytes([stream[at], stream[at + 1]]);
        if kind == 0x0085 {
            if seen == index {
                return at + 4;
            }
            seen += 1;
        }
        at += 4 + usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
    }
}

fn put_offset(stream: &mut [u8], index: usize, offset: u32) {
    let at = tab_entry(stream, index);
    stream[at..at + 4].copy_from_slice(&offset.to_le_bytes());
}

fn offset_of(stream: &[u8], index: usize) -> usize {
    let at = tab_entry(stream, index);
    u32::from_le_bytes(stream[at..at + 4].try_into().unwrap()) as usize
}

/// With blanks behind it, so that it is long enough for sectors of its own.
fn padded(mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(8192), 0);
    stream
}

/// The good file with its container changed.
fn with_container(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = container::small_sectors("Workbook", &padded(good::book().stream()));
    change(&mut bytes);
    bytes
}

pub fn files() -> Vec<BadFile> {
    let mut files = containers();
    files.extend(records());
    files.extend(tabs());
    files
}

fn containers() -> Vec<BadFile> {
    let small = || {
        container::small_sectors(
            "Workbook",
            &Book::with_records(Version::Biff8, vec![biff::label(Version::Biff8, 0, 0, 0, "甲")]).stream(),
        )
    };
    vec![
        bad("小扇区.xls", whole(&[]), || with_container(|_| ())),
        bad("容器链成环.xls", damaged(""), || {
            with_container(|bytes| container::loop_stream(bytes, "Workbook"))
        }),
        bad("容器链全成环.xls", damaged(""), || {
            with_container(|bytes| container::loop_all(bytes))
        }),
        bad("容器目录成环.xls", damaged(""), || {
            with_container(|bytes| container::loop_directory(bytes))
        }),
        bad("容器小扇区成环.xls", damaged(""), move || {
            let mut bytes = small();
            container::loop_small(&mut bytes);
            bytes
        }),
        bad("容器总表成环.xls", Expected::Answered, || {
            with_container(|bytes| container::loop_list(bytes))
        }),
        bad("容器目录树成环.xls", Expected::Answered, || {
            with_container(|bytes| container::loop_tree(bytes, "Workbook", 1))
        }),
        bad("容器目录树指回根.xls", Expected::Answered, || {
            with_container(|bytes| container::loop_tree(bytes, "Workbook", 0))
        }),
        bad("容器环.xlsx", damaged(""), || {
            with_container(|bytes| container::loop_all(bytes))
        }),
        bad("流长四吉.xls", Expected::Answered, || {
            with_container(|bytes| container::put_length(bytes, "Workbook", u32::MAX))
        }),
        bad("流长为零.xls", damaged(""), || {
            with_container(|bytes| container::put_length(bytes, "Workbook", 0))
        }),
        bad("流在文件之外.xls", damaged(""), || {
            with_container(|bytes| container::put_start(bytes, "Workbook", 0x00FF_FFFF))
        }),
        bad("扇区大小为零.xls", damaged(""), || {
            with_container(|bytes| bytes[30] = 0)
        }),
        bad("扇区大小二吉.xls", damaged(""), || {
            with_container(|bytes| bytes[30] = 31)
        }),
        bad("总表四十亿项.xls", Expected::Answered, || {
            with_container(|bytes| {
                container::put_header(bytes, 44, u32::MAX);
                container::put_header(bytes, 72, u32::MAX);
            })
        }),
        bad("只有容器头.xls", damaged("文件结构读不出来"), || {
            good::xls()[..512].to_vec()
        }),
        bad("空容器.xls", damaged("文件结构读不出来"), || compound(&[])),
        bad("空流.xls", damaged("工作簿目录读不出来"), || {
            compound(&[("Workbook", b"")])
        }),
        bad("流是乱码.xls", damaged("工作簿目录读不出来"), || {
            compound(&[("Workbook", &super::foreign::noise(9000, 5))])
        }),
        bad(
            "容器里是早期表.xls",
            refused("unsupported_format", "很早的 xls"),
            || compound(&[("Book", &[0x09, 0x04, 0x06, 0, 0, 0, 0x10, 0, 0, 0])]),
        ),
    ]
}

fn records() -> Vec<BadFile> {
    let dimensions = |last: u32| {
        let bytes = [0_u32.to_le_bytes(), last.to_le_bytes(), [0, 0, 0xFF, 0xFF]].concat();
        with_records(vec![record(0x0200, &[bytes, vec![0; 2]].concat())])
    };
    vec![
        bad("尺寸说谎.xls", whole(&[]), move || dimensions(u32::MAX)),
        bad("好表外有最远一格.xls", whole(&[]), || {
            with_records(vec![biff::number(65535, 255, 0, 1.0)])
        }),
        bad("列号超出.xls", Expected::Answered, || {
            with_records(vec![biff::number(65535, 65535, 0, 1.0)])
        }),
        bad(
            "共用文字四十亿条.xls",
            // Every text that a cell asks for is there.
            whole(&[]),
            || {
                with_stream(|stream| {
                    let at = stream.windows(2).position(|window| window == [0xFC, 0x00]).unwrap();
                    stream[at + 4..at + 12].fill(0xFF);
                })
            },
        ),
        bad(
            "共用文字序号超出.xls",
            whole(&["在文件里不存在"]),
            || with_records(vec![biff::shared_text(900, 0, 0, u32::MAX)]),
        ),
        bad("样式序号超出.xls", whole(&[]), || {
            with_records(vec![biff::number(900, 0, 65535, 1.0)])
        }),
        bad("数值无穷大.xls", whole(&["不是有效的数"]), || {
            with_records(vec![biff::number(900, 0, 0, f64::INFINITY)])
        }),
        bad("格记录太短.xls", whole(&["记录已损坏"]), || {
            with_records(vec![record(0x0203, &[1, 2, 3])])
        }),
        bad("连格列号倒写.xls", whole(&[]), || {
            with_records(vec![record(0x00BD, &words(&[900, 200, 0, 0, 0, 3]))])
        }),
        bad("合并区域倒写.xls", whole(&[]), || {
            with_records(vec![biff::merges(&[[950, 940, 20, 10]])])
        }),
        bad(
            "合并区域个数说谎.xls",
            Expected::Whole { losses: vec!["合并"] },
            || {
                with_records(vec![record(
                    0x00E5,
                    &[words(&[0xFFFF]), words(&[940, 950, 10, 20])].concat(),
                )])
            },
        ),
        bad("十五万个合并.xls", beyond("合并区域数"), || {
            let thousand: Vec<[u16; 4]> = (0..1000).map(|row| [row * 2, row * 2 + 1, 200, 201]).collect();
            with_records(vec![biff::merges(&thousand); 150])
        }),
        bad("九万条空的续记录.xls", whole(&[]), || {
            with_records(vec![record(0x003C, &[]); 90_000])
        }),
        bad("公式自指.xls", whole(&[]), || {
            // A shared formula whose anchor is the cell itself, and no formula there.
            with_records(vec![biff::formula(900, 0, 0, [0; 8], &[0x01, 0x84, 0x03, 0, 0])])
        }),
        bad("公式套三千层.xls", whole(&[]), || {
            let tokens: Vec<u8> = [vec![0x1E, 1, 0], vec![0x15; 3000]].concat();
            with_records(vec![biff::formula(900, 0, 0, [0; 8], &tokens)])
        }),
    ]
}

fn tabs() -> Vec<BadFile> {
    vec![
        bad("另有宏表.xls", whole(&["“第二张”是宏表"]), || {
            with_tab(1, vec![biff::number(0, 0, 0, 1.0)])
        }),
        bad("另有图表页.xls", whole(&["“第二张”是图表页"]), || {
            with_tab(2, Vec::new())
        }),
        bad("另有宏模块.xls", whole(&["“第二张”是宏模块"]), || {
            with_tab(6, Vec::new())
        }),
        bad("只有宏表.xls", damaged("没有工作表"), || {
            let mut book = good::book();
            book.tabs[0].kind = 1;
            book.file()
        }),
        bad("只有图表页.xls", damaged("没有工作表"), || {
            let mut book = good::book();
            book.tabs[0].kind = 2;
            book.file()
        }),
        bad(
            "第二张表在流之外.xls",
            whole(&["工作表“第二张”没有读到"]),
            || with_stream(|stream| put_offset(stream, 1, u32::MAX)),
        ),
        bad(
            "第二张表指向别处.xls",
            whole(&["工作表“第二张”没有读到"]),
            || with_stream(|stream| put_offset(stream, 1, 7)),
        ),
        bad("第二张表指向开头.xls", whole(&[]), || {
            with_stream(|stream| put_offset(stream, 1, 0))
        }),
        bad(
            "第二张表截断.xls",
            whole(&["工作表“第二张”没有读到"]),
            || {
                with_stream(|stream| {
                    let second = offset_of(stream, 1);
                    stream.truncate(second + 25);
                })
            },
        ),
        bad(
            "唯一的表截断.xls",
            damaged("所有工作表的内容都读不出来"),
            || {
                let stream = good::book().stream();
                compound(&[("Workbook", &stream[..offset_of(&stream, 0) + 1000])])
            },
        ),
        bad("目录截断.xls", damaged("没有工作表"), || {
            let stream = good::book().stream();
            compound(&[("Workbook", &stream[..40])])
        }),
        bad("九百张同一张表.xls", beyond("有内容的单元格数"), || {
            let cells = (0..8000).map(|row| biff::number(row, 0, 0, 1.0)).collect();
            let mut book = Book::with_records(Version::Biff8, cells);
            for index in 1..900 {
                book = book.tab(Tab::new(&format!("表{index}"), Vec::new()));
            }
            let mut stream = book.stream();
            let first = u32::try_from(offset_of(&stream, 0)).unwrap();
            for index in 1..900 {
                put_offset(&mut stream, index, first);
            }
            compound(&[("Workbook", &stream)])
        }),
        bad("两千张表.xls", beyond("工作表数"), || {
            let book = Book::with_records(Version::Biff8, Vec::new());
            (0..2000)
                .fold(book, |book, index| {
                    book.tab(Tab::new(&format!("表{index}"), Vec::new()))
                })
                .file()
        }),
        bad("八万格.xls", no_table(&[]), || {
            let cells = (0..400)
                .flat_map(|row| (0..200).map(move |column| biff::number(row, column, 0, 1.5)))
                .collect();
            Book::with_records(Version::Biff8, cells).file()
        }),
    ]
}
