//! `unique(..)` above the struct: attributes that are unique together.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::draft::Draft;
use super::errors::Errors;
use super::mistake::{Length, Together};
use super::options::Given;
use super::similar;
use crate::{Kind, MAX_KEYED_BYTES};

/// The places of the attributes of each list that is legal, and the marks on those attributes.
pub(crate) fn read(
    given: &[Given<Vec<Ident>>],
    drafts: &mut [Draft<'_>],
    errors: &mut Errors,
) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for list in given {
        let Some(places) = places(&list.value, drafts, errors) else { continue };
        if let [only] = list.value.as_slice() {
            errors.note(only, Together::One { name: only.to_string() });
        } else if lists.iter().any(|other| sorted(other) == sorted(&places)) {
            errors.note(&list.at, Together::Again { names: names(&list.value) });
        } else {
            lists.push(places);
        }
    }
    for place in lists.iter().flatten() {
        if let Some(draft) = drafts.get_mut(*place) {
            draft.together = true;
        }
    }
    lists
}

/// Where the named attributes are, if each is one and named once.
fn places(list: &[Ident], drafts: &[Draft<'_>], errors: &mut Errors) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    let mut all = true;
    for ident in list {
        match place(ident, &places, drafts) {
            Ok(place) => places.push(place),
            Err(mistake) => {
                errors.note(ident, mistake);
                all = false;
            }
        }
    }
    all.then_some(places)
}

fn place(ident: &Ident, before: &[usize], drafts: &[Draft<'_>]) -> Result<usize, Together> {
    let name = ident.unraw().to_string();
    let Some(place) = drafts.iter().position(|draft| draft.name == name) else {
        let known = drafts.iter().map(|draft| draft.name.as_str());
        let meant = similar::closest(&name, known).map(str::to_owned);
        return Err(Together::Unknown { name, meant });
    };
    if before.contains(&place) {
        return Err(Together::Twice { name });
    }
    match drafts.get(place).and_then(Draft::kind) {
        Some(Kind::Native) => Err(Together::Native { name }),
        _ => Ok(place),
    }
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
