//! No input makes the reader panic, hang or ask for memory out of proportion.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/package.rs"]
mod package;

use hebiao::internals::number_format::{Epoch, NumberFormat};
use hebiao::read::{Limits, read_workbook};
use package::Package;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn sample() -> Package {
    Package::with_sheet(
        r#"<sheetFormatPr zeroHeight="0"/><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" s="1"><v>0.95</v></c>
        <c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><r><t>a_x0041_</t></r></is></c><c r="D1"><f t="shared" ref="D1:E1" si="0">A1</f><v>1</v></c>
        <c r="E1"><f t="shared" si="0"/></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#,
    )
    .shared_strings(&["<t>文字</t>"])
    .number_formats(&["0%"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = sample().zip();
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        let _ = read_workbook(&bytes, Some("a.xlsx"), &Limits::default());
    }

    #[test]
    fn mutated_parts_never_panic(
        part in prop::sample::select(vec!["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"<>/\"'=&;09aAZ:$_x -\0\xFF".to_vec())), 1..6),
    ) {
        let mut package = sample();
        let content = package.parts.get_mut(part).unwrap();
        for (index, value) in changes {
            let index = index.index(content.len());
            content[index] = value;
        }
        let _ = read_workbook(&package.zip(), Some("a.xlsx"), &Limits::default());
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_workbook(&bytes, Some("a.xlsx"), &Limits::default());
    }

    #[test]
    fn any_format_code_never_panics(
        code in "([0#?.,%@;_*!\\\\\"\\[\\]ymdhsaEGe/+\\- :]|General|AM/PM|\\[DBNum1\\]|\\[>=5\\]|\\[h\\]|年|元|ss\\.00){0,12}",
        digits in any::<i64>(),
        scale in 0_u32..28,
    ) {
        let format = NumberFormat::parse(&code);
        let value = Decimal::new(digits, scale);
        let _ = format.number(value, Epoch::Year1900);
        let _ = format.number(Decimal::MAX, Epoch::Year1904);
        let _ = format.text("文");
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let bomb = vec![b' '; 300 * 1024 * 1024];
    let bytes = Package::with_rows("")
        .bytes_part("xl/worksheets/sheet1.xml", &bomb)
        .zip();
    assert!(bytes.len() < 1024 * 1024);
    let error = read_workbook(&bytes, None, &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "limit_exceeded");
}

#[test]
fn shared_texts_repeated_without_end_are_refused() {
    let rows: String = (1..=200)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
        .collect();
    let package = Package::with_rows(&rows).shared_strings(&[&format!("<t>{}</t>", "长".repeat(30_000))]);
    let mut limits = Limits::default();
    limits.text_bytes = 8 * 1024 * 1024;
    assert_eq!(
        read_workbook(&package.zip(), None, &limits).unwrap_err().code(),
        "limit_exceeded"
    );
}
