//! The copy in the making: cleaned of earlier marks, marked, and packed.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::content_types::{self, Place};
use super::fault::Fault;
use super::filled_in::FilledIn;
use super::list_sheet::{self, Content};
use super::memory::Memory;
use super::own_parts::OwnParts;
use super::parts::Parts;
use super::relations::{Relations, folder_of};
use super::sheet_work::{SheetWork, Variant};
use super::styles::Styles;
use super::workbook::{Book, Noted};

use crate::grid::{CellAddress, Sheet};
use crate::model::Discrepancy;
use crate::read::detect::main_part;
use crate::read::kit::relationships::join;
use crate::read::{Limits, read_workbook};
use crate::report::{FileReport, TableReport};
use crate::write::WriteError;
use crate::write::discrepancies::DiscrepancyList;

const PACKAGE: &str = "压缩结构";
const WORKBOOK: &str = "工作簿目录";
const STYLES: &str = "样式部分";
const SHEET: &str = "工作表或其批注";
/// A styles part for workbooks without one.
const NO_STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{}\"><cellStyleXfs count=\"1\"><xf/></cellStyleXfs></styleSheet>";

/// The copy in the making.
pub struct Copy<'a> {
    parts: Parts<'a>,
    book: Book,
    book_relations: Relations,
    styles_part: Option<String>,
    styles: Styles,
    /// The place of the list of an earlier run among the tabs.
    list: Option<usize>,
    /// What people filled in there.
    filled_in: FilledIn,
    /// The parts that this run adds.
    own_parts: OwnParts,
    /// The number of the first format that this run adds.
    first_format: usize,
}

impl<'a> Copy<'a> {
    /// Reads what every step needs.
    pub fn open(original: &'a [u8], limits: &'a Limits) -> Result<Self, WriteError> {
        let in_package = |fault: Fault| fault.into_error(PACKAGE);
        let in_workbook = |fault: Fault| fault.into_error(WORKBOOK);
        let mut parts = Parts::open(original, limits).map_err(in_package)?;
        let main = main_part(parts.source()).map_err(|fault| in_workbook(fault.into()))?;
        let source = parts.text(&main).map_err(in_workbook)?;
        let source = source.ok_or_else(|| in_workbook(Fault::Broken))?;
        let book_relations = Relations::of(&mut parts, &main).map_err(in_workbook)?;
        if book_relations.target_of("revisionHeaders").is_some() {
            return Err(WriteError::SharedWorkbook);
        }
        let book = Book::of(&main, source, &book_relations).map_err(in_workbook)?;
        let styles_part = book_relations.target_of("styles").map(str::to_owned);
        let in_styles = |fault: Fault| fault.into_error(STYLES);
        let styles_source = match &styles_part {
            Some(part) => parts.text(part).map_err(in_styles)?,
            None => None,
        };
        let styles_source = styles_source.unwrap_or_else(|| NO_STYLES.replace("{}", book.namespace()));
        let styles = Styles::of(styles_source).map_err(in_styles)?;
        let (list, filled_in) = match earlier_list(original, &book)? {
            Some((place, filled_in)) => (Some(place), filled_in),
            None => (None, FilledIn::default()),
        };
        Ok(Self {
            parts,
            book,
            book_relations,
            styles_part,
            styles,
            list,
            filled_in,
            own_parts: OwnParts::default(),
            first_format: 0,
        })
    }

    /// Returns the sheets of the unit that have a part, with their places among the tabs.
    fn unit_sheets(&self) -> Vec<(usize, String)> {
        let sheets = self.book.sheets.iter().enumerate();
        sheets
            .filter(|(index, _)| Some(*index) != self.list)
            .filter_map(|(index, entry)| Some((index, entry.part.clone()?)))
            .filter(|(_, part)| self.parts.contains(part))
            .collect()
    }

    /// Takes away what an earlier run left. A damaged sheet is passed over here; if it has findings, it is refused when
    /// they are marked.
    pub fn clean(&mut self) -> Result<(), WriteError> {
        let sheets = self.unit_sheets();
        let earlier_parts = self.book.own_parts();
        self.own_parts = OwnParts::after(&earlier_parts);
        let mut all_read = true;
        for (index, part) in &sheets {
            let cleaned = SheetWork::of(&mut self.parts, part, *index)
                .and_then(|mut sheet| sheet.clean_notes(&mut self.parts, &earlier_parts));
            match cleaned {
                Ok(_) => {}
                Err(fault @ Fault::Refused(_)) => return Err(fault.into_error(SHEET)),
                Err(_) => all_read = false,
            }
        }
        let in_styles = |fault: Fault| fault.into_error(STYLES);
        let kept = self.earlier_counts().map_err(in_styles)?;
        let noted = self.book.marked_formats().filter(|_| kept.is_some());
        // Whoever has written the styles since gave the formats other numbers.
        let is_exact = noted.is_some();
        let marks = match noted {
            // A unit's own fill may be of a colour that marks have; only what a run noted tells the two apart.
            _ if !self.book.has_own_names() => BTreeMap::new(),
            Some(noted) => noted,
            None => self.styles.marks(&self.book.memory()).map_err(in_styles)?,
        };
        let mut highest = 0;
        for (index, part) in &sheets {
            let cleaned = SheetWork::of(&mut self.parts, part, *index)
                .and_then(|sheet| sheet.clean_fills(&mut self.parts, &marks));
            match cleaned {
                Ok(format) => highest = highest.max(format),
                Err(fault @ Fault::Refused(_)) => return Err(fault.into_error(SHEET)),
                Err(_) => all_read = false,
            }
        }
        if let Some((kept, first_own)) = kept
            && (all_read || is_exact)
            && usize::try_from(highest).is_ok_and(|it| it < first_own.max(1))
        {
            self.styles.truncate(&kept);
        }
        self.first_format = self.styles.leave_room(highest).map_err(in_styles)?;
        Ok(())
    }

    /// Returns how many fonts, fills, borders and formats the styles had before an earlier run, and the first format
    /// that it added, if no program has written them since.
    fn earlier_counts(&mut self) -> Result<Option<(Vec<usize>, usize)>, Fault> {
        let (Some(state), Some(part)) = (self.book.noted_state(), &self.styles_part) else {
            return Ok(None);
        };
        let Some((noted, counts)) = state.split_once(' ') else {
            return Ok(None);
        };
        let present = self.parts.text(part)?.unwrap_or_default();
        if noted != short_fingerprint(&present) {
            return Ok(None);
        }
        let counts: Option<Vec<usize>> = counts.split(' ').map(|count| count.parse().ok()).collect();
        let Some(mut counts) = counts else { return Ok(None) };
        let lists = self.styles.counts().len();
        // An older version noted no first format: there it came behind those that were there.
        let first = counts.get(lists).or(counts.last()).copied().unwrap_or_default();
        counts.truncate(lists);
        Ok((counts.len() == lists).then_some((counts, first)))
    }

    /// Marks the cells of all findings; gives what was under the marks.
    pub fn mark(&mut self, report: &FileReport) -> Result<Memory, WriteError> {
        let mut by_sheet: BTreeMap<usize, Vec<&Discrepancy>> = BTreeMap::new();
        // Of a table that goes on over several sheets, each finding goes to its own.
        let apart: Vec<(&str, Discrepancy)> = report
            .tables
            .iter()
            .filter(|table| !table.continued.is_empty())
            .flat_map(|table| table.discrepancies.iter().map(|finding| on_its_sheet(table, finding)))
            .collect();
        let whole = report.tables.iter().filter(|table| table.continued.is_empty());
        let whole = whole.map(|table| (table.sheet.as_str(), table.discrepancies.iter().collect::<Vec<_>>()));
        for (sheet, found) in whole.chain(apart.iter().map(|(sheet, finding)| (*sheet, vec![finding]))) {
            let place = self.book.sheets.iter().position(|known| known.known_as == sheet);
            let place = place.filter(|place| Some(*place) != self.list);
            let findings = by_sheet.entry(place.ok_or(WriteError::OtherFile)?).or_default();
            findings.extend(found);
        }
        let variant = Variant {
            namespace: self.book.namespace(),
            relationship_namespace: self.book.relationship_namespace(),
        };
        let taken = self.styles.taken(&self.book.memory());
        let mut memory = Memory::avoiding(taken.map_err(|fault| fault.into_error(STYLES))?);
        for (place, findings) in by_sheet {
            if findings.is_empty() {
                continue;
            }
            let part = self.book.sheets.get(place).and_then(|sheet| sheet.part.clone());
            let part = part.ok_or(WriteError::OtherFile)?;
            SheetWork::of(&mut self.parts, &part, place)
                .and_then(|mut sheet| {
                    let (styles, own) = (&mut self.styles, &mut self.own_parts);
                    sheet.mark(&mut self.parts, styles, &mut memory, own, variant, &findings)
                })
                .map_err(|fault| fault.into_error(SHEET))?;
        }
        Ok(memory)
    }

    /// Writes the list, the styles and the workbook part, and packs everything.
    pub fn finish(mut self, report: &FileReport, memory: &Memory) -> Result<Vec<u8>, WriteError> {
        let in_workbook = |fault: Fault| fault.into_error(WORKBOOK);
        let names: BTreeMap<&str, &str> = self
            .book
            .sheets
            .iter()
            .map(|sheet| (sheet.known_as.as_str(), sheet.name.as_str()))
            .collect();
        let counts = self.styles.counts().iter().copied().chain([self.first_format]);
        let counts: Vec<String> = counts.map(|count| count.to_string()).collect();
        let findings = DiscrepancyList::of(report)?.naming_sheets(self.unit_sheets().len() > 1);
        let content = Content {
            list: &findings,
            filled_in: &self.filled_in,
            namespace: self.book.namespace(),
        };
        let list = list_sheet::part(&content, &mut self.styles, |known| {
            names.get(known).copied().unwrap_or(known).to_owned()
        });
        let list = list.map_err(|fault| fault.into_error(STYLES))?;
        let marked = self.styles.marked();
        let styles = self.styles.into_text().map_err(|fault| fault.into_error(STYLES))?;
        let state = format!("{} {}", short_fingerprint(&styles), counts.join(" "));

        let types = self.book.relationship_namespace();
        let parts = &mut self.parts;
        let relations = &mut self.book_relations;
        let mut place_styles = || -> Result<(), Fault> {
            let part = match &self.styles_part {
                Some(part) => part.clone(),
                None => {
                    // Some programs look for the styles under this name only.
                    let usual = join(folder_of(&self.book.part), "styles.xml");
                    let part = match parts.contains(&usual) {
                        true => parts.free_name(&self.book.part, "styles", ".xml")?,
                        false => usual,
                    };
                    relations.add(parts, types, "styles", &part)?;
                    part
                }
            };
            if !parts.contains(&part) {
                content_types::declare(parts, &part, content_types::STYLES, Place::Last)?;
            }
            parts.set(&part, styles.clone())
        };
        place_styles().map_err(in_workbook)?;

        let mut new_sheet = None;
        let place = match self.list {
            Some(place) => {
                let entry = self.book.sheets.get(place);
                let (name, part) = entry
                    .and_then(|entry| Some((entry.name.clone(), entry.part.clone()?)))
                    .ok_or_else(|| in_workbook(Fault::Broken))?;
                // What the earlier list pointed to (printer settings, replies) goes with it.
                let relations = Relations::of(&mut self.parts, &part).map_err(in_workbook)?;
                if self.parts.contains(relations.part()) {
                    self.parts.drop_part(relations.part());
                }
                self.parts.set(&part, list).map_err(in_workbook)?;
                (place, name)
            }
            None => {
                let name = self.book.free_sheet_name(list_sheet::NAME);
                let part = self.parts.free_name(&self.book.part, "worksheets/sheet", ".xml");
                let part = part.map_err(in_workbook)?;
                let place_list = || -> Result<String, Fault> {
                    content_types::declare(&mut self.parts, &part, content_types::WORKSHEET, Place::Last)?;
                    self.parts.set(&part, list)?;
                    self.book_relations.add(&mut self.parts, types, "worksheet", &part)
                };
                new_sheet = Some((name.clone(), place_list().map_err(in_workbook)?));
                (self.book.sheets.len(), name)
            }
        };
        let part = self.book.part.clone();
        let new_sheet = new_sheet.as_ref().map(|(name, id)| (name.as_str(), id.as_str()));
        let noted = Noted {
            state: &state,
            memory,
            marked: &marked,
            parts: &self.own_parts,
        };
        let text = self.book.into_text(new_sheet, (place.0, &place.1), &noted);
        self.parts.set(&part, text.map_err(in_workbook)?).map_err(in_workbook)?;
        self.parts.write().map_err(|fault| fault.into_error(PACKAGE))
    }
}

fn short_fingerprint(text: &str) -> String {
    fingerprint(text.as_bytes()).chars().take(16).collect()
}

/// Returns the list of an earlier run: its place among the tabs, and what people filled in. It is known by its first
/// cell, whatever the sheet is called by now; and by the name that refers to it, should the cell be written over.
fn earlier_list(original: &[u8], book: &Book) -> Result<Option<(usize, FilledIn)>, WriteError> {
    if !book.has_own_names() && !book.sheets.iter().any(|sheet| sheet.name.starts_with(list_sheet::NAME)) {
        return Ok(None);
    }
    let workbook = read_workbook(original, None, &Limits::default()).map_err(WriteError::Source)?;
    let first = CellAddress::new(0, 0);
    let place_of = |sheet: &Sheet| {
        let mut entries = book.sheets.iter();
        entries.position(|entry| entry.part.is_some() && entry.known_as == sheet.name)
    };
    let has_mark = |sheet: &Sheet| {
        sheet
            .cell(first)
            .is_some_and(|cell| cell.shown().trim() == list_sheet::MARK)
    };
    let noted = book.noted_list();
    let mut lists: Vec<(usize, &Sheet)> = workbook
        .sheets
        .iter()
        .filter_map(|sheet| Some((place_of(sheet)?, sheet)))
        .filter(|(place, sheet)| has_mark(sheet) || (Some(*place) == noted && FilledIn::has_headers(sheet)))
        .collect();
    // Someone may have copied the sheet: the copy is theirs.
    lists.sort_by_key(|(place, sheet)| (Some(*place) != noted, !has_mark(sheet), *place));
    Ok(lists.first().map(|(place, sheet)| (*place, FilledIn::of(sheet))))
}

/// SHA-256 in lower-case hex.
pub fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the sheet that a finding of a table belongs to, and the finding with that sheet's own addresses.
fn on_its_sheet<'t>(table: &'t TableReport, finding: &Discrepancy) -> (&'t str, Discrepancy) {
    let (sheet, cell) = table.place(finding.cell);
    let mut finding = finding.clone();
    let part = finding.cell.part();
    finding.cell = cell;
    finding.related.retain(|related| related.part() == part);
    finding
        .related
        .iter_mut()
        .for_each(|related| *related = related.on_its_sheet());
    (sheet, finding)
}
