//! What a form's deviations are read as: one small table a deviation.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use hebiao::layout::read_tables;
use hebiao::model::{FundSource, Grade, MoneyUnit, TableReading};
use support::markdown_table;

fn tables(text: &str) -> Vec<TableReading> {
    read_tables(&markdown_table::workbook(text)).tables
}

fn table(text: &str) -> TableReading {
    let mut found = tables(text);
    assert_eq!(found.len(), 1, "one table expected");
    let table = found.remove(0);
    assert_eq!(table.coverage.unread, Vec::new());
    table
}

/// `level1|level2|level3|target|actual|weight|score|reason` of each indicator; `-` for what is missing.
fn rows(table: &TableReading) -> Vec<String> {
    let evaluation = &table.evaluation;
    evaluation
        .indicators
        .iter()
        .map(|row| {
            let texts = [&row.level1, &row.level2, &row.level3, &row.target, &row.actual];
            let mut cells: Vec<String> = texts
                .iter()
                .map(|field| field.as_ref().map_or("-".to_owned(), |field| field.value.clone()))
                .collect();
            for number in [&row.weight, &row.score] {
                cells.push(number.as_ref().map_or("-".to_owned(), |field| field.value.to_string()));
            }
            cells.push(row.reason.as_ref().map_or("-".to_owned(), |field| field.value.clone()));
            cells.join("|")
        })
        .collect()
}

fn total(table: &TableReading) -> (Option<String>, Option<String>) {
    let total = table.evaluation.total.clone().unwrap();
    let text = |field: Option<hebiao::model::Field<rust_decimal::Decimal>>| {
        field.map(|field| format!("{} {}", field.cell, field.value))
    };
    (text(total.weight), text(total.score))
}

#[test]
fn weights_before_targets_and_reasons_under_remarks() {
    let table = table(
        "|   | A | B | C | D | E | F | G | H |
         |---|---|---|---|---|---|---|---|---|
         | 1 | 一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 | 备注 |
         | 2 | 产出指标 | 数量指标 | 道路 | 60 | ≥5公里 | 5公里 | 60 | |
         | 3 | ^^ | 质量指标 | 合格率 | 40 | 100% | 95% | 38 | 一段返工 |
         | 4 | 总分 | << | << | 100 | | | 98 | |",
    );
    assert_eq!(
        rows(&table),
        [
            "产出指标|数量指标|道路|≥5公里|5公里|60|60|-",
            "产出指标|质量指标|合格率|100%|95%|40|38|一段返工"
        ]
    );
    assert_eq!(total(&table), (Some("D4 100".to_owned()), Some("G4 98".to_owned())));
}

#[test]
fn a_header_in_two_rows_divides_a_spanning_column() {
    let table = table(
        "|   | A | B | C | D | E | F | G | H |
         |---|---|---|---|---|---|---|---|---|
         | 1 | 一级指标 | 三级指标 | 年度指标值 | << | << | 实际完成值 | 分值 | 得分 |
         | 2 | ^^ | ^^ | 指标性质 | 指标值 | 度量单位 | ^^ | ^^ | ^^ |
         | 3 | 产出指标 | 人数 | ≥ | 100 | 人 | 120 | 100 | 100 |",
    );
    assert_eq!(rows(&table), ["产出指标|-|人数|100|120|100|100|-"]);
    let row = &table.evaluation.indicators[0];
    assert_eq!(row.operator.as_ref().unwrap().value, "≥");
    assert_eq!(row.measure_unit.as_ref().unwrap().value, "人");
}

#[test]
fn fund_rows_are_known_by_name_in_any_order() {
    let table = table(
        "|   | A | B | C | D | E | F | G | H |
         |---|---|---|---|---|---|---|---|---|
         | 1 | 项目资金（元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
         | 2 | ^^ | 其他资金 | 1 | 1 | 1 | — | 100% | — |
         | 3 | ^^ | 上年结转资金 | 2 | 2 | 2 | — | 100% | — |
         | 4 | ^^ | 其中：当年财政拨款 | 5 | 5 | 4 | — | 80% | — |
         | 5 | ^^ | 年度资金总额 | 8 | 8 | 7 | 10 | 87.5% | 8.75 |
         | 6 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 原因 |
         | 7 | 产出 | 数量 | 座 | 1座 | 1座 | 90 | 90 | |",
    );
    let evaluation = &table.evaluation;
    assert_eq!(evaluation.money_unit, Some(MoneyUnit::Yuan));
    let sources: Vec<FundSource> = evaluation.funds.iter().map(|fund| fund.source).collect();
    assert_eq!(
        sources,
        [
            FundSource::Other,
            FundSource::Carryover,
            FundSource::Fiscal,
            FundSource::Total
        ]
    );
    let total = &evaluation.funds[3];
    assert_eq!(total.score.as_ref().unwrap().value.to_string(), "8.75");
    assert_eq!(total.execution_rate.as_ref().unwrap().value.to_string(), "0.875");
    assert_eq!(evaluation.funds[0].weight, None);
}

#[test]
fn a_source_named_as_a_heading_is_a_source_where_it_gives_amounts() {
    for (row, label) in [
        ("| 5 | ^^ | 项目支出 | 30 | 30 | 28 | — | 93.33% | — |", "项目支出"),
        (
            "| 5 | ^^ | 其中：项目支出 | 30 | 30 | 28 | — | 93.33% | — |",
            "其中：项目支出",
        ),
        ("| 5 | ^^ | 项目支出 | — | 30 | 28 | — | 93.33% | — |", "项目支出"),
    ] {
        let table = table(&format!(
            "|   | A | B | C | D | E | F | G | H |
             |---|---|---|---|---|---|---|---|---|
             | 1 | 部门名称 | 县水利局 | << | << | << | << | << | << |
             | 2 | 部门资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
             | 3 | ^^ | 年度资金总额 | 80 | 80 | 78 | 10 | 97.5% | 9.75 |
             | 4 | ^^ | 基本支出 | 50 | 50 | 50 | — | 100% | — |
             {row}
             | 6 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 原因 |
             | 7 | 产出 | 数量 | 座 | 1座 | 1座 | 90 | 90 | |"
        ));
        let evaluation = &table.evaluation;
        assert_eq!(evaluation.project_name, None, "{row}");
        let labels: Vec<&str> = evaluation
            .funds
            .iter()
            .map(|fund| fund.label.as_ref().unwrap().value.as_str())
            .collect();
        assert_eq!(labels, ["年度资金总额", "基本支出", label], "{row}");
        let executed = evaluation.funds[2].executed.as_ref().unwrap();
        assert_eq!(
            (executed.cell.to_string(), executed.value.to_string()),
            ("E5".to_owned(), "28".to_owned())
        );
    }
    // A name behind it is the project's, above the funds and below them.
    let heading = "项目支出 | 渠道清淤 | << | << | << | << | << | <<";
    let header = "项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分";
    let total = "^^ | 年度资金总额 | 80 | 80 | 78 | 10 | 97.5% | 9.75";
    for [first, second, third] in [[heading, header, total], [header, total, heading]] {
        let table = table(&format!(
            "|   | A | B | C | D | E | F | G | H |
             |---|---|---|---|---|---|---|---|---|
             | 1 | {first} |
             | 2 | {second} |
             | 3 | {third} |
             | 4 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 原因 |
             | 5 | 产出 | 数量 | 座 | 1座 | 1座 | 90 | 90 | |"
        ));
        let evaluation = &table.evaluation;
        assert_eq!(evaluation.project_name.as_ref().unwrap().value, "渠道清淤");
        assert_eq!(evaluation.funds.len(), 1);
    }
}

#[test]
fn labels_and_values_may_share_a_cell_and_a_blank_value_is_missing() {
    let table = table(
        "|   | A | B | C | D | E | F |
         |---|---|---|---|---|---|---|
         | 1 | 2023年度项目支出绩效自评表 | << | << | << | << | << |
         | 2 | 填报单位：县水利局  填报日期：2024年1月5日 | << | << | << | << | << |
         | 3 | 项目名称：渠道清淤 | << | << | << | << | << |
         | 4 | 主管部门 | | 实施单位 | 水利站 | << | << |
         | 5 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
         | 6 | 产出指标 | 清淤长度 | 3公里 | 3公里 | 100 | 100 |",
    );
    let evaluation = &table.evaluation;
    assert_eq!(evaluation.project_name.as_ref().unwrap().value, "渠道清淤");
    assert_eq!(evaluation.department, None);
    // 实施单位 has its own label; the reporting unit is kept as a line of its own.
    assert_eq!(evaluation.implementing_unit.as_ref().unwrap().value, "水利站");
    let signatures: Vec<(&str, &str)> = evaluation
        .signatures
        .iter()
        .map(|line| (line.label.as_str(), line.value.as_ref().unwrap().value.as_str()))
        .collect();
    assert_eq!(signatures, [("填报单位", "县水利局"), ("填报日期", "2024年1月5日")]);
    assert_eq!(evaluation.year.as_ref().unwrap().value, 2023);
    assert!(table.places.year_is_explicit);
}

#[test]
fn the_unit_is_the_one_that_implements_and_no_unit_of_money() {
    let head = |rows: &str| {
        table(&format!(
            "|   | A | B | C | D | E | F |
             |---|---|---|---|---|---|---|
             {rows}
             | 4 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
             | 5 | 产出指标 | 清淤长度 | 3公里 | 3公里 | 100 | 100 |",
        ))
        .evaluation
    };
    let named = |evaluation: &hebiao::model::Evaluation| {
        let unit = evaluation.implementing_unit.as_ref().map(|unit| unit.value.clone());
        (unit, evaluation.money_unit.map(|unit| unit.title()))
    };
    for (rows, unit) in [
        // Of two units the one that implements.
        (
            "| 1 | 预算单位 | 县水利局 | << | 实施单位 | 水利站 | << |
             | 2 | 项目名称 | 渠道清淤 | << | << | << | << |
             | 3 | 单位：万元 | | | | | |",
            "水利站",
        ),
        (
            "| 1 | 单位：水利站   金额单位：万元 | << | << | << | << | << |
             | 2 | 项目名称 | 渠道清淤 | << | << | << | << |
             | 3 | （2023年度） | << | << | << | << | << |",
            "水利站",
        ),
        (
            "| 1 | 编报单位： | 水利站 | << | 金额单位： | 万元 | << |
             | 2 | 项目名称 | 渠道清淤 | << | << | << | << |
             | 3 | （2023年度） | << | << | << | << | << |",
            "水利站",
        ),
        // 本单位 is the unit that the heading names elsewhere, else the department.
        (
            "| 1 | 报送单位：水利站 | << | << | 单位：万元 | << | << |
             | 2 | 项目名称 | 渠道清淤 | << | << | << | << |
             | 3 | 主管部门 | 县水利局 | << | 实施单位 | 本单位 | << |",
            "水利站",
        ),
        (
            "| 1 | 2023年度   单位：万元 | << | << | << | << | << |
             | 2 | 项目名称 | 渠道清淤 | << | << | << | << |
             | 3 | 主管部门 | 县水利局 | << | 实施单位 | 本级 | << |",
            "县水利局",
        ),
    ] {
        assert_eq!(named(&head(rows)), (Some(unit.to_owned()), Some("万元")), "{rows}");
    }
}

#[test]
fn placeholder_rows_are_no_indicators_and_subtotals_are_not_summed() {
    let table = table(
        "|   | A | B | C | D | E | F | G |
         |---|---|---|---|---|---|---|---|
         | 1 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
         | 2 | 产出指标 | 数量指标 | 指标1：桥 | 1座 | 1座 | 50 | 50 |
         | 3 | ^^ | ^^ | 指标2： | | | | |
         | 4 | ^^ | 质量指标 | …… | / | / | | |
         | 5 | 小计 | << | << | << | << | 50 | 50 |
         | 6 | 效益指标 | 社会效益 | 通行 | 便利 | 便利 | 50 | 45 |
         | 7 | 合计 | << | << | << | << | 100 | 95 |",
    );
    assert_eq!(
        rows(&table),
        [
            "产出指标|数量指标|桥|1座|1座|50|50|-",
            "效益指标|社会效益|通行|便利|便利|50|45|-"
        ]
    );
    assert_eq!(table.evaluation.subtotals.len(), 1);
    assert_eq!(total(&table), (Some("F7 100".to_owned()), Some("G7 95".to_owned())));
}

#[test]
fn a_header_printed_again_after_a_page_break_begins_no_new_table() {
    let table = table(
        "|   | A | B | C | D | E | F | G |
         |---|---|---|---|---|---|---|---|
         | 1 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
         | 2 | 产出指标 | 数量指标 | 桥 | 1座 | 1座 | 50 | 50 |
         | 3 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
         | 4 | | | 路 | 1条 | 1条 | 50 | 50 |",
    );
    assert_eq!(
        rows(&table),
        [
            "产出指标|数量指标|桥|1座|1座|50|50|-",
            "产出指标|数量指标|路|1条|1条|50|50|-"
        ]
    );
}

#[test]
fn a_level_merged_over_the_next_leaves_none_there() {
    let table = table(
        "|   | A | B | C | D | E | F | G |
         |---|---|---|---|---|---|---|---|
         | 1 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
         | 2 | 产出指标（90分） | 数量指标 | 桥 | 1座 | 1座 | 90 | 90 |
         | 3 | 满意度指标（10分） | << | 群众满意度 | 90% | 95% | 10 | 10 |",
    );
    assert_eq!(
        rows(&table),
        [
            "产出指标|数量指标|桥|1座|1座|90|90|-",
            "满意度指标|-|群众满意度|90%|95%|10|10|-"
        ]
    );
}

#[test]
fn the_grade_stands_below_beside_or_over_several_cells() {
    let head = "|   | A | B | C | D | E | F |
         |---|---|---|---|---|---|---|
         | 1 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
         | 2 | 产出指标 | 桥 | 1座 | 1座 | 100 | 85 |\n";
    for (rows, cell) in [
        (
            "| 3 | 总分 | << | << | << | 100 | 85 |\n| 4 | 评价等次 | 优□ 良☑ 中□ 差□ | << | << | << | << |",
            "B4",
        ),
        (
            "| 3 | 总分 | << | << | << | 100 | 85 |\n| 4 | 自评等级： | 良好 | << | << | << | << |",
            "B4",
        ),
        (
            "| 3 | 总分 | << | << | << | 100 | 85 |\n| 4 | 评价等级 | 优□ | 良√ | 中□ | 差□ | |",
            "C4",
        ),
    ] {
        let table = table(&format!("{head}{rows}"));
        let grade = table.evaluation.grade.as_ref().unwrap();
        assert_eq!(
            (grade.value, grade.cell.to_string().as_str()),
            (Grade::Good, cell),
            "{rows}"
        );
    }
}

#[test]
fn tables_of_points_and_plans_are_told_apart() {
    let plan = markdown_table::workbook(
        "|   | A | B | C | D | E |
         |---|---|---|---|---|---|
         | 1 | 项目绩效目标申报表 | << | << | << | << |
         | 2 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 |
         | 3 | 产出指标 | 数量指标 | 桥 | 1座 | 50 |",
    );
    let recognition = read_tables(&plan);
    assert_eq!(recognition.tables, []);
    assert!(
        recognition.skipped[0].reason.contains("绩效目标申报"),
        "{}",
        recognition.skipped[0].reason
    );
}

#[test]
fn a_column_of_criteria_is_kept_beside_its_indicator() {
    let table = table(
        "|   | A | B | C | D | E | F | G |
         |---|---|---|---|---|---|---|---|
         | 1 | 一级指标 | 三级指标 | 评分标准 | 年度指标值 | 实际完成值 | 分值 | 得分 |
         | 2 | 产出指标 | 桥 | 建成得满分 | 1座 | 1座 | 100 | 100 |",
    );
    let extra = &table.evaluation.indicators[0].extra;
    assert_eq!(
        (extra[0].label.as_str(), extra[0].value.value.as_str()),
        ("评分标准", "建成得满分")
    );
}

#[test]
fn what_no_field_takes_is_listed_with_its_cell() {
    let found = tables(
        "|   | A | B | C | D | E | F | G | H |
         |---|---|---|---|---|---|---|---|---|
         | 1 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 责任人 | |
         | 2 | 产出指标 | 桥 | 1座 | 1座 | 100 | 满分 | 张三 | 12 |",
    );
    let unread: Vec<String> = found[0]
        .coverage
        .unread
        .iter()
        .map(|unread| unread.cell.to_string())
        .collect();
    // H has no header at all; F2 is no figure.
    assert_eq!(unread, ["F2", "H2"]);
    // An unknown header inside the table is a column kept as it is.
    let extra = &found[0].evaluation.indicators[0].extra;
    assert_eq!(
        (extra[0].label.as_str(), extra[0].value.value.as_str()),
        ("责任人", "张三")
    );
    let unknown: Vec<(String, &str)> = found[0]
        .unknown_headers
        .iter()
        .map(|header| (header.cell.to_string(), header.text.as_str()))
        .collect();
    assert_eq!(unknown, [("G1".to_owned(), "责任人")]);
}

/// What stands below 年度指标值 is its value, sign and unit; of several values the figure holds.
#[test]
fn a_header_below_another_inherits_its_meaning() {
    for (parts, values, expected) in [
        (
            ["符号", "数值", "单位"],
            ["≥", "10", "公里"],
            ("10", Some("≥"), Some("公里")),
        ),
        (
            ["内容", "数量", "计量单位"],
            ["修路", "10", "公里"],
            ("10", None, Some("公里")),
        ),
        (
            ["标准值", "说明", "度量单位"],
            ["10", "按里程", "公里"],
            ("10", None, Some("公里")),
        ),
    ] {
        let page = format!(
            "|   | A | B | C | D | E | F | G | H |
             |---|---|---|---|---|---|---|---|---|
             | 1 | 一级指标 | 三级指标 | 年度指标值 | << | << | 实际完成值 | 分值 | 得分 |
             | 2 | ^^ | ^^ | {} | {} | {} | ^^ | ^^ | ^^ |
             | 3 | 产出指标 | 修路 | {} | {} | {} | 12公里 | 100 | 100 |",
            parts[0], parts[1], parts[2], values[0], values[1], values[2]
        );
        let row = &table(&page).evaluation.indicators[0];
        let text = |field: &Option<hebiao::model::Field<String>>| field.as_ref().map(|field| field.value.clone());
        let read = (text(&row.target), text(&row.operator), text(&row.measure_unit));
        let (target, operator, unit) = expected;
        assert_eq!(
            read,
            (
                Some(target.to_owned()),
                operator.map(str::to_owned),
                unit.map(str::to_owned)
            ),
            "{parts:?}"
        );
        assert_eq!(text(&row.actual).as_deref(), Some("12公里"), "{parts:?}");
    }
}

/// A head of another year or a forecast makes what stands below it another thing.
#[test]
fn a_header_below_another_year_is_not_of_this_one() {
    let row = &table(
        "|   | A | B | C | D | E | F | G | H |
         |---|---|---|---|---|---|---|---|---|
         | 1 | 一级指标 | 三级指标 | 上年情况 | << | 本年 | << | 分值 | 得分 |
         | 2 | ^^ | ^^ | 目标值 | 完成值 | 目标值 | 完成值 | ^^ | ^^ |
         | 3 | 产出指标 | 修路 | 5公里 | 6公里 | 10公里 | 12公里 | 100 | 100 |",
    )
    .evaluation
    .indicators[0];
    let cell = |field: &Option<hebiao::model::Field<String>>| field.as_ref().map(|field| field.cell.to_string());
    assert_eq!(cell(&row.target).as_deref(), Some("E3"));
    assert_eq!(cell(&row.actual).as_deref(), Some("F3"));
    let kept: Vec<&str> = row.extra.iter().map(|extra| extra.value.value.as_str()).collect();
    assert_eq!(kept, ["5公里", "6公里"]);
}

/// 赋分 is the weight beside a score, and the score beside a weight.
#[test]
fn what_may_be_weight_or_score_is_told_by_the_other() {
    for (headers, weight, score) in [(["指标赋分", "得分"], "E2", "F2"), (["分值", "指标赋分"], "E2", "F2")]
    {
        let page = format!(
            "|   | A | B | C | D | E | F |
             |---|---|---|---|---|---|---|
             | 1 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | {} | {} |
             | 2 | 产出指标 | 修路 | 10公里 | 12公里 | 100 | 100 |",
            headers[0], headers[1]
        );
        let row = &table(&page).evaluation.indicators[0];
        let cell = |field: &Option<hebiao::model::Field<rust_decimal::Decimal>>| {
            field.as_ref().map(|field| field.cell.to_string())
        };
        assert_eq!(cell(&row.weight).as_deref(), Some(weight), "{headers:?}");
        assert_eq!(cell(&row.score).as_deref(), Some(score), "{headers:?}");
    }
}

#[test]
fn a_plan_with_starred_labels_and_targets_in_three_columns_is_read_whole() {
    let workbook = markdown_table::workbook(
        "|   | A | B | C | D | E | F | G |
         |---|---|---|---|---|---|---|---|
         | 1 | 项目支出绩效目标表 | << | << | << | << | << | << |
         | 2 | *项目名称 | 农村饮水 | << | ★实施单位 | 供水总站 | << | << |
         | 3 | 一级指标 | 二级指标 | *三级指标 | *年度指标值 | << | << | *分值 |
         | 4 | ^^ | ^^ | ^^ | 符号 | 数值 | 单位 | ^^ |
         | 5 | 产出指标 | 数量指标 | 新建供水点 | ≥ | 6 | 处 | 60 |
         | 6 | 效益指标 | 社会效益指标 | 受益群众 | ≥ | 1.2 | 万人 | 40 |",
    );
    let tables = hebiao::layout::read_target_tables(&workbook, hebiao::layout::FormLibrary::builtin());
    let evaluation = &tables[0].evaluation;
    assert_eq!(evaluation.project_name.as_ref().unwrap().value, "农村饮水");
    assert_eq!(evaluation.implementing_unit.as_ref().unwrap().value, "供水总站");
    let text = |field: &Option<hebiao::model::Field<String>>| field.as_ref().unwrap().value.clone();
    let targets: Vec<[String; 4]> = evaluation
        .indicators
        .iter()
        .map(|row| [&row.level3, &row.operator, &row.target, &row.measure_unit].map(text))
        .collect();
    assert_eq!(
        targets,
        [["新建供水点", "≥", "6", "处"], ["受益群众", "≥", "1.2", "万人"]]
    );
}
