//! A landlord's own journal: packs adopted, people's roles, seals, and what it folds into.
