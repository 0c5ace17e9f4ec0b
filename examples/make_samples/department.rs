//! The evaluation table of a county's real departmental evaluation report for 2023, as it was found: its mistakes are kept.

use super::table::{Content, Table, percent};

/// One indicator row from column C on: name, target, actual, weight, score, reason.
type Row = (&'static str, Content, Content, i32, i32, &'static str);

/// 信丰县工信局 2023 年中小企业专项, 8 columns, `A1:H32`.
pub fn table() -> Table {
    let mut table = Table::new("Sheet1", &[14.0, 18.0, 24.0, 14.0, 14.0, 10.0, 10.0, 30.0]);
    heading(&mut table);
    funds(&mut table);
    indicators(&mut table);
    table.merge("A30:E30").set("A30", "总分").set("F30", 100).set("G30", 96);
    table
        .merge("A31:B31")
        .set("A31", "评价等次")
        .merge("C31:H31")
        .set("C31", "优☑良□中□差□");
    table.merge("A32:H32");
    table.set(
        "A32",
        "100-90（含）分为优、90-80（含）分为良、80-60（含）分为中、60分以下为差",
    );
    table
}

fn heading(table: &mut Table) {
    table
        .merge("A1:H1")
        .set("A1", "工信局2023年中小企业专项（专精特新方向）项目绩效评价表");
    table
        .merge("A2:B2")
        .set("A2", "项目名称")
        .merge("C2:H2")
        .set("C2", "工信局2023年中小企业专项（专精特新方向）");
    table
        .merge("A3:B3")
        .set("A3", "主管部门")
        .merge("C3:E3")
        .set("C3", "信丰县工信局");
    table.set("F3", "实施单位").merge("G3:H3").set("G3", "信丰县工信局");
}

fn funds(table: &mut Table) {
    table.merge("A4:A8").set("A4", "项目资金\n（万元）");
    let headers = ["年初预算数", "全年预算数A", "全年执行数B", "分值", "执行率", "得分"];
    for (column, header) in ["C", "D", "E", "F", "G", "H"].iter().zip(headers) {
        table.set(&format!("{column}4"), header);
    }
    for (row, label) in [(5, "年度资金总额"), (6, "其中：当年财政拨款")] {
        table.set(&format!("B{row}"), label);
        for column in ["C", "D", "E"] {
            table.set(&format!("{column}{row}"), 208);
        }
        table
            .set(&format!("F{row}"), 10)
            .set(&format!("G{row}"), percent(100.0))
            .set(&format!("H{row}"), 10);
    }
    table.set("B7", "上年结转资金").set("B8", "其他资金");
    table.merge("A9:A10").set("A9", "年度总体目标");
    table
        .merge("B9:D9")
        .set("B9", "预期目标")
        .merge("E9:H9")
        .set("E9", "实际完成情况");
    table
        .merge("B10:D10")
        .set("B10", "进一步优化中小企业发展环境，促进中小企业发展。");
    table.merge("E10:H10").set(
        "E10",
        "争取到国家重点“小巨人”企业第二年奖补资金208万元，资金到位，下拨及时，有力的保障了企业经费，切实增强了创新能力。",
    );
}

fn indicators(table: &mut Table) {
    table.merge("A11:H11").set("A11", "绩效评价指标评分");
    let headers = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "全年完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ];
    for (column, header) in ["A", "B", "C", "D", "E", "F", "G", "H"].iter().zip(headers) {
        table.set(&format!("{column}12"), header);
    }
    let levels: [(&str, &str); 15] = [
        ("A13:A18", "项目决策（20分）"),
        ("B13:B14", "项目立项"),
        ("B15:B16", "绩效目标"),
        ("B17:B18", "资金投入"),
        ("A19:A23", "项目过程（20分）"),
        ("B19:B21", "资金管理"),
        ("B22:B23", "组织实施"),
        ("A24:A27", "项目产出（30分）"),
        ("B24", "产出数量"),
        ("B25", "产出质量"),
        ("B26", "产出时效"),
        ("B27", "产出成本"),
        ("A28:A29", "项目效益（30分）"),
        ("B28", "社会效益"),
        ("B29", "满意度"),
    ];
    for (region, name) in levels {
        let first = region.split(':').next().unwrap_or(region);
        table.set(first, name);
        if first != region {
            table.merge(region);
        }
    }
    for (row, (name, target, actual, weight, score, reason)) in (13..).zip(rows()) {
        table.set(&format!("C{row}"), name);
        table.set(&format!("D{row}"), target).set(&format!("E{row}"), actual);
        table.set(&format!("F{row}"), weight).set(&format!("G{row}"), score);
        if !reason.is_empty() {
            table.set(&format!("H{row}"), reason);
        }
    }
}

fn rows() -> [Row; 17] {
    let all = || Content::from("全部符合");
    [
        ("立项依据充分性", all(), all(), 3, 3, ""),
        ("立项程序规范性", all(), all(), 2, 2, ""),
        (
            "绩效目标合理性",
            all(),
            "基本符合".into(),
            5,
            3,
            "原因：对绩效知识学习不够；措施：加强学习培训。",
        ),
        ("绩效指标明确性", all(), all(), 5, 5, ""),
        ("预算编制科学性", all(), all(), 3, 3, ""),
        ("资金分配合理性", all(), all(), 2, 2, ""),
        ("资金到位率", percent(100.0), percent(100.0), 3, 3, ""),
        ("预算执行率", percent(100.0), percent(100.0), 3, 3, ""),
        ("资金使用合规性", all(), all(), 4, 4, ""),
        (
            "管理制度健全性",
            all(),
            "基本符合".into(),
            5,
            3,
            "原因：管理制度不够健全；措施：完善管理制度",
        ),
        ("制度执行有效性", all(), all(), 5, 5, ""),
        ("受益企业数量", "1家".into(), "1家".into(), 7, 7, ""),
        (
            "保障企业工作经费",
            "基本达成".into(),
            "部分达成".into(),
            8,
            6,
            "原因：扶持资金额度有限；措施：争取更多的扶持资金",
        ),
        ("2023年12月31日", percent(100.0), percent(100.0), 7, 7, ""),
        ("扶持资金成本", "208万".into(), "208万".into(), 8, 8, ""),
        (
            "促进我县中小企业往专精特新发展",
            "基本完成".into(),
            "基本完成".into(),
            15,
            15,
            "",
        ),
        ("企业满意度", "≥95%".into(), percent(100.0), 15, 15, ""),
    ]
}
