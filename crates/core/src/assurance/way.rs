//! Finding what a clause names as its proof.

use super::proofs::{Page, Proof, page, proof};
use crate::pack::{
    Channel, Clause, Definition, Entry, Gate, MeasureRule, ObligationRule, Pack, Register, Role,
};

/// What a clause names, found in the pack or in the program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way<'a> {
    /// A promise with a clock.
    Obligation(&'a ObligationRule),
    /// A figure.
    Measure(&'a MeasureRule),
    /// An act that the pack shuts.
    Gate(&'a Gate),
    /// An entry of a register.
    Entry(Register, &'a Entry),
    /// A definition.
    Definition(&'a Definition),
    /// A post.
    Role(&'a Role),
    /// A channel.
    Channel(&'a Channel),
    /// A page.
    Page(&'static Page),
    /// What the program does by itself.
    Proof(&'static Proof),
}

impl Way<'_> {
    /// What it is, in words for people.
    pub fn title(&self) -> &str {
        match self {
            Way::Obligation(rule) => &rule.title,
            Way::Measure(measure) => &measure.title,
            Way::Gate(gate) => &gate.says,
            Way::Entry(_, entry) => &entry.title,
            Way::Definition(definition) => &definition.term,
            Way::Role(role) => &role.title,
            Way::Channel(channel) => &channel.title,
            Way::Page(page) => page.says,
            Way::Proof(proof) => proof.says,
        }
    }
}

/// Finds the thing of a name such as `obligation:first-contact` or `register:law/equality-act-2010`.
pub fn find<'a>(pack: &'a Pack, name: &str) -> Option<Way<'a>> {
    let (what, id) = name.split_once(':')?;
    match what {
        "obligation" => pack.obligation(id).map(Way::Obligation),
        "measure" => pack.measure(id).map(Way::Measure),
        "gate" => pack.gates.iter().find(|gate| gate.id == id).map(Way::Gate),
        "register" => {
            let (register, entry) = id.split_once('/')?;
            in_register(pack, register, entry)
        }
        "page" => page(id).map(Way::Page),
        "proof" => proof(id).map(Way::Proof),
        _ => None,
    }
}

/// What a clause names and nobody has: for whoever checks a pack.
pub fn unfound<'a>(pack: &'a Pack, clause: &'a Clause) -> impl Iterator<Item = &'a str> {
    clause
        .by
        .iter()
        .map(String::as_str)
        .filter(|name| find(pack, name).is_none())
}

/// Definitions, posts and channels are registers too for whoever reads them, though a pack keeps them apart.
fn in_register<'a>(pack: &'a Pack, register: &str, id: &str) -> Option<Way<'a>> {
    match register {
        "definition" => pack
            .definitions
            .iter()
            .find(|definition| definition.id == id)
            .map(Way::Definition),
        "role" => pack.role(id).map(Way::Role),
        "channel" => pack
            .channels
            .iter()
            .find(|channel| channel.id == id)
            .map(Way::Channel),
        other => {
            let register = Register::ALL
                .into_iter()
                .find(|register| register.key() == other)?;
            let entry = pack.register(register).iter().find(|entry| entry.id == id)?;
            Some(Way::Entry(register, entry))
        }
    }
}
