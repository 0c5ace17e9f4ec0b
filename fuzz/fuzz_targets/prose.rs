//! A report's prose, from lines of text to claims, rules and the annotated document, against the sample's table.
#![no_main]

use std::sync::LazyLock;

use hebiao::grid::TextBlock;
use hebiao::prose::ReportText;
use hebiao::read::{Limits, read_workbook};
use hebiao::standard::Standard;
use hebiao::write::{QuotedFinding, annotated_report};
use hebiao::{CheckOptions, Reports, check_workbook};
use hebiao_fuzz::documents::of_lines;
use libfuzzer_sys::fuzz_target;

static TABLE: LazyLock<hebiao::grid::Workbook> = LazyLock::new(|| {
    let bytes = include_bytes!("../../samples/部门评价表-信丰.xlsx");
    read_workbook(bytes, None, &Limits::default()).expect("the sample is read")
});

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let lines: Vec<&str> = text.lines().collect();
    let blocks: Vec<TextBlock> = lines
        .iter()
        .map(|line| TextBlock::Paragraph((*line).to_owned()))
        .collect();
    let reports = [ReportText::new("报告.docx", &blocks)];
    let mut options = CheckOptions::new(Standard::ministry());
    options.reports = Reports::Named(&reports);
    let report = check_workbook("表.xlsx", TABLE.clone(), &options).report;
    let findings = QuotedFinding::of(&report);
    for finding in &findings {
        let quote = finding.finding.quote.as_ref().expect("it has a quote");
        let paragraph = lines.get(quote.paragraph - 1).expect("the paragraph is there");
        let [first, last] = quote.range;
        assert!(first <= last && last <= paragraph.chars().count());
        assert!(!finding.finding.message.is_empty());
    }
    // XML has no place for control characters.
    if findings.is_empty() || text.contains(|c: char| (c < ' ' && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}')) {
        return;
    }
    let document = of_lines(&lines).expect("a document");
    let copy = annotated_report(&document, &findings).expect("every quote has its place");
    assert_eq!(annotated_report(&copy, &findings).expect("a copy"), copy);
});
