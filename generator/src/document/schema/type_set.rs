//! The types that a schema names.
//!
//! It is a set of names, without a document.

use std::fmt;

/// A set of types of JSON values, as the `type` keyword names them (JSON Schema Validation 2020-12,
/// section 6.1.1). The empty set says nothing about the type: any value is allowed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TypeSet(u8);

impl TypeSet {
    /// The set that says nothing.
    pub const ANY: TypeSet = TypeSet(0);
    /// `null`.
    pub const NULL: TypeSet = TypeSet(1);
    /// `boolean`.
    pub const BOOLEAN: TypeSet = TypeSet(1 << 1);
    /// `integer`: numbers without a fraction.
    pub const INTEGER: TypeSet = TypeSet(1 << 2);
    /// `number`.
    pub const NUMBER: TypeSet = TypeSet(1 << 3);
    /// `string`.
    pub const STRING: TypeSet = TypeSet(1 << 4);
    /// `array`.
    pub const ARRAY: TypeSet = TypeSet(1 << 5);
    /// `object`.
    pub const OBJECT: TypeSet = TypeSet(1 << 6);

    /// Each type with its name in a schema.
    pub(super) const NAMES: [(TypeSet, &'static str); 7] = [
        (TypeSet::NULL, "null"),
        (TypeSet::BOOLEAN, "boolean"),
        (TypeSet::INTEGER, "integer"),
        (TypeSet::NUMBER, "number"),
        (TypeSet::STRING, "string"),
        (TypeSet::ARRAY, "array"),
        (TypeSet::OBJECT, "object"),
    ];

    /// The set of the one type that has this name in a schema.
    pub fn from_name(name: &str) -> Option<Self> {
        TypeSet::NAMES
            .into_iter()
            .find(|&(_, known)| known == name)
            .map(|(types, _)| types)
    }

    /// The names of the types in the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let names = TypeSet::NAMES.into_iter();
        names
            .filter(move |&(types, _)| self.contains(types))
            .map(|(_, name)| name)
    }

    /// Whether every type of `other` is in the set. The empty set has no types, although it allows
    /// them all.
    pub fn contains(self, other: TypeSet) -> bool {
        self.0 & other.0 == other.0
    }

    /// The set with the types of `other` in addition.
    #[must_use]
    pub fn with(self, other: TypeSet) -> Self {
        TypeSet(self.0 | other.0)
    }

    /// The set without the types of `other`.
    #[must_use]
    pub fn without(self, other: TypeSet) -> Self {
        TypeSet(self.0 & !other.0)
    }

    /// The types that are in both sets.
    #[must_use]
    pub fn and(self, other: TypeSet) -> Self {
        TypeSet(self.0 & other.0)
    }

    /// Whether the set says nothing about the type.
    pub fn is_empty(self) -> bool {
        self == TypeSet::ANY
    }

    /// How many types are in the set.
    pub fn len(self) -> usize {
        self.names().count()
    }
}

impl fmt::Debug for TypeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
