//! Law 5 over made-up tables: whatever a table declares, its normalized workbook declares it again, and a second
//! normalizing changes nothing.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod write_support;

use hebiao::layout::read_tables;
use hebiao::model::*;
use hebiao::read::{Limits, read_workbook};
use hebiao::report::FileReport;
use hebiao::write::{normalized_csv, normalized_workbook};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use write_support::{at, report, table};

fn field<T>(value: T, shown: String, row: u32, column: char) -> Option<Field<T>> {
    Some(Field::new(value, shown, at(&format!("{column}{row}"))))
}

fn text(value: &str, row: u32, column: char) -> Option<Field<String>> {
    field(value.to_owned(), value.to_owned(), row, column)
}

fn figure(value: Decimal, row: u32, column: char) -> Option<Field<Decimal>> {
    field(value, value.normalize().to_string(), row, column)
}

/// A sentence such as people write; it may begin like a formula.
fn sentence() -> impl Strategy<Value = String> {
    (
        "[=+@-]{0,1}",
        "[县乡村道路养护培训人员资金已按要求完成改造]{6,60}",
        "[（）“”，。；、0-9a-z%]{0,12}",
        "[好了。]{1,2}",
    )
        .prop_map(|(sign, middle, odd, end)| format!("{sign}{middle}{odd}{end}"))
}

fn amount() -> impl Strategy<Value = Decimal> {
    (0_i64..99_999_999, 0_u32..5).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn points() -> impl Strategy<Value = Decimal> {
    (0_i64..3_000).prop_map(|hundredths| Decimal::new(hundredths, 2))
}

fn measure() -> impl Strategy<Value = String> {
    prop_oneof![
        (1_u32..999, "[人个家次公里万元%]{1}").prop_map(|(number, unit)| format!("≥{number}{unit}")),
        (1_u32..9_999).prop_map(|number| number.to_string()),
        (0_u32..10_000).prop_map(|number| format!("{}%", Decimal::new(i64::from(number), 2))),
        Just("12月底前".to_owned()),
        Just("全部符合".to_owned()),
        Just("'=1".to_owned()),
        sentence(),
    ]
}

type Row = (
    usize,
    String,
    String,
    Option<String>,
    Decimal,
    Option<Decimal>,
    Option<String>,
);

fn row() -> impl Strategy<Value = Row> {
    (
        0_usize..5,
        sentence(),
        measure(),
        proptest::option::of(measure()),
        points(),
        proptest::option::of(points()),
        proptest::option::of(sentence()),
    )
}

const LEVELS: [(&str, &str); 5] = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
];
const FUNDS: [(FundSource, &str); 4] = [
    (FundSource::Total, "年度资金总额"),
    (FundSource::Fiscal, "其中：当年财政拨款"),
    (FundSource::Carryover, "上年结转资金"),
    (FundSource::Other, "其他资金"),
];

fn indicators(mut rows: Vec<Row>, reviewed: bool) -> Vec<Indicator> {
    rows.sort_by_key(|row| row.0);
    let indicator = |(at, (level, name, target, actual, weight, score, reason)): (u32, Row)| {
        let (level1, level2) = LEVELS[level];
        Indicator {
            level1: text(level1, at, 'A'),
            level2: text(level2, at, 'B'),
            level3: text(&name, at, 'C'),
            target: text(&target, at, 'D'),
            actual: actual.and_then(|actual| text(&actual, at, 'E')),
            weight: figure(weight, at, 'F'),
            score: score.and_then(|score| figure(score, at, 'G')),
            review_score: score.filter(|_| reviewed).and_then(|score| figure(score, at, 'H')),
            reason: reason.and_then(|reason| text(&reason, at, 'I')),
            extra: Vec::new(),
            ..Indicator::default()
        }
    };
    (20..).zip(rows).map(indicator).collect()
}

fn evaluation() -> impl Strategy<Value = Evaluation> {
    (
        (sentence(), 2015_i32..2030, sentence(), sentence()),
        proptest::collection::vec(proptest::collection::vec(amount(), 3), 1..5),
        proptest::collection::vec((sentence(), sentence()), 1..4),
        proptest::collection::vec(row(), 1..12),
        (any::<bool>(), proptest::option::of((points(), points()))),
        proptest::option::of(prop_oneof![
            Just(Grade::Excellent),
            Just(Grade::Good),
            Just(Grade::Fair)
        ]),
        proptest::option::of(sentence()),
    )
        .prop_map(|(head, funds, goals, rows, (reviewed, total), grade, filled_in_by)| {
            let (project, year, department, unit) = head;
            let fund = |(index, figures): (u32, Vec<Decimal>)| {
                let (source, label) = FUNDS[index as usize];
                let row = 6 + index;
                FundRow {
                    label: text(label, row, 'B'),
                    initial_budget: figure(figures[0], row, 'C'),
                    annual_budget: figure(figures[1], row, 'D'),
                    executed: figure(figures[2], row, 'E'),
                    ..FundRow::new(source)
                }
            };
            let goal = |(index, (expected, actual)): (u32, (String, String))| Goal {
                expected: text(&expected, 14 + index, 'B'),
                actual: text(&actual, 14 + index, 'F'),
            };
            Evaluation {
                title: text("项目支出绩效自评表", 1, 'A'),
                year: field(year, format!("（{year}年度）"), 2, 'A'),
                project_name: text(&project, 3, 'B'),
                department: text(&department, 4, 'B'),
                implementing_unit: text(&unit, 4, 'F'),
                money_unit: Some(MoneyUnit::TenThousandYuan),
                funds: (0..).zip(funds).map(fund).collect(),
                goals: (0..).zip(goals).map(goal).collect(),
                indicators: indicators(rows, reviewed),
                total: total.map(|(weight, score)| Total {
                    weight: figure(weight, 60, 'F'),
                    score: figure(score, 60, 'G'),
                }),
                grade: grade.and_then(|grade| field(grade, grade.title().to_owned(), 61, 'F')),
                signatures: vec![Signature {
                    label: "填报人".to_owned(),
                    value: filled_in_by.and_then(|name| text(&name, 62, 'B')),
                }],
                ..Evaluation::default()
            }
        })
}

/// What is declared, without cells and looks.
fn values(evaluation: &Evaluation) -> Value {
    fn strip(value: &Value) -> Value {
        match value {
            Value::Object(fields) if fields.contains_key("cell") => match &fields["value"] {
                // One number may be written in several ways.
                Value::Number(number) => {
                    Value::String(number.to_string().parse::<Decimal>().unwrap().normalize().to_string())
                }
                other => other.clone(),
            },
            Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), strip(value))).collect(),
            Value::Array(items) => items.iter().map(strip).collect(),
            other => other.clone(),
        }
    }
    strip(&serde_json::to_value(evaluation).unwrap())
}

fn read_back(bytes: &[u8], name: &str) -> Vec<Evaluation> {
    let workbook = read_workbook(bytes, Some(name), &Limits::default()).unwrap();
    read_tables(&workbook)
        .tables
        .into_iter()
        .map(|table| table.evaluation)
        .collect()
}

fn report_of(evaluation: Evaluation) -> FileReport {
    report(vec![table(evaluation, vec![])])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_a_table_declares_its_normalized_forms_declare_again(evaluation in evaluation()) {
        let before = report_of(evaluation);
        let expected = values(&before.tables[0].evaluation);
        let again = read_back(&normalized_workbook(&before).unwrap(), "a.xlsx");
        prop_assert_eq!(again.len(), 1);
        prop_assert_eq!(&values(&again[0]), &expected);
        // Made of what was read back, the tables are the same again.
        let twice = read_back(&normalized_workbook(&report_of(again[0].clone())).unwrap(), "b.xlsx");
        prop_assert_eq!(&values(&twice[0]), &expected);
        let csv = read_back(&normalized_csv(&before).unwrap(), "c.csv");
        prop_assert_eq!(csv.len(), 1);
        prop_assert_eq!(&values(&csv[0]), &expected);
    }
}
