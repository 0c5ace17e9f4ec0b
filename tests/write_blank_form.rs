//! Blank forms from the library: whatever a source says, a form is written, and it says the same.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use hebiao::check_bytes;
use hebiao::grid::CellAddress;
use hebiao::model::{Evaluation, Field, FundRow, FundSource, Goal, Indicator, TableKind};
use hebiao::report::FileReport;
use hebiao::standard::Standard;
use hebiao::write::{BlankForm, WriteError, blank_form};
use rust_decimal::Decimal;

const KINDS: [TableKind; 4] = [
    TableKind::ProjectSelfEvaluation,
    TableKind::DepartmentEvaluation,
    TableKind::OverallSelfEvaluation,
    TableKind::TransferSelfEvaluation,
];

fn text(value: &str) -> Option<Field<String>> {
    Some(Field::new(value.to_owned(), value, CellAddress::new(0, 0)))
}

fn number(value: &str) -> Option<Field<Decimal>> {
    Some(Field::new(value.parse().unwrap(), value, CellAddress::new(0, 0)))
}

fn written(kind: TableKind, planned: &Evaluation) -> FileReport {
    let mut form = BlankForm::new(kind);
    form.planned = Some(planned);
    let standard = Standard::ministry();
    let bytes = blank_form(&form, standard).unwrap();
    assert_eq!(
        bytes,
        blank_form(&form, standard).unwrap(),
        "the same form gives the same bytes"
    );
    check_bytes("表.xlsx", &bytes, standard).report
}

#[test]
fn texts_that_look_like_formulas_or_are_too_long_or_no_xml_stay_texts() {
    let long = "绩效".repeat(20_000);
    for hostile in [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-5",
        "@SUM(A1)",
        "<b>&amp;\u{1}\u{ffff}",
        "\"引号\"",
        &long,
    ] {
        let planned = Evaluation {
            project_name: text(hostile),
            department: text(hostile),
            implementing_unit: text(hostile),
            funds: vec![FundRow {
                label: text(hostile),
                annual_budget: number("12.5"),
                ..FundRow::new(FundSource::Fiscal)
            }],
            goals: vec![Goal {
                expected: text(hostile),
                actual: text("不带入"),
            }],
            indicators: vec![Indicator {
                level1: text(hostile),
                level2: text(hostile),
                level3: text(hostile),
                target: text(hostile),
                measure_unit: text(hostile),
                weight: number("10"),
                score: number("9"),
                ..Indicator::default()
            }],
            ..Evaluation::default()
        };
        for kind in KINDS {
            let report = written(kind, &planned);
            let shown: String = hostile.chars().take(12).collect();
            assert!(report.error.is_none(), "{shown}: {:?}", report.error);
            let indicator = &report.tables[0].evaluation.indicators[0];
            assert!(indicator.score.is_none(), "what was scored is not taken over");
            if hostile.len() < 100 && !hostile.contains('\u{1}') {
                assert_eq!(indicator.level3.as_ref().unwrap().value, hostile);
                assert_eq!(
                    report.tables[0]
                        .evaluation
                        .project_name
                        .as_ref()
                        .map(|name| name.value.as_str()),
                    (kind != TableKind::OverallSelfEvaluation).then_some(hostile)
                );
            }
        }
    }
}

#[test]
fn hundreds_of_indicators_are_all_taken_over_in_their_order() {
    let indicator = |at: usize| Indicator {
        level1: text(["产出指标", "效益指标"][usize::from(at >= 150)]),
        level2: text(["数量指标", "质量指标", "社会效益指标"][at / 100]),
        level3: text(&format!("第{at}项建设内容完成数")),
        operator: text("≥"),
        target: text(&at.to_string()),
        measure_unit: text("个"),
        weight: number("0.3"),
        ..Indicator::default()
    };
    let planned = Evaluation {
        indicators: (0..300).map(indicator).collect(),
        ..Evaluation::default()
    };
    for kind in KINDS {
        let report = written(kind, &planned);
        let evaluation = &report.tables[0].evaluation;
        assert!(report.tables[0].coverage.unread.is_empty());
        let read: Vec<&str> = evaluation
            .indicators
            .iter()
            .map(|row| row.level3.as_ref().unwrap().value.as_str())
            .collect();
        let expected: Vec<String> = (0..300).map(|at| format!("第{at}项建设内容完成数")).collect();
        assert_eq!(read, expected);
    }
}

#[test]
fn every_standard_and_kind_has_a_form_and_other_tables_have_none() {
    for name in Standard::names() {
        let standard = Standard::named(name).unwrap();
        for kind in KINDS {
            let mut form = BlankForm::new(kind);
            form.year = Some(2024);
            form.unit = Some("某单位");
            form.rows = Some(1);
            let report = check_bytes("表.xlsx", &blank_form(&form, &standard).unwrap(), &standard).report;
            assert_eq!(report.tables[0].kind, kind, "{name}");
            assert!(report.tables[0].coverage.unread.is_empty(), "{name}");
        }
    }
    let form = BlankForm::new(TableKind::Other);

    assert!(matches!(
        blank_form(&form, Standard::ministry()),
        Err(WriteError::NoForm)
    ));
}
