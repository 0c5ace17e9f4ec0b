//! hebiao (核表): reads, rescores and checks Chinese budget performance evaluation tables.

pub mod grid;
pub mod layout;
pub mod model;
pub mod read;
pub mod report;
pub mod rescore;
pub mod rules;
pub mod standard;
pub mod write;
