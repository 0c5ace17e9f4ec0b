//! Headers in doubt: what is guessed is named and carries no error alone; what is not known is kept and can be taught.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{Folder, Table, hebiao, serious};
use serde_json::{Value, json};

/// A table of two indicators under these headers of target, result, an extra column, weight, score and reason.
fn table(headers: [&str; 6], rows: [[&str; 6]; 2], total: &str) -> Table {
    let mut table = Table::new("自评表", &[]);
    table.set("A1", "项目支出绩效自评表").merge("A1:I1");
    table.set("A2", "（2023年度）").merge("A2:I2");
    table.set("A3", "项目名称").set("B3", "农村公路养护").merge("B3:I3");
    table.set("A4", "主管部门").set("B4", "某县交通局").merge("B4:D4");
    table.set("E4", "实施单位").set("F4", "某县公路站").merge("F4:I4");
    for (column, text) in ('A'..).zip(["一级指标", "二级指标", "三级指标"]) {
        table.set(&format!("{column}5"), text);
    }
    for (column, text) in ('D'..).zip(headers) {
        table.set(&format!("{column}5"), text);
    }
    for (row, (levels, values)) in [
        ["产出指标", "数量指标", "养护里程"],
        ["效益指标", "社会效益指标", "受益村庄"],
    ]
    .into_iter()
    .zip(rows)
    .enumerate()
    {
        for (column, text) in ('A'..).zip(levels.into_iter().chain(values)) {
            let cell = format!("{column}{}", row + 6);
            match text.parse::<i32>() {
                Ok(number) => table.set(&cell, number),
                Err(_) => table.set(&cell, text),
            };
        }
    }
    table.set("A8", "总分").merge("A8:F8").set("G8", 100);
    table.set("H8", total.parse::<i32>().unwrap());
    table
}

const RIGHT: [&str; 6] = [
    "年度指标值",
    "实际完成值",
    "完成率",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
];
const ROWS: [[&str; 6]; 2] = [
    ["≥20公里", "20公里", "100%", "60", "60", ""],
    ["≥8个", "8个", "100%", "40", "40", ""],
];

fn checked(table: &Table, more: &[&str]) -> (Value, String) {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", table);
    let words: Vec<&str> = ["check", "--format", "json"]
        .iter()
        .chain(more)
        .copied()
        .chain([path.as_str()])
        .collect();
    let file = hebiao(&words).file();
    let text: Vec<&str> = ["check"].iter().chain(more).copied().chain([path.as_str()]).collect();
    (file, hebiao(&text).stdout.split_whitespace().collect())
}

#[test]
fn an_unknown_header_is_kept_named_once_and_no_finding() {
    let (file, text) = checked(&table(RIGHT, ROWS, "100"), &[]);
    let read = &file["tables"][0];
    assert_eq!(serious(&file), Vec::<String>::new());
    assert_eq!(read["coverage"]["unread"], json!([]));
    assert_eq!(read["unknown_headers"], json!([{"cell": "F5", "text": "完成率"}]));
    let extra = &read["evaluation"]["indicators"][0]["extra"][0];
    assert_eq!(
        (&extra["label"], &extra["value"]["cell"]),
        (&json!("完成率"), &json!("F6"))
    );
    let codes = read["discrepancies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["code"].clone());
    assert!(!codes.into_iter().any(|code| code == "R04"), "{read}");
    assert_eq!(text.matches("不认识的表头“完成率”").count(), 1, "{text}");
    assert!(
        text.contains("extra=[\"完成率\"]") && text.contains("--forms"),
        "{text}"
    );
    assert!(!text.contains("删去"), "{text}");
}

/// The score is wrong: 10 of 20 kilometres give 30 of 60 points; once it is right, a reason is due.
#[test]
fn no_error_rests_on_a_guess_alone() {
    let mut headers = RIGHT;
    let mut rows = ROWS;
    rows[0][1] = "10公里";
    let (known, _) = checked(&table(headers, rows, "100"), &[]);
    assert_eq!(serious(&known), ["B02 error H6", "E01 error H6"]);
    assert_eq!(known["tables"][0].get("guessed"), None);

    headers[1] = "实际完成直";
    let (file, text) = checked(&table(headers, rows, "100"), &[]);
    let read = &file["tables"][0];
    assert_eq!(serious(&file), Vec::<String>::new());
    assert_eq!(
        read["guessed"],
        json!([{"cell": "E5", "text": "实际完成直", "taken_for": "实际完成值", "field": "indicators[].actual"}])
    );
    let asked: Vec<&Value> = read["for_review"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["code"] == "B02")
        .collect();
    assert_eq!(asked.len(), 1, "{read}");
    assert_eq!(asked[0]["cell"], "H6");
    let message = asked[0]["message"].as_str().unwrap();
    assert!(
        message.starts_with("E5 的“实际完成直”是推定作“实际完成值”的"),
        "{message}"
    );
    assert_eq!(
        text.matches("推定：E5的“实际完成直”当作“实际完成值”读取").count(),
        1,
        "{text}"
    );
}

/// What does not need the guessed column stands as it is.
#[test]
fn an_error_without_the_guessed_column_stands() {
    let mut headers = RIGHT;
    headers[1] = "实际完成直";
    let (file, _) = checked(&table(headers, ROWS, "98"), &[]);
    assert_eq!(serious(&file), ["A01 error H8"]);
}

#[test]
fn last_years_result_is_never_this_years() {
    for turned in [
        "上年完成值",
        "去年完成值",
        "上半年完成值",
        "预计完成值",
        "完成率",
        "参考完成值",
    ] {
        let mut headers = RIGHT;
        headers[1] = turned;
        headers[2] = "指标实际完成值";
        let rows = [
            ["≥20公里", "1公里", "20公里", "60", "60", ""],
            ["≥8个", "1个", "8个", "40", "40", ""],
        ];
        let (file, _) = checked(&table(headers, rows, "100"), &[]);
        let read = &file["tables"][0];
        assert_eq!(read["evaluation"]["indicators"][0]["actual"]["cell"], "F6", "{turned}");
        assert_eq!(read["evaluation"]["indicators"][0]["extra"][0]["label"], turned);
        assert_eq!(serious(&file), Vec::<String>::new(), "{turned}");
        assert_eq!(read.get("guessed"), None, "{turned}");
    }
}

/// learn → look through → --forms → read.
#[test]
fn what_is_learned_makes_the_columns_known() {
    let folder = Folder::new();
    let mut table = table(RIGHT, ROWS, "100");
    table.set("E5", "兑现成果").set("F5", "内部流水").set("H5", "本项实记");
    let path = folder.table("表.xlsx", &table);
    // Neither results nor scores: no evaluation yet.
    assert_eq!(hebiao(&["check", &path]).code, 3);

    let learned = hebiao(&["forms", "learn", &path]);
    assert_eq!(learned.code, 0, "{}", learned.stderr);
    assert!(learned.stdout.contains("actual = [\"兑现成果\"]"), "{}", learned.stdout);
    assert!(learned.stdout.contains("score = [\"本项实记\"]"), "{}", learned.stdout);
    assert!(learned.stdout.contains("extra = [\"内部流水\"]"), "{}", learned.stdout);

    let words = folder.file("词汇.toml", learned.stdout.as_bytes());
    let after = hebiao(&["check", "--format", "json", "--forms", &words, &path]).file();
    let read = &after["tables"][0];
    assert_eq!(read["evaluation"]["indicators"][0]["actual"]["value"], "20公里");
    assert_eq!(read["evaluation"]["indicators"][0]["score"]["value"], 60);
    assert_eq!(read.get("unknown_headers"), None);
    assert_eq!(serious(&after), Vec::<String>::new());
    let again = hebiao(&["forms", "learn", "--forms", &words, &path]);
    assert!(again.stdout.contains("没有要补的词汇"), "{}", again.stdout);
}

#[test]
fn a_kind_of_indicator_is_the_level_whose_names_stand_below_it() {
    let mut table = Table::new("自评表", &[]);
    table.set("A1", "项目支出绩效自评表").merge("A1:H1");
    table.set("A2", "（2023年度）").merge("A2:H2");
    table.set("A3", "项目名称").set("B3", "农村公路养护").merge("B3:H3");
    let headers = [
        "指标类型",
        "指标名称",
        "符号",
        "指标值",
        "计量单位",
        "完成值",
        "分值",
        "得分",
    ];
    let rows = [["产出指标", "养护里程", "≥"], ["效益指标", "受益村庄", "≥"]];
    for (column, text) in ('A'..).zip(headers) {
        table.set(&format!("{column}4"), text);
    }
    for (row, (texts, (unit, points))) in rows.into_iter().zip([("公里", 60), ("个", 40)]).enumerate() {
        let row = row + 5;
        for (column, text) in ('A'..).zip(texts) {
            table.set(&format!("{column}{row}"), text);
        }
        table
            .set(&format!("D{row}"), 8)
            .set(&format!("E{row}"), unit)
            .set(&format!("F{row}"), 8);
        table.set(&format!("G{row}"), points).set(&format!("H{row}"), points);
    }
    table.set("A7", "总分").merge("A7:F7").set("G7", 100).set("H7", 100);
    let (file, _) = checked(&table, &[]);
    let read = &file["tables"][0];
    assert_eq!(serious(&file), Vec::<String>::new());
    assert_eq!(read["guessed"][0]["text"], "指标类型");
    let indicator = &read["evaluation"]["indicators"][1];
    assert_eq!(indicator["level1"]["value"], "效益指标");
    assert_eq!(indicator["operator"]["value"], "≥");
}
