//! Safe contact: the routes a person has told us of, and the gate that every contact passes when it is made.
