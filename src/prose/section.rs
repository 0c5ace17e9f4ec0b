//! What a part of a report speaks of, by the titles above it.

/// What a section is about, as far as it decides what its figures stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SectionRole {
    /// Before the first heading.
    Front,
    /// 项目概况 and the like.
    Overview,
    /// 立项背景, 主要内容.
    Background,
    /// 资金投入和使用情况.
    Funds,
    /// 绩效目标.
    Goals,
    /// 评价工作开展情况.
    Method,
    /// 综合评价情况及评价结论.
    Conclusion,
    /// 绩效评价指标分析.
    Analysis,
    /// 主要经验及做法.
    Experience,
    /// 存在的问题及原因分析.
    Problems,
    /// 有关建议.
    Suggestions,
    /// 附件 and what follows.
    Attachment,
    /// Anything else.
    Other,
}

impl SectionRole {
    /// Returns whether figures here are said of the project's own result, so that they may contradict the table.
    pub const fn speaks_of_result(self) -> bool {
        matches!(
            self,
            Self::Front | Self::Overview | Self::Funds | Self::Conclusion | Self::Analysis | Self::Other
        )
    }
}

/// Words in a title, the more telling first.
const WORDS: [(SectionRole, &[&str]); 11] = [
    (
        SectionRole::Problems,
        &[
            "存在的问题",
            "存在问题",
            "主要问题",
            "问题及原因",
            "存在的主要问题",
            "问题与不足",
            "存在的不足",
            "存在不足",
            "偏差原因",
            "扣分原因",
        ],
    ),
    (
        SectionRole::Suggestions,
        &[
            "建议",
            "改进措施",
            "下一步",
            "整改",
            "结果应用",
            "改进意见",
            "工作打算",
            "公开情况",
        ],
    ),
    (
        SectionRole::Experience,
        &["经验", "做法", "亮点", "工作成效", "主要成效", "取得的成绩"],
    ),
    (
        SectionRole::Method,
        &[
            "评价工作开展",
            "评价工作情况",
            "评价目的",
            "评价原则",
            "评价方法",
            "评价标准",
            "评价工作过程",
            "指标体系",
            "评价过程",
            "组织实施过程",
            "评价依据",
            "评价小组",
            "评分标准",
            "前期准备",
            "评价对象",
            "评价范围",
            "评价思路",
            "自评工作",
        ],
    ),
    (
        SectionRole::Conclusion,
        &[
            "评价结论",
            "综合评价",
            "自评结论",
            "评价结果",
            "自评结果",
            "总体评价",
            "总体结论",
            "自评得分",
            "评价得分",
            "综合结论",
            "结论",
            "自评情况",
            "综合得分",
        ],
    ),
    (
        SectionRole::Analysis,
        &[
            "指标分析",
            "绩效分析",
            "指标完成情况",
            "目标完成情况",
            "目标实现情况",
            "决策情况",
            "过程情况",
            "产出情况",
            "效益情况",
            "完成情况分析",
            "实现情况分析",
            "绩效情况",
            "绩效实现",
            "指标得分",
            "得分情况",
            "履职情况",
            "产出指标",
            "效益指标",
            "满意度",
            "投入情况分析",
            "评价指标",
        ],
    ),
    (
        SectionRole::Goals,
        &["绩效目标", "总体目标", "阶段性目标", "年度目标", "预期目标"],
    ),
    (
        SectionRole::Background,
        &[
            "背景",
            "立项",
            "主要内容",
            "实施内容",
            "政策依据",
            "职能",
            "机构设置",
            "主要职责",
            "人员编制",
            "单位概况",
            "部门概况",
            "基本概况",
            "工作任务",
        ],
    ),
    (
        SectionRole::Funds,
        &[
            "资金",
            "预算",
            "支出",
            "经费",
            "收支",
            "决算",
            "投入和使用",
            "投入及使用",
        ],
    ),
    (
        SectionRole::Overview,
        &["概况", "基本情况", "项目情况", "实施情况", "组织实施", "摘要"],
    ),
    (SectionRole::Attachment, &["附件", "附表"]),
];

/// Returns the role of a section by one title; `None` where the title tells nothing.
pub fn role_of(title: &str) -> Option<SectionRole> {
    WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| title.contains(word)))
        .map(|(role, _)| *role)
}

/// Returns the role of a section by the titles above it, the outermost first.
pub fn role_of_path<'a>(titles: impl DoubleEndedIterator<Item = &'a str> + Clone) -> SectionRole {
    let mut outer: Option<SectionRole> = None;
    for title in titles {
        let own = role_of(title);
        outer = match (outer, own) {
            (None, own) => own,
            // Inside these, titles name indicators, problems or steps: 资金管理, 绩效目标, 组织实施.
            (
                Some(
                    role @ (SectionRole::Analysis
                    | SectionRole::Problems
                    | SectionRole::Suggestions
                    | SectionRole::Experience
                    | SectionRole::Attachment),
                ),
                own,
            ) => match own {
                // 五、经验、问题 holds both.
                Some(inner @ SectionRole::Problems) if role != SectionRole::Attachment => Some(inner),
                Some(inner @ (SectionRole::Suggestions | SectionRole::Experience))
                    if !matches!(role, SectionRole::Analysis | SectionRole::Attachment) =>
                {
                    Some(inner)
                }
                _ => Some(role),
            },
            (Some(SectionRole::Method), own) => match own {
                Some(role @ (SectionRole::Conclusion | SectionRole::Problems | SectionRole::Suggestions)) => Some(role),
                _ => Some(SectionRole::Method),
            },
            (Some(SectionRole::Conclusion), own) => match own {
                Some(
                    role @ (SectionRole::Problems
                    | SectionRole::Suggestions
                    | SectionRole::Analysis
                    | SectionRole::Experience),
                ) => Some(role),
                _ => Some(SectionRole::Conclusion),
            },
            (Some(SectionRole::Goals), own) => match own {
                Some(role @ SectionRole::Analysis) => Some(role),
                _ => Some(SectionRole::Goals),
            },
            (role, None) => role,
            (_, own) => own,
        };
    }
    outer.unwrap_or(SectionRole::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_titles_above_tell_what_a_section_speaks_of() {
        for (path, expected) in [
            (
                vec!["基本情况", "项目概况", "资金投入和使用情况", "资金使用情况"],
                SectionRole::Funds,
            ),
            (
                vec!["基本情况", "项目概况", "项目背景、主要内容及实施情况", "项目背景"],
                SectionRole::Background,
            ),
            (vec!["基本情况", "项目绩效目标", "总体目标"], SectionRole::Goals),
            (
                vec!["绩效评价工作开展情况", "绩效评价工作过程", "成立评价小组"],
                SectionRole::Method,
            ),
            (vec!["综合评价情况及评价结论"], SectionRole::Conclusion),
            (
                vec!["绩效评价指标分析", "项目决策情况", "绩效目标", "绩效目标合理性"],
                SectionRole::Analysis,
            ),
            (
                vec!["绩效评价指标分析", "项目过程情况", "资金管理"],
                SectionRole::Analysis,
            ),
            (
                vec!["主要经验及做法、存在的问题及原因分析", "主要经验及做法"],
                SectionRole::Experience,
            ),
            (
                vec![
                    "主要经验及做法、存在的问题及原因分析",
                    "存在的问题及原因分析",
                    "绩效目标不够细化",
                ],
                SectionRole::Problems,
            ),
            (vec!["有关建议", "强化预算管理"], SectionRole::Suggestions),
            (vec!["绩效目标完成情况分析", "产出情况"], SectionRole::Analysis),
            (vec!["项目资金使用及管理情况", "项目资金到位情况"], SectionRole::Funds),
        ] {
            assert_eq!(role_of_path(path.iter().copied()), expected, "{path:?}");
        }
    }
}
