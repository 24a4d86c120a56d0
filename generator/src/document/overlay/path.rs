//! JSONPath (RFC 9535): from text to what it selects by.
//!
//! Functions are not supported. Nothing here knows what nodes are.

use std::iter::Peekable;
use std::str::CharIndices;

use crate::document::number::Number;

/// Filters may be nested this deep.
const DEPTH: usize = 32;

/// A query: where it begins, and which way it goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    /// Whether it begins at the root of the document, and not at the node that a filter looks at.
    pub(super) from_root: bool,
    pub(super) segments: Vec<Segment>,
}

/// A step of a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segment {
    /// Whether it is taken from all that is in a node as well, at any depth.
    pub(super) deep: bool,
    pub(super) selectors: Vec<Selector>,
}

/// What is selected of the children of a node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Selector {
    Name(String),
    All,
    /// An item, from the end if it is negative.
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Test),
}

/// What a filter asks.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    Any(Vec<Test>),
    All(Vec<Test>),
    Not(Box<Test>),
    /// Whether the query selects anything.
    Exists(Path),
    Compare(Operand, Comparison, Operand),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Null,
    Flag(bool),
    Number(Number),
    Text(String),
    /// What a query selects that selects one node at most.
    Query(Path),
}

/// Why a text is no JSONPath.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The number of the character, from 1 on.
    pub(super) at: usize,
    pub(super) message: &'static str,
}

impl Path {
    /// Reads a query that begins at the root.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let mut parser = Parser {
            text,
            rest: text.char_indices().peekable(),
            depth: 0,
        };
        parser.expect('$', "it begins with `$`")?;
        let segments = parser.segments()?;
        if parser.peek().is_some() {
            return Err(parser.fault("`.` or `[` is expected"));
        }
        Ok(Self {
            from_root: true,
            segments,
        })
    }

    /// Whether it selects one node at most.
    fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            let one = matches!(
                segment.selectors.as_slice(),
                [Selector::Name(_) | Selector::Index(_)]
            );
            one && !segment.deep
        })
    }
}

struct Parser<'t> {
    text: &'t str,
    rest: Peekable<CharIndices<'t>>,
    /// How many filters are open.
    depth: usize,
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().map(|&(_, c)| c)
    }

    fn offset(&mut self) -> usize {
        self.rest.peek().map_or(self.text.len(), |&(at, _)| at)
    }

    fn fault(&mut self, message: &'static str) -> Fault {
        let offset = self.offset();
        Fault {
            at: self.text[..offset].chars().count() + 1,
            message,
        }
    }

    fn take(&mut self, c: char) -> bool {
        self.rest.next_if(|&(_, next)| next == c).is_some()
    }

    /// Takes a text, if it comes next.
    fn take_all(&mut self, wanted: &str) -> bool {
        let offset = self.offset();
        let found = self.text[offset..].starts_with(wanted);
        if found {
            wanted.chars().for_each(|_| {
                self.rest.next();
            });
        }
        found
    }

    fn expect(&mut self, c: char, message: &'static str) -> Result<(), Fault> {
        match self.take(c) {
            true => Ok(()),
            false => Err(self.fault(message)),
        }
    }

    fn blank(&mut self) {
        while self
            .rest
            .next_if(|&(_, c)| matches!(c, ' ' | '\t' | '\n' | '\r'))
            .is_some()
        {}
    }

    fn segments(&mut self) -> Result<Vec<Segment>, Fault> {
        let mut segments = Vec::new();
        loop {
            let before = self.rest.clone();
            self.blank();
            let deep = self.take_all("..");
            let selectors = if self.take('[') {
                self.selectors()?
            } else if deep || self.take('.') {
                match self.take('*') {
                    true => vec![Selector::All],
                    false => vec![Selector::Name(self.short_name()?)],
                }
            } else {
                // Blanks behind a query belong to what follows it.
                self.rest = before;
                return Ok(segments);
            };
            segments.push(Segment { deep, selectors });
        }
    }

    fn short_name(&mut self) -> Result<String, Fault> {
        let mut name = String::new();
        while let Some((_, c)) = self
            .rest
            .next_if(|&(_, c)| c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii())
        {
            name.push(c);
        }
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.fault("a name is expected; others are written as `['name']`"));
        }
        Ok(name)
    }

    fn selectors(&mut self) -> Result<Vec<Selector>, Fault> {
        let mut selectors = Vec::new();
        loop {
            self.blank();
            selectors.push(self.selector()?);
            self.blank();
            if self.take(']') {
                return Ok(selectors);
            }
            self.expect(',', "`,` or `]` is expected")?;
        }
    }

    fn selector(&mut self) -> Result<Selector, Fault> {
        match self.peek() {
            Some('*') => {
                self.rest.next();
                Ok(Selector::All)
            }
            Some('\'' | '"') => Ok(Selector::Name(self.string()?)),
            Some('?') => {
                self.rest.next();
                self.blank();
                Ok(Selector::Filter(self.any()?))
            }
            Some(_) => self.index_or_slice(),
            None => Err(self.fault("`]` is missing")),
        }
    }

    fn index_or_slice(&mut self) -> Result<Selector, Fault> {
        let start = self.integer()?;
        self.blank();
        if !self.take(':') {
            let missing = "a name in quotes, a number, `*` or `?` is expected";
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => Err(self.fault(missing)),
            };
        }
        self.blank();
        let end = self.integer()?;
        self.blank();
        let mut step = None;
        if self.take(':') {
            self.blank();
            step = self.integer()?;
        }
        Ok(Selector::Slice {
            start,
            end,
            step: step.unwrap_or(1),
        })
    }

    fn integer(&mut self) -> Result<Option<i64>, Fault> {
        let offset = self.offset();
        self.take('-');
        while self.rest.next_if(|(_, c)| c.is_ascii_digit()).is_some() {}
        let end = self.offset();
        match &self.text[offset..end] {
            "" => Ok(None),
            digits => match digits.parse() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(self.fault("a whole number is expected")),
            },
        }
    }

    /// A string in quotes of either kind (section 2.3.1.1).
    fn string(&mut self) -> Result<String, Fault> {
        let Some((_, quote)) = self.rest.next() else {
            return Err(self.fault("a string is expected"));
        };
        let mut text = String::new();
        loop {
            match self.rest.next() {
                None => return Err(self.fault("the string has no end")),
                Some((_, c)) if c == quote => return Ok(text),
                Some((_, '\\')) => text.push(self.escaped(quote)?),
                Some((_, c)) => text.push(c),
            }
        }
    }

    fn escaped(&mut self, quote: char) -> Result<char, Fault> {
        let unknown = "there is no such escape sequence";
        match self.rest.next() {
            Some((_, 'b')) => Ok('\u{8}'),
            Some((_, 'f')) => Ok('\u{c}'),
            Some((_, 'n')) => Ok('\n'),
            Some((_, 'r')) => Ok('\r'),
            Some((_, 't')) => Ok('\t'),
            Some((_, c @ ('/' | '\\'))) => Ok(c),
            Some((_, c)) if c == quote => Ok(c),
            Some((_, 'u')) => {
                let high = self.unit()?;
                let code = match high {
                    0xd800..0xdc00 if self.take_all("\\u") => {
                        let low = self.unit()?.wrapping_sub(0xdc00) & 0x3ff;
                        0x10000 + ((high - 0xd800) << 10) + low
                    }
                    code => code,
                };
                char::from_u32(code).ok_or_else(|| self.fault(unknown))
            }
            Some(_) | None => Err(self.fault(unknown)),
        }
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Fault> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.rest.next().and_then(|(_, c)| c.to_digit(16));
            let Some(digit) = digit else {
                return Err(self.fault("four hexadecimal digits are expected"));
            };
            unit = unit * 16 + digit;
        }
        Ok(unit)
    }

    /// Tests with `||` between them.
    fn any(&mut self) -> Result<Test, Fault> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.fault("filters are nested too deeply"));
        }
        let mut tests = vec![self.all()?];
        loop {
            self.blank();
            if !self.take_all("||") {
                break;
            }
            self.blank();
            tests.push(self.all()?);
        }
        self.depth -= 1;
        Ok(one_or(tests, Test::Any))
    }

    /// Tests with `&&` between them.
    fn all(&mut self) -> Result<Test, Fault> {
        let mut tests = vec![self.test()?];
        loop {
            self.blank();
            if !self.take_all("&&") {
                return Ok(one_or(tests, Test::All));
            }
            self.blank();
            tests.push(self.test()?);
        }
    }

    fn test(&mut self) -> Result<Test, Fault> {
        let mut negated = false;
        while self.take('!') {
            negated = !negated;
            self.blank();
        }
        let test = if self.take('(') {
            self.blank();
            let test = self.any()?;
            self.blank();
            self.expect(')', "`)` is missing")?;
            test
        } else {
            self.comparison()?
        };
        Ok(match negated {
            true => Test::Not(Box::new(test)),
            false => test,
        })
    }

    fn comparison(&mut self) -> Result<Test, Fault> {
        let left = self.operand()?;
        self.blank();
        let comparisons = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let found = comparisons
            .into_iter()
            .find(|(text, _)| self.take_all(text));
        let Some((_, comparison)) = found else {
            return match left {
                Operand::Query(path) => Ok(Test::Exists(path)),
                Operand::Null | Operand::Flag(_) | Operand::Number(_) | Operand::Text(_) => {
                    Err(self.fault("a comparison is expected"))
                }
            };
        };
        self.blank();
        let right = self.operand()?;
        for operand in [&left, &right] {
            if matches!(operand, Operand::Query(path) if !path.is_singular()) {
                return Err(self.fault("only a query for one node can be compared"));
            }
        }
        Ok(Test::Compare(left, comparison, right))
    }

    fn operand(&mut self) -> Result<Operand, Fault> {
        match self.peek() {
            Some(c @ ('@' | '$')) => {
                self.rest.next();
                Ok(Operand::Query(Path {
                    from_root: c == '$',
                    segments: self.segments()?,
                }))
            }
            Some('\'' | '"') => Ok(Operand::Text(self.string()?)),
            Some(c) if c == '-' || c.is_ascii_digit() => {
                let offset = self.offset();
                while self
                    .rest
                    .next_if(|&(_, c)| c.is_ascii_digit() || "+-.eE".contains(c))
                    .is_some()
                {}
                let end = self.offset();
                let number = Number::from_json(&self.text[offset..end]);
                number
                    .map(Operand::Number)
                    .ok_or_else(|| self.fault("this is no number"))
            }
            _ if self.take_all("true") => Ok(Operand::Flag(true)),
            _ if self.take_all("false") => Ok(Operand::Flag(false)),
            _ if self.take_all("null") => Ok(Operand::Null),
            _ => Err(self.fault("`@`, `$` or a value is expected")),
        }
    }
}

/// The test, if it is only one.
fn one_or(mut tests: Vec<Test>, of: impl FnOnce(Vec<Test>) -> Test) -> Test {
    match tests.pop() {
        Some(only) if tests.is_empty() => only,
        last => {
            tests.extend(last);
            of(tests)
        }
    }
}
