//! Packages that unpack to more than they should, or that lie about their parts.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::zip_bytes::{end_record, entries, entry, overlapping, put, put_short, with_blanks, with_repeated};
use super::{BadFile, Expected, bad, beyond, damaged, good, whole};
use crate::package::{Package, relationships, worksheet};

const MEBIBYTE: usize = 1 << 20;
const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// The good workbook with its sheet's central and local headers at hand.
fn with_headers(change: impl Fn(&mut Vec<u8>, usize, usize)) -> Vec<u8> {
    let mut bytes = good::xlsx();
    let entry = entry(&bytes, SHEET);
    change(&mut bytes, entry.central, entry.local);
    bytes
}

/// Sheets over one sheet's bytes: each is listed, named and pointed to.
fn many_sheets_of_one() -> Vec<u8> {
    let links: Vec<(String, String)> = (0..60)
        .map(|index| (format!("r{index:02}"), format!("worksheets/shee{index:02}.xml")))
        .collect();
    let sheets: Vec<(String, &str)> = links.iter().map(|(id, _)| (format!("表{id}"), id.as_str())).collect();
    let sheets: Vec<(&str, &str, &str)> = sheets.iter().map(|(name, id)| (name.as_str(), "", *id)).collect();
    let targets: Vec<(&str, &str, &str)> = links
        .iter()
        .map(|(id, target)| (id.as_str(), "worksheet", target.as_str()))
        .collect();
    let package = Package::with_rows("")
        .workbook("", &sheets)
        .part("xl/_rels/workbook.xml.rels", &relationships(&targets));
    let kernel = "xl/worksheets/kernel.xml";
    let kernel_part = worksheet("<sheetData/>");
    let (head, tail) = kernel_part.split_at(kernel_part.len() - "</worksheet>".len());
    let bytes = with_blanks(package, kernel, head, 12 * MEBIBYTE, tail);
    let others: Vec<String> = links.iter().map(|(_, target)| format!("xl/{target}")).collect();
    overlapping(&bytes, kernel, &others)
}

pub fn files() -> Vec<BadFile> {
    vec![
        bad("炸弹在工作表.xlsx", beyond("解压后的大小"), || {
            with_blanks(good::package(), SHEET, "", 300 * MEBIBYTE, "")
        }),
        bad("炸弹在共用文字.xlsx", beyond("解压后的大小"), || {
            with_blanks(good::package(), STRINGS, "", 300 * MEBIBYTE, "")
        }),
        bad("炸弹在样式.xlsx", beyond("解压后的大小"), || {
            with_blanks(good::package(), "xl/styles.xml", "", 300 * MEBIBYTE, "")
        }),
        bad("炸弹在目录.xlsx", beyond("解压后的大小"), || {
            with_blanks(good::package(), "xl/workbook.xml", "", 300 * MEBIBYTE, "")
        }),
        bad("炸弹在内容类型.xlsx", whole(&[]), || {
            with_blanks(good::package(), "[Content_Types].xml", "", 300 * MEBIBYTE, "")
        }),
        bad("炸弹在图片.xlsx", whole(&[]), || {
            with_blanks(good::package(), "xl/media/image1.png", "", 300 * MEBIBYTE, "")
        }),
        bad("炸弹.xlsb", beyond("解压后的大小"), || {
            with_blanks(
                good::parts(&good::xlsb()),
                "xl/worksheets/sheet1.bin",
                "",
                300 * MEBIBYTE,
                "",
            )
        }),
        bad("炸弹.ods", beyond("解压后的大小"), || {
            with_blanks(good::parts(&good::ods()), "content.xml", "", 300 * MEBIBYTE, "")
        }),
        bad("炸弹.docx", beyond("解压后的大小"), || {
            with_blanks(good::parts(&good::docx()), "word/document.xml", "", 300 * MEBIBYTE, "")
        }),
        bad("一条文字一百兆.xlsx", beyond("一段内容"), || {
            with_repeated(
                good::package(),
                STRINGS,
                "<sst><si><t>",
                b"a",
                100 * MEBIBYTE,
                "</t></si></sst>",
            )
        }),
        bad("一条文字一百兆.ods", beyond("一段内容"), || {
            let content = super::ods::content(&super::ods::table(
                "表",
                "<table:table-row><table:table-cell><text:p>@</text:p></table:table-cell></table:table-row>",
            ));
            let (head, tail) = content.split_once('@').unwrap();
            with_repeated(
                good::parts(&good::ods()),
                "content.xml",
                head,
                b"a",
                100 * MEBIBYTE,
                tail,
            )
        }),
        bad("一条记录一百兆.xlsb", beyond("一段内容"), || {
            let head = super::binary_book::record_head(0x13, 96 * MEBIBYTE as u32);
            with_repeated(
                good::parts(&good::xlsb()),
                "xl/sharedStrings.bin",
                &head,
                b"\x01",
                100 * MEBIBYTE,
                b"",
            )
        }),
        bad("五千万条空记录.xlsb", Expected::Answered, || {
            with_repeated(
                good::parts(&good::xlsb()),
                "xl/sharedStrings.bin",
                b"",
                b"\x01\x00",
                50 * MEBIBYTE,
                b"",
            )
        }),
        bad("重叠的部件.xlsx", beyond("解压后的总大小"), many_sheets_of_one),
        bad("七万个部件.xlsx", whole(&[]), || {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, content) in good::package().parts {
                writer.start_file(name, SimpleFileOptions::default()).unwrap();
                writer.write_all(&content).unwrap();
            }
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            for index in 0..70_000 {
                writer.start_file(format!("xl/media/{index}.png"), stored).unwrap();
            }
            writer.finish().unwrap().into_inner()
        }),
        bad(
            "目录说得太小.xlsx",
            damaged("工作表的内容都读不出来"),
            || with_headers(|bytes, central, _| put(bytes, central + 24, 100)),
        ),
        bad("目录说得太大.xlsx", beyond("解压后的大小"), || {
            with_headers(|bytes, central, _| put(bytes, central + 24, 0xFFFF_FFF0))
        }),
        bad("部件头说得太大.xlsx", whole(&[]), || {
            with_headers(|bytes, _, local| put(bytes, local + 22, 0xFFFF_FFF0))
        }),
        bad("部件头说得太小.xlsx", whole(&[]), || {
            with_headers(|bytes, _, local| put(bytes, local + 22, 1))
        }),
        bad(
            "压缩大小说得太小.xlsx",
            damaged("工作表的内容都读不出来"),
            || with_headers(|bytes, central, _| put(bytes, central + 20, 10)),
        ),
        bad("压缩大小说得太大.xlsx", whole(&[]), || {
            with_headers(|bytes, central, _| put(bytes, central + 20, 0x7FFF_FFFF))
        }),
        bad("校验值不符.xlsx", whole(&["工作表末尾已损坏"]), || {
            with_headers(|bytes, central, _| put(bytes, central + 16, 0x1234_5678))
        }),
        bad(
            "压缩方法不认识.xlsx",
            damaged("工作表的内容都读不出来"),
            || {
                with_headers(|bytes, central, local| {
                    put_short(bytes, central + 10, 77);
                    put_short(bytes, local + 8, 77);
                })
            },
        ),
        bad("部件位置在文件之外.xlsx", damaged(""), || {
            with_headers(|bytes, central, _| put(bytes, central + 42, 0x7FFF_FFFF))
        }),
        bad(
            "部件位置指向别处.xlsx",
            damaged("工作表的内容都读不出来"),
            || with_headers(|bytes, central, _| put(bytes, central + 42, 13)),
        ),
        bad("部件个数说得太多.xlsx", damaged("压缩结构"), || {
            let mut bytes = good::xlsx();
            let end = end_record(&bytes);
            put(&mut bytes, end + 8, 0xFFF0_FFF0);
            bytes
        }),
        bad("部件目录位置错误.xlsx", damaged("压缩结构"), || {
            let mut bytes = good::xlsx();
            let end = end_record(&bytes);
            put(&mut bytes, end + 16, 0x7FFF_FFFF);
            bytes
        }),
        bad("没有部件目录.xlsx", damaged("压缩结构"), || {
            let bytes = good::xlsx();
            bytes[..entries(&bytes)[0].central].to_vec()
        }),
        bad("后面有杂物.xlsx", whole(&[]), || {
            [good::xlsx(), vec![b'\n'; 2000]].concat()
        }),
        bad("前面有杂物.xlsx", damaged("文件开头不是"), || {
            [vec![0x01; 2000], good::xlsx()].concat()
        }),
        bad("部件名跳出目录.xlsx", whole(&[]), || {
            good::package().part("../../../跳出.xml", "x").zip()
        }),
        bad("没有工作簿目录.xlsx", damaged("缺少工作簿目录"), || {
            good::package().without("xl/workbook.xml").zip()
        }),
        bad("只有内容类型.xlsx", damaged("缺少工作簿目录"), || {
            Package::default().part("[Content_Types].xml", "<Types/>").zip()
        }),
    ]
}
