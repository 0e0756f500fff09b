//! Writes into the source what `LUCIA_MIGRATIONS` or the command asks for.

use crate::files;
use crate::make::Job;
use crate::package::Package;
use crate::problem::Problem;

/// Writes all of it, and returns a line about each.
pub(crate) fn write(package: &Package, jobs: &[Job]) -> Result<Vec<String>, Problem> {
    if !jobs.is_empty() {
        package.check_own()?;
    }
    jobs.iter().map(|job| one(package, job)).collect()
}

fn one(package: &Package, Job { folder, written }: &Job) -> Result<String, Problem> {
    let shown = files::shown(&folder.join(&written.name));
    let done = if written.is_new {
        files::write_migration(&package.root, folder, written)?;
        "wrote the migration"
    } else {
        files::write_into(&package.root, folder, written)?;
        "wrote `lucia.json` into the migration"
    };
    Ok(format!("{done} `{shown}`; look at it, and commit it with the struct"))
}
