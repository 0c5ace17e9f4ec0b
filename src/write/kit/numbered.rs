//! Looks and texts of a workbook, each once: cells name them by their numbers.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rust_xlsxwriter::Format;
use rustc_hash::FxBuildHasher;

use super::cell_text::{ALWAYS_FITS, signs};
use super::sheet_xml::push_text;
use super::{cell_text, frame};

/// The looks of a workbook, in the order in which they came: the library numbers them so behind its own.
#[derive(Clone, Default)]
pub struct Looks {
    numbers: HashMap<Format, u32, FxBuildHasher>,
    /// Them.
    pub formats: Vec<Format>,
}

impl Looks {
    /// Returns the number of one, which is new or known.
    pub fn number(&mut self, format: &Format) -> u32 {
        if let Some(number) = self.numbers.get(format) {
            return *number;
        }
        self.formats.push(format.clone());
        // The usual look is the first of all.
        let number = u32::try_from(self.formats.len()).unwrap_or(u32::MAX);
        self.numbers.insert(format.clone(), number);
        number
    }
}

/// Texts that a workbook usually has; room for them is made at once.
const USUAL: usize = 700;

/// The texts of a workbook, each once.
#[derive(Clone)]
pub struct Texts {
    /// Texts come from files: the quicker hash, seeded or not, would let anybody make many that fall together.
    hasher: RandomState,
    /// Each one's hash and number.
    numbers: HashTable<(u64, u32)>,
    /// Them, one behind the other, and where each ends.
    all: String,
    ends: Vec<usize>,
    elements: Vec<u8>,
    /// Cells that show one.
    pub count: u32,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            numbers: HashTable::with_capacity(USUAL),
            all: String::new(),
            ends: Vec::with_capacity(USUAL),
            elements: Vec::new(),
            count: 0,
        }
    }
}

impl Texts {
    /// Returns the number of one, which is new or known. `guess` is a number that it may well have.
    pub fn number(&mut self, text: &str, guess: Option<u32>) -> u32 {
        self.count = self.count.saturating_add(1);
        if let Some(guess) = guess.filter(|guess| text_at(&self.all, &self.ends, *guess) == Some(text)) {
            return guess;
        }
        let signs = signs(text);
        if text.len() <= ALWAYS_FITS && signs.is_clean(text) {
            return self.fitting(text, signs.is_plain(text));
        }
        self.fitting(&cell_text::fitting(text, None), false)
    }

    /// Returns the number of a text that a cell can hold.
    fn fitting(&mut self, text: &str, is_plain: bool) -> u32 {
        let hash = self.hasher.hash_one(text);
        let (all, ends) = (&mut self.all, &mut self.ends);
        let is_it = |(known, number): &(u64, u32)| *known == hash && text_at(all, ends, *number) == Some(text);
        match self.numbers.entry(hash, is_it, |(known, _)| *known) {
            Entry::Occupied(known) => known.get().1,
            Entry::Vacant(free) => {
                let number = u32::try_from(ends.len()).unwrap_or(u32::MAX);
                free.insert((hash, number));
                all.push_str(text);
                ends.push(all.len());
                self.elements.extend_from_slice(b"<si>");
                push_text(&mut self.elements, text, is_plain);
                self.elements.extend_from_slice(b"</si>");
                number
            }
        }
    }

    /// Returns the part that holds them: what stands before their elements, these, and what ends it.
    pub fn xml(&self) -> (Vec<u8>, &[u8], &'static [u8]) {
        let head = format!(
            "{}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">",
            frame::DECLARATION,
            self.count,
            self.ends.len()
        );
        (head.into_bytes(), &self.elements, b"</sst>")
    }
}

/// Returns the text of a number.
fn text_at<'t>(all: &'t str, ends: &[usize], number: u32) -> Option<&'t str> {
    let at = usize::try_from(number).ok()?;
    let from = match at.checked_sub(1) {
        Some(before) => *ends.get(before)?,
        None => 0,
    };
    all.get(from..*ends.get(at)?)
}
