//! xlsx workbooks whose parts lie, break off or ask for too much.

use super::zip_bytes::with_repeated;
use super::{BadFile, Expected, bad, beyond, damaged, good, no_table, part, whole};
use crate::package::{MAIN, Package, relationships, worksheet};

const SHEET: &str = "xl/worksheets/sheet1.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";

fn text_of(package: &Package, name: &str) -> String {
    String::from_utf8(package.parts[name].clone()).unwrap()
}

/// The good workbook with its sheet's text changed.
fn with_sheet(change: impl Fn(String) -> String) -> Vec<u8> {
    let package = good::package();
    let sheet = change(text_of(&package, SHEET));
    package.part(SHEET, &sheet).zip()
}

/// With these rows below the good ones.
fn with_rows(rows: &str) -> Vec<u8> {
    with_sheet(|sheet| {
        let (head, tail) = sheet.split_once("</sheetData>").unwrap();
        format!("{head}{rows}</sheetData>{tail}")
    })
}

/// With these merged regions besides the good ones.
fn with_merges(merges: &str) -> Vec<u8> {
    with_sheet(|sheet| sheet.replace("</mergeCells>", &format!("{merges}</mergeCells>")))
}

/// With this cell far below the table, and out of sight of it.
fn with_cell(cell: &str) -> Vec<u8> {
    with_rows(&format!(r#"<row r="900">{cell}</row>"#))
}

/// With a second sheet of this kind and content.
pub fn with_second(kind: &str, content: &[u8]) -> Vec<u8> {
    let package = good::package();
    let workbook = text_of(&package, "xl/workbook.xml");
    let links = text_of(&package, LINKS);
    let link = relationships(&[("rId77", kind, "worksheets/second.xml")]);
    let link = &link[link.find("<Relationship ").unwrap()..link.find("</Relationships>").unwrap()];
    package
        .part(
            "xl/workbook.xml",
            &workbook.replace(
                "</sheets>",
                r#"<sheet name="第二张" sheetId="77" r:id="rId77"/></sheets>"#,
            ),
        )
        .part(
            LINKS,
            &links.replace("</Relationships>", &format!("{link}</Relationships>")),
        )
        .bytes_part("xl/worksheets/second.xml", content)
        .zip()
}

/// A workbook whose only sheet is of this kind.
fn only(kind: &str) -> Vec<u8> {
    Package::with_rows("")
        .part(LINKS, &relationships(&[("rId1", kind, "worksheets/sheet1.xml")]))
        .zip()
}

fn numbers(rows: u32, columns: u32) -> String {
    let mut out = String::new();
    for row in 1..=rows {
        out.push_str("<row>");
        out.push_str(&"<c><v>1</v></c>".repeat(columns as usize));
        out.push_str(&format!("<!--{row}--></row>"));
    }
    out
}

pub fn files() -> Vec<BadFile> {
    let mut files = dense();
    files.extend(lying());
    files.extend(one_bad_cell());
    files.extend(one_bad_sheet());
    files.extend(bad_xml());
    files
}

fn dense() -> Vec<BadFile> {
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    vec![
        bad("只有最远一格.xlsx", no_table(&[]), || {
            Package::with_rows(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#).zip()
        }),
        bad("首尾两格.xlsx", no_table(&[]), || {
            Package::with_rows(
                r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
            )
            .zip()
        }),
        bad("好表外有最远一格.xlsx", whole(&[]), move || with_rows(far)),
        bad("行号四十亿.xlsx", whole(&["行号超出表格范围"]), || {
            with_rows(r#"<row r="4294967295"><c><v>1</v></c></row>"#)
        }),
        bad("列号超出.xlsx", whole(&["位置无效的单元格"]), || {
            with_rows(r#"<row r="900"><c r="ZZZ900"><v>1</v></c></row>"#)
        }),
        bad("尺寸说谎.xlsx", whole(&[]), || {
            with_sheet(|sheet| sheet.replacen("<sheetData>", r#"<dimension ref="A1:XFD1048576"/><sheetData>"#, 1))
        }),
        bad("一百万格.xlsx", beyond("有内容的单元格数"), || {
            Package::with_rows(&numbers(10_000, 100)).zip()
        }),
        bad("近三十万格.xlsx", no_table(&[]), || {
            Package::with_rows(&numbers(2_990, 100)).zip()
        }),
        bad("四百万空格.xlsx", Expected::Answered, || {
            let row = format!("<row>{}</row>", r#"<c s="1"/>"#.repeat(16_384));
            with_repeated(
                Package::with_rows(""),
                SHEET,
                "<worksheet><sheetData>",
                row.as_bytes(),
                250,
                "</sheetData></worksheet>",
            )
        }),
        bad("整表合并.xlsx", no_table(&[]), || {
            Package::with_sheet(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#).zip()
        }),
        bad("好表外有大合并.xlsx", whole(&[]), || {
            with_merges(r#"<mergeCell ref="A500:XFD1048576"/>"#)
        }),
        bad("十五万个合并.xlsx", beyond("合并区域数"), || {
            let merges: String = (1..=150_000)
                .map(|row| format!(r#"<mergeCell ref="AA{row}:AB{row}"/>"#))
                .collect();
            with_merges(&merges)
        }),
        bad(
            "九万个重叠的合并.xlsx",
            Expected::Many {
                losses: 101,
                last: "重叠的合并区域",
            },
            || {
                let merges: String = (1..=90_000)
                    .map(|row| format!(r#"<mergeCell ref="A{row}:XFD{}"/>"#, row + 900))
                    .collect();
                Package::with_sheet(&format!("<sheetData/><mergeCells>{merges}</mergeCells>")).zip()
            },
        ),
        bad("两千张表.xlsx", beyond("工作表数"), || {
            let names: Vec<String> = (0..2000).map(|index| format!("表{index}")).collect();
            let sheets: Vec<(&str, &str, &str)> = names.iter().map(|name| (name.as_str(), "", "rId1")).collect();
            Package::with_rows("").workbook("", &sheets).zip()
        }),
        bad("四十万条共用文字.xlsx", beyond("共用文字条数"), || {
            good::package()
                .part(
                    "xl/sharedStrings.xml",
                    &format!(r#"<sst xmlns="{MAIN}">{}</sst>"#, "<si/>".repeat(400_000)),
                )
                .zip()
        }),
        bad("同一长文引用万次.xlsx", beyond("全部文字的总量"), || {
            let rows: String = (1..=20_000)
                .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
                .collect();
            Package::with_rows(&rows)
                .shared_strings(&[&format!("<t>{}</t>", "长".repeat(30_000))])
                .zip()
        }),
    ]
}

fn lying() -> Vec<BadFile> {
    let with_counts = |counts: &'static str| {
        move || {
            let package = good::package();
            let strings = text_of(&package, "xl/sharedStrings.xml");
            let (head, tail) = strings.split_once("<sst").unwrap();
            let (_, tail) = tail.split_once('>').unwrap();
            package
                .part(
                    "xl/sharedStrings.xml",
                    &format!(r#"{head}<sst xmlns="{MAIN}" {counts}>{tail}"#),
                )
                .zip()
        }
    };
    vec![
        bad(
            "共用文字四十亿条.xlsx",
            whole(&[]),
            with_counts(r#"count="4000000000" uniqueCount="4000000000""#),
        ),
        bad(
            "共用文字无数条.xlsx",
            whole(&[]),
            with_counts(r#"count="18446744073709551615" uniqueCount="-1""#),
        ),
        bad(
            "共用文字序号超出.xlsx",
            whole(&["在文件里不存在"]),
            || with_cell(r#"<c r="A900" t="s"><v>99999999</v></c>"#),
        ),
        bad("样式序号超出.xlsx", whole(&[]), || {
            with_cell(r#"<c r="A900" s="99999999"><v>1</v></c>"#)
        }),
        bad("合并区域倒写.xlsx", whole(&[]), || {
            with_merges(r#"<mergeCell ref="Z950:Y940"/>"#)
        }),
        bad(
            "合并区域写错.xlsx",
            whole(&["不是有效的单元格范围"; 3]),
            || with_merges(r##"<mergeCell ref="#REF!"/><mergeCell ref="A1:B2:C3"/><mergeCell/>"##),
        ),
        bad("关系指向自己.xlsx", whole(&[]), || {
            let link = relationships(&[
                ("rId1", "comments", "sheet1.xml"),
                ("rId2", "vmlDrawing", "sheet1.xml"),
                ("rId3", "drawing", "sheet1.xml"),
            ]);
            good::package().part("xl/worksheets/_rels/sheet1.xml.rels", &link).zip()
        }),
        bad("隐藏列一百万条.xlsx", whole(&[]), || {
            with_sheet(|sheet| {
                let columns = r#"<col min="900" max="16384" hidden="1"/>"#.repeat(300_000);
                sheet.replacen("<sheetData>", &format!("<cols>{columns}</cols><sheetData>"), 1)
            })
        }),
    ]
}

fn one_bad_cell() -> Vec<BadFile> {
    let cell = |name: &str, losses: &'static [&'static str], cell: &'static str| {
        bad(&format!("坏格-{name}.xlsx"), whole(losses), move || with_cell(cell))
    };
    vec![
        cell("新的错误值", &[], r#"<c r="A900" t="e"><v>#SPILL!</v></c>"#),
        cell("类型不认识", &[], r#"<c r="A900" t="zz"><v>1</v></c>"#),
        cell(
            "逻辑值为负",
            &["不是它所标明的类型"],
            r#"<c r="A900" t="b"><v>-1</v></c>"#,
        ),
        cell(
            "数值是文字",
            &["不是它所标明的类型"],
            r#"<c r="A900" t="n"><v>甲</v></c>"#,
        ),
        cell("数值无穷大", &["不是它所标明的类型"], r#"<c r="A900"><v>1e400</v></c>"#),
        cell("字符编号为零", &[], r#"<c r="A900" t="str"><v>备注&#0;</v></c>"#),
        cell("实体未定义", &[], r#"<c r="A900" t="str"><v>备注&nbsp;</v></c>"#),
        cell("带扩展列表", &[], r#"<c r="A900"><v>1</v><extLst><ext/></extLst></c>"#),
        cell(
            "十万字",
            &["32767"],
            Box::leak(
                format!(
                    r#"<c r="A900" t="inlineStr"><is><t>{}</t></is></c>"#,
                    "备".repeat(100_000)
                )
                .into_boxed_str(),
            ),
        ),
        cell(
            "公式括号三万层",
            &[],
            Box::leak(
                format!(
                    r#"<c r="A900"><f>{}1{}</f><v>1</v></c>"#,
                    "(".repeat(15_000),
                    ")".repeat(15_000)
                )
                .into_boxed_str(),
            ),
        ),
        bad(
            "坏格五千个.xlsx",
            Expected::Many {
                losses: 101,
                last: "另有 4900 处",
            },
            || {
                let rows: String = (900..5_900)
                    .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="n"><v>甲</v></c></row>"#))
                    .collect();
                with_rows(&rows)
            },
        ),
    ]
}

fn one_bad_sheet() -> Vec<BadFile> {
    vec![
        bad(
            "第二张表截断.xlsx",
            whole(&["工作表“第二张”没有读到"]),
            || with_second("worksheet", b"<worksheet><sheetData><row><c><v>1"),
        ),
        bad(
            "第二张表是乱码.xlsx",
            whole(&["工作表“第二张”没有读到"]),
            || with_second("worksheet", &super::foreign::noise(3000, 3)),
        ),
        bad(
            "第二张表缺失.xlsx",
            whole(&["文件里缺少它的内容"]),
            || {
                let mut package = good::parts(&with_second("worksheet", b"x"));
                package.parts.remove("xl/worksheets/second.xml");
                package.zip()
            },
        ),
        bad("另有宏表.xlsm", whole(&["“第二张”是宏表"]), || {
            let mut package = good::parts(&with_second("xlMacrosheet", worksheet("").as_bytes()));
            let types = text_of(&package, "[Content_Types].xml")
                .replace("spreadsheetml.sheet.main", "sheet.macroEnabled.main")
                .replace("openxmlformats-officedocument", "ms-excel");
            package = package.part("[Content_Types].xml", &types);
            package.zip()
        }),
        bad("另有图表页.xlsx", whole(&["“第二张”是图表页"]), || {
            with_second("chartsheet", b"<chartsheet/>")
        }),
        bad(
            "另有对话框页.xlsx",
            whole(&["“第二张”是对话框页"]),
            || with_second("dialogsheet", b"<dialogsheet/>"),
        ),
        bad("只有宏表.xlsx", damaged("没有工作表"), || only("xlMacrosheet")),
        bad("只有图表页.xlsx", damaged("没有工作表"), || {
            only("chartsheet")
        }),
        bad(
            "唯一的表截断.xlsx",
            damaged("所有工作表的内容都读不出来"),
            || with_sheet(|sheet| sheet.split_once("</sheetData>").unwrap().0.to_owned()),
        ),
        bad(
            "唯一的表缺失.xlsx",
            damaged("所有工作表的内容都读不出来"),
            || good::package().without(SHEET).zip(),
        ),
        bad("没有表.xlsx", damaged("没有工作表"), || {
            Package::with_rows("").workbook("", &[]).zip()
        }),
        bad(
            "共用文字缺失.xlsx",
            Expected::Many {
                losses: 87,
                last: "在文件里不存在",
            },
            || good::package().without("xl/sharedStrings.xml").zip(),
        ),
        bad(
            "共用文字截断.xlsx",
            part(&["共用文字部分已损坏，只读到前", "在文件里不存在"]),
            || {
                let package = good::package();
                let strings = text_of(&package, "xl/sharedStrings.xml");
                // The last text is the remark below the table.
                let cut = strings.rfind("<si>").unwrap() + 5;
                package.part("xl/sharedStrings.xml", &strings[..cut]).zip()
            },
        ),
        bad("样式截断.xlsx", part(&["样式部分已损坏"]), || {
            good::package().part("xl/styles.xml", "<styleSheet><cellXfs><xf").zip()
        }),
    ]
}

fn bad_xml() -> Vec<BadFile> {
    let bomb = || {
        let entities: String = (1..12)
            .map(|level| format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10)))
            .collect();
        format!("<!DOCTYPE sst [<!ENTITY e0 \"哈哈哈哈\">{entities}]>")
    };
    vec![
        bad("实体炸弹.xlsx", no_table(&[]), move || {
            Package::with_rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#)
                .part(
                    "xl/sharedStrings.xml",
                    &format!(
                        r#"<?xml version="1.0"?>{}<sst xmlns="{MAIN}"><si><t>&e11;</t></si></sst>"#,
                        bomb()
                    ),
                )
                .zip()
        }),
        bad("外部实体.xlsx", no_table(&[]), || {
            Package::with_rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#)
                .part("xl/sharedStrings.xml", &format!(r#"<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst xmlns="{MAIN}"><si><t>&x;</t></si></sst>"#))
                .zip()
        }),
        bad("套了十万层.xlsx", beyond("嵌套层数"), || {
            Package::with_rows(&"<row>".repeat(100_000)).zip()
        }),
        bad("目录套了十万层.xlsx", beyond("嵌套层数"), || {
            good::package()
                .part("xl/workbook.xml", &"<sheets>".repeat(100_000))
                .zip()
        }),
        bad("目录不是XML.xlsx", damaged("工作簿目录读不出来"), || {
            good::package().part("xl/workbook.xml", "<<<<&&&").zip()
        }),
        bad("目录为空.xlsx", damaged("没有工作表"), || {
            good::package().part("xl/workbook.xml", "").zip()
        }),
        bad(
            "表里有非法字节.xlsx",
            part(&["文字的编码已损坏"]),
            || {
                let package = good::package();
                let mut sheet = package.parts[SHEET].clone();
                let end = sheet.windows(12).position(|window| window == b"</sheetData>").unwrap();
                sheet.splice(
                    end..end,
                    b"<row r=\"900\"><c r=\"A900\" t=\"str\"><v>\xFF\xFE\xC3\x28</v></c></row>"
                        .iter()
                        .copied(),
                );
                package.bytes_part(SHEET, &sheet).zip()
            },
        ),
        bad("表里有空字节.xlsx", part(&[]), || {
            with_cell("<c r=\"A900\" t=\"str\"><v>备\0注</v></c>")
        }),
        bad("表是宽字节的.xlsx", whole(&[]), || {
            let package = good::package();
            let sheet = text_of(&package, SHEET).replacen("UTF-8", "UTF-16", 1);
            let bytes: Vec<u8> = std::iter::once(0xFEFF)
                .chain(sheet.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect();
            package.bytes_part(SHEET, &bytes).zip()
        }),
        bad("一个属性十兆.xlsx", whole(&[]), || {
            with_cell(&format!(r#"<c r="A900" x="{}"><v>1</v></c>"#, "a".repeat(10 << 20)))
        }),
    ]
}
