//! Days of the calendar in TOML: `"2026-12-31"` or `2026-12-31`.

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error};

/// Reads the day of a key that is there.
pub(super) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        toml::Value::Datetime(date) => date.to_string(),
        _ => return Err(D::Error::custom("not a date")),
    };
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .map(Some)
        .map_err(|_| D::Error::custom("not a date"))
}
