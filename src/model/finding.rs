//! Findings: what does not agree, at which cell, by which rule; and the account of what was read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::CellAddress;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 提示: worth knowing.
    Info,
    /// 预警: explain or review.
    Warning,
    /// 错误: must be corrected.
    Error,
}

impl Severity {
    /// Returns the level's Chinese name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "预警",
            Self::Info => "提示",
        }
    }
}

/// A place in a report's prose that a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// The report's file, as given.
    pub file: String,
    /// The paragraph's number among all paragraphs outside tables, empty ones too, from 1.
    pub paragraph: usize,
    /// The headings above it, the outermost first.
    pub section: String,
    /// The sentence as written.
    pub text: String,
    /// The characters of the paragraph that the finding is about, from the first to behind the last.
    pub range: [usize; 2],
}

impl Quote {
    /// Returns the place and the sentence for the end of a message, the sentence short.
    pub fn in_words(&self) -> String {
        const LONGEST: usize = 60;
        let text: String = self.text.chars().take(LONGEST).collect();
        let rest = if self.text.chars().count() > LONGEST { "…" } else { "" };
        let section = self.section.rsplit(" / ").next().unwrap_or_default();
        let section = if section.is_empty() {
            String::new()
        } else {
            format!("“{section}”下")
        };
        format!("（报告{section}第 {} 段：“{text}{rest}”）", self.paragraph)
    }

    /// Returns a message without the place and the sentence at its end, which then have a cell of their own.
    pub fn taken_from<'m>(quote: Option<&Self>, message: &'m str) -> &'m str {
        let words = quote.map(Self::in_words);
        words
            .and_then(|words| message.strip_suffix(words.as_str()))
            .unwrap_or(message)
    }

    /// Returns the sentence and where it stands, for a cell of its own.
    pub fn in_a_cell(&self) -> String {
        let section = if self.section.is_empty() {
            String::new()
        } else {
            format!("，{}", self.section)
        };
        format!("“{}”（第 {} 段{section}）", self.text, self.paragraph)
    }
}

/// Texts that were filled into a discrepancy list beside a finding. They change no figure and no verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    /// 单位说明: the unit's explanation; a finding that has one counts as explained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 处理意见: the reviewer's opinion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
}

impl Explanation {
    /// Returns whether nobody wrote anything.
    pub const fn is_empty(&self) -> bool {
        self.unit.is_none() && self.reviewer.is_none()
    }
}

/// One finding. `declared`, `expected` and `difference` are texts as a person writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Discrepancy {
    /// Rule code, e.g. `A01`.
    pub code: String,
    /// Rule slug.
    pub rule: String,
    /// The rule's Chinese title.
    pub title: String,
    /// Level.
    pub severity: Severity,
    /// The cell it is reported at.
    pub cell: CellAddress,
    /// Other cells that take part.
    pub related: Vec<CellAddress>,
    /// Whether the finding stands for several cells: then `related` are the others, each with the same fault.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub each_cell: bool,
    /// Path of the field in the Evaluation, e.g. `indicators[3].score`; `null` when it is no field.
    pub field: Option<String>,
    /// What was declared.
    pub declared: Option<String>,
    /// What should be.
    pub expected: Option<String>,
    /// The distance between the two, without a sign.
    pub difference: Option<String>,
    /// Rule, fact and way out, in Chinese.
    pub message: String,
    /// The clause or source.
    pub basis: String,
    /// What to do.
    pub suggestion: String,
    /// What people wrote about it in a discrepancy list; left out of the JSON where there is nothing.
    #[serde(default, skip_serializing_if = "Explanation::is_empty")]
    pub explanation: Explanation,
    /// The sentence of a report that the table was compared with; left out of the JSON where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

impl Discrepancy {
    /// Returns the cells with the fault: its own, and the others that it stands for.
    pub fn cells(&self) -> impl Iterator<Item = CellAddress> + '_ {
        let others = if self.each_cell { self.related.as_slice() } else { &[] };
        std::iter::once(self.cell).chain(others.iter().copied())
    }

    /// Returns what a list says of it, after its place.
    pub fn texts(&self) -> FindingTexts {
        FindingTexts {
            declared: self.declared.clone(),
            expected: self.expected.clone(),
            difference: self.difference.clone(),
            message: self.message.clone(),
            basis: self.basis.clone(),
            suggestion: self.suggestion.clone(),
        }
    }

    /// Returns whether the unit has explained it.
    pub const fn is_explained(&self) -> bool {
        self.explanation.unit.is_some()
    }
}

/// What every list of findings says of one, in the same words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingTexts {
    /// What was declared.
    pub declared: Option<String>,
    /// What should be.
    pub expected: Option<String>,
    /// The distance, without a sign.
    pub difference: Option<String>,
    /// Rule, fact and way out.
    pub message: String,
    /// The clause or source.
    pub basis: String,
    /// What to do.
    pub suggestion: String,
}

/// A header or label whose meaning was inferred: it has a slip of the pen, or it only may mean what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuessedHeader {
    /// Where.
    pub cell: CellAddress,
    /// What a person sees there.
    pub text: String,
    /// The wording that it was taken for.
    pub taken_for: String,
    /// Where its values go: `indicators[].score`, `department`.
    pub field: String,
}

/// A header inside a table that is not known: what stands below it is kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnknownHeader {
    /// Where.
    pub cell: CellAddress,
    /// What a person sees there.
    pub text: String,
}

/// A filled cell that no field took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnreadCell {
    /// Where.
    pub cell: CellAddress,
    /// What a person sees there.
    pub text: String,
}

/// Account of every filled cell of a table: `filled = bound + decorative + unread.len()`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Filled cells.
    pub filled: usize,
    /// Cells bound to a field.
    pub bound: usize,
    /// Headings, labels and marks.
    pub decorative: usize,
    /// Everything else.
    pub unread: Vec<UnreadCell>,
}

/// Something that a person has to decide: no finding, and no verdict on the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ForReview {
    /// Code of the rule that names it, e.g. `E08`.
    pub code: String,
    /// The rule's Chinese title.
    pub title: String,
    /// The cell to look at.
    pub cell: CellAddress,
    /// Path of the field in the Evaluation; `null` when it is no field.
    pub field: Option<String>,
    /// What is to be decided and why no rule can, in Chinese.
    pub message: String,
}

/// A sheet without an evaluation table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SkippedSheet {
    /// The sheet's name.
    pub sheet: String,
    /// Why it was left out, in Chinese.
    pub reason: String,
}

/// Something that a file holds and that could not be read, though the rest could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LostContent {
    /// The sheet's name; `null` for the file as a whole.
    pub sheet: Option<String>,
    /// The cell, where it is known.
    pub cell: Option<CellAddress>,
    /// What was lost and why, in Chinese.
    pub message: String,
}
