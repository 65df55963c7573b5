//! Pages, forms, templates and static files.
//!
//! Architecture invariant: web receives views already cut to the person looking, never a case, and takes no
//! decision about policy or access.
