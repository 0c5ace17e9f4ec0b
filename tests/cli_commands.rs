//! The commands about the program itself, and the words of the command line.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{CLEAN, SEED, hebiao};
use unicode_width::UnicodeWidthStr;

#[test]
fn inspect_tells_form_columns_fields_and_cells() {
    let run = hebiao(&["inspect", SEED]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for needle in [
        "表式：",
        "认出表式的理由",
        "格子：153 个有字",
        "    G12 得分\n",
        "    总分得分 96 G30\n",
        "    指标1 一级指标 项目决策（20分） A13；二级指标 项目立项 B13；",
    ] {
        assert!(run.stdout.contains(needle), "{needle} in\n{}", run.stdout);
    }
    // A person reads the form's words, on the narrowest window in use.
    assert!(!run.stdout.contains("indicators["), "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.width() <= 80), "{}", run.stdout);
    let json = hebiao(&["inspect", "--format", "json", SEED, CLEAN]).json();
    let table = &json["files"][0]["tables"][0];
    let bindings = table["bindings"].as_array().unwrap();
    let total = bindings
        .iter()
        .find(|binding| binding["field"] == "total.score")
        .unwrap();
    assert_eq!((&total["cell"], &total["text"]), (&"G30".into(), &"96".into()));
    assert!(table["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()));
    assert_eq!(json["files"][1]["tables"][0]["kind"], "project_self_evaluation");
}

#[test]
fn rules_are_listed_in_order_and_each_explains_itself() {
    let run = hebiao(&["rules"]);
    let json = hebiao(&["rules", "--format", "json"]).json();
    let rules = json.as_array().unwrap();
    assert_eq!(run.stdout.lines().count(), rules.len());
    assert!(rules.len() >= 34);
    let codes: Vec<&str> = rules.iter().map(|rule| rule["code"].as_str().unwrap()).collect();
    assert!(codes.is_sorted(), "{codes:?}");
    for rule in rules {
        let name = |key: &str| rule[key].as_str().unwrap();
        let page = hebiao(&["explain", name("code")]);
        assert_eq!(page.code, 0, "{rule}");
        assert!(page.stdout.contains(name("title")), "{rule}");
        assert!(page.stdout.lines().all(|line| line.width() <= 80), "{}", page.stdout);
        for other in [name("rule"), name("title")] {
            assert_eq!(hebiao(&["explain", other]).stdout, page.stdout, "{other}");
        }
    }
}

#[test]
fn an_example_shows_the_rows_that_matter_and_the_whole_page_when_asked() {
    let run = hebiao(&["explain", "A01"]);
    assert!(
        run.stdout.contains("  第 17 行 A17 总分；G17 分值 100；H17 得分 94\n"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("验收合格率"), "{}", run.stdout);
    let full = hebiao(&["explain", "A01", "--full"]);
    let page = include_str!("../src/rules/a_totals/total-score-mismatch.md");
    assert!(full.stdout.starts_with(page.trim_end()), "{}", full.stdout);
}

#[test]
fn a_mistyped_rule_gets_the_nearest_one() {
    let run = hebiao(&["explain", "total-score-mismach"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_eq!(
        run.stderr,
        "hebiao：没有“total-score-mismach”这条规则，是不是 A01 总分与各项得分之和不符（total-score-mismatch）？\n"
    );
}

#[test]
fn a_part_of_a_title_lists_the_rules_that_have_it() {
    let run = hebiao(&["explain", "总分"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("A01 总分与各项得分之和不符"), "{}", run.stderr);
    let run = hebiao(&["explain", "zzzzzzzzzz"]);
    assert_eq!(
        run.stderr,
        "hebiao：没有“zzzzzzzzzz”这条规则，全部规则请看 hebiao rules\n"
    );
}

#[test]
fn the_schema_is_the_committed_one_and_holds() {
    let schema = hebiao(&["schema", "report"]).json();
    let committed: serde_json::Value = serde_json::from_str(include_str!("../src/report/report.schema.json")).unwrap();
    assert_eq!(schema, committed);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");

    let validator = jsonschema::validator_for(&schema).unwrap();
    let report = hebiao(&["check", "--format", "json", SEED, CLEAN, "没有.xlsx"]).json();
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn wrong_words_end_with_2_and_one_chinese_sentence() {
    for words in [
        &["chek"][..],
        &["check"],
        &["check", "--format", "xml", SEED],
        &["check", "--nonsense", SEED],
        &["convert", SEED],
        &["explain"],
        &["schema", "raport"],
    ] {
        let run = hebiao(words);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{words:?}");
        assert!(
            run.stderr.starts_with("hebiao：") && run.stderr.lines().count() == 1,
            "{words:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn help_is_a_result_and_no_command_is_a_mistake() {
    let help = hebiao(&["--help"]);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""));
    assert!(
        help.stdout.contains("用法：hebiao <命令>") && help.stdout.contains("命令：\n  check"),
        "{}",
        help.stdout
    );
    for command in [
        "check", "convert", "inspect", "template", "diff", "forms", "rules", "explain", "schema",
    ] {
        let page = hebiao(&[command, "--help"]);
        assert_eq!(page.code, 0);
        assert!(
            page.stdout.contains(&format!("用法：hebiao {command}")),
            "{}",
            page.stdout
        );
    }
    let nothing = hebiao(&[]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (2, ""));
    assert!(nothing.stderr.contains("用法："));
    assert!(hebiao(&["--version"]).stdout.starts_with("hebiao "));
}
