//! Stories as text, told to a real house with a clock that moves. What comes of each line is compared with the
//! transcript that was agreed.

mod run;
mod sentence;

use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

#[tokio::test]
async fn every_story_goes_as_its_transcript_says() {
    let mut stories: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    stories.sort();
    assert!(stories.len() >= 8, "the stories are there: {}", stories.len());
    let mut wrong = Vec::new();
    for story in stories {
        let name = story.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&story).unwrap();
        let told = match run::tell(&name, &text).await {
            Ok(told) => told,
            Err(untold) => {
                wrong.push(untold.says);
                continue;
            }
        };
        let agreed = story.with_extension("transcript");
        if std::env::var_os("FANLIGHT_WRITE_GOLDEN").is_some() {
            std::fs::write(&agreed, &told).unwrap();
        }
        let agreed = std::fs::read_to_string(&agreed).unwrap_or_default();
        let differs = told.lines().zip(agreed.lines()).find(|(now, then)| now != then);
        if let Some((now, then)) = differs {
            wrong.push(format!("{name}:\n  now:  {now}\n  then: {then}"));
        } else if told != agreed {
            wrong.push(format!("{name}: the transcript is longer or shorter"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nIf the change is meant, write the transcripts anew with FANLIGHT_WRITE_GOLDEN=1 and have them read.",
        wrong.join("\n")
    );
}

#[tokio::test]
async fn a_story_with_a_mistake_says_the_line_and_what_can_be_written() {
    for (story, line, says) in [
        ("landlord settle\n\nJoan dances\n", 3, "Known are"),
        (
            "landlord settle\n\nJoan dances\n",
            3,
            "{who} tries to call: {end}",
        ),
        (
            "landlord settle\nat Friday 16 November 2026 16:40\n",
            2,
            "that day is a Monday",
        ),
        (
            "landlord settle\nZed logs a report by telephone from a neighbour: \"x\"\n",
            2,
            "Zed does not work here",
        ),
        (
            "landlord settle\nJoan tries to call: no answer\n",
            2,
            "no report yet",
        ),
        ("Joan tries to call: no answer\n", 1, "begins with its landlord"),
        (
            "landlord settle\nJoan logs a report by pigeon from a neighbour: \"x\"\n",
            2,
            "\"pigeon\" is not known here",
        ),
    ] {
        let untold = run::tell("story.txt", story).await.unwrap_err();
        assert!(
            untold.says.contains(&format!("story.txt, line {line}:")),
            "{}",
            untold.says
        );
        assert!(untold.says.contains(says), "{}", untold.says);
    }
}
