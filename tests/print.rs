//! On paper: every sheet of every workbook that the program writes, as an A4 printer would take it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use common::{CLEAN, Folder, SEED, department, hebiao, ministry};

/// Points below which nobody reads a printed table.
const LEAST: f64 = 8.0;
/// Pixels across and points down that a landscape A4 page has inside the margins.
const PAGE_PIXELS: f64 = (11.69 - 0.8) * 96.0;
const PAGE_POINTS: f64 = (8.27 - 1.1) * 72.0;

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
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
fn tags<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}");
    let starts = xml.match_indices(&open).filter(|(at, _)| {
        let behind = xml[at + open.len()..].chars().next().unwrap();
        behind == ' ' || behind == '>' || behind == '/'
    });
    starts.map(|(at, _)| xml[at..].split('>').next().unwrap()).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

fn number(tag: &str, name: &str) -> Option<f64> {
    attribute(tag, name)?.parse().ok()
}

/// First row and column, last row and column, from 0.
type Area = (usize, usize, usize, usize);

fn area(reference: &str) -> Area {
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

struct Sheet<'a> {
    name: String,
    xml: &'a str,
    styles: &'a str,
    printed: Area,
    repeated_columns: usize,
    header: Option<usize>,
}

impl Sheet<'_> {
    fn widths(&self) -> Vec<f64> {
        let mut widths = vec![64.0; self.printed.3 + 1];
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
        let (first, last) = (self.printed.1, self.printed.3 + 1);
        if self.xml.contains("fitToPage=\"1\"") {
            assert!(self.breaks("colBreaks").is_empty(), "{}", self.name);
            return (PAGE_PIXELS / across(first, last)).min(1.0);
        }
        let scale = number(setup, "scale").unwrap() / 100.0;
        let keys = across(0, self.repeated_columns);
        let mut from = first;
        for to in self.breaks("colBreaks").into_iter().chain([last]) {
            let repeated = if from < self.repeated_columns { 0.0 } else { keys };
            let taken = (repeated + across(from, to)) * scale;
            assert!(taken <= PAGE_PIXELS, "{}: {taken} pixels of {PAGE_PIXELS}", self.name);
            from = to;
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
                let (first_row, first, last_row, last) = self.printed;
                let inside = (first_row..=last_row).contains(&row) && (first..=last).contains(&column);
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

fn between<'a>(xml: &'a str, element: &str) -> &'a str {
    let from = xml.find(&format!("<{element} ")).unwrap();
    &xml[from..from + xml[from..].find(&format!("</{element}>")).unwrap()]
}

/// Holds every sheet of a workbook to what paper asks; `ours` are those that the program writes.
fn hold(name: &str, bytes: &[u8], ours: impl Fn(&str) -> bool) -> usize {
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
                is_it.then(|| text.rsplit('!').next().unwrap().to_owned())
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
            printed: area(&defined("_xlnm.Print_Area").unwrap_or_else(|| panic!("{name} {title} has no print area"))),
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
    let (_, first, _, last) = sheet.printed;
    let rows = sheet.breaks("rowBreaks");
    let columns = sheet.breaks("colBreaks");
    let heights = sheet.heights();
    for (top, left, bottom, right) in sheet.merges() {
        assert!(
            !(left <= last && right > last),
            "{}: {left}–{right} crosses the print area",
            sheet.name
        );
        let is_cut = columns
            .iter()
            .any(|&column| left < column && column <= right && right >= first);
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

fn every(_: &str) -> bool {
    true
}

#[test]
fn what_convert_writes_is_read_on_paper() {
    let folder = Folder::new();
    for source in [SEED, CLEAN] {
        let out = folder.path("out").display().to_string();
        let run = hebiao(&["convert", source, "-o", &out, "--fail-on", "never", "--annotate"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let mut held = BTreeMap::new();
    for entry in fs::read_dir(folder.path("out")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let kind = ["规范表", "差异清单", "批注副本"]
            .into_iter()
            .find(|kind| name.contains(kind));
        let Some(kind) = kind else { continue };
        let bytes = fs::read(&path).unwrap();
        *held.entry(kind).or_insert(0) += match kind {
            "批注副本" => hold(&name, &bytes, |sheet| sheet == "差异清单"),
            _ => hold(&name, &bytes, every),
        };
    }
    assert_eq!(held, BTreeMap::from([("差异清单", 2), ("批注副本", 2), ("规范表", 8)]));
}

#[test]
fn what_summarize_diff_and_template_write_is_read_on_paper() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).display().to_string();
    let run = hebiao(&["summarize", SEED, CLEAN, "-o", &path("汇总.xlsx")]);
    assert_eq!(run.stderr, "");
    assert!(hold("汇总", &fs::read(path("汇总.xlsx")).unwrap(), every) >= 9);
    hebiao(&["diff", SEED, CLEAN, "--anyway", "-o", &path("对比.xlsx")]);
    assert_eq!(hold("对比", &fs::read(path("对比.xlsx")).unwrap(), every), 3);
    for kind in ["项目支出自评", "部门评价", "整体支出自评", "转移支付自评"] {
        let form = path(&format!("{kind}.xlsx"));
        assert_eq!(hebiao(&["template", kind, "-o", &form]).code, 0);
        assert_eq!(hold(kind, &fs::read(form).unwrap(), every), 2);
    }
}

/// The sheet's part of a defined name.
fn defined<'a>(book: &'a str, name: &str, sheet: &str) -> &'a str {
    let of_sheet = format!(">{sheet}!");
    let defined = book
        .split("<definedName ")
        .find(|defined| defined.contains(name) && defined.contains(&of_sheet));
    defined
        .unwrap()
        .split_once(&of_sheet)
        .unwrap()
        .1
        .split('<')
        .next()
        .unwrap()
}

#[test]
fn of_a_list_that_takes_a_hundred_pages_the_first_rows_are_printed_and_the_paper_says_so() {
    let folder = Folder::new();
    // 17 indicators each.
    for number in 1..=12 {
        folder.file(&format!("县/{number}.xlsx"), &fs::read(SEED).unwrap());
    }
    let path = |name: &str| folder.path(name).display().to_string();
    let shown = |out: &str| {
        let run = hebiao(&["summarize", &path("县"), "-o", &path(out)]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let bytes = fs::read(path(out)).unwrap();
        hold(out, &bytes, every);
        parts(&bytes)
    };
    let all = shown("汇总.xlsx");
    let book = &all["xl/workbook.xml"];
    assert_eq!(defined(book, "_xlnm.Print_Area", "指标明细"), "$A$1:$R$11");
    assert_eq!(defined(book, "_xlnm.Print_Area", "差异清单"), "$A$1:$P$145");
    let told = |text: &str| all.values().filter(|part| part.contains(text)).count();
    assert_eq!(
        told("共 204 行，纸上只有前 10 行。要全部打印，或打印筛选出的行：点“页面布局”"),
        1
    );
    assert_eq!(told("“指标明细”行数多，打印时各只印前 10 行"), 1);
    // One table less and it is printed whole.
    fs::remove_file(folder.path("县/12.xlsx")).unwrap();
    let all = shown("又.xlsx");
    assert_eq!(
        defined(&all["xl/workbook.xml"], "_xlnm.Print_Area", "指标明细"),
        "$A$1:$R$188"
    );
    assert!(all.values().all(|part| !part.contains("行数多")));
}

#[test]
fn the_goals_of_a_transfers_form_stand_on_its_first_page() {
    let folder = Folder::new();
    let form = folder.path("表.xlsx").display().to_string();
    assert_eq!(hebiao(&["template", "转移支付自评", "-o", &form]).code, 0);
    let sheet = &parts(&fs::read(form).unwrap())["xl/worksheets/sheet1.xml"];
    let breaks = between(sheet, "rowBreaks");
    // Twenty rows: names, money, its management, the goals; the indicators fill the second page.
    assert_eq!(tags(breaks, "brk").len(), 1, "{breaks}");
    assert_eq!(number(tags(breaks, "brk")[0], "id"), Some(20.0));
}

#[test]
fn what_is_written_of_whole_folders_is_read_on_paper() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).display().to_string();
    for batch in ["一", "二"] {
        for (name, sample) in [("甲/评价表.xlsx", SEED), ("乙/自评表.xlsx", CLEAN)] {
            folder.file(&format!("{batch}/{name}"), &fs::read(sample).unwrap());
        }
    }
    let run = hebiao(&["convert", &path("一"), "-o", &path("出"), "--fail-on", "never"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        hold("目录", &fs::read(folder.path("出").join("目录.xlsx")).unwrap(), every),
        1
    );
    hebiao(&["diff", &path("一"), &path("二"), "-o", &path("对比.xlsx")]);
    assert_eq!(hold("对比", &fs::read(path("对比.xlsx")).unwrap(), every), 5);
    let run = hebiao(&["summarize", &path("一"), "--notices", &path("通知")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        hold("台账", &fs::read(folder.path("通知").join("台账.xlsx")).unwrap(), every),
        1
    );
}

#[test]
fn no_page_of_grades_by_department_cuts_a_grade_or_a_department() {
    let folder = Folder::new();
    for number in 1..=20 {
        let mut table = ministry::table();
        table.set("B4", format!("示例县第{number}局").as_str());
        folder.table(&format!("县/{number}.xlsx"), &table);
    }
    let path = |name: &str| folder.path(name).display().to_string();
    let run = hebiao(&["summarize", &path("县"), "-o", &path("汇总.xlsx")]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let parts = parts(&fs::read(path("汇总.xlsx")).unwrap());
    let sheet = parts.values().find(|part| part.contains("优\n（个数）")).unwrap();
    let breaks = |element: &str| -> Vec<usize> {
        let breaks = tags(between(sheet, element), "brk").into_iter();
        breaks.map(|tag| number(tag, "id").unwrap() as usize).collect()
    };
    // 优 to 无等次 in columns 4 to 18, three each; two keys before them on every page.
    for column in breaks("colBreaks") {
        assert!(column >= 19 || column % 3 == 1, "column {column} begins a page");
    }
    // A header, then two rows a department.
    let rows = breaks("rowBreaks");
    assert!(!rows.is_empty() && rows.iter().all(|row| row % 2 == 1), "{rows:?}");
}

/// The row, from 0, in which a text stands alone in its cell.
fn row_of(parts: &BTreeMap<String, String>, sheet: &str, text: &str) -> usize {
    let texts = &parts["xl/sharedStrings.xml"];
    let index = texts
        .split("<si>")
        .skip(1)
        .position(|it| it.contains(&format!(">{text}<")));
    let value = format!("<v>{}</v>", index.unwrap());
    let cell = parts[sheet]
        .split("<c ")
        .find(|cell| cell.contains("t=\"s\"") && cell.contains(&value));
    area(attribute(&format!(" {}", cell.unwrap()), "r").unwrap()).0
}

#[test]
fn a_total_stands_on_the_page_of_its_indicators_and_the_annex_takes_the_signatures_along() {
    let folder = Folder::new();
    let out = folder.path("out").display().to_string();
    assert_eq!(hebiao(&["convert", CLEAN, "-o", &out]).code, 0);
    let name = common::names(&folder.path("out"))
        .into_iter()
        .find(|name| name.contains("规范表"));
    let parts = parts(&fs::read(folder.path("out").join(name.unwrap())).unwrap());
    let sheet = "xl/worksheets/sheet1.xml";
    let breaks = between(&parts[sheet], "rowBreaks");
    let breaks: Vec<usize> = tags(breaks, "brk")
        .into_iter()
        .map(|tag| number(tag, "id").unwrap() as usize)
        .collect();
    let [total, grade, signed, annex] =
        ["总分", "评价等次", "填报人：", "核表附注"].map(|it| row_of(&parts, sheet, it));
    assert_eq!((grade, signed), (total + 1, total + 2));
    assert!(breaks.contains(&signed), "{breaks:?}");
    let apart = |row: &&usize| (total..=grade).contains(*row) || (signed + 1..=annex).contains(*row);
    assert_eq!(breaks.iter().find(apart), None, "{breaks:?}");
}

#[test]
fn of_a_long_comparison_the_first_rows_are_printed_and_the_paper_says_so() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).display().to_string();
    // Eleven findings each.
    for number in 1..=19 {
        for batch in ["一", "二"] {
            let mut table = department::table();
            table.set("C2", format!("第{number}号专项").as_str());
            folder.table(&format!("{batch}/{number}.xlsx"), &table);
        }
    }
    let shown = |out: &str| {
        hebiao(&["diff", &path("一"), &path("二"), "-o", &path(out)]);
        let bytes = fs::read(path(out)).unwrap();
        hold(out, &bytes, every);
        parts(&bytes)
    };
    let all = shown("对比.xlsx");
    let book = &all["xl/workbook.xml"];
    assert_eq!(defined(book, "_xlnm.Print_Area", "问题对比"), "$A$1:$K$12");
    assert_eq!(defined(book, "_xlnm.Print_Area", "内容改动"), "$A$1:$H$2");
    let told = |text: &str| all.values().filter(|part| part.contains(text)).count();
    assert_eq!(told("共 209 行，纸上只有前 10 行。"), 1);
    assert_eq!(told("“问题对比”行数多，打印时各只印前 10 行"), 1);
    // One table less and it is printed whole.
    fs::remove_file(folder.path("二/19.xlsx")).unwrap();
    let all = shown("又.xlsx");
    assert_eq!(
        defined(&all["xl/workbook.xml"], "_xlnm.Print_Area", "问题对比"),
        "$A$1:$K$200"
    );
    assert!(all.values().all(|part| !part.contains("行数多")));
}
