//! The order in which rules run.

/// When a rule runs. A later stage may ask what an earlier one has condemned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Whether the form was filled in at all.
    Form,
    /// Cells that could not be read as what they should be (family R, A14).
    Reading,
    /// Values that are missing or no value of their kind.
    MissingValues,
    /// Amounts and rates of the fund block.
    Funds,
    /// Weights against the levels that declare them.
    LevelWeights,
    /// Weights against the printed total and the full mark.
    WeightTotals,
    /// Scores whose error has a name of its own.
    NamedSlips,
    /// Scores against their own row.
    RowScores,
    /// Reasons for the deductions that stand.
    Reasons,
    /// Printed 小计.
    Subtotals,
    /// The printed total score.
    TotalScore,
    /// The grade.
    Grade,
    /// A report's prose against the table, after all that the table says itself.
    ReportText,
    /// What no rule can decide: entries for a person, after all findings.
    Review,
}
