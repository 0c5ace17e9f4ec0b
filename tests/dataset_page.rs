//! The dataset's written description.

/// To renew it, write what `hebiao::dataset::description()` gives into the file.
#[test]
fn the_page_beside_the_code_describes_the_columns_that_are_written() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/dataset/DATASET.md");
    let page = std::fs::read_to_string(path).unwrap_or_default();
    let due = hebiao::dataset::description();
    assert!(page == due, "src/dataset/DATASET.md should be:\n{due}");
}
