//! What a person sees in a cell: a value through its number format.
//!
//! Works on decimals, rounds half away from zero, and says "unsure" instead of guessing: the plain value is then what
//! is shown. It knows no column widths (a cell is never too narrow) and speaks for Excel as set up in mainland China,
//! whose built-in formats are meant by ids 5–8, 14, 22, 27–44 and 50–58. Where LibreOffice shows something else, the
//! table of deliberate differences among the tests says why.

mod builtin;
mod calendar;
mod chinese;
mod date;
mod general;
mod number;
mod parse;
mod section;

pub use builtin::builtin_code;
pub use calendar::Epoch;
pub(super) use calendar::serial_of_date;

use parse::parse_sections;
use rust_decimal::Decimal;
use section::{Condition, Section};

/// Codes longer than this are no codes (Excel allows 255 characters).
const LONGEST_CODE: usize = 1024;

/// What is seen, and whether that is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text as seen, not trimmed.
    pub text: String,
    /// The format was not understood; `text` is the plain value.
    pub unsure: bool,
}

impl Shown {
    /// Returns a text that is certain.
    pub const fn sure(text: String) -> Self {
        Self { text, unsure: false }
    }
}

/// A parsed number format.
///
/// ```
/// use hebiao::internals::number_format::{Epoch, NumberFormat};
///
/// let percent = NumberFormat::parse("0%");
/// assert_eq!(percent.number("0.95".parse()?, Epoch::Year1900).text, "95%");
/// # Ok::<(), rust_decimal::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct NumberFormat {
    /// Sections for numbers, in order. Empty: not understood.
    numbers: Vec<Section>,
    /// The section for texts; without one a text is shown as it is.
    text: Option<Section>,
}

impl NumberFormat {
    /// Returns the format General.
    pub fn general() -> Self {
        Self {
            numbers: vec![Section::general()],
            text: None,
        }
    }

    /// Parses a code as stored in a file. Never fails: a code that is not understood renders as unsure.
    pub fn parse(code: &str) -> Self {
        let unknown = Self {
            numbers: Vec::new(),
            text: None,
        };
        if code.is_empty() {
            return Self::general();
        }
        if code.len() > LONGEST_CODE {
            return unknown;
        }
        let mut sections = parse_sections(code);
        if sections.len() > 4 {
            return unknown;
        }
        let has_text_section = sections.len() == 4 || sections.last().is_some_and(Section::has_text);
        let text = if has_text_section { sections.pop() } else { None };
        if sections.is_empty() {
            sections.push(Section::general());
        }
        Self {
            numbers: sections,
            text,
        }
    }

    /// Returns whether a number is shown as in General.
    pub fn is_general(&self) -> bool {
        self.text.is_none() && matches!(self.numbers.as_slice(), [only] if only.is_plain_general())
    }

    /// Returns whether numbers are shown as dates or times.
    pub fn is_date(&self) -> bool {
        self.numbers.first().is_some_and(Section::is_date)
    }

    /// Returns a number (or a date's serial) as seen.
    pub fn number(&self, value: Decimal, epoch: Epoch) -> Shown {
        if self.is_general()
            && let Some(text) = general::short_text(value)
        {
            return Shown::sure(text);
        }
        match self.try_number(value, epoch) {
            Some(text) => Shown::sure(text),
            None => Shown {
                text: general::text(value),
                unsure: true,
            },
        }
    }

    /// Returns whether every text is seen as it is.
    pub const fn leaves_texts(&self) -> bool {
        self.text.is_none()
    }

    /// Returns a text as seen.
    pub fn text(&self, value: &str) -> Shown {
        match &self.text {
            None => Shown::sure(value.to_owned()),
            Some(section) => match section.render_text(value) {
                Some(text) => Shown::sure(text),
                None => Shown {
                    text: value.to_owned(),
                    unsure: true,
                },
            },
        }
    }

    fn try_number(&self, value: Decimal, epoch: Epoch) -> Option<String> {
        let (section, sign) = self.section_of(value)?;
        let is_negative = value < Decimal::ZERO;
        if section.is_date() {
            return if is_negative {
                None
            } else {
                date::render(section, value, epoch)
            };
        }
        let rendered = number::render(section, value.abs())?;
        match sign {
            Sign::Kept if is_negative && !rendered.is_number_shown => None,
            Sign::Kept if is_negative && !rendered.is_zero => Some(format!("-{}", rendered.text)),
            Sign::Unknown if is_negative => None,
            _ => Some(rendered.text),
        }
    }

    /// Returns the section that a value takes, and what becomes of a minus sign there.
    fn section_of(&self, value: Decimal) -> Option<(&Section, Sign)> {
        let is_negative = value < Decimal::ZERO;
        let first = self.numbers.first()?;
        let second = self.numbers.get(1);
        let third = self.numbers.get(2);
        let second_condition = second.and_then(|section| section.condition);
        let Some(condition) = first.condition else {
            if second_condition.is_some() || third.is_some_and(|section| section.condition.is_some()) {
                return None;
            }
            return match (second, third) {
                (Some(second), _) if is_negative => Some((second, Sign::Dropped)),
                (Some(_), Some(third)) if value.is_zero() => Some((third, Sign::Dropped)),
                _ => Some((first, Sign::Kept)),
            };
        };
        if condition.holds(value) {
            return Some((
                first,
                if condition.only_negative() {
                    Sign::Dropped
                } else {
                    Sign::Kept
                },
            ));
        }
        let second = second?;
        match second_condition {
            Some(condition) if condition.holds(value) => Some((
                second,
                if condition.only_negative() {
                    Sign::Dropped
                } else {
                    Sign::Unknown
                },
            )),
            Some(_) => Some((third?, Sign::Unknown)),
            None => match third {
                Some(third) if !is_negative => Some((third, Sign::Kept)),
                _ if condition.leaves_negative() => Some((second, Sign::Dropped)),
                _ => Some((second, Sign::Unknown)),
            },
        }
    }
}

/// What becomes of a minus sign in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// It stands in front.
    Kept,
    /// The section is for negative numbers and writes its own.
    Dropped,
    /// Programs disagree.
    Unknown,
}

impl Condition {
    /// Returns whether only negative numbers meet it, so that its section writes their sign itself.
    fn only_negative(self) -> bool {
        match self {
            Self::Less(limit) => limit <= Decimal::ZERO,
            Self::LessOrEqual(limit) | Self::Equal(limit) => limit < Decimal::ZERO,
            _ => false,
        }
    }

    /// Returns whether what it leaves over are the negative numbers (with or without zero).
    fn leaves_negative(self) -> bool {
        matches!(self, Self::Greater(limit) | Self::GreaterOrEqual(limit) if limit.is_zero())
    }
}
