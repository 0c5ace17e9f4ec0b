//! The parts of a workbook that is only lists and tables, as the library writes them: names, what it is made of, what each
//! part is. Most outputs are such workbooks, and the library takes most of their time for a frame: it deflates each part
//! anew, with a thread for each sheet.

use std::fmt::Write;

use quick_xml::escape::partial_escape;

use super::frame::DECLARATION;
use super::link::quoted_sheet;
use super::own_sheet::{MAIN, RELATIONS};
use super::properties::Properties;
use super::sheet_setup::SheetSetup;
use crate::grid::{CellAddress, CellRange, column_letters};

const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.";

/// A name of cells: what it is, the sheet that it is of, the cells.
pub struct CellsName {
    kind: NameKind,
    sheet: usize,
    cells: String,
}

/// What a name of cells is for, in the order of a workbook's part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NameKind {
    Filter,
    PrintArea,
    PrintTitles,
}

/// Returns the names of cells that sheets have, in the order in which a workbook lists them.
pub fn names(sheets: &[SheetSetup]) -> Vec<CellsName> {
    let mut names = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        let quoted = quoted_sheet(&sheet.name);
        let mut name = |kind, cells| names.push(CellsName { kind, sheet: at, cells });
        if let Some(range) = sheet.filter {
            name(NameKind::Filter, format!("{quoted}!{}", fixed(range)));
        }
        let printed = sheet.print_area.into_iter().chain(sheet.further_area);
        let printed: Vec<String> = printed.map(|range| format!("{quoted}!{}", fixed(range))).collect();
        if !printed.is_empty() {
            name(NameKind::PrintArea, printed.join(","));
        }
        let columns = sheet.repeated_columns.map(|(first, last)| {
            let [first, last] = [first, last].map(|column| column_letters(u32::from(column)));
            format!("{quoted}!${first}:${last}")
        });
        let rows = sheet
            .repeated_rows
            .map(|(first, last)| format!("{quoted}!${}:${}", first + 1, last + 1));
        let titles: Vec<String> = columns.into_iter().chain(rows).collect();
        if !titles.is_empty() {
            name(NameKind::PrintTitles, titles.join(","));
        }
    }
    names.sort_by(|one, other| (one.kind, &one.cells).cmp(&(other.kind, &other.cells)));
    names
}

/// Returns a range as formulas write it that is copied unchanged.
fn fixed(range: CellRange) -> String {
    let cell = |cell: CellAddress| format!("${}${}", column_letters(cell.column), cell.row + 1);
    if range.first == range.last {
        cell(range.first)
    } else {
        format!("{}:{}", cell(range.first), cell(range.last))
    }
}

/// Returns the part with names of sheets and cells, these as [`names`] gives them.
pub fn workbook_part(sheets: &[SheetSetup], names: &[CellsName]) -> String {
    let mut xml = format!(
        "{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><fileVersion appName=\"xl\" lastEdited=\"4\" \
         lowestEdited=\"4\" rupBuild=\"4505\"/><workbookPr defaultThemeVersion=\"124226\"/><bookViews><workbookView \
         xWindow=\"240\" yWindow=\"15\" windowWidth=\"16095\" windowHeight=\"9660\"/></bookViews><sheets>"
    );
    for (number, sheet) in (1..).zip(sheets) {
        let name = partial_escape(sheet.name.as_str());
        let _ = write!(
            xml,
            "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
        );
    }
    xml.push_str("</sheets>");
    if !names.is_empty() {
        xml.push_str("<definedNames>");
        for CellsName { kind, sheet, cells } in names {
            let (name, hidden) = match kind {
                NameKind::Filter => ("_FilterDatabase", " hidden=\"1\""),
                NameKind::PrintArea => ("Print_Area", ""),
                NameKind::PrintTitles => ("Print_Titles", ""),
            };
            let _ = write!(
                xml,
                "<definedName name=\"_xlnm.{name}\" localSheetId=\"{sheet}\"{hidden}>{}</definedName>",
                partial_escape(cells.as_str())
            );
        }
        xml.push_str("</definedNames>");
    }
    xml.push_str("<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/></workbook>");
    xml
}

/// Returns the part that says which program wrote the workbook, and what is in it.
pub fn program_part(sheets: &[SheetSetup], names: &[CellsName]) -> String {
    let printed = names.iter().filter(|name| name.kind != NameKind::Filter);
    let named: Vec<String> = printed
        .map(|name| {
            let sheet = sheets
                .get(name.sheet)
                .map(|sheet| quoted_sheet(&sheet.name))
                .unwrap_or_default();
            let kind = if name.kind == NameKind::PrintArea {
                "Print_Area"
            } else {
                "Print_Titles"
            };
            format!("{sheet}!{kind}")
        })
        .collect();
    let mut xml = format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\"><Application>Microsoft \
         Excel</Application><DocSecurity>0</DocSecurity><ScaleCrop>false</ScaleCrop><HeadingPairs>"
    );
    let counts = [("Worksheets", sheets.len()), ("Named Ranges", named.len())];
    let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    let _ = write!(xml, "<vt:vector size=\"{}\" baseType=\"variant\">", counts.len() * 2);
    for (name, count) in counts {
        let _ = write!(
            xml,
            "<vt:variant><vt:lpstr>{name}</vt:lpstr></vt:variant><vt:variant><vt:i4>{count}</vt:i4></vt:variant>"
        );
    }
    let _ = write!(
        xml,
        "</vt:vector></HeadingPairs><TitlesOfParts><vt:vector size=\"{}\" baseType=\"lpstr\">",
        sheets.len() + named.len()
    );
    for name in sheets.iter().map(|sheet| &sheet.name).chain(&named) {
        let _ = write!(xml, "<vt:lpstr>{}</vt:lpstr>", partial_escape(name.as_str()));
    }
    xml.push_str(
        "</vt:vector></TitlesOfParts><Company></Company><LinksUpToDate>false</LinksUpToDate><SharedDoc>false</SharedDoc>\
         <HyperlinksChanged>false</HyperlinksChanged><AppVersion>12.0000</AppVersion></Properties>",
    );
    xml
}

/// What parts a workbook has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parts {
    /// Sheets.
    pub sheets: usize,
    /// Sheets with notes.
    pub notes: usize,
    /// Whether there is a part for texts.
    pub has_texts: bool,
    /// Whether there is one for properties of our own.
    pub has_custom: bool,
}

impl Parts {
    /// Returns the parts of a workbook.
    pub fn of(sheets: &[SheetSetup], has_texts: bool, properties: &Properties) -> Self {
        Self {
            sheets: sheets.len(),
            notes: sheets.iter().filter(|sheet| !sheet.notes.is_empty()).count(),
            has_texts,
            has_custom: properties.has_custom(),
        }
    }

    /// Returns the part that says what each part is.
    pub fn content_types(self) -> String {
        let mut xml = format!(
            "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        );
        if self.notes > 0 {
            let _ = write!(
                xml,
                "<Default Extension=\"vml\" ContentType=\"{CONTENT_TYPE}vmlDrawing\"/>"
            );
        }
        let core = "application/vnd.openxmlformats-package.core-properties+xml";
        let mut part = |name: &str, kind: &str| {
            let kind = match kind {
                "" => core.to_owned(),
                kind => format!("{CONTENT_TYPE}{kind}+xml"),
            };
            let _ = write!(xml, "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
        };
        part("docProps/app.xml", "extended-properties");
        part("docProps/core.xml", "");
        part("xl/styles.xml", "spreadsheetml.styles");
        part("xl/theme/theme1.xml", "theme");
        part("xl/workbook.xml", "spreadsheetml.sheet.main");
        for number in 1..=self.sheets {
            part(&format!("xl/worksheets/sheet{number}.xml"), "spreadsheetml.worksheet");
        }
        for number in 1..=self.notes {
            part(&format!("xl/comments{number}.xml"), "spreadsheetml.comments");
        }
        if self.has_texts {
            part("xl/sharedStrings.xml", "spreadsheetml.sharedStrings");
        }
        if self.has_custom {
            part("docProps/custom.xml", "custom-properties");
        }
        xml.push_str("</Types>");
        xml
    }

    /// Returns the relations of the package.
    pub fn root_relations(self) -> String {
        let mut targets = vec![
            (format!("{RELATIONS}/officeDocument"), "xl/workbook.xml".to_owned()),
            (
                format!("{PACKAGE_RELATIONS}/metadata/core-properties"),
                "docProps/core.xml".to_owned(),
            ),
            (
                format!("{RELATIONS}/extended-properties"),
                "docProps/app.xml".to_owned(),
            ),
        ];
        if self.has_custom {
            targets.push((
                format!("{RELATIONS}/custom-properties"),
                "docProps/custom.xml".to_owned(),
            ));
        }
        relations(targets)
    }

    /// Returns the relations of the workbook's part.
    pub fn workbook_relations(self) -> String {
        let sheet = |number: usize| {
            (
                format!("{RELATIONS}/worksheet"),
                format!("worksheets/sheet{number}.xml"),
            )
        };
        let mut targets: Vec<(String, String)> = (1..=self.sheets).map(sheet).collect();
        targets.push((format!("{RELATIONS}/theme"), "theme/theme1.xml".to_owned()));
        targets.push((format!("{RELATIONS}/styles"), "styles.xml".to_owned()));
        if self.has_texts {
            targets.push((format!("{RELATIONS}/sharedStrings"), "sharedStrings.xml".to_owned()));
        }
        relations(targets)
    }
}

/// Returns the relations of a sheet to the notes with this number.
pub fn note_relations(number: usize) -> String {
    relations(vec![
        (
            format!("{RELATIONS}/vmlDrawing"),
            format!("../drawings/vmlDrawing{number}.vml"),
        ),
        (format!("{RELATIONS}/comments"), format!("../comments{number}.xml")),
    ])
}

fn relations(targets: Vec<(String, String)>) -> String {
    let mut xml = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE_RELATIONS}\">");
    for (number, (kind, target)) in (1..).zip(targets) {
        let _ = write!(
            xml,
            "<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>"
        );
    }
    xml.push_str("</Relationships>");
    xml
}
