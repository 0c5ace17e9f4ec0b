//! What each score should be: a value, a band, or "manual", each with its trace. It knows no severities.

mod assess;
mod assumed_direction;
mod deadline;
mod direction;
mod execution;
mod inverse;
mod named_rate;
mod points;
mod quality;
mod quantity;
mod satisfaction;
mod table;

pub use assess::{Assessment, Expected, Figures, assess, assess_all};
pub use assumed_direction::{AssumedDirection, assumed_directions};
pub use direction::{Direction, DirectionSource};
pub use execution::{fits as execution_score_fits, points_for_rate};
pub use table::{rescore, rescore_assessed};
