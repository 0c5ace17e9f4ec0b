//! Amounts of a report that are said of the whole project, for rules of family J.

use rust_decimal::Decimal;

use crate::model::{Field, FundRow, TableKind};
use crate::prose::{AmountKind, Claim, ClaimKind, ClaimUnit, RateKind, SectionRole};
use crate::rules::RuleContext;
use crate::rules::kit::amounts::yuan;
use crate::rules::kit::report_fund_words::{is_whole, own_names};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_sources::Source;

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

/// What an amount is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountOf {
    /// The project's whole fund.
    Whole,
    /// What came from one source.
    Source(Source),
}

/// A claim about money that is said of the whole project or of one source of its fund.
pub struct MoneyClaim<'a> {
    /// Its index among the report's claims.
    pub index: usize,
    /// The claim.
    pub claim: &'a Claim,
    /// What it says; for 其中：中央资金100万元 that of the amount before.
    pub kind: ClaimKind,
    /// What it is said of.
    pub of: AmountOf,
}

/// Returns the claims of a kind that are said of the whole project, with their indices, in order.
pub fn whole_claims<'a>(
    context: &RuleContext<'a>,
    report: &ReportMatch<'a>,
    is_kind: fn(ClaimKind) -> bool,
) -> Vec<(usize, &'a Claim)> {
    money_claims(context, report)
        .into_iter()
        .filter(|money| money.of == AmountOf::Whole && is_kind(money.kind))
        .map(|money| (money.index, money.claim))
        .collect()
}

/// Returns all claims about the project's money, in order.
pub fn money_claims<'a>(context: &RuleContext<'a>, report: &ReportMatch<'a>) -> Vec<MoneyClaim<'a>> {
    let names = own_names(context);
    let mut found = Vec::new();
    // What has begun to speak of a part goes on doing so to the end of its sentence.
    let mut part_of: Option<(usize, usize)> = None;
    let mut last: Option<((usize, usize), ClaimKind)> = None;
    for (index, claim) in report.part.claims() {
        let is_money = matches!(claim.unit, ClaimUnit::Money(_)) || matches!(claim.kind, ClaimKind::Rate(_));
        if !is_money {
            continue;
        }
        let place = claim.place;
        let before = report.part.text.slice(place.paragraph, 0, place.start);
        let sentence_start = before.rfind('。').unwrap_or(0);
        let sentence = (place.paragraph, sentence_start);
        let lead = before.get(sentence_start..).unwrap_or_default();
        let near = report.part.text.slice(place.paragraph, place.near, place.start);
        let clause = report.part.text.slice(place.paragraph, place.clause, place.start);
        let tells_parts = lead.rfind("其中").is_some_and(|at| {
            !WHOLE
                .iter()
                .any(|word| lead.get(at..).unwrap_or_default().contains(word))
        });
        let names_whole = !tells_parts && WHOLE.iter().any(|word| clause.contains(word));
        let source = Source::row_in(near, &context.evaluation().funds).or_else(|| Source::named_in(near, &names));
        let named = source.as_ref().map_or(near, |(_, rest)| rest.as_str());
        // 拨付企业296万元: words that are not known begin no part where the amount is the whole's.
        let names_fund = (is_whole(named, &names) || is_of_whole_row(context, claim))
            && !(named.contains("项目支出") && context.table.kind == TableKind::OverallSelfEvaluation);
        let is_whole = names_fund
            && source.is_none()
            && !tells_parts
            && !clause.contains("其中")
            && (names_whole || part_of != Some(sentence));
        let kind = match claim.kind {
            ClaimKind::Quantity => last.filter(|(known, _)| *known == sentence).map(|(_, kind)| kind),
            kind => Some(kind),
        };
        // All of it from one source is the whole.
        let is_all = source.is_some() && is_of_whole_row(context, claim);
        part_of = if is_whole || is_all || CHANGED.iter().any(|word| near.contains(word)) {
            part_of.filter(|_| !names_whole)
        } else {
            Some(sentence)
        };
        if matches!(claim.kind, ClaimKind::Amount(_)) && is_whole {
            last = Some((sentence, claim.kind));
        }
        let of = match source {
            Some((source, _)) if names_fund => AmountOf::Source(source),
            _ if is_whole && claim.kind != ClaimKind::Quantity => AmountOf::Whole,
            _ => continue,
        };
        if let Some(kind) = kind
            && report.is_comparable(claim)
            && stands_for_funds(report, claim, near, &names)
        {
            found.push(MoneyClaim { index, claim, kind, of });
        }
    }
    found
}

fn is_of_whole_row(context: &RuleContext, claim: &Claim) -> bool {
    let (ClaimKind::Amount(kind), Some(amount), Some(row)) = (claim.kind, Amount::of(claim), whole_row(context)) else {
        return false;
    };
    columns(row, kind)
        .filter_map(|field| Amount::of_field(context, field))
        .any(|known| known.agrees(amount))
}

/// Returns the columns that an amount may stand in, the likeliest first.
pub fn columns(row: &FundRow, kind: AmountKind) -> impl Iterator<Item = &Field<Decimal>> {
    let (first, second) = match kind {
        AmountKind::Budget | AmountKind::Arrived => (row.annual_budget.as_ref(), row.initial_budget.as_ref()),
        AmountKind::Executed => (row.executed.as_ref(), None),
        AmountKind::Balance => (None, None),
    };
    first.into_iter().chain(second)
}

/// Words of an amount by which the budget changed: what follows may be the whole again.
const CHANGED: [&str; 6] = ["追加", "调增", "调减", "核减", "收回", "压减"];

/// Words that begin to speak of the whole again.
const WHOLE: [&str; 12] = [
    "该项目",
    "本项目",
    "项目资金",
    "项目共",
    "项目总",
    "资金总额",
    "全年预算",
    "全年支出",
    "年度预算",
    "全年执行",
    "合计",
    "总计",
];

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
