//! The edits after which a crate is compiled again.

use lucia_tests::source::Attribute;

#[derive(Clone, Copy)]
pub(crate) enum Edit {
    /// A comment above the struct: it changes nothing but where everything stands.
    Moved,
    /// Another name for one field, wherever the source names it.
    Renamed,
}

impl Edit {
    pub(crate) const ALL: [Self; 2] = [Self::Moved, Self::Renamed];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Moved => "lines moved",
            Self::Renamed => "field renamed",
        }
    }

    /// The source in this turn: edited in even ones, and back as it was in odd ones.
    pub(crate) fn source(
        self,
        turn: usize,
        attributes: &[Attribute],
        source: fn(&[Attribute]) -> String,
    ) -> String {
        match self {
            _ if turn % 2 == 1 => source(attributes),
            Self::Moved => format!("// A comment.\n{}", source(attributes)),
            Self::Renamed => source(&renamed(attributes)),
        }
    }
}

fn renamed(attributes: &[Attribute]) -> Vec<Attribute> {
    let mut attributes = attributes.to_vec();
    let plain = attributes.iter_mut().find(|attribute| attribute.is_plain());
    plain.expect("there is a plain attribute").name.push_str("_renamed");
    attributes
}
