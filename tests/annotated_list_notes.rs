//! What people write on the list of an annotated copy outside the two columns for it is kept when the list is made anew;
//! and a file that Office opens without asking for its password is annotated like any other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod annotated_support;
#[path = "support/encryptor.rs"]
mod encryptor;

use annotated_support::{annotate, check, entries, read, zip};
use encryptor::OFFICE;
use hebiao::grid::Sheet;

const SEED: &str = "samples/部门评价表-信丰.xlsx";
const KEPT: &str = "在本页另写的话（批注和表格右边的字，由核表移到这里）";

fn seed() -> Vec<u8> {
    std::fs::read(SEED).unwrap()
}

fn list(bytes: &[u8]) -> Sheet {
    read(bytes)
        .sheets
        .into_iter()
        .find(|sheet| sheet.name == "差异清单")
        .unwrap()
}

/// The lines under the heading of what was kept.
fn kept(sheet: &Sheet) -> Vec<String> {
    let mut column = sheet.cells().iter().filter(|cell| cell.address.column == 0);
    if column.by_ref().any(|cell| cell.shown() == KEPT) {
        column.map(|cell| cell.shown().to_owned()).collect()
    } else {
        Vec::new()
    }
}

/// The copy with a note at a cell of the list, and a text at the right of the list.
fn written_on(copy: &[u8], note_at: &str, note: &str, text: &str) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> = entries(copy)
        .into_iter()
        .map(|entry| (entry.name, entry.content))
        .collect();
    parts.retain(|(name, _)| name != "xl/commentsOfList.xml");
    let is_list = |(name, content): &&mut (String, Vec<u8>)| {
        name.starts_with("xl/worksheets/sheet") && String::from_utf8_lossy(content).contains("差异清单（由核表加入")
    };
    let (name, content) = parts.iter_mut().find(is_list).unwrap();
    let sheet = String::from_utf8(content.clone()).unwrap();
    let cell = format!("<c r=\"Z3\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let (before, after) = sheet.split_once("<row r=\"3\"").unwrap();
    *content = format!(
        "{before}<row r=\"3\"{}",
        after.replacen("</row>", &format!("{cell}</row>"), 1)
    )
    .into_bytes();
    let own = name.rsplit('/').next().unwrap().to_owned();
    let comments = format!(
        "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors><author>经办人</author></authors>\
         <commentList><comment ref=\"{note_at}\" authorId=\"0\"><text><t>{note}</t></text></comment></commentList></comments>"
    );
    parts.push(("xl/commentsOfList.xml".to_owned(), comments.into_bytes()));
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"../commentsOfList.xml\"/></Relationships>";
    parts.push((format!("xl/worksheets/_rels/{own}.rels"), relations.as_bytes().to_vec()));
    let (_, types) = parts
        .iter_mut()
        .find(|(name, _)| name == "[Content_Types].xml")
        .unwrap();
    let text = String::from_utf8(types.clone()).unwrap();
    if text.contains("commentsOfList") {
        return zip(&parts);
    }
    let part = "<Override PartName=\"/xl/commentsOfList.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml\"/></Types>";
    *types = text.replace("</Types>", part).into_bytes();
    zip(&parts)
}

#[test]
fn notes_and_texts_on_the_list_are_kept_below_it_round_after_round() {
    let copy = annotate(SEED, &seed());
    assert_eq!(kept(&list(&copy)), Vec::<String>::new());
    let note_at = "E3";
    let handed_back = written_on(&copy, note_at, "已与财政局核实", "见附件三");
    assert_eq!(list(&handed_back).notes.len(), 1);
    let again = annotate(SEED, &handed_back);
    let lines = kept(&list(&again));
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].starts_with("A01 G30 ") && lines[0].ends_with("：已与财政局核实"),
        "{lines:?}"
    );
    assert!(
        lines[1].starts_with("A01 G30 ") && lines[1].ends_with("：见附件三"),
        "{lines:?}"
    );
    // And again, byte for byte, when nothing more is written.
    assert!(annotate(SEED, &again) == again);
    // What is written later comes behind what was kept.
    let third = annotate(SEED, &written_on(&again, note_at, "第二次核实", "见附件三"));
    let lines = kept(&list(&third));
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[2].ends_with("：第二次核实"), "{lines:?}");
}

#[test]
fn a_file_that_office_opens_without_asking_is_annotated_like_the_package_in_it() {
    let plain = seed();
    let expected = annotate(SEED, &plain);
    for (way, locked) in [
        ("agile", encryptor::agile(&plain, OFFICE)),
        ("standard", encryptor::standard(&plain, OFFICE)),
    ] {
        let copy = annotate(SEED, &locked);
        let (one, other) = (
            annotated_support::contents(&copy),
            annotated_support::contents(&expected),
        );
        assert_eq!(
            one.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>(),
            "{way}"
        );
        assert!(copy == expected, "{way}");
        assert_eq!(check(SEED, &copy).tables, check(SEED, &plain).tables, "{way}");
    }
}
