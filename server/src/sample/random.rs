//! Repeatable choices: the same seed, subject and index always give the same ones, whatever was
//! generated before. So a register of any size is written in one pass with nothing remembered.

/// A stream of choices.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The stream for item `index` of `subject` (a fixed word, e.g. `product`).
    pub(super) fn of(seed: u64, subject: &str, index: u64) -> Random {
        let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
        for byte in subject.bytes() {
            state = mix(state ^ u64::from(byte));
        }
        Random(mix(state ^ mix(index)))
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `n`; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        // The bias of the remainder is below 2^-40 for the small numbers asked for here.
        self.next() % n.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of them; the slice is never empty.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let len = u64::try_from(from.len()).unwrap_or(1);
        &from[usize::try_from(self.below(len)).unwrap_or(0)]
    }

    /// One of them, each as often as its weight says; the slice is never empty.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, u64)]) -> T {
        let total: u64 = from.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for (value, weight) in from {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        from[0].0
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
