//! A form that nobody filled in counts for nothing in a summary: not in the averages, and as not received.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{Folder, Table, hebiao, ministry};
use serde_json::{Value, json};

/// The ministry's sample of another project, with neither results nor scores.
fn blank() -> Table {
    let mut table = ministry::table();
    table
        .set("B3", "乡村道路养护项目")
        .set("F6", "")
        .set("I6", "")
        .set("H23", "");
    for row in 13..=22 {
        for column in ["F", "H", "I"] {
            table.set(&format!("{column}{row}"), "");
        }
    }
    table
}

const ROSTER: &str = "主管部门,单位,项目名称\n\
    示例县人力资源和社会保障局,示例县就业服务中心,职业技能提升培训项目\n\
    示例县人力资源和社会保障局,示例县就业服务中心,乡村道路养护项目\n\
    示例县人力资源和社会保障局,示例县就业服务中心,没有交的项目\n";

#[test]
fn an_empty_form_is_in_no_average_and_not_received() {
    let folder = Folder::new();
    let filled = folder.table("甲.xlsx", &ministry::table());
    let empty = folder.table("乙.xlsx", &blank());
    let roster = folder.file("名单.csv", ROSTER.as_bytes());
    let summary = |paths: &[&str]| -> Value {
        let words = [&["summarize", "--format", "json", "--roster", &roster][..], paths].concat();
        hebiao(&words).json()
    };
    let (alone, both) = (summary(&[&filled]), summary(&[&filled, &empty]));
    for key in ["declared", "rescored"] {
        let means = |summary: &Value| summary["overview"]["all"][key]["mean"].clone();
        assert_eq!(means(&both), means(&alone), "{key}");
        assert_eq!(means(&both), json!(98.76), "{key}");
    }

    let rows = both["roster"]["rows"].as_array().unwrap();
    let standings: Vec<(&Value, Option<&Value>)> = rows
        .iter()
        .map(|row| (&row["standing"], row.get("not_filled_in")))
        .collect();
    let (received, missing) = (json!("received"), json!("missing"));
    assert_eq!(
        standings,
        [(&received, None), (&missing, Some(&json!(true))), (&missing, None)]
    );
    let of = |code: &str| {
        let findings = both["cross_findings"].as_array().unwrap().iter();
        findings
            .filter(|finding| finding["code"] == code)
            .cloned()
            .collect::<Vec<Value>>()
    };
    let message = of("K05")[0]["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("已报 1 项，未报 2 项") && message.ends_with("其中 1 项交来的表没有填写。"),
        "{message}"
    );

    let out = folder.word("汇总.xlsx");
    hebiao(&["summarize", "--roster", &roster, "-o", &out, &filled, &empty]);
    let workbook =
        hebiao::read::read_workbook(&std::fs::read(&out).unwrap(), None, &hebiao::read::Limits::default()).unwrap();
    let sheet = workbook.sheets.iter().find(|sheet| sheet.name == "未报名单").unwrap();
    let says = sheet
        .cells()
        .iter()
        .any(|cell| cell.shown().contains("交来的表没有填写，按未报计"));
    assert!(says, "the list of what was not received says why");
}
