//! A tree in memory, for tests.

use super::{Hash, Subtrees, node_hash};

/// Leaf hashes.
pub struct Leaves(pub Vec<Hash>);

impl Subtrees for Leaves {
    type Error = std::convert::Infallible;

    fn subtree(&mut self, height: u32, index: u64) -> Result<Hash, Self::Error> {
        let width = 1usize << height;
        let start = usize::try_from(index).expect("a test's tree") * width;
        let mut level = self.0[start..start + width].to_vec();
        while level.len() > 1 {
            level = level.chunks(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
        }
        Ok(level[0])
    }
}
