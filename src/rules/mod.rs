//! The rules: one a file, each with its page. They look at one table and know no output.
