//! Whether a case admits somebody, and the audience that listings filter by. Both come from one [`CaseDoor`], so a
//! list can never show what the page would refuse.

use super::role::Role;
use crate::ids::AccountId;
use std::collections::BTreeSet;

/// What a case says about who may come in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseDoor {
    /// The team that works the case, by the pack's code.
    pub team: String,
    /// The only accounts admitted, when the case is restricted.
    pub restricted_to: Option<BTreeSet<AccountId>>,
    /// Accounts named as workers.
    pub workers: BTreeSet<AccountId>,
    /// Accounts shut out by name, and whether the line above them is too.
    pub shut_out: Vec<(AccountId, bool)>,
}

/// Who reports to whom, as a function from an account to the one above.
pub trait Line {
    /// The account above, if there is one.
    fn above(&self, account: AccountId) -> Option<AccountId>;
}

impl<F: Fn(AccountId) -> Option<AccountId>> Line for F {
    fn above(&self, account: AccountId) -> Option<AccountId> {
        self(account)
    }
}

/// How somebody was admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Named as a worker, or named in the restriction.
    Named,
    /// Through the team.
    Team,
    /// As the domestic abuse lead.
    Lead,
}

/// Every account shut out: those named, and the line above where that was said. Somebody whom a person has let back
/// in is not in the door's list at all: the fold takes them out.
///
/// A line that runs in a circle ends where it began.
pub fn shut_out_accounts(door: &CaseDoor, line: &impl Line) -> BTreeSet<AccountId> {
    let mut out = BTreeSet::new();
    for (account, line_too) in &door.shut_out {
        let mut chain = BTreeSet::from([*account]);
        let mut above = line.above(*account).filter(|_| *line_too);
        while let Some(at) = above.filter(|at| chain.insert(*at)) {
            above = line.above(at);
        }
        out.extend(chain);
    }
    out
}

/// Whether the case admits somebody holding these roles, and how. Nothing means that there is no case for them.
pub fn admits(
    door: &CaseDoor,
    line: &impl Line,
    account: AccountId,
    roles: &[(Role, Option<String>)],
) -> Option<Admission> {
    if shut_out_accounts(door, line).contains(&account) {
        return None;
    }
    // Being named in a case is not a role: somebody whose role was taken reads nothing.
    if !roles.iter().any(|(role, _)| role.works_cases()) {
        return None;
    }
    if let Some(named) = &door.restricted_to {
        return named.contains(&account).then_some(Admission::Named);
    }
    if door.workers.contains(&account) {
        return Some(Admission::Named);
    }
    if roles.iter().any(|(role, _)| *role == Role::Lead) {
        return Some(Admission::Lead);
    }
    roles
        .iter()
        .any(|(role, team)| {
            role.works_cases() && role.is_of_a_team() && team.as_deref() == Some(door.team.as_str())
        })
        .then_some(Admission::Team)
}

/// The audience by which listings filter: words that a store turns into opaque tokens.
///
/// Somebody sees a case in a list only if one of their own words is among these (see [`words_of`]).
pub fn audience(door: &CaseDoor) -> Vec<String> {
    if let Some(named) = &door.restricted_to {
        return named.iter().map(|account| format!("account:{account}")).collect();
    }
    let mut words = vec![format!("team:{}", door.team), "lead".to_owned()];
    words.extend(door.workers.iter().map(|account| format!("account:{account}")));
    words
}

/// The words under which somebody may find cases in a list.
pub fn words_of(account: AccountId, roles: &[(Role, Option<String>)]) -> Vec<String> {
    let mut words = Vec::new();
    for (role, team) in roles {
        match (role, team) {
            (Role::Caseworker | Role::Manager, Some(team)) => words.push(format!("team:{team}")),
            (Role::Lead, _) => words.push("lead".to_owned()),
            (Role::Caseworker | Role::Manager, None)
            | (
                Role::Colleague
                | Role::DataDecider
                | Role::Officer
                | Role::Auditor
                | Role::Board
                | Role::Administrator,
                _,
            ) => {}
        }
    }
    let reads = roles.iter().any(|(role, _)| role.works_cases());
    if reads {
        words.push(format!("account:{account}"));
    }
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn account(number: u8) -> AccountId {
        AccountId([number; 16])
    }

    fn nobody_above(_: AccountId) -> Option<AccountId> {
        None
    }

    fn of_team(role: Role, team: &str) -> Vec<(Role, Option<String>)> {
        vec![(role, Some(team.to_owned()))]
    }

    fn door() -> CaseDoor {
        CaseDoor {
            team: "support".into(),
            ..CaseDoor::default()
        }
    }

    #[test]
    fn a_case_opens_to_its_team_and_the_lead_and_nobody_else() {
        let table = [
            (of_team(Role::Caseworker, "support"), Some(Admission::Team)),
            (of_team(Role::Manager, "support"), Some(Admission::Team)),
            (of_team(Role::Caseworker, "lettings"), None),
            (vec![(Role::Lead, None)], Some(Admission::Lead)),
            (vec![(Role::Administrator, None)], None),
            (vec![(Role::Board, None)], None),
            (vec![(Role::Colleague, None)], None),
            (vec![], None),
        ];
        for (roles, expected) in table {
            assert_eq!(
                admits(&door(), &nobody_above, account(1), &roles),
                expected,
                "{roles:?}"
            );
        }
    }

    #[test]
    fn a_restricted_case_opens_to_the_named_alone_not_even_the_lead() {
        let door = CaseDoor {
            restricted_to: Some([account(1)].into()),
            ..door()
        };
        assert_eq!(
            admits(
                &door,
                &nobody_above,
                account(1),
                &of_team(Role::Caseworker, "support")
            ),
            Some(Admission::Named)
        );
        assert_eq!(
            admits(&door, &nobody_above, account(2), &[(Role::Lead, None)]),
            None
        );
    }

    #[test]
    fn anybody_can_be_shut_out_the_lead_and_a_named_worker_included() {
        let door = CaseDoor {
            workers: [account(1)].into(),
            shut_out: vec![(account(1), false), (account(2), false)],
            ..door()
        };
        assert_eq!(
            admits(
                &door,
                &nobody_above,
                account(1),
                &of_team(Role::Caseworker, "support")
            ),
            None
        );
        assert_eq!(
            admits(&door, &nobody_above, account(2), &[(Role::Lead, None)]),
            None
        );
    }

    #[test]
    fn the_line_above_is_shut_out_too_when_that_was_said() {
        let line = |a: AccountId| match a.0[0] {
            1 => Some(account(2)),
            2 => Some(account(3)),
            _ => None,
        };
        let said = CaseDoor {
            shut_out: vec![(account(1), true)],
            ..door()
        };
        let not_said = CaseDoor {
            shut_out: vec![(account(1), false)],
            ..door()
        };
        assert_eq!(
            shut_out_accounts(&said, &line),
            [account(1), account(2), account(3)].into()
        );
        assert_eq!(shut_out_accounts(&not_said, &line), [account(1)].into());
    }

    #[test]
    fn the_line_is_followed_past_somebody_shut_out_alone() {
        let line = |a: AccountId| (a.0[0] < 3).then(|| account(a.0[0] + 1));
        let door = CaseDoor {
            shut_out: vec![(account(2), false), (account(1), true)],
            ..door()
        };
        assert!(shut_out_accounts(&door, &line).contains(&account(3)));
    }

    #[test]
    fn a_line_that_runs_in_a_circle_ends() {
        let line = |a: AccountId| Some(account(if a.0[0] == 1 { 2 } else { 1 }));
        let door = CaseDoor {
            shut_out: vec![(account(1), true)],
            ..door()
        };
        assert_eq!(shut_out_accounts(&door, &line), [account(1), account(2)].into());
    }

    proptest! {
        /// A list never shows what the page would refuse, and never hides what it would open.
        #[test]
        fn lists_and_pages_agree(
            team in 0u8..3, my_team in 0u8..3, role in 0usize..Role::ALL.len(),
            restricted in proptest::option::of(proptest::collection::btree_set(0u8..4, 0..3)),
            workers in proptest::collection::btree_set(0u8..4, 0..3),
            out in proptest::collection::vec((0u8..4, any::<bool>()), 0..3),
            me in 0u8..4,
        ) {
            let line = |a: AccountId| (a.0[0] < 3).then(|| account(a.0[0] + 1));
            let door = CaseDoor {
                team: team.to_string(),
                restricted_to: restricted.map(|set| set.into_iter().map(account).collect()),
                workers: workers.into_iter().map(account).collect(),
                shut_out: out.into_iter().map(|(a, line)| (account(a), line)).collect(),
            };
            let role = Role::ALL[role];
            let roles = vec![(role, role.is_of_a_team().then(|| my_team.to_string()))];
            let page = admits(&door, &line, account(me), &roles).is_some();
            let mine = words_of(account(me), &roles);
            let listed = !shut_out_accounts(&door, &line).contains(&account(me))
                && audience(&door).iter().any(|word| mine.contains(word));
            prop_assert_eq!(page, listed);
        }
    }
}
