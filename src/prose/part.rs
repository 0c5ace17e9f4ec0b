//! The part of a report that speaks of one table's project.

use std::ops::Range;

use super::claim::Claim;
use super::report::{Paragraph, ReportText};

/// A report, or the paragraphs of it that speak of one project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPart<'a> {
    /// The whole report.
    pub text: &'a ReportText,
    /// Its paragraphs, by index; all of them where it speaks of one project.
    own: Vec<Range<usize>>,
}

impl<'a> ReportPart<'a> {
    /// Returns the whole of a report.
    pub fn whole(text: &'a ReportText) -> Self {
        let all = 0..text.paragraphs.len();
        Self {
            text,
            own: std::iter::once(all).collect(),
        }
    }

    /// These paragraphs of a report.
    pub const fn of(text: &'a ReportText, own: Vec<Range<usize>>) -> Self {
        Self { text, own }
    }

    /// Returns whether a paragraph, by index, belongs to the part.
    pub fn holds(&self, paragraph: usize) -> bool {
        self.own.iter().any(|range| range.contains(&paragraph))
    }

    /// Returns its paragraphs with their indices.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, &'a Paragraph)> {
        self.text
            .paragraphs
            .iter()
            .enumerate()
            .filter(|(index, _)| self.holds(*index))
    }

    /// Returns its claims with their indices among all of the report's.
    pub fn claims(&self) -> impl Iterator<Item = (usize, &'a Claim)> {
        self.text
            .claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| self.holds(claim.place.paragraph))
    }
}
