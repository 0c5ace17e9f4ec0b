//! The lists of the styles part that marks and the added sheet need.

use std::collections::BTreeMap;
use std::ops::Range;

/// A format that says nothing.
pub const PLAIN_FORMAT: &str = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>";

/// A list of the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Fonts,
    Fills,
    Borders,
    Formats,
}

impl List {
    /// Adds an entry; `form` is what it is told apart by.
    pub fn push(&mut self, form: String, xml: String) {
        self.by_form.entry(form).or_default().push(self.entries.len());
        self.entries.push(xml);
    }
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fonts, Self::Fills, Self::Borders, Self::Formats];

    /// Returns the element's name.
    pub const fn list_name(self) -> &'static str {
        match self {
            Self::Fonts => "fonts",
            Self::Fills => "fills",
            Self::Borders => "borders",
            Self::Formats => "cellXfs",
        }
    }

    /// Returns what the first places of a list must hold; programs take them for granted.
    pub const fn first_entries(self) -> &'static [&'static str] {
        match self {
            Self::Fonts => &["<font/>"],
            Self::Fills => &[
                "<fill><patternFill patternType=\"none\"/></fill>",
                "<fill><patternFill patternType=\"gray125\"/></fill>",
            ],
            Self::Borders => &["<border><left/><right/><top/><bottom/><diagonal/></border>"],
            Self::Formats => &[PLAIN_FORMAT],
        }
    }
}

#[derive(Debug)]
/// A list with its entries.
pub struct List {
    /// Which one.
    pub kind: Kind,
    /// The list's own tag; `None` when the part has no such list.
    pub tag: Option<Range<usize>>,
    /// Entries as written, those kept of the part and those added.
    pub entries: Vec<String>,
    /// Where each of the part's entries ends.
    pub ends: Vec<usize>,
    /// How many of the part's entries stay.
    pub kept: usize,
    /// Places of the entries that are written alike in the one way of writing.
    pub by_form: BTreeMap<String, Vec<usize>>,
}

/// By what entries are told apart: a format without a fill's number has the first one.
pub fn form_of(kind: Kind, canonical: String) -> String {
    match kind {
        Kind::Formats => canonical.replacen(" fillId='0'", "", 1),
        _ => canonical,
    }
}
