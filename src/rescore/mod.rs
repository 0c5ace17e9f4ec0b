//! What each score should be: a value, a band, or "manual", each with its trace. It knows no severities.

pub(crate) mod assess;
pub(crate) mod assumed_direction;
mod deadline;
pub(crate) mod direction;
mod drift;
mod execution;
mod figure_dates;
mod inverse;
mod named_rate;
mod points;
mod quality;
mod quantity;
mod satisfaction;
mod table;

pub(crate) use assess::{Assessment, assess_all};
pub(crate) use assumed_direction::{AssumedDirection, assumed_directions};
pub(crate) use direction::{Direction, DirectionSource};
pub(crate) use drift::is_times;
pub(crate) use execution::{fits as execution_score_fits, points_for_rate};
pub use table::rescore;
pub(crate) use table::rescore_assessed;
