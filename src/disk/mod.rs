//! Records on disk: what there is one of for each table, file or finding waits in a temporary file that the system
//! removes, so that memory does not grow with their number. [`DiskVec`] keeps an order and gives any record back,
//! [`Sorter`] brings records of any number into order. It knows nothing of what the records say.

mod disk_vec;
pub(crate) mod exact;
mod merged;
mod one_by_one;
mod records;
mod scratch;
mod sort;
mod store;

pub(crate) use disk_vec::DiskReader;
pub use disk_vec::DiskVec;
pub(crate) use exact::Exact;
pub(crate) use merged::{Merged, Position};
pub(crate) use one_by_one::OneByOne;
pub(crate) use scratch::{Scratch, scratch};
pub(crate) use sort::{Record, Sorted, Sorter};
pub use store::Stored;
pub(crate) use store::{Place, Store, StoreReader, of_record, record, stored};
