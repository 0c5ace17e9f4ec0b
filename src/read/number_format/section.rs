//! One section of a format code, as tokens.

use rust_decimal::Decimal;

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` (true) or `E-`.
    Exponent(bool),
    General,
    /// `@`.
    Text,
    Date(DatePart),
}

/// A date or time token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatePart {
    Year(usize),
    Month(usize),
    Day(usize),
    /// `aaa` 四, `aaaa` 星期四.
    ChineseWeekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    SubSecond(usize),
    ElapsedHours(usize),
    ElapsedMinutes(usize),
    ElapsedSeconds(usize),
    /// `AM/PM` (false) or `上午/下午`, `A/P` is not known.
    HalfDay(bool),
}

/// `[>=5]` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    Less(Decimal),
    LessOrEqual(Decimal),
    Equal(Decimal),
    NotEqual(Decimal),
    Greater(Decimal),
    GreaterOrEqual(Decimal),
}

impl Condition {
    /// Reads the inside of the brackets.
    pub(super) fn parse(text: &str) -> Option<Self> {
        type Make = fn(Decimal) -> Condition;
        const OPERATORS: [(&str, Make); 6] = [
            ("<=", Condition::LessOrEqual),
            ("<>", Condition::NotEqual),
            (">=", Condition::GreaterOrEqual),
            ("<", Condition::Less),
            (">", Condition::Greater),
            ("=", Condition::Equal),
        ];
        let (limit, make) = OPERATORS
            .iter()
            .find_map(|(operator, make)| text.strip_prefix(operator).map(|limit| (limit, make)))?;
        Some(make(limit.trim().parse().ok()?))
    }

    pub(super) fn holds(self, value: Decimal) -> bool {
        match self {
            Self::Less(limit) => value < limit,
            Self::LessOrEqual(limit) => value <= limit,
            Self::Equal(limit) => value == limit,
            Self::NotEqual(limit) => value != limit,
            Self::Greater(limit) => value > limit,
            Self::GreaterOrEqual(limit) => value >= limit,
        }
    }
}

/// How digits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numerals {
    /// `[DBNum1]`: 一二三.
    Small,
    /// `[DBNum2]`: 壹贰叁.
    Capital,
}

/// A section ready to render.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub condition: Option<Condition>,
    pub tokens: Vec<Token>,
    pub numerals: Option<Numerals>,
    /// The section names Chinese as its language.
    pub is_chinese: bool,
    /// Something in it was not understood.
    pub is_unknown: bool,
}

impl Section {
    pub(super) fn general() -> Self {
        Self {
            tokens: vec![Token::General],
            ..Self::empty()
        }
    }

    /// Returns a section that shows nothing.
    pub(super) const fn empty() -> Self {
        Self {
            condition: None,
            tokens: Vec::new(),
            numerals: None,
            is_chinese: false,
            is_unknown: false,
        }
    }

    pub(super) fn is_plain_general(&self) -> bool {
        self.tokens == [Token::General] && self.condition.is_none() && self.numerals.is_none() && !self.is_unknown
    }

    pub(super) fn is_date(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Date(_)))
    }

    pub(super) fn has_text(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }

    /// Returns a text through this section; `None` when it is none for texts.
    pub(super) fn render_text(&self, value: &str) -> Option<String> {
        if self.is_unknown {
            return None;
        }
        let mut out = String::new();
        for token in &self.tokens {
            match token {
                Token::Literal(literal) => out.push_str(literal),
                Token::Text | Token::General => out.push_str(value),
                Token::Percent => out.push('%'),
                _ => return None,
            }
        }
        Some(out)
    }
}
