//! Four ordinary words for whoever has told us something: on paper they are a shopping list.
//!
//! They open nothing in this release; read to us, they show which report is meant. They come from the form's own command,
//! so that a button pressed twice gives the same four.

use sha2::{Digest, Sha256};

const THINGS: [&str; 64] = [
    "apples",
    "bacon",
    "basil",
    "beans",
    "biscuits",
    "bleach",
    "bread",
    "broccoli",
    "butter",
    "buttons",
    "cabbage",
    "candles",
    "carrots",
    "celery",
    "cereal",
    "cheese",
    "coffee",
    "cotton",
    "cream",
    "crackers",
    "eggs",
    "envelopes",
    "flour",
    "foil",
    "garlic",
    "ginger",
    "glue",
    "grapes",
    "honey",
    "jam",
    "ketchup",
    "leeks",
    "lemons",
    "lentils",
    "lettuce",
    "margarine",
    "milk",
    "mushrooms",
    "mustard",
    "noodles",
    "nuts",
    "oats",
    "oil",
    "onions",
    "oranges",
    "pasta",
    "peas",
    "pears",
    "pepper",
    "plums",
    "potatoes",
    "raisins",
    "rice",
    "salt",
    "shampoo",
    "soap",
    "spinach",
    "sponges",
    "stamps",
    "sugar",
    "tea",
    "thread",
    "tomatoes",
    "vinegar",
];

/// Four different things, from a form's command.
pub(super) fn list(command: &[u8]) -> [&'static str; 4] {
    let mut hash = Sha256::new();
    hash.update(b"shopping list");
    hash.update(command);
    let bytes = hash.finalize();
    let mut left: Vec<&'static str> = THINGS.to_vec();
    let mut four = [""; 4];
    for (place, byte) in four.iter_mut().zip(bytes.iter()) {
        *place = left.swap_remove(usize::from(*byte) % left.len());
    }
    four
}

/// As it stands in a cookie for a moment.
pub(super) fn to_cookie(list: [&'static str; 4]) -> String {
    list.join(".")
}

/// Reads what [`to_cookie`] wrote; anything that is no list of ours is nothing.
pub(super) fn of_cookie(text: &str) -> Option<Vec<&'static str>> {
    let four: Option<Vec<&'static str>> = text
        .split('.')
        .map(|word| THINGS.into_iter().find(|thing| *thing == word))
        .collect();
    four.filter(|four| four.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_different_words_the_same_for_the_same_press() {
        for command in 0..500_u32 {
            let four = list(&command.to_be_bytes());
            assert_eq!(four, list(&command.to_be_bytes()));
            let mut sorted = four.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), 4);
            assert_eq!(of_cookie(&to_cookie(four)), Some(four.to_vec()));
        }
        assert_eq!(of_cookie("rice.lemons.soap.<b>"), None);
        assert_eq!(of_cookie("rice"), None);
    }
}
