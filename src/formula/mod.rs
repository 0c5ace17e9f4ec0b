//! Plain formulas: read, and computed again from the values of their cells.
//!
//! Plain is SUM, AVERAGE, MIN, MAX, PRODUCT, COUNT, ABS, ROUND and its kin, + − × ÷ and %, on figures, cells and
//! ranges of one sheet. Whatever else a formula uses, it is left alone. It knows no table.

mod compute;
mod plain;

pub use compute::Budget;
pub use plain::PlainFormula;
