//! Looks and texts of a workbook, each once: cells name them by their numbers.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_xlsxwriter::Format;
use rustc_hash::FxBuildHasher;

use super::sheet_xml::push_text;
use super::{cell_text, frame};

/// The looks of a workbook, in the order in which they came: the library numbers them so behind its own.
#[derive(Default)]
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
const USUAL: usize = 400;

/// The texts of a workbook, each once.
pub struct Texts {
    /// Texts come from files: the quicker hash, seeded or not, would let anybody make many that fall together.
    numbers: HashMap<String, u32>,
    elements: Vec<u8>,
    /// Cells that show one.
    pub count: u32,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            numbers: HashMap::with_capacity(USUAL),
            elements: Vec::new(),
            count: 0,
        }
    }
}

impl Texts {
    /// Returns the number of one, which is new or known.
    pub fn number(&mut self, text: &str) -> u32 {
        self.count = self.count.saturating_add(1);
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let text = match cell_text::fitting(text, None) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => match self.numbers.get(&text) {
                Some(number) => return *number,
                None => text,
            },
        };
        self.elements.extend_from_slice(b"<si>");
        push_text(&mut self.elements, &text);
        self.elements.extend_from_slice(b"</si>");
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text, number);
        number
    }

    /// Returns the part that holds them: what stands before their elements, these, and what ends it.
    pub fn xml(&self) -> (Vec<u8>, &[u8], &'static [u8]) {
        let head = format!(
            "{}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">",
            frame::DECLARATION,
            self.count,
            self.numbers.len()
        );
        (head.into_bytes(), &self.elements, b"</sst>")
    }
}
