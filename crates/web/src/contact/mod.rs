//! Contact: the banner that every page of a case carries, and the pages for recording contact and its safe ways.

mod banner;

pub use banner::{BannerWay, ContactBanner};
