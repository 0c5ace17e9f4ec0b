//! Standards: what a region's regulation fixes in a given year, as data with its clauses.
