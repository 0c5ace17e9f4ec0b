//! Writers: one output a file. They know reports, not rules.
