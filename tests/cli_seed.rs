//! The seed's table: what it must give as it stands, and what each deliberate break adds.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{Content, Folder, SEED, Table, department, findings, hebiao, percent, serious};
use serde_json::{Value, json};

fn check(table: &Table) -> Value {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", table);
    hebiao(&["check", "--format", "json", &path]).file()
}

fn finding<'a>(file: &'a Value, code: &str) -> &'a Value {
    let findings = file["tables"][0]["discrepancies"].as_array().unwrap();
    findings
        .iter()
        .find(|finding| finding["code"] == code)
        .unwrap_or_else(|| panic!("{code} in {findings:#?}"))
}

#[test]
fn it_is_read_completely() {
    let run = hebiao(&["check", "--format", "json", SEED]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stderr, "");
    let file = run.file();
    assert_eq!(file["status"], "findings");
    assert_eq!(file["format"], "xlsx");
    let table = &file["tables"][0];
    assert_eq!(table["sheet"], "Sheet1");
    assert_eq!(table["range"], "A1:H32");
    assert_eq!(table["kind"], "department_evaluation");
    assert_eq!(table["coverage"]["filled"], 153);
    assert_eq!(table["coverage"]["unread"], json!([]));

    let evaluation = &table["evaluation"];
    let indicators = evaluation["indicators"].as_array().unwrap();
    assert_eq!(indicators.len(), 17);
    let mut level1: Vec<(&Value, &Value)> = indicators
        .iter()
        .map(|row| (&row["level1"]["value"], &row["level1_weight"]["value"]))
        .collect();
    level1.dedup();
    assert_eq!(
        level1,
        [
            (&json!("项目决策"), &json!(20)),
            (&json!("项目过程"), &json!(20)),
            (&json!("项目产出"), &json!(30)),
            (&json!("项目效益"), &json!(30)),
        ]
    );
    let mut level2: Vec<&Value> = indicators.iter().map(|row| &row["level2"]["value"]).collect();
    level2.dedup();
    assert_eq!(level2.len(), 11);
    let total_row = &evaluation["funds"][0];
    for column in ["initial_budget", "annual_budget", "executed"] {
        assert_eq!(total_row[column]["value"], 208);
    }
    assert_eq!(
        total_row["execution_rate"],
        json!({"value": 1, "text": "100%", "cell": "G5"})
    );
    assert_eq!(evaluation["total"]["weight"]["value"], 100);
    assert_eq!(evaluation["total"]["score"]["value"], 96);
    assert_eq!(evaluation["grade"]["value"], "excellent");
}

#[test]
fn it_is_rescored_to_94() {
    let rescoring = &hebiao(&["check", "--format", "json", SEED]).file()["tables"][0]["rescoring"];
    assert_eq!(rescoring["execution_score"], "outside");
    assert_eq!(rescoring["declared_total"], 96);
    assert_eq!(rescoring["sum_of_scores"], 94);
    assert_eq!(rescoring["rescored_total"], 94);
    assert_eq!(rescoring["declared_grade"], "excellent");
    assert_eq!(rescoring["rescored_grade"], "excellent");
}

#[test]
fn its_findings_are_these_and_no_other() {
    let file = hebiao(&["check", "--format", "json", SEED]).file();
    assert_eq!(
        findings(&file),
        [
            "H01 info A1",
            "A03 info F5",
            "A04 warning F6",
            "G13 info C20",
            "D14 info D25",
            "D13 warning C26",
            "D19 info D27",
            "H11 info D27",
            "D14 info D28",
            "D20 info E29",
            "G14 info F29",
            "A01 error G30",
        ]
    );
    let total = finding(&file, "A01");
    assert_eq!(
        (&total["declared"], &total["expected"], &total["difference"]),
        (&json!("96"), &json!("94"), &json!("2"))
    );
    assert_eq!(total["rule"], "total-score-mismatch");
    assert_eq!(total["field"], "total.score");
}

#[test]
fn what_a_person_has_to_decide_is_listed_apart() {
    let run = hebiao(&["check", "--format", "json", SEED]);
    let entries = &run.file()["tables"][0]["for_review"];
    assert_eq!(entries.as_array().map(Vec::len), Some(1));
    let entry = &entries[0];
    assert_eq!((&entry["code"], &entry["cell"]), (&json!("E09"), &json!("H25")));
    assert_eq!(entry["field"], "indicators[12].reason");
    let text = hebiao(&["check", SEED]).stdout;
    let (findings, review) = text.split_once("需人工判断").unwrap();
    assert!(review.contains("E09 H25") && !findings.contains("E09"), "{text}");
}

/// What breaking one cell adds at error or warning to the seed's own three findings, and whether A01 goes.
fn serious_after(break_it: impl FnOnce(&mut Table)) -> Vec<String> {
    let mut table = department::table();
    break_it(&mut table);
    let own = ["A04 warning F6", "D13 warning C26", "A01 error G30"];
    let found = serious(&check(&table));
    for finding in own {
        assert!(found.iter().any(|line| line == finding), "{finding} in {found:?}");
    }
    found.into_iter().filter(|line| !own.contains(&line.as_str())).collect()
}

#[test]
fn a_right_total_leaves_no_error() {
    let mut table = department::table();
    table.set("G30", 94);
    assert_eq!(serious(&check(&table)), ["A04 warning F6", "D13 warning C26"]);
}

#[test]
fn a_broken_total_score() {
    let mut table = department::table();
    table.set("G30", 93);
    let file = check(&table);
    assert_eq!(serious(&file), ["A04 warning F6", "D13 warning C26", "A01 error G30"]);
    let total = finding(&file, "A01");
    assert_eq!(
        (&total["declared"], &total["expected"], &total["difference"]),
        (&json!("93"), &json!("94"), &json!("1"))
    );
}

#[test]
fn a_broken_total_weight() {
    let added = serious_after(|table| {
        table.set("F30", 110);
    });
    assert_eq!(added, ["A02 error F30"]);
}

#[test]
fn a_broken_level_weight() {
    let added = serious_after(|table| {
        table.set("A24", "项目产出（35分）");
    });
    assert_eq!(added, ["A05 error A24"]);
}

#[test]
fn a_broken_grade() {
    let added = serious_after(|table| {
        table.set("C31", "优□良☑中□差□");
    });
    assert_eq!(added, ["F01 error C31"]);
}

#[test]
fn two_ticked_grades() {
    let added = serious_after(|table| {
        table.set("C31", "优☑良☑中□差□");
    });
    assert_eq!(added, ["F04 error C31"]);
}

#[test]
fn a_score_over_its_weight() {
    // Two points more on 立项程序规范性 make the printed 96 the true sum: one cause, one finding.
    let mut table = department::table();
    table.set("G14", 4);
    assert_eq!(
        serious(&check(&table)),
        ["A04 warning F6", "A09 error G14", "D13 warning C26"]
    );
}

#[test]
fn a_broken_execution_rate() {
    let added = serious_after(|table| {
        table.set("G5", percent(90.0));
    });
    assert_eq!(added, ["C02 error G5"]);
}

#[test]
fn a_broken_fund_sum() {
    let added = serious_after(|table| {
        table.set("C6", 200);
    });
    assert_eq!(added, ["C01 error C5"]);
}

#[test]
fn a_quantitative_score_that_does_not_follow() {
    let added = serious_after(|table| {
        table
            .set("E24", "2家")
            .set("D24", "4家")
            .set("H24", "原因：名额减少；措施：积极争取");
    });
    assert_eq!(added, ["B02 error G24"]);
}

#[test]
fn a_deduction_without_a_reason() {
    let added = serious_after(|table| {
        table.set("H25", "");
    });
    assert_eq!(added, ["E01 error G25"]);
}

#[test]
fn a_tier_outside_its_band() {
    let added = serious_after(|table| {
        table.set("E23", "不符合");
    });
    // After the correction points are lost, and nobody says why.
    assert_eq!(added, ["B11 error G23", "E01 error G23"]);
}

#[test]
fn a_missing_actual_value() {
    let added = serious_after(|table| {
        table.set("E29", "");
    });
    assert_eq!(added, ["B21 error G29"]);
}

#[test]
fn a_figure_kept_as_text_is_read_and_mentioned() {
    let mut table = department::table();
    table.set("G13", Content::Text("3".to_owned()));
    let file = check(&table);
    assert!(
        findings(&file).contains(&"A14 info G13".to_owned()),
        "{:?}",
        findings(&file)
    );
    assert_eq!(serious(&file), ["A04 warning F6", "D13 warning C26", "A01 error G30"]);
}
