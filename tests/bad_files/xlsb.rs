//! xlsb workbooks whose records lie or break off.

use super::binary_book::{
    BinaryBook, NUMBER, SHARED_TEXT, cell_record, merge, record, record_head, row_record, sheet_part,
};
use super::{BadFile, bad, beyond, damaged, good, no_table, whole};

const SHEET: &str = "xl/worksheets/sheet1.bin";

/// The good workbook with these records below the good rows.
fn with_records(records: &[Vec<u8>]) -> Vec<u8> {
    let mut package = good::parts(&good::xlsb());
    let sheet = package.parts.get_mut(SHEET).unwrap();
    let end = record(0x0092, &[]);
    let at = sheet.windows(end.len()).rposition(|window| window == end).unwrap();
    sheet.splice(at..at, records.concat());
    package.zip()
}

fn with_tab(kind: &'static str, part: Vec<u8>) -> Vec<u8> {
    BinaryBook::from_sheet(&good::sheet())
        .tab("第二张", kind, part)
        .package()
        .zip()
}

fn number(column: u32) -> Vec<u8> {
    cell_record(NUMBER, column, 0, &1.5_f64.to_le_bytes())
}

pub fn files() -> Vec<BadFile> {
    vec![
        bad("好表外有最远一格.xlsb", whole(&[]), || {
            with_records(&[row_record(1_048_575), number(16383)])
        }),
        bad("行号四十亿.xlsb", whole(&["行号超出范围"]), || {
            with_records(&[row_record(u32::MAX), number(0)])
        }),
        bad("列号四十亿.xlsb", whole(&["位置无效的单元格"]), || {
            with_records(&[row_record(900), number(u32::MAX)])
        }),
        bad(
            "共用文字序号超出.xlsb",
            whole(&["在文件里不存在"]),
            || with_records(&[row_record(900), cell_record(SHARED_TEXT, 0, 0, &u32::MAX.to_le_bytes())]),
        ),
        bad("样式序号超出.xlsb", whole(&[]), || {
            with_records(&[
                row_record(900),
                cell_record(NUMBER, 0, 0x00FF_FFFF, &1_f64.to_le_bytes()),
            ])
        }),
        bad("数值不是数.xlsb", whole(&["不是有效的数"]), || {
            with_records(&[row_record(900), cell_record(NUMBER, 0, 0, &f64::NAN.to_le_bytes())])
        }),
        bad("格记录太短.xlsb", whole(&["记录已损坏"]), || {
            with_records(&[row_record(900), cell_record(NUMBER, 0, 0, &[1, 2])])
        }),
        bad(
            "合并四十亿行列.xlsb",
            whole(&["不是有效的单元格范围"]),
            || {
                let mut package = good::parts(&good::xlsb());
                let sheet = package.parts.get_mut(SHEET).unwrap();
                let end = sheet.split_off(sheet.len() - 3);
                sheet.extend(merge(0, u32::MAX, 0, u32::MAX));
                sheet.extend(end);
                package.zip()
            },
        ),
        bad(
            "一条记录二百兆但没有.xlsb",
            damaged("所有工作表的内容都读不出来"),
            || {
                let mut package = good::parts(&good::xlsb());
                let sheet = package.parts.get_mut(SHEET).unwrap();
                sheet.splice(0..0, record_head(0x0006, 0x0FFF_FFFF));
                package.zip()
            },
        ),
        bad("一百万格.xlsb", beyond("有内容的单元格数"), || {
            let row: Vec<u8> = (0..1000).flat_map(number).collect();
            let records: Vec<Vec<u8>> = (0..1000)
                .map(|index| [row_record(index), row.clone()].concat())
                .collect();
            BinaryBook::with_records(&records).package().zip()
        }),
        bad("八万格.xlsb", no_table(&[]), || {
            let row: Vec<u8> = (0..100).flat_map(number).collect();
            let records: Vec<Vec<u8>> = (0..800)
                .map(|index| [row_record(index), row.clone()].concat())
                .collect();
            BinaryBook::with_records(&records).package().zip()
        }),
        bad("另有宏表.xlsb", whole(&["“第二张”是宏表"]), || {
            with_tab("xlMacrosheet", sheet_part(&[]))
        }),
        bad("另有图表页.xlsb", whole(&["“第二张”是图表页"]), || {
            with_tab("chartsheet", Vec::new())
        }),
        bad(
            "第二张表截断.xlsb",
            whole(&["工作表“第二张”没有读到"]),
            || {
                let part = sheet_part(&[row_record(0), number(0)]);
                with_tab("worksheet", part[..part.len() - 6].to_vec())
            },
        ),
        bad(
            "第二张表是乱码.xlsb",
            whole(&["工作表“第二张”没有读到"]),
            || with_tab("worksheet", super::foreign::noise(5000, 11)),
        ),
        bad("目录截断.xlsb", damaged("工作簿目录读不出来"), || {
            let mut package = good::parts(&good::xlsb());
            package.parts.get_mut("xl/workbook.bin").unwrap().truncate(12);
            package.zip()
        }),
        bad("目录缺失.xlsb", damaged("缺少工作簿目录"), || {
            good::parts(&good::xlsb()).without("xl/workbook.bin").zip()
        }),
        bad("样式是乱码.xlsb", super::part(&["样式部分已损坏"]), || {
            good::parts(&good::xlsb())
                .bytes_part("xl/styles.bin", &super::foreign::noise(5000, 13))
                .zip()
        }),
    ]
}
