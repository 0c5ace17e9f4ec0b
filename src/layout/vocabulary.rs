//! The wordings of headers and labels, as data, looked up by what they mean.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::reading::{FundColumn, HeadingField, IndicatorColumn};
use super::text::{header_key, match_key, without_column_number, without_ordinal};
use crate::model::{FundSource, Grade};

/// What a header of the indicator block means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum IndicatorWord {
    /// A column of the model.
    Column(IndicatorColumn),
    /// 指标名称 without levels.
    Name,
    /// 评价内容: the name where no other column holds it.
    Content,
    /// Known, kept beside the indicator with its header.
    Extra,
    /// 调整指标值 beside a target.
    AdjustedTarget,
    /// 折算得分 beside a score.
    ConvertedScore,
    /// Row numbers.
    Ordinal,
    /// Written by this program; carries nothing declared.
    Derived,
}

/// What a header of the fund block means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FundWord {
    /// A column of the model.
    Column(FundColumn),
    /// Known, kept beside the table with its header.
    Extra,
    /// Row numbers.
    Ordinal,
    /// Written by this program; carries nothing declared.
    Derived,
}

/// What a label of the heading means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingWord {
    /// A field of the model.
    Field(HeadingField),
    /// 填报单位, 单位名称: the 实施单位 where the form has no label of that name.
    ReportingUnit,
    /// 中央主管部门: the 主管部门 where the form names none nearer.
    HigherDepartment,
}

/// A header of the goal block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GoalWord {
    /// 预期目标.
    Expected,
    /// 实际完成情况.
    Actual,
    /// Beside the two, kept with its header: 偏差原因分析及改进措施.
    Other,
}

/// What a label at the head of a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowWord {
    /// 总分.
    Total,
    /// 小计.
    Subtotal,
    /// 评价等次.
    Grade,
    /// Heading of a block.
    Block,
    /// 项目负责人, 填报日期 …
    Signature,
    /// 存在问题, 改进措施 …
    Conclusion,
    /// The total in the heading.
    HeadTotal,
    /// Header of a block of statements.
    Statement,
    /// 财政审核评分 in the heading.
    HeadReview,
    /// 财政复核 over the columns of a reviewer.
    Review,
    /// 单位自评 beside it.
    SelfReview,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyFile {
    indicator: BTreeMap<String, Vec<String>>,
    fund: BTreeMap<String, Vec<String>>,
    heading: BTreeMap<String, Vec<String>>,
    level: BTreeMap<String, Vec<String>>,
    goal: BTreeMap<String, Vec<String>>,
    row: BTreeMap<String, Vec<String>>,
    fund_source: Vec<FundSourceWords>,
    grade: BTreeMap<Grade, Vec<String>>,
    neighbour: Vec<NeighbourWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NeighbourWords {
    name: String,
    #[serde(default)]
    even_when_filled: bool,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FundSourceWords {
    source: FundSource,
    words: Vec<String>,
}

/// All wordings, each under its comparable form.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    indicator: BTreeMap<String, IndicatorWord>,
    /// The same by concept, the commoner wordings first.
    indicator_order: Vec<String>,
    fund: BTreeMap<String, FundWord>,
    heading: BTreeMap<String, HeadingWord>,
    levels: BTreeSet<String>,
    goal: BTreeMap<String, GoalWord>,
    row: BTreeMap<String, Vec<RowWord>>,
    fund_sources: Vec<(FundSource, Vec<String>)>,
    grades: Vec<(String, Grade)>,
    neighbours: Vec<Neighbour>,
}

/// A kind of table that stands near an evaluation and is none.
#[derive(Debug, Clone)]
pub(super) struct Neighbour {
    pub name: String,
    /// It is no evaluation even where 完成值 is filled in.
    pub even_when_filled: bool,
    words: Vec<String>,
}

impl Vocabulary {
    /// The built-in vocabulary as its file has it, without comments.
    pub(super) fn builtin_table() -> Result<toml::Table, String> {
        include_str!("vocabulary.toml")
            .parse()
            .map_err(|error: toml::de::Error| error.to_string())
    }

    /// The vocabulary of a table in the shape of the built-in file.
    pub(super) fn from_table(table: toml::Table) -> Result<Self, String> {
        let file: VocabularyFile = table.try_into().map_err(|error: toml::de::Error| error.to_string())?;
        Ok(Self {
            indicator: index(&file.indicator, |concept| {
                use IndicatorColumn as Column;
                Some(match concept {
                    "level1" => IndicatorWord::Column(Column::Level1),
                    "level2" => IndicatorWord::Column(Column::Level2),
                    "level3" => IndicatorWord::Column(Column::Level3),
                    "name" => IndicatorWord::Name,
                    "content" => IndicatorWord::Content,
                    "operator" => IndicatorWord::Column(Column::Operator),
                    "target" => IndicatorWord::Column(Column::Target),
                    "measure_unit" => IndicatorWord::Column(Column::MeasureUnit),
                    "actual" => IndicatorWord::Column(Column::Actual),
                    "weight" => IndicatorWord::Column(Column::Weight),
                    "score" => IndicatorWord::Column(Column::Score),
                    "review_score" => IndicatorWord::Column(Column::ReviewScore),
                    "reason" => IndicatorWord::Column(Column::Reason),
                    "extra" => IndicatorWord::Extra,
                    "ordinal" => IndicatorWord::Ordinal,
                    "adjusted_target" => IndicatorWord::AdjustedTarget,
                    "converted_score" => IndicatorWord::ConvertedScore,
                    "derived" => IndicatorWord::Derived,
                    _ => return None,
                })
            })?,
            indicator_order: file
                .indicator
                .values()
                .flatten()
                .map(|wording| header_key(&match_key(wording)))
                .collect(),
            fund: index(&file.fund, |concept| {
                Some(match concept {
                    "label" => FundWord::Column(FundColumn::Label),
                    "initial_budget" => FundWord::Column(FundColumn::InitialBudget),
                    "annual_budget" => FundWord::Column(FundColumn::AnnualBudget),
                    "executed" => FundWord::Column(FundColumn::Executed),
                    "weight" => FundWord::Column(FundColumn::Weight),
                    "execution_rate" => FundWord::Column(FundColumn::ExecutionRate),
                    "score" => FundWord::Column(FundColumn::Score),
                    "reason" => FundWord::Column(FundColumn::Reason),
                    "extra" => FundWord::Extra,
                    "ordinal" => FundWord::Ordinal,
                    "derived" => FundWord::Derived,
                    _ => return None,
                })
            })?,
            heading: index(&file.heading, |concept| {
                Some(match concept {
                    "project_name" => HeadingWord::Field(HeadingField::ProjectName),
                    "department" => HeadingWord::Field(HeadingField::Department),
                    "implementing_unit" => HeadingWord::Field(HeadingField::ImplementingUnit),
                    "reporting_unit" => HeadingWord::ReportingUnit,
                    "higher_department" => HeadingWord::HigherDepartment,
                    "year" => HeadingWord::Field(HeadingField::Year),
                    _ => return None,
                })
            })?,
            levels: file.level.values().flatten().map(|name| match_key(name)).collect(),
            goal: index(&file.goal, |concept| {
                Some(match concept {
                    "expected" => GoalWord::Expected,
                    "actual" => GoalWord::Actual,
                    _ => return None,
                })
            })?,
            row: index_many(&file.row, |concept| {
                Some(match concept {
                    "total" => RowWord::Total,
                    "subtotal" => RowWord::Subtotal,
                    "grade" => RowWord::Grade,
                    "block" => RowWord::Block,
                    "signature" => RowWord::Signature,
                    "conclusion" => RowWord::Conclusion,
                    "head_total" => RowWord::HeadTotal,
                    "statement" => RowWord::Statement,
                    "head_review" => RowWord::HeadReview,
                    "review" => RowWord::Review,
                    "self_review" => RowWord::SelfReview,
                    _ => return None,
                })
            })?,
            fund_sources: file
                .fund_source
                .into_iter()
                .map(|entry| (entry.source, entry.words.iter().map(|word| match_key(word)).collect()))
                .collect(),
            neighbours: file
                .neighbour
                .into_iter()
                .map(|entry| Neighbour {
                    name: entry.name,
                    even_when_filled: entry.even_when_filled,
                    words: entry.words.iter().map(|word| match_key(word)).collect(),
                })
                .collect(),
            grades: {
                let mut grades: Vec<(String, Grade)> = file
                    .grade
                    .iter()
                    .flat_map(|(grade, words)| words.iter().map(|word| (match_key(word), *grade)))
                    .collect();
                grades.sort_by_key(|(word, _)| (std::cmp::Reverse(word.chars().count()), word.clone()));
                grades
            },
        })
    }

    /// Meaning of a header of the indicator block; `key` is a [`match_key`].
    pub(super) fn indicator_header(&self, key: &str) -> Option<IndicatorWord> {
        self.header(key, &self.indicator).copied()
    }

    /// The header of the indicator block that a key with one wrong character stands for, with its right wording.
    ///
    /// Words of two characters are only taken for 得分 and 分值, since too many others are one character apart.
    pub(super) fn indicator_typo(&self, key: &str) -> Option<(IndicatorWord, &str)> {
        let plain = header_key(key);
        let length = plain.chars().count();
        if !(2..=20).contains(&length) {
            return None;
        }
        let mut found: Option<(IndicatorWord, &str)> = None;
        for wording in &self.indicator_order {
            let Some(word) = self.indicator.get(wording) else {
                continue;
            };
            let same_length = wording.chars().count() == length;
            let allowed = match word {
                IndicatorWord::Column(IndicatorColumn::Score | IndicatorColumn::Weight) => same_length || length > 2,
                IndicatorWord::Column(_)
                | IndicatorWord::Name
                | IndicatorWord::Content
                | IndicatorWord::AdjustedTarget
                | IndicatorWord::ConvertedScore => length > 2,
                _ => false,
            };
            if !allowed || strsim::osa_distance(wording, &plain) != 1 {
                continue;
            }
            match found {
                Some((known, _)) if known != *word => return None,
                Some(_) => {}
                None => found = Some((*word, wording)),
            }
        }
        found
    }

    /// The heading label that a key of four or more characters with one wrong character stands for.
    pub(super) fn heading_typo(&self, key: &str) -> Option<(HeadingWord, &str)> {
        let plain = header_key(key);
        if !(4..=12).contains(&plain.chars().count()) {
            return None;
        }
        self.heading
            .iter()
            .find(|(wording, _)| wording.chars().count() >= 4 && strsim::osa_distance(wording, &plain) == 1)
            .map(|(wording, word)| (*word, wording.as_str()))
    }

    /// Meaning of a header of the fund block; `key` is a [`match_key`].
    pub(super) fn fund_header(&self, key: &str) -> Option<FundWord> {
        let known = self.header(key, &self.fund).copied();
        known.or_else(|| self.header(without_column_number(key), &self.fund).copied())
    }

    /// Whether this is the name of a 一级指标 or 二级指标 that many forms have.
    pub(super) fn is_level_name(&self, name: &str) -> bool {
        self.levels.contains(&match_key(name))
    }

    /// Meaning of a heading label; `key` is a [`match_key`].
    pub(super) fn heading_label(&self, key: &str) -> Option<HeadingWord> {
        self.header(key, &self.heading).copied()
    }

    /// Meaning of a goal header; `key` is a [`match_key`].
    pub(super) fn goal_header(&self, key: &str) -> Option<GoalWord> {
        self.header(key, &self.goal).copied()
    }

    /// Whether a row label has this meaning (one wording may have several); `key` is a [`match_key`].
    pub(super) fn is_row_label(&self, key: &str, word: RowWord) -> bool {
        self.header(key, &self.row).is_some_and(|words| words.contains(&word))
    }

    fn header<'a, T>(&self, key: &str, map: &'a BTreeMap<String, T>) -> Option<&'a T> {
        // No header is longer; longer texts are values.
        if key.is_empty() || key.len() > 120 {
            return None;
        }
        let plain = header_key(key);
        map.get(&plain).or_else(|| {
            const MARKS: [char; 4] = ['(', ')', ':', ','];
            let unmarked = plain.contains(MARKS).then(|| plain.replace(MARKS, ""));
            let bare = unmarked.as_deref().unwrap_or(&plain);
            let shorter = || bare.contains("绩效").then(|| bare.replace("绩效", ""));
            map.get(bare)
                .or_else(|| map.get(&shorter()?))
                .or_else(|| map.get(without_ordinal(&plain)?))
        })
    }

    /// The source that a short text names, if it names one.
    pub(super) fn named_source(&self, key: &str) -> Option<FundSource> {
        let named = |words: &[String]| words.iter().any(|word| key.contains(word.as_str()));
        let is_short = key.chars().count() <= 10;
        let found = self.fund_sources.iter().find(|(_, words)| is_short && named(words));
        found.map(|(source, _)| *source)
    }

    /// Where a fund row's money comes from, by the row's name.
    pub(super) fn fund_source(&self, label: &str) -> FundSource {
        let key = match_key(label);
        let name = ["其中:", "其中", ":", ","]
            .iter()
            .fold(key.as_str(), |rest, prefix| rest.trim_start_matches(prefix));
        self.fund_sources
            .iter()
            .find(|(_, words)| words.iter().any(|word| name.contains(word.as_str())))
            .map_or(FundSource::Other, |(source, _)| *source)
    }

    /// The kind of table near an evaluation that a title or header names; `key` is a [`match_key`].
    pub(super) fn neighbour(&self, key: &str) -> Option<&Neighbour> {
        self.neighbours
            .iter()
            .find(|neighbour| neighbour.words.iter().any(|word| key.contains(word.as_str())))
    }

    /// Words of grades with their meaning, longest first.
    pub(super) fn grade_words(&self) -> &[(String, Grade)] {
        &self.grades
    }
}

fn index<T: Copy>(
    concepts: &BTreeMap<String, Vec<String>>,
    meaning: impl Fn(&str) -> Option<T>,
) -> Result<BTreeMap<String, T>, String> {
    let mut map = BTreeMap::new();
    for (concept, wordings) in concepts {
        let word = meaning(concept).ok_or_else(|| format!("unknown concept {concept}"))?;
        for wording in wordings {
            if map.insert(header_key(&match_key(wording)), word).is_some() {
                return Err(format!("{wording} stands twice in its group"));
            }
        }
    }
    Ok(map)
}

fn index_many(
    concepts: &BTreeMap<String, Vec<String>>,
    meaning: impl Fn(&str) -> Option<RowWord>,
) -> Result<BTreeMap<String, Vec<RowWord>>, String> {
    let mut map: BTreeMap<String, Vec<RowWord>> = BTreeMap::new();
    for (concept, wordings) in concepts {
        let word = meaning(concept).ok_or_else(|| format!("unknown concept {concept}"))?;
        for wording in wordings {
            map.entry(header_key(&match_key(wording))).or_default().push(word);
        }
    }
    Ok(map)
}

#[cfg(test)]
mod tests {
    use super::super::library::FormLibrary;
    use super::*;

    #[test]
    fn the_builtin_vocabulary_is_valid_and_without_repetitions() {
        let vocabulary = Vocabulary::builtin_table().and_then(Vocabulary::from_table);
        assert_eq!(vocabulary.err(), None);
    }

    #[test]
    fn fund_rows_are_told_apart_by_name() {
        let vocabulary = FormLibrary::builtin().vocabulary();
        for (label, source) in [
            ("年度资金总额：", FundSource::Total),
            ("其中：当年财政拨款", FundSource::Fiscal),
            ("　其中:本年财政拨款", FundSource::Fiscal),
            ("上年结转资金", FundSource::Carryover),
            ("其他资金", FundSource::Other),
            ("其中：中央财政资金", FundSource::Central),
            ("地方资金", FundSource::Local),
            ("县级资金", FundSource::Local),
            ("财政专户管理资金", FundSource::SpecialAccount),
            ("单位资金", FundSource::Unit),
            ("年度财政资金总额", FundSource::Total),
        ] {
            assert_eq!(vocabulary.fund_source(label), source, "{label}");
        }
    }
}
