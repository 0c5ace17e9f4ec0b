//! The workbook part: its sheets and names, read with their places and changed there.

use std::collections::{BTreeMap, BTreeSet};

use super::attributes::{bound_prefix, escaped, relationship_id, unescaped};
use super::edits::Edits;
use super::fault::Fault;
use super::list_sheet::last_printed_column;
use super::memory::{Memory, Stood};
use super::own_parts::OwnParts;
use super::relations::{RELATIONSHIP_NAMESPACES, Relations};
use super::tags::{prefix_of, qualified_name};
use super::tree::Tree;
use crate::grid::{FileFormat, Sheet, Workbook};
use crate::read::kit::tabs;
use crate::write::kit::link::quoted_sheet;

/// Begins the hidden names of this program.
const OWN_NAMES: &str = "_hebiao.";
const STATE: &str = "_hebiao.copy";
const FILL: &str = "_hebiao.fill.";
const USED: &str = "_hebiao.used";
const FORMATS: &str = "_hebiao.formats.";
const PARTS: &str = "_hebiao.parts.";
/// Refers to the list's first cell, so that it follows when the sheet is renamed.
const LIST: &str = "_hebiao.list";
/// Characters of a text that Excel holds in a name.
const MOST_TEXT: usize = 255;
/// The main namespace of strict files.
const STRICT_MAIN: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const MAX_NAME_UNITS: usize = 31;

/// One tab.
#[derive(Debug, Clone)]
pub struct SheetEntry {
    /// The name as the file has it.
    pub name: String,
    /// The name as the report has it; equal names are told apart there.
    pub known_as: String,
    /// The part with its cells; `None` for tabs without cells and for missing ones.
    pub part: Option<String>,
}

/// What the workbook part says.
#[derive(Debug)]
pub struct Book {
    /// The part's name.
    pub part: String,
    source: String,
    /// All tabs, in order.
    pub sheets: Vec<SheetEntry>,
    /// Names of this program with their constant texts.
    own_names: Vec<(String, String)>,
    /// Whether the file keeps to the strict variant of the format.
    pub is_strict: bool,
}

impl Book {
    /// Reads it.
    pub fn of(part: &str, source: String, relations: &Relations) -> Result<Self, Fault> {
        let tree = Tree::of(&source)?;
        let root = tree.root()?;
        let mut sheets = Vec::new();
        let mut named = Workbook {
            format: FileFormat::Xlsx,
            sheets: Vec::new(),
            losses: Vec::new(),
            text: Vec::new(),
        };
        let list = tree.child(root, "sheets").ok_or(Fault::Broken)?;
        for element in tree.children(list).filter(|it| it.name == "sheet") {
            let relation = relationship_id(tree.tag(element)).and_then(|id| relations.by_id(&id).cloned());
            let name = tree.attribute(element, "name").unwrap_or_default();
            let has_cells = relation.as_ref().is_none_or(|it| !is_without_cells(&it.kind));
            if has_cells {
                named.sheets.push(Sheet::new(name.clone(), Vec::new(), Vec::new()));
            }
            sheets.push((
                has_cells,
                SheetEntry {
                    known_as: String::new(),
                    name,
                    part: relation.filter(|_| has_cells).map(|it| it.target),
                },
            ));
        }
        tabs::tell_apart(&mut named);
        let mut known = named.sheets.into_iter().map(|sheet| sheet.name);
        let sheets = sheets
            .into_iter()
            .map(|(has_cells, entry)| SheetEntry {
                known_as: if has_cells {
                    known.next().unwrap_or_default()
                } else {
                    String::new()
                },
                ..entry
            })
            .collect();
        let mut own_names = Vec::new();
        if let Some(names) = tree.child(root, "definedNames") {
            for element in tree.children(names) {
                let name = tree.attribute(element, "name").unwrap_or_default();
                if name.starts_with(OWN_NAMES) {
                    let raw = source.get(element.tag.end..element.inner_end).unwrap_or_default();
                    let text = unescaped(raw).trim().trim_matches('"').replace("\"\"", "\"");
                    own_names.push((name, text));
                }
            }
        }
        let is_strict = bound_namespaces(tree.tag(root)).any(|it| it == STRICT_MAIN);
        Ok(Self {
            part: part.to_owned(),
            source,
            sheets,
            own_names,
            is_strict,
        })
    }

    /// Returns the main namespace of the file's variant.
    pub const fn namespace(&self) -> &'static str {
        if self.is_strict { STRICT_MAIN } else { MAIN }
    }

    /// Returns the namespace of relationships' types in the file's variant.
    pub const fn relationship_namespace(&self) -> &'static str {
        let [usual, strict] = RELATIONSHIP_NAMESPACES;
        if self.is_strict { strict } else { usual }
    }

    /// Returns whether an earlier run left its names.
    pub fn has_own_names(&self) -> bool {
        !self.own_names.is_empty()
    }

    /// Returns what an earlier run remembered of fills.
    pub fn memory(&self) -> Memory {
        let used = self.own_name(USED).or(self.own_names.is_empty().then_some(""));
        let texts = self.own_names.iter().filter_map(|(name, text)| {
            let number = name.strip_prefix(FILL)?.parse().ok()?;
            Some((number, text.as_str()))
        });
        Memory::recalled(texts, used)
    }

    /// Returns which parts an earlier run added.
    pub fn own_parts(&self) -> OwnParts {
        let is_known = self.own_names.is_empty() || self.own_name(USED).is_some();
        OwnParts::recalled(is_known.then(|| self.long_text(PARTS)))
    }

    /// Returns the formats that an earlier run marked cells with, each with the one before it and how its cell stood.
    /// They hold as long as no program has written the styles since. `None` when it did not note them.
    pub fn marked_formats(&self) -> Option<BTreeMap<u32, (u32, Stood)>> {
        self.own_name(USED)?;
        let text: String = self.long_text(FORMATS).collect();
        let entry = |entry: &str| {
            let mut pieces = entry.split(':');
            let (format, sign, base) = (pieces.next()?, pieces.next()?, pieces.next()?);
            Some((format.parse().ok()?, (base.parse().ok()?, Stood::of_sign(sign)?)))
        };
        text.split_ascii_whitespace().map(entry).collect()
    }

    /// Returns the place among the tabs of the list of an earlier run, by the name that refers to it.
    pub fn noted_list(&self) -> Option<usize> {
        let (sheet, _) = self.own_name(LIST)?.rsplit_once('!')?;
        let inner = sheet.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
        let name = inner.map_or_else(|| sheet.to_owned(), |inner| inner.replace("''", "'"));
        self.sheets
            .iter()
            .position(|entry| entry.part.is_some() && entry.name == name)
    }

    fn own_name(&self, name: &str) -> Option<&str> {
        let (_, text) = self.own_names.iter().find(|(it, _)| it == name)?;
        Some(text.as_str())
    }

    /// Returns the pieces of a text that is too long for one name, in order.
    fn long_text(&self, start: &str) -> impl Iterator<Item = &str> {
        let numbered: BTreeMap<usize, &str> = self
            .own_names
            .iter()
            .filter_map(|(name, text)| Some((name.strip_prefix(start)?.parse().ok()?, text.as_str())))
            .collect();
        numbered.into_values()
    }

    /// Returns what an earlier run noted of the styles part that it wrote.
    pub fn noted_state(&self) -> Option<&str> {
        self.own_name(STATE)
    }

    /// Returns a name for a new sheet that no sheet has.
    pub fn free_sheet_name(&self, wanted: &str) -> String {
        let taken: BTreeSet<String> = self.sheets.iter().map(|it| it.name.to_lowercase()).collect();
        let mut name = wanted.to_owned();
        let mut number = 2;
        while taken.contains(&name.to_lowercase()) {
            name = format!("{wanted} ({number})");
            number += 1;
        }
        debug_assert!(name.encode_utf16().count() <= MAX_NAME_UNITS);
        name
    }

    /// Returns the part with a further sheet (name and relationship), if one is given, and with these names of this
    /// program in place of earlier ones. `list` is the place of the list's tab; names of that tab are written anew as
    /// well.
    pub fn into_text(
        self,
        new_sheet: Option<(&str, &str)>,
        list: (usize, &str),
        noted: &Noted,
    ) -> Result<String, Fault> {
        let tree = Tree::of(&self.source)?;
        let root = tree.root()?;
        let prefix = tree.prefix()?;
        let mut edits = Edits::default();
        if let Some((name, relationship)) = new_sheet {
            let sheets = tree.child(root, "sheets").ok_or(Fault::Broken)?;
            let ids = tree
                .children(sheets)
                .filter_map(|it| tree.attribute(it, "sheetId")?.trim().parse::<u32>().ok());
            let id = ids.max().unwrap_or(0).saturating_add(1);
            let attribute = match bound_prefix(tree.tag(root), &RELATIONSHIP_NAMESPACES) {
                Some(prefix) => format!("{prefix}id"),
                None => format!("xmlns:r=\"{}\" r:id", self.relationship_namespace()),
            };
            let element = format!(
                "<{prefix}sheet name=\"{}\" sheetId=\"{id}\" {attribute}=\"{relationship}\"/>",
                escaped(name)
            );
            if sheets.inner_end == sheets.tag.end && tree.tag(sheets).ends_with("/>") {
                return Err(Fault::Broken);
            }
            edits.insert(sheets.inner_end, element);
        }
        // LibreOffice 7 opens no file with print titles on a sheet behind one that has an apostrophe in its name.
        let repeats_heading = !self.sheets.iter().any(|sheet| sheet.name.contains('\''));
        let names = own_names(prefix, list, repeats_heading, noted);
        match tree.child(root, "definedNames") {
            Some(element) => {
                let is_own = |it: &&super::tree::Element| {
                    tree.attribute(it, "name")
                        .is_some_and(|name| name.starts_with(OWN_NAMES))
                        || tree
                            .attribute(it, "localSheetId")
                            .is_some_and(|it| it.trim() == list.0.to_string())
                };
                for own in tree.children(element).filter(is_own) {
                    edits.remove(own.whole.clone());
                }
                let tag = tree.tag(element);
                match tag.strip_suffix("/>") {
                    Some(open) => edits.replace(
                        element.tag.clone(),
                        format!("{}>{names}</{}>", open.trim_end(), qualified_name(tag)),
                    ),
                    None => edits.insert(element.inner_end, names),
                }
            }
            None => {
                let before = [
                    "fileVersion",
                    "fileSharing",
                    "workbookPr",
                    "workbookProtection",
                    "bookViews",
                    "sheets",
                    "functionGroups",
                    "externalReferences",
                ];
                let last = tree.children(root).filter(|it| before.contains(&it.name)).last();
                let at = last.map_or(root.tag.end, |it| it.whole.end);
                edits.insert(at, format!("<{prefix}definedNames>{names}</{prefix}definedNames>"));
            }
        }
        edits.apply(&self.source).ok_or(Fault::Broken)
    }
}

/// What a run notes for the next one.
pub struct Noted<'a> {
    /// The styles part that it wrote.
    pub state: &'a str,
    /// What was under the fills.
    pub memory: &'a Memory,
    /// The formats of marked cells.
    pub marked: &'a BTreeMap<u32, (u32, Stood)>,
    /// The parts that it added.
    pub parts: &'a OwnParts,
}

fn own_names(prefix: &str, list: (usize, &str), repeats_heading: bool, noted: &Noted) -> String {
    let (index, name) = list;
    let sheet = escaped(&quoted_sheet(name));
    let printed = last_printed_column();
    let mut names = String::new();
    let mut page = |kind: &str, cells: &str| {
        names.push_str(&format!(
            "<{prefix}definedName name=\"_xlnm.{kind}\" localSheetId=\"{index}\">{sheet}!{cells}</{prefix}definedName>"
        ));
    };
    page("Print_Area", &format!("$A:${printed}"));
    if repeats_heading {
        page("Print_Titles", "$2:$2");
    }
    let mut constant = |name: &str, text: &str| {
        names.push_str(&format!(
            "<{prefix}definedName name=\"{name}\" hidden=\"1\">\"{}\"</{prefix}definedName>",
            text.replace('"', "\"\"")
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
        ));
    };
    constant(STATE, noted.state);
    for (number, text) in noted.memory.texts() {
        constant(&format!("{FILL}{number}"), &text);
    }
    constant(USED, &noted.memory.used());
    let formats: Vec<String> = noted
        .marked
        .iter()
        .map(|(format, (base, stood))| format!("{format}:{}:{base}", stood.sign()))
        .collect();
    // A blank at a text's end would be lost.
    for (start, text) in [(FORMATS, formats.join(" ")), (PARTS, noted.parts.text())] {
        let characters: Vec<char> = text.chars().collect();
        let mut rest = characters.as_slice();
        for number in 0.. {
            let most = rest.len().min(MOST_TEXT);
            let cut = (1..=most)
                .rev()
                .find(|cut| rest.get(cut - 1) != Some(&' '))
                .unwrap_or(most);
            let (piece, after) = rest.split_at(cut);
            if piece.is_empty() {
                break;
            }
            constant(&format!("{start}{number}"), &piece.iter().collect::<String>());
            rest = after;
        }
    }
    names.push_str(&format!(
        "<{prefix}definedName name=\"{LIST}\" hidden=\"1\">{sheet}!$A$1</{prefix}definedName>"
    ));
    names
}

fn is_without_cells(kind: &str) -> bool {
    matches!(kind, "chartsheet" | "dialogsheet" | "xlMacrosheet" | "xlIntlMacrosheet")
}

fn bound_namespaces(root: &str) -> impl Iterator<Item = &str> {
    let own = prefix_of(qualified_name(root)).trim_end_matches(':');
    super::attributes::attributes(root)
        .into_iter()
        .filter(move |it| match it.name.strip_prefix("xmlns") {
            Some("") => own.is_empty(),
            Some(rest) => rest.strip_prefix(':') == Some(own),
            None => false,
        })
        .map(|it| it.raw)
}
