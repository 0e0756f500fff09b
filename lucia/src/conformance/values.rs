//! Values of attributes, odd ones too.

use super::Outcome;
use super::case::Case;
use super::failure::{call, ensure};
use super::samples::user_id;
use crate::adapter::UserAdapter;
use crate::{Attribute, AttributeKind, LuciaUser, Value};

/// Each attribute in turn with each odd value of its kind, as far as the struct has such a value.
pub(super) async fn every_value_comes_back_as_it_was<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let id = user_id(1);
    for (place, attribute) in U::ATTRIBUTES.iter().enumerate() {
        for value in odd_values(attribute) {
            let Some(user) = with(&case.user_as(id.clone(), 1), place, &value) else { continue };
            let stored = user.values();
            ensure!(stored.get(place) == Some(&value), "the user should have the value {value:?}");
            case.create(copied(&user)?, None).await?;
            case.expect_user(&format!("create_user, with a `{}`", attribute.name), &user).await?;
            call!(a.delete_user(id.clone()));
        }
    }
    Ok(())
}

fn odd_values(attribute: &Attribute) -> Vec<Value> {
    let mut values = match attribute.kind {
        AttributeKind::Bool => vec![Value::Bool(false), Value::Bool(true)],
        AttributeKind::I16 => [i16::MIN, -1, 0, i16::MAX].map(Value::I16).to_vec(),
        AttributeKind::I32 => [i32::MIN, -1, 0, i32::MAX].map(Value::I32).to_vec(),
        AttributeKind::I64 => [i64::MIN, -1, 0, i64::MAX].map(Value::I64).to_vec(),
        AttributeKind::Bytes => [vec![], vec![0], vec![0, 39, 92, 128, 255]].map(Value::Bytes).to_vec(),
        AttributeKind::Text => texts(attribute.max_length).map(Value::Text).collect(),
        _ => Vec::new(),
    };
    if attribute.nullable {
        values.push(Value::Null);
    }
    values
}

fn texts(max_length: Option<u32>) -> impl Iterator<Item = String> {
    let texts = ["", " a ", "O'Brien", "\"`\\", "%_;--", "\t\n", "null", "İıß", "e\u{301}", "👩‍👩‍👧"];
    let fits = move |text: &&str| max_length.is_none_or(|max| text.chars().count() <= max as usize);
    texts.into_iter().filter(fits).map(str::to_owned)
}

/// The user with another value at this place; `None` when it is none of the field's type.
pub(super) fn with<U: LuciaUser>(user: &U, place: usize, value: &Value) -> Option<U> {
    let mut values = user.values();
    *values.get_mut(place)? = value.clone();
    U::from_values(user.id().clone(), values)
}

pub(super) fn copied<U: LuciaUser>(user: &U) -> Result<U, super::Failure> {
    U::from_values(user.id().clone(), user.values())
        .ok_or_else(|| super::Failure::new("a user should be what its own values make"))
}
