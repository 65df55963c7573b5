//! Working days, holidays, office hours and the forms a due time can take. Pure; knows no fact and no case.
