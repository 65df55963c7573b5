//! Closed lists of answers: each code has a stored name that never changes and a label for people.
//!
//! A landlord may put its own label over a code in its pack; the codes are the same for everybody, so that
//! measures can be compared.

/// Defines a closed list of codes with a stored name and a label in plain words.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$code_doc:meta])* $code:ident = $stored:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(
                #[doc = $label]
                #[serde(rename = $stored)]
                $code,
            )+
        }

        impl $name {
            /// Every code, in the order in which people are offered them.
            pub const ALL: &'static [$name] = &[$($name::$code),+];

            /// The stored name, the same in packs, forms and facts.
            pub fn code(self) -> &'static str {
                match self { $($name::$code => $stored),+ }
            }

            /// The label in plain words.
            pub fn label(self) -> &'static str {
                match self { $($name::$code => $label),+ }
            }

            /// Reads a stored name.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($stored => Some($name::$code),)+ _ => None }
            }
        }
    };
}
pub(crate) use codes;
