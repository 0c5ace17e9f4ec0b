//! What a label of the goal block means by the words that it is put together from.

use super::header_parts::Part;
use super::meanings::GoalWord;
use super::parts::Lexicon;

/// Returns what a label says: 项目绩效目标 is expected, 年度完成情况 came of it; nothing where some word of it is
/// unknown or speaks of another time.
pub(super) fn goal_sense(lexicon: &Lexicon<Part>, wording: &str) -> Option<GoalWord> {
    use Part::{Actual, Done, Goal, Plain, Planned, State, Thing};
    /// A longer text is a goal.
    const LONGEST: usize = 12;
    // 已完成 says so itself.
    if wording.starts_with('已') || wording.chars().count() > LONGEST {
        return None;
    }
    let wording = wording.replace("总体", "");
    let parts: Vec<Part> = lexicon.parts(&wording)?.iter().collect();
    let has = |wanted: Part| parts.contains(&wanted);
    let is_within = |allowed: &[Part]| parts.iter().all(|part| allowed.contains(part));
    if parts.last() == Some(&Goal) {
        return is_within(&[Plain, Planned, Thing, Goal]).then_some(GoalWord::Expected);
    }
    let says_whose = has(Goal) || has(Actual) || (has(Plain) && has(State));
    let is_result = has(Done)
        && says_whose
        && is_within(&[Plain, Planned, Thing, Goal, Actual, Done, State])
        && (has(Goal) || !(has(Thing) || has(Planned)));
    is_result.then_some(GoalWord::Actual)
}
