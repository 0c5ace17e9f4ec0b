//! Which part of the table a claim of the report speaks of: names of levels and indicators in sentences and headings.

use crate::model::{Evaluation, Quote, TableReading};
use crate::prose::{Claim, ClaimKind, Folded, ReportPart, SectionRole, UNNUMBERED};
use crate::rules::kit::report_naming::{Name, bare, named_by_title, names};

/// A heading that names something of the table.
#[derive(Debug, Clone, Copy)]
struct Under {
    name: usize,
    /// The innermost heading itself names it.
    is_innermost: bool,
}

/// The part of a report that belongs to a table, with what its claims speak of.
pub struct ReportMatch<'a> {
    /// The report.
    pub part: &'a ReportPart<'a>,
    names: Vec<Name>,
    /// By paragraph of the report.
    under: Vec<Option<Under>>,
    year: Option<i32>,
}

impl<'a> ReportMatch<'a> {
    /// Finds the table's names in the report's headings.
    pub fn new(part: &'a ReportPart<'a>, table: &TableReading) -> Self {
        let names = names(&table.evaluation);
        let mut under: Vec<Option<Under>> = Vec::with_capacity(part.text.paragraphs.len());
        for (index, paragraph) in part.text.paragraphs.iter().enumerate() {
            // Paragraphs under one heading share what it names.
            let known = paragraph
                .path
                .last()
                .filter(|heading| **heading < index)
                .and_then(|heading| under.get(*heading).copied());
            under.push(known.unwrap_or_else(|| under_headings(part, index, &names)));
        }
        Self {
            part,
            names,
            under,
            year: table_year(&table.evaluation),
        }
    }

    /// Returns the names of the table, by level.
    pub fn names(&self, level: u8) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(move |name| name.level == level)
    }

    /// Returns every name of the table.
    pub fn all_names(&self) -> &[Name] {
        &self.names
    }

    /// Returns the year the table speaks of.
    pub const fn year(&self) -> Option<i32> {
        self.year
    }

    /// Returns whether a claim may be held against the table: it is said of the project's own result, exactly, and of
    /// no other year.
    pub fn is_comparable(&self, claim: &Claim) -> bool {
        claim.is_of_result() && !claim.is_about && self.is_of_year(claim)
    }

    fn is_of_year(&self, claim: &Claim) -> bool {
        claim.year.is_none_or(|year| self.year.is_none_or(|own| own == year))
    }

    /// Returns what the heading above a claim names.
    pub fn heading(&self, claim: &Claim) -> Option<&Name> {
        self.names.get(self.under(claim)?.name)
    }

    /// Returns the same where the innermost heading itself names it.
    pub fn own_heading(&self, claim: &Claim) -> Option<&Name> {
        let under = self.under(claim).filter(|under| under.is_innermost)?;
        self.names.get(under.name)
    }

    fn under(&self, claim: &Claim) -> Option<Under> {
        self.under.get(claim.place.paragraph).copied().flatten()
    }

    /// Returns the name nearest before a figure in its own words, and the words between the two.
    pub fn named_near(&self, claim: &Claim) -> Option<(&Name, &'a str)> {
        let place = claim.place;
        let near = self.part.text.slice(place.paragraph, place.near, place.start);
        self.last_in(near).or_else(|| self.only_name(near))
    }

    /// Returns the name that words before a figure are, joining words aside: 、过程19分.
    fn only_name<'t>(&self, near: &'t str) -> Option<(&Name, &'t str)> {
        let trimmed = near.trim_start_matches(['、', '，', '和', '及', '与', ')', '“']);
        self.names
            .iter()
            .filter(|name| !name.rows.is_empty())
            .flat_map(|name| [name.plain.as_str(), bare(&name.plain)].map(|core| (name, core)))
            .filter(|(_, core)| core.chars().count() >= 2)
            .filter_map(|(name, core)| Some((name, trimmed.strip_prefix(core)?)))
            .find(|(_, rest)| is_connecting(rest))
    }

    /// Returns what a score, weight or deduction is said of.
    pub fn subject(&self, claim: &Claim) -> Option<&Name> {
        let place = claim.place;
        let text = self.part.text;
        let clause = text.slice(place.paragraph, place.clause, place.start);
        let own = self
            .own_heading(claim)
            .filter(|name| name.level == 3 || name.rows.len() == 1);
        // 该项目 is the whole and points at no heading.
        let pointing = clause.replace("该项目", "").replace("此项目", "");
        if POINTING.iter().any(|word| pointing.contains(word)) {
            return own.or_else(|| self.heading(claim).filter(|name| name.rows.len() <= 1));
        }
        if let Some((name, between)) = self.named_near(claim)
            && (own.is_none() || is_connecting(between))
        {
            return Some(name);
        }
        if own.is_some() {
            return own;
        }
        // 项目决策满分20分，得18分: the name before it in its sentence.
        let lead = text.slice(place.paragraph, place.sentence, place.near);
        if let Some((name, _)) = self.last_in(lead) {
            return Some(name);
        }
        // 决策(20分)得18分.
        let opened = lead.rfind('(').map(|at| lead.get(..at).unwrap_or_default());
        let word = opened.and_then(|before| before.rsplit(['，', '：', '、', '；', '。']).next());
        if let Some((name, _)) = word.and_then(|word| self.only_name(word)) {
            return Some(name);
        }
        self.heading(claim)
            .filter(|name| self.own_heading(claim).is_some() || name.rows.len() <= 1)
    }

    /// Returns the last name in a text and what follows it; of two that end together, the longer.
    fn last_in<'t>(&self, text: &'t str) -> Option<(&Name, &'t str)> {
        let mut best: Option<(usize, usize, &Name)> = None;
        for name in &self.names {
            for spelling in &name.spellings {
                if let Some(at) = text.rfind(spelling.as_str()) {
                    let end = at + spelling.len();
                    if best.is_none_or(|(known, length, _)| (end, spelling.len()) > (known, length)) {
                        best = Some((end, spelling.len(), name));
                    }
                }
            }
        }
        let (end, _, name) = best?;
        Some((name, text.get(end..)?))
    }

    /// Returns the place of a claim, its sentence quoted.
    pub fn quote(&self, claim: &Claim) -> Quote {
        let place = claim.place;
        self.quote_of(
            place.paragraph,
            (place.sentence, place.sentence_end),
            (place.start, place.end),
        )
    }

    /// Returns a place of the report: the bytes of a paragraph to quote, and those that it is about.
    pub fn quote_of(&self, paragraph: usize, quoted: (usize, usize), about: (usize, usize)) -> Quote {
        const LONGEST: usize = 200;
        let text = self.part.text;
        let (first, last) = text.written_range(paragraph, about.0, about.1);
        let sentence = text.written(paragraph, quoted.0, quoted.1);
        let shown = if sentence.chars().count() <= LONGEST {
            sentence
        } else {
            // Only what lies around the place is of use.
            const BEFORE: usize = 80;
            let (from, _) = text.written_range(paragraph, quoted.0, quoted.1);
            let skipped = first.saturating_sub(from).saturating_sub(BEFORE);
            let head = if skipped > 0 { "…" } else { "" };
            let tail = if sentence.chars().count() > skipped + LONGEST {
                "…"
            } else {
                ""
            };
            let middle: String = sentence.chars().skip(skipped).take(LONGEST).collect();
            format!("{head}{middle}{tail}")
        };
        Quote {
            file: text.file.clone(),
            paragraph: text.paragraphs.get(paragraph).map_or(0, |paragraph| paragraph.number),
            section: text.section(paragraph),
            text: shown,
            range: [first, last],
        }
    }

    /// Returns a whole paragraph as a place.
    pub fn quote_paragraph(&self, paragraph: usize) -> Quote {
        let length = self
            .part
            .text
            .paragraphs
            .get(paragraph)
            .map_or(0, |paragraph| paragraph.folded.as_str().len());
        self.quote_of(paragraph, (0, length), (0, length))
    }

    /// Returns a claim's figure as written, with its unit.
    pub fn shown(&self, claim: &Claim) -> String {
        let place = claim.place;
        self.part.text.slice(place.paragraph, place.start, place.end).to_owned()
    }

    /// Claims of some kinds that may be held against the table, with their indices.
    pub fn comparable(&self, kinds: fn(ClaimKind) -> bool) -> impl Iterator<Item = (usize, &'a Claim)> {
        self.part
            .claims()
            .filter(move |(_, claim)| kinds(claim.kind) && self.is_comparable(claim))
    }

    /// Paragraphs of a section.
    pub fn section(&self, role: SectionRole) -> impl Iterator<Item = (usize, &'a crate::prose::Paragraph)> {
        self.part
            .paragraphs()
            .filter(move |(_, paragraph)| paragraph.role == role)
    }
}

/// Words that point at what the heading names.
const POINTING: [&str; 9] = [
    "该指标",
    "本指标",
    "该项",
    "此项",
    "本项得",
    "本项指标",
    "该三级指标",
    "此指标",
    "本项扣",
];

/// Returns whether only such words stand between a name and its figure as belong to both.
pub fn is_connecting(between: &str) -> bool {
    let mut rest = between;
    'next: while !rest.is_empty() {
        for word in [
            "综合评价",
            "实际",
            "得分",
            "评分",
            "满分",
            "分值",
            "权重",
            "自评",
            "评价",
            "完成",
            "指标",
            "方面",
            "情况",
            "合计",
            "小计",
            "达到",
            "得",
            "扣",
            "类",
            "为",
            "是",
            "达",
            "共",
            "有",
            "到",
            "：",
            "(",
            ")",
            "“",
            "”",
            "的",
            "了",
            "计",
            "值",
            "数量",
            "数",
        ] {
            if let Some(after) = rest.strip_prefix(word) {
                rest = after;
                continue 'next;
            }
        }
        return false;
    }
    true
}

fn under_headings(part: &ReportPart<'_>, index: usize, names: &[Name]) -> Option<Under> {
    let paragraphs = &part.text.paragraphs;
    let mut is_innermost = true;
    for heading in paragraphs.get(index)?.path.iter().rev() {
        let heading = paragraphs.get(*heading)?.heading.as_ref()?;
        if let Some(name) = named_by_title(&heading.title, names) {
            return Some(Under { name, is_innermost });
        }
        // A short line without a number may be anything; a numbered one begins something else.
        is_innermost &= heading.level == UNNUMBERED;
    }
    None
}

/// Returns the year of a table: its own, else the one in its project's name or title.
fn table_year(evaluation: &Evaluation) -> Option<i32> {
    if let Some(year) = &evaluation.year {
        return Some(year.value);
    }
    let texts = [evaluation.project_name.as_ref(), evaluation.title.as_ref()];
    texts.into_iter().flatten().find_map(|text| {
        let folded = Folded::new(&text.value);
        crate::prose::figures(folded.as_str())
            .iter()
            .find(|figure| figure.unit == crate::prose::FigureUnit::Year)
            .and_then(|figure| i32::try_from(figure.value).ok())
    })
}
