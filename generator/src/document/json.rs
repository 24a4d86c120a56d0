//! The reader of JSON (RFC 8259).
//!
//! In goes a text, out come events for the [`Builder`]. It is our own because the nodes need their
//! places in the text, and because real documents have numbers that other readers refuse. It does
//! not recurse, so no nesting can exhaust the stack.

use std::ops::Range;

use super::arena::Value;
use super::build::{Builder, Fault};
use super::number::Number;
use crate::diag::Code;

/// Reads the JSON text `text`.
pub(super) fn read(text: &str, builder: &mut Builder) -> Result<(), Fault> {
    let mut reader = Reader {
        text,
        at: 0,
        open: Vec::new(),
    };
    reader.value(builder)?;
    while let Some(&close) = reader.open.last() {
        reader.blank();
        match reader.peek() {
            Some(b',') => {
                reader.at += 1;
                reader.entry(close, builder)?;
            }
            Some(byte) if byte == close => reader.close(builder)?,
            _ => {
                let close = char::from(close);
                return Err(reader.unexpected(&format!("`,` or `{close}` was expected")));
            }
        }
    }
    reader.blank();
    match reader.peek() {
        None => Ok(()),
        Some(_) => Err(reader.unexpected("the document has ended, but there is more text")),
    }
}

struct Reader<'t> {
    text: &'t str,
    /// The offset of the next byte.
    at: usize,
    /// The closing brackets that are still to come, the next one at the end.
    open: Vec<u8>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Reads a scalar, or the beginning of an object or array up to and including its first scalar.
    fn value(&mut self, builder: &mut Builder) -> Result<(), Fault> {
        loop {
            self.blank();
            let start = self.at;
            let Some(first) = self.peek() else {
                return Err(self.unexpected("a value was expected"));
            };
            let close = match first {
                b'{' => b'}',
                b'[' => b']',
                _ => return self.scalar(first, builder),
            };
            self.at += 1;
            match first {
                b'{' => builder.object(start..self.at)?,
                _ => builder.array(start..self.at)?,
            };
            self.open.push(close);
            self.blank();
            if self.peek() == Some(close) {
                return self.close(builder);
            }
            if first == b'{' {
                self.key(builder)?;
            }
        }
    }

    /// Reads what follows a comma.
    fn entry(&mut self, close: u8, builder: &mut Builder) -> Result<(), Fault> {
        self.blank();
        if self.peek() == Some(close) {
            let fault = self.unexpected("JSON allows no comma before a closing bracket");
            return Err(fault.help("remove the comma"));
        }
        if close == b'}' {
            self.key(builder)?;
        }
        self.value(builder)
    }

    fn close(&mut self, builder: &mut Builder) -> Result<(), Fault> {
        self.at += 1;
        self.open.pop();
        builder.end(self.at)?;
        Ok(())
    }

    /// Reads a key and its colon.
    fn key(&mut self, builder: &mut Builder) -> Result<(), Fault> {
        self.blank();
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in double quotes was expected"));
        }
        let key = self.string()?;
        builder.key(&key, start..self.at, false);
        self.blank();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:` was expected after the key"));
        }
        self.at += 1;
        Ok(())
    }

    fn scalar(&mut self, first: u8, builder: &mut Builder) -> Result<(), Fault> {
        let start = self.at;
        if first == b'"' {
            let text = self.string()?;
            builder.scalar(Value::String(text), start..self.at)?;
            return Ok(());
        }
        let rest = &self.text[start..];
        let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let range = start..start + word.len();
        match word {
            "null" => builder.scalar(Value::Null, range.clone())?,
            "true" => builder.scalar(Value::Bool(true), range.clone())?,
            "false" => builder.scalar(Value::Bool(false), range.clone())?,
            _ => match Number::from_json(word) {
                Some(number) => builder.number(number, range.clone())?,
                None => return Err(self.unexpected("a value was expected")),
            },
        };
        self.at = range.end;
        Ok(())
    }

    /// Reads a string, whose opening quote is next.
    fn string(&mut self) -> Result<Box<str>, Fault> {
        let opening = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let special = |byte: u8| matches!(byte, b'"' | b'\\' | ..0x20);
            let Some(length) = rest.bytes().position(special) else {
                let message = "the string has no closing quote";
                return Err(syntax(opening..opening + 1, message));
            };
            text.push_str(&rest[..length]);
            self.at += length;
            match self.text.as_bytes()[self.at] {
                b'"' => {
                    self.at += 1;
                    return Ok(text.into());
                }
                b'\\' => text.push(self.escape()?),
                _ => {
                    let message = "a string can't hold control characters and line breaks as such";
                    return Err(syntax(self.at..self.at + 1, message)
                        .help("write `\\n` for a line break and `\\t` for a tab"));
                }
            }
        }
    }

    /// Reads an escape sequence, whose backslash is next.
    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        let letter = self.text[start + 1..].chars().next();
        let end = start + 1 + letter.map_or(0, char::len_utf8);
        self.at = end;
        let plain = match letter {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode(start),
            _ => return Err(syntax(start..end, "JSON has no such escape sequence")),
        };
        Ok(plain)
    }

    /// Reads the digits of a `\u` escape that began at `start`, and its second half if it is the
    /// first one of a pair (RFC 8259, section 7).
    fn unicode(&mut self, start: usize) -> Result<char, Fault> {
        let unit = self.hex(start)?;
        let high = match char::from_u32(unit) {
            Some(c) => return Ok(c),
            None if unit < 0xdc00 && self.text[self.at..].starts_with("\\u") => unit,
            None => return Err(lone_surrogate(start..self.at)),
        };
        self.at += 2;
        let low = self.hex(start)?;
        let pair = low.checked_sub(0xdc00).filter(|low| *low < 0x400);
        pair.and_then(|low| char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + low))
            .ok_or_else(|| lone_surrogate(start..self.at))
    }

    fn hex(&mut self, start: usize) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += if unit.is_some() { 4 } else { 0 };
        unit.ok_or_else(|| syntax(start..self.at, "`\\u` needs four hexadecimal digits"))
    }

    /// A complaint about the next character, or about the end of the text.
    fn unexpected(&self, message: &str) -> Fault {
        match self.text[self.at..].chars().next() {
            Some(c) => syntax(self.at..self.at + c.len_utf8(), message),
            None => {
                let message = format!("{message}, but the text ends here");
                syntax(self.at..self.at, &message)
            }
        }
    }
}

fn syntax(range: Range<usize>, message: &str) -> Fault {
    Fault::new(Code::SyntaxError, range, message)
}

fn lone_surrogate(range: Range<usize>) -> Fault {
    syntax(
        range,
        "the escape sequence is half of a surrogate pair, not a character",
    )
    .help("write both halves, or the character itself")
}
