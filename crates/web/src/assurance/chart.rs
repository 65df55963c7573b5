//! A bar chart as a drawing, from figures that the table below it repeats. Its sizes are attributes, never styles.

/// One bar: what was kept, and what was not.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// The label below it.
    pub label: String,
    /// A second label below that: the year, where it changes; may be empty.
    pub under: String,
    /// How many were kept.
    pub kept: u32,
    /// How many were not.
    pub missed: u32,
}

/// A chart.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What it says, in a sentence or two.
    pub says: String,
    /// What is drawn full: "In time".
    pub kept_words: String,
    /// What is drawn hatched: "Late".
    pub missed_words: String,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar with its place.
pub struct Placed {
    /// The bar's left side, in hundredths of the width.
    pub x: String,
    /// Its middle.
    pub middle: String,
    /// Its width.
    pub width: String,
    /// The top and height of what was kept.
    pub kept: (u32, u32),
    /// The top and height of what was not, if there is any.
    pub missed: Option<(u32, u32)>,
    /// Where its figure stands.
    pub figure_y: u32,
    /// "4/5".
    pub figure: String,
    /// The label below it.
    pub label: String,
    /// The second label.
    pub under: String,
}

const FOOT: u32 = 224;
const TALL: u32 = 170;

impl Chart {
    fn top(&self) -> u32 {
        self.bars
            .iter()
            .map(|bar| bar.kept.saturating_add(bar.missed))
            .max()
            .unwrap_or(0)
            .max(1)
    }

    fn height(&self, count: u32) -> u32 {
        u32::try_from(u64::from(count) * u64::from(TALL) / u64::from(self.top())).unwrap_or(TALL)
    }

    /// The lines across: their height, and the number at each. At most six.
    pub fn lines(&self) -> Vec<(u32, u32)> {
        let top = self.top();
        let step = top.div_ceil(5).max(1);
        (0..=top / step)
            .map(|line| line * step)
            .map(|number| (FOOT - self.height(number), number))
            .collect()
    }

    /// The bars, each in its place.
    pub fn placed(&self) -> Vec<Placed> {
        // The first hundredths hold the numbers at the side.
        let left = 4.5_f64;
        let room = (100.0 - left) / self.bars.len().max(1) as f64;
        let width = (room * 0.6).min(8.0);
        self.bars
            .iter()
            .enumerate()
            .map(|(place, bar)| {
                let middle = left + room * (place as f64 + 0.5);
                let (kept, missed) = (self.height(bar.kept), self.height(bar.missed));
                let all = bar.kept.saturating_add(bar.missed);
                // Two units of white keep the two parts apart.
                let gap = if bar.kept > 0 && bar.missed > 0 { 2 } else { 0 };
                Placed {
                    x: format!("{:.2}", middle - width / 2.0),
                    middle: format!("{middle:.2}"),
                    width: format!("{width:.2}"),
                    kept: (FOOT - kept, kept),
                    missed: (bar.missed > 0).then(|| (FOOT - kept - missed, missed.saturating_sub(gap))),
                    figure_y: FOOT - kept - missed - 7,
                    figure: if all == 0 {
                        String::new()
                    } else {
                        format!("{}/{all}", bar.kept)
                    },
                    label: bar.label.clone(),
                    under: bar.under.clone(),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stay_inside_and_keep_their_proportion() {
        let bar = |kept, missed| Bar {
            kept,
            missed,
            ..Bar::default()
        };
        let chart = Chart {
            bars: vec![bar(4, 1), bar(0, 0), bar(u32::MAX, 1)],
            ..Chart::default()
        };
        for placed in chart.placed() {
            assert!(placed.kept.0 + placed.kept.1 == FOOT);
            assert!(placed.figure_y >= FOOT - TALL - 8);
        }
        let chart = Chart {
            bars: vec![bar(4, 1), bar(2, 0)],
            ..Chart::default()
        };
        let placed = chart.placed();
        assert_eq!(placed[0].kept.1, 2 * placed[1].kept.1);
        assert_eq!(placed[0].figure, "4/5");
        assert_eq!(placed[1].missed, None);
        assert_eq!(chart.lines().first(), Some(&(FOOT, 0)));
        assert!(chart.lines().len() <= 6);
    }

    #[test]
    fn nothing_to_draw_is_no_fault() {
        assert!(Chart::default().placed().is_empty());
        assert_eq!(Chart::default().lines().len(), 2);
    }
}
