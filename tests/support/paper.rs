//! A workbook on paper: its sheets as an A4 printer would take them, held to what a reader asks.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Points below which nobody reads a printed table.
const LEAST: f64 = 8.0;
/// Pixels across and points down that a landscape A4 page has inside the margins.
const PAGE_PIXELS: f64 = (11.69 - 0.8) * 96.0;
const PAGE_POINTS: f64 = (8.27 - 1.1) * 72.0;

pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut parts = BTreeMap::new();
    for name in names {
        let mut content = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut content).unwrap();
        parts.insert(name, String::from_utf8_lossy(&content).into_owned());
    }
    parts
}

/// The start tags of a name.
pub fn tags<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}");
    let starts = xml.match_indices(&open).filter(|(at, _)| {
        let behind = xml[at + open.len()..].chars().next().unwrap();
        behind == ' ' || behind == '>' || behind == '/'
    });
    starts.map(|(at, _)| xml[at..].split('>').next().unwrap()).collect()
}

pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

pub fn number(tag: &str, name: &str) -> Option<f64> {
    attribute(tag, name)?.parse().ok()
}

/// First row and column, last row and column, from 0.
pub type Area = (usize, usize, usize, usize);

pub fn area(reference: &str) -> Area {
    let plain = reference.replace('$', "");
    let (first, last) = plain.split_once(':').unwrap_or((&plain, &plain));
    let place = |text: &str, row: usize| {
        let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let column = letters
            .bytes()
            .fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
        let row = text[letters.len()..].parse().map_or(row, |row: usize| row - 1);
        (row, column - 1)
    };
    let (first, last) = (place(first, 0), place(last, 1_048_575));
    (first.0, first.1, last.0, last.1)
}

/// Those of a name of cells.
fn areas(references: &str) -> Vec<Area> {
    references
        .split(',')
        .map(|part| area(part.rsplit('!').next().unwrap()))
        .collect()
}

struct Sheet<'a> {
    name: String,
    xml: &'a str,
    styles: &'a str,
    /// What is printed, each on pages of its own.
    printed: Vec<Area>,
    repeated_columns: usize,
    header: Option<usize>,
}

impl Sheet<'_> {
    fn widths(&self) -> Vec<f64> {
        let last = self.printed.iter().map(|area| area.3).max().unwrap();
        let mut widths = vec![64.0; last + 1];
        for col in tags(self.xml, "col") {
            let (min, max) = (
                number(col, "min").unwrap() as usize,
                number(col, "max").unwrap() as usize,
            );
            for column in min - 1..max.min(widths.len()) {
                widths[column] = (number(col, "width").unwrap() * 7.0).round();
            }
        }
        widths
    }

    fn breaks(&self, element: &str) -> Vec<usize> {
        let (open, close) = (format!("<{element} "), format!("</{element}>"));
        let Some(at) = self.xml.find(&open) else {
            return Vec::new();
        };
        let inner = &self.xml[at..at + self.xml[at..].find(&close).unwrap()];
        let ids = tags(inner, "brk")
            .into_iter()
            .map(|tag| number(tag, "id").unwrap() as usize);
        ids.collect()
    }

    /// The scale at which it is printed; columns fit their pages.
    fn scale(&self) -> f64 {
        let widths = self.widths();
        let across = |from: usize, to: usize| widths[from..to].iter().sum::<f64>();
        let setup = tags(self.xml, "pageSetup")[0];
        assert_eq!(attribute(setup, "paperSize"), Some("9"), "{}", self.name);
        assert_eq!(attribute(setup, "orientation"), Some("landscape"), "{}", self.name);
        if self.xml.contains("fitToPage=\"1\"") {
            assert!(self.breaks("colBreaks").is_empty(), "{}", self.name);
            assert_eq!(self.printed.len(), 1, "{}", self.name);
            let (_, first, _, last) = self.printed[0];
            return (PAGE_PIXELS / across(first, last + 1)).min(1.0);
        }
        let scale = number(setup, "scale").unwrap() / 100.0;
        let keys = across(0, self.repeated_columns);
        for (_, first, _, last) in &self.printed {
            let mut from = *first;
            let inside = self
                .breaks("colBreaks")
                .into_iter()
                .filter(|column| (first + 1..=*last).contains(column));
            for to in inside.chain([last + 1]) {
                let repeated = if from < self.repeated_columns { 0.0 } else { keys };
                let taken = (repeated + across(from, to)) * scale;
                assert!(taken <= PAGE_PIXELS, "{}: {taken} pixels of {PAGE_PIXELS}", self.name);
                from = to;
            }
        }
        scale
    }

    /// The smallest font of a printed cell with something in it.
    fn smallest_font(&self) -> f64 {
        let fonts = between(self.styles, "fonts");
        let sizes: Vec<f64> = fonts
            .split("<font>")
            .skip(1)
            .map(|font| number(tags(font, "sz")[0], "val").unwrap())
            .collect();
        let formats = tags(between(self.styles, "cellXfs"), "xf");
        let mut smallest = f64::INFINITY;
        for row in self.xml.split("<row ").skip(1) {
            let (tag, cells) = row.split_once('>').unwrap();
            let row = number(&format!(" {tag}"), "r").unwrap() as usize - 1;
            let mut next = 0;
            for cell in cells.split("<c ").skip(1) {
                let (tag, content) = cell.split_once('>').unwrap();
                // A cell that does not say where it is stands behind the one before it.
                let column = attribute(&format!(" {tag}"), "r").map_or(next, |name| area(name).1);
                next = column + 1;
                let mut areas = self.printed.iter();
                let inside = areas.any(|(first_row, first, last_row, last)| {
                    (first_row..=last_row).contains(&&row) && (first..=last).contains(&&column)
                });
                let is_filled = !tag.ends_with('/') && (content.starts_with("<v>") || content.starts_with("<is>"));
                if inside && is_filled {
                    let format = number(&format!(" {tag}"), "s").unwrap_or_default() as usize;
                    let font = number(formats[format], "fontId").unwrap() as usize;
                    smallest = smallest.min(sizes[font]);
                }
            }
        }
        smallest
    }

    fn merges(&self) -> Vec<Area> {
        let merges = tags(self.xml, "mergeCell").into_iter();
        merges.map(|tag| area(attribute(tag, "ref").unwrap())).collect()
    }

    fn heights(&self) -> Vec<f64> {
        let mut heights = Vec::new();
        for row in tags(self.xml, "row") {
            let at = number(row, "r").unwrap() as usize - 1;
            heights.resize(at, 15.0);
            heights.push(number(row, "ht").unwrap_or(15.0));
        }
        heights
    }
}

pub fn between<'a>(xml: &'a str, element: &str) -> &'a str {
    let from = xml.find(&format!("<{element} ")).unwrap();
    &xml[from..from + xml[from..].find(&format!("</{element}>")).unwrap()]
}

/// Holds every sheet of a workbook to what paper asks; `ours` are those that the program writes.
pub fn hold(name: &str, bytes: &[u8], ours: impl Fn(&str) -> bool) -> usize {
    let parts = parts(bytes);
    let book = &parts["xl/workbook.xml"];
    let relations = &parts["xl/_rels/workbook.xml.rels"];
    let mut held = 0;
    for (index, tag) in tags(book, "sheet").into_iter().enumerate() {
        let title = attribute(tag, "name").unwrap();
        if !ours(title) {
            continue;
        }
        held += 1;
        let id = attribute(tag, "r:id").unwrap();
        let relation = tags(relations, "Relationship")
            .into_iter()
            .find(|tag| attribute(tag, "Id") == Some(id))
            .unwrap();
        let part = attribute(relation, "Target").unwrap().trim_start_matches("/xl/");
        let xml = &parts[&format!("xl/{part}")];
        let defined = |wanted: &str| {
            book.split("<definedName ").skip(1).find_map(|name| {
                let (tag, rest) = name.split_once('>').unwrap();
                let tag = format!(" {tag}");
                let is_it = attribute(&tag, "name") == Some(wanted)
                    && attribute(&tag, "localSheetId") == Some(index.to_string().as_str());
                let text = rest.split('<').next().unwrap();
                is_it.then(|| text.to_owned())
            })
        };
        let titles = book
            .split("<definedName ")
            .skip(1)
            .filter(|name| name.contains("_xlnm.Print_Titles") && name.contains(&format!("localSheetId=\"{index}\"")))
            .flat_map(|name| name.split('>').nth(1).unwrap().split('<').next().unwrap().split(','))
            .map(|title| title.rsplit('!').next().unwrap().replace('$', ""));
        let (mut repeated_columns, mut header) = (0, None);
        for title in titles {
            let (_, last) = title.split_once(':').unwrap();
            match last.parse::<usize>() {
                Ok(row) => header = Some(row - 1),
                Err(_) => repeated_columns = area(last).3 + 1,
            }
        }
        let sheet = Sheet {
            name: format!("{name} {title}"),
            xml,
            styles: &parts["xl/styles.xml"],
            printed: areas(&defined("_xlnm.Print_Area").unwrap_or_else(|| panic!("{name} {title} has no print area"))),
            repeated_columns,
            header,
        };
        hold_sheet(&sheet);
    }
    held
}

fn hold_sheet(sheet: &Sheet) {
    let scale = sheet.scale();
    let smallest = sheet.smallest_font();
    if smallest == f64::INFINITY {
        assert!(sheet.name.ends_with("来源对照"), "{} prints nothing", sheet.name);
        return;
    }
    let printed = smallest * scale;
    assert!(
        printed >= LEAST,
        "{}: {smallest} pt at {scale:.3} is {printed:.2} pt",
        sheet.name
    );
    let rows = sheet.breaks("rowBreaks");
    let columns = sheet.breaks("colBreaks");
    let heights = sheet.heights();
    for (top, left, bottom, right) in sheet.merges() {
        let crosses = |(_, first, _, last): &Area| left <= *last && right > *last || left < *first && right >= *first;
        assert!(
            !sheet.printed.iter().any(crosses),
            "{}: {left}–{right} crosses the print area",
            sheet.name
        );
        let is_cut = columns.iter().any(|&column| left < column && column <= right);
        assert!(!is_cut || top == bottom, "{}: a merged cell is cut across", sheet.name);
        let cut = rows.iter().find(|&&row| top < row && row <= bottom);
        // What is higher than a page has to be cut.
        let height: f64 = heights[top..=bottom].iter().sum();
        assert!(
            cut.is_none() || height * scale > PAGE_POINTS * 0.9,
            "{}: the merged cell from row {top} to {bottom}, {height} points high, is cut",
            sheet.name
        );
    }
    // What is printed behind begins with the header: nothing above it has a part in the repeated columns.
    for (first, ..) in sheet.printed.iter().skip(1) {
        assert_eq!(Some(*first), sheet.header, "{}", sheet.name);
    }
    // Where pages are set, none is so high that the printer would cut it elsewhere.
    let mut from = 0;
    for &to in rows.iter().chain([&heights.len()]) {
        let repeated = sheet
            .header
            .filter(|header| *header < from)
            .map_or(0.0, |header| heights[header]);
        let taken: f64 = heights[from..to].iter().sum::<f64>() + repeated;
        let merged = sheet.merges().iter().any(|(top, _, bottom, _)| top < bottom);
        assert!(
            !merged || taken * scale <= PAGE_POINTS || to == from + 1,
            "{}: rows {from}–{to} take {taken} points",
            sheet.name
        );
        from = to;
    }
}

pub fn every(_: &str) -> bool {
    true
}
