//! The frames around a page: staff, case, public, door.
//!
//! Titles and addresses in them are neutral: a case number, "Help and advice", never a name and never what it is about.

use fanlight_core::words::Words;

use crate::contact::ContactBanner;
use crate::forms::Link;

/// One entry of the top bar.
#[derive(Clone, Debug, Default)]
pub struct NavItem {
    /// Its words.
    pub text: String,
    /// Its address.
    pub href: String,
    /// Whether this page is there.
    pub here: bool,
}

/// The frame of every page that staff see.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// What stands in the title before "– Fanlight": "My work", "Case 7KD-204".
    pub title: String,
    /// The landlord, as short as it calls itself.
    pub landlord: String,
    /// The top bar.
    pub nav: Vec<NavItem>,
    /// The session's token, for the forms of the frame itself.
    pub csrf: String,
    /// Who is signed in.
    pub signed_in_as: String,
    /// After how many idle minutes the session ends.
    pub minutes: u16,
    /// Whether people and figures here are invented.
    pub demo: bool,
    /// What has just been done, after a 303; empty for nothing.
    pub done: String,
    /// Whether this looker may search for cases.
    pub may_find: bool,
}

/// One entry beside a case.
#[derive(Clone, Debug, Default)]
pub struct SideItem {
    /// Its words.
    pub text: String,
    /// Its address.
    pub href: String,
    /// Whether this page is there.
    pub here: bool,
    /// How many, or in what state; may be empty.
    pub count: String,
    /// Whether it stands apart from those above.
    pub apart: bool,
}

/// Who alone can open a case.
#[derive(Clone, Debug, Default)]
pub struct Restricted {
    /// "Three people can open this case:"
    pub says: String,
    /// Who, and who cannot and why.
    pub who: Words,
    /// Where it is explained; empty for nowhere.
    pub href: String,
}

/// The frame of every page of a case, inside [`Frame`]. Every page of a case carries the contact banner.
#[derive(Clone, Debug, Default)]
pub struct CaseFrame {
    /// The case's own address, `/case/<32 hex>`, without a stroke at its end.
    pub base: String,
    /// The reference.
    pub reference: String,
    /// What the person likes to be called, or what to call the page while that is not known.
    pub called: Words,
    /// What else to know of her or him at once: name, pronoun, own word.
    pub more: Words,
    /// How it is safe to make contact.
    pub banner: ContactBanner,
    /// Who alone can open it, if it is restricted.
    pub restricted: Option<Restricted>,
    /// The pages of the case.
    pub side: Vec<SideItem>,
    /// What can be done from here, the main thing first.
    pub actions: Vec<Link>,
}

/// The frame of every page that anybody may open. It carries the landlord's own name, and never ours.
#[derive(Clone, Debug, Default)]
pub struct PublicFrame {
    /// The page's title: "Help and advice".
    pub title: String,
    /// The landlord's own name.
    pub landlord: String,
    /// The landlord's own site, or this page.
    pub home: String,
    /// Where "Leave this page" leads: another site, of another kind.
    pub exit: String,
    /// Links at the foot.
    pub foot: Vec<Link>,
    /// Whether people and figures here are invented.
    pub demo: bool,
}

/// The frame of the page before anybody is signed in. It says nothing of the subject.
#[derive(Clone, Debug, Default)]
pub struct DoorFrame {
    /// The page's title: "Sign in".
    pub title: String,
    /// The landlord, if the address says which; otherwise empty.
    pub landlord: String,
    /// Whether people and figures here are invented.
    pub demo: bool,
}
