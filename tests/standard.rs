//! Standards: the ministry's numbers, exact decimals, and errors that say where and why.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use hebiao::model::Grade;
use hebiao::model::measure::Measure;
use hebiao::standard::Standard;
use rust_decimal::Decimal;

const MINISTRY: &str = include_str!("../src/standard/ministry.toml");

fn number(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn every_built_in_standard_is_found_by_its_name() {
    for name in Standard::names() {
        assert_eq!(Standard::named(name).expect(name).name(), name);
    }
    assert_eq!(Standard::named("nowhere"), None);
    assert_eq!(*Standard::ministry(), Standard::from_toml(MINISTRY).unwrap());
}

#[test]
fn grades_begin_at_90_80_and_60() {
    let standard = Standard::ministry();
    for (total, grade) in [
        ("100", Grade::Excellent),
        ("90", Grade::Excellent),
        ("89.99", Grade::Good),
        ("80", Grade::Good),
        ("79.99", Grade::Fair),
        ("60", Grade::Fair),
        ("59.99", Grade::Poor),
        ("0", Grade::Poor),
    ] {
        assert_eq!(standard.grade_of(number(total)), Some(grade), "{total}");
    }
    assert_eq!(standard.grade_of(number("-1")), None);
    for (name, grade) in [
        ("优秀", Some(Grade::Excellent)),
        ("良 好", Some(Grade::Good)),
        ("合格", Some(Grade::Fair)),
        ("不合格", Some(Grade::Poor)),
        ("甲", None),
    ] {
        assert_eq!(standard.grade_named(name), grade, "{name}");
    }
    assert_eq!(standard.lowest_total(Grade::Good), Some(number("80")));
}

#[test]
fn tiers_are_found_by_any_spelling_of_their_words() {
    let standard = Standard::ministry();
    let tier = |text: &str| standard.tier_of(&Measure::parse(text)).map(|tier| tier.name.as_str());
    assert_eq!(tier("达成年度指标"), Some("达成"));
    assert_eq!(tier("年度目标基本完成"), Some("达成"));
    assert_eq!(tier("部分达成预期指标"), Some("部分达成"));
    assert_eq!(tier("未达成年度指标且效果较差"), Some("未达成"));
    assert_eq!(tier("基 本 符 合"), Some("基本符合"));
    assert_eq!(tier("效果明显"), None);
}

#[test]
fn both_roundings_are_accepted() {
    let standard = Standard::ministry();
    assert_eq!(standard.rounded(number("9.585")), number("9.59"));
    assert_eq!(
        standard.accepted_roundings(number("9.5888")),
        (number("9.58"), number("9.59"))
    );
}

#[test]
fn decimals_are_read_exactly_as_typed() {
    let text = MINISTRY
        .replace("score = \"0.01\"", "score = 0.1")
        .replace("fund_weight = 10", "fund_weight = \"12.345\"");
    let standard = Standard::from_toml(&text).unwrap();
    assert_eq!(standard.tolerance().score, number("0.1"));
    assert_eq!(standard.fund_weight(), number("12.345"));
}

/// What a changed standard is refused with.
fn refusal(from: &str, to: &str) -> String {
    assert!(MINISTRY.contains(from), "{from}");
    Standard::from_toml(&MINISTRY.replacen(from, to, 1))
        .expect_err(to)
        .to_string()
}

#[test]
fn errors_name_line_and_key_in_chinese() {
    let unknown = refusal("fund_weight = 10", "fund_wieght = 10");
    assert!(
        unknown.contains("“fund_wieght”") && unknown.contains("第 ") && unknown.contains("、fund_weight、"),
        "{unknown}"
    );
    let line = MINISTRY
        .lines()
        .position(|line| line.starts_with("fund_weight"))
        .unwrap()
        + 1;
    let typed = refusal("fund_weight = 10", "fund_weight = \"十\"");
    assert!(
        typed.contains(&format!("第 {line} 行“fund_weight”")) && typed.contains("小数"),
        "{typed}"
    );
    let broken = refusal("fund_weight = 10", "fund_weight = ");
    assert!(
        broken.contains(&format!("第 {line} 行")) && broken.contains("TOML"),
        "{broken}"
    );
    let missing = refusal("document = \"财预〔2020〕10号\"", "");
    assert!(missing.contains("“document”") && missing.contains("缺少"), "{missing}");
    let variant = refusal("grade = \"excellent\"", "grade = \"splendid\"");
    assert!(variant.contains("splendid") && variant.contains("“grade”"), "{variant}");
    for message in [&unknown, &typed, &broken, &missing, &variant] {
        assert!(!message.contains("expected") && !message.contains("field"), "{message}");
    }
}

#[test]
fn errors_of_a_standard_that_builds_on_another_name_line_and_key() {
    let head = "extends = \"ministry-2020\"\nname = \"county\"\n";
    for (rest, line, key, part) in [
        ("fund_wieght = 20", "第 3 行", "“fund_wieght”", "、fund_weight、"),
        ("[tolerance]\nscore = \"一点\"", "第 4 行", "“tolerance.score”", "小数"),
        ("full_score = 0", "第 3 行", "“full_score”", "大于 0"),
        (
            "[execution]\nreason_below = 90",
            "第 4 行",
            "“execution.reason_below”",
            "0 到 1",
        ),
        (
            "[execution]\nhardly_spent = 2",
            "第 4 行",
            "“execution.hardly_spent”",
            "0 到 1",
        ),
        (
            "[over_achievement]\nset_too_low = 0.5",
            "第 4 行",
            "“over_achievement.set_too_low”",
            "不小于 1",
        ),
        (
            "indicators_at_least = 40",
            "第 3 行",
            "“indicators_at_least”",
            "indicators_at_most",
        ),
        (
            "[quantitative]\nsteps = [{ at_least = 0.7, part = 0.2 }, { at_least = 1, part = 1 }]",
            "第 4 行",
            "“quantitative.steps”",
            "从高到低",
        ),
        ("[severity]\ntotal = \"error\"", "第 3 行", "“severity”", "编号"),
        ("[severity]\nD14 = \"fatal\"", "第 4 行", "“severity.D14”", "“fatal”"),
    ] {
        let message = Standard::from_toml(&format!("{head}{rest}\n"))
            .expect_err(rest)
            .to_string();
        for wanted in [line, key, part] {
            assert!(message.contains(wanted), "{rest}: {message}");
        }
    }
    let base = Standard::from_toml("extends = \"hunan\"\n").unwrap_err().to_string();
    assert!(
        base.contains("第 1 行") && base.contains("hunan") && base.contains("hubei"),
        "{base}"
    );
}

#[test]
fn values_that_make_no_sense_are_refused() {
    for (from, to, key) in [
        ("at_least = 80", "at_least = 95", "grade.at_least"),
        (
            "ratios = [\"0.8\", \"1\"]",
            "ratios = [\"0.8\", \"1.2\"]",
            "tier.ratios",
        ),
        ("ratios = [\"0.8\", \"1\"]", "ratios = [\"1\", \"0.8\"]", "tier.ratios"),
        ("\"基本符合\", \"基本满足\"", "\"达成年度指标\"", "tier.words"),
        (
            "formulas = [\"linear\", \"ratio\"]",
            "formulas = []",
            "inverse.formulas",
        ),
        (
            "threshold = \"1.3\"",
            "threshold = \"0.3\"",
            "over_achievement.threshold",
        ),
        ("full_score = 100", "full_score = 0", "full_score"),
        ("score = \"0.01\"", "score = \"-1\"", "tolerance.score"),
        ("places = 2", "places = 9", "rounding.places"),
    ] {
        let message = refusal(from, to);
        assert!(message.contains(key), "{to}: {message}");
    }
}

#[test]
fn every_built_in_standard_says_where_its_numbers_come_from_and_stands_in_the_documentation() {
    let page = include_str!("../docs/standards.md");
    for name in Standard::names() {
        assert!(page.contains(&format!("| `{name}`")), "{name}");
        let source = Standard::source(name).unwrap();
        let first = source.lines().take_while(|line| line.starts_with('#')).count();
        assert!(first >= 1, "{name} begins with its sources");
        let is_checked = ["未核对原文", "recalled", "核对一致"]
            .iter()
            .any(|word| source.contains(word));
        assert!(is_checked || source.contains("原文未核对"), "{name}");
    }
}

#[test]
fn local_rules_that_make_no_sense_are_refused_with_their_key() {
    let head = "extends = \"ministry-2020\"\nname = \"county\"\n";
    for (rest, key) in [
        ("[quantitative]\npass_mark = 60", "“quantitative.pass_mark”"),
        (
            "[quantitative]\npass_mark = 0.6\nsteps = [{ at_least = 1, part = 1 }]",
            "“quantitative.pass_mark”",
        ),
        (
            "[satisfaction]\nsteps = [{ at_least = 90, part = 10 }]",
            "“satisfaction.steps”",
        ),
        ("[cost]\ndefault_row_at_most = -1", "“cost.default_row_at_most”"),
        ("[[named_rate]]\nnames = [\"控制率\"]\nfull_at = 1", "“named_rate.each”"),
        (
            "[[named_rate]]\nnames = [\"控制率\"]\nfull_at = 1\neach = 0.01",
            "“named_rate.each”",
        ),
        (
            "[[named_rate]]\nnames = [\"控制率\"]\nfull_at = 0\nceilings = [{ at_most = 0.1, part = 0.8 }, { at_most = 0, part = 1 }]",
            "“named_rate.ceilings”",
        ),
    ] {
        let message = Standard::from_toml(&format!("{head}{rest}\n"))
            .expect_err(rest)
            .to_string();
        assert!(message.contains(key), "{rest}: {message}");
    }
}
