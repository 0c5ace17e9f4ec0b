//! An amount is the same in 万元 however a cell shows it, whatever unit the form is in, and in every format.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

#[path = "support/biff.rs"]
mod biff;
#[path = "support/ods.rs"]
mod ods;
#[path = "support/package.rs"]
mod package;
#[path = "support/sheet_writer.rs"]
mod sheet_writer;
#[path = "support/table_writers.rs"]
mod table_writers;
#[path = "support/xlsb.rs"]
mod xlsb;

use hebiao::grid::{CellAddress, Sheet};
use hebiao::internals::number_format::{Epoch, NumberFormat};
use hebiao::model::{CellFact, FundField, MoneyUnit, TableReading};
use hebiao::read::{Limits, read_workbook};
use proptest::prelude::*;
use rust_decimal::Decimal;
use sheet_writer::{put_number, put_text, seed_sheet, xlsx};

const UNITS: [MoneyUnit; 5] = [
    MoneyUnit::Yuan,
    MoneyUnit::ThousandYuan,
    MoneyUnit::TenThousandYuan,
    MoneyUnit::MillionYuan,
    MoneyUnit::HundredMillionYuan,
];

/// Units that stand behind an amount: those of forms, and 分.
const OWN_UNITS: [MoneyUnit; 6] = [
    MoneyUnit::Yuan,
    MoneyUnit::ThousandYuan,
    MoneyUnit::TenThousandYuan,
    MoneyUnit::MillionYuan,
    MoneyUnit::HundredMillionYuan,
    MoneyUnit::Fen,
];

/// How a cell holds an amount.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// A number in the form's unit.
    Plain,
    /// A text with a unit behind the number.
    Text(MoneyUnit),
    /// A number in a unit that its format writes behind it.
    Literal(MoneyUnit),
    /// Yuan behind a format that moves the point to the form's unit and does not say so.
    Moved,
    /// Yuan behind a format that moves the point and writes 万 behind it.
    MovedToWan,
    /// Yuan, of which a condition says that they are shown in 万 with one decimal.
    Conditional,
}

const FORMATS: [&str; 8] = ["xlsx", "xls", "xlsb", "ods", "csv", "html", "xml", "docx"];

/// Puts an amount of whole 万元 into a cell; `None` where this way cannot show it in the form's unit.
fn put(sheet: &mut Sheet, cell: CellAddress, wan: u32, way: Way, form: MoneyUnit) -> Option<()> {
    let wan = Decimal::from(wan);
    let in_unit = |unit| MoneyUnit::TenThousandYuan.convert(wan, unit).unwrap();
    let yuan = in_unit(MoneyUnit::Yuan);
    match way {
        Way::Plain => put_number(sheet, cell, in_unit(form), None),
        Way::Text(unit) => put_text(sheet, cell, &format!("{}{}", in_unit(unit), unit.title())),
        Way::Literal(unit) => {
            let code = format!("#,##0.0000\"{}\"", unit.title());
            put_number(sheet, cell, in_unit(unit), Some(&code));
        }
        Way::Moved => {
            let code = match form {
                MoneyUnit::ThousandYuan => "#,##0,",
                MoneyUnit::TenThousandYuan => "0!.0000",
                MoneyUnit::MillionYuan => "0.00,,",
                _ => return None,
            };
            put_number(sheet, cell, yuan, Some(code));
        }
        Way::MovedToWan => put_number(sheet, cell, yuan, Some("0!.0000\"万元\"")),
        Way::Conditional => put_number(sheet, cell, yuan, Some("[>=10000]0!.0,\"万\";0\"元\"")),
    }
    Some(())
}

fn bytes(sheet: &Sheet, format: &str) -> Vec<u8> {
    let sheets = std::slice::from_ref(sheet);
    match format {
        "xlsx" => xlsx(sheet),
        "xls" => biff::Book::from_sheets(sheets, biff::Version::Biff8).file(),
        "xlsb" => xlsb::Book::from_sheets(sheets).file(),
        "ods" => ods::Document::from_sheets(sheets, ods::Shown::InTheFile).file(),
        "csv" => table_writers::csv(sheet, ',').into_bytes(),
        "html" => table_writers::html(sheet, "utf-8").into_bytes(),
        "xml" => table_writers::spreadsheetml(sheet).into_bytes(),
        "docx" => table_writers::docx(&table_writers::docx_table(sheet)),
        other => panic!("{other}"),
    }
}

fn read(bytes: &[u8], name: &str) -> TableReading {
    let workbook = read_workbook(bytes, Some(name), &Limits::default()).unwrap();
    let mut tables = hebiao::layout::read_tables(&workbook).tables;
    assert_eq!(tables.len(), 1, "{name}");
    tables.remove(0)
}

/// The form with its unit and six amounts, each held in a way of its own; which of them name their own unit.
fn form(form: MoneyUnit, amounts: &[(u32, Way); 6]) -> Option<Sheet> {
    let mut sheet = seed_sheet();
    put_text(
        &mut sheet,
        "A4".parse().unwrap(),
        &format!("项目资金\n（{}）", form.title()),
    );
    for (cell, (wan, way)) in ["C5", "D5", "E5", "C6", "D6", "E6"].iter().zip(amounts) {
        put(&mut sheet, cell.parse().unwrap(), *wan, *way, form)?;
    }
    Some(sheet)
}

fn assert_amounts(table: &TableReading, form: MoneyUnit, amounts: &[(u32, Way); 6], what: &str) {
    let evaluation = &table.evaluation;
    assert_eq!(evaluation.money_unit, Some(form), "{what}");
    let fields = [FundField::InitialBudget, FundField::AnnualBudget, FundField::Executed];
    let read = evaluation
        .funds
        .iter()
        .take(2)
        .flat_map(|fund| fields.map(|field| field.get(fund)));
    for (field, (wan, way)) in read.zip(amounts) {
        let field = field
            .and_then(|field| field.number())
            .unwrap_or_else(|| panic!("{what}: {way:?} is not read"));
        assert_eq!(
            form.in_wan(field.value),
            Some(Decimal::from(*wan)),
            "{what}: {way:?} {}",
            field.text
        );
    }
    assert_eq!(table.coverage.unread, [], "{what}");
    // Each unit that is not the form's is a fact, and no other.
    let converted = table
        .facts
        .iter()
        .filter(|fact| matches!(fact.fact, CellFact::AmountInOwnUnit { .. }))
        .count();
    let own = amounts.iter().filter(|(_, way)| match way {
        Way::Text(unit) | Way::Literal(unit) => *unit != form,
        Way::MovedToWan | Way::Conditional => form != MoneyUnit::TenThousandYuan,
        Way::Plain | Way::Moved => false,
    });
    assert_eq!(converted, own.count(), "{what}");
}

fn way() -> impl Strategy<Value = Way> {
    let unit = || proptest::sample::select(OWN_UNITS.to_vec());
    prop_oneof![
        Just(Way::Plain),
        unit().prop_map(Way::Text),
        unit().prop_map(Way::Literal),
        Just(Way::Moved),
        Just(Way::MovedToWan),
        Just(Way::Conditional),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn an_amount_is_the_same_in_wan_in_every_format(
        unit in proptest::sample::select(UNITS.to_vec()),
        amounts in [(1..100_000_u32, way()), (1..100_000_u32, way()), (1..100_000_u32, way()),
                    (1..100_000_u32, way()), (1..100_000_u32, way()), (1..100_000_u32, way())],
    ) {
        let amounts: [(u32, Way); 6] = amounts;
        if let Some(sheet) = form(unit, &amounts) {
            for format in FORMATS {
                let table = read(&bytes(&sheet, format), &format!("表.{format}"));
                assert_amounts(&table, unit, &amounts, &format!("{format}, {}", unit.title()));
            }
        }
    }
}

#[test]
fn every_way_is_read_in_every_unit_and_format() {
    let mut tried = 0;
    for unit in UNITS {
        let units = OWN_UNITS.map(|own| [Way::Text(own), Way::Literal(own)]).concat();
        let ways = [vec![Way::Plain, Way::Moved, Way::MovedToWan, Way::Conditional], units].concat();
        for way in ways {
            let amounts = [(208, way); 6];
            let Some(sheet) = form(unit, &amounts) else { continue };
            for format in FORMATS {
                let table = read(&bytes(&sheet, format), &format!("表.{format}"));
                assert_amounts(&table, unit, &amounts, &format!("{format}, {}, {way:?}", unit.title()));
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 8 * (5 * 16 - 2));
}

/// The fund block with one text, or one number and its format, in all six amounts of a form in 万元.
fn all_amounts(text: &str) -> Sheet {
    let mut sheet = form(MoneyUnit::TenThousandYuan, &[(208, Way::Plain); 6]).unwrap();
    for cell in ["C5", "D5", "E5", "C6", "D6", "E6"] {
        put_text(&mut sheet, cell.parse().unwrap(), text);
    }
    sheet
}

#[test]
fn amounts_are_read_with_all_that_people_write_around_their_unit() {
    for text in [
        "208万元整",
        "208（万元）",
        "208(万)",
        "208万人民币",
        "208萬圓",
        "人民币208万元整",
        "2,080,000.00（元）",
        "￥2,080,000.00元正",
        "208000000分",
        "贰佰零捌万元整",
        "人民币贰佰零捌万元整",
        "二百零八万",
    ] {
        for format in ["xlsx", "csv", "docx"] {
            let table = read(&bytes(&all_amounts(text), format), &format!("表.{format}"));
            let executed = table.evaluation.funds[0]
                .executed
                .as_ref()
                .unwrap_or_else(|| panic!("{text}"));
            assert_eq!(executed.value, Decimal::from(208), "{text} {format}");
            assert_eq!(table.coverage.unread, [], "{text} {format}");
        }
    }
    // What is no single amount stays unread, and is said to be.
    for text in [
        "20.8十万元",
        "208万元（含上年结转8万元）",
        "约208万元",
        "贰佰零捌元伍角",
    ] {
        let table = read(&bytes(&all_amounts(text), "xlsx"), "表.xlsx");
        assert_eq!(table.evaluation.funds[0].executed, None, "{text}");
        assert_eq!(table.coverage.unread.len(), 6, "{text}");
    }
}

#[test]
fn formats_that_spell_an_amount_or_leave_its_commas_give_what_is_seen() {
    for (code, stored) in [
        ("[DBNum2][$-804]General\"万元整\"", 208),
        ("[DBNum1][$-804]General\"万元\"", 208),
        ("[DBNum2][$RMB]General\"元整\"", 2_080_000),
        ("#,##0!.0,", 2_080_000),
        ("#,##0!.0000", 2_080_000),
        ("0\"分\"", 208_000_000),
    ] {
        let mut sheet = form(MoneyUnit::TenThousandYuan, &[(208, Way::Plain); 6]).unwrap();
        for cell in ["C5", "D5", "E5", "C6", "D6", "E6"] {
            put_number(&mut sheet, cell.parse().unwrap(), Decimal::from(stored), Some(code));
        }
        for format in ["xlsx", "xls", "xlsb", "ods"] {
            let table = read(&bytes(&sheet, format), &format!("表.{format}"));
            let executed = table.evaluation.funds[0].executed.as_ref().unwrap();
            assert_eq!(executed.value, Decimal::from(208), "{code} {format} {}", executed.text);
        }
    }
}

#[test]
fn what_is_stored_is_kept_beside_what_is_shown() {
    let sheet = form(MoneyUnit::TenThousandYuan, &[(208, Way::Moved); 6]).unwrap();
    for format in ["xlsx", "xls", "xlsb", "ods", "html", "xml"] {
        let table = read(&bytes(&sheet, format), &format!("表.{format}"));
        let stored: Vec<_> = table
            .facts
            .iter()
            .filter_map(|fact| match fact.fact {
                CellFact::ShownOtherwise { stored } => Some((fact.cell.to_string(), fact.text.clone(), stored)),
                _ => None,
            })
            .collect();
        let yuan = Decimal::from(2_080_000);
        let expected: Vec<_> = ["C5", "D5", "E5", "C6", "D6", "E6"]
            .map(|cell| (cell.to_owned(), "208.0000".to_owned(), yuan))
            .to_vec();
        assert_eq!(stored, expected, "{format}");
    }
}

#[test]
fn formats_show_amounts_as_a_person_sees_them() {
    for (code, stored, shown) in [
        ("0!.0000", "2080000", "208.0000"),
        ("0!.0,", "2080000", "208.0"),
        ("#,##0,", "2080000", "2,080"),
        ("0.00,,", "2080000", "2.08"),
        ("[>=10000]0!.0,\"万\";0\"元\"", "2080000", "208.0万"),
        ("[>=10000]0!.0,\"万\";0\"元\"", "980", "980元"),
        ("0\"元\"", "2080000", "2080000元"),
        ("0\"%\"", "95", "95%"),
        ("0\\%", "95", "95%"),
    ] {
        let seen = NumberFormat::parse(code).number(stored.parse().unwrap(), Epoch::Year1900);
        assert_eq!((seen.text.as_str(), seen.unsure), (shown, false), "{code}");
    }
}

#[test]
fn a_normalized_workbook_has_the_converted_amounts_in_the_forms_unit() {
    let amounts = [
        (208, Way::Text(MoneyUnit::Yuan)),
        (209, Way::Plain),
        (210, Way::Literal(MoneyUnit::ThousandYuan)),
        (211, Way::MovedToWan),
        (212, Way::Text(MoneyUnit::HundredMillionYuan)),
        (213, Way::Conditional),
    ];
    for unit in UNITS {
        let sheet = form(unit, &amounts).unwrap();
        let standard = hebiao::standard::Standard::ministry();
        let report = hebiao::check_bytes("表.xlsx", &bytes(&sheet, "xlsx"), standard).report;
        let written = hebiao::write::normalized_workbook(&report).unwrap();
        let workbook = read_workbook(&written, Some("表.xlsx"), &Limits::default()).unwrap();
        let table = hebiao::layout::read_tables(&workbook).tables.remove(0);
        let plain = amounts.map(|(wan, _)| (wan, Way::Plain));
        assert_amounts(&table, unit, &plain, unit.title());
    }
}
