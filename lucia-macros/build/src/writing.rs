//! Writes into the source what `LUCIA_MIGRATIONS` or the command asks for.

use crate::files;
use crate::lock::Locked;
use crate::make::Job;
use crate::package::Package;
use crate::problem::Problem;

/// Writes all of it, the lock file last, and returns a line about each.
pub(crate) fn write(package: &Package, jobs: &[Job], lock: Option<&Locked>) -> Result<Vec<String>, Problem> {
    if !jobs.is_empty() || lock.is_some() {
        package.check_own()?;
    }
    let migrations = jobs.iter().map(|job| one(package, job));
    migrations.chain(lock.into_iter().map(|lock| locked(package, lock))).collect()
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

fn locked(package: &Package, Locked { path, text }: &Locked) -> Result<String, Problem> {
    files::write_lock(&package.root, path, text)?;
    Ok(format!("wrote the lock file `{}`; commit it with the migrations", files::shown(path)))
}
