//! Text tables and reports of the program's own that are too long, too deep or not what they seem.

use super::{BadFile, Expected, bad, beyond, good, no_table, part, refused, whole};

fn table_and(more: &[u8]) -> Vec<u8> {
    [good::csv(), more.to_vec()].concat()
}

/// The good report with one piece of its text replaced.
fn report_with(from: &str, to: &str) -> Vec<u8> {
    let report = String::from_utf8(good::json()).unwrap();
    assert!(report.contains(from));
    report.replacen(from, to, 1).into_bytes()
}

pub fn files() -> Vec<BadFile> {
    vec![
        bad("一行十兆.csv", no_table(&["32767"]), || {
            format!("甲,{}\n乙,1\n", "长".repeat(10 << 20)).into_bytes()
        }),
        bad(
            "一行十兆没有分隔.csv",
            refused("not_a_spreadsheet", "没有分隔符"),
            || "长".repeat(10 << 20).into_bytes(),
        ),
        bad("一行一百万格.csv", no_table(&["超出表格范围"]), || {
            "1,".repeat(1_000_000).into_bytes()
        }),
        bad("引号不收尾.csv", Expected::Answered, || {
            table_and(format!("\"{}", "长,\n".repeat(1 << 20)).as_bytes())
        }),
        bad("百万行.csv", beyond("有内容的单元格数"), || {
            "1,2\n".repeat(1_000_000).into_bytes()
        }),
        bad("近五十兆.csv", beyond("有内容的单元格数"), || {
            "项目,1,2,3\n".repeat(3_800_000).into_bytes()
        }),
        bad("六十兆.csv", beyond("文件大小"), || vec![b','; 60 << 20]),
        bad("夹着空字节.csv", Expected::Answered, || table_and(&[0; 3000])),
        bad("非法字节.csv", part(&["编码已损坏"]), || {
            table_and(b"\xFF\xFF\xC3\x28,\x80\n")
        }),
        bad("宽字节少一个.csv", part(&["编码已损坏"]), || {
            let text = String::from_utf8(good::csv()).unwrap();
            let mut bytes: Vec<u8> = std::iter::once(0xFEFF)
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect();
            bytes.pop();
            bytes
        }),
        bad("好表在两万空行后.csv", whole(&[]), || {
            [vec![b'\n'; 20_000], good::csv()].concat()
        }),
        bad("分号一百万个.csv", no_table(&[]), || {
            ";".repeat(1_000_000).into_bytes()
        }),
        bad("其他数据.json", refused("not_a_spreadsheet", "JSON"), || {
            br#"{"a": [1, 2, 3]}"#.to_vec()
        }),
        bad("套了百万层.json", Expected::Answered, || {
            format!("{{\"schema_version\":1,\"a\":{}", "[".repeat(1_000_000)).into_bytes()
        }),
        bad("截断.json", Expected::Answered, || {
            let report = good::json();
            report[..report.len() / 2].to_vec()
        }),
        bad(
            "版本不认识.json",
            refused("unsupported_format", "第 99 版"),
            || report_with("\"schema_version\":1", "\"schema_version\":99"),
        ),
        bad(
            "状态不认识.json",
            refused("not_a_spreadsheet", "不是本程序写出的"),
            || report_with("\"status\":\"clean\"", "\"status\":\"很好\""),
        ),
        bad("数值太大.json", Expected::Answered, || {
            report_with("\"weight\":{\"value\":10", "\"weight\":{\"value\":1e999999999")
        }),
    ]
}
