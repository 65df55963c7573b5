//! What must be done, by when and under which clause, computed from a case, a pack, the calendar and the time.
