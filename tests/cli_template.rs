//! `hebiao template`: blank forms of every kind, filled in as a unit would and read back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod common;
#[path = "support/filled_form.rs"]
mod filled_form;

use common::{CLEAN, Folder, Run, findings, hebiao, hebiao_with, names, serious};
use filled_form::Form;
use serde_json::{Value, json};

const KINDS: [&str; 4] = [
    "project_self_evaluation",
    "department_evaluation",
    "overall_self_evaluation",
    "transfer_self_evaluation",
];
const CHINESE: [&str; 4] = ["项目支出自评", "部门评价", "整体支出自评", "转移支付自评"];

/// 二级指标, its indicator: name, sign, target, unit, actual.
const INDICATORS: [(&str, [&str; 5]); 21] = [
    ("数量指标", ["培训人数", "≥", "600", "人", "600"]),
    ("质量指标", ["培训合格率", "≥", "95%", "", "97%"]),
    (
        "时效指标",
        ["培训任务完成时间", "", "2024年12月底前", "", "2024年11月30日"],
    ),
    ("成本指标", ["人均培训成本", "≤", "2200", "元", "2130"]),
    ("经济成本指标", ["人均培训成本", "≤", "2200", "元", "2130"]),
    ("社会成本指标", ["参训人员交通投诉", "≤", "3", "件", "2"]),
    ("生态环境成本指标", ["每场培训用电成本", "≤", "200", "元", "180"]),
    ("经济效益指标", ["学员人均月收入增加额", "≥", "500", "元", "520"]),
    ("社会效益指标", ["培训后半年内就业率", "≥", "70%", "", "72%"]),
    ("生态效益指标", ["电子教材使用率", "≥", "80%", "", "90%"]),
    (
        "可持续影响指标",
        ["长效培训机制建立情况", "定性", "达成年度指标", "", "达成年度指标"],
    ),
    ("服务对象满意度指标", ["参训学员满意度", "≥", "90%", "", "93%"]),
    ("项目立项", ["立项程序规范性", "定性", "规范", "", "达成年度指标"]),
    ("绩效目标", ["绩效指标明确性", "定性", "明确", "", "达成年度指标"]),
    ("资金投入", ["预算编制科学性", "定性", "科学", "", "达成年度指标"]),
    ("资金管理", ["资金到位率", "＝", "100%", "", "100%"]),
    ("组织实施", ["管理制度健全性", "定性", "健全", "", "达成年度指标"]),
    ("产出数量", ["培训人数", "≥", "600", "人", "600"]),
    ("产出质量", ["培训合格率", "≥", "95%", "", "97%"]),
    ("产出时效", ["培训完成率", "≥", "100%", "", "100%"]),
    ("产出成本", ["人均培训成本", "≤", "2200", "元", "2130"]),
];
const BENEFIT: [&str; 5] = ["培训后半年内就业率", "≥", "70%", "", "72%"];

fn template(folder: &Folder, kind: &str, more: &[&str]) -> String {
    let path = folder.word(&format!("{kind}.xlsx"));
    let mut words = vec!["template", kind, "-o", &path, "--force"];
    words.extend(more);
    let run = hebiao(&words);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    path
}

/// Fills a form in without a mistake, `earned` being the part of the execution points due at 96 %, and gives the rows that were written: name, target, actual, weight.
fn fill(form: &mut Form, full: i64, earned: f64) -> Vec<[Value; 4]> {
    for (label, value) in [
        ("项目名称", "职业技能提升培训项目"),
        ("转移支付（项目）名称", "就业补助资金"),
        ("中央主管部门", "人力资源和社会保障部"),
        ("主管部门", "示例县人力资源和社会保障局"),
        ("地方主管部门", "示例县人力资源和社会保障局"),
        ("实施单位", "示例县就业服务中心"),
        ("资金使用单位", "示例县就业服务中心"),
        ("部门名称", "示例县人力资源和社会保障局"),
        ("预算单位", "示例县就业服务中心"),
        ("填报人：", "示例人员"),
        ("评价人员：", "示例人员"),
        ("联系电话：", "0797-0000000"),
        ("填报日期：", "2025年1月20日"),
        ("评价日期：", "2025年1月20日"),
        ("说明", "审计中没有发现问题。"),
    ] {
        if let Some(cell) = form.right_of(label) {
            form.text(&cell, value);
        }
    }
    for subject in [
        "分配科学性",
        "下达及时性",
        "拨付合规性",
        "使用规范性",
        "执行准确性",
        "预算绩效管理情况",
        "支出责任履行情况",
    ] {
        if let Some(cell) = form.right_of(subject) {
            form.text(&cell, "按规定办理。");
        }
    }
    let total = form.row_of_any(&["年度资金总额", "年度资金总额："]);
    for (row, amount, executed) in [
        (total, 120.0, 115.2),
        (total + 1, 120.0, 115.2),
        (total + 2, 0.0, 0.0),
        (total + 3, 0.0, 0.0),
    ] {
        let initial = form.column_of("年初预算数");
        for (column, value) in [
            (initial, amount),
            (
                form.column_of("全年预算数").or(form.column_of("全年预算数（A）")),
                amount,
            ),
            (
                form.column_of("全年执行数").or(form.column_of("全年执行数（B）")),
                executed,
            ),
        ] {
            if let Some(column) = column {
                form.number(&format!("{column}{row}"), value);
            }
        }
        let rate = form
            .column_of("执行率")
            .or(form.column_of("预算执行率（B/A）"))
            .unwrap();
        if amount > 0.0 {
            form.number(&format!("{rate}{row}"), 0.96);
        }
    }
    let goal = form.row_of_any(&["预期目标", "总体目标"]) + 1;
    form.text(&format!("B{goal}"), "全年培训600人，提高城乡劳动者就业能力。");
    form.text(&format!("H{goal}"), "全年培训600人，培训合格率97%，学员满意度93%。");

    let fund = form
        .value(&format!("I{total}"))
        .and_then(|text| text.parse::<i64>().ok());
    let (reached, mut sum) = match fund {
        Some(points) => {
            let score = points as f64 * earned;
            form.number(&format!("K{total}"), score);
            (full - points, score)
        }
        None => (full, 0.0),
    };
    let rows = form.indicator_rows();
    // One indicator for each 二级指标; those of one 一级指标 share its points.
    let firsts: Vec<usize> = (0..rows.len()).filter(|&at| rows[at].level2.is_some()).collect();
    let mut written = Vec::new();
    for (position, &at) in firsts.iter().enumerate() {
        let row = &rows[at];
        let level2 = row.level2.clone().unwrap();
        let of_level = |other: &usize| rows[*other].level1 == row.level1;
        let (points, share): (i64, Vec<usize>) = match row.points {
            Some(points) => (points, firsts.iter().copied().filter(of_level).collect()),
            None => (reached, firsts.clone()),
        };
        let count = share.len() as i64;
        let is_last = share.last() == Some(&at);
        let weight = points / count + if is_last { points % count } else { 0 };
        let known = INDICATORS.iter().find(|(name, _)| *name == level2);
        let [name, sign, target, unit, actual] = known.map_or(BENEFIT, |(_, row)| *row);
        let line = row.row;
        for (column, text) in [("D", name), ("E", sign), ("F", target), ("G", unit), ("H", actual)] {
            if !text.is_empty() {
                form.text(&format!("{column}{line}"), text);
            }
        }
        if form.column_of("得分").is_some() {
            form.number(&format!("I{line}"), weight as f64);
            form.number(&format!("J{line}"), weight as f64);
            sum += weight as f64;
        }
        written.push([json!(name), json!(target), json!(actual), json!(weight)]);
        assert!(position < 30);
    }
    if let Some(row) = form.row_of("总分") {
        form.number(&format!("J{row}"), (sum * 100.0).round() / 100.0);
    }
    if let Some(row) = form.row_of("评价等次") {
        form.text(&format!("I{row}"), "优");
    }
    written
}

fn check(path: &str, more: &[&str]) -> Value {
    let mut words = vec!["check", "--format", "json", path];
    words.extend(more);
    hebiao(&words).file()
}

#[test]
fn every_form_filled_in_under_every_standard_comes_back_clean_and_whole() {
    let folder = Folder::new();
    for standard in [
        "ministry-2020",
        "core-2021",
        "jiangxi",
        "hubei",
        "guangxi",
        "sichuan",
        "zhejiang",
        "shanxi",
        "ministry-2018",
        "department-2020",
    ] {
        // By steps, 96 % earns what 80 % does.
        let earned = if ["core-2021", "jiangxi"].contains(&standard) {
            0.7
        } else {
            0.96
        };
        for kind in KINDS {
            let blank = template(&folder, kind, &["--year", "2024", "--standard", standard]);
            let mut form = Form::open(&blank);
            let written = fill(&mut form, 100, earned);
            let filled = folder.file(&format!("{standard}-{kind}.xlsx"), &form.zip());
            let file = check(&filled, &["--standard", standard]);
            assert_eq!(serious(&file), Vec::<String>::new(), "{standard} {kind}");
            let table = &file["tables"][0];
            assert_eq!(table["kind"], kind);
            assert_eq!(table["coverage"]["unread"], json!([]), "{standard} {kind}");
            let evaluation = &table["evaluation"];
            assert_eq!(evaluation["year"]["value"], 2024);
            let read: Vec<[Value; 4]> = evaluation["indicators"]
                .as_array()
                .unwrap()
                .iter()
                .map(|indicator| {
                    let value = |field: &str| indicator[field]["value"].clone();
                    [value("level3"), value("target"), value("actual"), value("weight")]
                })
                .collect();
            let expected: Vec<[Value; 4]> = written
                .into_iter()
                .map(|[name, target, actual, weight]| {
                    let weight = if kind == "transfer_self_evaluation" {
                        Value::Null
                    } else {
                        weight
                    };
                    [name, target, actual, weight]
                })
                .collect();
            assert_eq!(read, expected, "{standard} {kind}");
            assert_eq!(evaluation["funds"][0]["executed"]["value"], 115.2);
            assert_eq!(evaluation["funds"][0]["execution_rate"]["value"], 0.96);
            assert_eq!(evaluation["funds"].as_array().unwrap().len(), 4);
            assert_eq!(evaluation["implementing_unit"]["value"], "示例县就业服务中心");
            assert_eq!(
                evaluation["goals"][0]["actual"]["value"],
                "全年培训600人，培训合格率97%，学员满意度93%。"
            );
        }
    }
}

#[test]
fn an_empty_form_is_read_whole_and_has_no_indicator_yet() {
    let folder = Folder::new();
    for (kind, chinese) in KINDS.iter().zip(CHINESE) {
        let file = check(&template(&folder, chinese, &[]), &[]);
        let table = &file["tables"][0];
        assert_eq!(table["kind"], *kind);
        assert_eq!(table["coverage"]["unread"], json!([]), "{kind}");
        assert_eq!(table["evaluation"]["indicators"], json!([]));
        let found = findings(&file);
        assert!(
            matches!(found.as_slice(), [only] if only.starts_with("D23 error")),
            "{kind}: {found:?}"
        );
        let skipped = &file["skipped_sheets"][0];
        assert_eq!(
            (&skipped["sheet"], &skipped["reason"]),
            (&json!("填表说明"), &json!("空白表附带的填表说明，没有要核对的内容"))
        );
    }
}

#[test]
fn only_cells_to_fill_in_are_unlocked_and_what_is_typed_is_limited() {
    let folder = Folder::new();
    let form = Form::open(&template(&folder, "项目支出自评", &["--year", "2024"]));
    let sheet = form.sheet_xml();
    assert!(
        sheet.contains("<sheetProtection ") && !sheet.contains("password"),
        "protected, without a password"
    );
    let row = form.indicator_rows()[0].row;
    let total = form.row_of("总分").unwrap();
    for unlocked in [
        "C3",
        "C4",
        "I4",
        "D6",
        "E6",
        "G6",
        "J6",
        "K6",
        "L6",
        &format!("D{row}"),
        &format!("E{row}"),
        &format!("H{row}"),
        &format!("I{row}"),
        &format!("J{row}"),
        &format!("K{row}"),
        &format!("J{total}"),
    ] {
        assert!(form.is_unlocked(unlocked), "{unlocked}");
    }
    for locked in [
        "A1",
        "A2",
        "A3",
        "I6",
        "I7",
        "K7",
        "A5",
        &format!("B{row}"),
        &format!("C{row}"),
        &format!("I{total}"),
    ] {
        assert!(!form.is_unlocked(locked), "{locked}");
    }
    let last = total - 1;
    for part in [
        r#"<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="填写有误" error="请从列表里选一个符号，或选“定性”。""#,
        "<formula1>\"≥,≤,＝,＞,＜,定性\"</formula1>",
        "<formula1>\"达成年度指标,部分达成年度指标并具有一定效果,未达成年度指标且效果较差\"</formula1>",
        &format!("<formula1>AND(ISNUMBER(I{row}),I{row}&gt;=0,SUM($I${row}:$I${last})+$I$6&lt;=100)</formula1>"),
        &format!("<formula1>0</formula1><formula2>I{row}</formula2>"),
        &format!("<formula1>ABS(J{total}-SUM($J${row}:$J${last})-$K$6)&lt;0.01</formula1>"),
    ] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    assert!(form.part("xl/worksheets/sheet2.xml").contains("<sheetProtection "));
}

#[test]
fn no_form_holds_a_formula_and_each_is_printable() {
    let folder = Folder::new();
    for kind in KINDS {
        let form = Form::open(&template(&folder, kind, &[]));
        for name in form.names() {
            if name.starts_with("xl/worksheets/") && name.ends_with(".xml") {
                let part = form.part(&name);
                assert!(!part.contains("<f>") && !part.contains("<f "), "{kind} {name}");
                assert!(
                    part.contains(r#"paperSize="9""#) && part.contains("&amp;P"),
                    "{kind} {name}"
                );
            }
            assert!(!name.contains("externalLink"), "{kind} {name}");
        }
        assert!(form.part("xl/workbook.xml").contains("_xlnm.Print_Titles"), "{kind}");
    }
}

#[test]
fn the_instructions_speak_of_what_the_form_has_and_of_the_clauses_it_is_checked_by() {
    let folder = Folder::new();
    let texts = |kind: &str| {
        Form::open(&template(&folder, kind, &[]))
            .part("xl/sharedStrings.xml")
            .to_owned()
    };
    let transfer = texts("transfer_self_evaluation");
    assert!(transfer.contains("已经写好的指标和指标值是批复的内容") && !transfer.contains("指标值和分值"));
    let department = texts("department_evaluation");
    assert!(department.contains("指标、指标值和分值是批复的内容") && department.contains("评价方案的评分标准"));
    assert!(!department.contains("第十六条"));
    assert!(texts("overall_self_evaluation").contains("预算执行情况"));
    // A standard that is named holds.
    let path = folder.word("named.xlsx");
    let words = ["template", "部门评价", "--standard", "ministry-2020", "-o", &path];
    assert_eq!(hebiao(&words).code, 0);
    assert!(Form::open(&path).part("xl/sharedStrings.xml").contains("第十六条"));
}

#[test]
fn the_same_form_gives_the_same_bytes_and_standard_output_takes_it() {
    let folder = Folder::new();
    let words = |path: &str| ["template", "部门评价", "--year", "2024", "-o", path].map(str::to_owned);
    let (one, two) = (folder.word("one.xlsx"), folder.word("two.xlsx"));
    for path in [&one, &two] {
        let words = words(path);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(hebiao(&words).code, 0);
    }
    let bytes = std::fs::read(&one).unwrap();
    assert_eq!(bytes, std::fs::read(&two).unwrap());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hebiao"))
        .args(["template", "部门评价", "--year", "2024", "-o", "-"])
        .output()
        .unwrap();
    assert_eq!(output.stdout, bytes);
}

#[test]
fn rows_and_the_standard_shape_the_form() {
    let folder = Folder::new();
    let form = Form::open(&template(&folder, "项目支出自评", &["--rows", "4"]));
    assert_eq!(form.indicator_rows().len(), 9 * 4);
    let form = Form::open(&template(&folder, "项目支出自评", &["--standard", "core-2021"]));
    let levels: Vec<(String, Option<i64>)> = form
        .indicator_rows()
        .into_iter()
        .filter_map(|row| row.names_level1.then_some((row.level1?, row.points)))
        .collect();
    let expected = [("成本指标", 20), ("产出指标", 40), ("效益指标", 20), ("满意度指标", 10)];
    assert_eq!(levels, expected.map(|(name, points)| (name.to_owned(), Some(points))));
    let form = Form::open(&template(&folder, "项目支出自评", &["--standard", "hubei"]));
    assert_eq!(form.value("I6").as_deref(), Some("20"));
    assert!(form.indicator_rows().iter().all(|row| row.points.is_none()));
}

/// What a target table says, in the words of the form that is read back.
fn target_table() -> common::Table {
    let mut table = common::Table::new("目标表", &[12.0; 7]);
    table.set("A1", "项目支出绩效目标申报表").set("A2", "（2025年度）");
    table.set("A3", "项目名称").set("B3", "乡村道路硬化");
    table
        .set("A4", "主管部门")
        .set("B4", "示例县交通运输局")
        .set("D4", "实施单位")
        .set("E4", "示例县公路中心");
    for (cell, text) in ["A", "B", "C", "D", "E", "F", "G"].iter().zip([
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "计量单位",
        "权重",
    ]) {
        table.set(&format!("{cell}9"), text);
    }
    table.merge("A5:A7").set("A5", "项目资金（万元）");
    for (row, label, amount) in [
        (5, "年度资金总额：", 300),
        (6, "其中：财政拨款", 280),
        (7, "其他资金", 20),
    ] {
        table.set(&format!("B{row}"), label).set(&format!("C{row}"), amount);
    }
    table
        .set("A8", "年度总体目标")
        .merge("B8:G8")
        .set("B8", "硬化道路12公里，改善6个村的出行条件。");
    for (row, line) in [
        ["产出指标", "数量指标", "硬化道路里程", "≥", "12", "公里", "30"],
        ["产出指标", "质量指标", "验收合格率", "＝", "100%", "", "20"],
        ["效益指标", "社会效益指标", "受益村个数", "≥", "6", "个", "30"],
        ["满意度指标", "服务对象满意度指标", "村民满意度", "≥", "90%", "", "6"],
        [
            "满意度指标",
            "服务对象满意度指标",
            "村民评议情况",
            "定性",
            "好评",
            "",
            "4",
        ],
    ]
    .iter()
    .enumerate()
    {
        for (column, text) in ["A", "B", "C", "D", "E", "F", "G"].iter().zip(line) {
            let cell = format!("{column}{}", row + 10);
            match (*column, text.parse::<i32>()) {
                ("G", Ok(number)) => table.set(&cell, number),
                _ => table.set(&cell, *text),
            };
        }
    }
    table
}

#[test]
fn an_approved_target_table_is_taken_over_and_its_indicators_are_locked() {
    let folder = Folder::new();
    let source = folder.table("目标表.xlsx", &target_table());
    let blank = template(&folder, "项目支出自评", &["--from", &source]);
    let form = Form::open(&blank);
    let texts = |row: u32| -> Vec<String> {
        ["B", "C", "D", "E", "F", "G", "I"]
            .iter()
            .map(|column| form.value(&format!("{column}{row}")).unwrap_or_default())
            .collect()
    };
    assert_eq!(form.value("A2").as_deref(), Some("（2025年度）"));
    assert_eq!(form.value("C3").as_deref(), Some("乡村道路硬化"));
    assert_eq!(form.value("C4").as_deref(), Some("示例县交通运输局"));
    assert_eq!(form.value("I4").as_deref(), Some("示例县公路中心"));
    let rows = form.indicator_rows();
    assert_eq!(rows.len(), 5);
    let first = rows[0].row;
    assert_eq!(
        texts(first),
        ["产出指标", "数量指标", "硬化道路里程", "≥", "12", "公里", "30"]
    );
    assert_eq!(texts(first + 1), ["", "质量指标", "验收合格率", "＝", "1", "", "20"]);
    assert_eq!(
        texts(first + 3),
        ["满意度指标", "服务对象满意度指标", "村民满意度", "≥", "0.9", "", "6"]
    );
    // What was approved is what the year begins with; what it ends with is for the unit to say.
    for (row, label, amount) in [
        (6, "年度资金总额：", "300"),
        (7, "其中：财政拨款", "280"),
        (8, "其他资金", "20"),
    ] {
        assert_eq!(form.value(&format!("B{row}")).as_deref(), Some(label));
        assert_eq!(form.value(&format!("D{row}")).as_deref(), Some(amount));
        assert_eq!(form.value(&format!("E{row}")), None);
    }
    assert_eq!(
        form.value("B10").as_deref(),
        Some("硬化道路12公里，改善6个村的出行条件。")
    );
    for column in ["D", "E", "F", "G", "I"] {
        assert!(!form.is_unlocked(&format!("{column}{first}")), "{column}");
    }
    for column in ["H", "J", "K"] {
        assert!(form.is_unlocked(&format!("{column}{first}")), "{column}");
    }
    // The last indicator is qualitative: its actual value is expected to be a tier.
    let sheet = form.sheet_xml();
    let rule = sheet
        .split("<dataValidation ")
        .find(|rule| rule.contains(&format!("sqref=\"H{}\"", first + 4)));
    let rule = rule.unwrap();
    assert!(
        rule.contains("errorStyle=\"warning\"") && rule.contains("showErrorMessage=\"1\""),
        "{rule}"
    );
    assert!(sheet.contains(&format!("sqref=\"H{first}:H{}\"", first + 3)));
    let read = check(&blank, &[]);
    let indicators = read["tables"][0]["evaluation"]["indicators"].as_array().unwrap();
    let targets: Vec<&str> = indicators
        .iter()
        .map(|indicator| indicator["target"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(targets, ["12", "100%", "6", "90%", "好评"]);
    assert_eq!(read["tables"][0]["coverage"]["unread"], json!([]));
}

#[test]
fn a_normalized_table_and_a_report_serve_as_a_source_too() {
    let folder = Folder::new();
    let outputs = folder.word("结果");
    assert_eq!(hebiao(&["convert", CLEAN, "-o", &outputs]).code, 0);
    let normalized = format!("{outputs}/项目支出绩效自评表-示例.规范表.xlsx");
    let report = folder.file(
        "报告.json",
        hebiao(&["check", "--format", "json", CLEAN]).stdout.as_bytes(),
    );
    for source in [CLEAN, &normalized, &report] {
        let blank = template(
            &folder,
            "项目支出自评",
            &["--from", source, "--year", "2024", "--unit", "示例县新单位"],
        );
        let read = check(&blank, &[]);
        let evaluation = &read["tables"][0]["evaluation"];
        assert_eq!(evaluation["year"]["value"], 2024, "{source}");
        assert_eq!(evaluation["implementing_unit"]["value"], "示例县新单位");
        assert_eq!(evaluation["project_name"]["value"], "职业技能提升培训项目");
        let indicators = evaluation["indicators"].as_array().unwrap();
        assert_eq!(indicators.len(), 10, "{source}");
        let line = |at: usize| {
            ["level1", "level2", "level3", "target", "weight", "actual", "score"]
                .map(|field| indicators[at][field]["value"].clone())
        };
        assert_eq!(
            line(1),
            [
                json!("产出指标"),
                json!("数量指标"),
                json!("培训人数"),
                json!("≥600人"),
                json!(10),
                json!(null),
                json!(null)
            ]
        );
        assert_eq!(indicators[0]["level1_weight"]["value"], 50);
        assert_eq!(evaluation["funds"][0]["initial_budget"]["value"], 126.5);
        assert_eq!(
            evaluation["funds"][0]["executed"],
            json!(null),
            "what was achieved is not taken over"
        );
        assert_eq!(evaluation["funds"].as_array().unwrap().len(), 4);
    }
}

#[test]
fn a_mark_says_the_form_where_the_wording_does_not_and_never_against_it() {
    let folder = Folder::new();
    let mut form = Form::open(&template(&folder, "项目支出自评", &["--year", "2024"]));
    fill(&mut form, 100, 0.96);
    let kind = |form: &Form, name: &str| {
        let file = check(&folder.file(name, &form.zip()), &[]);
        file["tables"][0]["kind"].as_str().map(str::to_owned)
    };
    assert!(form.part("xl/workbook.xml").contains(
        r#"<definedName name="_hebiao.form" hidden="1" localSheetId="0">"project-self-evaluation/1"</definedName>"#
    ));
    let mut renamed = form.clone();
    renamed.text("A1", "就业补助资金绩效情况表");
    assert_eq!(
        kind(&renamed, "renamed.xlsx").as_deref(),
        Some("project_self_evaluation")
    );
    let mut contrary = form.clone();
    contrary.text("A1", "部门整体支出绩效自评表");
    assert_eq!(
        kind(&contrary, "contrary.xlsx").as_deref(),
        Some("overall_self_evaluation")
    );
    for text in [
        "transfer-self-evaluation/1",
        "no-such-form/1",
        "project-self-evaluation/99",
        "",
        "/",
        "&quot;",
        "SUM(A1)",
    ] {
        let mut tampered = form.clone();
        tampered.replace(
            "xl/workbook.xml",
            "\"project-self-evaluation/1\"",
            &format!("\"{text}\""),
        );
        assert_eq!(
            kind(&tampered, "tampered.xlsx").as_deref(),
            Some("project_self_evaluation"),
            "{text}"
        );
    }
    for (from, to) in [
        ("localSheetId=\"0\"", "localSheetId=\"77\""),
        ("localSheetId=\"0\"", "localSheetId=\"x\""),
        ("localSheetId=\"0\"", ""),
    ] {
        let mut tampered = form.clone();
        tampered.replace("xl/workbook.xml", from, to);
        assert_eq!(
            kind(&tampered, "tampered.xlsx").as_deref(),
            Some("project_self_evaluation"),
            "{to}"
        );
    }
}

#[test]
fn a_mark_makes_no_evaluation_of_a_sheet_that_is_none() {
    let folder = Folder::new();
    let mut form = Form::open(&template(&folder, "项目支出自评", &[]));
    form.replace("xl/workbook.xml", "\"instructions/1\"", "\"project-self-evaluation/1\"");
    let file = check(&folder.file("表.xlsx", &form.zip()), &[]);
    assert_eq!(file["tables"].as_array().unwrap().len(), 1);
    assert_eq!(file["skipped_sheets"][0]["sheet"], "填表说明");
}

fn refused(run: &Run, code: i32, message: &str) {
    assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{}", run.stderr);
    assert_eq!(run.stderr.trim_end(), message);
}

#[test]
fn wrong_usage_is_said_in_one_sentence() {
    let folder = Folder::new();
    let path = folder.word("表.xlsx");
    let all = "项目支出自评、部门评价、整体支出自评、转移支付自评";
    for (words, message) in [
        (
            vec!["template"],
            "hebiao：缺少 --output <文件>、<种类>。用法请看 hebiao --help".to_owned(),
        ),
        (
            vec!["template", "自评", "-o", &path],
            format!("hebiao：<种类> 不能取“自评”，可以是：{all}。用法请看 hebiao --help"),
        ),
        (
            vec!["template", "部门评价"],
            "hebiao：缺少 --output <文件>。用法请看 hebiao --help".to_owned(),
        ),
        (
            vec!["template", "部门评价", "-o", &path, "--rows", "0"],
            "hebiao：--rows <行数> 不能取“0”，要写 1 到 50 的整数。用法请看 hebiao --help".to_owned(),
        ),
        (
            vec!["template", "部门评价", "-o", &path, "--year", "24"],
            "hebiao：--year <年度> 不能取“24”，要写 1990 到 2100 的整数。用法请看 hebiao --help".to_owned(),
        ),
    ] {
        refused(&hebiao(&words), 2, &message);
    }
    assert_eq!(names(&folder.path("")), Vec::<String>::new());
}

#[test]
fn nothing_is_written_over_without_force_and_never_over_the_source() {
    let folder = Folder::new();
    let there = folder.file("表.xlsx", b"mine");
    refused(
        &hebiao(&["template", "部门评价", "-o", &there]),
        2,
        &format!("hebiao：输出文件“{there}”已经存在，没有覆盖，如要覆盖请加 --force"),
    );
    assert_eq!(std::fs::read(&there).unwrap(), b"mine");
    let source = folder.table("目标表.xlsx", &target_table());
    let run = hebiao(&["template", "部门评价", "--from", &source, "-o", &source, "--force"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("就是输入文件"), "{}", run.stderr);
}

#[test]
fn a_source_without_targets_or_that_cannot_be_read_is_exit_code_3() {
    let folder = Folder::new();
    let path = folder.word("表.xlsx");
    let missing = folder.word("没有.xlsx");
    refused(
        &hebiao(&["template", "部门评价", "--from", &missing, "-o", &path]),
        3,
        &format!("{missing}：找不到这个文件，请检查路径和文件名。"),
    );
    let other = folder.file("清单.csv", "名称,数量\n桌子,3\n".as_bytes());
    refused(
        &hebiao(&["template", "部门评价", "--from", &other, "-o", &path]),
        3,
        &format!("{other}：没有找到绩效指标；目标表要有“三级指标”和“指标值”两栏，请确认是否选错了文件。"),
    );
    assert!(!std::path::Path::new(&path).exists());
    let run = hebiao_with(&["template", "部门评价", "--from", "-", "-o", &path], &[], b"");
    assert_eq!(run.code, 3, "{}", run.stderr);
}

#[test]
fn a_year_that_was_left_open_is_filled_in_by_the_unit() {
    let folder = Folder::new();
    let mut form = Form::open(&template(&folder, "项目支出自评", &[]));
    assert!(form.is_unlocked("A2"));
    form.text("A2", "（2025年度）");
    let file = check(&folder.file("填好.xlsx", &form.zip()), &[]);
    assert_eq!(file["tables"][0]["evaluation"]["year"]["value"], 2025);
}

#[test]
fn answers_of_a_standard_that_fit_no_list_are_typed() {
    let folder = Folder::new();
    let standard = folder.file(
        "本地.toml",
        "extends = \"ministry-2020\"\nname = \"local\"\n[[grade]]\ngrade = \"excellent\"\nat_least = 90\nnames = [\"优,秀\"]\n\
         [[grade]]\ngrade = \"poor\"\nat_least = 0\nnames = [\"差\"]\n"
            .as_bytes(),
    );
    let form = Form::open(&template(&folder, "部门评价", &["--standard", &standard]));
    assert!(!form.sheet_xml().contains("优,秀"));
    let form = Form::open(&template(&folder, "部门评价", &[]));
    assert!(form.sheet_xml().contains("<formula1>\"优,良,中,差\"</formula1>"));
}

#[test]
fn of_several_tables_the_first_is_used_and_that_is_said() {
    let folder = Folder::new();
    let table = |project: &str| {
        format!(
            "项目支出绩效目标表\n（2025年度）\n项目名称,{project}\n一级指标,二级指标,三级指标,指标值,分值\n产出指标,数量指标,培训人数,≥10人,90\n\n"
        )
    };
    let source = folder.file("目标.csv", (table("道路") + &table("桥梁")).as_bytes());
    let path = folder.word("表.xlsx");
    let run = hebiao(&["template", "项目支出自评", "--from", &source, "-o", &path]);
    assert_eq!(run.code, 0);
    assert!(
        run.stderr.contains("里有 2 张有指标的表，用的是第一张"),
        "{}",
        run.stderr
    );
    assert_eq!(Form::open(&path).value("C3").as_deref(), Some("道路"));
}
