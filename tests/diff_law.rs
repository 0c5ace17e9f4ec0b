//! Laws of the comparison: a table is unchanged against itself, and moved rows are no change.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use hebiao::check_bytes;
use hebiao::diff::{ChangeKind, FindingState, compare};
use hebiao::report::FileReport;
use hebiao::standard::Standard;
use proptest::prelude::*;

/// One indicator row: level and name by number, so that names repeat; target, actual, weight, score.
type Row = (usize, usize, u32, u32, u32, u32);

const LEVELS: [(&str, &str); 4] = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
];
const NAMES: [&str; 6] = [
    "培训人数",
    "培训期数",
    "参训人员满意度",
    "发放教材册数",
    "新增就业人数",
    "回访次数",
];

fn report(rows: &[Row]) -> FileReport {
    let mut text = "项目支出绩效自评表\n（2023年度）\n项目名称,培训\n主管部门,某局,实施单位,某中心\n\
                    一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施\n"
        .to_owned();
    for (level, name, target, actual, weight, score) in rows {
        let (level1, level2) = LEVELS[*level];
        text.push_str(&format!(
            "{level1},{level2},{},≥{target}人,{actual}人,{weight},{score},\n",
            NAMES[*name]
        ));
    }
    text.push_str("总分,,,,,100,90,\n");
    check_bytes("表.csv", text.as_bytes(), Standard::ministry()).report
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..4_usize, 0..6_usize, 1..50_u32, 0..60_u32, 1..20_u32, 0..20_u32);
    prop::collection::vec(row, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_table_is_unchanged_against_itself(rows in rows()) {
        let report = report(&rows);
        let comparison = compare(&report, &report);
        prop_assert_eq!(comparison.changes(), 0);
        prop_assert_eq!(comparison.tables.len(), 1);
        let findings = &comparison.tables[0].findings;
        prop_assert_eq!(findings.len(), report.tables[0].discrepancies.len());
        for (finding, known) in findings.iter().zip(&report.tables[0].discrepancies) {
            prop_assert_eq!(finding.state, FindingState::Remaining);
            prop_assert_eq!((finding.old_cell, finding.new_cell), (Some(known.cell), Some(known.cell)));
        }
    }

    #[test]
    fn moved_rows_are_no_change((old, new) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        let comparison = compare(&report(&old), &report(&new));
        prop_assert_eq!(&comparison.tables[0].changes, &Vec::new());
    }

    #[test]
    fn a_row_that_was_taken_out_is_the_only_change(rows in rows(), at in any::<prop::sample::Index>()) {
        let mut fewer = rows.clone();
        fewer.remove(at.index(rows.len()));
        prop_assume!(!fewer.is_empty());
        let comparison = compare(&report(&rows), &report(&fewer));
        let kinds: Vec<ChangeKind> = comparison.tables[0].changes.iter().map(|change| change.kind).collect();
        prop_assert_eq!(kinds, vec![ChangeKind::Removed]);
        let back = compare(&report(&fewer), &report(&rows));
        prop_assert_eq!(back.tables[0].changes.len(), 1);
        prop_assert_eq!(back.tables[0].changes[0].kind, ChangeKind::Added);
    }

    #[test]
    fn a_score_that_was_changed_is_the_only_change(rows in rows(), at in any::<prop::sample::Index>()) {
        // Of two rows that differ in nothing else, which one was changed is not to be told.
        let mut distinct: Vec<Row> = Vec::new();
        for row in rows {
            if distinct.iter().all(|known| (known.0, known.1) != (row.0, row.1)) {
                distinct.push(row);
            }
        }
        let mut changed = distinct.clone();
        let row = at.index(changed.len());
        changed[row].5 += 1;
        let comparison = compare(&report(&distinct), &report(&changed));
        let changes = &comparison.tables[0].changes;
        prop_assert_eq!(changes.len(), 1);
        prop_assert_eq!(changes[0].new_field.clone(), Some(format!("indicators[{row}].score")));
        prop_assert_eq!(changes[0].old.clone(), Some(distinct[row].5.to_string()));
        prop_assert_eq!(changes[0].new.clone(), Some(changed[row].5.to_string()));
    }
}

#[test]
fn hundreds_of_renamed_rows_take_no_more_than_a_moment() {
    let row = |at: u32| (0_usize, 0_usize, at + 1, at, 1, 1);
    let named = |prefix: &str| {
        let mut report = report(&(0..600).map(row).collect::<Vec<_>>());
        for (at, indicator) in report.tables[0].evaluation.indicators.iter_mut().enumerate() {
            let name = indicator.level3.as_mut().unwrap();
            name.value = format!("{prefix}第{at}项{}", "建设内容".repeat(20));
        }
        report.tables[0].discrepancies.clear();
        report
    };
    let comparison = compare(&named("甲"), &named("乙"));
    let changes = &comparison.tables[0].changes;
    assert_eq!(changes.len(), 600);
    assert!(changes.iter().all(|change| change.kind == ChangeKind::Renamed));
}
