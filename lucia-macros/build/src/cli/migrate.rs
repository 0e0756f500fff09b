//! `cargo lucia migrate`: compares, and writes the next migration; looks what a database has run, runs and reverts.

mod baseline;
pub(super) mod live;
mod losses;
mod report;
mod revert;
mod run;
mod status;

use std::io::{self, IsTerminal};

use super::arguments::{Make, Which};
use super::find::{self, Found};
use super::{Answer, Stop, ask, flags};
use crate::decisions::Decisions;
use crate::drift::{self, Comparison};
use crate::folder::Folder;
use crate::lock::{self, Locked};
use crate::make::{self, Job, NotMade};
use crate::problem::Problem;
use crate::{by_hand, place, writing};

pub(super) use baseline::baseline;
use report::Report;
pub(super) use revert::revert;
pub(super) use run::run;
pub(super) use status::status;

/// Whether a migration is to be made.
pub(super) fn check(which: &Which) -> Result<Answer, Stop> {
    let subject = Subject::read(which)?;
    let decisions = Decisions { by_command: true, ..Decisions::default() };
    let comparisons = subject.compare(&decisions)?;
    let report = Report { subject: &subject, comparisons: &comparisons, decisions: &decisions };
    match subject.make(&decisions) {
        Ok(jobs) if jobs.is_empty() => match subject.lock()? {
            None => Ok(report.in_step()),
            Some(lock) => Ok(report.unlocked(&lock)),
        },
        Ok(_) => Ok(report.behind()),
        Err(NotMade::Undecided(needs)) => Ok(report.undecided(&needs)),
        Err(NotMade::Problems(problems)) => Err(problems.into()),
    }
}

/// Makes it.
pub(super) fn make(which: &Which, given: &Make) -> Result<Answer, Stop> {
    let subject = Subject::read(which)?;
    if given.by_hand {
        let jobs = by_hand::take(&subject.found.structure, &subject.found.places, &subject.folders)?;
        return subject.finish(&jobs, &Decisions::default(), given.dry_run);
    }
    let mut decisions = flags::decisions(given)?;
    let may_ask = !which.json && io::stdin().is_terminal() && io::stderr().is_terminal();
    loop {
        let needs = match subject.make(&decisions) {
            Ok(jobs) => return subject.finish(&jobs, &decisions, given.dry_run),
            Err(NotMade::Problems(problems)) => return Err(problems.into()),
            Err(NotMade::Undecided(needs)) => needs,
        };
        // One at a time, since an answer may settle others or raise them.
        if !may_ask || !ask::first(&needs, &mut decisions, &mut io::stdin().lock(), &mut io::stderr())? {
            let comparisons = subject.compare(&decisions)?;
            let report = Report { subject: &subject, comparisons: &comparisons, decisions: &decisions };
            return Ok(report.undecided(&needs));
        }
    }
}

/// A user struct beside its folders.
pub(super) struct Subject {
    pub(super) found: Found,
    folders: Vec<Folder>,
}

impl Subject {
    fn read(which: &Which) -> Result<Self, Stop> {
        let found = find::find(which)?.with_databases()?;
        let folders = place::read(&found.user, &found.package, &found.places)?;
        Ok(Self { found, folders })
    }

    /// The struct, as it is told.
    pub(super) fn name(&self) -> String {
        format!("`{}` in `{}`", self.found.structure.ident, self.found.file())
    }

    fn compare(&self, decisions: &Decisions) -> Result<Vec<Comparison<'_>>, Vec<Problem>> {
        let renames = make::renames(&self.found.structure, decisions);
        drift::compare(&self.found.structure, &self.folders, &renames)
    }

    fn make(&self, decisions: &Decisions) -> Result<Vec<Job>, NotMade> {
        let Found { package, structure, places, .. } = &self.found;
        make::make(structure, package, places, &self.folders, decisions)
    }

    fn lock(&self) -> Result<Option<Locked>, Problem> {
        lock::next(&self.found.user, &self.found.structure, &self.found.package)
    }

    fn finish(&self, jobs: &[Job], decisions: &Decisions, dry_run: bool) -> Result<Answer, Stop> {
        let comparisons = self.compare(decisions)?;
        let report = Report { subject: self, comparisons: &comparisons, decisions };
        let lock = self.lock()?;
        if jobs.is_empty() && lock.is_none() {
            return Ok(report.in_step());
        }
        if !dry_run {
            writing::write(&self.found.package, jobs, lock.as_ref())?;
        }
        Ok(report.made(jobs, lock.as_ref(), dry_run))
    }
}
