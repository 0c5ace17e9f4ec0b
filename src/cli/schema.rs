//! `hebiao schema`: the JSON Schema of what the program prints.

use super::Stop;
use super::arguments::{Schema, SchemaName};
use super::exit::Outcome;
use super::output::Output;

/// Prints the schema.
pub fn run(arguments: &Schema) -> Result<Outcome, Stop> {
    let schema = match arguments.name {
        SchemaName::Report => hebiao::report::schema(),
        SchemaName::Diff => hebiao::diff::schema(),
        SchemaName::Summary => hebiao::summary::schema(),
    };
    Output::plain().json(&schema)?;
    Ok(Outcome::default())
}
