//! Shown text against ssfmt, a port of SheetJS's renderer, over the formats and values of LibreOffice's table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use hebiao::read::number_format::{Epoch, NumberFormat};
use rust_decimal::Decimal;

const TABLE: &str = include_str!("number_format/libreoffice.tsv");

/// One value in one format, by both renderers.
struct Case<'a> {
    code: &'a str,
    value: &'a str,
    ours: &'a str,
    theirs: &'a str,
}

impl Case<'_> {
    fn number(&self) -> Option<Decimal> {
        self.value.parse().ok()
    }

    fn is_negative(&self) -> bool {
        self.number().is_some_and(|number| number < Decimal::ZERO)
    }
}

/// The digits of a text as one number.
fn digits(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Why we differ, and in which cases. LibreOffice is on our side in each but `!`, 上午 and some of General, rounding and
/// DBNum, for which `number_format/differences.tsv` has the reasons.
const DIFFERENCES: &[(&str, fn(&Case) -> bool)] = &[
    (
        "ssfmt rounds the binary number (1.005 is 1.00499…) or cuts after scaling by thousands; Excel rounds the decimal",
        |case| {
            let both = digits(case.ours).zip(digits(case.theirs));
            case.value == "1.005" || both.is_some_and(|(ours, theirs)| ours == theirs + 1)
        },
    ),
    (
        "ssfmt keeps the minus of a number that is shown as zero; Excel leaves it out where the section writes no minus of its own",
        |case| case.is_negative() && case.theirs.strip_prefix('-') == Some(case.ours),
    ),
    ("ssfmt pads spaces before the minus of zero", |case| {
        case.is_negative() && case.code.starts_with('?') && case.theirs.replacen('-', "", 1) == case.ours
    }),
    ("ssfmt takes an empty section for a missing one", |case| {
        case.code.contains(";;") || case.code.ends_with(';')
    }),
    ("ssfmt drops what stands beside @ in a text", |case| {
        case.number().is_none() && case.code.contains('@')
    }),
    ("ssfmt drops the spaces of `??` in a section without digits", |case| {
        case.value == "0" && case.code.contains(r#""-"??"#)
    }),
    ("ssfmt spells no Chinese numerals", |case| case.code.contains("[DBNum")),
    ("ssfmt knows no Chinese day of the week", |case| {
        case.code.contains("aaaa")
    }),
    ("ssfmt knows no 上午/下午", |case| case.code.contains("上午/下午")),
    (
        "ssfmt puts General in front of what stands before it, and drops the number behind a minus",
        |case| case.code.contains("General"),
    ),
    (
        "an exclamation mark makes the next character a literal in Excel and WPS, not in ssfmt",
        |case| case.code.contains('!'),
    ),
    ("ssfmt pads the exponent of zero and rounds up to ten", |case| {
        case.code.contains("E+")
    }),
    (
        "ssfmt drops the minus under a condition that other numbers meet too",
        |case| case.is_negative() && case.code.starts_with("[<") && case.ours.strip_prefix('-') == Some(case.theirs),
    ),
];

fn ssfmt_shows(code: &str, value: &str) -> Option<String> {
    let options = ssfmt::FormatOptions::default();
    let format = ssfmt::NumberFormat::parse(code).ok()?;
    // It is known to panic on some codes.
    catch_unwind(|| match value.parse::<f64>() {
        Ok(number) => format.format(number, &options),
        Err(_) => format.format_text(value, &options),
    })
    .ok()
}

#[test]
fn shown_text_agrees_with_ssfmt_but_for_its_known_defects() {
    let mut lines = TABLE.lines();
    let values: Vec<&str> = lines.next().unwrap().split('\t').skip(1).collect();
    let (mut agreed, mut wrong, mut met) = (0, Vec::new(), BTreeSet::new());
    for code in lines.map(|line| line.split('\t').next().unwrap()) {
        let format = NumberFormat::parse(code);
        for value in &values {
            let shown = match value.parse() {
                Ok(number) => format.number(number, Epoch::Year1900),
                Err(_) => format.text(value),
            };
            if shown.unsure {
                continue;
            }
            let theirs = ssfmt_shows(code, value).unwrap_or_else(|| "no answer".to_owned());
            let case = Case {
                code,
                value,
                ours: &shown.text,
                theirs: &theirs,
            };
            if case.ours == case.theirs {
                agreed += 1;
            } else if let Some((why, _)) = DIFFERENCES.iter().find(|(_, is_met)| is_met(&case)) {
                met.insert(*why);
            } else {
                wrong.push(format!("{code}\t{value}\t{}\tssfmt: {theirs}", case.ours));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "\n{}", wrong.join("\n"));
    assert!(agreed > 2700, "{agreed}");
    let unmet: Vec<&str> = DIFFERENCES
        .iter()
        .map(|(why, _)| *why)
        .filter(|why| !met.contains(why))
        .collect();
    assert_eq!(unmet, Vec::<&str>::new(), "listed differences that are none");
}
