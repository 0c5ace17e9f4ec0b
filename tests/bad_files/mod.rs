//! Bad files with what must become of each: made by code, so that each shows what is wrong with it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod binary_book;
mod changed;
mod compound;
mod cut;
mod encrypted;
mod foreign;
mod full;
pub mod good;
mod markup;
mod misnamed;
mod ods;
mod text;
pub mod verdict;
mod xls;
mod xlsb;
mod xlsx;
mod zip_bytes;
mod zips;

/// One file, made when it is needed.
pub struct BadFile {
    pub name: String,
    pub build: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
    pub expected: Expected,
}

/// What must become of a file.
#[derive(Debug, Clone)]
pub enum Expected {
    /// `unreadable`, with this code; the sentence contains these words.
    Refused { code: &'static str, says: &'static str },
    /// `unrecognized`: read, but no evaluation table in it. What is said besides contains these words, one by one.
    NoTable { losses: Vec<&'static str> },
    /// The good table is in it and read whole. What is said besides contains these words, one by one.
    Whole { losses: Vec<&'static str> },
    /// Read, with or without a table, and this much said besides: so many, the last of which contains these words.
    Many { losses: usize, last: &'static str },
    /// Some of the good table is in it and read; the same of what is said besides.
    Part { losses: Vec<&'static str> },
    /// What is left decides: refused for a reason that fits, or read.
    Answered,
}

pub fn refused(code: &'static str, says: &'static str) -> Expected {
    Expected::Refused { code, says }
}

pub fn damaged(says: &'static str) -> Expected {
    refused("damaged", says)
}

pub fn beyond(says: &'static str) -> Expected {
    refused("limit_exceeded", says)
}

pub fn whole(losses: &[&'static str]) -> Expected {
    Expected::Whole {
        losses: losses.to_vec(),
    }
}

pub fn part(losses: &[&'static str]) -> Expected {
    Expected::Part {
        losses: losses.to_vec(),
    }
}

pub fn no_table(losses: &[&'static str]) -> Expected {
    Expected::NoTable {
        losses: losses.to_vec(),
    }
}

pub fn bad(name: &str, expected: Expected, build: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> BadFile {
    BadFile {
        name: name.to_owned(),
        build: Box::new(build),
        expected,
    }
}

/// All of them, kind by kind.
pub fn all() -> Vec<BadFile> {
    let kinds = [
        foreign::files(),
        misnamed::files(),
        encrypted::files(),
        zips::files(),
        xlsx::files(),
        xls::files(),
        xlsb::files(),
        ods::files(),
        markup::files(),
        text::files(),
        full::files(),
        cut::files(),
        changed::files(),
    ];
    kinds.into_iter().flatten().collect()
}
