//! The list of rules: the only one, of which both the tests and the rules for code are made.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::case::Case;
use super::races::{cross as cross_races, keys as key_races, sessions as session_races, users as user_races};
use super::{Failure, Outcome, Setup, cross, keys, renewal, sessions, sweeps, unique, users, values};

/// One rule of the contract, for the adapter of a [`Setup`].
pub struct Rule<S: Setup> {
    /// What it says, as the path of its test.
    pub name: &'static str,
    body: Body<S::User>,
}

type Body<U> = for<'a> fn(&'a Case<U>) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

impl<S: Setup> Rule<S> {
    /// Whether the adapter keeps the rule, on a store of its own. It runs on a Tokio runtime that it makes, and so not
    /// inside another.
    ///
    /// # Errors
    ///
    /// A [`Failure`] that says which step did not do what it should have done.
    pub fn run(&self) -> Outcome {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
        let runtime = runtime.map_err(|error| Failure::new(format!("there is no runtime: {error}")))?;
        runtime.block_on(async { (self.body)(&Case::of::<S>().await?).await })
    }
}

impl<S: Setup> fmt::Debug for Rule<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule").field("name", &self.name).finish_non_exhaustive()
    }
}

/// All rules, for code that runs them: to show, say, that an adapter with a flaw breaks a certain one.
#[must_use]
pub fn rules<S: Setup>() -> Vec<Rule<S>> {
    crate::__conformance_rules!(__conformance_list S)
}

/// Whether an adapter keeps the rule of this name, such as `"keys::a_key_is_found_by_its_very_id_only"`.
///
/// # Errors
///
/// A [`Failure`] that says which step did not do what it should have done, or that there is no such rule.
pub fn check<S: Setup>(name: &str) -> Outcome {
    match rules::<S>().iter().find(|rule| rule.name == name) {
        Some(rule) => rule.run(),
        None => Err(Failure::new(format!("there is no rule {name}"))),
    }
}

/// Makes a module of this name with a test for each rule; see [`lucia::conformance`](mod@crate::conformance).
///
/// The other name is that of a type which implements [`Setup`](crate::conformance::Setup) and is in scope.
#[macro_export]
macro_rules! conformance {
    ($(#[$meta:meta])* $name:ident: $setup:ident) => {
        $(#[$meta])*
        mod $name {
            $crate::__conformance_rules! { __conformance_tests $setup }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_tests {
    ($setup:ident $($group:ident { $($rule:ident,)* })*) => {$(
        mod $group {$(
            #[test]
            fn $rule() -> $crate::conformance::Outcome {
                $crate::conformance::check::<super::super::$setup>(
                    ::core::concat!(::core::stringify!($group), "::", ::core::stringify!($rule)),
                )
            }
        )*}
    )*};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_list {
    ($setup:ident $($group:ident { $($rule:ident,)* })*) => {
        ::std::vec![$($(Rule::<$setup> {
            name: ::core::concat!(::core::stringify!($group), "::", ::core::stringify!($rule)),
            body: |case| Box::pin($group::$rule(case)),
        },)*)*]
    };
}

/// The rules, by what they are about, handed to another macro.
#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_rules {
    ($macro:ident $setup:ident) => {
        $crate::$macro! {
            $setup
            users {
                a_created_user_is_found_as_it_was_created,
                a_created_user_has_the_key_that_came_along,
                a_user_needs_no_key,
                an_id_that_somebody_has_is_refused_and_nothing_is_written,
                a_key_that_somebody_has_is_refused_and_leaves_no_user,
                an_unknown_user_is_none,
                ids_that_differ_by_case_are_of_different_users,
                any_visible_ascii_character_can_be_in_an_id,
                an_update_makes_the_changes_and_returns_the_user,
                changes_to_what_is_there_already_are_no_error,
                an_update_of_an_unknown_user_is_none_and_creates_nobody,
                a_user_is_deleted_with_all_keys,
                deleting_a_user_leaves_the_others_alone,
                deleting_an_unknown_user_is_no_error,
            }
            values {
                every_value_comes_back_as_it_was,
            }
            unique {
                values_that_another_user_has_are_refused_by_name_and_nothing_is_written,
                of_values_that_are_unique_together_some_may_be_equal,
                an_absent_value_is_nobodys,
                a_user_is_found_by_the_values_that_are_unique,
                texts_that_look_alike_are_equal_only_as_their_attribute_says,
                an_update_to_what_another_user_has_is_refused_and_changes_nothing,
                values_that_a_user_had_are_free_again,
            }
            keys {
                a_created_key_is_found_as_it_was_created,
                a_key_that_somebody_has_is_refused_and_stays_as_it_is,
                a_key_for_an_unknown_user_is_refused,
                the_keys_of_a_user_are_all_of_that_user_in_order_of_their_ids,
                keys_whose_ids_look_alike_are_different_keys,
                a_key_is_found_by_its_very_id_only,
                a_single_use_key_is_consumed_once_and_is_gone,
                a_single_use_key_is_not_consumed_by_another_hash,
                the_instant_of_expiry_still_counts,
                a_key_past_its_expiry_is_expired_once_and_is_gone,
                a_persistent_or_unknown_key_is_not_consumed,
                a_hash_is_replaced_if_it_still_is_the_old_one,
                a_hash_that_is_another_meanwhile_is_not_replaced,
                a_renamed_key_is_the_same_under_another_id,
                a_key_is_not_renamed_to_an_id_that_another_has,
                a_key_is_deleted_unless_it_is_primary,
            }
            sweeps {
                expired_keys_are_deleted_and_no_others,
                expired_keys_of_one_user_are_deleted_and_nobody_elses,
                no_more_expired_keys_are_deleted_than_the_limit_says,
                dead_sessions_are_deleted_and_no_others,
                dead_sessions_of_one_user_are_deleted_and_nobody_elses,
                no_more_dead_sessions_are_deleted_than_the_limit_says,
            }
            sessions {
                a_created_session_is_found_as_it_was_created,
                an_id_that_a_session_has_is_refused_and_the_session_stays,
                a_session_of_an_unknown_user_opens_nothing,
                a_session_is_found_by_its_very_id_only,
                the_sessions_of_a_user_are_all_of_that_user_in_order_of_their_ids,
                a_deleted_session_is_gone_and_no_other,
                deleting_an_unknown_session_is_no_error,
                deleting_the_oldest_of_a_family_deletes_it_all,
                deleting_the_middle_of_a_family_deletes_it_all,
                deleting_the_newest_of_a_family_deletes_it_all,
                all_sessions_of_a_user_are_deleted_and_nobody_elses,
                all_sessions_but_a_family_are_deleted,
                a_session_to_keep_that_is_not_the_users_keeps_nothing,
                a_dead_session_is_found_and_listed,
            }
            renewal {
                a_renewal_puts_the_new_session_beside_the_old_one,
                a_session_that_was_renewed_before_is_not_renewed_again,
                a_dead_or_unknown_session_is_not_renewed,
                at_its_idle_expiry_a_session_is_renewed,
                a_renewal_that_was_lost_is_replaced,
                a_renewal_that_was_presented_is_not_replaced,
                a_presented_session_takes_over_the_beginning_and_lets_the_old_one_end,
                an_old_session_that_ends_earlier_is_not_prolonged,
                without_a_beginning_to_take_over_a_session_begins_when_it_is_presented,
                a_session_can_be_presented_when_the_old_one_is_swept,
                presenting_an_unknown_session_is_no_error_and_makes_none,
            }
            cross {
                a_session_is_found_with_its_user,
                a_session_starts_for_a_user_who_exists,
                a_session_starts_while_the_key_has_its_hash,
                no_session_starts_by_a_key_that_is_another_meanwhile,
                a_single_use_key_starts_one_session_and_is_gone,
                a_single_use_key_that_is_wrong_or_late_starts_no_session,
                an_id_that_a_session_has_starts_no_other,
                a_changed_password_ends_all_sessions_and_starts_one,
                a_password_can_be_changed_without_a_session_and_be_taken_away,
                a_password_that_is_another_meanwhile_is_not_changed_and_nothing_ends,
                a_user_is_removed_with_all_sessions_and_keys,
                removing_an_unknown_user_is_no_error,
            }
            user_races {
                of_rivals_for_one_key_one_signs_up_and_no_other_leaves_a_trace,
                of_rivals_for_one_id_one_signs_up,
                of_rivals_for_unique_values_one_signs_up,
                of_rivals_who_change_to_unique_values_one_does,
                changes_of_rivals_are_made_whole_one_after_the_other,
                a_user_who_is_removed_is_not_brought_back_by_a_change,
                no_key_is_left_of_a_user_who_is_removed,
            }
            key_races {
                of_rivals_for_a_single_use_key_one_consumes_it,
                rivals_with_a_wrong_hash_neither_consume_a_key_nor_are_in_the_way,
                an_expired_key_goes_once_by_use_or_by_sweep,
                a_key_is_either_consumed_or_deleted,
                of_rivals_with_one_hash_one_replaces_it,
                of_rivals_for_a_new_key_one_creates_it,
                of_rivals_for_another_id_one_key_gets_it,
                of_rivals_who_rename_a_key_one_does,
            }
            session_races {
                of_rivals_for_a_renewal_one_adds_a_session,
                of_rivals_for_a_renewal_that_was_lost_one_replaces_it,
                no_session_survives_logging_out_by_a_renewal,
                a_session_is_presented_once,
                no_session_is_brought_back_by_presenting_it,
                of_rivals_for_an_id_one_creates_a_session,
                a_sweep_leaves_alone_who_is_signed_in,
            }
            cross_races {
                of_rivals_with_a_single_use_key_one_logs_in,
                nobody_logs_in_by_a_password_that_is_being_changed,
                of_rivals_who_change_a_password_one_does,
                a_password_is_either_rehashed_or_changed,
                no_session_is_left_of_a_user_who_is_removed,
                no_renewal_is_left_of_a_user_who_is_removed,
                no_changed_password_is_left_of_a_user_who_is_removed,
                whatever_rivals_do_at_once_a_removed_user_leaves_nothing,
            }
        }
    };
}
