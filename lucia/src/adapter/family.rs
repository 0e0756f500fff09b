//! Which sessions belong together because one was renewed from another.

use crate::StoredSession;

/// The ids of the session `id` and of those that it was renewed from or to, any number of times, among `sessions`.
///
/// Ending one of them ends them all; for an adapter that can only ask for all sessions of a user.
#[must_use]
pub fn family(sessions: &[StoredSession], id: &str) -> Vec<String> {
    let mut family = vec![id.to_owned()];
    loop {
        let grown: Vec<String> = sessions
            .iter()
            .flat_map(|session| {
                let from = session.renewed_from.as_deref();
                let is_in = |id: &str| family.iter().any(|member| member == id);
                let parent = from.filter(|from| is_in(&session.id) && !is_in(from));
                let child = from.filter(|from| is_in(from) && !is_in(&session.id)).map(|_| &*session.id);
                [parent, child]
            })
            .flatten()
            .map(str::to_owned)
            .collect();
        if grown.is_empty() {
            return family;
        }
        family.extend(grown);
    }
}
