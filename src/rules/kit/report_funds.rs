//! Amounts of a report that are said of the whole project, for rules of family J.

use rust_decimal::Decimal;

use crate::model::{Field, FundRow, TableKind};
use crate::prose::{AmountKind, Claim, ClaimKind, ClaimUnit, Folded, RateKind, SectionRole, is_han};
use crate::rules::RuleContext;
use crate::rules::kit::amounts::yuan;
use crate::rules::kit::report_match::ReportMatch;

/// An amount in yuan with the size of its last printed digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    pub yuan: Decimal,
    step: Decimal,
}

impl Amount {
    /// Returns the amount of a claim.
    pub fn of(claim: &Claim) -> Option<Self> {
        let ClaimUnit::Money(unit) = claim.unit else {
            return None;
        };
        let (value, decimals) = claim.number()?;
        Self::new(value, decimals, yuan(unit))
    }

    /// Returns the amount of a cell of the fund block.
    pub fn of_field(context: &RuleContext, field: &Field<Decimal>) -> Option<Self> {
        let unit = yuan(context.evaluation().money_unit?);
        let (value, decimals) = crate::rules::kit::report_numbers::printed(field);
        Self::new(value, decimals, unit)
    }

    /// Returns an amount in yuan, to the fen.
    pub fn exactly(yuan: Decimal) -> Option<Self> {
        Self::new(yuan, 2, Decimal::ONE)
    }

    fn new(value: Decimal, decimals: u32, unit: Decimal) -> Option<Self> {
        let step = Decimal::new(1, decimals.min(20)).checked_mul(unit)?;
        Some(Self {
            yuan: value.checked_mul(unit)?,
            step,
        })
    }

    /// Returns whether two amounts agree at the coarser printed precision, rounded or cut off.
    pub fn agrees(self, other: Self) -> bool {
        let step = self.step.max(other.step);
        let (Some(one), Some(two)) = (self.yuan.checked_div(step), other.yuan.checked_div(step)) else {
            return false;
        };
        crate::rules::kit::report_numbers::agree((one, 0), (two, 0))
    }

    /// Returns the difference of two amounts.
    pub fn minus(self, other: Self) -> Option<Self> {
        Some(Self {
            yuan: self.yuan.checked_sub(other.yuan)?,
            step: self.step.max(other.step),
        })
    }

    /// Returns whether one is the other with its unit mistaken: 元 for 万元, 万元 for 亿元.
    pub fn is_unit_slip(self, other: Self) -> bool {
        let (larger, smaller) = if self.yuan > other.yuan {
            (self, other)
        } else {
            (other, self)
        };
        let thousands = [10_000_u32, 100_000_000];
        thousands.into_iter().any(|factor| {
            let scaled = smaller.yuan.checked_mul(Decimal::from(factor));
            scaled.is_some_and(|scaled| !scaled.is_zero() && scaled == larger.yuan)
        })
    }
}

/// Returns the row that stands for the whole: 年度资金总额, else the only one.
pub fn whole_row<'a>(context: &RuleContext<'a>) -> Option<&'a FundRow> {
    context
        .fund_total()
        .map(|(_, row)| row)
        .or(match context.evaluation().funds.as_slice() {
            [only] => Some(only),
            _ => None,
        })
}

/// Returns the claims of a kind that are said of the whole project, with their indices, in order.
pub fn whole_claims<'a>(
    context: &RuleContext<'a>,
    report: &ReportMatch<'a>,
    is_kind: fn(ClaimKind) -> bool,
) -> Vec<(usize, &'a Claim)> {
    let names = own_names(context);
    let mut found = Vec::new();
    // A sentence that has begun to speak of a part goes on doing so.
    let mut part_of: Option<(usize, usize)> = None;
    for (index, claim) in report.part.claims() {
        let is_money = matches!(claim.unit, ClaimUnit::Money(_)) || matches!(claim.kind, ClaimKind::Rate(_));
        if !is_money {
            continue;
        }
        let place = claim.place;
        let sentence = (place.paragraph, place.sentence);
        let near = report.part.text.slice(place.paragraph, place.near, place.start);
        let clause = report.part.text.slice(place.paragraph, place.clause, place.start);
        let names_whole = WHOLE.iter().any(|word| clause.contains(word));
        let is_whole = is_whole(near, &names)
            && !clause.contains("其中")
            && (names_whole || part_of != Some(sentence))
            && !(near.contains("项目支出") && context.table.kind == TableKind::OverallSelfEvaluation);
        part_of = if is_whole {
            part_of.filter(|_| !names_whole)
        } else {
            Some(sentence)
        };
        if is_whole
            && is_kind(claim.kind)
            && report.is_comparable(claim)
            && stands_for_funds(report, claim, near, &names)
        {
            found.push((index, claim));
        }
    }
    found
}

/// Words that begin to speak of the whole again.
const WHOLE: [&str; 6] = ["该项目", "本项目", "项目资金", "项目共", "项目总", "资金总额"];

/// In the analysis, only under headings about money, or where the project itself is named.
fn stands_for_funds(report: &ReportMatch<'_>, claim: &Claim, near: &str, names: &[String]) -> bool {
    if claim.role == SectionRole::Analysis {
        let title = report
            .part
            .text
            .titles_above(claim.place.paragraph)
            .next()
            .unwrap_or_default();
        return ["资金", "预算", "执行", "到位", "投入", "经费", "支出"]
            .iter()
            .any(|word| title.contains(word))
            || near.contains("项目")
            || near.contains("资金")
            || near.contains("预算");
    }
    // A heading that names a part of the spending: 1.设备购置.
    report
        .part
        .text
        .titles_above(claim.place.paragraph)
        .next()
        .is_none_or(|title| is_whole(title, names) || crate::prose::role_of(title).is_some())
}

/// Returns the names of project and units, as they may stand before an amount.
fn own_names(context: &RuleContext) -> Vec<String> {
    let evaluation = context.evaluation();
    let fields = [
        evaluation.project_name.as_ref(),
        evaluation.implementing_unit.as_ref(),
        evaluation.department.as_ref(),
    ];
    fields
        .into_iter()
        .flatten()
        .map(|field| without_dates(Folded::new(&field.value).as_str()))
        .collect()
}

fn without_dates(text: &str) -> String {
    let mut last = ' ';
    let mut kept = String::new();
    for c in text.chars() {
        let is_date = "年月日".contains(c) && last.is_ascii_digit();
        if is_han(c) && !is_date {
            kept.push(c);
        }
        last = c;
    }
    kept
}

/// Returns whether words before an amount name nothing but the project, its units and the fund.
pub fn is_whole(near: &str, names: &[String]) -> bool {
    let mut rest = without_dates(near);
    for name in names.iter().filter(|name| name.chars().count() >= 2) {
        rest = rest.replace(name.as_str(), "");
    }
    let rest = without_fund_words(rest);
    const LEAST: usize = 2;
    // What is left may be a part of the project's name: 中小企业专项 of 工信局2023年中小企业专项.
    rest.is_empty()
        || (rest.chars().count() >= LEAST
            && names
                .iter()
                .any(|name| without_fund_words(name.clone()).contains(&rest)))
}

fn without_fund_words(mut text: String) -> String {
    for word in FUND_WORDS {
        if text.contains(word) {
            text = text.replace(word, "");
        }
    }
    text
}

/// Words that name the fund as a whole, its state and time; the longer first.
const FUND_WORDS: [&str; 121] = [
    "财政拨款",
    "上级配套",
    "上级补助",
    "上级下达",
    "财政资金",
    "财政预算",
    "专项资金",
    "专项经费",
    "项目资金",
    "预算资金",
    "资金总额",
    "支出总额",
    "执行进度",
    "支出进度",
    "完成预算",
    "财政厅",
    "财政局",
    "省财政",
    "市财政",
    "县财政",
    "区财政",
    "财政部",
    "预算数",
    "执行数",
    "到位率",
    "执行率",
    "支付率",
    "使用率",
    "支出率",
    "完成率",
    "拨付率",
    "未使用",
    "总投资",
    "县本级",
    "市本级",
    "截至",
    "截止",
    "全年",
    "年度",
    "年初",
    "年末",
    "年底",
    "当年",
    "本年",
    "期末",
    "项目",
    "专项",
    "资金",
    "经费",
    "预算",
    "安排",
    "批复",
    "下达",
    "核定",
    "调整",
    "实际",
    "到位",
    "到账",
    "使用",
    "支出",
    "支付",
    "拨付",
    "执行",
    "兑付",
    "开支",
    "列支",
    "结余",
    "结转",
    "剩余",
    "财政",
    "总额",
    "总计",
    "合计",
    "累计",
    "共计",
    "金额",
    "完成",
    "全部",
    "已经",
    "我局",
    "我委",
    "单位",
    "部门",
    "投入",
    "情况",
    "管理",
    "余额",
    "数额",
    "尚未",
    "本级",
    "上级",
    "县级",
    "市级",
    "省级",
    "中央",
    "当期",
    "本期",
    "期间",
    "后",
    "共",
    "总",
    "该",
    "本",
    "已",
    "为",
    "是",
    "达",
    "了",
    "的",
    "均",
    "由",
    "数",
    "额",
    "和",
    "至",
    "有",
    "及",
    "仅",
    "只",
    "其",
    "金",
];

/// Returns what is said of the same kind in a claim's paragraph: the only amount there, where all that are there
/// agree.
pub fn in_paragraph<'a>(
    claims: &[(usize, &'a Claim)],
    paragraph: usize,
    kind: AmountKind,
) -> Option<(Amount, &'a Claim)> {
    let mut amounts = claims
        .iter()
        .filter(|(_, claim)| claim.place.paragraph == paragraph && claim.kind == ClaimKind::Amount(kind))
        .filter_map(|(_, claim)| Some((Amount::of(claim)?, *claim)));
    let first = amounts.next()?;
    amounts.all(|(amount, _)| amount.agrees(first.0)).then_some(first)
}

/// Returns the amounts that make a rate, the part first.
pub const fn parts_of_rate(kind: RateKind) -> (AmountKind, &'static [AmountKind]) {
    match kind {
        RateKind::Arrival => (AmountKind::Arrived, &[AmountKind::Budget]),
        RateKind::Execution => (AmountKind::Executed, &[AmountKind::Budget, AmountKind::Arrived]),
    }
}
