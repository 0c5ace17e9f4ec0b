//! Looks and texts of a workbook, each once: cells name them by their numbers.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::sync::Arc;

use hashbrown::HashTable;
use rust_xlsxwriter::Format;
use rustc_hash::FxBuildHasher;

use super::cell_text::{ALWAYS_FITS, signs};
use super::deflate::{Deflater, Piece};
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
/// Bytes that they usually have, and those that they have as XML.
const USUAL_BYTES: usize = 24 * 1024;
const USUAL_XML_BYTES: usize = 36 * 1024;

/// The texts of a workbook, each once.
pub struct Texts {
    /// Texts come from files: the quicker hash, seeded or not, would let anybody make many that fall together.
    hasher: RandomState,
    /// Each one's hash and number.
    numbers: HashTable<(u64, u32)>,
    /// Them, one behind the other, and where each ends.
    all: String,
    ends: Vec<usize>,
    /// The elements of the first ones, where they are deflated already.
    begun: Option<Arc<Piece>>,
    /// Those of the others.
    elements: Vec<u8>,
    /// Cells that show one.
    pub count: u32,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            numbers: HashTable::with_capacity(USUAL),
            all: String::with_capacity(USUAL_BYTES),
            ends: Vec::with_capacity(USUAL),
            begun: None,
            elements: Vec::with_capacity(USUAL_XML_BYTES),
            count: 0,
        }
    }
}

impl Texts {
    /// Deflates the elements so far, for all workbooks that begin with these texts.
    ///
    /// # Errors
    /// When the library refuses them.
    pub fn deflate(&mut self, deflater: &mut Deflater) -> io::Result<()> {
        self.begun = Some(Arc::new(deflater.piece(&self.elements)?));
        self.elements = Vec::new();
        Ok(())
    }

    /// Returns texts that begin with these, whose elements are deflated.
    pub fn beginning_with(begun: &Self) -> Self {
        let mut texts = Self {
            hasher: begun.hasher.clone(),
            numbers: begun.numbers.clone(),
            all: String::with_capacity(USUAL_BYTES),
            ends: Vec::with_capacity(USUAL),
            begun: begun.begun.clone(),
            elements: Vec::with_capacity(USUAL_XML_BYTES),
            count: begun.count,
        };
        texts.all.push_str(&begun.all);
        texts.ends.extend_from_slice(&begun.ends);
        texts
    }

    /// Returns the elements of the first ones, where they are deflated already.
    pub fn begun(&self) -> Option<&Piece> {
        self.begun.as_deref()
    }

    /// Returns the number of one, which is new or known. `guess` is a number that it may well have.
    pub fn number(&mut self, text: &str, guess: Option<u32>) -> u32 {
        self.count = self.count.saturating_add(1);
        if let Some(guess) = guess.filter(|guess| text_at(&self.all, &self.ends, *guess) == Some(text)) {
            return guess;
        }
        let hash = self.hasher.hash_one(text);
        if let Some(number) = self.known(hash, text) {
            return number;
        }
        let signs = signs(text);
        if text.len() <= ALWAYS_FITS && signs.is_clean(text) {
            return self.add(hash, text, signs.is_plain(text));
        }
        let text = cell_text::fitting(text, None);
        let hash = self.hasher.hash_one(&*text);
        self.known(hash, &text).unwrap_or_else(|| self.add(hash, &text, false))
    }

    /// Returns the number of a text that is among them.
    fn known(&self, hash: u64, text: &str) -> Option<u32> {
        let is_it =
            |(known, number): &(u64, u32)| *known == hash && text_at(&self.all, &self.ends, *number) == Some(text);
        self.numbers.find(hash, is_it).map(|(_, number)| *number)
    }

    /// Puts a text that a cell can hold behind the others; `is_plain` says whether it is written as it stands.
    fn add(&mut self, hash: u64, text: &str, is_plain: bool) -> u32 {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.numbers.insert_unique(hash, (hash, number), |(known, _)| *known);
        self.all.push_str(text);
        self.ends.push(self.all.len());
        self.elements.extend_from_slice(b"<si>");
        push_text(&mut self.elements, text, is_plain);
        self.elements.extend_from_slice(b"</si>");
        number
    }

    /// Returns the part that holds them: what stands before their elements, these but
    /// for those [deflated already](Texts::begun), and what ends it.
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
