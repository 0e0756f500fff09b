//! The collector of mistakes. Who finds one notes it here and goes on.

use quote::ToTokens;

use super::mistake::Mistake;

/// All mistakes so far.
pub(crate) struct Errors(Option<syn::Error>);

impl Errors {
    pub(crate) const fn new() -> Self {
        Self(None)
    }

    /// Notes a mistake on the tokens that are wrong.
    pub(crate) fn note(&mut self, at: impl ToTokens, mistake: impl Into<Mistake>) {
        let error = syn::Error::new_spanned(at, mistake.into());
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// The mistakes, combined into one value.
    pub(crate) fn finish(self) -> Option<syn::Error> {
        self.0
    }
}
