//! Pairs of a report's text and its table, each with what the comparison must give, and phrasings of published reports.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

mod support;
#[path = "support/work_time.rs"]
mod work_time;

use std::time::Duration;

use hebiao::grid::{TextBlock, Workbook};
use hebiao::model::Severity;
use hebiao::prose::{ClaimKind, ReportText};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, Reports, check_workbook};
use support::markdown_table;
use support::tables::{MINISTRY, report_text};
use work_time::worked;

/// Findings about the text with their level, cell and what was declared; infos left out.
fn found(table: &str, report: &str) -> Vec<String> {
    let text = report_text(report);
    let workbook: Workbook = markdown_table::workbook(table);
    let standard = Standard::ministry();
    let reports = [text];
    let mut options = CheckOptions::new(standard);
    options.reports = Reports::Named(&reports);
    let checked = check_workbook("表.xlsx", workbook, &options);
    assert!(checked.report.report_text.is_some(), "compared");
    let mut lines: Vec<String> = checked.report.tables[0]
        .discrepancies
        .iter()
        .filter(|finding| finding.quote.is_some() && finding.severity > Severity::Info)
        .map(|finding| {
            format!(
                "{} {} {}",
                finding.code,
                finding.cell,
                finding.declared.clone().unwrap_or_default()
            )
        })
        .collect();
    lines.sort();
    lines
}

/// A report of a head, then sections as given.
fn report(sections: &str) -> String {
    format!("绩效自评报告\n一、项目资金情况\n项目资金按规定使用。\n{sections}")
}

#[test]
fn a_number_of_one_part_is_held_against_that_part() {
    let found = |sentence: &str| -> Vec<String> {
        let text = report(&format!(
            "二、指标体系\n{sentence}\n三、绩效分析\n（一）产出指标\n产出指标按期完成。"
        ));
        found(MINISTRY, &text)
            .into_iter()
            .filter(|line| line.starts_with("J06") || line.starts_with("J07"))
            .collect()
    };
    for right in [
        "产出指标下设3个二级指标。",
        "产出指标（50分）下设数量指标、质量指标、时效指标3个二级指标，效益指标下设1个二级指标。",
        "满意度指标权重10分，包括1个三级指标。",
        "设置3个一级指标、5个二级指标，其中产出指标3个二级指标。",
        // Which of the parts is not told.
        "产出指标和效益指标下设9个二级指标。",
    ] {
        assert_eq!(found(right), Vec::<String>::new(), "{right}");
    }
    for (wrong, stated) in [
        ("产出指标下设4个二级指标。", "4个"),
        ("效益指标（30分）下设2个二级指标。", "2个"),
        ("设置3个一级指标、8个二级指标。", "8个"),
        ("本次评价指标体系设置7个二级指标。", "7个"),
    ] {
        let lines = found(wrong);
        assert_eq!(lines.len(), 1, "{wrong}: {lines:?}");
        assert!(
            lines[0].starts_with("J06") && lines[0].ends_with(stated),
            "{wrong}: {lines:?}"
        );
    }
}

/// How much dearer a byte may be in a long paragraph than in a short one: room for a busy machine, none for a quadratic
/// step.
const BOUND: u32 = 5;

#[test]
fn a_long_paragraph_costs_no_more_a_byte_than_a_short_one() {
    let sheet = markdown_table::workbook(MINISTRY);
    let checked = |paragraph: String| {
        let text = report_text(&report(&format!("二、评价结论\n项目自评得分92分。\n{paragraph}")));
        let reports = [text];
        let mut options = CheckOptions::new(Standard::ministry());
        options.reports = Reports::Named(&reports);
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let begun = worked();
            let checked = check_workbook("表.xlsx", sheet.clone(), &options);
            assert!(checked.report.report_text.is_some());
            best = best.min(worked() - begun);
        }
        let begun = worked();
        let read = report_text(&reports[0].paragraphs.last().unwrap().written);
        assert_eq!(read.paragraphs.len(), 1);
        best + (worked() - begun)
    };
    let nothing = checked("完。".to_owned());
    for piece in [
        "该指标得1分。",
        "得1分，",
        "评分标准：得1分。",
        "《",
        "《甲》（",
        "1,1,",
        "一一一",
        "[bookmark:",
        "收入同比增长1%，",
        "同比增长1%，",
        "上年预算1万元、",
        "11个二级指标",
        "（1）",
        "评价等级为“优”，",
        "占1%、",
    ] {
        const SHORT: usize = 6_000;
        const LONG: usize = 60_000;
        let short = checked(piece.repeat(SHORT / piece.len()));
        let long = checked(piece.repeat(LONG / piece.len()));
        let times = u32::try_from(LONG / SHORT).unwrap();
        assert!(
            long < (short + nothing) * times * BOUND,
            "{piece}: {long:?} for {LONG} bytes, {short:?} for {SHORT}"
        );
    }
}

#[test]
fn what_is_too_long_or_too_dense_for_prose_is_passed_over_and_said() {
    let line = "项目自评得分92分。".repeat(150_000);
    let table = "一1分".repeat(300);
    let text = report_text(&report(&format!(
        "二、评价结论\n项目自评得分92分。\n{line}\n项目自评得分93分。{table}"
    )));
    assert_eq!(text.passed_over, [6, 7]);
    let scores: Vec<String> = text
        .claims
        .iter()
        .filter(|claim| claim.kind == ClaimKind::TotalScore)
        .map(|claim| claim.number().unwrap().0.to_string())
        .collect();
    assert_eq!(scores, ["92", "93"]);
    let reports = [text];
    let mut options = CheckOptions::new(Standard::ministry());
    options.reports = Reports::Named(&reports);
    let checked = check_workbook("表.xlsx", markdown_table::workbook(MINISTRY), &options);
    let said: Vec<&str> = checked.report.losses.iter().map(|loss| loss.message.as_str()).collect();
    assert_eq!(
        said,
        ["报告“报告.docx”第 6、7 段过长或数字过密，不是成句的文字，没有（全部）核对"]
    );
}

#[test]
fn phrasings_of_published_reports_are_read() {
    use ClaimKind::{Deduction, Grade, Score, TotalScore, Weight};
    for (sentence, kinds) in [
        ("综合评分为97分，评价等级为优秀。", vec![TotalScore, Grade]),
        ("评价总体得分95分。", vec![TotalScore]),
        ("本单位自评得分为98分，自评等级为“优”。", vec![TotalScore, Grade]),
        ("该项目综合绩效得分为91.80分，绩效评级为“优”。", vec![TotalScore, Grade]),
        ("绩效评价综合得分88.5分，评价等级为“良”。", vec![TotalScore, Grade]),
        ("项目绩效自评总分为九十六分。", vec![TotalScore]),
        ("最终得分：92分，评定等级：优。", vec![TotalScore, Grade]),
        ("项目决策类指标满分20分，得18分。", vec![Weight, Score]),
        ("项目过程指标得分19分，扣1分。", vec![Score, Deduction]),
        ("该指标满分10分，实际得分8分。", vec![Weight, Score]),
        ("因档案不全，扣0.5分。", vec![Deduction]),
        ("总体评价良好。", vec![Grade]),
        ("每少一个扣1分，扣完为止。", vec![]),
        ("完成率达到100%的得10分，小于60%不得分。", vec![]),
        ("90分（含）以上为优，80分（含）至90分为良。", vec![]),
        ("评价结果分为优、良、中、差四个等级。", vec![]),
        ("绩效工作十分重要。", vec![]),
    ] {
        let text = report_text(&report(&format!("二、评价结论\n{sentence}")));
        let found: Vec<ClaimKind> = text
            .claims
            .iter()
            .map(|claim| claim.kind)
            .filter(|kind| {
                matches!(
                    kind,
                    TotalScore | Score | Weight | Deduction | Grade | ClaimKind::BareScore
                )
            })
            .collect();
        assert_eq!(found, kinds, "{sentence}");
    }
}

#[test]
fn amounts_and_rates_are_read_in_every_unit() {
    for (sentence, expected) in [
        (
            "项目预算安排资金1,329,120.67元，全部到位。",
            vec!["1329120.67元 amount"],
        ),
        (
            "全年预算132.912万元，实际支出132.912万元。",
            vec!["132.912万元 amount", "132.912万元 amount"],
        ),
        ("共支付资金0.0133亿元。", vec!["0.0133亿元 amount"]),
        ("资金到位率为百分之百。", vec!["100% rate"]),
        ("预算执行率96.34％。", vec!["96.34% rate"]),
        ("完成预算的98%。", vec!["98% rate"]),
        ("约200万元用于道路养护。", vec!["200万元 quantity"]),
    ] {
        let text = report_text(&report(sentence));
        let found: Vec<String> = text
            .claims
            .iter()
            .map(|claim| {
                let number = claim.number().map(|(value, _)| value.to_string()).unwrap_or_default();
                format!(
                    "{number}{} {}",
                    claim.unit.title().unwrap_or_default(),
                    claim.kind.name()
                )
            })
            .collect();
        assert_eq!(found, expected, "{sentence}");
    }
}

#[test]
fn pairs_give_what_is_wrong_and_nothing_else() {
    // The ministry's table: budget 100 + 20 carried over = 120, executed 114, total 92.
    let cases: [(&str, &str, Vec<&str>); 14] = [
        ("all right", "二、自评结论\n项目自评得分92分，等级为“优”。", vec![]),
        ("another total", "二、自评结论\n项目自评得分93分。", vec!["J01 H17 93"]),
        ("the right total, about", "二、自评结论\n项目自评得分约93分。", vec![]),
        ("another year's total", "二、自评结论\n2022年项目自评得分85分。", vec![]),
        (
            "yuan for ten thousand yuan",
            "（一）资金使用\n项目预算1,200,000.00元，支出1,140,000.00元。",
            vec![],
        ),
        (
            "another amount",
            "（一）资金使用\n项目预算120万元，支出115万元。",
            vec!["J03 F6 115万元"],
        ),
        (
            "a part of the spending",
            "（一）资金使用\n其中人工费支出40万元，材料费支出74万元。",
            vec![],
        ),
        (
            "a part, then its spending",
            "（一）资金使用\n人工费预算50万元，支出40万元。",
            vec![],
        ),
        (
            "a rate that is not its amounts'",
            "（一）资金使用\n项目预算120万元，支出114万元，执行率96%。",
            vec!["J04 H6 96%"],
        ),
        (
            "a rate on what arrived",
            "（一）资金使用\n项目到位资金114万元，支出114万元，执行率100%。",
            vec![],
        ),
        (
            "last year's amounts",
            "（一）资金使用\n上年项目预算80万元，支出79万元。",
            vec![],
        ),
        (
            "the county's figures",
            "二、主要做法\n全县公路总里程1200公里，财政投入3000万元。",
            vec![],
        ),
        (
            "a score of a row",
            "二、指标完成情况\n1.受益村庄\n受益村庄6个，该指标得分20分。",
            vec!["J05 H15 20"],
        ),
        (
            "a result of a row",
            "二、指标完成情况\n1.养护里程\n养护里程18公里，得20分。",
            vec!["J05 F12 18公里"],
        ),
    ];
    for (name, sections, expected) in cases {
        assert_eq!(found(MINISTRY, &report(sections)), expected, "{name}");
    }
}

#[test]
fn a_report_of_several_projects_is_split_by_its_headings() {
    let text = "2023年度项目绩效自评报告\n一、基本情况\n本单位共有两个项目。\n二、自评情况\n（一）农村公路养护项目\n项目自评得分92分。\n（二）桥梁维修项目\n项目自评得分85分。";
    let lines = MINISTRY.replace("县公路站项目", "农村公路养护项目");
    let blocks: Vec<TextBlock> = text.lines().map(|line| TextBlock::Paragraph(line.to_owned())).collect();
    let parsed = ReportText::new("报告.docx", &blocks);
    assert_eq!(parsed.claims.len(), 2);
    assert_eq!(found(&lines, text), Vec::<String>::new());
}
