//! Types that are a text on the wire and keep it as it is.
//!
//! In: the name and the docs of such a type. Out: the type, a newtype over its text, with what all
//! of its kind have. This file knows nothing of what a text means.

/// Defines a type that keeps its text: `text_scalar! { /// Docs. Name }`.
macro_rules! text_scalar {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        ///
        /// Any text is kept as it was received, and sent back unchanged; values are equal when
        /// their texts are.
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Gives the text back.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, formatter)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                super::deserialize_text(deserializer)
            }
        }

        impl super::ToParameter for $name {
            fn to_parameter(&self) -> super::ParameterValue {
                super::ParameterValue::Primitive(self.0.clone())
            }
        }
    };
}

pub(super) use text_scalar;
