//! A report as paragraphs with their sections, and the claims in them.

use super::claim::Claim;
use super::extract;
use super::folded::Folded;
use super::outline::{Heading, UNNUMBERED, heading};
use super::section::{SectionRole, role_of, role_of_path};
use crate::grid::TextBlock;

/// One paragraph of a report. Empty ones are counted, not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its number among all paragraphs outside tables, empty ones too, from 1.
    pub number: usize,
    /// As written.
    pub written: String,
    /// In one spelling.
    pub(crate) folded: Folded,
    /// The headings it stands under, as indices of paragraphs, the outermost first; its own where it begins with one.
    pub(crate) path: Vec<usize>,
    /// The heading that it begins with.
    pub(crate) heading: Option<Heading>,
    /// What its section speaks of.
    pub(crate) role: SectionRole,
}

impl Paragraph {
    /// Returns the folded text behind its heading.
    pub fn body(&self) -> &str {
        self.folded.as_str().get(self.body_start()..).unwrap_or_default()
    }

    /// Returns where that begins.
    pub fn body_start(&self) -> usize {
        self.heading.as_ref().map_or(0, |heading| heading.length)
    }

    /// Returns the title of the heading that it begins with.
    pub fn title(&self) -> Option<&str> {
        self.heading
            .as_ref()
            .map(|heading| heading.title.as_str())
            .filter(|title| !title.is_empty())
    }
}

/// A report's text: paragraphs, sections and claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportText {
    /// The file it came from, as given.
    pub file: String,
    /// Its paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
    /// What it says that can be checked, in order.
    pub claims: Vec<Claim>,
    /// Index of the paragraph with its title.
    pub title: Option<usize>,
    /// How many tables stand in it.
    pub tables: usize,
    /// Numbers of the paragraphs that were not read, or not in full, because they are no prose.
    pub passed_over: Vec<usize>,
    /// Number of the paragraph from which on nothing more was read, because there were too many figures before it.
    pub cut_from: Option<usize>,
    /// Why it could not be read, in Chinese; then it holds nothing.
    pub unread: Option<String>,
}

/// Paragraphs above this one may be the title.
const TITLE_WITHIN: usize = 8;

/// Bytes of a paragraph at most; what is longer is no prose.
const LONGEST_PARAGRAPH: usize = 64 * 1024;

/// Statements of a report at most; one of 500 pages has some 8000.
const MOST_CLAIMS: usize = 50_000;

/// Characters of a title at most.
const LONGEST_TITLE: usize = 80;

impl ReportText {
    /// Reads the blocks of a document; `file` names it in findings.
    pub fn new(file: &str, blocks: &[TextBlock]) -> Self {
        let mut report = Self {
            file: file.to_owned(),
            ..Self::default()
        };
        let mut number = 0;
        for block in blocks {
            let (shown, written) = match block {
                TextBlock::Paragraph(written) => (None, written),
                TextBlock::Numbered { number, text } => (Some(number), text),
                TextBlock::Table(_) => {
                    report.tables += 1;
                    continue;
                }
            };
            number += 1;
            if written.len() > LONGEST_PARAGRAPH {
                report.passed_over.push(number);
                continue;
            }
            let folded = shown.map_or_else(|| Folded::new(written), |shown| Folded::numbered(shown, written));
            if !folded.as_str().is_empty() && !written.trim().is_empty() {
                report.paragraphs.push(Paragraph {
                    number,
                    written: written.clone(),
                    folded,
                    path: Vec::new(),
                    heading: None,
                    role: SectionRole::Front,
                });
            }
        }
        report.title = report.find_title();
        report.outline();
        report.extract();
        report
    }

    /// Reads what each paragraph says.
    fn extract(&mut self) {
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            if Some(index) == self.title {
                continue;
            }
            if self.claims.len() >= MOST_CLAIMS {
                self.cut_from = Some(paragraph.number);
                break;
            }
            let is_whole = extract::claims(
                paragraph.folded.as_str(),
                paragraph.body_start(),
                index,
                paragraph.role,
                &mut self.claims,
            );
            if !is_whole {
                self.passed_over.push(paragraph.number);
            }
        }
        self.passed_over.sort_unstable();
    }

    /// Returns what was not read, in Chinese; `None` where all was.
    pub fn not_read(&self) -> Option<String> {
        const NAMED: usize = 5;
        let mut facts = Vec::new();
        if !self.passed_over.is_empty() {
            let named: Vec<String> = self.passed_over.iter().take(NAMED).map(usize::to_string).collect();
            let more = if self.passed_over.len() > NAMED {
                format!("等 {} 段", self.passed_over.len())
            } else {
                "段".to_owned()
            };
            facts.push(format!(
                "第 {} {more}过长或数字过密，不是成句的文字，没有（全部）核对",
                named.join("、")
            ));
        }
        if let Some(number) = self.cut_from {
            facts.push(format!("数字太多，第 {number} 段起没有核对"));
        }
        (!facts.is_empty()).then(|| format!("报告“{}”{}", self.file, facts.join("；")))
    }

    /// Returns a report that could not be read, and why.
    pub fn unread(file: &str, why: String) -> Self {
        Self {
            file: file.to_owned(),
            unread: Some(why),
            ..Self::default()
        }
    }

    /// Returns whether the text is a report at all: it says something that can be checked, under a title or headings.
    pub fn is_report(&self) -> bool {
        const LEAST_SECTIONS: usize = 2;
        let sections = self
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.heading.as_ref().is_some_and(|heading| heading.level <= 2))
            .count();
        let is_titled = self.title_text().is_some_and(|title| title.contains("报告"));
        let says = self.paragraphs.iter().any(|paragraph| paragraph.body().contains('。'));
        says && (is_titled || sections >= LEAST_SECTIONS) && !self.claims.is_empty()
    }

    /// Returns the title in one spelling.
    pub fn title_text(&self) -> Option<&str> {
        let title = self.paragraphs.get(self.title?)?;
        Some(title.folded.as_str())
    }

    /// Returns the folded text of a claim's sentence.
    pub fn sentence(&self, claim: &Claim) -> &str {
        self.slice(claim.place.paragraph, claim.place.sentence, claim.place.sentence_end)
    }

    /// Returns a part of a paragraph as written, by bytes of its folded text, on one line.
    pub fn written(&self, paragraph: usize, start: usize, end: usize) -> String {
        let Some(paragraph) = self.paragraphs.get(paragraph) else {
            return String::new();
        };
        let bytes = paragraph.folded.written_bytes(start, end);
        let text = paragraph.written.get(bytes).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns where the folded bytes of a paragraph stand in it as written, by characters: the first, and behind the
    /// last.
    pub fn written_range(&self, paragraph: usize, start: usize, end: usize) -> (usize, usize) {
        self.paragraphs
            .get(paragraph)
            .map_or((0, 0), |paragraph| paragraph.folded.written_range(start, end))
    }

    /// Folded text of a paragraph between two bytes.
    pub fn slice(&self, paragraph: usize, start: usize, end: usize) -> &str {
        self.paragraphs
            .get(paragraph)
            .and_then(|paragraph| paragraph.folded.as_str().get(start..end))
            .unwrap_or_default()
    }

    /// Returns the titles above a paragraph, as written with their numbers, the outermost first.
    pub fn section(&self, paragraph: usize) -> String {
        let path = self
            .paragraphs
            .get(paragraph)
            .map_or(&[][..], |paragraph| &paragraph.path);
        let titles: Vec<String> = path
            .iter()
            .filter_map(|index| self.paragraphs.get(*index)?.heading.as_ref())
            .filter(|heading| !heading.title.is_empty())
            .map(|heading| format!("{}{}", heading.number, heading.title))
            .collect();
        titles.join(" / ")
    }

    /// Returns the titles above a paragraph without their numbers, the innermost first.
    pub fn titles_above(&self, paragraph: usize) -> impl Iterator<Item = &str> {
        self.paragraphs
            .get(paragraph)
            .map_or(&[][..], |paragraph| &paragraph.path)
            .iter()
            .rev()
            .filter_map(|index| self.paragraphs.get(*index)?.title())
    }

    fn find_title(&self) -> Option<usize> {
        let is_line = |paragraph: &Paragraph| {
            let text = paragraph.folded.as_str();
            text.chars().count() <= LONGEST_TITLE && !text.contains('。')
        };
        let head = || {
            self.paragraphs
                .iter()
                .enumerate()
                .take(TITLE_WITHIN)
                .filter(|(_, line)| is_line(line))
        };
        head()
            .find(|(_, line)| {
                let text = line.folded.as_str();
                text.contains("报告") && !text.starts_with(['一', '(', '附'])
            })
            .or_else(|| head().find(|(_, line)| line.folded.as_str().contains("自评")))
            .map(|(index, _)| index)
    }

    /// Gives every paragraph its heading, its section and what that speaks of.
    fn outline(&mut self) {
        let headings: Vec<Option<Heading>> = self
            .paragraphs
            .iter()
            .enumerate()
            .map(|(index, paragraph)| {
                if Some(index) == self.title {
                    return None;
                }
                heading(paragraph.folded.as_str())
            })
            .collect();
        let is_numbered = headings.iter().flatten().any(|heading| heading.level == 1);
        let mut path: Vec<(u8, usize, String)> = Vec::new();
        let mut is_front = true;
        for (index, (paragraph, heading)) in self.paragraphs.iter_mut().zip(headings).enumerate() {
            let mut heading = heading;
            if let Some(found) = heading.as_mut() {
                let is_attachment = found.level == UNNUMBERED && found.title.starts_with("附");
                if is_attachment || attachment_line(paragraph.folded.as_str()) {
                    found.level = 0;
                } else if found.level == UNNUMBERED && !is_numbered && role_of(&found.title).is_some() {
                    found.level = 1;
                } else if found.level == UNNUMBERED && is_front {
                    // Lines of a cover and of the heading are no sections.
                    heading = None;
                }
            } else if attachment_line(paragraph.folded.as_str()) {
                heading = Some(Heading {
                    level: 0,
                    number: String::new(),
                    title: paragraph.folded.as_str().to_owned(),
                    length: paragraph.folded.as_str().len(),
                });
            }
            if let Some(found) = heading.as_ref().filter(|heading| !heading.title.is_empty()) {
                is_front &= found.level > 3;
                path.retain(|(level, _, _)| *level < found.level);
                path.push((found.level, index, found.title.clone()));
            }
            paragraph.path = path.iter().map(|(_, index, _)| *index).collect();
            paragraph.role = if path.is_empty() {
                SectionRole::Front
            } else {
                role_of_path(path.iter().map(|(_, _, title)| title.as_str()))
            };
            paragraph.heading = heading;
        }
    }
}

/// `附件`, `附件1`, `附表：…`: a line that begins the attachments.
fn attachment_line(text: &str) -> bool {
    const LONGEST: usize = 40;
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        rest.is_empty() || (rest.starts_with(['：', '.', '、']) && text.chars().count() <= LONGEST)
    })
}
