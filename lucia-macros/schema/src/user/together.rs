//! `unique(..)` above the struct: attributes that are unique together.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::draft::Draft;
use super::errors::Errors;
use super::mistake::{Length, Together};
use super::options::Given;
use super::similar;
use crate::{Kind, MAX_KEYED_BYTES};

/// The places of the attributes of each list, and the marks on those attributes.
pub(crate) fn read(
    given: &[Given<Vec<Ident>>],
    drafts: &mut [Draft<'_>],
    errors: &mut Errors,
) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for list in given {
        let places = places(&list.value, drafts, errors);
        if let ([only], [_]) = (list.value.as_slice(), places.as_slice()) {
            errors.note(only, Together::One { name: only.to_string() });
        } else if lists.iter().all(|other| sorted(other) != sorted(&places)) {
            lists.extend((places.len() > 1).then_some(places));
        } else if places.len() == list.value.len() {
            errors.note(&list.at, Together::Again { names: names(&list.value) });
        }
    }
    for place in lists.iter().flatten() {
        if let Some(draft) = drafts.get_mut(*place) {
            draft.together = true;
        }
    }
    lists
}

/// Where the named attributes are. What is wrong with one is noted, and the others, or what was meant, stand together
/// nevertheless: the app looks users up by them.
fn places(list: &[Ident], drafts: &[Draft<'_>], errors: &mut Errors) -> Vec<usize> {
    let mut places = Vec::new();
    for ident in list {
        let (place, mistake) = place(ident, &places, drafts);
        places.extend(place.filter(|place| !places.contains(place)));
        if let Some(mistake) = mistake {
            errors.note(ident, mistake);
        }
    }
    places
}

fn place(ident: &Ident, before: &[usize], drafts: &[Draft<'_>]) -> (Option<usize>, Option<Together>) {
    let name = ident.unraw().to_string();
    let place_of = |name: &str| drafts.iter().position(|draft| draft.name == name);
    let Some(place) = place_of(&name) else {
        let known = drafts.iter().map(|draft| draft.name.as_str());
        let meant = similar::closest(&name, known).map(str::to_owned);
        return (meant.as_deref().and_then(place_of), Some(Together::Unknown { name, meant }));
    };
    let is_native = drafts.get(place).and_then(Draft::kind) == Some(Kind::Native);
    let mistake = match name {
        name if before.contains(&place) => Some(Together::Twice { name }),
        name if is_native => Some(Together::Native { name }),
        _ => None,
    };
    (Some(place), mistake)
}

/// An index holds so many bytes, whatever the number of its columns.
pub(crate) fn check_lengths(
    given: &[Given<Vec<Ident>>],
    lists: &[Vec<usize>],
    drafts: &[Draft<'_>],
    errors: &mut Errors,
) {
    for list in lists {
        let members: Vec<&Draft<'_>> = list.iter().filter_map(|place| drafts.get(*place)).collect();
        let bytes: u64 = members.iter().map(|draft| draft.keyed_bytes()).sum();
        if bytes <= u64::from(MAX_KEYED_BYTES) {
            continue;
        }
        let names: Vec<&str> = members.iter().map(|draft| draft.name.as_str()).collect();
        let at = given.iter().find(|given| {
            given.value.len() == names.len() && given.value.iter().zip(&names).all(|(a, b)| a.unraw() == *b)
        });
        let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
        let max = MAX_KEYED_BYTES / 4 / count.max(1);
        if let Some(given) = at {
            errors.note(&given.at, Length::TogetherTooLong { bytes, max });
        }
    }
}

fn sorted(places: &[usize]) -> Vec<usize> {
    let mut places = places.to_vec();
    places.sort_unstable();
    places
}

fn names(list: &[Ident]) -> String {
    let names: Vec<String> = list.iter().map(Ident::to_string).collect();
    names.join(", ")
}
