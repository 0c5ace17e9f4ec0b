//! Findings of one advice that come in series are one: coloured and noted at each cell, known and set aside by each.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod annotated_support;
mod common;

use annotated_support::{annotate, fills, is_mark, read};
use common::{Folder, Table, hebiao, ministry};
use hebiao::grid::CellAddress;
use serde_json::Value;

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The ministry's sample with these cells changed.
fn with(changes: &[(&str, &str)]) -> Table {
    let mut table = ministry::table();
    for (cell, text) in changes {
        table.set(cell, *text);
    }
    table
}

/// Targets of the sample's rows 13 to 16 that say too little.
const HEDGED: [(&str, &str); 4] = [
    ("E13", "基本完成"),
    ("E14", "基本达成"),
    ("E15", "基本实现"),
    ("E16", "基本到位"),
];

/// Cells of each finding of a rule, the first one first.
fn cells_of(file: &Value, code: &str) -> Vec<Vec<String>> {
    let findings = file["tables"][0]["discrepancies"].as_array().unwrap().iter();
    let cell = |value: &Value| value.as_str().unwrap().to_owned();
    findings
        .filter(|finding| finding["code"] == code)
        .map(|finding| {
            let others = finding["related"].as_array().unwrap().iter().map(cell);
            let each = finding["each_cell"] == true;
            let others = others.filter(|_| each);
            std::iter::once(cell(&finding["cell"])).chain(others).collect()
        })
        .collect()
}

#[test]
fn each_cell_of_a_series_is_coloured_noted_and_listed() {
    for (code, changes) in [
        ("A14", [("H13", "10 "), ("H15", "10 "), ("H19", "10 "), ("H22", "10 ")]),
        ("D01", [("E13", "……"), ("E14", "……"), ("E15", "≥**%"), ("E16", "/")]),
        ("D14", HEDGED),
    ] {
        let folder = Folder::new();
        let path = folder.table("表.xlsx", &with(&changes));
        let bytes = std::fs::read(&path).unwrap();
        let file = hebiao(&["check", "--format", "json", &path]).file();
        let cells: Vec<&str> = changes.iter().map(|(cell, _)| *cell).collect();
        assert_eq!(cells_of(&file, code), std::slice::from_ref(&cells), "{code}");

        let copy = annotate("表.xlsx", &bytes);
        let after = fills(&copy, SHEET);
        let sheet = &read(&copy).sheets[0];
        for cell in &cells {
            let cell: CellAddress = cell.parse().unwrap();
            assert!(is_mark(&after[&cell]), "{code} {cell}");
            let (_, note) = sheet.notes.iter().find(|(at, _)| *at == cell).expect("a note");
            assert!(note.contains(&format!(" {code}】")), "{code} {cell}\n{note}");
        }

        let out = folder.word("结果");
        hebiao(&["convert", "--list", "csv", "-o", &out, &path]);
        let list = std::fs::read_to_string(folder.path("结果/表.差异清单.csv")).unwrap();
        let line = list.lines().find(|line| line.contains(code)).unwrap();
        assert!(cells.iter().all(|cell| line.contains(cell)), "{code} {line}");
        let normalized = std::fs::read(folder.path("结果/表.规范表.xlsx")).unwrap();
        let sheets = &read(&normalized).sheets;
        let noted = sheets[0].notes.iter().filter(|(_, note)| note.contains(code)).count();
        assert_eq!(noted, cells.len(), "{code}");
    }
}

/// A table with three goals, each of which is only said to be reached.
fn goals_only_claimed() -> Table {
    let mut table = Table::new("自评表", &[12.0; 9]);
    table.merge("A1:I1").set("A1", "项目支出绩效自评表");
    table.set("A2", "项目名称").merge("B2:I2").set("B2", "农村公路养护");
    table.set("A3", "主管部门").merge("B3:D3").set("B3", "县交通运输局");
    table.set("E3", "实施单位").merge("F3:I3").set("F3", "县公路站");
    table.merge("A4:A7").set("A4", "年度总体目标");
    table
        .merge("B4:E4")
        .set("B4", "预期目标")
        .merge("F4:I4")
        .set("F4", "实际完成情况");
    for (row, goal) in (5..).zip(["养护农村公路20公里", "修复损毁桥梁3座", "更换破损标志牌60块"])
    {
        table.merge(&format!("B{row}:E{row}")).set(&format!("B{row}"), goal);
        table
            .merge(&format!("F{row}:I{row}"))
            .set(&format!("F{row}"), "已按期完成年度目标");
    }
    let headers = [
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因",
    ];
    for (column, header) in ('A'..).zip(headers) {
        table.set(&format!("{column}8"), header);
    }
    let row = ["产出指标", "数量指标", "养护里程", "≥20公里", "20公里"];
    for (column, text) in ('B'..).zip(row) {
        table.set(&format!("{column}9"), text);
    }
    table.set("G9", 100).set("H9", 100);
    table
        .merge("A10:F10")
        .set("A10", "总分")
        .set("G10", 100)
        .set("H10", 100);
    table
}

#[test]
fn goals_in_series_are_coloured_and_noted_at_each_cell() {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", &goals_only_claimed());
    let file = hebiao(&["check", "--format", "json", &path]).file();
    assert_eq!(cells_of(&file, "H03"), [["F5", "F6", "F7"]]);
    let copy = annotate("表.xlsx", &std::fs::read(&path).unwrap());
    let (after, sheet) = (fills(&copy, SHEET), &read(&copy).sheets[0]);
    for cell in ["F5", "F6", "F7"] {
        let cell: CellAddress = cell.parse().unwrap();
        assert!(is_mark(&after[&cell]), "{cell}");
        let notes: Vec<&String> = sheet
            .notes
            .iter()
            .filter(|(at, _)| *at == cell)
            .map(|(_, note)| note)
            .collect();
        assert!(
            matches!(notes.as_slice(), [note] if note.contains(" H03】")),
            "{cell} {notes:?}"
        );
    }
    // Taken away again, nothing of it is left.
    let plain = annotate("表.xlsx", &annotate("表.xlsx", &copy));
    assert!(plain == copy);
}

/// What `check` says of a rule with more words on the command line.
fn checked(path: &str, more: &[&str], code: &str) -> Vec<Vec<String>> {
    let words: Vec<&str> = ["check", "--format", "json"]
        .into_iter()
        .chain(more.iter().copied())
        .chain([path])
        .collect();
    cells_of(&hebiao(&words).file(), code)
}

#[test]
fn a_cell_that_joins_a_series_makes_it_new_and_one_that_left_does_not() {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", &with(&HEDGED[..3]));
    let baseline = folder.word("基线.json");
    hebiao(&["check", "--write-baseline", &baseline, &path]);
    let since = |path: &str| checked(path, &["--baseline", &baseline], "D14");
    assert_eq!(since(&path), Vec::<Vec<String>>::new());
    // A fourth joins: the series is told again.
    folder.table("表.xlsx", &with(&HEDGED));
    assert_eq!(since(&path), [["E13", "E14", "E15", "E16"]]);
    // The first is put right: two are left, each known.
    folder.table("表.xlsx", &with(&HEDGED[1..3]));
    assert_eq!(since(&path), Vec::<Vec<String>>::new());
    // Two are left and one is new: the three are told again.
    folder.table("表.xlsx", &with(&HEDGED[1..]));
    assert_eq!(since(&path), [["E14", "E15", "E16"]]);

    // Two findings alone, and a third that makes a series of them.
    folder.table("表.xlsx", &with(&HEDGED[..2]));
    hebiao(&["check", "--write-baseline", &baseline, &path]);
    assert_eq!(since(&path), Vec::<Vec<String>>::new());
    folder.table("表.xlsx", &with(&HEDGED[..3]));
    assert_eq!(since(&path), [["E13", "E14", "E15"]]);
}

#[test]
fn a_baseline_without_cells_still_holds() {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", &with(&HEDGED[..3]));
    let baseline = folder.word("基线.json");
    hebiao(&["check", "--write-baseline", &baseline, &path]);
    let mut old: Value = serde_json::from_slice(&std::fs::read(&baseline).unwrap()).unwrap();
    assert_eq!(old["baseline_version"], 2);
    old["baseline_version"] = 1.into();
    for finding in old["findings"].as_array_mut().unwrap() {
        finding.as_object_mut().unwrap().remove("cells");
    }
    std::fs::write(&baseline, old.to_string()).unwrap();
    assert_eq!(hebiao(&["check", "--baseline", &baseline, &path]).code, 0);
    assert_eq!(
        checked(&path, &["--baseline", &baseline], "D14"),
        Vec::<Vec<String>>::new()
    );
}

#[test]
fn a_series_is_set_aside_only_as_a_whole() {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", &with(&HEDGED[..3]));
    let entry = |field: &str| {
        format!("[[suppress]]\nrule = \"D14\"\ntable = \"*\"\nfield = \"{field}\"\nreason = \"已核实\"\n")
    };
    let left = |fields: &[&str]| {
        let settings: String = fields.iter().map(|field| entry(field)).collect();
        folder.file("hebiao.toml", settings.as_bytes());
        checked(&path, &[], "D14").len()
    };
    assert_eq!(left(&["E13"]), 1);
    assert_eq!(left(&["indicators[0].target"]), 1);
    assert_eq!(left(&["E13", "E14", "E15"]), 0);
    assert_eq!(left(&["indicators[*].target"]), 0);
    assert_eq!(left(&["*"]), 0);
}
