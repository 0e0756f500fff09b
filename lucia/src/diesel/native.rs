//! Attributes with a `sql_type`: values that Diesel writes and reads, whatever they are.
//!
//! The derive makes a type for each such column and, for each database that the field names, asks rustc once how Diesel
//! writes and reads the values there ([`OfSqlType`](crate::check::OfSqlType)). What is bound and what is read goes through the
//! functions found then, so that a type that Diesel does not know is one error, at the field. The values themselves are
//! opaque on the way, since the type of a private field must not show in what is public.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::{AsExpression, TypedExpressionType};
use diesel::internal::derives::as_expression::Bound;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{SingleValue, SqlType, is_nullable};

use crate::user::{Codec, Opaque, Sealed, Storage, Value, is_its_own_option};

/// A column of a `sql_type`; the derive makes one for each.
pub trait NativeColumn: Send + Sync + Sized + 'static {
    /// The type of the column.
    type SqlType: SqlType<IsNull = is_nullable::NotNull> + SingleValue + TypedExpressionType;
}

/// How the values of a column are written and read on one database.
pub trait NativeOn<DB: Backend>: NativeColumn {
    /// The functions.
    fn codec() -> NativeCodec<DB>;
}

/// Diesel's functions for a type on one database.
pub struct NativeCodec<DB: Backend> {
    write: for<'a> fn(&'a dyn Any, &mut Output<'a, '_, DB>) -> serialize::Result,
    read: fn(DB::RawValue<'_>) -> deserialize::Result<Opaque>,
}

impl<DB: Backend> NativeCodec<DB> {
    pub(crate) const fn of<T, ST>() -> Self
    where
        T: ToSql<ST, DB> + FromSql<ST, DB> + Any + Send + Sync,
    {
        Self {
            write: |value, out| match value.downcast_ref::<T>() {
                Some(value) => ToSql::<ST, DB>::to_sql(value, out),
                None => Err("the value is of another type than its column".into()),
            },
            read: |raw| T::from_sql(raw).map(Opaque::new),
        }
    }
}

impl<DB: Backend> fmt::Debug for NativeCodec<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeCodec").finish_non_exhaustive()
    }
}

/// What the column `C` holds.
#[derive(Debug)]
pub struct Native<C>(PhantomData<C>);

/// A value as bound in a Diesel expression.
pub struct NativeBound<'a, C> {
    value: &'a (dyn Any + Send + Sync),
    copy: fn(&dyn Any) -> Option<Opaque>,
    column: PhantomData<fn() -> C>,
}

/// A value as Diesel has read it.
pub struct NativeRow<C> {
    value: Opaque,
    column: PhantomData<fn() -> C>,
}

impl<C> NativeRow<C> {
    const fn new(value: Opaque) -> Self {
        Self { value, column: PhantomData }
    }
}

impl<C> Sealed for Native<C> {}

impl<C: NativeColumn> Storage for Native<C> {
    type Bound<'a> = NativeBound<'a, C>;
    type Row = NativeRow<C>;

    is_its_own_option!();

    fn to_value(bound: NativeBound<'_, C>) -> Value {
        (bound.copy)(bound.value).map_or(Value::Null, Value::Native)
    }

    fn from_value(value: Value) -> Option<NativeRow<C>> {
        match value {
            Value::Native(value) => Some(NativeRow::new(value)),
            _ => None,
        }
    }
}

impl<C> fmt::Debug for NativeBound<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeBound").finish_non_exhaustive()
    }
}

impl<C> fmt::Debug for NativeRow<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeRow").finish_non_exhaustive()
    }
}

impl<C: NativeColumn> AsExpression<C::SqlType> for NativeBound<'_, C> {
    type Expression = Bound<C::SqlType, Self>;

    fn as_expression(self) -> Self::Expression {
        Bound::new(self)
    }
}

impl<C, ST, DB> ToSql<ST, DB> for NativeBound<'_, C>
where
    C: NativeOn<DB, SqlType = ST>,
    DB: Backend,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        (C::codec().write)(self.value, out)
    }
}

impl<C, ST, DB> FromSql<ST, DB> for NativeRow<C>
where
    C: NativeOn<DB, SqlType = ST>,
    DB: Backend,
{
    fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
        (C::codec().read)(raw).map(Self::new)
    }
}

impl<C, ST, DB> Queryable<ST, DB> for NativeRow<C>
where
    C: NativeOn<DB, SqlType = ST>,
    ST: SingleValue,
    DB: Backend,
{
    type Row = Self;

    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}

/// What can be the value of such an attribute, as far as Rust goes.
pub trait NativeType: Clone + fmt::Debug + Send + Sync + 'static {}

impl<T: Clone + fmt::Debug + Send + Sync + 'static> NativeType for T {}

fn bound<T: NativeType, C>(value: &T) -> NativeBound<'_, C> {
    let copy = |value: &dyn Any| value.downcast_ref::<T>().cloned().map(Opaque::new);
    NativeBound { value, copy, column: PhantomData }
}

fn read<T: NativeType, C>(row: &NativeRow<C>) -> Result<T, crate::Unreadable> {
    row.value
        .downcast_ref::<T>()
        .cloned()
        .ok_or_else(|| "the value is of another type than its attribute".into())
}

impl<T: NativeType, C: NativeColumn> Codec<T, Native<C>> {
    /// How such a value is kept. Diesel judges it: whatever it can write is let through.
    pub(crate) const NATIVE: Self = Self::new(bound, |row| read(&row), |value| value, |_, _| Ok(()));
}

impl<T: NativeType, C: NativeColumn> Codec<Option<T>, Option<Native<C>>> {
    /// The same where there may be no value.
    pub(crate) const NATIVE: Self = Self::new(
        |value| value.as_ref().map(bound),
        |row| row.map(|row| read(&row)).transpose(),
        |value| value,
        |_, _| Ok(()),
    );
}
