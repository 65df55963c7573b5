//! Reports that are no case yet, or that were passed on.

use super::super::order::Turn;
use super::House;
use super::story::*;
use anyhow::Result;
use fanlight_core::fact::*;
use std::sync::Arc;

pub(super) async fn danger_tonight(house: Arc<House>, turn: Turn) -> Result<()> {
    let told = Told::by_telephone(
        "A customer says that he comes back at six and that she does not want to be there.",
    )
    .danger(Danger::Soon);
    Story::begin(&house, &turn, house.almanac.ago(50), "ada", told).await?;
    Ok(())
}

pub(super) async fn seen_by_an_operative(house: Arc<House>, turn: Turn) -> Result<()> {
    let told = Told::by(
        Channel::Repair,
        ReporterKind::Contractor,
        "Two holes in the bedroom door at fist height. The customer asked for it to be mended before Friday.",
    )
    .danger(Danger::Unknown);
    Story::begin(&house, &turn, house.almanac.working(1, "14:50"), "ray", told).await?;
    Ok(())
}

pub(super) async fn a_neighbour_at_night(house: Arc<House>, turn: Turn) -> Result<()> {
    let told = Told::by(
        Channel::WebForm,
        ReporterKind::Neighbour,
        "A woman below us cries at night after he comes home. It was so again last night at two.",
    )
    .danger(Danger::Unknown);
    Story::begin_in_public(&house, &turn, house.almanac.working(3, "07:35"), told).await?;
    Ok(())
}

pub(super) async fn passed_on(house: Arc<House>, turn: Turn) -> Result<()> {
    let t = &house.almanac;
    let told = Told::by(
        Channel::Email,
        ReporterKind::FriendOrFamily,
        "A father writes about his daughter, who rents from another landlord in the next county.",
    );
    let mut s = Story::begin(&house, &turn, t.working(9, "10:40"), "ada", told).await?;
    s.at(t.working(9, "11:30")).await?;
    s.by("hanna")
        .end_report(
            ReportEnd::PassedOn,
            "With his consent passed to that landlord's own lead; danger advice was given to him.",
        )
        .await
}
