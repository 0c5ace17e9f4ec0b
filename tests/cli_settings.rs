//! `hebiao.toml`, suppressions, baselines and `hebiao config show`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{CLEAN, Folder, SEED, hebiao};
use serde_json::Value;

/// A folder with the county's sample and these settings beside it; the sample's path.
fn with_settings(settings: &str) -> (Folder, String) {
    let folder = Folder::new();
    folder.file("hebiao.toml", settings.as_bytes());
    let path = folder.file("表.xlsx", &std::fs::read(SEED).unwrap());
    (folder, path)
}

fn codes(file: &Value) -> Vec<String> {
    let findings = file["tables"][0]["discrepancies"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            format!(
                "{} {} {}",
                finding["code"].as_str().unwrap(),
                finding["cell"].as_str().unwrap(),
                finding["severity"].as_str().unwrap()
            )
        })
        .collect()
}

fn checked(path: &str) -> Value {
    hebiao(&["check", "--format", "json", path]).file()
}

#[test]
fn levels_are_set_by_code_slug_or_title_and_rules_can_be_off() {
    let usual = codes(&checked(SEED));
    assert!(usual.contains(&"D14 D28 info".to_owned()) && usual.contains(&"A04 F6 warning".to_owned()));
    let (_folder, path) =
        with_settings("[severity]\nhedged-target = \"error\"\nA04 = \"off\"\n\"表头信息缺失\" = \"warning\"\n");
    let expected: Vec<String> = usual
        .iter()
        .filter(|finding| !finding.starts_with("A04"))
        .map(|finding| match finding.as_str() {
            "D14 D25 info" => "D14 D25 error".to_owned(),
            "D14 D28 info" => "D14 D28 error".to_owned(),
            "H01 A1 info" => "H01 A1 warning".to_owned(),
            same => same.to_owned(),
        })
        .collect();
    assert_eq!(codes(&checked(&path)), expected);
}

#[test]
fn settings_are_found_above_the_input_and_config_names_others() {
    let (folder, _) = with_settings("[severity]\nA01 = \"off\"\n");
    let deep = folder.file("某局/2023/表.xlsx", &std::fs::read(SEED).unwrap());
    assert!(!codes(&checked(&deep)).iter().any(|finding| finding.starts_with("A01")));
    let other = folder.file("另一份.toml", b"");
    let file = hebiao(&["check", "--format", "json", "--config", &other, &deep]).file();
    assert_eq!(codes(&file), codes(&checked(SEED)));
    // The nearest settings hold, whatever stands above.
    folder.file("某局/hebiao.toml", b"[severity]\nA04 = \"off\"\n");
    let found = codes(&checked(&deep));
    assert!(
        found.iter().any(|finding| finding.starts_with("A01"))
            && !found.iter().any(|finding| finding.starts_with("A04"))
    );
}

#[test]
fn each_input_has_its_own_settings() {
    let (_folder, path) = with_settings("standard = \"sichuan\"\n");
    let report = hebiao(&["check", "--format", "json", &path, CLEAN]).json();
    let standard = |index: usize| report["files"][index]["tables"][0]["rescoring"]["standard"].clone();
    assert_eq!((standard(0), standard(1)), ("sichuan".into(), "ministry-2020".into()));
    let forced = hebiao(&["check", "--format", "json", "--standard", "hubei", &path]).file();
    assert_eq!(forced["tables"][0]["rescoring"]["standard"], "hubei");
}

#[test]
fn tolerances_and_required_reasons_hold() {
    let (_folder, path) =
        with_settings("[tolerance]\nscore = 1\n[reasons]\nrequired = [\"execution\"]\nexecution_below = \"1\"\n");
    let run = hebiao(&["config", "show", &path]);
    for line in ["tolerance.score", "reasons.execution_below", "severity.C10"] {
        let line = run.stdout.lines().find(|text| text.starts_with(line)).unwrap();
        assert!(line.contains("hebiao.toml"), "{line}");
    }
    let line = run
        .stdout
        .lines()
        .find(|text| text.starts_with("tolerance.money"))
        .unwrap();
    assert!(line.contains("标准 ministry-2020"), "{line}");
}

#[test]
fn a_finding_set_aside_is_counted_and_gives_its_reason() {
    let entry =
        "[[suppress]]\nrule = \"total-score-mismatch\"\ntable = \"表*\"\nfield = \"G30\"\nreason = \"已另行说明\"\n";
    let (_folder, path) = with_settings(entry);
    let run = hebiao(&["check", &path]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(
        run.stdout.contains("按设置忽略 1 项") && run.stdout.contains("另有 1 项已忽略"),
        "{}",
        run.stdout
    );
    assert_eq!(run.stderr, "");
    let file = checked(&path);
    let aside = &file["tables"][0]["set_aside"];
    assert_eq!(aside.as_array().unwrap().len(), 1);
    assert_eq!(
        (&aside[0]["code"], &aside[0]["by"], &aside[0]["reason"]),
        (&"A01".into(), &"settings".into(), &"已另行说明".into())
    );
    assert_eq!(file["status"], "findings");
    // Fields and patterns are as good as cells.
    for (table, field) in [("*", "total.score"), ("Sheet1", "total.*"), ("工信局*", "*")] {
        let (_folder, path) = with_settings(&format!(
            "[[suppress]]\nrule = \"A01\"\ntable = \"{table}\"\nfield = \"{field}\"\nreason = \"无\"\n"
        ));
        assert_eq!(hebiao(&["check", &path]).code, 0, "{table} {field}");
    }
}

#[test]
fn a_table_whose_findings_are_all_set_aside_is_clean() {
    let rules = [
        "H01", "A01", "A03", "A04", "D13", "D14", "D19", "D20", "G13", "G14", "H11",
    ];
    let entries: String = rules
        .iter()
        .map(|rule| format!("[[suppress]]\nrule = \"{rule}\"\ntable = \"*\"\nfield = \"*\"\nreason = \"试\"\n"))
        .collect();
    let (_folder, path) = with_settings(&entries);
    let file = checked(&path);
    assert_eq!((&file["status"], codes(&file).len()), (&"clean".into(), 0));
}

#[test]
fn entries_that_expired_or_fit_nothing_are_told() {
    let entries = "[[suppress]]\nrule = \"A01\"\ntable = \"*\"\nfield = \"*\"\nreason = \"试\"\nexpires = 2024-06-30\n\
                   \n[[suppress]]\nrule = \"A01\"\ntable = \"别的表\"\nfield = \"*\"\nreason = \"试\"\nexpires = \"2999-12-31\"\n";
    let (_folder, path) = with_settings(entries);
    let run = hebiao(&["check", &path]);
    assert_eq!(run.code, 1);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stderr);
    assert!(
        lines[0].contains("第 1 行") && lines[0].contains("已于 2024-06-30 到期"),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].contains("第 8 行") && lines[1].contains("没有用上"),
        "{}",
        lines[1]
    );
}

#[test]
fn a_mistake_in_settings_ends_the_run_and_names_line_and_key() {
    for (settings, parts) in [
        ("[severity]\nD99 = \"off\"\n", ["第 2 行", "“D99”", "规则"]),
        ("[severity]\nD14 = \"fatal\"\n", ["第 2 行", "fatal", "warning"]),
        ("standrd = \"hubei\"\n", ["第 1 行", "“standrd”", "standard"]),
        ("standard = \"hunan\"\n", ["hunan", "hubei", "标准"]),
        ("[tolerance]\nscore = 5\n", ["第 2 行", "“tolerance.score”", "0 到 1"]),
        (
            "[[suppress]]\nrule = \"A01\"\ntable = \"*\"\nfield = \"*\"\n",
            ["第 1 行", "reason", "缺少"],
        ),
        (
            "\n[[suppress]]\nrule = \"A01\"\ntable = \"*\"\nfield = \"*\"\nreason = \" \"\n",
            ["第 2 行", "suppress.reason", "不能为空"],
        ),
        (
            "[[suppress]]\nrule = \"A01\"\ntable = \"*\"\nfield = \"*\"\nreason = \"试\"\nexpires = \"明年\"\n",
            ["第 6 行", "expires", "日期"],
        ),
    ] {
        let (_folder, path) = with_settings(settings);
        let run = hebiao(&["check", &path]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{settings}");
        for part in parts {
            assert!(run.stderr.contains(part), "{settings}: {}", run.stderr);
        }
    }
}

#[test]
fn a_baseline_hides_what_was_there_before_and_nothing_else() {
    let folder = Folder::new();
    let path = folder.file("表.xlsx", &std::fs::read(SEED).unwrap());
    let baseline = folder.word("基线.json");
    let first = hebiao(&["check", "--write-baseline", &baseline, &path]);
    assert_eq!(first.code, 1);
    let again = hebiao(&["check", "--baseline", &baseline, &path]);
    assert_eq!(again.code, 0, "{}", again.stdout);
    assert!(again.stdout.contains("基线已有"), "{}", again.stdout);
    // The same bytes for the same findings.
    let bytes = std::fs::read(&baseline).unwrap();
    hebiao(&["check", "--write-baseline", &baseline, &path]);
    assert_eq!(std::fs::read(&baseline).unwrap(), bytes);
    // Another file's findings are new.
    let other = folder.file("另一表.xlsx", &std::fs::read(SEED).unwrap());
    assert_eq!(hebiao(&["check", "--baseline", &baseline, &other]).code, 1);
    for (wrong, part) in [(path.as_str(), "基线文件"), ("没有.json", "找不到")] {
        let run = hebiao(&["check", "--baseline", wrong, &path]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    // An input is never replaced by a baseline.
    let before = std::fs::read(&path).unwrap();
    assert_eq!(hebiao(&["check", "--write-baseline", &path, &path]).code, 2);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_left_to_a_person_can_be_set_aside_too() {
    let entry = "[[suppress]]\nrule = \"E09\"\ntable = \"*\"\nfield = \"H25\"\nreason = \"已核实\"\n";
    let (_folder, path) = with_settings(entry);
    let run = hebiao(&["check", &path]);
    assert!(!run.stdout.contains("需人工判断"), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    let table = &checked(&path)["tables"][0];
    assert!(table.get("for_review").is_none());
    assert_eq!(table["set_aside"][0]["code"], "E09");
}
