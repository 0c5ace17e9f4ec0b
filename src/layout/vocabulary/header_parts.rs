//! Classes of the words that headers of the indicator block are put together from, and sets of them.

/// Classes of the words that headers of the indicator block are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Indicator,
    Plain,
    Thing,
    Planned,
    Goal,
    GoalValue,
    Adjusted,
    Actual,
    Done,
    SelfRated,
    Reviewer,
    OtherParty,
    Judged,
    Final,
    Converted,
    Turning,
    Deviation,
    Deduction,
    Value,
    Content,
    State,
    FullPoints,
    Earned,
    Points,
    Rate,
    Share,
    Basis,
    Remark,
    Analysis,
    Reason,
    Measure,
    Unit,
    Sign,
    Level1,
    Level2,
    Level3,
    Level4,
    Name,
    Join,
}

impl Part {
    /// Returns the class of this name in the vocabulary.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "indicator" => Self::Indicator,
            "plain" => Self::Plain,
            "thing" => Self::Thing,
            "planned" => Self::Planned,
            "goal" => Self::Goal,
            "goal_value" => Self::GoalValue,
            "adjusted" => Self::Adjusted,
            "actual" => Self::Actual,
            "done" => Self::Done,
            "self_rated" => Self::SelfRated,
            "reviewer" => Self::Reviewer,
            "other_party" => Self::OtherParty,
            "judged" => Self::Judged,
            "final" => Self::Final,
            "converted" => Self::Converted,
            "turning" => Self::Turning,
            "deviation" => Self::Deviation,
            "deduction" => Self::Deduction,
            "value" => Self::Value,
            "content" => Self::Content,
            "state" => Self::State,
            "full_points" => Self::FullPoints,
            "earned" => Self::Earned,
            "points" => Self::Points,
            "rate" => Self::Rate,
            "share" => Self::Share,
            "basis" => Self::Basis,
            "remark" => Self::Remark,
            "analysis" => Self::Analysis,
            "reason" => Self::Reason,
            "measure" => Self::Measure,
            "unit" => Self::Unit,
            "sign" => Self::Sign,
            "level1" => Self::Level1,
            "level2" => Self::Level2,
            "level3" => Self::Level3,
            "level4" => Self::Level4,
            "name" => Self::Name,
            "join" => Self::Join,
            _ => return None,
        })
    }
}

/// Classes that a text has, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Set(u64);

impl Set {
    pub(super) const fn of(parts: &[Part]) -> Self {
        let mut bits = 0;
        let mut rest = parts;
        while let [first, others @ ..] = rest {
            bits |= 1 << *first as u64;
            rest = others;
        }
        Self(bits)
    }

    pub(super) const fn with(self, part: Part) -> Self {
        Self(self.0 | 1 << part as u64)
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn has(self, part: Part) -> bool {
        self.0 & (1 << part as u64) != 0
    }

    pub(super) const fn has_any(self, parts: &[Part]) -> bool {
        self.0 & Self::of(parts).0 != 0
    }

    /// Returns whether all that it has are among these.
    pub(super) const fn is_within(self, parts: &[Part]) -> bool {
        self.0 & !Self::of(parts).0 == 0
    }
}
