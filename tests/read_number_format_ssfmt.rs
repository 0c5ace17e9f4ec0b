//! Shown text against ssfmt, a port of SheetJS's renderer, over the formats and values of LibreOffice's table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use hebiao::internals::number_format::{Epoch, NumberFormat};
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

/// Whether a case is one of a known difference.
type IsMet = fn(&Case) -> bool;

/// The digits of a text as one number.
fn digits(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Why we differ, and in which cases. LibreOffice is on our side in each but `!`, 上午 and some of General, rounding and
/// DBNum, for which `number_format/differences.tsv` has the reasons.
const DIFFERENCES: &[(&str, IsMet)] = &[
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
    ("ssfmt takes an empty section for a missing one", |case| {
        case.code.contains(";;") || case.code.ends_with(';')
    }),
    (
        "ssfmt drops what stands beside @ in a text, and shows a number there with a digit less",
        |case| case.code.contains('@') && (case.number().is_none() || !case.code.contains('0')),
    ),
    (
        "ssfmt takes the percentage of the binary number, which ends in other digits",
        |case| {
            case.code.contains('%')
                && case
                    .number()
                    .is_some_and(|number| number.abs() > Decimal::from(1_000_000_000))
        },
    ),
    ("ssfmt knows no 上午/下午", |case| case.code.contains("上午/下午")),
    (
        "ssfmt rounds to the second before it cuts to the minute; LibreOffice only cuts",
        |case| case.code.contains("mm") && !case.code.contains("mmm") && case.ours.contains([':', '时']),
    ),
    ("ssfmt drops the spaces of `??` in a section without digits", |case| {
        case.value == "0" && case.code.contains(r#""-"??"#)
    }),
    ("ssfmt spells no Chinese numerals", |case| case.code.contains("[DBNum")),
    ("ssfmt knows no Chinese day of the week", |case| {
        case.code.contains("aaaa")
    }),
    (
        "ssfmt puts General in front of what stands before it, and drops the number behind a minus",
        |case| case.code.contains("General") && case.code != "General",
    ),
    (
        "an exclamation mark makes the next character a literal in Excel and WPS, not in ssfmt",
        |case| case.code.contains('!'),
    ),
    ("ssfmt pads the exponent of zero and rounds up to ten", |case| {
        case.code.contains("E+") || case.code.contains("E-")
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

/// Numbers of up to 13 digits, the same ones each time.
fn further_numbers() -> impl Iterator<Item = String> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = move |end: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % end
    };
    (0..400).map(move |_| {
        let size = 1 + next(13) as u32;
        let digits = next(10_u64.pow(size)) as i64;
        let sign = if next(3) == 0 { -1 } else { 1 };
        Decimal::new(sign * digits, next(7) as u32).normalize().to_string()
    })
}

#[test]
fn shown_text_agrees_with_ssfmt_but_for_its_known_defects() {
    let mut lines = TABLE.lines();
    let named = lines.next().unwrap().split('\t').skip(1).map(str::to_owned);
    let values: Vec<String> = named.chain(further_numbers()).collect();
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
    assert!(agreed > 50_000, "{agreed}");
    let unmet: Vec<&str> = DIFFERENCES
        .iter()
        .map(|(why, _)| *why)
        .filter(|why| !met.contains(why))
        .collect();
    assert_eq!(unmet, Vec::<&str>::new(), "listed differences that are none");
}
