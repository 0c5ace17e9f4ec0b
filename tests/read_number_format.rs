//! Shown text against LibreOffice, over the table that `examples/number_format_table.rs` makes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;

use hebiao::internals::number_format::{Epoch, NumberFormat, Shown};

const TABLE: &str = include_str!("number_format/libreoffice.tsv");
/// After a heading: format, value, what we show (`?` in front when unsure), why.
const DIFFERENCES: &str = include_str!("number_format/differences.tsv");

fn show(code: &str, value: &str) -> Shown {
    let format = NumberFormat::parse(code);
    match value.parse() {
        Ok(number) => format.number(number, Epoch::Year1900),
        Err(_) => format.text(value),
    }
}

#[test]
fn shown_text_agrees_with_libreoffice_but_for_the_listed_differences() {
    let mut listed: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for line in DIFFERENCES.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [code, value, ours, why] = fields[..] else {
            panic!("four fields: {line}")
        };
        assert!(!why.is_empty(), "{line}");
        listed.insert((code, value), ours);
    }
    let mut lines = TABLE.lines();
    let values: Vec<&str> = lines.next().unwrap().split('\t').skip(1).collect();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for line in lines {
        let (code, expected) = line.split_once('\t').unwrap();
        for (value, theirs) in values.iter().zip(expected.split('\t')) {
            let shown = show(code, value);
            let ours = if shown.unsure {
                format!("?{}", shown.text)
            } else {
                shown.text
            };
            // LibreOffice counts 1899-12-30 as day 0 and shows dates before it and after 9999; Excel does neither.
            if let Ok(serial) = value.parse::<f64>()
                && NumberFormat::parse(code).is_date()
            {
                let shows_time_only = code.contains(['h', 's']) && !code.contains('y');
                let first = if shows_time_only { 0.0 } else { 61.0 };
                if !(first..2_958_466.0).contains(&serial) {
                    continue;
                }
            }
            compared += 1;
            let agreed = listed.remove(&(code, *value)).unwrap_or(theirs);
            if ours != agreed || (agreed != theirs && ours == theirs) {
                wrong.push(format!("{code}\t{value}\t{ours}\tLibreOffice: {theirs}"));
            }
        }
    }
    assert!(compared > 2000);
    assert_eq!(wrong, Vec::<String>::new(), "\n{}", wrong.join("\n"));
    assert_eq!(listed, BTreeMap::new(), "listed differences that are none");
}

/// Format, value, shown. What LibreOffice cannot vouch for: Excel's own ways, dates before March 1900, Chinese formats.
const CASES: &[(&str, &str, &str)] = &[
    ("G/通用格式", "0.3", "0.3"),
    ("G/通用格式\"元\"", "12.5", "12.5元"),
    ("general", "1234567890123", "1.23457E+12"),
    ("yyyy/m/d", "0", "1900/1/0"),
    ("yyyy/m/d", "1", "1900/1/1"),
    ("yyyy/m/d", "60", "1900/2/29"),
    ("yyyy/m/d", "61", "1900/3/1"),
    ("yyyy/m/d", "2958465.99", "9999/12/31"),
    ("YYYY-MM-DD HH:MM", "45351.354", "2024-02-29 08:29"),
    ("h:mm", "0.333333333333333", "8:00"),
    ("h:mm:ss", "0.999999", "0:00:00"),
    ("yyyy/m/d h:mm:ss", "45351.999999", "2024/3/1 0:00:00"),
    ("上午/下午h\"时\"mm\"分\"", "0.75", "下午6时00分"),
    ("[$-804]h:mm AM/PM", "0.25", "6:00 上午"),
    ("aaaa", "45351", "星期四"),
    ("aaa", "45351", "四"),
    ("[$-804]dddd", "45351", "星期四"),
    ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45351", "2024年2月29日"),
    ("[$-F400]h:mm:ss\\ AM/PM", "0.75", "18:00:00"),
    ("[DBNum1][$-804]yyyy\"年\"m\"月\"", "45627", "二〇二四年十二月"),
    (
        "[DBNum2][$-804]yyyy\"年\"m\"月\"d\"日\"",
        "45646",
        "贰零贰肆年壹拾贰月贰拾日",
    ),
    ("[DBNum1]", "123", "一百二十三"),
    ("[DBNum2]0.00", "12.5", "壹贰.伍零"),
    ("[DBNum2][$-804]G/通用格式\"元整\"", "100050000", "壹亿零伍万元整"),
    ("yyyy年m月d日;@", "45351", "2024年2月29日"),
    ("[$-409]yyyy/m/d\\ h:mm\\ AM/PM;@", "45351.5", "2024/2/29 12:00 PM"),
    ("0!.0,\"万\"", "45351", "4.5万"),
    ("#!.0000,,\"万元\"", "1", ".0000万元"),
    ("0.00_ ;[Red]\\-0.00\\ ", "-2.5", "-2.50 "),
    ("0.00_);[Red]\\(0.00\\)", "-2.5", "(2.50)"),
    ("0.00%", "1.00005", "100.01%"),
    ("0%", "0.005", "1%"),
    ("0", "-0.4", "0"),
    ("0.0", "2.25", "2.3"),
    ("0", "79228162514264337593543950335", "79228162514264337593543950335"),
    ("0.00E+00", "0.000123456", "1.23E-04"),
    ("##0.0E+0", "123456", "123.5E+3"),
    ("[h]:mm", "1.5", "36:00"),
    ("0;-0;;@", "基本完成", "基本完成"),
    (";;;", "隐藏", ""),
    ("0.00;-0.00;\"\";\"《\"@\"》\"", "书名", "《书名》"),
    ("0", "文字", "文字"),
];

#[test]
fn excels_own_ways_are_followed() {
    for (code, value, expected) in CASES {
        assert_eq!(
            show(code, value),
            Shown::sure((*expected).to_owned()),
            "{code} of {value}"
        );
    }
}

#[test]
fn what_is_not_understood_is_unsure_and_shows_the_plain_value() {
    let codes = [
        "# ?/?",
        "# ??/16",
        "[DBNum3]0",
        "[NatNum5]0",
        "ggge\"年\"",
        "bbbb",
        "0m",
        "0 abc",
        "General0",
        "[$-130000]0",
        "[$-411]mmmm",
        "[$-804]mmm",
        "A/P h",
        "0.0.0",
        "0;0;0;0;0",
        "[>5]0",
        "[unclosed",
    ];
    for code in codes {
        assert_eq!(
            show(code, "2.5"),
            Shown {
                text: "2.5".to_owned(),
                unsure: true
            },
            "{code}"
        );
    }
    assert_eq!(
        show("yyyy/m/d", "-1"),
        Shown {
            text: "-1".to_owned(),
            unsure: true
        }
    );
    assert!(show("0%", "79228162514264337593543950335").unsure);
}

#[test]
fn the_epoch_of_1904_shifts_dates_only() {
    let date = NumberFormat::parse("yyyy/m/d");
    assert_eq!(date.number("0".parse().unwrap(), Epoch::Year1904).text, "1904/1/1");
    assert_eq!(
        NumberFormat::parse("0")
            .number("1".parse().unwrap(), Epoch::Year1904)
            .text,
        "1"
    );
}

#[test]
fn every_built_in_format_is_compared_with_libreoffice() {
    let mut count = 0;
    for id in 0..200 {
        if let Some(code) = hebiao::internals::number_format::builtin_code(id) {
            assert!(
                TABLE.lines().any(|line| line.split('\t').next() == Some(code)),
                "{id}: {code}"
            );
            count += 1;
        }
    }
    assert_eq!(count, 59);
}

#[test]
fn the_east_asian_built_in_formats_are_those_of_mainland_china() {
    let shown = |id| {
        let code = hebiao::internals::number_format::builtin_code(id).unwrap();
        show(code, "45351.520833333333333")
    };
    let expected = [
        ("2024年2月", [27, 36, 50, 52, 57].as_slice()),
        ("2月29日", &[28, 29, 51, 53, 54, 58]),
        ("2-29-24", &[30]),
        ("2024年2月29日", &[31]),
        ("12时30分", &[32]),
        ("12时30分00秒", &[33]),
        ("下午12时30分", &[34, 55]),
        ("下午12时30分00秒", &[35, 56]),
    ];
    for (text, ids) in expected {
        for id in ids {
            assert_eq!(shown(*id), Shown::sure(text.to_owned()), "{id}");
        }
    }
}

#[test]
fn built_in_formats_speak_chinese() {
    let cases = [
        (9, "0.95", "95%"),
        (14, "45351", "2024/2/29"),
        (31, "45351", "2024年2月29日"),
        (57, "45351", "2024年2月"),
        (55, "0.5", "下午12时00分"),
        (7, "-1234.5", "¥-1,234.50"),
        (39, "-1234.5", "-1,234.50"),
        (43, "1234.5", " 1,234.50 "),
        (44, "0", " ¥-   "),
        (49, "12", "12"),
    ];
    for (id, value, expected) in cases {
        let code = hebiao::internals::number_format::builtin_code(id).unwrap();
        assert_eq!(show(code, value).text, expected, "{id}");
    }
}
