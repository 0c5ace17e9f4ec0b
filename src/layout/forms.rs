//! Which form a table is: signs in its wording, weighed as data, so that the answer can be explained.

use serde::{Deserialize, Serialize};

use super::header::IndicatorHeader;
use super::library::FormLibrary;
use super::mark::FormMark;
use crate::model::{Evaluation, FormRecognition, HeadingField, IndicatorField, TableKind, TablePlaces};
use crate::text::keys::match_key;
use crate::text::sentence;

/// A form as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Stable name, e.g. `project-self-evaluation`.
    pub name: String,
    /// Its Chinese title.
    pub title: String,
    /// What its tables evaluate.
    pub kind: TableKind,
    /// The document that prescribes it.
    pub source: String,
    /// What speaks for it and against it.
    #[serde(rename = "sign")]
    pub signs: Vec<Sign>,
    /// The file of a user's form; `None` for a built-in one.
    #[serde(skip_deserializing)]
    pub file: Option<String>,
}

/// One sign of a form: it counts once, when any of its words is seen in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// Points for the form, or against it when negative.
    pub points: i32,
    /// Where the words are looked for.
    #[serde(rename = "where")]
    pub place: SignPlace,
    /// The words; width and white space make no difference.
    pub any: Vec<String>,
}

impl Sign {
    /// Returns what a word of it says for or against its form.
    fn reason(&self, word: &str) -> String {
        let side = if self.points > 0 {
            "有“"
        } else {
            "有（不利于该表式）“"
        };
        sentence![self.place.title(), side, word, "”"]
    }
}

/// Where a sign's words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SignPlace {
    /// The table's title.
    Title,
    /// Names of 一级指标.
    Level1,
    /// Any short text of the table.
    Any,
}

impl SignPlace {
    /// Returns the place in Chinese.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Title => "标题",
            Self::Level1 => "一级指标",
            Self::Any => "表中",
        }
    }
}

/// Returns the built-in forms, in the order in which they are tried.
pub(super) fn builtin() -> Result<Vec<Form>, String> {
    [
        include_str!("forms/project_self_evaluation.toml"),
        include_str!("forms/department_evaluation.toml"),
        include_str!("forms/overall_self_evaluation.toml"),
        include_str!("forms/transfer_self_evaluation.toml"),
    ]
    .into_iter()
    .map(|text| toml::from_str(text).map_err(|error| error.to_string()))
    .collect()
}

/// A table of less confidence, of 100, is reported as unrecognised rather than half read.
pub const LEAST_CONFIDENCE: u8 = 40;

/// The forms with the words of their signs in comparable form.
#[derive(Debug, Clone, Default)]
pub(super) struct FormSigns(Vec<Vec<Vec<String>>>);

impl FormSigns {
    pub(super) fn of(forms: &[Form]) -> Self {
        let words = |sign: &Sign| sign.any.iter().map(|word| match_key(word)).collect();
        Self(
            forms
                .iter()
                .map(|form| form.signs.iter().map(words).collect())
                .collect(),
        )
    }

    /// Returns each form with each of its signs and that sign's words, in the order of the forms.
    fn each<'f>(
        &'f self,
        forms: &'f [Form],
    ) -> impl Iterator<Item = (&'f Form, impl Iterator<Item = (&'f Sign, &'f [String])>)> {
        forms
            .iter()
            .zip(&self.0)
            .map(|(form, words)| (form, form.signs.iter().zip(words.iter().map(Vec::as_slice))))
    }
}

/// The signs of a form that were seen, each with the word that was.
type SeenSigns<'f> = Vec<(&'f Sign, &'f str)>;

/// What a form mark counts: more than the frame of a form, less than a title that names another kind.
const MARK_POINTS: i32 = 30;

/// Structure alone gives at most this much confidence; the rest is wording.
const STRUCTURE_POINTS: i32 = 65;

/// Names the form of a bound table and says why.
pub(super) fn recognise(
    evaluation: &Evaluation,
    places: &TablePlaces,
    header: &IndicatorHeader,
    labels: &str,
    library: &FormLibrary,
    mark: Option<&str>,
) -> (TableKind, FormRecognition) {
    let title = evaluation
        .title
        .as_ref()
        .map(|title| match_key(&title.value))
        .unwrap_or_default();
    let mut level1: Vec<String> = Vec::new();
    let mut above = None;
    for name in evaluation
        .indicators
        .iter()
        .filter_map(|indicator| indicator.level1.as_ref())
    {
        if above.replace(&name.value) == Some(&name.value) {
            continue;
        }
        let key = match_key(&name.value);
        if !level1.contains(&key) && level1.len() < 40 {
            level1.push(key);
        }
    }
    let Structure {
        points: structure,
        mut reasons,
        mut missing,
    } = structure(evaluation, places, header);
    let mark = mark.and_then(FormMark::parse);
    let is_marked = |form: &Form| form.file.is_none() && mark.as_ref().is_some_and(|mark| mark.form == form.name);
    // The form with the most points.
    let mut best: Option<(i32, &Form, SeenSigns<'_>)> = None;
    for (form, signs) in library.signs().each(library.forms()) {
        let mut points = if is_marked(form) { MARK_POINTS } else { 0 };
        let mut seen = Vec::new();
        for (sign, words) in signs {
            let hit = words.iter().zip(&sign.any).find(|(word, _)| match sign.place {
                SignPlace::Title => title.contains(*word),
                SignPlace::Level1 => level1.iter().any(|name| name.contains(*word)),
                SignPlace::Any => labels.contains(*word),
            });
            if let Some((_, word)) = hit {
                points += sign.points;
                seen.push((sign, word.as_str()));
            }
        }
        if best.as_ref().is_none_or(|(most, _, _)| points > *most) {
            best = Some((points, form, seen));
        }
    }
    let is_certain = best
        .as_ref()
        .is_some_and(|(points, form, _)| *points > 0 && is_marked(form));
    let (points, name, form_title, kind) = match &best {
        Some((points, form, seen)) if *points > 0 => {
            if is_marked(form) {
                reasons.push(sentence!["工作表里有空白表“", form.title, "”的标记"]);
            }
            reasons.extend(seen.iter().map(|(sign, word)| sign.reason(word)));
            reasons.push(sentence!["表式依据：", form.source]);
            (*points, form.name.clone(), form.title.clone(), form.kind)
        }
        _ => {
            missing.push("标题和一级指标都没有说明是哪一种评价".to_owned());
            reasons.push("没有一种表式的特征，按其他绩效评价表读取".to_owned());
            (
                0,
                "other".to_owned(),
                TableKind::Other.title().to_owned(),
                TableKind::Other,
            )
        }
    };
    // A mark says which form it is, not that the sheet still is one: that its build must show.
    let confidence = if is_certain && structure >= i32::from(LEAST_CONFIDENCE) {
        100
    } else {
        u8::try_from((structure + points).clamp(0, 100)).unwrap_or(100)
    };
    (
        kind,
        FormRecognition {
            form: name,
            title: form_title,
            confidence,
            reasons,
            missing,
        },
    )
}

/// What the build of a table says for its being an evaluation.
struct Structure {
    points: i32,
    reasons: Vec<String>,
    missing: Vec<String>,
}

fn structure(evaluation: &Evaluation, places: &TablePlaces, header: &IndicatorHeader) -> Structure {
    let named: Vec<String> = header
        .columns
        .iter()
        .filter(|column| matches!(column.role, super::header::ColumnRole::Column(_)))
        .map(|column| {
            let wording: String = column.text.split_whitespace().collect();
            sentence![column.cell, ' ', wording]
        })
        .collect();
    let has = |column: IndicatorField| header.column(column).is_some();
    let headings: Vec<String> = places
        .headings
        .iter()
        .filter(|(field, _)| **field != HeadingField::Title)
        .map(|(_, cell)| cell.to_string())
        .collect();
    let funds = evaluation.funds.len();
    let signs: [(bool, i32, Option<String>, &str); 6] = [
        (has(IndicatorField::Level3), 15, None, "没有“三级指标”一栏"),
        (
            has(IndicatorField::Target) && has(IndicatorField::Actual),
            15,
            None,
            "没有“年度指标值”和“实际完成值”两栏",
        ),
        (has(IndicatorField::Score), 15, None, "没有“得分”一栏"),
        (
            funds > 0,
            10,
            Some(sentence!["资金块有 ", funds, " 行"]),
            "没有预算执行情况",
        ),
        (
            places.total.is_some(),
            5,
            places.total.as_ref().map(|total| sentence!["总分行在 ", total.label]),
            "没有总分行",
        ),
        (
            !headings.is_empty(),
            5,
            Some(sentence!["表头栏目在 ", headings.join("、")]),
            "没有项目名称、主管部门等栏目",
        ),
    ];
    let mut found = Structure {
        points: 0,
        reasons: vec![sentence!["指标表头：", named.join("、")]],
        missing: Vec::new(),
    };
    for (there, points, reason, lack) in signs {
        if there {
            found.points += points;
            found.reasons.extend(reason);
        } else {
            found.missing.push(lack.to_owned());
        }
    }
    found.points = found.points.min(STRUCTURE_POINTS);
    found
}
