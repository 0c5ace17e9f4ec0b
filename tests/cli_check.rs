//! `hebiao check` on a terminal and for programs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{CLEAN, Folder, SEED, department, hebiao, hebiao_with};
use unicode_width::UnicodeWidthStr;

#[test]
fn each_table_gets_two_verdicts_and_its_findings() {
    let run = hebiao(&["check", SEED]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stderr, "");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], SEED);
    assert_eq!(lines[1], "  工作表“Sheet1” A1:H32  部门（财政）评价表");
    assert_eq!(lines[2], "  读取是否完整：完整。153 个有字格全部读入");
    assert!(
        lines[3].starts_with(
            "  数据是否一致：不一致。错误 1 项，预警 2 项，提示 9 项；另有 1 处因上述问题不再判断；总分申报 96、"
        ),
        "{}",
        lines[3]
    );
    assert!(
        run.stdout.contains("  错误  A01  G30  总分与各项得分之和不符\n"),
        "{}",
        run.stdout
    );
    assert_eq!(
        *lines.last().unwrap(),
        "共 1 个文件、1 张评价表：错误 1 项，预警 2 项，提示 9 项"
    );
}

#[test]
fn findings_stand_in_columns() {
    let run = hebiao(&["check", SEED]);
    let heads: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| {
            ["  错误  ", "  预警  ", "  提示  "]
                .iter()
                .any(|level| line.starts_with(level))
        })
        .collect();
    assert_eq!(heads.len(), 12);
    let title_column = |line: &str| {
        let title = line
            .split("  ")
            .filter(|part| !part.is_empty())
            .nth(3)
            .unwrap()
            .trim_start();
        line[..line.find(title).unwrap()].width()
    };
    assert!(heads.iter().all(|line| title_column(line) == 18), "{heads:#?}");
    assert!(
        run.stdout.lines().skip(4).all(|line| line.width() <= 100),
        "{}",
        run.stdout
    );
}

#[test]
fn a_clean_table_says_so() {
    let run = hebiao(&["check", "--fail-on", "info", CLEAN]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(
        run.stdout
            .contains("  数据是否一致：一致。没有发现问题；总分申报 98.76、复算 98.76"),
        "{}",
        run.stdout
    );
    let file = hebiao(&["check", "--format", "json", CLEAN]).file();
    assert_eq!(file["status"], "clean");
    assert_eq!(file["tables"][0]["kind"], "project_self_evaluation");
    assert_eq!(file["tables"][0]["coverage"]["unread"], serde_json::json!([]));
    assert_eq!(file["tables"][0]["rescoring"]["execution_score"], "inside");
}

#[test]
fn fail_on_sets_the_level_that_counts() {
    let folder = Folder::new();
    let mut table = department::table();
    table.set("G30", 94);
    let path = folder.table("表.xlsx", &table);
    for (level, code) in [("error", 0), ("warning", 1), ("info", 1), ("never", 0)] {
        assert_eq!(hebiao(&["check", "--fail-on", level, &path]).code, code, "{level}");
    }
    assert_eq!(hebiao(&["check", "--fail-on", "never", SEED]).code, 0);
}

#[test]
fn colour_follows_flag_then_no_color_then_terminal() {
    let colored = |words: &[&str], variables: &[(&str, &str)]| {
        let mut all = vec!["check", SEED];
        all.extend(words);
        hebiao_with(&all, variables, b"").stdout.contains('\u{1b}')
    };
    assert!(!colored(&[], &[]), "a pipe is no terminal");
    assert!(colored(&["--color", "always"], &[]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!colored(
        &["--color", "auto"],
        &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")]
    ));
    assert!(colored(&["--color", "auto"], &[("FORCE_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("FORCE_COLOR", "1")]));
}

#[test]
fn colour_changes_no_word() {
    let plain = hebiao(&["check", SEED]).stdout;
    let colored = hebiao(&["check", "--color", "always", SEED]).stdout;
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
}

#[test]
fn quiet_leaves_findings_and_very_quiet_nothing() {
    let quiet = hebiao(&["check", "-q", SEED, CLEAN]);
    assert_eq!(quiet.code, 1);
    assert!(
        quiet.stdout.contains("A01") && !quiet.stdout.contains("数据是否一致") && !quiet.stdout.contains("共 2 个文件")
    );
    assert!(!quiet.stdout.contains(CLEAN));
    let silent = hebiao(&["check", "-qq", SEED]);
    assert_eq!(
        (silent.code, silent.stdout.as_str(), silent.stderr.as_str()),
        (1, "", "")
    );
}

#[test]
fn json_is_one_document_and_nothing_else() {
    let run = hebiao(&["check", "--format", "json", SEED, "没有.xlsx"]);
    let report = run.json();
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["tool"]["name"], "hebiao");
    assert_eq!(report["files"].as_array().unwrap().len(), 2);
    assert_eq!(report["files"][0]["file"], SEED);
    let sha256 = report["files"][0]["sha256"].as_str().unwrap();
    assert!(sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn ndjson_is_one_file_a_line() {
    let run = hebiao(&["check", "--format", "ndjson", SEED, CLEAN]);
    let lines: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let whole = hebiao(&["check", "--format", "json", SEED, CLEAN]).json();
    assert_eq!(serde_json::Value::Array(lines), whole["files"]);
}

#[test]
fn figures_are_printed_as_the_decimals_they_are() {
    let text = hebiao(&["check", "--format", "json", CLEAN]).stdout;
    assert!(
        text.contains(r#""value": 98.76"#) && text.contains(r#""value": 0.96"#),
        "{text}"
    );
    let numbers = text.lines().filter_map(|line| {
        let value = line.split_once(": ")?.1.trim_end_matches(',');
        (value.contains('.') && value.parse::<f64>().is_ok()).then_some(value)
    });
    for number in numbers {
        assert!(!number.ends_with('0') && number.len() < 16, "{number}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let run = || hebiao(&["check", "--format", "json", SEED, CLEAN]).stdout;
    assert_eq!(run(), run());
}

#[test]
fn a_trace_says_how_each_score_was_found() {
    let plain = hebiao(&["check", SEED]);
    let traced = hebiao(&["check", "--trace", SEED]);
    assert_eq!(plain.code, traced.code);
    let items =
        hebiao(&["check", "--format", "json", SEED]).json()["files"][0]["tables"][0]["rescoring"]["items"].clone();
    let lines: Vec<&str> = traced.stdout.split_once("各项得分的计算").unwrap().1.lines().collect();
    for item in items.as_array().unwrap() {
        let cell = format!("    {} ", item["cell"].as_str().unwrap());
        assert!(lines.iter().any(|line| line.starts_with(&cell)), "{cell}");
    }
    assert!(!plain.stdout.contains("各项得分的计算"));
}

#[test]
fn a_stroke_for_the_output_is_the_standard_output() {
    for format in ["text", "json", "ndjson"] {
        let plain = hebiao(&["check", SEED, "--format", format]);
        let stroke = hebiao(&["check", SEED, "--format", format, "-o", "-"]);
        assert_eq!((stroke.code, &stroke.stdout), (plain.code, &plain.stdout), "{format}");
        assert!(!std::path::Path::new("-").exists(), "{format}");
    }
}
