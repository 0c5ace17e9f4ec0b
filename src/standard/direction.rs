//! Words that tell whether more or less is better, as a standard lists them.

use serde::Deserialize;

use crate::text::words::WordList;

/// Words in an indicator's name that tell its direction where no sign does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DirectionWords {
    /// Less is better.
    pub inverse: WordList,
    /// Less is better, for values that are durations.
    pub inverse_time: WordList,
    /// Words that leave the direction of a duration open: it is to last, or to become shorter.
    #[serde(default)]
    pub lasting: WordList,
    /// Words that leave the direction open when they stand beside an inverse one.
    pub positive: WordList,
    /// Words that leave the direction open behind an inverse one, or as the first of the name: what is done about it.
    #[serde(default)]
    pub answer: WordList,
    /// More is better, where no inverse word stands; without any, nothing is held against a target that was not
    /// reached.
    #[serde(default)]
    pub wanted: WordList,
    /// Words beside which no word of `wanted` tells, unless something is done about it.
    #[serde(default)]
    pub doubtful: WordList,
}
