//! What a user struct consists of, as far as its source differs.

/// The type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    OptionalText,
    Int,
    BigInt,
    Bool,
    OptionalBigInt,
    Time,
    Bytes,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Text,
        Self::OptionalText,
        Self::Int,
        Self::BigInt,
        Self::Bool,
        Self::OptionalBigInt,
        Self::Time,
        Self::Bytes,
    ];

    fn noun(self) -> &'static str {
        match self {
            Self::Text => "title",
            Self::OptionalText => "note",
            Self::Int => "count",
            Self::BigInt => "total",
            Self::Bool => "flag",
            Self::OptionalBigInt => "limit",
            Self::Time => "seen_at",
            Self::Bytes => "digest",
        }
    }

    /// A default, for the kinds of which some attributes have one.
    fn default(self) -> Option<&'static str> {
        match self {
            Self::Int => Some("0"),
            Self::Bool => Some("false"),
            _ => None,
        }
    }
}

/// One attribute of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: String,
    pub kind: Kind,
    pub unique: bool,
    pub max_length: Option<usize>,
    /// As the derive takes it: a literal, or `now`.
    pub default: Option<&'static str>,
    pub readonly: bool,
}

impl Attribute {
    fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), kind, unique: false, max_length: None, default: None, readonly: false }
    }

    /// Whether nothing but its name and its type is to say about it.
    pub fn is_plain(&self) -> bool {
        !self.unique && !self.readonly && self.max_length.is_none() && self.default.is_none()
    }

    pub fn doc(&self) -> String {
        format!("/// The attribute `{}`.", self.name)
    }
}

/// The attributes of the quickstart's user.
pub fn typical() -> Vec<Attribute> {
    vec![
        Attribute { unique: true, max_length: Some(32), ..Attribute::new("username", Kind::Text) },
        Attribute::new("email", Kind::OptionalText),
        Attribute { default: Some("0"), ..Attribute::new("logins", Kind::Int) },
        Attribute { readonly: true, default: Some("now"), ..Attribute::new("created_at", Kind::Time) },
    ]
}

/// The typical attributes and, to make it so many, others of all kinds, every other round of them with defaults.
pub fn mixed(count: usize) -> Vec<Attribute> {
    let others = (0..).flat_map(|round| Kind::ALL.map(|kind| (round, kind))).map(|(round, kind)| Attribute {
        default: kind.default().filter(|_| round % 2 == 0),
        ..Attribute::new(&format!("{}_{round}", kind.noun()), kind)
    });
    typical().into_iter().chain(others).take(count).collect()
}
