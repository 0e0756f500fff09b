//! The collector of mistakes. Who finds one notes it here and goes on.

use quote::ToTokens;

use super::Rule;
use super::mistake::Mistake;

/// All mistakes so far.
pub(crate) struct Errors {
    rules: Vec<Rule>,
    errors: Option<syn::Error>,
}

impl Errors {
    pub(crate) const fn new() -> Self {
        Self { rules: Vec::new(), errors: None }
    }

    /// Notes a mistake on the tokens that are wrong.
    pub(crate) fn note(&mut self, at: impl ToTokens, mistake: impl Into<Mistake>) {
        let mistake = mistake.into();
        self.rules.push(mistake.rule());
        let error = syn::Error::new_spanned(at, mistake);
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    /// The mistakes, combined into one value, and the rule that each of them breaks.
    pub(crate) fn finish(self) -> (Option<syn::Error>, Vec<Rule>) {
        (self.errors, self.rules)
    }
}
