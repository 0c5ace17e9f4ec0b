//! What a header of the indicator block means by the words that it is put together from.
//!
//! The last word names the thing (值, 得分, 原因 …), those before it say whose and of when. A word that turns the
//! meaning (上年, 预计, 率 …) makes the whole another thing. Two meanings joined by 及 must agree.

use super::header_parts::{Part, Set};
use super::meanings::IndicatorWord;
use super::parts::Lexicon;
use crate::model::IndicatorField;

/// What a part of a header, or the whole, says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A column.
    Word(IndicatorWord),
    /// A value of whatever stands over it: 数值, 数量, 内容.
    Bare,
    /// Only says something of another word: 实际, 自评, 偏差.
    Loose,
    /// Nothing that is known.
    Unknown,
}

const TURNED: Sense = Sense::Word(IndicatorWord::Other);
const EXTRA: Sense = Sense::Word(IndicatorWord::Extra);

const fn column(column: IndicatorField) -> Sense {
    Sense::Word(IndicatorWord::Column(column))
}

const fn perhaps(column: IndicatorField) -> Sense {
    Sense::Word(IndicatorWord::Perhaps(column))
}

/// Returns what a header says; `wording` is a header key, brackets and all.
pub(super) fn header_sense(lexicon: &Lexicon<Part>, wording: &str) -> Sense {
    let Some((before, rest)) = wording.split_once('(') else {
        return match sense(lexicon, wording) {
            Sense::Unknown => self_rated(lexicon, wording),
            known => known,
        };
    };
    let Some((inner, after)) = rest.split_once(')') else {
        return sense(lexicon, &wording.replace('(', ""));
    };
    let after = after.replace(['(', ')'], "");
    if !after.is_empty() {
        // 未完成（偏差）原因: the bracket is one more word, or an aside.
        let whole = sense(lexicon, &format!("{before}{inner}{after}"));
        return if whole == Sense::Unknown {
            outside(lexicon, sense(lexicon, &format!("{before}{after}")), inner)
        } else {
            whole
        };
    }
    let (outer, within) = (sense(lexicon, before), sense(lexicon, inner));
    match (outer, within) {
        (outer, within) if outer == within => outer,
        // 实际完成值（自评）, 得分（复核）: the bracket says whose.
        (_, Sense::Loose) => sense(lexicon, &format!("{inner}{before}")),
        (_, Sense::Unknown) => {
            if lexicon.parts(inner).is_some() {
                match sense(lexicon, &format!("{inner}{before}")) {
                    Sense::Unknown => outside(lexicon, outer, inner),
                    joined => joined,
                }
            } else {
                outside(lexicon, outer, inner)
            }
        }
        // 备注（偏差原因）, 指标（完成值）: the bracket holds the meaning.
        (Sense::Word(IndicatorWord::Perhaps(_) | IndicatorWord::Name) | Sense::Bare | Sense::Loose, Sense::Word(_)) => {
            within
        }
        (Sense::Unknown, Sense::Word(_)) if sense(lexicon, before) == Sense::Unknown => Sense::Unknown,
        (outer @ Sense::Word(_), Sense::Bare) => outer,
        (outer, Sense::Word(IndicatorWord::Column(IndicatorField::MeasureUnit | IndicatorField::Operator))) => outer,
        // 一级指标（分值）: points stand behind the names.
        (
            outer @ Sense::Word(IndicatorWord::Column(
                IndicatorField::Level1 | IndicatorField::Level2 | IndicatorField::Level3,
            )),
            Sense::Word(IndicatorWord::Column(IndicatorField::Weight) | IndicatorWord::Points),
        ) => outer,
        (outer @ Sense::Word(IndicatorWord::Extra), Sense::Word(IndicatorWord::Extra | IndicatorWord::Perhaps(_))) => {
            outer
        }
        (
            outer @ Sense::Word(IndicatorWord::Column(_)),
            Sense::Word(IndicatorWord::Perhaps(IndicatorField::Reason)),
        ) => outer,
        _ => TURNED,
    }
}

/// Returns what a header says that ends with 自评 and its points, whoever it names before: 项目公司自评分.
fn self_rated(lexicon: &Lexicon<Part>, wording: &str) -> Sense {
    /// A party's name in bytes.
    const LONGEST: usize = 18;
    let Some(at) = wording.find("自评").filter(|at| (1..=LONGEST).contains(at)) else {
        return Sense::Unknown;
    };
    let (party, rest) = wording.split_at(at);
    let is_plain = !lexicon.mentions(party, |part| !matches!(part, Part::Thing | Part::Plain | Part::Unit));
    match sense(lexicon, rest) {
        score if is_plain && score == column(IndicatorField::Score) => score,
        _ => Sense::Unknown,
    }
}

/// Returns the meaning of what stands outside a bracket that is not understood: an instruction such as
/// （定量填数字）, unless it speaks of another time or of a forecast.
fn outside(lexicon: &Lexicon<Part>, outer: Sense, inner: &str) -> Sense {
    // Up to the end of the year is the year.
    let is_turned = lexicon.mentions(&inner.replace("12月", ""), |part| {
        matches!(part, Part::Turning | Part::Rate | Part::Reviewer | Part::OtherParty)
    });
    match outer {
        Sense::Word(IndicatorWord::Perhaps(IndicatorField::Reason))
            if lexicon.mentions(inner, |part| part == Part::Reason) =>
        {
            column(IndicatorField::Reason)
        }
        Sense::Word(IndicatorWord::Column(IndicatorField::Reason) | IndicatorWord::Extra) => outer,
        Sense::Word(_) if is_turned => TURNED,
        outer => outer,
    }
}

/// Returns what a text without brackets says: its meanings, joined by 及 and the like, as one.
pub(super) fn sense(lexicon: &Lexicon<Part>, text: &str) -> Sense {
    let Some(parts) = lexicon.parts(text) else {
        return Sense::Unknown;
    };
    let mut found: Option<Sense> = None;
    let mut carried = Set::default();
    let mut set = Set::default();
    let mut last = None;
    for part in parts.iter().map(Some).chain([None]) {
        match part {
            Some(part) if part != Part::Join => {
                set = set.with(part);
                last = Some(part);
            }
            end => {
                let Some(head) = last.take() else {
                    return Sense::Unknown;
                };
                let segment = segment_sense(set.or(carried), head);
                if segment == Sense::Loose && end.is_some() {
                    carried = carried.or(set);
                } else {
                    carried = Set::default();
                    found = Some(found.map_or(segment, |before| joined(before, segment)));
                }
                set = Set::default();
            }
        }
    }
    found.unwrap_or(Sense::Unknown)
}

/// Returns two meanings joined.
fn joined(one: Sense, other: Sense) -> Sense {
    use IndicatorField::{Actual, MeasureUnit, Reason, Target};
    const REASON: Sense = column(Reason);
    const PERHAPS: Sense = perhaps(Reason);
    match (one, other) {
        (one, other) if one == other => one,
        (REASON, PERHAPS) | (PERHAPS, REASON) => REASON,
        (EXTRA, PERHAPS) | (PERHAPS, EXTRA) => EXTRA,
        (value, unit) if unit == column(MeasureUnit) && (value == column(Target) || value == column(Actual)) => value,
        (Sense::Unknown, _) | (_, Sense::Unknown) => Sense::Unknown,
        _ => TURNED,
    }
}

/// Returns what words without a join say; `last` is the last of them.
fn segment_sense(set: Set, last: Part) -> Sense {
    use Part::*;
    if set.has(Turning) {
        return match last {
            Basis => EXTRA,
            _ if set.is_within(&[Turning, Plain, Thing, Indicator]) => Sense::Loose,
            _ => TURNED,
        };
    }
    if set.has_any(&[Level1, Level2, Level3, Level4]) {
        return level_sense(set);
    }
    if set.has_any(&[Reason, Deviation, Deduction, Measure, Analysis, Remark]) {
        return reason_sense(set, last);
    }
    match last {
        Basis => EXTRA,
        Rate => TURNED,
        Share if set.is_within(&[Share, FullPoints, Plain, Indicator]) && set.has(FullPoints) => {
            column(IndicatorField::Weight)
        }
        Share => TURNED,
        Unit => unit_sense(set),
        Sign if set.is_within(&[Sign, Plain, Indicator, Goal, GoalValue, Value]) => column(IndicatorField::Operator),
        Name if set.has(Indicator) && set.is_within(&[Name, Indicator, Plain, Judged]) => {
            Sense::Word(IndicatorWord::Name)
        }
        FullPoints | Earned | Points => points_sense(set, last),
        Value | State | GoalValue | Done | Content | Goal => value_sense(set, last),
        _ => Sense::Loose,
    }
}

fn level_sense(set: Set) -> Sense {
    use Part::*;
    let level = match () {
        () if set.has(Level1) => IndicatorWord::Column(IndicatorField::Level1),
        () if set.has(Level2) => IndicatorWord::Column(IndicatorField::Level2),
        () if set.has(Level3) => IndicatorWord::Column(IndicatorField::Level3),
        () => IndicatorWord::Content,
    };
    if set.is_within(&[Level1, Plain, Indicator, Name, Content, Goal])
        || set.is_within(&[Level2, Plain, Indicator, Name, Content, Goal])
        || set.is_within(&[Level3, Plain, Indicator, Name, Content, Goal])
        || set.is_within(&[Level4, Plain, Indicator, Name, Content, Goal])
    {
        Sense::Word(level)
    } else if set.has(FullPoints) && set.is_within(&[Level1, Level2, Level3, Plain, Indicator, FullPoints]) {
        column(IndicatorField::Weight)
    } else {
        TURNED
    }
}

/// Reasons, measures and remarks.
fn reason_sense(set: Set, last: Part) -> Sense {
    use Part::*;
    let falls_short = set.has_any(&[Deviation, Deduction]);
    if set.has(Reason) {
        // 指标值设置理由, 调整原因: why something was set so.
        let is_of_target = set.has_any(&[Planned, Goal, GoalValue, Adjusted]) && !falls_short && !set.has(Done);
        return if is_of_target {
            EXTRA
        } else {
            column(IndicatorField::Reason)
        };
    }
    if falls_short {
        return match last {
            Remark | Analysis | Measure => column(IndicatorField::Reason),
            State if set.has(Deviation) => perhaps(IndicatorField::Reason),
            State | Basis | Deduction => EXTRA,
            Deviation => Sense::Loose,
            _ => TURNED,
        };
    }
    match last {
        Measure if set.is_within(&[Measure, Plain, State, Remark, Thing, Analysis]) => perhaps(IndicatorField::Reason),
        Remark if set.is_within(&[Remark, Plain]) => perhaps(IndicatorField::Reason),
        Remark if set.has(State) && set.has_any(&[Done, Actual]) && !set.has_any(&[Planned, Reviewer, OtherParty]) => {
            perhaps(IndicatorField::Actual)
        }
        Remark | Analysis | Basis => EXTRA,
        _ => TURNED,
    }
}

fn unit_sense(set: Set) -> Sense {
    use Part::*;
    if set.is_within(&[Unit, Plain, Indicator, Value, Goal, GoalValue, Planned, Sign, Basis]) {
        column(IndicatorField::MeasureUnit)
    } else if set.has_any(&[Done, Actual]) && !set.has_any(&[SelfRated, Reviewer, Judged, OtherParty]) {
        EXTRA
    } else {
        Sense::Unknown
    }
}

/// 分值, 得分 and their kin.
fn points_sense(set: Set, last: Part) -> Sense {
    use IndicatorField::{ReviewScore, Score, Weight};
    use Part::*;
    let is_of_points = set.is_within(&[
        Plain, Indicator, Thing, SelfRated, Reviewer, OtherParty, Final, Actual, Judged, Basis, Converted, Planned,
        Goal, Unit, Adjusted, Done, FullPoints, Earned, Points, Value,
    ]);
    if !is_of_points || (set.has(Reviewer) && set.has(SelfRated)) {
        return TURNED;
    }
    if set.has(OtherParty) {
        return EXTRA;
    }
    match last {
        Earned if set.has_any(&[Planned, Goal, Basis, Adjusted]) => TURNED,
        Earned if set.has_any(&[FullPoints, Converted]) => Sense::Word(IndicatorWord::ConvertedScore),
        Earned if set.has(Reviewer) => column(ReviewScore),
        Earned => column(Score),
        FullPoints if set.has_any(&[Reviewer, Earned, Adjusted, Converted, Final, Done]) => TURNED,
        FullPoints if set.has_any(&[SelfRated, Judged, Actual]) => Sense::Word(IndicatorWord::Points),
        FullPoints => column(Weight),
        _ if set.has_any(&[Planned, Goal, Adjusted, Final, Earned, Value]) => TURNED,
        _ if set.has(Reviewer) => column(ReviewScore),
        _ if set.has(Converted) => Sense::Word(IndicatorWord::ConvertedScore),
        _ if set.has_any(&[SelfRated, Actual]) => column(Score),
        _ if set.has(Basis) => column(Weight),
        _ => Sense::Word(IndicatorWord::Points),
    }
}

/// 指标值, 完成值 and their kin.
fn value_sense(set: Set, last: Part) -> Sense {
    use IndicatorField::{Actual as ActualColumn, Target};
    use Part::*;
    let is_of_value = set.is_within(&[
        Plain, Indicator, Thing, Planned, Goal, GoalValue, Adjusted, Actual, Done, SelfRated, Reviewer, OtherParty,
        Judged, Final, Value, Content, State, Basis, Unit,
    ]);
    if !is_of_value {
        return TURNED;
    }
    let (planned, goal) = (set.has(Planned), set.has_any(&[Goal, GoalValue]));
    if set.has_any(&[Reviewer, OtherParty]) {
        let is_kept = goal || set.has_any(&[Done, Actual, Value]);
        return if is_kept { EXTRA } else { Sense::Unknown };
    }
    let either = Sense::Word(IndicatorWord::PlannedOrDone);
    if set.has(Adjusted) {
        let is_target = goal && !set.has_any(&[Done, Actual]) && matches!(last, Value | GoalValue);
        return if is_target {
            Sense::Word(IndicatorWord::AdjustedTarget)
        } else if last == Value && set.is_within(&[Adjusted, Value, Indicator, Plain]) {
            Sense::Word(IndicatorWord::AdjustedValue)
        } else {
            TURNED
        };
    }
    if set.has(Actual) {
        return match last {
            Goal => TURNED,
            _ if (goal || planned) && !set.has(Done) => TURNED,
            _ => column(ActualColumn),
        };
    }
    if set.has(Done) {
        return match last {
            Done => Sense::Loose,
            Goal => TURNED,
            Content if planned || goal => TURNED,
            Content => perhaps(ActualColumn),
            State if planned && !goal => either,
            State => column(ActualColumn),
            GoalValue if planned => column(Target),
            GoalValue if set.has(Goal) => either,
            GoalValue => column(ActualColumn),
            _ if goal => either,
            _ if planned => column(Target),
            _ => column(ActualColumn),
        };
    }
    match last {
        Goal if !set.has(Value) => Sense::Loose,
        Value | GoalValue if set.has(SelfRated) => TURNED,
        Value | GoalValue if planned || goal => column(Target),
        Value if set.has(Basis) => perhaps(Target),
        Value | Content if set.is_within(&[Value, Content, Plain, Indicator]) => Sense::Bare,
        State if set.is_within(&[State, Plain]) => Sense::Bare,
        State if !planned && !goal => Sense::Unknown,
        _ => TURNED,
    }
}
