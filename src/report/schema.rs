//! The JSON Schema (draft 2020-12) of a report, generated from its types.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::{Report, SCHEMA_VERSION};

/// Returns the schema of what `check --format json` prints. `report.schema.json` beside this file is its text.
pub fn schema() -> Value {
    schema_of::<Report>("report")
}

/// Returns the schema of a type that is printed as a document of its own.
pub(crate) fn schema_of<T: JsonSchema>(name: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>();
    RecursiveTransform(decimal_as_number).transform(&mut schema);
    schema.insert(
        "title".to_owned(),
        Value::from(format!("hebiao {name}, version {SCHEMA_VERSION}")),
    );
    schema.to_value()
}

/// What schemars gives a Decimal: a text of this pattern, as serde may also read one.
const DECIMAL_PATTERN: &str = r"^-?\d+(\.\d+)?$";

/// A report only ever writes a Decimal as a number.
fn decimal_as_number(schema: &mut Schema) {
    if schema.get("pattern").and_then(Value::as_str) != Some(DECIMAL_PATTERN) {
        return;
    }
    schema.remove("pattern");
    let as_number = |name: &mut Value| {
        if name == "string" {
            *name = Value::from("number");
        }
    };
    match schema.get_mut("type") {
        Some(Value::Array(names)) => names.iter_mut().for_each(as_number),
        Some(name) => as_number(name),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_committed_schema_is_the_generated_one() {
        let committed: Value = serde_json::from_str(include_str!("report.schema.json")).unwrap();
        assert_eq!(
            committed,
            schema(),
            "renew it: hebiao schema report > src/report/report.schema.json"
        );
    }

    #[test]
    fn decimals_are_numbers_and_nothing_else() {
        let schema = schema();
        let kind = |path: &str| schema.pointer(path).cloned();
        assert_eq!(
            kind("/$defs/Field_Decimal/properties/value/type"),
            Some(Value::from("number"))
        );
        assert_eq!(
            kind("/$defs/Rescoring/properties/declared_total/type"),
            Some(Value::from(vec!["number", "null"]))
        );
        assert!(!schema.to_string().contains(r"\\d+(\\.\\d+)?"), "{schema}");
    }
}
