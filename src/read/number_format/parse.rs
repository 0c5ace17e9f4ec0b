//! From a format code to sections of tokens.

use super::section::{Condition, DatePart, Numerals, Section, Token};

/// Returns the sections of a code, in order.
pub(super) fn parse_sections(code: &str) -> Vec<Section> {
    split_sections(code).into_iter().map(parse_section).collect()
}

/// Returns the parts of a code between semicolons outside quotes, brackets and escapes.
fn split_sections(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let mut start = 0;
    let mut in_quotes = false;
    let mut in_brackets = false;
    let mut chars = code.char_indices();
    while let Some((index, c)) = chars.next() {
        match c {
            '"' if !in_brackets => in_quotes = !in_quotes,
            '\\' | '!' | '_' | '*' if !in_quotes && !in_brackets => {
                chars.next();
            }
            '[' if !in_quotes => in_brackets = true,
            ']' if !in_quotes => in_brackets = false,
            ';' if !in_quotes && !in_brackets => {
                sections.extend(code.get(start..index));
                start = index + 1;
            }
            _ => {}
        }
    }
    sections.extend(code.get(start..));
    sections
}

fn parse_section(code: &str) -> Section {
    Parser {
        section: Section::empty(),
        rest: code,
        system_date: None,
        is_foreign: false,
    }
    .parse()
}

struct Parser<'a> {
    section: Section,
    rest: &'a str,
    /// `[$-F800]` and `[$-F400]`: the date as the system writes it.
    system_date: Option<&'static str>,
    /// A language whose months and half days are called otherwise.
    is_foreign: bool,
}

impl Parser<'_> {
    fn parse(mut self) -> Section {
        while let Some(c) = self.rest.chars().next() {
            if !self.word() {
                self.character(c);
            }
        }
        if let Some(code) = self.system_date {
            return Section {
                condition: self.section.condition,
                ..parse_section(code)
            };
        }
        self.settle_minutes();
        self.settle_seconds();
        let tokens = &self.section.tokens;
        let has_digits = tokens.iter().any(|token| matches!(token, Token::Digit(_)));
        let has_general = tokens.contains(&Token::General);
        let kinds = [
            self.section.is_date(),
            has_digits,
            has_general,
            tokens.contains(&Token::Text),
        ];
        self.section.is_unknown |= kinds.iter().filter(|is_there| **is_there).count() > 1;
        self.section.is_unknown |= self.is_foreign && self.section.is_date();
        self.section
    }

    fn push(&mut self, token: Token) {
        if let (Token::Literal(text), Some(Token::Literal(before))) = (&token, self.section.tokens.last_mut()) {
            before.push_str(text);
        } else {
            self.section.tokens.push(token);
        }
    }

    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Returns words of more than one letter.
    fn word(&mut self) -> bool {
        const WORDS: [(&str, Token); 4] = [
            ("General", Token::General),
            ("G/通用格式", Token::General),
            ("AM/PM", Token::Date(DatePart::HalfDay(false))),
            ("上午/下午", Token::Date(DatePart::HalfDay(true))),
        ];
        for (word, token) in WORDS {
            if self
                .rest
                .get(..word.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(word))
            {
                self.advance(word.len());
                self.push(token);
                return true;
            }
        }
        false
    }

    fn character(&mut self, c: char) {
        let run = self
            .rest
            .chars()
            .take_while(|next| next.eq_ignore_ascii_case(&c))
            .count();
        let after = self.rest.get(c.len_utf8()..).unwrap_or_default();
        let date = |part| Token::Date(part);
        let token = match c {
            '"' => {
                let end = after.find('"').unwrap_or(after.len());
                let literal = after.get(..end).unwrap_or_default();
                let literal = Token::Literal(literal.to_owned());
                self.advance(end + 2);
                return self.push(literal);
            }
            '\\' | '!' | '_' | '*' => {
                let escaped = after.chars().next();
                self.advance(1 + escaped.map_or(0, char::len_utf8));
                return match (c, escaped) {
                    // A fill reaches to the cell's edge, which is not known: it takes no room.
                    ('*', _) | (_, None) => {}
                    // Room as wide as the character.
                    ('_', Some(_)) => self.push(Token::Literal(" ".to_owned())),
                    (_, Some(literal)) => self.push(Token::Literal(literal.to_string())),
                };
            }
            '[' => {
                let end = after.find(']');
                let inside = end.and_then(|end| after.get(..end)).unwrap_or(after).to_owned();
                self.advance(inside.len() + 2);
                self.section.is_unknown |= end.is_none();
                return self.bracket(&inside);
            }
            '0' | '#' | '?' => Token::Digit(c),
            '.' => Token::Point,
            ',' => Token::Comma,
            '%' => Token::Percent,
            '@' => Token::Text,
            'E' | 'e' if after.starts_with(['+', '-']) => {
                self.advance(2);
                return self.push(Token::Exponent(after.starts_with('+')));
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' | 'A' => {
                self.advance(run);
                let token = match c.to_ascii_lowercase() {
                    'y' => date(DatePart::Year(run)),
                    'm' => date(DatePart::Month(run)),
                    'd' => date(DatePart::Day(run)),
                    'h' => date(DatePart::Hour(run)),
                    's' => date(DatePart::Second(run)),
                    _ if run == 3 || run == 4 => date(DatePart::ChineseWeekday(run)),
                    _ => {
                        self.section.is_unknown = true;
                        return;
                    }
                };
                return self.push(token);
            }
            // Excel writes no other letter without quotes, except as a token that is not known here.
            _ if c.is_ascii_alphabetic() => {
                self.section.is_unknown = true;
                Token::Literal(c.to_string())
            }
            // A fraction.
            '/' if after.starts_with(['0', '#', '?', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
                && self.section.tokens.iter().any(|token| matches!(token, Token::Digit(_))) =>
            {
                self.section.is_unknown = true;
                Token::Literal(c.to_string())
            }
            _ => Token::Literal(c.to_string()),
        };
        self.advance(c.len_utf8());
        self.push(token);
    }

    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let (symbol, language) = currency.split_once('-').unwrap_or((currency, ""));
            self.language(language);
            return self.push(Token::Literal(symbol.to_owned()));
        }
        if let Some(condition) = Condition::parse(inside) {
            self.section.condition = Some(condition);
            return;
        }
        let lower = inside.to_lowercase();
        let elapsed = |letter| !lower.is_empty() && lower.chars().all(|c| c == letter);
        if elapsed('h') {
            self.push(Token::Date(DatePart::ElapsedHours(lower.len())));
        } else if elapsed('m') {
            self.push(Token::Date(DatePart::ElapsedMinutes(lower.len())));
        } else if elapsed('s') {
            self.push(Token::Date(DatePart::ElapsedSeconds(lower.len())));
        } else if lower == "dbnum1" {
            self.section.numerals = Some(Numerals::Small);
        } else if lower == "dbnum2" {
            self.section.numerals = Some(Numerals::Capital);
        } else if !is_colour(&lower) {
            self.section.is_unknown = true;
        }
    }

    fn language(&mut self, language: &str) {
        let lower = language.to_lowercase();
        match lower.trim_start_matches('0') {
            "" | "409" | "809" | "en-us" | "en-gb" => {}
            "804" | "404" | "c04" | "zh-cn" | "zh-tw" | "zh-hk" | "zh-hans" => self.section.is_chinese = true,
            "f800" => self.system_date = Some("yyyy\"年\"m\"月\"d\"日\""),
            "f400" => self.system_date = Some("h:mm:ss"),
            // Numerals and calendars of their own stand in the higher digits.
            number if number.len() > 4 && number.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                self.section.is_unknown = true;
            }
            _ => self.is_foreign = true,
        }
    }

    /// `m` beside an hour or a second means minutes.
    fn settle_minutes(&mut self) {
        let mut after_hour = false;
        let mut month: Option<(usize, usize)> = None;
        let mut minutes: Vec<usize> = Vec::new();
        for (index, token) in self.section.tokens.iter().enumerate() {
            let Token::Date(part) = token else {
                continue;
            };
            match part {
                DatePart::Month(length) if *length <= 2 => {
                    if after_hour {
                        minutes.push(index);
                    }
                    month = Some((index, *length));
                }
                DatePart::Second(_) | DatePart::ElapsedSeconds(_) => {
                    minutes.extend(month.take().map(|(index, _)| index))
                }
                DatePart::HalfDay(_) => continue,
                _ => month = None,
            }
            after_hour = matches!(part, DatePart::Hour(_) | DatePart::ElapsedHours(_));
        }
        for index in minutes {
            if let Some(token) = self.section.tokens.get_mut(index)
                && let Token::Date(DatePart::Month(length)) = *token
            {
                *token = Token::Date(DatePart::Minute(length));
            }
        }
    }

    /// A point and zeros after seconds are parts of a second; in a date there are no other digits.
    fn settle_seconds(&mut self) {
        if !self.section.is_date() {
            return;
        }
        let mut settled: Vec<Token> = Vec::with_capacity(self.section.tokens.len());
        for token in self.section.tokens.drain(..) {
            match (&token, settled.as_mut_slice()) {
                (Token::Digit('0'), [.., Token::Date(DatePart::SubSecond(places))]) => *places += 1,
                (
                    Token::Digit('0'),
                    [
                        ..,
                        Token::Date(DatePart::Second(_) | DatePart::ElapsedSeconds(_)),
                        point @ Token::Point,
                    ],
                ) => *point = Token::Date(DatePart::SubSecond(1)),
                _ => settled.push(token),
            }
        }
        for token in &mut settled {
            match token {
                Token::Point => *token = Token::Literal(".".to_owned()),
                Token::Comma => *token = Token::Literal(",".to_owned()),
                _ => {}
            }
        }
        self.section.tokens = settled;
    }
}

fn is_colour(lower: &str) -> bool {
    const COLOURS: [&str; 16] = [
        "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黑色", "蓝色", "青色", "绿色", "洋红",
        "红色", "白色", "黄色",
    ];
    let numbered = lower.strip_prefix("color").or_else(|| lower.strip_prefix("颜色"));
    COLOURS.contains(&lower)
        || numbered.is_some_and(|number| {
            let number = number.trim();
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}
