//! The samples with cells overwritten at random: tables such as nobody would think of.
#![allow(dead_code, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::common::{Content, Table, department, ministry};

const COLUMNS: &str = "ABCDEFGHI";
const TEXTS: &[&str] = &[
    "",
    " ",
    "/",
    "—",
    "无",
    "0",
    "-1",
    "1e30",
    "９５",
    "95%",
    "≥95%",
    "≤208万元",
    "12月底前",
    "2023年2月30日",
    "全部符合",
    "未达成年度指标且效果较差",
    "合计",
    "总分",
    "小计",
    "一级指标",
    "三级指标",
    "分值（10分）",
    "得分",
    "优☑良☑中□差□",
    "甲\n乙",
    "其中：当年财政拨款",
    "79228162514264337593543950335",
    "0.00000000000000000000000001",
    "=1+1",
    "\u{202e}9",
];

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        3 => proptest::sample::select(TEXTS).prop_map(Content::from),
        2 => (-1000i32..1000).prop_map(Content::from),
        1 => any::<f64>().prop_filter("xlsx has no such number", |number| number.is_finite()).prop_map(Content::from),
        1 => (-3.0..3.0).prop_map(|ratio| Content::Formatted(ratio, "0.00%")),
        1 => (0.0..1e6).prop_map(|serial| Content::Formatted(serial, "yyyy\"年\"m\"月\"d\"日\"")),
    ]
}

pub fn damaged() -> impl Strategy<Value = Table> {
    let edit = (0..COLUMNS.len(), 1..35u32, content());
    (any::<bool>(), proptest::collection::vec(edit, 0..12)).prop_map(|(seed, edits)| {
        let mut table = if seed { department::table() } else { ministry::table() };
        for (column, row, content) in edits {
            table.set(&format!("{}{row}", &COLUMNS[column..=column]), content);
        }
        table
    })
}
