//! The door: signing in. It says nothing of what is behind it.

use askama::Template;

use crate::forms::{FormState, Link};
use crate::layout::DoorFrame;

/// Signing in by name and password. Its fields are `name` and `password`.
#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
pub struct SignInPage {
    /// The frame.
    pub frame: DoorFrame,
    /// Where the form is sent.
    pub action: String,
    /// The form: only the name is ever given back, never the password.
    pub form: FormState,
    /// What to know first: "You have signed out", "Signed out after 15 minutes. What you wrote is kept".
    pub says: String,
    /// Who can let somebody back in; nothing where the page does not say.
    pub help: Option<Link>,
}

/// A question at the door, such as choosing a new password; drawn from a form.
#[derive(Template)]
#[template(path = "sign_in/door_form.html")]
pub struct DoorFormPage {
    /// The frame.
    pub frame: DoorFrame,
    /// The form.
    pub form: crate::forms::Form,
}
crate::pages!(SignInPage, DoorFormPage);
