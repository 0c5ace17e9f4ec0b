//! Conditions of one's own rules: what they say, that they are exact, how mistakes are told, and what they may not do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
#[path = "support/work_time.rs"]
mod work_time;

use std::time::Duration;

use common::{Folder, Table, hebiao, ministry};
use hebiao::own_rules::{OwnRules, RuleFile};
use hebiao::standard::Standard;
use proptest::prelude::*;
use work_time::worked;

/// A rule file with one rule on indicators; `lines` take the place of its condition.
fn rule(lines: &str) -> String {
    format!(
        "[[rule]]\ncode = \"X01\"\ntitle = \"试的规则\"\nseverity = \"warning\"\nmessage = \"须如此；{{单元格}}。\"\n\
         advice = \"改正。\"\nbasis = \"试\"\nwrong = {{ }}\nright = {{ }}\n{lines}\n"
    )
}

/// What a rule says of the ministry's sample: findings of its own, and entries for a person.
fn said(lines: &str) -> (Vec<String>, Vec<String>) {
    said_of(&ministry::table(), lines)
}

fn said_of(table: &Table, lines: &str) -> (Vec<String>, Vec<String>) {
    let folder = Folder::new();
    let path = folder.table("表.xlsx", table);
    folder.file("规则/一.toml", rule(lines).as_bytes());
    let run = hebiao(&["check", "--format", "json", "--rules", &folder.word("规则"), &path]);
    assert!(run.stderr.is_empty(), "{lines}: {}", run.stderr);
    let file = run.file();
    let texts = |list: &str, key: &str| -> Vec<String> {
        let entries = file["tables"][0][list].as_array().cloned().unwrap_or_default();
        let own = entries.iter().filter(|entry| entry["code"] == "X01");
        own.map(|entry| entry[key].as_str().unwrap().to_owned()).collect()
    };
    (texts("discrepancies", "cell"), texts("for_review", "message"))
}

/// Whether a condition holds for the ministry's sample; it must be decided.
fn holds(condition: &str) -> bool {
    let (found, undecided) = said(&format!("must = '''{condition}'''"));
    assert_eq!(undecided, Vec::<String>::new(), "{condition}");
    found.is_empty()
}

/// Why a condition cannot be decided for the ministry's sample.
fn undecided(condition: &str) -> String {
    let (found, undecided) = said(&format!("must = '''{condition}'''"));
    assert_eq!((found.len(), undecided.len()), (0, 1), "{condition}");
    undecided[0].clone()
}

/// Standard error of `rules check` on a file of this content.
fn refused(text: &str) -> String {
    let folder = Folder::new();
    let path = folder.file("错.toml", text.as_bytes());
    let run = hebiao(&["rules", "check", &path]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{text}");
    run.stderr.replace(&path, "错.toml")
}

#[test]
fn conditions_say_what_cel_says() {
    for condition in [
        "1 + 2 * 3 == 7 && !(7 / 2 == 3)",
        "7 / 2 == 3.5 && -1 < 0 && 2 != 3",
        "年度 == 2023 && year == 2023",
        "标题.包含('自评') && title.contains(\"自评\") && 标题.开头是('项目') && 标题.结尾是('表')",
        "表类 == '项目支出绩效自评表' && size('三个字') == 3",
        "预算 == 126.5 && 年初预算数 > 0 && 执行数 == 121.44 && 执行率 == 0.96",
        "指标.全部(i, i.分值 > 0) && indicators.all(i, i.weight > 0)",
        "指标.存在(i, i.三级指标.包含('满意度')) && 指标.恰有一个(行, 行.一级指标.包含('满意度'))",
        "合计(指标.逐个(i, i.分值)) == 90 && 最大(指标.逐个(i, i.分值)) >= 最小(指标.逐个(i, i.分值))",
        "指标.筛选(i, i.一级指标.包含('产出')).个数() >= 3",
        "指标[0].一级指标 == '产出指标' && 数(指标[0].指标值) > 0",
        "资金.存在(f, f.资金来源 == '年度资金总额' && f.预算 == 126.5)",
        "总分 in [98.76, 1] && !('x' in ['y']) && 等次 == 空",
        "数('≥95%') == 0.95 && 数('208万元') == 2080000",
        "四舍五入(2.345, 2) == 2.35 && 绝对值(-3) == 3",
        "总分 > 90 ? 真 : 假",
        "有(项目名称) && !有(等次) && has(指标[0].分值)",
        // What decides hides what cannot be decided.
        "总分 > 90 || 1 / 0 > 1",
        "!(总分 < 90 && 1 / 0 > 1)",
        "指标.存在(i, i.复核得分 > 1 || i.分值 > 0)",
    ] {
        assert!(holds(condition), "{condition}");
    }
    for condition in ["总分 < 90", "指标.全部(i, i.分值 > 100)", "指标.存在(i, i.分值 > 100)"] {
        assert!(!holds(condition), "{condition}");
    }
}

#[test]
fn figures_are_exact() {
    assert!(holds("0.1 + 0.2 == 0.3"));
    assert!(holds("0.1 * 3 == 0.3 && 1.1 - 1 == 0.1"));
    assert!(holds("1234567890123456.07 + 0.03 == 1234567890123456.1"));
    let mut table = ministry::table();
    // Ten times 0.1 would be shares of one whole, read as ten points each.
    for row in 13..=22 {
        table.set(&format!("G{row}"), 0.3);
    }
    let all = said_of(&table, "must = '合计(指标.逐个(i, i.分值)) == 0.3 * 指标.个数()'");
    assert_eq!(all, (vec![], vec![]));
    table.set("H13", 0.1).set("H14", 0.2);
    let scores = said_of(&table, "must = '指标[0].得分 + 指标[1].得分 == 0.3'");
    assert_eq!(scores, (vec![], vec![]));
    let scores = said_of(&table, "must = '指标[0].得分 + 指标[1].得分 == 0.30000000000000004'");
    assert_eq!(scores.0.len(), 1);
}

#[test]
fn amounts_are_in_ten_thousand_yuan_whatever_the_table_has() {
    let mut yuan = ministry::table();
    yuan.set("A5", "项目资金\n（元）");
    assert_eq!(said_of(&yuan, "must = '预算 == 0.01265'"), (vec![], vec![]));
    let mut none = ministry::table();
    none.set("A5", "项目资金");
    let (found, why) = said_of(&none, "must = '预算 < 1'");
    assert_eq!(found, Vec::<String>::new());
    assert!(why[0].contains("表里没有注明金额单位"), "{why:?}");
}

#[test]
fn what_is_blank_is_left_to_a_person() {
    let (found, why) = said("each = '指标'\nmust = '复核得分 <= 得分'");
    assert_eq!((found.len(), why.len()), (0, 1));
    assert!(
        why[0].contains("空白；这样的共") && why[0].ends_with("请人工核对。"),
        "{why:?}"
    );
    assert!(undecided("标题 > 1").contains("这里要用数，A1 的“标题”是文字；文字里的数请写 数(…)"));
    assert!(undecided("标题 == 1").contains("文字和数不能比较是否相等"));
    assert!(undecided("总分 / (总分 - 总分) > 1").contains("除数是 0"));
    assert!(undecided("指标[99].分值 > 1").contains("没有第 99 个"));
    assert!(undecided("总分").contains("条件的结果须是真或假，这里得出的是数"));
    assert!(undecided("分值 > 1").contains("这一行没有“分值”"));
    assert!(undecided("数(标题) > 1").contains("不是一个数"));
    assert!(undecided("标题 + 标题 == ''").contains("这里要用数"));
    assert!(undecided("99999999999999999999 * 99999999999999999999 > 1").contains("数太大"));
}

#[test]
fn a_rule_is_for_the_tables_and_rows_that_it_names() {
    let (found, _) = said("tables = ['部门评价']\nmust = '假'");
    assert_eq!(found, Vec::<String>::new());
    let (found, _) = said("tables = ['项目支出自评']\nmust = '假'");
    assert_eq!(found, ["A1"]);
    let (found, _) = said("each = '资金'\nwhen = '资金来源 == \"年度资金总额\"'\nmust = '假'\ncell = '预算'");
    assert_eq!(found, ["E6"]);
    let (found, _) = said("must = '假'\ncell = '指标.逐个(i, i.分值)'");
    assert_eq!(found.len(), 1);
}

#[test]
fn each_mistake_is_told_with_its_line() {
    let condition = |must: &str| refused(&rule(&format!("must = '''{must}'''")));
    for (text, expected) in [
        (
            condition("分直 == 10"),
            "第 10 行“must”，没有“分直”这个名字，是不是“分值”？",
        ),
        (condition("分值 = 10"), "第 10 行“must”，相等请写两个等号 =="),
        (condition("分值 == 95%"), "百分数请写成小数，例如 95% 写成 0.95"),
        (
            condition("预算 >= 100万"),
            "“100万”：数的后面不能写单位，金额一律以万元计",
        ),
        (condition("分值 ≥ 10"), "“≥”请写成 >="),
        (condition("（分值 == 10）"), "“（”是全角符号，请改成半角"),
        (condition("分值 == 10 10"), "“10”这里写得不对：括号、引号要成对"),
        (condition("(分值 == 10"), "写到末尾还不完整"),
        (condition("标题 == '项目"), "引号 ' 不成对，文字没有结束"),
        (condition("标题.含有('x')"), "没有“含有”这个函数"),
        (
            condition("标题.包含()"),
            "“包含”要有 2 个值（点号前面的也算），写了 1 个",
        ),
        (condition("指标[0].名字 == 'x'"), "没有“名字”这个字段"),
        (condition("{'a': 1}"), "条件里不能有“{”"),
        (condition(""), "第 10 行“must”，不能为空"),
        (condition("1.2.3 > 0"), "“1.2.3”不是一个数"),
        (condition("__n1 > 0"), "名字不能以两个下划线开头"),
        (refused(&rule("must = '真'\nmust = '真'")), "第 11 行“must”，写了两次"),
        (refused(&rule("")), "“must”，缺少这一项"),
        (
            refused(&rule("must = '真'\neach = '行'")),
            "第 11 行“each”，不能取“行”，可以是：指标",
        ),
        (
            refused(&rule("must = '真'\ntables = ['自评']")),
            "第 11 行“tables”，没有“自评”这种表，可以是：项目支出自评",
        ),
        (refused(&rule("must = '真'\nlevel = 1")), "第 11 行“level”，没有这一项"),
        (
            refused(&rule("must = '真'").replace("X01", "A01")),
            "第 2 行“code”，须是 X 加两位或三位数字，例如 X01",
        ),
        (
            refused(&rule("must = '真'").replace("试的规则", "指标值未填")),
            "第 3 行“title”，已经有叫“指标值未填”的规则",
        ),
        (
            refused(&rule("must = '真'").replace("warning", "严重")),
            "第 4 行“severity”，不能取“严重”，可以是：info、warning、error",
        ),
        (
            refused(&rule("must = '真'").replace("{单元格}", "{分直}")),
            "第 5 行“message”，花括号里的“分直”：没有“分直”这个名字",
        ),
        (
            refused(&rule("must = '真'").replace("{单元格}", "{单元格")),
            "第 5 行“message”，花括号不成对",
        ),
        (
            refused(&rule("must = '真'").replace("basis = \"试\"", "basis = \"\"")),
            "第 7 行“basis”，不能为空",
        ),
        (
            refused(&rule("must = '真'").replace("wrong = { }", "wrong = { weight = 1 }")),
            "第 8 行“wrong”，示例里没有“weight”这一项",
        ),
        (
            refused(&rule("must = '真'").replace("wrong = { }", "wrong = { budget = \"多\" }")),
            "第 8 行“wrong”，“budget”须是数",
        ),
        (
            refused(&format!("{}{}", rule("must = '真'"), rule("must = '真'"))),
            "X01 已经是“试的规则”的编号（错.toml），请换一个",
        ),
        (refused("# 空\n"), "文件里没有规则，每条规则以 [[rule]] 开头"),
    ] {
        assert!(
            text.contains("错.toml：") && text.contains(expected),
            "expected {expected}\nfound {text}"
        );
    }
    let folder = Folder::new();
    let file = folder.file("一.toml", rule("must = '真'").as_bytes());
    let run = hebiao(&["check", "--rules", &file, common::CLEAN]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("这是一个文件，请给出它所在的文件夹"),
        "{}",
        run.stderr
    );
    let run = hebiao(&["check", "--rules", &folder.word("无"), common::CLEAN]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("打不开这个文件夹"), "{}", run.stderr);
}

#[test]
fn hostile_rules_are_refused_or_stopped() {
    let condition = |must: &str| refused(&rule(&format!("must = '''{must}'''")));
    let long = format!("总分 > 1{}", " && 总分 > 1".repeat(300));
    assert!(condition(&long).contains("最多 2000 个，请拆成几条规则"));
    let sum = format!("1{} > 0", "+1".repeat(900));
    assert!(condition(&sum).contains("条件太长或括号套得太多"));
    for nested in [
        format!("{}总分 > 1{}", "(".repeat(500), ")".repeat(500)),
        format!("{}1{} == 空", "[".repeat(300), "]".repeat(300)),
        format!("{}1", "真 ? 1 : ".repeat(150)),
    ] {
        assert!(!condition(&nested).is_empty());
    }
    // An even number of signs says nothing: CEL leaves it out.
    assert!(holds(&format!("{}真", "!".repeat(1500))));
    let four = "指标.全部(a, 指标.全部(b, 指标.全部(c, 指标.全部(d, 真))))";
    assert!(condition(four).contains("最多套 3 层"));

    // Of 3,000 indicators each pair and each triple would take far too long.
    let table = big_table();
    for must in [
        "指标.全部(a, 指标.全部(b, 指标.全部(c, a.三级指标 != \"x\" || b.三级指标 != \"x\" || c.三级指标 != \"x\")))",
        "指标.逐个(a, 指标.逐个(b, 指标.逐个(c, [a, b, c]))).个数() > 0",
        "指标.全部(a, 指标.逐个(b, b.三级指标) == 指标 || \"x\" in 指标.逐个(b, b.三级指标) || 真)",
    ] {
        let started = worked();
        let text = rule(&format!("must = '''{must}'''"));
        let rules = OwnRules::read(&[RuleFile {
            name: "一".to_owned(),
            text,
        }])
        .unwrap();
        let found = rules.check(&table, Standard::ministry());
        assert_eq!(found.discrepancies, []);
        assert_eq!(found.for_review.len(), 1, "{must}");
        assert!(
            found.for_review[0].message.contains("超过了一条规则的计算上限"),
            "{must}"
        );
        assert!(worked() - started < Duration::from_secs(10), "{must}");
    }
}

/// A table of 3,000 indicators.
fn big_table() -> hebiao::model::TableReading {
    let sample = std::fs::read(common::CLEAN).unwrap();
    let mut table = hebiao::check_bytes("a.xlsx", &sample, Standard::ministry())
        .tables
        .remove(0);
    let indicator = table.evaluation.indicators[0].clone();
    table.evaluation.indicators = vec![indicator; 3000];
    table
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fail(condition in "\\PC{0,60}") {
        let text = rule(&format!("must = {}", toml_text(&condition)));
        let _ = OwnRules::read(&[RuleFile { name: "一".to_owned(), text }]);
    }

    #[test]
    fn no_order_of_words_makes_the_reader_or_the_reckoning_fail(
        words in prop::collection::vec(prop::sample::select(vec![
            "指标", "分值", "预算", "总分", "标题", ".", "(", ")", "[", "]", ",", "+", "-", "*", "/", "==", "<", ">=",
            "&&", "||", "!", "?", ":", "in", "筛选", "存在", "逐个", "全部", "恰有一个", "i", "10", "0.1", "'x'", "空", "真",
            "合计", "数", "有", "has", "a", "__result__", "@",
        ]), 0..24)
    ) {
        let text = rule(&format!("must = {}", toml_text(&words.join(" "))));
        if let Ok(rules) = OwnRules::read(&[RuleFile { name: "一".to_owned(), text }]) {
            let mut table = big_table();
            table.evaluation.indicators.truncate(5);
            rules.check(&table, Standard::ministry());
        }
    }
}

fn toml_text(text: &str) -> String {
    let escaped: String = text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}
