//! The committed samples are what their maker makes.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The parts of a workbook by name; unlike the archive's bytes they do not depend on the compressor.
fn parts(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn samples_are_up_to_date() {
    for (path, table) in [
        (common::SEED, common::department::table()),
        (common::CLEAN, common::ministry::table()),
    ] {
        let committed = std::fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let made = table.to_xlsx().unwrap();
        assert_eq!(
            parts(committed),
            parts(made),
            "{path}: renew it with cargo run --example make_samples"
        );
    }
}
