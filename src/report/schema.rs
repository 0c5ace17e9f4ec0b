//! The JSON Schema (draft 2020-12) of a report, generated from its types.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{Schema, json_schema};
use serde_json::Value;

use super::{Report, SCHEMA_VERSION};

/// The schema of what `check --format json` prints. `report.schema.json` beside this file is its text.
pub fn schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Report>();
    RecursiveTransform(decimal_as_number).transform(&mut schema);
    schema.insert(
        "title".to_owned(),
        Value::from(format!("hebiao report, version {SCHEMA_VERSION}")),
    );
    schema.to_value()
}

/// schemars describes a Decimal as a text or number with a pattern, as serde reads it; a report only ever writes a number.
fn decimal_as_number(schema: &mut Schema) {
    if let Some(definition) = schema
        .get_mut("$defs")
        .and_then(|definitions| definitions.get_mut("Decimal"))
    {
        *definition = json_schema!({
            "description": "An amount, weight, score or rate, printed exactly as the decimal it is.",
            "type": "number"
        })
        .to_value();
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
        let text = schema().to_string();
        assert!(!text.contains(r#"["string","number"]"#), "{text}");
        assert_eq!(schema().pointer("/$defs/Decimal/type"), Some(&Value::from("number")));
    }
}
