//! Tells several stories at once, each step at its own moment, in the order of the clock.
//!
//! Each story waits for its next moment. When all of them wait, the clock is set to the earliest, and that story goes
//! on. So journals, the reading record and the lists grow as they would have grown.

use crate::clock::MovedClock;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::Future;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

/// A story that waits for a moment.
struct Waiting {
    moment: Timestamp,
    number: u64,
    go: oneshot::Sender<()>,
}

/// What stories wait with.
#[derive(Clone)]
pub(super) struct Turn(mpsc::UnboundedSender<(Timestamp, oneshot::Sender<()>)>);

impl Turn {
    /// Waits until it is that moment.
    pub(super) async fn at(&self, moment: Timestamp) -> Result<()> {
        let (go, may_go) = oneshot::channel();
        self.0.send((moment, go)).ok().context("the telling has ended")?;
        may_go.await.context("the telling has ended")
    }
}

/// The stories of a demonstration.
pub(super) struct Telling {
    stories: JoinSet<Result<()>>,
    turn: Turn,
    waits: mpsc::UnboundedReceiver<(Timestamp, oneshot::Sender<()>)>,
}

impl Telling {
    pub(super) fn new() -> Self {
        let (turn, waits) = mpsc::unbounded_channel();
        Telling {
            stories: JoinSet::new(),
            turn: Turn(turn),
            waits,
        }
    }

    pub(super) fn turn(&self) -> Turn {
        self.turn.clone()
    }

    /// Adds a story. Its first step is to wait for its first moment.
    pub(super) fn add(
        &mut self,
        name: &'static str,
        story: impl Future<Output = Result<()>> + Send + 'static,
    ) {
        self.stories
            .spawn(async move { story.await.with_context(|| format!("the story {name:?}")) });
    }

    /// Tells them all. No moment may lie behind the clock, or after `until`.
    pub(super) async fn tell(mut self, clock: &MovedClock, until: Timestamp) -> Result<()> {
        let mut running = self.stories.len();
        let mut waiting = BinaryHeap::new();
        let mut number = 0;
        let mut clock_at = Timestamp::MIN;
        loop {
            while running > 0 {
                tokio::select! {
                    Some((moment, go)) = self.waits.recv() => {
                        waiting.push(Reverse(Waiting { moment, number, go }));
                        number += 1;
                    }
                    Some(done) = self.stories.join_next() => done??,
                    else => bail!("the stories have all been dropped"),
                }
                running -= 1;
            }
            let Some(Reverse(next)) = waiting.pop() else {
                return Ok(());
            };
            if next.moment < clock_at || next.moment > until {
                bail!(
                    "a story goes back in time, or ahead of it: {} after {clock_at}",
                    next.moment
                );
            }
            clock_at = next.moment;
            clock.set(clock_at);
            running += 1;
            // A story that has ended meanwhile is counted when it is joined.
            let _ = next.go.send(());
        }
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        (self.moment, self.number) == (other.moment, other.number)
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.moment, self.number).cmp(&(other.moment, other.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    fn minute(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(minute)
    }

    async fn told(stories: [&'static [i64]; 2]) -> (Result<()>, Vec<(i64, Timestamp)>) {
        let clock = MovedClock::new();
        let steps = Arc::new(Mutex::new(Vec::new()));
        let mut telling = Telling::new();
        for story in stories {
            let (turn, steps, clock) = (telling.turn(), steps.clone(), clock.as_clock());
            telling.add("a story", async move {
                for step in story {
                    turn.at(minute(*step)).await?;
                    steps.lock().unwrap().push((*step, clock.now()));
                }
                Ok(())
            });
        }
        let outcome = telling.tell(&clock, minute(50)).await;
        let steps = steps.lock().unwrap().clone();
        (outcome, steps)
    }

    #[tokio::test]
    async fn steps_of_several_stories_follow_the_clock() {
        let (outcome, steps) = told([&[1, 5, 9], &[2, 5, 7]]).await;
        outcome.expect("they are told");
        let expected: Vec<_> = [1, 2, 5, 5, 7, 9].map(|step| (step, minute(step))).to_vec();
        assert_eq!(steps, expected);
    }

    #[tokio::test]
    async fn a_story_goes_neither_back_in_time_nor_ahead_of_it() {
        assert!(told([&[5, 3], &[1]]).await.0.is_err());
        assert!(told([&[5, 59], &[1]]).await.0.is_err());
    }
}
