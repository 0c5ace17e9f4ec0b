//! Units that the name of an indicator gives its figures: 培训人数, 养护里程（公里）.

use crate::text::words::{Word, any_in, words};

/// Names of what has no unit, or names its unit another way.
const WITHOUT_UNIT: [Word; 18] = words![
    "指数", "系数", "得分", "评分", "分数", "分值", "比值", "倍数", "排名", "名次", "等级", "级别", "星级", "年份",
    "年度", "时间", "日期", "编号",
];

/// Before 数 in a name these are units: 人数, 户数, 场次数.
const COUNTED: &str = "人户次个场期批天月家件条台套座项亩名位份篇所处村只头辆起例册幅间栋盏株棵页字";

/// Units that stand in a name by themselves: 观众人次.
const IN_NAMES: [Word; 11] = words![
    "人口", "人次", "场次", "批次", "班次", "户次", "件次", "车次", "课时", "学时", "人天",
];

/// Returns whether a name, without white space, says what is counted in, or is one of what has no unit.
pub fn names_unit(name: &str) -> bool {
    let counted = name
        .chars()
        .zip(name.chars().skip(1))
        .any(|(unit, next)| next == '数' && COUNTED.contains(unit));
    let in_bracket = name
        .split_once(['（', '('])
        .and_then(|(_, rest)| rest.split(['）', ')']).next())
        .is_some_and(|unit| !unit.is_empty() && unit.chars().count() <= 6);
    counted
        || in_bracket
        || any_in(name, &IN_NAMES)
        || any_in(name, &WITHOUT_UNIT)
        || name.ends_with('比')
        || name.to_lowercase().contains("ph")
}
