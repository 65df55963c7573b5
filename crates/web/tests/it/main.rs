//! The application, page by page, as a browser without JavaScript would meet it.

mod door;
mod web;
