//! Rules of one's own: `--rules`, `rules` in the settings, `hebiao rules check`, and where their findings appear.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{Folder, Table, findings, hebiao, ministry};
use serde_json::Value;

const SAMPLES: &str = "samples/rules";

/// The ministry's sample, whose satisfaction indicator (row 22) has 10 points.
fn with_satisfaction(weight: f64) -> Table {
    let mut table = ministry::table();
    table.set("G22", weight);
    table
}

/// A rule file with one rule on indicators; `lines` take the place of its condition.
fn rule(lines: &str) -> String {
    format!(
        "[[rule]]\ncode = \"X01\"\ntitle = \"试的规则\"\nseverity = \"warning\"\nmessage = \"须如此；{{单元格}}。\"\n\
         advice = \"改正。\"\nbasis = \"试\"\nwrong = {{ }}\nright = {{ }}\n{lines}\n"
    )
}

#[test]
fn the_sample_rules_do_as_their_examples_say() {
    let run = hebiao(&["rules", "check", SAMPLES]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.ends_with("共 3 条规则，正误例都符合。\n"), "{}", run.stdout);
    let json = hebiao(&["rules", "check", "--format", "json", SAMPLES]).json();
    let passed: Vec<&Value> = json.as_array().unwrap().iter().map(|rule| &rule["passed"]).collect();
    assert_eq!(passed, [true, true, true]);
    assert_eq!(json[0]["wrong"].as_array().map(Vec::len), Some(1));
    assert_eq!(json[0]["right"], serde_json::json!([]));
}

#[test]
fn a_rule_finds_its_own_and_no_other_finding_changes() {
    let folder = Folder::new();
    for (weight, own) in [(10.0, vec![]), (8.0, vec!["X01 error G22".to_owned()])] {
        let path = folder.table("表.xlsx", &with_satisfaction(weight));
        let without = findings(&hebiao(&["check", "--format", "json", &path]).file());
        let file = hebiao(&["check", "--format", "json", "--rules", SAMPLES, &path]).file();
        let with = findings(&file);
        let (added, same): (Vec<String>, Vec<String>) = with.into_iter().partition(|found| found.starts_with('X'));
        assert_eq!((added, same), (own, without));
    }
}

#[test]
fn its_finding_is_like_all_others() {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", &with_satisfaction(8.0));
    let file = hebiao(&["check", "--format", "json", "--rules", SAMPLES, &path]).file();
    let all = file["tables"][0]["discrepancies"].as_array().unwrap().clone();
    let found = all.iter().find(|found| found["code"] == "X01").unwrap();
    let expected = serde_json::json!({
        "code": "X01",
        "rule": "own-x01",
        "title": "满意度指标的分值不是 10",
        "severity": "error",
        "cell": "G22",
        "related": [],
        "field": found["field"],
        "declared": "8",
        "expected": "10",
        "difference": "2",
        "message": found["message"],
        "basis": "示例：某县财政局自评工作通知",
        "suggestion": "把这一项的分值改为 10，并调整其他指标的分值，使合计不变。",
    });
    assert_eq!(found, &expected);
    assert!(found["field"].as_str().unwrap().ends_with(".weight"));
    assert!(
        found["message"]
            .as_str()
            .unwrap()
            .starts_with("满意度指标的分值必须为 10；G22 的“")
    );

    let out = folder.word("结果");
    let converted = hebiao(&["convert", "--rules", SAMPLES, "--list", "csv", "-o", &out, &path]);
    assert_eq!(converted.code, 1, "{}", converted.stderr);
    let list = std::fs::read_to_string(folder.path("结果/表.差异清单.csv")).unwrap();
    assert!(
        list.contains("X01") && list.contains("满意度指标的分值不是 10"),
        "{list}"
    );

    let summary = hebiao(&["summarize", "--rules", SAMPLES, "--format", "json", "-o", "-", &path]);
    assert!(
        summary.stdout.contains("\"X01\""),
        "{} {}",
        summary.stdout,
        summary.stderr
    );

    // A result that is checked again gives the finding again.
    let json = hebiao(&["check", "--format", "json", "--rules", SAMPLES, &path]).stdout;
    let result = folder.file("结果.json", json.as_bytes());
    let again = hebiao(&["check", "--format", "json", "--rules", SAMPLES, &result]).file();
    assert!(findings(&again).contains(&"X01 error G22".to_owned()));
}

#[test]
fn settings_name_folders_and_rules_of_ones_own() {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", &with_satisfaction(8.0));
    let text = std::fs::read(format!("{SAMPLES}/本县指标.toml")).unwrap();
    folder.file("规则/本县指标.toml", &text);
    let own = |settings: &str| {
        folder.file("hebiao.toml", format!("rules = [\"规则\"]\n{settings}").as_bytes());
        let run = hebiao(&["check", "--format", "json", &path]);
        assert!(!run.stdout.is_empty(), "{}", run.stderr);
        let all = findings(&run.file());
        all.into_iter()
            .filter(|found| found.starts_with('X'))
            .collect::<Vec<_>>()
    };
    assert_eq!(own(""), ["X01 error G22"]);
    assert_eq!(own("[severity]\nX01 = \"info\"\n"), ["X01 info G22"]);
    assert_eq!(
        own("[severity]\n\"满意度指标的分值不是 10\" = \"off\"\n"),
        Vec::<String>::new()
    );
    let suppressed = "[[suppress]]\nrule = \"x01\"\ntable = \"表.xlsx\"\nfield = \"G22\"\nreason = \"已批准\"\n";
    assert_eq!(own(suppressed), Vec::<String>::new());

    folder.file(
        "hebiao.toml",
        b"rules = [\"\xe8\xa7\x84\xe5\x88\x99\"]\n[severity]\nX09 = \"off\"\n",
    );
    let refused = hebiao(&["check", &path]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("第 3 行“X09”，没有“X09”这条规则"),
        "{}",
        refused.stderr
    );

    folder.file(
        "hebiao.toml",
        "rules = [\"规则\"]\n[severity]\nX01 = \"info\"\n".as_bytes(),
    );
    let shown = hebiao(&["config", "show", &path]).stdout;
    assert!(
        shown.contains("severity.X01") && shown.contains("提示（满意度指标的分值不是 10）"),
        "{shown}"
    );
}

#[test]
fn a_baseline_knows_them() {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", &with_satisfaction(8.0));
    let baseline = folder.word("基线.json");
    hebiao(&["check", "--rules", SAMPLES, "--write-baseline", &baseline, &path]);
    let run = hebiao(&[
        "check",
        "--rules",
        SAMPLES,
        "--baseline",
        &baseline,
        "--format",
        "json",
        &path,
    ]);
    assert_eq!((run.code, findings(&run.file())), (0, Vec::new()));
}

#[test]
fn they_are_listed_and_explained() {
    let list = hebiao(&["rules", "--rules", SAMPLES]).stdout;
    assert!(
        list.lines()
            .any(|line| line.starts_with("X01  错误") && line.ends_with("own-x01")),
        "{list}"
    );
    assert!(!hebiao(&["rules"]).stdout.contains("X01"));
    for name in ["X01", "x01", "own-x01", "满意度指标的分值不是 10"] {
        let page = hebiao(&["explain", name, "--rules", SAMPLES]);
        assert_eq!(page.code, 0, "{}", page.stderr);
        assert!(
            page.stdout.starts_with("X01 满意度指标的分值不是 10\n"),
            "{}",
            page.stdout
        );
        for part in [
            "分值 == 10",
            "各单位的满意度分值一致",
            "\n错误示例\n",
            "分值 8",
            "示例：某县财政局",
        ] {
            assert!(page.stdout.contains(part), "{part} in {}", page.stdout);
        }
    }
    assert_eq!(hebiao(&["explain", "X01"]).code, 2);
}

#[test]
fn examples_that_do_not_do_as_they_should_are_told() {
    let folder = Folder::new();
    let lines = "must = '预算 < 100'\n";
    let text = rule(lines)
        .replace("wrong = { }", "wrong = { budget = 50 }")
        .replace("right = { }", "right = { budget = 120.5 }");
    let path = folder.file("一.toml", text.as_bytes());
    let run = hebiao(&["rules", "check", &path]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    assert!(run.stdout.contains("X01 试的规则（预警）：不符合"), "{}", run.stdout);
    assert!(run.stdout.contains("错误示例：没有查出问题"), "{}", run.stdout);
    assert!(
        run.stdout.ends_with("共 1 条规则，1 条的正误例不符合。\n"),
        "{}",
        run.stdout
    );
    // Nothing can be said of a table without a budget, so an example without one shows nothing.
    let blank = folder.file("二.toml", rule(lines).as_bytes());
    let run = hebiao(&["rules", "check", &blank]);
    assert_eq!(run.code, 1);
    assert!(
        run.stdout.contains("无法判断；表里没有年度资金总额一行"),
        "{}",
        run.stdout
    );
}

#[test]
fn no_rule_of_ones_own_rests_on_a_guessed_column() {
    let folder = Folder::new();
    let wants = |condition: &str| {
        folder.file(
            "规则/试.toml",
            rule(&format!("each = \"指标\"\n{condition}")).as_bytes(),
        )
    };
    let mut table = ministry::table();
    table.set("F12", "实际完成直");
    let path = folder.table("表.xlsx", &table);
    let rules = folder.word("规则");
    let run = || hebiao(&["check", "--format", "json", "--rules", &rules, &path]).file();
    let told = |file: &Value| {
        findings(file)
            .into_iter()
            .filter(|found| found.starts_with("X01"))
            .count()
    };
    let asked = |file: &Value| {
        // Left out where there is none.
        let entries = file["tables"][0]["for_review"].as_array().cloned().unwrap_or_default();
        entries
            .into_iter()
            .filter(|entry| entry["code"] == "X01")
            .collect::<Vec<Value>>()
    };

    wants("when = '三级指标 == \"举办培训班期数\"'\nmust = '完成值 == \"1期\"'\ncell = '完成值'");
    let guessed = run();
    assert_eq!((told(&guessed), asked(&guessed).len()), (0, 1));
    let message = asked(&guessed)[0]["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("F12 的“实际完成直”是推定作"), "{message}");

    // What does not look at the column stands.
    wants("when = '三级指标 == \"举办培训班期数\"'\nmust = '分值 == 1'\ncell = '分值'");
    let known = run();
    assert_eq!((told(&known), asked(&known).len()), (1, 0));
}
