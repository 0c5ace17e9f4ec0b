//! Web pages, XML tables of 2003 and Word documents that span, nest or break off.

use super::{BadFile, Expected, bad, beyond, damaged, good, no_table, whole};
use crate::table_writers::{docx, spreadsheetml_book};

fn page(more: &str) -> Vec<u8> {
    let page = String::from_utf8(good::html()).unwrap();
    page.replace("</table>", &format!("</table>{more}")).into_bytes()
}

fn xml_table(rows: &str) -> Vec<u8> {
    spreadsheetml_book(
        "",
        &format!("<Worksheet ss:Name=\"表\"><Table>{rows}</Table></Worksheet>"),
    )
    .into_bytes()
}

fn document_with(more: &str) -> Vec<u8> {
    let package = good::parts(&good::docx());
    let document = String::from_utf8(package.parts["word/document.xml"].clone()).unwrap();
    package
        .part(
            "word/document.xml",
            &document.replace("</w:body>", &format!("{more}</w:body>")),
        )
        .zip()
}

/// A report without a table: so many paragraphs of this text, and one of runs.
fn report(paragraphs: usize, text: &str, runs: &str) -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let head = ["农村公路养护项目绩效自评报告", "一、基本情况", "二、自评结论"].map(paragraph);
    docx(&format!(
        "{}{}<w:p>{runs}</w:p>",
        head.concat(),
        paragraph(text).repeat(paragraphs)
    ))
}

pub fn files() -> Vec<BadFile> {
    let span = "<td rowspan=65535 colspan=1000>甲";
    let wide = r#"<w:tc><w:tcPr><w:gridSpan w:val="4294967295"/><w:vMerge/></w:tcPr></w:tc>"#;
    vec![
        bad("跨行跨列十五万次.html", beyond("合并区域数"), move || {
            format!("<table>{}", format!("<tr>{span}").repeat(150_000)).into_bytes()
        }),
        bad(
            "跨行跨列五万次.xls",
            no_table(&["内容却是 网页表格", "超出表格范围"]),
            move || format!("<table><tr>{}", span.repeat(50_000)).into_bytes(),
        ),
        bad("好表后有大跨度.html", whole(&[]), || {
            page("<table><tr><td rowspan=4294967295 colspan=4294967295>甲</table>")
        }),
        bad(
            "表里套表十万层.html",
            beyond("表格里套表格的层数"),
            || "<table><tr><td>甲".repeat(100_000).into_bytes(),
        ),
        bad("标签套三十万层.html", no_table(&[]), || {
            format!("<table><tr><td>甲{}", "<div><b>".repeat(300_000)).into_bytes()
        }),
        bad("一格十兆字.html", no_table(&["32767"]), || {
            format!("<table><tr><td>甲<td>{}</table>", "长".repeat(4 << 20)).into_bytes()
        }),
        bad("一百多万格.html", beyond("不得超过"), || {
            format!("<table>{}", format!("<tr>{}", "<td>1".repeat(300)).repeat(4_000)).into_bytes()
        }),
        bad("属性十万个.html", Expected::Answered, || {
            format!("<table><tr><td {}>甲</table>", "a=1 ".repeat(100_000)).into_bytes()
        }),
        bad("没有收尾.html", whole(&[]), || {
            let page = good::html();
            let end = page.windows(8).position(|window| window == b"</table>").unwrap();
            page[..end].to_vec()
        }),
        bad("非法字节.html", whole(&["文字的编码已损坏"]), || {
            [good::html(), vec![0xFF, 0xFE, 0xC3, 0x28]].concat()
        }),
        bad("空字节.html", Expected::Answered, || {
            [good::html(), vec![0; 5000]].concat()
        }),
        bad("注释不收尾.html", whole(&[]), || page(&"<!--".repeat(200_000))),
        bad(
            "只有脚本.html",
            super::refused("not_a_spreadsheet", "这个网页里没有表格"),
            || format!("<html><script>{}</script></html>", "x".repeat(1 << 20)).into_bytes(),
        ),
        bad("跨行跨列四十亿.xml", no_table(&["超出表格范围"]), || {
            xml_table(&format!("<Row>{}</Row>", r#"<Cell ss:MergeAcross="4294967295" ss:MergeDown="4294967295"><Data ss:Type="String">甲</Data></Cell>"#.repeat(1000)))
        }),
        bad("序号四十亿.xml", no_table(&["超出表格范围"]), || {
            xml_table(
                r#"<Row ss:Index="4294967295"><Cell ss:Index="4294967295"><Data ss:Type="Number">1</Data></Cell></Row>"#,
            )
        }),
        bad("十五万个合并.xml", beyond("合并区域数"), || {
            xml_table(&r#"<Row><Cell ss:MergeAcross="1"/></Row>"#.repeat(150_000))
        }),
        bad("实体炸弹.xml", no_table(&[]), || {
            let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"哈哈哈哈哈哈哈哈\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
            let table = xml_table(r#"<Row><Cell><Data ss:Type="String">&c;</Data></Cell></Row>"#);
            let table = String::from_utf8(table).unwrap();
            format!("{bomb}{}", table.split_once("?>").unwrap().1).into_bytes()
        }),
        bad("外部实体.xml", no_table(&[]), || {
            let table = String::from_utf8(xml_table(
                r#"<Row><Cell><Data ss:Type="String">&x;</Data></Cell></Row>"#,
            ))
            .unwrap();
            format!(
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}",
                table.split_once("?>").unwrap().1
            )
            .into_bytes()
        }),
        bad("套了十万层.xml", beyond("嵌套层数"), || {
            xml_table(&"<Row>".repeat(100_000))
        }),
        bad("非法字节.xml", Expected::Answered, || {
            let mut bytes = good::spreadsheetml();
            let middle = bytes.len() / 2;
            bytes.splice(middle..middle, [0xFF, 0xFE, 0xC3, 0x28]);
            bytes
        }),
        bad(
            "其他XML.xml",
            super::refused("not_a_spreadsheet", "不是表格"),
            || b"<?xml version=\"1.0\"?><config><a>1</a></config>".to_vec(),
        ),
        bad("没有正文.docx", damaged("缺少"), || {
            good::parts(&good::docx())
                .without("word/document.xml")
                .part("[Content_Types].xml", "<Types/>")
                .zip()
        }),
        bad("正文截断.docx", Expected::Answered, || {
            let package = good::parts(&good::docx());
            let document = package.parts["word/document.xml"].clone();
            package
                .bytes_part("word/document.xml", &document[..document.len() / 2])
                .zip()
        }),
        bad(
            "没有表格.docx",
            super::refused("not_a_spreadsheet", "Word 文档里没有表格"),
            || docx("<w:p><w:r><w:t>请按时报送。</w:t></w:r></w:p>"),
        ),
        bad("跨列四十亿.docx", whole(&[]), move || {
            document_with(&format!(
                "<w:tbl>{}</w:tbl>",
                format!("<w:tr>{}</w:tr>", wide.repeat(1000)).repeat(20)
            ))
        }),
        bad("表里套表一万层.docx", beyond("嵌套层数"), || {
            document_with(&"<w:tbl><w:tr><w:tc>".repeat(10_000))
        }),
        bad("外部实体.docx", whole(&[]), || {
            document_with("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")
        }),
        bad("十万段说明.docx", whole(&["文档的文字太多"]), || {
            document_with(&"<w:p><w:r><w:t>以下是说明。</w:t></w:r></w:p>".repeat(100_000))
        }),
        bad("报告五百页.docx", no_table(&[]), || {
            report(15_000, "经评价，该项目得分96分，预算208万元，完成100%。", "")
        }),
        bad("报告一段三兆.docx", no_table(&["文档的文字太多"]), || {
            let long = "经评价，该项目得分96分，预算208万元，完成100%。".repeat(50_000);
            report(
                1,
                &format!("经评价，得分96分。</w:t></w:r></w:p><w:p><w:r><w:t>{long}"),
                "",
            )
        }),
        bad(
            "报告每字一段格式.docx",
            no_table(&["文档的文字太多"]),
            || {
                let runs = "<w:r><w:rPr><w:b/></w:rPr><w:t>分96分。得</w:t></w:r>".repeat(100_000);
                report(3, "经评价，得分96分。", &runs)
            },
        ),
        bad("报告全是隐藏修订.docx", no_table(&["隐藏文字"]), || {
            let hidden = "<w:del><w:r><w:delText>得96分。</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>得94分。</w:t></w:r>";
            report(3, "经评价，得分96分。", &hidden.repeat(5_000))
        }),
        bad("一段一百兆.docx", beyond("一段内容"), || {
            let package = good::parts(&good::docx());
            let document = String::from_utf8(package.parts["word/document.xml"].clone()).unwrap();
            let (head, tail) = document.split_once("</w:body>").unwrap();
            super::zip_bytes::with_repeated(
                package,
                "word/document.xml",
                format!("{head}<w:p><w:r><w:t>"),
                b"a",
                100 << 20,
                format!("</w:t></w:r></w:p></w:body>{tail}"),
            )
        }),
    ]
}
