//! Facts about colleagues who are connected with somebody in the case, and about who may open it.

use crate::fact::report::YesNo;
use crate::ids::AccountId;
use crate::words::Words;
use serde::{Deserialize, Serialize};

/// Whether anybody involved works for us, is close to somebody who does, or is a contractor's operative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StaffConnectionAnswered {
    /// The answer.
    pub answer: YesNo,
    /// Who, in words, if they have no account or it is not known which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Words>,
}

/// Somebody with an account may see no trace of the case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShutOut {
    /// Whose account.
    pub account: AccountId,
    /// Suspected until a person decides, or decided.
    pub suspected: bool,
    /// Whether the accounts above in the line are shut out too, until somebody decides otherwise.
    pub line_too: bool,
    /// Why.
    pub reason: Words,
}

/// Somebody who was shut out no longer is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LetBackIn {
    /// Whose account.
    pub account: AccountId,
    /// Why.
    pub reason: Words,
}

/// Only these people may open the case, besides nobody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Restricted {
    /// Who may.
    pub to: Vec<AccountId>,
    /// Why.
    pub reason: Words,
}

/// The case opens to its team again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestrictionLifted {
    /// Why.
    pub reason: Words,
}
