//! From a paragraph's sentences to claims: which figure says what.

use rust_decimal::Decimal;

use super::claim::{AmountKind, Claim, ClaimKind, ClaimUnit, ClaimValue, Place, RateKind};
use super::figure::{Figure, FigureUnit, figures};
use super::section::SectionRole;
use super::{grades, standards};

/// Reads the claims of one folded paragraph from byte `body` on.
pub(super) fn claims(text: &str, body: usize, paragraph: usize, role: SectionRole, claims: &mut Vec<Claim>) {
    let figures = figures(text);
    let mut start = body;
    for sentence in sentences(text, body) {
        let end = start + sentence.len();
        let sentence = Sentence {
            text,
            start,
            end,
            paragraph,
            role,
            figures: &figures,
        };
        sentence.read(claims);
        start = end;
    }
}

/// Returns the sentences of a text from byte `from` on, each with its end mark.
pub(super) fn sentences(text: &str, from: usize) -> impl Iterator<Item = &str> {
    text.get(from..)
        .unwrap_or_default()
        .split_inclusive(['。', '；', '！', '？', '\n'])
}

struct Sentence<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    paragraph: usize,
    role: SectionRole,
    figures: &'a [Figure],
}

impl Sentence<'_> {
    fn read(&self, claims: &mut Vec<Claim>) {
        let own = |figure: &&Figure| figure.start >= self.start && figure.end <= self.end;
        let mut year = None;
        let mut last = self.start;
        for figure in self.figures.iter().filter(own) {
            match figure.unit {
                FigureUnit::Year => year = i32::try_from(figure.value).ok().or(year),
                FigureUnit::Day => {
                    claims.push(self.claim(figure, ClaimKind::Day, ClaimUnit::None, year, last));
                }
                _ => {
                    let follows_share = claims
                        .last()
                        .is_some_and(|claim| claim.kind == ClaimKind::Share && claim.place.end == last);
                    let found = if follows_share && self.goes_on(figure, last) {
                        Some((ClaimKind::Share, ClaimUnit::Percent))
                    } else {
                        self.kind(figure, last)
                    };
                    if let Some((kind, unit)) = found {
                        claims.push(self.claim(figure, kind, unit, year, last));
                    }
                    last = figure.end;
                }
            }
        }
        for grade in grades::grades(self.slice(self.start, self.end)) {
            let (start, end) = (self.start + grade.start, self.start + grade.end);
            let clause = self.clause_start(start);
            claims.push(Claim {
                kind: ClaimKind::Grade,
                value: ClaimValue::Grade(grade.grade),
                unit: ClaimUnit::None,
                place: self.place(start, end, clause, clause),
                role: self.role,
                year,
                is_about: false,
                is_elsewhere: self.is_elsewhere(start),
            });
        }
    }

    /// Returns whether a percentage only goes on with the list that the figure before it began: 分别占60%、30%.
    fn goes_on(&self, figure: &Figure, last: usize) -> bool {
        let between = self.slice(last, figure.start);
        figure.unit == FigureUnit::Percent && matches!(between, "、" | "和" | "及" | "，")
    }

    fn claim(&self, figure: &Figure, kind: ClaimKind, unit: ClaimUnit, year: Option<i32>, last: usize) -> Claim {
        let clause = self.clause_start(figure.start);
        Claim {
            kind,
            value: ClaimValue::Number {
                value: figure.value,
                decimals: figure.decimals,
            },
            unit,
            place: self.place(figure.start, figure.end, clause, clause.max(last)),
            role: self.role,
            year,
            is_about: figure.is_about,
            is_elsewhere: self.is_elsewhere(figure.start),
        }
    }

    const fn place(&self, start: usize, end: usize, clause: usize, near: usize) -> Place {
        Place {
            paragraph: self.paragraph,
            start,
            end,
            clause,
            near,
            sentence: self.start,
            sentence_end: self.end,
        }
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Returns where the clause that holds this byte begins; brackets closed before it are part of it.
    fn clause_start(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (offset, c) in self.slice(self.start, at).char_indices().rev() {
            match c {
                ')' => depth += 1,
                '(' if depth > 0 => depth -= 1,
                // 最终得分：92分 is one clause.
                '：' if self.start + offset + c.len_utf8() == at => {}
                '(' | '，' | '：' if depth == 0 => return self.start + offset + c.len_utf8(),
                _ => {}
            }
        }
        self.start
    }

    /// Returns whether the words before speak of another year, of a whole county or of growth.
    fn is_elsewhere(&self, at: usize) -> bool {
        let clause = self.slice(self.clause_start(at), at);
        let lead = self.slice(self.start, at);
        let is_own = ["本项目", "该项目", "此项目"].iter().any(|word| clause.contains(word));
        CLAUSE_ELSEWHERE.iter().any(|word| clause.contains(word))
            || (!is_own && LEAD_ELSEWHERE.iter().any(|word| lead.contains(word)))
    }

    fn kind(&self, figure: &Figure, last: usize) -> Option<(ClaimKind, ClaimUnit)> {
        if figure.is_bound {
            return None;
        }
        let clause = self.clause_start(figure.start);
        let near = self.slice(clause.max(last), figure.start);
        let after = self.slice(figure.end, self.end);
        match figure.unit {
            FigureUnit::Points => self.points(figure, near, clause).map(|kind| (kind, ClaimUnit::Points)),
            FigureUnit::Money(unit) => {
                if after.starts_with(['/', '每']) || is_planned(near) {
                    return None;
                }
                let kind = amount_kind(near).map_or(ClaimKind::Quantity, ClaimKind::Amount);
                Some((kind, ClaimUnit::Money(unit)))
            }
            FigureUnit::Percent => Some((
                percent_kind(near, self.slice(self.start, figure.start))?,
                ClaimUnit::Percent,
            )),
            FigureUnit::Counted(word) => {
                let kind = counted_kind(near, after, word)?;
                Some((kind, ClaimUnit::Counted(word, figure.factor)))
            }
            FigureUnit::None | FigureUnit::Year | FigureUnit::Day => None,
        }
    }

    fn points(&self, figure: &Figure, near: &str, clause: usize) -> Option<ClaimKind> {
        let sentence = self.slice(self.start, self.end);
        if standards::is_standard(
            sentence,
            self.slice(clause, figure.start),
            self.slice(figure.end, self.end),
        ) {
            return None;
        }
        let bare = near.trim_end_matches(CONNECTING);
        if ends_with_any(bare, &["扣", "扣减", "扣除", "扣掉", "扣分", "失分", "扣去"]) {
            return Some(ClaimKind::Deduction);
        }
        if ends_with_any(
            bare,
            &[
                "满分",
                "分值",
                "权重",
                "标准分",
                "标准分值",
                "满分值",
                "基础分",
                "权重分",
                "总分值",
                "应得",
            ],
        ) {
            return Some(ClaimKind::Weight);
        }
        // 总分100分，得96分.
        if bare.ends_with("总分") && figure.value == Decimal::ONE_HUNDRED {
            return Some(ClaimKind::Weight);
        }
        if let Some(phrase) = TOTAL.iter().find(|phrase| bare.ends_with(**phrase)) {
            let subject = bare.get(..bare.len() - phrase.len()).unwrap_or_default();
            // 该项目 names the whole, 该项 a part.
            let subject = subject.replace("该项目", "").replace("此项目", "");
            let is_part = PARTS.iter().any(|word| subject.contains(word));
            let says_total = phrase.contains('总') || phrase.contains("综合");
            if !is_part && (says_total || self.role != SectionRole::Analysis) {
                return Some(ClaimKind::TotalScore);
            }
            return Some(ClaimKind::Score);
        }
        if ends_with_any(
            bare,
            &[
                "得分", "得", "评分", "获", "得到", "自评", "计", "记", "评得", "评定", "评为",
            ],
        ) {
            return Some(ClaimKind::Score);
        }
        if near.is_empty() {
            // 项目决策(20分).
            let is_bracketed = self.slice(self.start, clause).ends_with('(')
                && self.slice(figure.end, self.end).starts_with([')', '，']);
            return is_bracketed.then_some(ClaimKind::Weight);
        }
        let ends_name = near.ends_with(super::folded::is_han) || near.ends_with([')', '：']);
        ends_name.then_some(ClaimKind::BareScore)
    }
}

/// Said in the figure's own clause, it speaks of something else.
const CLAUSE_ELSEWHERE: [&str; 22] = [
    "同比",
    "环比",
    "上年",
    "去年",
    "上一年",
    "上年度",
    "下年",
    "下一年",
    "明年",
    "以前年度",
    "往年",
    "增长",
    "增速",
    "人均",
    "每人",
    "每户",
    "每亩",
    "平均",
    "标准为",
    "单价",
    "比例为",
    "较",
];

/// Said anywhere before it in its sentence.
const LEAD_ELSEWHERE: [&str; 16] = [
    "全县",
    "全市",
    "全省",
    "全国",
    "全区",
    "全镇",
    "全乡",
    "我县",
    "我市",
    "我省",
    "我区",
    "同比",
    "上年同期",
    "规上",
    "生产总值",
    "财政收入",
];

/// What may stand between a word and its figure.
const CONNECTING: [char; 17] = [
    '为', '是', '达', '到', '：', '了', '共', '计', '约', '近', '“', '"', '有', '合', '仅', '至', '只',
];

/// How reports name the score of the whole, the longer first.
const TOTAL: [&str; 34] = [
    "评价综合得分",
    "综合评价得分",
    "综合绩效得分",
    "评价总体得分",
    "绩效评价得分",
    "绩效自评得分",
    "绩效评价总分",
    "绩效评价总得分",
    "评价最终得分",
    "综合考评得分",
    "综合评定得分",
    "评价总得分",
    "自评总得分",
    "自评综合得分",
    "综合得分值",
    "自评总分",
    "评价总分",
    "评价得分",
    "自评得分",
    "综合得分",
    "综合评分",
    "最终得分",
    "绩效得分",
    "总体得分",
    "考评得分",
    "评定得分",
    "总评得分",
    "综合总分",
    "评价评分",
    "自评评分",
    "总得分",
    "自评分",
    "总评分",
    "总分",
];

/// Words that make a score one of a part.
const PARTS: [&str; 9] = ["指标", "该项", "此项", "类", "方面", "部分", "本项得", "单项", "维度"];

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// 计划, 目标: what was meant, not what was done.
fn is_planned(near: &str) -> bool {
    [
        "计划",
        "目标",
        "预期",
        "指标值",
        "拟",
        "应",
        "需",
        "要求",
        "申请",
        "预计",
        "估算",
        "概算",
    ]
    .iter()
    .any(|word| near.contains(word))
        && !near.contains("计划下达")
}

/// Returns the amount that words before a figure of money name: the nearest word decides.
fn amount_kind(near: &str) -> Option<AmountKind> {
    const WORDS: [(&str, Option<AmountKind>); 34] = [
        ("未使用", Some(AmountKind::Balance)),
        ("未支付", Some(AmountKind::Balance)),
        ("未支出", Some(AmountKind::Balance)),
        ("未执行", Some(AmountKind::Balance)),
        ("尚未", Some(AmountKind::Balance)),
        ("结余", Some(AmountKind::Balance)),
        ("结转", Some(AmountKind::Balance)),
        ("剩余", Some(AmountKind::Balance)),
        ("未到位", None),
        ("追加", None),
        ("调增", None),
        ("调减", None),
        ("收回", None),
        ("上缴", None),
        ("节约", None),
        ("违规", None),
        ("控制价", None),
        ("中标", None),
        ("合同", None),
        ("预算", Some(AmountKind::Budget)),
        ("安排", Some(AmountKind::Budget)),
        ("批复", Some(AmountKind::Budget)),
        ("下达", Some(AmountKind::Budget)),
        ("核定", Some(AmountKind::Budget)),
        ("到位", Some(AmountKind::Arrived)),
        ("到账", Some(AmountKind::Arrived)),
        ("使用", Some(AmountKind::Executed)),
        ("支出", Some(AmountKind::Executed)),
        ("支付", Some(AmountKind::Executed)),
        ("拨付", Some(AmountKind::Executed)),
        ("执行", Some(AmountKind::Executed)),
        ("兑付", Some(AmountKind::Executed)),
        ("开支", Some(AmountKind::Executed)),
        ("列支", Some(AmountKind::Executed)),
    ];
    let mut best: Option<(usize, usize, Option<AmountKind>)> = None;
    for (word, kind) in WORDS {
        let Some(at) = near.rfind(word) else { continue };
        let end = at + word.len();
        if best.is_none_or(|(known, length, _)| (end, word.len()) > (known, length)) {
            best = Some((end, word.len(), kind));
        }
    }
    best?.2
}

fn percent_kind(near: &str, lead: &str) -> Option<ClaimKind> {
    let bare = near.trim_end_matches(CONNECTING).trim_end_matches(['的', ')']);
    let bare = bare.trim_end_matches(CONNECTING);
    if is_planned(near) && !near.contains("率") {
        return None;
    }
    if ["目标值", "指标值", "预期", "计划", "标准"]
        .iter()
        .any(|word| near.contains(word))
    {
        return None;
    }
    if bare.ends_with("得分率") {
        return Some(ClaimKind::ScoreRate);
    }
    if ends_with_any(bare, &["到位率"]) {
        return Some(ClaimKind::Rate(RateKind::Arrival));
    }
    let is_execution = [
        "执行率",
        "支付率",
        "支出率",
        "使用率",
        "预算完成率",
        "支出进度",
        "执行进度",
        "拨付率",
    ]
    .iter()
    .any(|word| bare.ends_with(word));
    if is_execution {
        return Some(ClaimKind::Rate(RateKind::Execution));
    }
    let of_budget = [
        "完成预算",
        "占预算",
        "完成全年预算",
        "占全年预算",
        "完成年度预算",
        "占年度预算",
        "占预算总额",
        "完成年初预算",
        "占预算数",
        "占到位资金",
        "占预算资金",
    ];
    if near.ends_with('的') && ends_with_any(bare, &of_budget) {
        return Some(ClaimKind::Rate(RateKind::Execution));
    }
    if bare.ends_with('占') || near.contains('占') || lead.ends_with("占比") || bare.ends_with("占比") {
        return Some(ClaimKind::Share);
    }
    Some(ClaimKind::Quantity)
}

fn counted_kind(near: &str, after: &str, word: &str) -> Option<ClaimKind> {
    for (level, names) in [
        (1, ["一级指标", "1级指标"]),
        (2, ["二级指标", "2级指标"]),
        (3, ["三级指标", "3级指标"]),
    ] {
        if matches!(word, "个" | "项")
            && names
                .iter()
                .any(|name| after.starts_with(name) || near.trim_end_matches(CONNECTING).ends_with(name))
        {
            return Some(ClaimKind::LevelCount(level));
        }
    }
    if is_planned(near) {
        return None;
    }
    if word == "份" {
        if ["收回", "回收", "有效"].iter().any(|word| near.contains(word)) {
            return Some(ClaimKind::HandedIn);
        }
        if ["发放", "发出", "下发"].iter().any(|word| near.contains(word)) {
            return Some(ClaimKind::HandedOut);
        }
    }
    Some(ClaimKind::Quantity)
}
