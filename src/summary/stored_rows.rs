//! Rows of details as they wait on disk, in records without names.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::rows::DiscrepancyRow;
use crate::disk::exact;
use crate::grid::CellAddress;

/// One indicator as it waits on disk, its texts where they lie: what [`super::IndicatorRow`] holds, in the same order.
#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct StoredIndicator<'a> {
    pub cell: Option<CellAddress>,
    #[serde(borrow)]
    pub level1: Option<&'a str>,
    pub level2: Option<&'a str>,
    pub level3: Option<&'a str>,
    pub operator: Option<&'a str>,
    pub target: Option<&'a str>,
    pub measure_unit: Option<&'a str>,
    pub actual: Option<&'a str>,
    #[serde(with = "exact")]
    pub weight: Option<Decimal>,
    #[serde(with = "exact")]
    pub score: Option<Decimal>,
    #[serde(with = "exact")]
    pub review_score: Option<Decimal>,
    #[serde(with = "exact")]
    pub rescored: Option<Decimal>,
    pub trace: Option<&'a str>,
    pub reason: Option<&'a str>,
}

/// Findings in a form that has no names on disk.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredFindings(#[serde(with = "as_tuples")] pub Vec<DiscrepancyRow>);

/// Findings as a record without names holds them: all fields, one behind the other.
mod as_tuples {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{CellAddress, DiscrepancyRow};
    use crate::model::{FindingTexts, Quote, Severity};

    type Borrowed<'a> = (
        (&'a str, &'a str, Severity, CellAddress),
        (
            &'a Option<String>,
            &'a FindingTexts,
            &'a Option<String>,
            &'a Option<Quote>,
        ),
    );
    type Owned = (
        (String, String, Severity, CellAddress),
        (Option<String>, FindingTexts, Option<String>, Option<Quote>),
    );

    pub fn serialize<S: Serializer>(rows: &[DiscrepancyRow], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(rows.iter().map(|row| -> Borrowed<'_> {
            (
                (&row.code, &row.title, row.severity, row.cell),
                (&row.field, &row.texts, &row.explanation, &row.quote),
            )
        }))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<DiscrepancyRow>, D::Error> {
        let rows: Vec<Owned> = Vec::deserialize(deserializer)?;
        let row = |((code, title, severity, cell), (field, texts, explanation, quote))| DiscrepancyRow {
            code,
            title,
            severity,
            cell,
            field,
            texts,
            explanation,
            quote,
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::disk::record;
    use crate::model::{FindingTexts, FundSource, Quote, Severity};
    use crate::summary::rows::{FundDetail, IndicatorRow, TableDetail};

    /// Everything that a detail can hold.
    fn full() -> TableDetail {
        let text = |text: &str| Some(text.to_owned());
        TableDetail {
            indicators: vec![
                IndicatorRow {
                    cell: Some(CellAddress::new(3, 2)),
                    level1: text("产出指标"),
                    level2: text("数量指标"),
                    level3: text("整治完成率"),
                    operator: text("≥"),
                    target: text("≥95%"),
                    measure_unit: text("%"),
                    actual: text("96"),
                    review_score: Some(Decimal::ONE),
                    trace: text("得满分"),
                    reason: text("无偏差"),
                    weight: Some("10.50".parse().unwrap()),
                    score: Some("-0.0000001".parse().unwrap()),
                    rescored: Some(Decimal::MAX),
                },
                IndicatorRow::default(),
            ],
            funds: vec![FundDetail {
                source: FundSource::Total,
                label: text("年度资金总额"),
                initial_budget: Some("208".parse().unwrap()),
                annual_budget: None,
                executed: Some("199.45".parse().unwrap()),
                execution_rate: None,
                weight: Some(Decimal::TEN),
                score: None,
            }],
            goals: vec!["目标".to_owned(), String::new()],
            discrepancies: [
                None,
                Some(Quote {
                    file: "报告.docx".to_owned(),
                    paragraph: 3,
                    section: "一 / 二".to_owned(),
                    text: "总分 96".to_owned(),
                    range: [1, 4],
                }),
            ]
            .map(|quote| DiscrepancyRow {
                code: "A01".to_owned(),
                title: "总分与各项得分之和不符".to_owned(),
                severity: Severity::Error,
                cell: CellAddress::new(29, 6),
                field: text("总分"),
                texts: FindingTexts {
                    declared: text("96"),
                    expected: text("94"),
                    difference: None,
                    message: "说明".to_owned(),
                    basis: String::new(),
                    suggestion: "改为 94".to_owned(),
                },
                explanation: quote.as_ref().and_then(|_| text("已核实")),
                quote,
            })
            .into(),
        }
    }

    #[test]
    fn a_detail_comes_back_from_disk_and_from_json_as_it_was() {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let mut detail = full();
        let findings = StoredFindings(std::mem::take(&mut detail.discrepancies));
        let bytes = record(&findings).unwrap();
        let StoredFindings(back) = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(back, findings.0);
        let bytes = record(&detail).unwrap();
        assert_eq!(postcard::from_bytes::<TableDetail>(&bytes).unwrap(), detail);
        let (stored, _): (Vec<StoredIndicator<'_>>, _) = postcard::take_from_bytes(&bytes).unwrap();
        let owned = |row: &StoredIndicator<'_>| {
            let [level1, level2, level3, operator] = [row.level1, row.level2, row.level3, row.operator].map(text);
            let [target, measure_unit, actual] = [row.target, row.measure_unit, row.actual].map(text);
            let [trace, reason] = [row.trace, row.reason].map(text);
            IndicatorRow {
                cell: row.cell,
                level1,
                level2,
                level3,
                operator,
                target,
                measure_unit,
                actual,
                weight: row.weight,
                score: row.score,
                review_score: row.review_score,
                rescored: row.rescored,
                trace,
                reason,
            }
        };
        assert_eq!(stored.iter().map(owned).collect::<Vec<_>>(), detail.indicators);
        detail.discrepancies = back;
        let json = serde_json::to_string(&detail).unwrap();
        assert_eq!(serde_json::from_str::<TableDetail>(&json).unwrap(), detail);
        // In JSON a finding's texts stand beside its code, and a quote only where there is one.
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let first = value.pointer("/discrepancies/0").unwrap();
        assert_eq!(first.get("message").unwrap(), "说明");
        assert!(first.get("quote").is_none());
        assert!(json.contains("\"weight\":10.50"), "{json}");
    }
}
