//! The assertions that the struct is in step with its migrations: as far as a build step has said so, or, for a struct that asks
//! for it, by the lock file that is kept beside them.

use std::env;
use std::path::Path;

use lucia_schema::{Lock, MigrationsFolder};
use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::Names;

/// The build step sets `LUCIA_SCHEMA_AUTH_USER` to the fingerprint of the newest migration, and, when that is not the
/// struct's, `LUCIA_DRIFT_AUTH_USER` to what has changed.
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, .. } = names;
    if !user.is_valid {
        return TokenStream::new();
    }
    let table = user.tables.user.to_uppercase();
    let (schema, drift) = (format!("LUCIA_SCHEMA_{table}"), format!("LUCIA_DRIFT_{table}"));
    let fingerprint = user.schema().fingerprint();
    // A build step says the same, and more.
    let has_step = env::var_os(&schema).is_some();
    let lock = user.migrations.as_ref().filter(|_| !has_step);
    let lock = lock.map(|folder| locked(names, folder, &fingerprint));
    quote_spanned! {user.ident.span()=>
        const _: () = ::core::assert!(
            #krate::__private::in_step(::core::option_env!(#schema), #fingerprint),
            "{}",
            #krate::__private::drift(::core::option_env!(#drift)),
        );
        #lock
    }
}

fn locked(names: &Names<'_>, folder: &MigrationsFolder, fingerprint: &str) -> TokenStream {
    let Names { user, krate, .. } = names;
    let file = format!("{}/{}", folder.path, Lock::FILE);
    if is_missing(&file) {
        return syn::Error::new_spanned(&folder.span, missing(&file)).into_compile_error();
    }
    let path = format!("/{file}");
    let line = format!("{} {fingerprint}", user.tables.user);
    let message = format!(
        "the struct `{}` is not what its migrations lead to, as `{file}` has it; run `cargo lucia migrate make`, which tells what has \
         changed and writes the next migration",
        user.ident
    );
    quote_spanned! {user.ident.span()=>
        const _: () = ::core::assert!(
            #krate::__private::is_locked(
                ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path)),
                #line,
            ),
            "{}",
            #message,
        );
    }
}

/// Whether the file is not there, in which case rustc would say so in words that name no way out. It is all that the derive asks of
/// the file system; what is in the file is read by rustc, which builds again when that changes.
fn is_missing(file: &str) -> bool {
    env::var_os("CARGO_MANIFEST_DIR").is_some_and(|root| !Path::new(&root).join(file).exists())
}

fn missing(file: &str) -> String {
    format!(
        "`{file}` is not there, which says what the newest migration leads to; run `cargo lucia migrate make`, with `--database sqlite`, \
         `postgres` or `mysql`, which writes it, and the first migration if there is none"
    )
}
