//! Earlier reports and cases that may be about the same people. They are looked for only once a report is saved, and only
//! among those that the person looking may open. Nothing is joined here, and nothing is ever joined by itself.

use crate::Casework;
use crate::lists::{CaseRow, PAGE};
use crate::look::Looked;
use crate::page::{CasePage, page_of};
use crate::problem::Problem;
use crate::reading::Saw;
use crate::search::{Alike, likenesses};
use crate::summary::StageKept;
use crate::who::Who;
use fanlight_core::access::Action;
use fanlight_core::ids::CaseId;
use fanlight_store::{JournalId, ListedCase, Token};
use std::collections::BTreeMap;

/// How many are offered: more than this is no likeness, but a common name.
const OFFERED: usize = 20;

/// A report or case that may be about the same people.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierCase {
    /// It, as in a list.
    pub row: CaseRow,
    /// In what it is alike, the surest first.
    pub alike: Vec<Alike>,
}

/// A case page with the earlier reports and cases that may be about the same people.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The page of the report or case.
    pub page: CasePage,
    /// The likest first. Nothing for what has become a case already.
    pub cases: Vec<EarlierCase>,
    /// Whether there was anything to look by: a name, a number, a postcode.
    pub looked: bool,
}

impl Casework {
    /// Opens the case page. Of a report, with the earlier ones that may be about the same people.
    pub async fn case_overview(&self, who: &Who, id: CaseId) -> Result<Looked<Earlier>, Problem> {
        self.with_earlier(who, id, Action::OpenCase, Saw::Page).await
    }

    /// Opens the form by which a report is joined to a case.
    pub async fn join_form(&self, who: &Who, id: CaseId) -> Result<Looked<Earlier>, Problem> {
        self.with_earlier(who, id, Action::TriageReport, Saw::Form).await
    }

    async fn with_earlier(
        &self,
        who: &Who,
        id: CaseId,
        action: Action,
        saw: Saw,
    ) -> Result<Looked<Earlier>, Problem> {
        let tokens = &who.room.tokens;
        let (page, readings) = self
            .look(who, id, action, saw, |looking| {
                let case = looking.case;
                let page = page_of(id, looking);
                let waits = matches!(page.view.header.stage, "report" | "ended");
                let readings = if waits {
                    likenesses(tokens, case)
                } else {
                    Vec::new()
                };
                (page, readings)
            })
            .await?
            .into_view();
        let looked = !readings.is_empty();
        let cases = if looked && who.may(Action::Search) {
            self.alike(who, id, &readings).await?
        } else {
            Vec::new()
        };
        if !cases.is_empty() {
            self.shown(who, cases.iter().map(|case| case.row.case), Saw::Search)
                .await?;
        }
        Ok(Looked::recorded(Earlier { page, cases, looked }))
    }

    async fn alike(
        &self,
        who: &Who,
        own: CaseId,
        readings: &[(Alike, Vec<Token>)],
    ) -> Result<Vec<EarlierCase>, Problem> {
        let room = &who.room;
        self.refresh(room).await?;
        let Some(member) = who.member() else {
            return Err(Problem::NotAllowed);
        };
        let viewer = room.viewer(member);
        let mut found: BTreeMap<JournalId, (ListedCase, Vec<Alike>)> = BTreeMap::new();
        for (alike, reading) in readings {
            for listed in self
                .store
                .search(&room.label, &viewer, reading, None, PAGE)
                .await?
            {
                if listed.case == JournalId(own.0) {
                    continue;
                }
                let (_, in_what) = found.entry(listed.case).or_insert((listed, Vec::new()));
                if !in_what.contains(alike) {
                    in_what.push(*alike);
                }
            }
        }
        let mut cases = Vec::new();
        for (listed, mut alike) in found.into_values() {
            // What sounds the same and is the same is said once.
            if alike.contains(&Alike::Name) {
                alike.retain(|in_what| *in_what != Alike::Sound);
            }
            alike.sort();
            for row in self.case_rows(who, vec![listed]).await? {
                match row.stage {
                    StageKept::Report | StageKept::Ended | StageKept::Open | StageKept::Closed => {
                        cases.push(EarlierCase {
                            row,
                            alike: alike.clone(),
                        });
                    }
                    // What was joined is found in the case that it belongs to.
                    StageKept::Joined | StageKept::Erased => {}
                }
            }
        }
        cases.sort_by_key(|case| (case.alike.first().copied(), std::cmp::Reverse(case.row.received)));
        cases.truncate(OFFERED);
        Ok(cases)
    }
}
