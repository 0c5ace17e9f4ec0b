//! From a paragraph's sentences to claims: which figure says what.

use std::cell::OnceCell;

use super::claim::{Claim, ClaimKind, ClaimUnit, ClaimValue, Place};
use super::figure::{Figure, FigureUnit, figures};
use super::grades;
use super::kinds::{amount_kind, counted_kind, is_planned, percent_kind};
use super::lead::Lead;
use super::points::{Around, points};
use super::section::SectionRole;
use super::standards::{Begun, tells_standard};

/// Bytes and figures of a sentence at most; what has more is a table or a list of numbers put in one line.
const LONGEST_SENTENCE: usize = 6_000;
const MOST_FIGURES: usize = 200;

/// Bytes of a clause looked at before a figure.
const LONGEST_CLAUSE: usize = 900;

/// Reads the claims of one folded paragraph from byte `body` on; gives whether all of it was read.
pub(super) fn claims(text: &str, body: usize, paragraph: usize, role: SectionRole, claims: &mut Vec<Claim>) -> bool {
    let figures = figures(text);
    let begun = Begun::of(text);
    let mut rest = figures.as_slice();
    let mut start = body;
    let mut is_whole = true;
    for sentence in sentences(text, body) {
        let end = start + sentence.len();
        let before = rest.partition_point(|figure| figure.start < start);
        rest = rest.get(before..).unwrap_or_default();
        let own = rest.partition_point(|figure| figure.start < end);
        let own = rest.get(..own).unwrap_or_default();
        if sentence.len() > LONGEST_SENTENCE || own.len() > MOST_FIGURES {
            is_whole &= own.is_empty();
        } else {
            let sentence = Sentence {
                text,
                start,
                end,
                paragraph,
                role,
                figures: own,
                lead: Lead::of(sentence),
                begun: &begun,
                tells_standard: OnceCell::new(),
            };
            sentence.read(claims);
        }
        start = end;
    }
    is_whole
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
    /// Those that begin in it.
    figures: &'a [Figure],
    lead: Lead<'a>,
    begun: &'a Begun,
    tells_standard: OnceCell<bool>,
}

impl Sentence<'_> {
    fn read(&self, claims: &mut Vec<Claim>) {
        let own = |figure: &&Figure| figure.end <= self.end;
        let mut year = None;
        let mut is_span = false;
        let mut last = self.start;
        for figure in self.figures.iter().filter(own) {
            match figure.unit {
                FigureUnit::Year => {
                    is_span = self.ends_span(figure.start);
                    year = i32::try_from(figure.value).ok().or(year);
                }
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
                        let mut claim = self.claim(figure, kind, unit, year, last);
                        claim.is_elsewhere |= is_span;
                        claims.push(claim);
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

    /// Returns whether the year that begins here ends several: 2021-2023年, 2021年至2023年.
    fn ends_span(&self, at: usize) -> bool {
        let before = self.slice(self.start, at);
        let rest = before.trim_end_matches(['-', '~', '至', '—', '到', '、', '和']);
        rest.len() < before.len() && (rest.ends_with(|c: char| c.is_ascii_digit()) || rest.ends_with('年'))
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
            let begin = self.start + offset;
            if at - begin > LONGEST_CLAUSE {
                return begin + c.len_utf8();
            }
            match c {
                ')' => depth += 1,
                '(' if depth > 0 => depth -= 1,
                // 最终得分：92分 is one clause.
                '：' if begin + c.len_utf8() == at => {}
                '(' | '，' | '：' if depth == 0 => return begin + c.len_utf8(),
                _ => {}
            }
        }
        self.start
    }

    /// Returns whether the words before speak of another year, of a whole county or of growth.
    fn is_elsewhere(&self, at: usize) -> bool {
        let clause = self.slice(self.clause_start(at), at);
        let lead = at.saturating_sub(self.start);
        let is_own = ["本项目", "该项目", "此项目"].iter().any(|word| clause.contains(word));
        if self.lead.is_of_another_year(lead) {
            return true;
        }
        CLAUSE_ELSEWHERE.iter().any(|word| clause.contains(word)) || (!is_own && self.lead.is_of_others(lead))
    }

    fn kind(&self, figure: &Figure, last: usize) -> Option<(ClaimKind, ClaimUnit)> {
        if figure.is_bound {
            return None;
        }
        let clause = self.clause_start(figure.start);
        let near = self.slice(clause.max(last), figure.start);
        let after = self.slice(figure.end, self.end);
        // 208/208×100%=100%: only what comes out is said, and said of what stands before the first sign.
        if after.starts_with(TERM) || near.ends_with(TERM_BEFORE) {
            return None;
        }
        let whole = self.slice(clause, figure.start);
        let near = match whole.split_once('=') {
            Some((subject, _)) if near.ends_with('=') => subject,
            _ => near,
        };
        // 每少完成1项 is part of a standard.
        if ["不超过", "不低于", "不高于", "不少于", "控制在"]
            .iter()
            .any(|word| near.contains(word))
        {
            return None;
        }
        if near.contains('每') && !matches!(figure.unit, FigureUnit::Money(_) | FigureUnit::Points) {
            return None;
        }
        match figure.unit {
            FigureUnit::Points => Some((
                points(figure.value, &self.around(figure, near, clause))?,
                ClaimUnit::Points,
            )),
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
            // 综合得分：92.5 needs no 分.
            FigureUnit::None if ends_clause(after) && near.contains("得分") => {
                let kind = points(figure.value, &self.around(figure, near, clause))?;
                (kind == ClaimKind::TotalScore).then_some((kind, ClaimUnit::Points))
            }
            FigureUnit::None | FigureUnit::Year | FigureUnit::Day => None,
        }
    }

    fn around<'s>(&'s self, figure: &Figure, near: &'s str, clause: usize) -> Around<'s> {
        Around {
            tells_standard: *self
                .tells_standard
                .get_or_init(|| tells_standard(self.slice(self.start, self.end)) || self.begun.is_told_at(self.start)),
            sentence: self.slice(self.start, self.end),
            lead: self.slice(self.start, clause),
            clause: self.slice(clause, figure.start),
            near,
            after: self.slice(figure.end, self.end),
            role: self.role,
        }
    }
}

/// What follows a figure that is only a term of a calculation.
const TERM: [char; 6] = ['×', '÷', '/', '*', '+', '='];

/// What stands before one.
const TERM_BEFORE: [char; 5] = ['×', '÷', '/', '*', '+'];

fn ends_clause(after: &str) -> bool {
    after.chars().next().is_none_or(|c| "，。；、)(\n".contains(c))
}

/// Said in the figure's own clause, it speaks of something else.
const CLAUSE_ELSEWHERE: [&str; 30] = [
    "以来",
    "历年",
    "近三年",
    "三年来",
    "近两年",
    "上一年度",
    "次年",
    "排名",
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
