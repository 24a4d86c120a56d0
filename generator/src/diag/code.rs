//! How the table of codes becomes an enum.

/// Declares [`Code`] from one table, so that a code can't lack a name, a severity, a
/// summary or an explanation. Each row is the summary, the variant, the name, the severity, and the
/// lines of the explanation.
macro_rules! codes {
    ($(
        #[doc = $summary:literal]
        $variant:ident = $name:literal, $severity:ident:
        $($line:literal)+
    )+) => {
        /// What a diagnostic is about: a closed list.
        ///
        /// The name is what users see and search for, and it never changes its meaning. `bindery
        /// explain NAME` prints the explanation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $summary] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the stages that report them.
            pub fn all() -> &'static [Code] {
                &[$(Code::$variant),+]
            }

            /// The name by which users know the code, in kebab case.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// What a diagnostic of this code costs the output.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)+ }
            }

            /// What the code means, in one sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $summary.trim_ascii(),)+ }
            }

            /// What the code means, why it is reported, what is done about it, and how to mend the
            /// input: several lines of Markdown with a line break at the end.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => concat!($($line, "\n"),+),)+ }
            }
        }
    };
}

pub(super) use codes;

use super::{Code, nearest};

impl Code {
    /// The code of this name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::all().iter().copied().find(|code| code.name() == name)
    }

    /// The code whose name is nearest to `name`, if one is near enough to have been meant.
    pub fn nearest(name: &str) -> Option<Code> {
        nearest(name, Code::all().iter().map(|code| code.name())).and_then(Code::from_name)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
