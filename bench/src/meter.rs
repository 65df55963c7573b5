//! Measuring: processor time of this whole process, the writer's thread included, and time on the wall.

use anyhow::Result;
use rustix::time::{ClockId, clock_gettime};
use std::time::{Duration, Instant};

/// Rounds in which each operation is measured, ours and the bare one by turns, so that both meet the same noise.
const ROUNDS: usize = 5;

/// What one operation costs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Processor time for one, in milliseconds: the middle round.
    pub(crate) cpu: f64,
    /// Time on the wall for one, in milliseconds: the middle round.
    pub(crate) wall: f64,
    /// By how much the dearest round cost more than the cheapest, as a share of the middle one.
    pub(crate) spread: f64,
}

/// Processor time that this process has used.
pub(crate) fn cpu_so_far() -> Duration {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(
        used.tv_sec.try_into().unwrap_or(0),
        used.tv_nsec.try_into().unwrap_or(0),
    )
}

/// Measures two operations by turns for about this long each. The number given to each says how often it has run.
pub(crate) fn both(
    seconds: f64,
    mut ours: impl FnMut(usize) -> Result<()>,
    mut bare: impl FnMut(usize) -> Result<()>,
) -> Result<(Cost, Cost)> {
    let (mut ours_ran, mut bare_ran) = (0, 0);
    let times_ours = how_often(seconds, &mut ours, &mut ours_ran)?;
    let times_bare = how_often(seconds, &mut bare, &mut bare_ran)?;
    let (mut of_ours, mut of_bare) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        of_ours.push(round(times_ours, &mut ours, &mut ours_ran)?);
        of_bare.push(round(times_bare, &mut bare, &mut bare_ran)?);
    }
    Ok((middle(of_ours), middle(of_bare)))
}

/// Measures one operation with nothing beside it.
pub(crate) fn one(seconds: f64, mut ours: impl FnMut(usize) -> Result<()>) -> Result<Cost> {
    let mut ran = 0;
    let times = how_often(seconds, &mut ours, &mut ran)?;
    let rounds: Result<Vec<_>> = (0..ROUNDS).map(|_| round(times, &mut ours, &mut ran)).collect();
    Ok(middle(rounds?))
}

/// Runs it until it is warm, and says how often it fits into a round.
fn how_often(seconds: f64, run: &mut impl FnMut(usize) -> Result<()>, ran: &mut usize) -> Result<usize> {
    let warm = Duration::from_secs_f64(seconds / ROUNDS as f64 / 2.0);
    let began = Instant::now();
    let mut times = 0;
    while times < 3 || began.elapsed() < warm {
        run(*ran)?;
        *ran += 1;
        times += 1;
    }
    let each = began.elapsed().as_secs_f64() / f64::from(times);
    Ok(((seconds / ROUNDS as f64 / each) as usize).max(3))
}

fn round(times: usize, run: &mut impl FnMut(usize) -> Result<()>, ran: &mut usize) -> Result<(f64, f64)> {
    let (cpu, wall) = (cpu_so_far(), Instant::now());
    for _ in 0..times {
        run(*ran)?;
        *ran += 1;
    }
    let each = |whole: Duration| whole.as_secs_f64() * 1000.0 / times as f64;
    Ok((each(cpu_so_far() - cpu), each(wall.elapsed())))
}

fn middle(rounds: Vec<(f64, f64)>) -> Cost {
    let sorted = |pick: fn(&(f64, f64)) -> f64| {
        let mut all: Vec<f64> = rounds.iter().map(pick).collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let (cpu, wall) = (sorted(|round| round.0), sorted(|round| round.1));
    let mid = |all: &[f64]| all.get(all.len() / 2).copied().unwrap_or_default();
    let spread = match (cpu.first(), cpu.last()) {
        (Some(least), Some(most)) if mid(&cpu) > 0.0 => (most - least) / mid(&cpu),
        _ => 0.0,
    };
    Cost {
        cpu: mid(&cpu),
        wall: mid(&wall),
        spread,
    }
}
