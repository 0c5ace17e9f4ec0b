//! A report's prose: paragraphs with outline and section, and the claims that a table can be held against.
//!
//! Pure: it reads the text blocks of a document and knows no table, no rule and no file. What a claim is compared
//! with is the business of the rules of family J.

mod claim;
mod exactness;
mod extract;
mod figure;
mod folded;
mod grades;
mod kinds;
mod lead;
mod outline;
mod pairing;
pub(crate) mod part;
mod points;
mod report;
mod section;
mod spelled;
mod standards;
mod unit;

pub use claim::{AmountKind, Claim, ClaimKind, ClaimUnit, ClaimValue, Place, RateKind};
pub(crate) use figure::{Figure, FigureUnit, figures};
pub(crate) use folded::{Folded, is_han};
pub(crate) use outline::UNNUMBERED;
pub(crate) use pairing::{Belonging, Pairing, TableHead, pair};
pub(crate) use part::ReportPart;
pub use report::{Paragraph, ReportText};
pub(crate) use section::{SectionRole, role_of};
