//! Enumerations that survive a newer program: a word that this version does not know is kept as it came.

/// Declares an enum of words: each variant has a text, and `Other` keeps any word that is not listed.
#[macro_export]
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A word that a newer program wrote; kept as it came.
            Other(String),
        }
        impl $name {
            /// Every word that this version knows.
            pub const KNOWN: &'static [$name] = &[$($name::$variant),+];
            /// The word as it is stored and sent.
            pub fn as_str(&self) -> &str {
                match self { $($name::$variant => $text,)+ $name::Other(word) => word }
            }
            /// The variant of a word; `Other` for one that is not known.
            pub fn from_word(word: &str) -> $name {
                match word { $($text => $name::$variant,)+ other => $name::Other(other.to_owned()) }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(|word| $name::from_word(&word))
            }
        }
    };
}
