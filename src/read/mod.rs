//! Readers: from bytes to a `Workbook`, format by content, within absolute limits.
