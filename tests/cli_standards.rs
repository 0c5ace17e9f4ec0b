//! `--standard` and `hebiao standards`: by whose rules a table is checked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{CLEAN, Folder, SEED, hebiao};

#[test]
fn the_built_in_standards_are_listed_and_printed() {
    let listed = hebiao(&["standards"]);
    let json = hebiao(&["standards", "--format", "json"]).json();
    let entries = json.as_array().unwrap();
    assert_eq!((listed.code, listed.stdout.lines().count()), (0, entries.len()));
    assert_eq!(entries[0]["name"], "ministry-2020");
    for entry in entries {
        let name = entry["name"].as_str().unwrap();
        let printed = hebiao(&["standards", name]);
        assert_eq!(printed.code, 0, "{name}");
        assert!(printed.stdout.contains(&format!("name = \"{name}\"")), "{name}");
        let file = hebiao(&["check", "--format", "json", "--standard", name, CLEAN]).file();
        assert_eq!(file["tables"][0]["rescoring"]["standard"], name);
    }
}

#[test]
fn a_standard_of_ones_own_is_gone_by() {
    let folder = Folder::new();
    // The form of the sample, all of whose targets are reached, under a county that wants 98 for 优.
    let own = folder.file(
        "某县.toml",
        "extends = \"ministry-2020\"\nname = \"my-county\"\n[rounding]\nplaces = 1\naccept = [\"half_up\"]\n"
            .as_bytes(),
    );
    let file = hebiao(&["check", "--format", "json", "--standard", &own, CLEAN]).file();
    assert_eq!(file["tables"][0]["rescoring"]["standard"], "my-county");
}

#[test]
fn a_standard_that_is_none_ends_the_run_before_any_file() {
    let folder = Folder::new();
    let wrong = folder.file("错.toml", "extends = \"ministry-2020\"\nfund_wieght = 20\n".as_bytes());
    let binary = folder.file("乱码.toml", &[0xFF, 0xFE, 0xFF]);
    for (standard, part) in [
        ("nowhere", "hubei"),
        ("没有.toml", "没有.toml"),
        (wrong.as_str(), "第 2 行“fund_wieght”"),
        (binary.as_str(), "UTF-8"),
    ] {
        for command in ["check", "inspect"] {
            let run = hebiao(&[command, "--standard", standard, CLEAN]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{standard}");
            assert!(run.stderr.contains(part), "{standard}: {}", run.stderr);
        }
    }
    assert_eq!(hebiao(&["standards", "nowhere"]).code, 2);
}

#[test]
fn a_department_evaluation_says_that_its_standard_was_picked_and_a_named_one_wins() {
    let picked = hebiao(&["check", SEED]);
    assert!(
        picked.stdout.contains("评价标准：department-2020，因"),
        "{}",
        picked.stdout
    );
    let file = hebiao(&["check", "--format", "json", SEED]).file();
    let rescoring = &file["tables"][0]["rescoring"];
    assert_eq!(rescoring["standard"], "department-2020");
    assert!(rescoring["standard_picked"].as_str().unwrap().contains("评价类型"));
    let named = hebiao(&["check", "--format", "json", "--standard", "jiangxi", SEED]).file();
    let rescoring = &named["tables"][0]["rescoring"];
    assert_eq!(rescoring["standard"], "jiangxi");
    assert!(rescoring.get("standard_picked").is_none());
    // A project's self-evaluation of a later year goes by the usual standard, and nothing is said of it.
    let usual = hebiao(&["check", CLEAN]);
    assert!(!usual.stdout.contains("自动选用"), "{}", usual.stdout);
}

#[test]
fn settings_that_name_a_standard_leave_nothing_to_pick_and_others_change_what_is_picked() {
    let folder = Folder::new();
    let named = folder.file("named.toml", b"standard = \"ministry-2020\"\n");
    let strict = folder.file("strict.toml", b"[severity]\nD14 = \"warning\"\n");
    let of = |config: &str| hebiao(&["check", "--format", "json", "--config", config, SEED]).file();
    assert_eq!(of(&named)["tables"][0]["rescoring"]["standard"], "ministry-2020");
    let file = of(&strict);
    assert_eq!(file["tables"][0]["rescoring"]["standard"], "department-2020");
    let findings = file["tables"][0]["discrepancies"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|found| found["code"] == "D14" && found["severity"] == "warning")
    );
}
