//! The normalized workbook: one layout whatever came in, declared values as declared, nothing but values.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod write_support;

use std::collections::BTreeMap;

use calamine::Data;
use hebiao::grid::CellAddress;
use hebiao::internals::NormalizedLayout;
use hebiao::model::RescoringMethod;
use hebiao::report::*;
use hebiao::write::{WriteError, normalized_workbook};
use proptest::prelude::*;
use write_support::*;

fn written(evaluation: Evaluation, findings: Vec<Discrepancy>) -> BTreeMap<String, Data> {
    let bytes = normalized_workbook(&report(vec![table(evaluation, findings)])).unwrap();
    assert_inert(&bytes);
    cells(&bytes, "评价表")
}

#[test]
fn the_form_stands_in_the_ministrys_order_and_wording() {
    let cells = written(small_evaluation(), vec![]);
    for (cell, text) in [
        ("A1", "项目支出绩效自评表"),
        ("A2", "（2023年度）"),
        ("A3", "项目名称"),
        ("C3", "中小企业专项"),
        ("A4", "主管部门"),
        ("C4", "某县工信局"),
        ("H4", "实施单位"),
        ("I4", "某县工信局"),
        ("A5", "项目资金（万元）"),
        ("D5", "年初预算数"),
        ("E5", "全年预算数"),
        ("G5", "全年执行数"),
        ("I5", "分值"),
        ("J5", "执行率"),
        ("K5", "得分"),
        ("L5", "复算得分"),
        ("B6", "年度资金总额"),
        ("B7", "其中：当年财政拨款"),
        ("A8", "年度总体目标"),
        ("B8", "预期目标"),
        ("H8", "实际完成情况"),
        ("B9", "优化发展环境。"),
        ("H9", "已完成。"),
        ("A10", "绩效指标"),
        ("B10", "一级指标"),
        ("C10", "二级指标"),
        ("D10", "三级指标"),
        ("E10", "指标性质"),
        ("F10", "年度指标值"),
        ("G10", "计量单位"),
        ("H10", "实际完成值"),
        ("I10", "分值"),
        ("J10", "得分"),
        ("K10", "复核得分"),
        ("L10", "复算得分"),
        ("M10", "差异标记"),
        ("N10", "偏差原因分析及改进措施"),
        ("B11", "产出指标（15分）"),
        ("D11", "受益企业数量"),
        ("F11", "≥12家"),
        ("N12", "抽检批次不足，已安排补检。"),
        ("A14", "总分"),
        ("A15", "评价等次"),
        ("I15", "良"),
        ("A16", "填报人："),
        ("C16", "张三"),
        ("A17", "注：得分保留两位小数。"),
        ("A19", "核表附注"),
    ] {
        assert_eq!(cells.get(cell), Some(&string(text)), "{cell}");
    }
}

#[test]
fn declared_numbers_are_number_cells_and_texts_stay_texts() {
    let cells = written(small_evaluation(), vec![]);
    for (cell, number) in [
        ("D6", 208.0),
        ("E6", 208.0),
        ("G6", 196.5),
        ("I6", 10.0),
        ("J6", 0.9447),
        ("K6", 9.45),
        ("F12", 0.95),
        ("H12", 0.76),
        ("I11", 10.0),
        ("J13", 3.0),
        ("L13", 3.0),
        ("I14", 20.0),
        ("J14", 19.0),
    ] {
        assert_eq!(cells.get(cell), Some(&Data::Float(number)), "{cell}");
    }
    assert_eq!(cells.get("H11"), Some(&string("12家")));
    assert!(!cells.contains_key("D7") || cells.get("D7") == Some(&Data::Float(208.0)));
}

#[test]
fn numbers_look_as_in_the_source() {
    let bytes = normalized_workbook(&report(vec![table(small_evaluation(), vec![])])).unwrap();
    let styles = parts(&bytes).remove("xl/styles.xml").unwrap();
    for code in ["0", "0.00", "0%", "0.00%", "0.00&quot;分&quot;"] {
        assert!(styles.contains(&format!("formatCode=\"{code}\"")), "{code}");
    }
    assert!(styles.contains("宋体") && styles.contains("仿宋"));
}

#[test]
fn level_names_are_merged_over_their_rows() {
    let bytes = normalized_workbook(&report(vec![table(small_evaluation(), vec![])])).unwrap();
    let sheet = parts(&bytes).remove("xl/worksheets/sheet1.xml").unwrap();
    for merge in ["A1:N1", "A5:A7", "A8:A9", "A10:A13", "B11:B12", "A14:H14"] {
        assert!(sheet.contains(&format!("<mergeCell ref=\"{merge}\"/>")), "{merge}");
    }
    assert!(!sheet.contains("ref=\"C11:"), "different 二级指标 stand apart");
}

#[test]
fn a_finding_shows_as_words_fill_and_note() {
    let findings = vec![
        finding("A01", Severity::Error, "G30", Some("total.score")),
        finding("D14", Severity::Info, "D15", Some("indicators[2].target")),
        finding("B11", Severity::Warning, "G15", Some("indicators[2].score")),
    ];
    let bytes = normalized_workbook(&report(vec![table(small_evaluation(), findings)])).unwrap();
    let cells = cells(&bytes, "评价表");
    assert_eq!(cells.get("M14"), Some(&string("错误 A01")));
    assert_eq!(cells.get("M13"), Some(&string("预警 B11\n提示 D14")));
    assert_eq!(cells.get("M12"), None);
    assert_eq!(
        cells.get("J14"),
        Some(&Data::Float(19.0)),
        "the declared value is not altered"
    );
    let parts = parts(&bytes);
    let notes = parts.get("xl/comments1.xml").unwrap();
    assert!(notes.contains("ref=\"J14\"") && notes.contains("ref=\"F13\"") && notes.contains("ref=\"J13\""));
    assert!(notes.contains("【错误 A01】总分与各项得分之和不符（源文件 G30）"));
    assert!(!notes.contains("核表:\n"), "no author before the text");
    assert!(parts.get("xl/styles.xml").unwrap().contains("FFFFC7CE"));
}

#[test]
fn a_finding_without_a_row_of_its_own_is_named_in_the_annex() {
    let findings = vec![
        finding("H01", Severity::Warning, "C3", Some("project_name")),
        finding("R04", Severity::Warning, "Z99", None),
    ];
    let cells = written(small_evaluation(), findings);
    let named: Vec<String> = cells
        .values()
        .map(Data::to_string)
        .filter(|text| text.starts_with("预警 "))
        .collect();
    assert_eq!(named.len(), 2);
    assert!(
        named
            .iter()
            .any(|text| text.starts_with("预警 H01") && text.contains("本表 C3，源文件 C3"))
    );
    assert!(
        named
            .iter()
            .any(|text| text.starts_with("预警 R04") && text.contains("（源文件 Z99）"))
    );
}

#[test]
fn rescored_scores_stand_beside_as_number_band_or_call_for_a_person() {
    let mut table = table(small_evaluation(), vec![]);
    let [first, second, third] = table.rescoring.items.as_mut_slice() else {
        panic!("three items")
    };
    first.rescored = Some(number("8.5"));
    first.expected_min = Some(number("8.5"));
    first.expected_max = Some(number("8.5"));
    first.trace = "10 × 85% = 8.5".to_owned();
    second.method = RescoringMethod::Manual;
    third.method = RescoringMethod::Band;
    third.expected_min = Some(number("4"));
    third.expected_max = Some(number("5"));
    third.rescored = Some(number("4"));
    table.rescoring.rescored_total = Some(number("17.5"));
    table.rescoring.rescored_grade = Some(Grade::Fair);
    let bytes = normalized_workbook(&report(vec![table])).unwrap();
    let cells = cells(&bytes, "评价表");
    assert_eq!(cells.get("L11"), Some(&Data::Float(8.5)));
    assert_eq!(cells.get("L12"), Some(&string("人工判断")));
    assert_eq!(cells.get("L13"), Some(&string("4～5\n取4")));
    assert_eq!(cells.get("L14"), Some(&Data::Float(17.5)));
    assert_eq!(cells.get("L15"), Some(&string("中")));
    assert_eq!(cells.get("J11"), Some(&Data::Float(10.0)));
    assert!(
        parts(&bytes)
            .get("xl/comments1.xml")
            .unwrap()
            .contains("复算依据：10 × 85% = 8.5")
    );
}

#[test]
fn a_report_read_back_from_json_gives_the_same_bytes() {
    let report = report(vec![table(small_evaluation(), vec![])]);
    let json = serde_json::to_string(&report).unwrap();
    let again: FileReport = serde_json::from_str(&json).unwrap();
    assert_eq!(
        normalized_workbook(&report).unwrap(),
        normalized_workbook(&again).unwrap()
    );
}

#[test]
fn equal_reports_give_equal_bytes() {
    let findings = || vec![finding("A01", Severity::Error, "G30", Some("total.score"))];
    let one = normalized_workbook(&report(vec![table(small_evaluation(), findings())])).unwrap();
    let other = normalized_workbook(&report(vec![table(small_evaluation(), findings())])).unwrap();
    assert_eq!(one, other);
    let core = parts(&one).remove("docProps/core.xml").unwrap();
    assert!(core.contains("2020-01-01T00:00:00Z"), "{core}");
}

#[test]
fn properties_name_tool_standard_and_source_but_no_folder() {
    let bytes = normalized_workbook(&report(vec![table(small_evaluation(), vec![])])).unwrap();
    let parts = parts(&bytes);
    let custom = parts.get("docProps/custom.xml").unwrap();
    for text in [
        env!("CARGO_PKG_VERSION"),
        "财预〔2020〕10号",
        "0123456789abcdef0123456789abcdef",
    ] {
        assert!(custom.contains(text), "{text}");
    }
    for (name, content) in &parts {
        assert!(!content.contains("/data/2023"), "{name} tells the folder");
    }
}

#[test]
fn the_page_is_ready_for_print() {
    let bytes = normalized_workbook(&report(vec![table(small_evaluation(), vec![])])).unwrap();
    let parts = parts(&bytes);
    let workbook = parts.get("xl/workbook.xml").unwrap();
    assert!(
        workbook.contains("_xlnm.Print_Titles") && workbook.contains("$10:$10"),
        "{workbook}"
    );
    let sheet = parts.get("xl/worksheets/sheet1.xml").unwrap();
    assert!(sheet.contains("第 &amp;P 页，共 &amp;N 页"));
    assert!(sheet.contains("horizontalCentered=\"1\""));
}

#[test]
fn an_empty_table_keeps_the_layout_and_invents_nothing() {
    let evaluation = Evaluation {
        indicators: vec![indicator(3, ["产出", "数量", "受益户数"], "5", "5", "100", "100")],
        ..Evaluation::default()
    };
    let cells = written(evaluation, vec![]);
    assert_eq!(cells.get("A1"), None);
    assert_eq!(cells.get("A2"), None);
    assert_eq!(cells.get("C3"), None);
    assert_eq!(cells.get("A5"), Some(&string("项目资金")));
    for blank in ["B6", "D6", "I6", "J6", "K6", "L6", "B8", "H8"] {
        assert!(matches!(cells.get(blank), None | Some(Data::String(_))), "{blank}");
    }
    assert_eq!(cells.get("D10"), Some(&string("受益户数")));
    assert_eq!(cells.get("F10"), Some(&Data::Float(5.0)));
    // An empty 总分 row would say that the unit left its total empty.
    assert_eq!(cells.get("A11"), Some(&string("评价等次")));
    assert_eq!(cells.get("I11"), None);
}

#[test]
fn several_tables_get_a_sheet_each() {
    let tables = vec![table(small_evaluation(), vec![]), table(Evaluation::default(), vec![])];
    let bytes = normalized_workbook(&report(tables)).unwrap();
    assert_inert(&bytes);
    assert_eq!(
        sheet_names(&bytes),
        ["评价表", "评价表2", "差异清单", "复算过程", "来源对照"]
    );
}

#[test]
fn a_report_without_tables_writes_nothing() {
    let error = normalized_workbook(&report(vec![])).unwrap_err();
    assert!(matches!(error, WriteError::NoTable));
    assert!(error.to_string().contains("没有读出评价表"));
}

#[test]
fn sixty_indicators_and_long_texts_are_all_there() {
    let mut evaluation = small_evaluation();
    evaluation.indicators = (0..60)
        .map(|index| {
            indicator(
                13 + index,
                ["产出指标", "数量指标", &format!("指标{index}")],
                "1",
                "1",
                "1",
                "1",
            )
        })
        .collect();
    let reason = "因手续办理滞后，工程延期。".repeat(400);
    evaluation.indicators.first_mut().unwrap().reason = text(&reason, "H13");
    evaluation.goals.first_mut().unwrap().expected = text(&"绩".repeat(40_000), "B10");
    let cells = written(evaluation, vec![]);
    assert_eq!(cells.get("D70"), Some(&string("指标59")));
    assert_eq!(cells.get("N11"), Some(&string(&reason)));
    let Some(Data::String(goal)) = cells.get("B9") else {
        panic!("a text")
    };
    assert!(goal.encode_utf16().count() <= 32_767 && goal.ends_with("全文见源文件单元格 B10）"));
}

/// Texts beside the label in the annex, from top to bottom.
fn annex(cells: &BTreeMap<String, Data>, label: impl Fn(&str) -> bool) -> Vec<String> {
    let mut rows: Vec<(u32, &String)> = cells
        .iter()
        .filter_map(|(cell, data)| match data {
            Data::String(text) if at(cell).column == 0 && label(text) => Some((at(cell).row, text)),
            _ => None,
        })
        .collect();
    rows.sort();
    let beside = rows
        .into_iter()
        .map(|(row, _)| cells.get(&CellAddress::new(row, 3).to_string()));
    beside.map(|data| data.unwrap().to_string()).collect()
}

#[test]
fn a_text_longer_than_its_cell_shows_stands_whole_in_the_annex() {
    let mut evaluation = small_evaluation();
    let reason = "因手续办理滞后，工程延期。".repeat(200);
    evaluation.indicators.first_mut().unwrap().reason = text(&reason, "H13");
    let cells = written(evaluation, vec![]);
    let whole = annex(&cells, |label| label.starts_with("N11 的全文"));
    assert!(whole.len() > 1 && whole.concat() == reason, "{whole:?}");
    assert!(annex(&written(small_evaluation(), vec![]), |label| label.contains("全文")).is_empty());
}

#[test]
fn the_annex_names_what_a_person_decides_what_was_left_out_and_where_the_year_is_from() {
    let mut evaluation = small_evaluation();
    evaluation.year.as_mut().unwrap().cell = at("A1");
    let mut one = table(evaluation, vec![]);
    one.for_review = vec![ForReview {
        code: "E09".to_owned(),
        title: "原因与得分矛盾".to_owned(),
        cell: at("H14"),
        field: Some("indicators[1].reason".to_owned()),
        message: "哪一处不实须由人判断。".to_owned(),
    }];
    one.unknown_headers = vec![UnknownHeader {
        cell: at("K12"),
        text: "奇怪的栏".to_owned(),
    }];
    let mut report = report(vec![one]);
    report.skipped_sheets = vec![SkippedSheet {
        sheet: "封面".to_owned(),
        reason: "没有评价表".to_owned(),
    }];
    let cells = cells(&normalized_workbook(&report).unwrap(), "评价表");
    let of = |wanted: &str| annex(&cells, |label| label == wanted).concat();
    assert_eq!(
        of("需人工判断"),
        "E09 原因与得分矛盾（本表 N12，源文件 H14）：哪一处不实须由人判断。"
    );
    assert_eq!(of("未核对的工作表"), "“封面”：没有评价表");
    assert!(of("阅读说明").contains("年度取自 A1 的文字"));
    let unknown = of("不认识的表头");
    assert!(
        unknown.contains("“奇怪的栏”（K12）") && !unknown.contains("--forms"),
        "{unknown}"
    );
}

#[test]
fn no_page_begins_with_the_first_indicator_or_the_grade_and_the_annex_leaves_the_total() {
    for count in 1..60 {
        let mut evaluation = small_evaluation();
        evaluation.indicators = (0..count)
            .map(|index| {
                let name = format!("指标{index}");
                indicator(13 + index, ["产出指标", "数量指标", &name], "1", "1", "1", "1")
            })
            .collect();
        (evaluation.signatures, evaluation.notes) = (vec![], vec![]);
        let bytes = normalized_workbook(&report(vec![table(evaluation, vec![])])).unwrap();
        let parts = parts(&bytes);
        let sheet = &parts["xl/worksheets/sheet1.xml"];
        let breaks: Vec<u32> = sheet
            .split("<brk id=\"")
            .skip(1)
            .map(|tag| tag.split('"').next().unwrap().parse().unwrap())
            .collect();
        // The header is the tenth row; behind the indicators stand the total, the grade, an empty row and the annex.
        let (first, total) = (10, 10 + count);
        assert!(
            !breaks.contains(&first) && !breaks.contains(&(total + 1)),
            "{count}: {breaks:?}"
        );
        let annex = breaks.contains(&(total + 2)) || breaks.contains(&(total + 3));
        assert!(count > 14 || annex && !breaks.contains(&total), "{count}: {breaks:?}");
    }
}

#[test]
fn the_recalculation_names_cells_of_the_source_and_says_where_there_is_none() {
    let bytes = normalized_workbook(&report(vec![table(small_evaluation(), vec![])])).unwrap();
    let steps = cells(&bytes, "复算过程");
    assert_eq!(steps.get("C3"), Some(&string("源单元格")));
    assert_eq!(steps.get("C4"), Some(&string("G13")));
    let mut empty = table(small_evaluation(), vec![]);
    empty.rescoring.items.clear();
    let bytes = normalized_workbook(&report(vec![empty])).unwrap();
    assert_eq!(cells(&bytes, "复算过程").get("A4"), Some(&string("没有可复算的得分")));
}

#[test]
fn an_amount_keeps_its_cents_and_a_text_like_a_formula_its_format() {
    let mut evaluation = small_evaluation();
    evaluation.funds.first_mut().unwrap().executed = shown("123456789.12", "123456789.1", "E5");
    evaluation.indicators.first_mut().unwrap().reason = text("=见附表", "H13");
    let bytes = normalized_workbook(&report(vec![table(evaluation, vec![])])).unwrap();
    let parts = parts(&bytes);
    let sheet = parts
        .iter()
        .find(|(name, part)| name.starts_with("xl/worksheets/sheet") && part.contains("123456789.12"))
        .map(|(_, part)| part)
        .unwrap();
    let formats: Vec<&str> = parts["xl/styles.xml"]
        .split("<cellXfs")
        .nth(1)
        .unwrap()
        .split("<xf ")
        .skip(1)
        .collect();
    let format_of = |cell: &str| {
        let style = sheet.split(&format!("<c r=\"{cell}\" s=\"")).nth(1).unwrap();
        let style: usize = style.split('"').next().unwrap().parse().unwrap();
        let id = formats[style]
            .split("numFmtId=")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap();
        let code = parts["xl/styles.xml"]
            .split(&format!("<numFmt numFmtId={id} formatCode=\""))
            .nth(1);
        code.unwrap().split('"').next().unwrap()
    };
    assert_eq!((format_of("G6"), format_of("N11")), ("0.00", "@"));
}

#[test]
fn subtotals_stand_where_they_stood() {
    let mut evaluation = small_evaluation();
    let subtotal = |row: u32, label: &str, score: &str| Subtotal {
        label: text(label, &format!("B{row}")).unwrap(),
        weight: figure("15", &format!("F{row}")),
        score: figure(score, &format!("G{row}")),
    };
    evaluation.indicators.get_mut(2).unwrap().level3 = text("政策知晓度", "C16");
    evaluation.subtotals = vec![subtotal(17, "效益小计", "3"), subtotal(15, "产出小计", "14")];
    let cells = written(evaluation, vec![]);
    assert_eq!(cells.get("D12"), Some(&string("验收合格率")));
    assert_eq!(cells.get("B13"), Some(&string("产出小计")));
    assert_eq!(cells.get("J13"), Some(&Data::Float(14.0)));
    assert_eq!(cells.get("D14"), Some(&string("政策知晓度")));
    assert_eq!(cells.get("B15"), Some(&string("效益小计")));
    assert_eq!(cells.get("A16"), Some(&string("总分")));
}

#[test]
fn texts_that_look_like_formulas_stay_texts() {
    let mut evaluation = small_evaluation();
    evaluation.project_name = text("=HYPERLINK(\"http://x\",\"y\")", "C3");
    evaluation.department = text("@SUM(1)", "C4");
    evaluation.implementing_unit = text("\t=1+1", "G4");
    evaluation.notes = vec![
        text("http://example.com", "A40").unwrap(),
        text("{=1+1}", "A41").unwrap(),
    ];
    let row = evaluation.indicators.first_mut().unwrap();
    row.level3 = text("+cmd|' /C calc'!A0", "C13");
    row.target = text("-1+1", "D13");
    row.reason = text("坏\u{1}字\u{b}符<b>&\u{fffe}", "H13");
    let cells = written(evaluation, vec![]);
    for (cell, text) in [
        ("C3", "=HYPERLINK(\"http://x\",\"y\")"),
        ("C4", "@SUM(1)"),
        ("I4", "\t=1+1"),
        ("D11", "+cmd|' /C calc'!A0"),
        ("F11", "-1+1"),
        ("N11", "坏字符<b>&"),
        ("A17", "http://example.com"),
        ("A18", "{=1+1}"),
    ] {
        assert_eq!(cells.get(cell), Some(&string(text)), "{cell}");
    }
}

#[test]
fn fields_and_source_cells_are_found_again() {
    let report = report(vec![table(small_evaluation(), vec![])]);
    let layout = NormalizedLayout::of(&report);
    let table = layout.table(0).unwrap();
    assert_eq!(table.sheet(), "评价表");
    let place = |field: Option<&str>, cell: &str| table.locate(field, at(cell)).to_string();
    assert_eq!(place(Some("indicators[1].score"), "G14"), "J12");
    assert_eq!(place(Some("indicators[1].level1_weight"), "A13"), "B11");
    assert_eq!(place(Some("funds[0].execution_rate"), "G5"), "J6");
    assert_eq!(place(Some("total.score"), "G30"), "J14");
    assert_eq!(
        place(Some("indicators[1].unheard_of"), "Z1"),
        "D12",
        "an unknown part of a known row"
    );
    assert_eq!(place(None, "E15"), "H13", "by source cell");
    assert_eq!(place(None, "Z15"), "M13", "by source row: that row's mark");
    assert_eq!(place(None, "Z99"), "A1", "nowhere else");
    assert!(layout.table(1).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever a table says, the workbook is written, inert, and says it again.
    #[test]
    fn any_text_and_number_is_written_and_read_back(
        name in "\\PC{1,40}", target in "\\PC{0,12}|-?[0-9]{1,18}(\\.[0-9]{1,4})?%?",
        mantissa in -1_000_000_000_000_000_i64..1_000_000_000_000_000, scale in 0u32..10, shown in "\\PC{0,8}|[0-9,.]{1,9}%?",
    ) {
        let mut evaluation = small_evaluation();
        let value = rust_decimal::Decimal::new(mantissa, scale);
        let row = evaluation.indicators.first_mut().unwrap();
        row.level3 = text(&name, "C13");
        row.target = text(&target, "D13");
        row.score = Some(Field::new(value, shown.clone(), at("G13")));
        evaluation.funds.first_mut().unwrap().execution_rate = Some(Field::new(value, shown, at("G5")));
        let cells = written(evaluation, vec![]);
        let seen = |cell: &str| cells.get(cell).map(Data::to_string).unwrap_or_default();
        if !name.trim().is_empty() {
            prop_assert_eq!(seen("D11"), name);
        }
        let score: rust_decimal::Decimal = match cells.get("J11") {
            Some(Data::Float(number)) => format!("{number}").parse().unwrap(),
            other => panic!("{other:?}"),
        };
        prop_assert_eq!(score, value.normalize());
    }
}
