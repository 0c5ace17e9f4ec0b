//! Parts that many workbooks have alike: deflated once, and for looks and theme also written once.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Cursor, Read};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rust_xlsxwriter::{Format, Note, Workbook};
use rustc_hash::FxBuildHasher;
use zip::ZipArchive;

use super::deflate::kept_part;
use super::own_frame::Parts;
use super::package::Entry;
use super::styles;
use crate::write::WriteError;

/// Parts that are kept; when there are more, all are let go, so that memory stays small whatever is written.
const MOST: usize = 64;

/// A part of a package, deflated.
#[derive(Debug)]
pub struct Ready {
    /// How it lies in a package.
    pub entry: Entry,
    /// Its bytes there.
    pub bytes: Vec<u8>,
}

/// Returns a part that other workbooks are likely to have too.
///
/// # Errors
/// When the library refuses the text.
pub fn ready(text: &[u8]) -> io::Result<Arc<Ready>> {
    static KNOWN: Mutex<HashMap<Vec<u8>, Arc<Ready>, FxBuildHasher>> = Mutex::new(HashMap::with_hasher(FxBuildHasher));
    let lock = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().get(text) {
        return Ok(Arc::clone(known));
    }
    let (entry, bytes) = kept_part(text)?;
    let part = Arc::new(Ready { entry, bytes });
    let mut known = lock();
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(text.to_owned(), Arc::clone(&part));
    Ok(part)
}

/// The parts that say what a workbook is made of.
#[derive(Debug)]
pub struct FixedParts {
    /// What each part is.
    pub content_types: Arc<Ready>,
    /// Relations of the package.
    pub root_relations: Arc<Ready>,
    /// Relations of the workbook.
    pub workbook_relations: Arc<Ready>,
}

/// Returns the parts that say what a workbook is made of.
///
/// # Errors
/// When the library refuses a text.
pub fn fixed(parts: Parts) -> io::Result<Arc<FixedParts>> {
    static KNOWN: Mutex<BTreeMap<Parts, Arc<FixedParts>>> = Mutex::new(BTreeMap::new());
    let lock = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().get(&parts) {
        return Ok(Arc::clone(known));
    }
    let part = |text: String| ready(text.as_bytes());
    let fixed = Arc::new(FixedParts {
        content_types: part(parts.content_types())?,
        root_relations: part(parts.root_relations())?,
        workbook_relations: part(parts.workbook_relations())?,
    });
    let mut known = lock();
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(parts, Arc::clone(&fixed));
    Ok(fixed)
}

/// The parts of looks and of the theme, as the library writes them.
#[derive(Debug)]
pub struct LookParts {
    /// Looks of cells.
    pub styles: Arc<Ready>,
    /// Colours and fonts of the workbook.
    pub theme: Arc<Ready>,
}

type KnownLooks = HashMap<Vec<Format>, Arc<LookParts>, FxBuildHasher>;

/// Returns the parts for these looks, numbered in their order behind the usual one.
///
/// # Errors
/// When the library refuses a look.
pub fn looks(formats: &[Format], has_notes: bool) -> Result<Arc<LookParts>, WriteError> {
    static KNOWN: LazyLock<Mutex<[KnownLooks; 2]>> = LazyLock::new(Mutex::default);
    const fn of(known: &mut [KnownLooks; 2], has_notes: bool) -> &mut KnownLooks {
        let [without, with] = known;
        if has_notes { with } else { without }
    }
    let lock = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(parts) = of(&mut lock(), has_notes).get(formats) {
        return Ok(Arc::clone(parts));
    }
    let parts = Arc::new(made(formats, has_notes)?);
    let mut known = lock();
    let known = of(&mut known, has_notes);
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(formats.to_owned(), Arc::clone(&parts));
    Ok(parts)
}

fn made(formats: &[Format], has_notes: bool) -> Result<LookParts, WriteError> {
    let mut workbook = Workbook::new();
    styles::set_usual_font(&mut workbook)?;
    for format in formats {
        workbook.register_format(format);
    }
    let sheet = workbook.add_worksheet();
    if has_notes {
        sheet.insert_note(0, 0, &Note::new("·"))?;
    }
    let bytes = workbook.save_to_buffer()?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(WriteError::internal)?;
    let mut part = |name: &str| -> Result<Arc<Ready>, WriteError> {
        let mut text = Vec::new();
        let mut part = archive.by_name(name).map_err(WriteError::internal)?;
        part.read_to_end(&mut text).map_err(WriteError::internal)?;
        ready(&text).map_err(WriteError::internal)
    };
    Ok(LookParts {
        styles: part("xl/styles.xml")?,
        theme: part("xl/theme/theme1.xml")?,
    })
}
