//! The wordings of headers and labels, as data, looked up by what they mean.

mod fund_grammar;
mod goal_grammar;
mod grammar;
mod header_grammar;
mod header_parts;
mod label_grammar;
mod meanings;
mod parts;
mod remembered;
mod typos;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::model::{FundField, FundSource, Grade, HeadingField, IndicatorField};
use crate::text::keys::{header_key, match_key};
use crate::text::words::{Characters, WordList, without_start};
use grammar::Grammar;
use meanings::{LONGEST, MeaningIndex, is_figure};
use typos::Wordings;

pub(super) use fund_grammar::BudgetStanding;
pub(super) use meanings::{FundWord, GoalWord, HeadingWord, IndicatorWord, Meanings, RowWord};

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
    slip: BTreeMap<String, Vec<String>>,
    part: BTreeMap<String, Vec<String>>,
    fund_part: BTreeMap<String, Vec<String>>,
    label_part: BTreeMap<String, Vec<String>>,
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
pub(crate) struct Vocabulary {
    meanings: MeaningIndex,
    grammar: Grammar,
    /// Known slips with the right wording.
    slips: BTreeMap<String, String>,
    /// Headers of the indicator block by concept, the commoner wordings first.
    indicators: Wordings<IndicatorWord>,
    /// Labels of the heading by wording.
    headings: Wordings<HeadingWord>,
    levels: BTreeSet<String>,
    fund_sources: Vec<(FundSource, WordList)>,
    grades: Vec<(String, Grade)>,
    neighbours: Vec<Neighbour>,
}

/// A kind of table that stands near an evaluation and is none.
#[derive(Debug, Clone)]
pub(super) struct Neighbour {
    pub name: String,
    /// It is no evaluation even where 完成值 is filled in.
    pub even_when_filled: bool,
    words: WordList,
}

impl Vocabulary {
    /// Returns the built-in vocabulary as its file has it, without comments.
    pub(super) fn builtin_table() -> Result<toml::Table, String> {
        include_str!("../vocabulary.toml")
            .parse()
            .map_err(|error: toml::de::Error| error.to_string())
    }

    /// Returns the vocabulary of a table in the shape of the built-in file.
    pub(super) fn from_table(table: toml::Table) -> Result<Self, String> {
        let file: VocabularyFile = table.try_into().map_err(|error: toml::de::Error| error.to_string())?;
        let indicators = wordings(&file.indicator, indicator_word)?;
        let mut headings = wordings(&file.heading, heading_word)?;
        let mut meanings = MeaningIndex::default();
        for (wording, word) in &indicators {
            once(&mut meanings.entry(wording).indicator, *word, wording)?;
        }
        for (wording, word) in wordings(&file.fund, fund_word)? {
            once(&mut meanings.entry(&wording).fund, word, &wording)?;
        }
        for (wording, word) in &headings {
            once(&mut meanings.entry(wording).heading, *word, wording)?;
        }
        for (wording, word) in wordings(&file.goal, goal_word)? {
            once(&mut meanings.entry(&wording).goal, word, &wording)?;
        }
        for (wording, word) in wordings(&file.row, row_word)? {
            meanings.entry(&wording).add_row(word);
        }
        meanings.complete();
        headings.sort_by(|(one, _), (other, _)| one.cmp(other));
        let slips = file
            .slip
            .iter()
            .flat_map(|(right, wrong)| wrong.iter().map(|wrong| (match_key(wrong), match_key(right))));
        Ok(Self {
            meanings,
            grammar: Grammar::new(&file.part, &file.fund_part, &file.label_part)?,
            slips: slips.collect(),
            indicators: Wordings::new(&indicators),
            headings: Wordings::new(&headings),
            levels: file.level.values().flatten().map(|name| match_key(name)).collect(),
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

    /// Returns what a header or label means; `key` is a [`match_key`].
    pub(super) fn meanings(&self, key: &str) -> Meanings {
        // Figures are asked for only where a wording is one.
        let is_figure = is_figure(key);
        if is_figure && !self.meanings.has_figures() {
            return Meanings::default();
        }
        let is_long = key.len() > LONGEST;
        if is_figure || is_long {
            let plain = if is_long { Cow::default() } else { header_key(key) };
            return self.meanings.of(key, &plain);
        }
        remembered::meanings(self.meanings.number(), key, || {
            let plain = header_key(key);
            self.grammar.completed(self.meanings.of(key, &plain), &plain)
        })
    }

    /// Returns whether a header below another says nothing but that a value stands there: 数值, 数量, 内容.
    pub(super) fn is_bare_value(&self, key: &str) -> bool {
        self.grammar.is_bare_value(key)
    }

    /// Returns whether a head over others makes them columns of another time or a forecast: 上年, 2022年实际, 预计.
    pub(super) fn turns(&self, key: &str) -> bool {
        self.grammar.turns(key)
    }

    /// Returns what a label of the goal block says by its words.
    pub(super) fn goal(&self, key: &str) -> Option<GoalWord> {
        self.grammar.goal(key)
    }

    /// Returns how plainly a head of the fund block says that it names the budget of the whole year.
    pub(super) fn budget_standing(&self, key: &str) -> BudgetStanding {
        self.grammar.budget_standing(key)
    }

    /// Returns how plainly a head speaks of a budget without naming an amount: 预算安排.
    pub(super) fn loose_budget(&self, key: &str) -> Option<BudgetStanding> {
        self.grammar.loose_budget(key)
    }

    /// Returns the header of the indicator block that a key with a slip of the pen stands for, with its right
    /// wording.
    pub(super) fn indicator_typo(&self, key: &str) -> Option<(IndicatorWord, &str)> {
        if let Some(right) = self.slips.get(&*header_key(key)) {
            return Some((self.meanings(right).indicator?, right));
        }
        typos::indicator(&self.indicators, key)
    }

    /// Returns the heading label that a key of four or more characters with one wrong character stands for.
    pub(super) fn heading_typo(&self, key: &str) -> Option<(HeadingWord, &str)> {
        typos::heading(&self.headings, key)
    }

    /// Returns whether this is the name of a 一级指标 or 二级指标 that many forms have.
    pub(super) fn is_level_name(&self, name: &str) -> bool {
        self.levels.contains(&match_key(name))
    }

    /// Returns the source that a short text names, if it names one.
    pub(super) fn named_source(&self, key: &str) -> Option<FundSource> {
        if key.chars().count() > 10 {
            return None;
        }
        let characters = Characters::of(key);
        let mut sources = self.fund_sources.iter();
        let found = sources.find(|(_, words)| words.any_in(key, characters));
        found.map(|(source, _)| *source)
    }

    /// Returns where a fund row's money comes from, by the row's name.
    pub(super) fn fund_source(&self, label: &str) -> FundSource {
        let key = match_key(label);
        let name = ["其中:", "其中", ":", ","]
            .iter()
            .fold(key.as_str(), |rest, prefix| without_start(rest, prefix));
        let characters = Characters::of(name);
        self.fund_sources
            .iter()
            .find(|(_, words)| words.any_in(name, characters))
            .map_or(FundSource::Other, |(source, _)| *source)
    }

    /// Returns the kind of table near an evaluation that a title or header names; `key` is a [`match_key`].
    pub(super) fn neighbour(&self, key: &str) -> Option<&Neighbour> {
        let characters = Characters::of(key);
        self.neighbours
            .iter()
            .find(|neighbour| neighbour.words.any_in(key, characters))
    }

    /// Returns words of grades with their meaning, longest first.
    pub(super) fn grade_words(&self) -> &[(String, Grade)] {
        &self.grades
    }
}

/// Returns every wording of a group with its word, by concept in the order of names.
fn wordings<W: Copy>(
    concepts: &BTreeMap<String, Vec<String>>,
    meaning: impl Fn(&str) -> Option<W>,
) -> Result<Vec<(String, W)>, String> {
    let mut found = Vec::new();
    for (concept, wordings) in concepts {
        let word = meaning(concept).ok_or_else(|| format!("unknown concept {concept}"))?;
        found.extend(
            wordings
                .iter()
                .map(|wording| (header_key(&match_key(wording)).into_owned(), word)),
        );
    }
    Ok(found)
}

/// Gives a wording its only meaning in a group.
fn once<W>(place: &mut Option<W>, word: W, wording: &str) -> Result<(), String> {
    match place.replace(word) {
        None => Ok(()),
        Some(_) => Err(format!("{wording} stands twice in its group")),
    }
}

fn indicator_word(concept: &str) -> Option<IndicatorWord> {
    Some(match concept {
        "name" => IndicatorWord::Name,
        "content" => IndicatorWord::Content,
        "extra" => IndicatorWord::Extra,
        "ordinal" => IndicatorWord::Ordinal,
        "adjusted_target" => IndicatorWord::AdjustedTarget,
        "converted_score" => IndicatorWord::ConvertedScore,
        "derived" => IndicatorWord::Derived,
        field => IndicatorWord::Column(IndicatorField::named(field).filter(|field| !field.is_level_weight())?),
    })
}

fn fund_word(concept: &str) -> Option<FundWord> {
    Some(match concept {
        "extra" => FundWord::Extra,
        "ordinal" => FundWord::Ordinal,
        "derived" => FundWord::Derived,
        field => FundWord::Column(FundField::named(field)?),
    })
}

fn heading_word(concept: &str) -> Option<HeadingWord> {
    Some(match concept {
        "project_name" => HeadingWord::Field(HeadingField::ProjectName),
        "department" => HeadingWord::Field(HeadingField::Department),
        "implementing_unit" => HeadingWord::Field(HeadingField::ImplementingUnit),
        "reporting_unit" => HeadingWord::ReportingUnit,
        "money_unit" => HeadingWord::MoneyUnit,
        "higher_department" => HeadingWord::HigherDepartment,
        "year" => HeadingWord::Field(HeadingField::Year),
        "evaluated" => HeadingWord::Evaluated,
        _ => return None,
    })
}

fn goal_word(concept: &str) -> Option<GoalWord> {
    Some(match concept {
        "expected" => GoalWord::Expected,
        "actual" => GoalWord::Actual,
        _ => return None,
    })
}

fn row_word(concept: &str) -> Option<RowWord> {
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
    fn of_two_budgets_the_one_of_the_whole_year_is_named_more_plainly() {
        let vocabulary = FormLibrary::builtin().vocabulary();
        for (plainer, other) in [
            ("全年预算数", "调整预算数"),
            ("全年预算数", "本年下达数"),
            ("全年预算数", "预算数"),
            ("调整后预算数", "预算数"),
            ("预算数", "调整预算数"),
            ("调整预算数", "本年下达数"),
        ] {
            assert!(
                vocabulary.budget_standing(plainer) > vocabulary.budget_standing(other),
                "{plainer} {other}"
            );
        }
        for (head, is_budget) in [
            ("预算安排", true),
            ("资金安排", true),
            ("计划投资", false),
            ("上年预算", false),
        ] {
            assert_eq!(vocabulary.loose_budget(head).is_some(), is_budget, "{head}");
        }
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
