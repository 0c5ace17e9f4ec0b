//! The styles part: finds a style or adds it at the end, so that no number in use changes.

use std::collections::{BTreeMap, BTreeSet};

use super::attributes::{attribute, with_attribute};
use super::edits::Edits;
use super::fault::Fault;
use super::memory::{self, Before, Memory, NO_FILL, Stood};
use super::style_lists::{Kind, List, PLAIN_FORMAT, form_of};
use super::tags::{Tags, qualified_name, slice};
use super::tree::{Tree, canonical, with_prefix};
use crate::model::Severity;

/// Entries of a list that Excel holds, cell formats among them.
const MOST_ENTRIES: usize = 65_000;
/// The lists of the part that come before `cellStyles`, in the order of the format.
const ORDER: [&str; 6] = ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"];

/// The styles, and those added.
#[derive(Debug)]
pub struct Styles {
    source: String,
    prefix: String,
    lists: Vec<List>,
    /// How many entries of each list are the unit's.
    units: Vec<usize>,
    has_parents: bool,
    marked: BTreeMap<(u32, Stood, Severity), Option<u32>>,
}

impl Styles {
    /// Reads the part.
    pub fn of(mut source: String) -> Result<Self, Fault> {
        let tree = Tree::of(&source)?;
        let root = tree.root()?;
        let tag = tree.tag(root);
        let opened = tag
            .strip_suffix("/>")
            .map(|open| (root.tag.clone(), format!("{open}></{}>", qualified_name(tag))));
        if let Some((range, opened)) = opened {
            source.replace_range(range, &opened);
        }
        let tree = Tree::of(&source)?;
        let root = tree.root()?;
        let mut lists = Vec::new();
        for kind in Kind::ALL {
            let mut list = List {
                kind,
                tag: None,
                entries: Vec::new(),
                ends: Vec::new(),
                kept: 0,
                by_form: BTreeMap::new(),
            };
            if let Some(element) = tree.child(root, kind.list_name()) {
                list.tag = Some(element.tag.clone());
                for (index, entry) in tree.children(element).enumerate() {
                    list.by_form
                        .entry(form_of(kind, tree.canonical(entry)))
                        .or_default()
                        .push(index);
                    list.entries.push(tree.whole(entry).to_owned());
                    list.ends.push(entry.whole.end);
                }
                list.kept = list.entries.len();
            }
            lists.push(list);
        }
        let prefix = tree.prefix()?.to_owned();
        let has_parents = tree.child(root, "cellStyleXfs").is_some();
        Ok(Self {
            source,
            prefix,
            units: lists.iter().map(|list| list.kept).collect(),
            lists,
            has_parents,
            marked: BTreeMap::new(),
        })
    }

    fn list(&self, kind: Kind) -> Option<&List> {
        self.lists.iter().find(|list| list.kind == kind)
    }

    /// Returns whether there are named styles for formats to belong to.
    pub const fn has_parents(&self) -> bool {
        self.has_parents
    }

    /// Returns how many entries of each list are the unit's: fonts, fills, borders, formats.
    pub fn counts(&self) -> &[usize] {
        &self.units
    }

    /// Takes all that is there for the unit's, what was brought back for its cells among it. Puts plain formats where
    /// cells name some that are not there, up to this number, so that what is added takes the place of none; gives the
    /// number of the first format that is added from now on.
    pub fn leave_room(&mut self, highest: u32) -> Result<usize, Fault> {
        self.units = self.lists.iter().map(|list| list.entries.len()).collect();
        let plain = with_prefix(PLAIN_FORMAT, &self.prefix);
        let form = form_of(Kind::Formats, canonical(&plain)?);
        let formats = self.lists.iter_mut().find(|list| list.kind == Kind::Formats);
        let formats = formats.ok_or(Fault::Broken)?;
        let named = usize::try_from(highest).map_err(|_| Fault::TooLarge)?;
        if highest > 0 && named < MOST_ENTRIES {
            while formats.entries.len() <= named {
                formats.push(form.clone(), plain.clone());
            }
        }
        Ok(formats.entries.len())
    }

    /// Takes away the entries behind these counts, as long as nothing was added.
    pub fn truncate(&mut self, counts: &[usize]) {
        if self.lists.iter().any(|list| list.entries.len() > list.kept) {
            return;
        }
        for (list, count) in self.lists.iter_mut().zip(counts) {
            if *count < list.kept {
                list.kept = *count;
                list.entries.truncate(*count);
                list.by_form.retain(|_, places| {
                    places.retain(|index| index < count);
                    !places.is_empty()
                });
            }
        }
    }

    /// Returns the place of an entry, found or added. It is written without prefixes.
    pub fn place(&mut self, kind: Kind, xml: &str) -> Result<u32, Fault> {
        let xml = with_prefix(xml, &self.prefix);
        self.place_as_written(kind, xml, 0)
    }

    /// Returns the same for an entry with prefixes; of several equal ones that with this number, else the first.
    fn place_as_written(&mut self, kind: Kind, xml: String, twin: usize) -> Result<u32, Fault> {
        let form = form_of(kind, canonical(&xml)?);
        let prefix = self.prefix.clone();
        let list = self
            .lists
            .iter_mut()
            .find(|list| list.kind == kind)
            .ok_or(Fault::Broken)?;
        if !list.by_form.contains_key(&form) {
            for entry in kind.first_entries().iter().skip(list.entries.len()) {
                list.push(form_of(kind, canonical(entry)?), with_prefix(entry, &prefix));
            }
        }
        // What was just put first may be what is looked for.
        if !list.by_form.contains_key(&form) {
            if list.entries.len() >= MOST_ENTRIES {
                return Err(Fault::TooLarge);
            }
            list.push(form.clone(), xml);
        }
        let places = list.by_form.get(&form).ok_or(Fault::Broken)?;
        let place = places.get(twin).or(places.first()).ok_or(Fault::Broken)?;
        u32::try_from(*place).map_err(|_| Fault::TooLarge)
    }

    /// Returns the format of a marked cell, for the format that it has; `None` when that one could not be brought
    /// back.
    pub fn mark(
        &mut self,
        memory: &mut Memory,
        base: u32,
        stood: Stood,
        severity: Severity,
    ) -> Result<Option<u32>, Fault> {
        if let Some(known) = self.marked.get(&(base, stood, severity)) {
            return Ok(*known);
        }
        let format = self.format(base);
        let before = Before {
            stood,
            apply: start_tag_attribute(&format, "applyFill")
                .filter(|apply| memory::is_apply(apply))
                .unwrap_or_else(|| "-".to_owned()),
            twin: self.twin(base, &format)?,
            fill: self.fill_of(&format)?,
        };
        let marked = match memory.number_for(&before) {
            None => None,
            Some(number) => {
                let color = memory::color(severity, number);
                let fill = self.place(
                    Kind::Fills,
                    &format!(
                        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{color}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
                    ),
                );
                match fill.and_then(|fill| self.with_fill(&format, fill, Some("1"), 0)) {
                    Ok(format) => Some(format),
                    // Notes without fills.
                    Err(Fault::TooLarge) => None,
                    Err(other) => return Err(other),
                }
            }
        };
        self.marked.insert((base, stood, severity), marked);
        Ok(marked)
    }

    /// Returns the formats of marked cells, each with the format before it and how its cell stood.
    pub fn marked(&self) -> BTreeMap<u32, (u32, Stood)> {
        let marked = self.marked.iter();
        marked
            .filter_map(|((base, stood, _), format)| Some(((*format)?, (*base, *stood))))
            .collect()
    }

    /// Returns the numbers whose colours are there, but for those that an earlier run used.
    pub fn taken(&self, earlier: &Memory) -> Result<BTreeSet<usize>, Fault> {
        let mut taken = BTreeSet::new();
        for fill in self.list(Kind::Fills).map_or(&[][..], |list| &list.entries) {
            let number = memory::number_of(&canonical(fill)?);
            taken.extend(number.filter(|number| !earlier.marks(*number)));
        }
        Ok(taken)
    }

    /// Returns the formats that are marks of an earlier run, each with the format before it and how its cell stood.
    pub fn marks(&mut self, memory: &Memory) -> Result<BTreeMap<u32, (u32, Stood)>, Fault> {
        let mut marks = BTreeMap::new();
        let count = self.list(Kind::Formats).map_or(0, |list| list.entries.len());
        for index in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            let format = self.format(index);
            let number = memory::number_of(&self.fill_of(&format)?);
            let Some(number) = number.filter(|number| memory.marks(*number)) else {
                continue;
            };
            let before = memory.before(number);
            let fill = self.place(Kind::Fills, &before.fill)?;
            let apply = Some(before.apply.as_str()).filter(|apply| *apply != "-");
            let base = self.with_fill(&format, fill, apply, before.twin)?;
            marks.insert(index, (base, before.stood));
        }
        Ok(marks)
    }

    fn format(&self, index: u32) -> String {
        let entry = usize::try_from(index)
            .ok()
            .and_then(|index| self.list(Kind::Formats)?.entries.get(index));
        entry
            .cloned()
            .unwrap_or_else(|| with_prefix(PLAIN_FORMAT, &self.prefix))
    }

    /// Returns a format's fill in the one way of writing.
    fn fill_of(&self, format: &str) -> Result<String, Fault> {
        let id = start_tag_attribute(format, "fillId").and_then(|id| id.trim().parse::<usize>().ok());
        match self
            .list(Kind::Fills)
            .and_then(|list| list.entries.get(id.unwrap_or(0)))
        {
            Some(fill) => canonical(fill),
            None => Ok(NO_FILL.to_owned()),
        }
    }

    /// Returns which of the equal formats one is.
    fn twin(&self, index: u32, format: &str) -> Result<usize, Fault> {
        let form = form_of(Kind::Formats, canonical(format)?);
        let places = self.list(Kind::Formats).and_then(|list| list.by_form.get(&form));
        let twin = places.and_then(|places| places.iter().position(|place| u32::try_from(*place) == Ok(index)));
        Ok(twin.unwrap_or(0))
    }

    fn with_fill(&mut self, format: &str, fill: u32, apply: Option<&str>, twin: usize) -> Result<u32, Fault> {
        let tag = start_tag(format);
        let changed = with_attribute(tag, "fillId", Some(&fill.to_string()));
        let changed = with_attribute(&changed, "applyFill", apply);
        self.place_as_written(Kind::Formats, format.replacen(tag, &changed, 1), twin)
    }

    /// Returns the part with what was added.
    pub fn into_text(self) -> Result<String, Fault> {
        let tree = Tree::of(&self.source)?;
        let root = tree.root()?;
        let mut edits = Edits::default();
        for list in &self.lists {
            if list.kept == list.ends.len() && list.entries.len() == list.kept {
                continue;
            }
            let name = format!("{}{}", self.prefix, list.kind.list_name());
            let added = list.entries.get(list.kept..).unwrap_or_default().concat();
            let count = list.entries.len().to_string();
            let Some(range) = &list.tag else {
                let order = ORDER.iter().position(|it| *it == list.kind.list_name());
                let before = ORDER.get(..order.unwrap_or(0)).unwrap_or_default();
                let last = tree.children(root).filter(|it| before.contains(&it.name)).last();
                let at = last.map_or(root.tag.end, |it| it.whole.end);
                edits.insert(at, format!("<{name} count=\"{count}\">{added}</{name}>"));
                continue;
            };
            let tag = slice(&self.source, range.clone());
            let counted = match attribute(tag, "count") {
                Some(_) => with_attribute(tag, "count", Some(&count)),
                None => tag.to_owned(),
            };
            if let Some(open) = counted.strip_suffix("/>") {
                edits.replace(range.clone(), format!("{}>{added}</{name}>", open.trim_end()));
                continue;
            }
            edits.replace(range.clone(), counted);
            let kept_end = match list.kept.checked_sub(1) {
                Some(last) => list.ends.get(last).copied().unwrap_or(range.end),
                None => range.end,
            };
            let end = list.ends.last().copied().unwrap_or(range.end);
            edits.replace(kept_end..end, added);
        }
        edits.apply(&self.source).ok_or(Fault::Broken)
    }
}

fn start_tag(xml: &str) -> &str {
    let range = Tags::new(xml).next().ok().flatten().map(|tag| tag.range);
    slice(xml, range.unwrap_or_default())
}

fn start_tag_attribute(xml: &str, name: &str) -> Option<String> {
    attribute(start_tag(xml), name).map(std::borrow::Cow::into_owned)
}
