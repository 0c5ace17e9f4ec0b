//! The annotated copy of a report: the input is the parts of `containers::REPORT`, then bytes that say what is quoted.
#![no_main]

use hebiao::grid::TextBlock;
use hebiao::read::read_workbook;
use hebiao::write::{WriteError, annotated_report};
use hebiao_fuzz::containers::{REPORT, package};
use hebiao_fuzz::{documents, limits, parts};
use libfuzzer_sys::fuzz_target;

fn paragraphs(file: &[u8]) -> Option<Vec<String>> {
    let workbook = read_workbook(file, None, &limits()).ok()?;
    let paragraphs = workbook.text.into_iter().filter_map(|block| match block {
        TextBlock::Paragraph(text) => Some(text),
        _ => None,
    });
    Some(paragraphs.collect())
}

fuzz_target!(|data: &[u8]| {
    let parts = parts(data);
    let Some(file) = package(&REPORT, &parts) else { return };
    // Whatever it is, taking our comments out of it ends in a document or a sentence.
    let cleaned = annotated_report(&file, &[]);
    if let Err(error) = &cleaned {
        assert!(!error.to_string().is_empty());
    }
    let Some(read) = paragraphs(&file) else { return };
    let choice = parts
        .get(REPORT.given.len())
        .copied()
        .unwrap_or(b"\0\xff\x40\x80\x10\x20");
    let findings = documents::quotes(&read, choice);
    if findings.is_empty() {
        return;
    }
    match annotated_report(&file, &findings) {
        Ok(copy) => {
            assert_eq!(paragraphs(&copy).as_ref(), Some(&read), "the text as read");
            assert_eq!(
                annotated_report(&copy, &findings).expect("a copy"),
                copy,
                "a second round"
            );
            let cleaned = documents::main_part(&cleaned.expect("what can be marked can be cleaned"));
            let again = annotated_report(&copy, &[]).expect("a copy can be cleaned");
            assert_eq!(documents::main_part(&again), cleaned, "the way back");
        }
        Err(WriteError::OtherFile) => panic!("paragraphs are counted otherwise"),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
