//! Lengths with their units.

/// Returns a length such as `2.258cm` in points.
pub(super) fn points(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 6] = [
        ("cm", 72.0 / 2.54),
        ("mm", 72.0 / 25.4),
        ("in", 72.0),
        ("pt", 1.0),
        ("pc", 12.0),
        ("px", 0.75),
    ];
    let text = text.trim();
    let (number, unit) = UNITS
        .iter()
        .find_map(|(name, points)| Some((text.strip_suffix(name)?, points)))?;
    let number: f64 = number.trim().parse().ok()?;
    number.is_finite().then_some(number * unit)
}
