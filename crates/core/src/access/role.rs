//! Roles, and what each may do. One table, written out, that a data protection officer can read.

use crate::codes::codes;

codes! {
    /// What an account may be. A person may hold several.
    Role {
        Colleague = "colleague", "Colleague: passes on a concern, and gets a receipt";
        Caseworker = "caseworker", "Caseworker: runs cases of a team";
        Manager = "manager", "Manager: allocates, reviews and approves for a team";
        Lead = "lead", "Domestic abuse lead: answers for all of it";
        DataDecider = "data_decider", "Data decider: decides requests to share and subject access";
        Officer = "officer", "Housing, lettings or repairs officer: does one thing for a case";
        Auditor = "auditor", "Auditor: samples files and checks claims";
        Board = "board", "Board member: reads the report and the live measures";
        Administrator = "administrator", "Administrator: accounts, settings and backups, never a case";
    }
}

impl Role {
    /// Whether the role reads cases, so that giving it takes two people.
    pub fn reads_cases(self) -> bool {
        match self {
            Role::Caseworker | Role::Manager | Role::Lead | Role::DataDecider | Role::Auditor => true,
            Role::Colleague | Role::Officer | Role::Board | Role::Administrator => false,
        }
    }

    /// Whether a case may admit somebody who holds the role, and name them: who works cases, and who decides in them.
    pub fn works_cases(self) -> bool {
        match self {
            Role::Caseworker | Role::Manager | Role::Lead => true,
            Role::Colleague
            | Role::DataDecider
            | Role::Officer
            | Role::Auditor
            | Role::Board
            | Role::Administrator => false,
        }
    }

    /// Whether the role is held in a team, rather than for the whole landlord.
    pub fn is_of_a_team(self) -> bool {
        match self {
            Role::Caseworker | Role::Manager => true,
            Role::Colleague
            | Role::Lead
            | Role::DataDecider
            | Role::Officer
            | Role::Auditor
            | Role::Board
            | Role::Administrator => false,
        }
    }
}

codes! {
    /// What can be done. A new action must be given a row in [`allowed`], or the build breaks.
    Action {
        LogReport = "log_report", "Log a report";
        SeeReceipt = "see_receipt", "See the receipt of one's own report";
        OpenCase = "open_case_page", "Open a case that one's team or name admits one to";
        TriageReport = "triage_report", "Open a case from a report, join it or end it";
        RecordContact = "record_contact", "Record a contact or a try";
        WriteNote = "write_note", "Write a note, or correct an entry";
        KeepSafeContact = "keep_safe_contact", "Record routes and what is safe";
        SeeCodeWord = "see_code_word", "See a code word";
        TryLifeAtRisk = "try_life_at_risk", "Try an unknown route when life is at risk";
        NameWorker = "name_worker", "Name a worker";
        ShutOut = "shut_out", "Shut somebody out";
        LetBackIn = "let_back_in", "Let somebody back in";
        Restrict = "restrict", "Restrict a case to named people";
        CloseCase = "close_case", "Close a case";
        ApproveClosure = "approve_closure", "Approve a closure";
        EraseCase = "erase_case", "Erase a case";
        SeeWhoHasLooked = "see_who_has_looked", "See who has looked at a case";
        SeeRefusedNames = "see_refused_names", "See whose look was refused";
        SeeCorrectedText = "see_corrected_text", "See text that was corrected";
        SeeMyWork = "see_my_work", "See one's own work";
        SeeTeamWork = "see_team_work", "See the team's work";
        Search = "search", "Search for a case";
        SeeAssurance = "see_assurance", "See clauses and measures";
        OpenFigures = "open_figures", "Open a figure to the cases behind it";
        SeeRegisters = "see_registers", "See partners, law and documents";
        CheckRegisters = "check_registers", "Record that a register entry was checked";
        ProposeRole = "propose_role", "Propose a role or a new password";
        AgreeReadingRole = "agree_reading_role", "Agree to a role that reads cases";
        KeepAccounts = "keep_accounts", "Open and close accounts";
        AdoptPack = "adopt_pack", "Adopt a policy pack";
    }
}

/// Whether a role may do something at all. Which cases it may do it in is [`super::admits`]'s question.
pub fn allowed(role: Role, action: Action) -> bool {
    use Action as A;
    use Role as R;
    match action {
        A::LogReport | A::SeeReceipt => true,
        A::SeeRegisters => true,
        A::OpenCase | A::Search => matches!(role, R::Caseworker | R::Manager | R::Lead),
        A::TriageReport
        | A::RecordContact
        | A::WriteNote
        | A::KeepSafeContact
        | A::SeeCodeWord
        | A::TryLifeAtRisk
        | A::CloseCase
        | A::ShutOut
        | A::SeeWhoHasLooked
        | A::SeeMyWork => matches!(role, R::Caseworker | R::Manager | R::Lead),
        A::NameWorker | A::Restrict | A::SeeTeamWork | A::ApproveClosure => {
            matches!(role, R::Manager | R::Lead)
        }
        A::LetBackIn | A::SeeRefusedNames | A::SeeCorrectedText | A::EraseCase | A::OpenFigures => {
            matches!(role, R::Lead)
        }
        A::SeeAssurance => matches!(
            role,
            R::Manager | R::Lead | R::Board | R::Auditor | R::DataDecider
        ),
        A::CheckRegisters => matches!(role, R::Lead | R::Manager),
        A::ProposeRole => matches!(role, R::Administrator | R::Lead | R::Manager),
        A::AgreeReadingRole => matches!(role, R::Lead | R::Manager),
        A::KeepAccounts => matches!(role, R::Administrator),
        A::AdoptPack => matches!(role, R::Lead),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix as text, for the golden file.
    fn matrix() -> String {
        let mut text =
            String::from("What each role may do. Which cases it may do it in is a second question.\n\n");
        for action in Action::ALL {
            let who: Vec<&str> = Role::ALL
                .iter()
                .filter(|role| allowed(**role, *action))
                .map(|role| role.code())
                .collect();
            text.push_str(&format!("{:<22} {}\n", action.code(), who.join(" ")));
        }
        text
    }

    #[test]
    fn the_matrix_is_the_one_that_was_agreed() {
        let agreed = include_str!("matrix.txt");
        assert_eq!(
            matrix(),
            agreed,
            "if the change is meant, put the new matrix into matrix.txt and have it read"
        );
    }

    #[test]
    fn an_administrator_sees_no_case() {
        for action in [
            Action::OpenCase,
            Action::Search,
            Action::SeeMyWork,
            Action::AgreeReadingRole,
            Action::OpenFigures,
        ] {
            assert!(!allowed(Role::Administrator, action), "{}", action.code());
        }
    }
}
