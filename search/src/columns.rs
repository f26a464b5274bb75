//! Building blocks of a table: a pool of strings, and lists of numbers laid end to end.

use std::cmp::Ordering;

/// Sorts numbers, keeping the order of equal ones. The one sort of the browser's half: each further instance of
/// the library's sort would cost a reader two kilobytes.
pub(crate) fn sort_numbers(numbers: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    numbers.sort_by(|a, b| compare(*a, *b));
}

/// Sorts a list through [`sort_numbers`].
pub(crate) fn sort_list<T: Copy>(list: &mut Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) {
    let mut order: Vec<u32> = (0..list.len() as u32).collect();
    sort_numbers(&mut order, &|a, b| compare(&list[a as usize], &list[b as usize]));
    *list = order.into_iter().map(|i| list[i as usize]).collect();
}

/// Strings end to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// The text, and where each string ends in it.
    #[cfg(feature = "build")]
    pub(crate) fn parts(&self) -> (&str, &[u32]) {
        (&self.text, &self.ends)
    }

    /// Of such parts, which the caller has checked.
    #[cfg(feature = "build")]
    pub(crate) fn of_parts(text: String, ends: Vec<u32>) -> Strings {
        Strings { text, ends }
    }

    pub(crate) fn push(&mut self, value: &str) {
        self.text.push_str(value);
        self.ends.push(self.text.len() as u32);
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Empty where there is no such string.
    pub(crate) fn get(&self, i: usize) -> &str {
        let Some(&end) = self.ends.get(i) else { return "" };
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// Position of a value in ascending strings.
    pub(crate) fn find(&self, value: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            match self.get(middle).cmp(value) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

impl<'a> FromIterator<&'a str> for Strings {
    fn from_iter<I: IntoIterator<Item = &'a str>>(values: I) -> Strings {
        let mut strings = Strings::default();
        values.into_iter().for_each(|v| strings.push(v));
        strings
    }
}

/// A list of numbers per position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    ends: Vec<u32>,
    ids: Vec<u32>,
}

impl Lists {
    /// Where each list ends, and all numbers.
    #[cfg(feature = "build")]
    pub(crate) fn parts(&self) -> (&[u32], &[u32]) {
        (&self.ends, &self.ids)
    }

    /// Of such parts, which the caller has checked.
    #[cfg(feature = "build")]
    pub(crate) fn of_parts(ends: Vec<u32>, ids: Vec<u32>) -> Lists {
        Lists { ends, ids }
    }

    pub(crate) fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.ids.extend(list);
        self.ends.push(self.ids.len() as u32);
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn total(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn get(&self, i: usize) -> &[u32] {
        let Some(&end) = self.ends.get(i) else { return &[] };
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        self.ids.get(start as usize..end as usize).unwrap_or_default()
    }

    /// For each of `targets` numbers, the positions whose list holds it, ascending.
    pub(crate) fn inverted(&self, targets: usize) -> Lists {
        let mut ends = vec![0u32; targets];
        for &id in &self.ids {
            ends[id as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            let size = *end;
            *end = sum;
            sum += size;
        }
        let mut ids = vec![0; self.ids.len()];
        for row in 0..self.len() {
            for &id in self.get(row) {
                let at = &mut ends[id as usize];
                ids[*at as usize] = row as u32;
                *at += 1;
            }
        }
        Lists { ends, ids }
    }
}
