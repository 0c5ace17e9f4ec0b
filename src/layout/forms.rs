//! Which form a table is: signs in its wording, weighed as data, so that the answer can be explained.

use std::sync::LazyLock;

use serde::Deserialize;

use super::header::IndicatorHeader;
use super::reading::{FormRecognition, HeadingField, IndicatorColumn, TablePlaces};
use super::text::match_key;
use crate::model::{Evaluation, TableKind};

/// A form as its file describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    title: String,
    kind: TableKind,
    source: String,
    sign: Vec<Sign>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sign {
    points: i32,
    #[serde(rename = "where")]
    place: SignPlace,
    any: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SignPlace {
    Title,
    Level1,
    Any,
}

fn builtin() -> &'static [Form] {
    static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
        [
            include_str!("forms/project_self_evaluation.toml"),
            include_str!("forms/department_evaluation.toml"),
            include_str!("forms/overall_self_evaluation.toml"),
            include_str!("forms/transfer_self_evaluation.toml"),
        ]
        .into_iter()
        .map(|text| {
            // The files are part of the program and read by a test; no input reaches them.
            #[allow(clippy::expect_used)]
            toml::from_str(text).expect("the built-in forms are valid")
        })
        .collect()
    });
    &FORMS
}

/// Structure alone gives at most this much confidence; the rest is wording.
const STRUCTURE_POINTS: i32 = 65;

/// Names the form of a bound table and says why.
pub(super) fn recognise(
    evaluation: &Evaluation,
    places: &TablePlaces,
    header: &IndicatorHeader,
    labels: &str,
) -> (TableKind, FormRecognition) {
    let title = evaluation
        .title
        .as_ref()
        .map(|title| match_key(&title.value))
        .unwrap_or_default();
    let mut level1: Vec<String> = Vec::new();
    for name in evaluation
        .indicators
        .iter()
        .filter_map(|indicator| indicator.level1.as_ref())
    {
        let key = match_key(&name.value);
        if !level1.contains(&key) && level1.len() < 40 {
            level1.push(key);
        }
    }
    let (structure, mut reasons) = structure(evaluation, places, header);
    let mut best: Option<(i32, &Form, Vec<String>)> = None;
    for form in builtin() {
        let mut points = 0;
        let mut why = Vec::new();
        for sign in &form.sign {
            let hit = sign.any.iter().find(|word| {
                let word = match_key(word);
                match sign.place {
                    SignPlace::Title => title.contains(&word),
                    SignPlace::Level1 => level1.iter().any(|name| name.contains(&word)),
                    SignPlace::Any => labels.contains(&word),
                }
            });
            if let Some(word) = hit {
                points += sign.points;
                let place = match sign.place {
                    SignPlace::Title => "标题",
                    SignPlace::Level1 => "一级指标",
                    SignPlace::Any => "表中",
                };
                let side = if sign.points > 0 {
                    "有"
                } else {
                    "有（不利于该表式）"
                };
                why.push(format!("{place}{side}“{word}”"));
            }
        }
        if best.as_ref().is_none_or(|(most, _, _)| points > *most) {
            best = Some((points, form, why));
        }
    }
    let (points, name, form_title, kind) = match &best {
        Some((points, form, why)) if *points > 0 => {
            reasons.extend(why.iter().cloned());
            reasons.push(format!("表式依据：{}", form.source));
            (*points, form.name.clone(), form.title.clone(), form.kind)
        }
        _ => {
            reasons.push("标题和一级指标都没有说明是哪一种评价，按其他绩效评价表读取".to_owned());
            (
                0,
                "other".to_owned(),
                TableKind::Other.title().to_owned(),
                TableKind::Other,
            )
        }
    };
    let confidence = u8::try_from((structure + points).clamp(0, 100)).unwrap_or(100);
    (
        kind,
        FormRecognition {
            form: name,
            title: form_title,
            confidence,
            reasons,
        },
    )
}

fn structure(evaluation: &Evaluation, places: &TablePlaces, header: &IndicatorHeader) -> (i32, Vec<String>) {
    let mut points = 0;
    let mut reasons = Vec::new();
    let named: Vec<String> = header
        .columns
        .iter()
        .filter(|column| matches!(column.role, super::header::ColumnRole::Column(_)))
        .map(|column| format!("{} {}", column.cell, column.text.split_whitespace().collect::<String>()))
        .collect();
    reasons.push(format!("指标表头：{}", named.join("、")));
    let has = |column: IndicatorColumn| header.column(column).is_some();
    if has(IndicatorColumn::Level3) {
        points += 15;
    }
    if has(IndicatorColumn::Target) && has(IndicatorColumn::Actual) {
        points += 15;
    }
    if has(IndicatorColumn::Score) {
        points += 15;
    }
    if !evaluation.funds.is_empty() {
        points += 10;
        reasons.push(format!("资金块有 {} 行", evaluation.funds.len()));
    }
    if let Some(total) = &places.total {
        points += 5;
        reasons.push(format!("总分行在 {}", total.label));
    }
    let headings: Vec<String> = places
        .headings
        .iter()
        .filter(|(field, _)| **field != HeadingField::Title)
        .map(|(_, cell)| cell.to_string())
        .collect();
    if !headings.is_empty() {
        points += 5;
        reasons.push(format!("表头栏目在 {}", headings.join("、")));
    }
    (points.min(STRUCTURE_POINTS), reasons)
}
