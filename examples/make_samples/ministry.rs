//! A project self-evaluation in the ministry's form (财预〔2020〕10号 附件1), filled in without a mistake.
//!
//! The project is invented; every score follows from its target and actual value by the regulation's own rules.

use super::table::{Content, Table, percent};

/// One indicator row from column D on: name, target, actual, weight, score, reason.
type Row = (&'static str, Content, Content, f64, f64, &'static str);

/// 职业技能提升培训项目, 9 columns, `A1:I24`: 50 / 30 / 10 and 10 for the budget's execution.
pub fn table() -> Table {
    let mut table = Table::new(
        "项目支出绩效自评表",
        &[12.0, 12.0, 16.0, 24.0, 16.0, 16.0, 9.0, 9.0, 34.0],
    );
    heading(&mut table);
    funds(&mut table);
    indicators(&mut table);
    table
        .merge("A23:F23")
        .set("A23", "总分")
        .set("G23", 100)
        .set("H23", 98.76);
    table.set("A24", "填报人：").merge("B24:C24").set("B24", "示例人员");
    table
        .set("D24", "联系电话：")
        .merge("E24:F24")
        .set("E24", "0797-0000000");
    table
        .merge("G24:H24")
        .set("G24", "填报日期：")
        .set("I24", "2024年1月20日");
    table
}

fn heading(table: &mut Table) {
    table
        .merge("A1:I1")
        .set("A1", "项目支出绩效自评表")
        .merge("A2:I2")
        .set("A2", "（2023年度）");
    table
        .set("A3", "项目名称")
        .merge("B3:I3")
        .set("B3", "职业技能提升培训项目");
    table
        .set("A4", "主管部门")
        .merge("B4:D4")
        .set("B4", "示例县人力资源和社会保障局");
    table
        .set("E4", "实施单位")
        .merge("F4:I4")
        .set("F4", "示例县就业服务中心");
}

fn funds(table: &mut Table) {
    table.merge("A5:A9").set("A5", "项目资金\n（万元）").merge("B5:C5");
    let headers = [
        "年初预算数",
        "全年预算数（A）",
        "全年执行数（B）",
        "分值",
        "执行率（B/A）",
        "得分",
    ];
    for (column, header) in ["D", "E", "F", "G", "H", "I"].iter().zip(headers) {
        table.set(&format!("{column}5"), header);
    }
    let rows = [
        (6, "年度资金总额", 126.5, 121.44),
        (7, "其中：当年财政拨款", 106.5, 102.24),
        (8, "上年结转资金", 20.0, 19.2),
    ];
    for (row, label, budget, executed) in rows {
        table.merge(&format!("B{row}:C{row}")).set(&format!("B{row}"), label);
        table
            .set(&format!("D{row}"), budget)
            .set(&format!("E{row}"), budget)
            .set(&format!("F{row}"), executed);
        table
            .set(&format!("G{row}"), "—")
            .set(&format!("H{row}"), percent(96.0))
            .set(&format!("I{row}"), "—");
    }
    table.set("G6", 10).set("I6", 9.6);
    table
        .merge("B9:C9")
        .set("B9", "其他资金")
        .set("G9", "—")
        .set("H9", "—")
        .set("I9", "—");
    for cell in ["D9", "E9", "F9"] {
        table.set(cell, 0);
    }
    table.merge("A10:A11").set("A10", "年度总体目标");
    table
        .merge("B10:E10")
        .set("B10", "预期目标")
        .merge("F10:I10")
        .set("F10", "实际完成情况");
    table
        .merge("B11:E11")
        .set("B11", "全年举办职业技能培训班12期，培训600人，提高城乡劳动者就业能力。");
    table.merge("F11:I11").set(
        "F11",
        "全年举办职业技能培训班12期，培训570人，培训合格率97%，学员满意度93%。",
    );
}

fn indicators(table: &mut Table) {
    table.merge("A12:A22").set("A12", "绩效指标");
    let headers = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ];
    for (column, header) in ["B", "C", "D", "E", "F", "G", "H", "I"].iter().zip(headers) {
        table.set(&format!("{column}12"), header);
    }
    let levels: [(&str, &str); 11] = [
        ("B13:B18", "产出指标（50分）"),
        ("C13:C14", "数量指标"),
        ("C15:C16", "质量指标"),
        ("C17", "时效指标"),
        ("C18", "成本指标"),
        ("B19:B21", "效益指标（30分）"),
        ("C19", "经济效益指标"),
        ("C20", "社会效益指标"),
        ("C21", "可持续影响指标"),
        ("B22", "满意度指标（10分）"),
        ("C22", "服务对象满意度指标"),
    ];
    for (region, name) in levels {
        let first = region.split(':').next().unwrap_or(region);
        table.set(first, name);
        if first != region {
            table.merge(region);
        }
    }
    for (row, (name, target, actual, weight, score, reason)) in (13..).zip(rows()) {
        table.set(&format!("D{row}"), name);
        table.set(&format!("E{row}"), target).set(&format!("F{row}"), actual);
        table.set(&format!("G{row}"), weight).set(&format!("H{row}"), score);
        if !reason.is_empty() {
            table.set(&format!("I{row}"), reason);
        }
    }
}

fn rows() -> [Row; 10] {
    [
        ("举办培训班期数", "≥12期".into(), "12期".into(), 6.0, 6.0, ""),
        (
            "培训人数",
            "≥600人".into(),
            "570人".into(),
            10.0,
            9.5,
            "原因：部分乡镇学员外出务工，未能参训；措施：改在返乡高峰期开班。",
        ),
        ("培训合格率", "≥95%".into(), percent(97.0), 10.0, 10.0, ""),
        (
            "培训教材符合教学大纲情况",
            "全部符合".into(),
            "全部符合".into(),
            4.0,
            4.0,
            "",
        ),
        (
            "培训任务完成时间",
            "2023年12月底前".into(),
            "2023年11月30日".into(),
            10.0,
            10.0,
            "",
        ),
        ("人均培训成本", "≤2200元".into(), "2130元".into(), 10.0, 10.0, ""),
        ("学员人均月收入增加额", "≥500元".into(), "520元".into(), 8.0, 8.0, ""),
        (
            "培训后半年内就业率",
            "≥70%".into(),
            percent(68.0),
            12.0,
            11.66,
            "原因：本地制造业用工需求减少；措施：增加省外对口岗位推荐。",
        ),
        (
            "长效培训机制建立情况",
            "达成年度指标".into(),
            "达成年度指标".into(),
            10.0,
            10.0,
            "",
        ),
        ("参训学员满意度", "≥90%".into(), percent(93.0), 10.0, 10.0, ""),
    ]
}
