//! Words of common letters, a pair at a time: each pair is shaped once in the life of the program.
//!
//! In the common fonts nothing but kerning ties two letters, so that a word is the sum of its pairs.

use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::common::Common;
use crate::fonts::Face;
use crate::shape::{Cluster, shape_in};

/// A letter, and the one after it in the same word.
type Pair = (Face, char, Option<char>);

/// Bounded by the number of common letters.
static SHAPED: LazyLock<RwLock<FxHashMap<Pair, Arc<Cluster>>>> = LazyLock::new(RwLock::default);

/// The clusters of a word; none when a letter of it is not common.
pub(crate) fn shape(face: Face, word: &str) -> Option<Vec<Arc<Cluster>>> {
    let common = Common::of(face)?;
    if !word.chars().all(|c| common.has(c)) {
        return None;
    }
    let mut clusters = Vec::with_capacity(word.len());
    let shaped = SHAPED.read().unwrap_or_else(PoisonError::into_inner);
    let whole = pairs(face, word).all(|pair| match shaped.get(&pair) {
        Some(cluster) => {
            clusters.push(cluster.clone());
            true
        }
        None => false,
    });
    drop(shaped);
    if whole {
        return Some(clusters);
    }
    let mut shaped = SHAPED.write().unwrap_or_else(PoisonError::into_inner);
    Some(pairs(face, word).map(|pair| shaped.entry(pair).or_insert_with(|| first(pair)).clone()).collect())
}

fn pairs(face: Face, word: &str) -> impl Iterator<Item = Pair> {
    let next = word.chars().skip(1).map(Some).chain([None]);
    word.chars().zip(next).map(move |(c, next)| (face, c, next))
}

/// The first letter of a pair, its width kerned for the second.
fn first((face, c, next): Pair) -> Arc<Cluster> {
    let text: String = std::iter::once(c).chain(next).collect();
    Arc::new(shape_in(face, &text).swap_remove(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_sum_of_its_pairs() {
        for face in [Face::Regular, Face::Bold] {
            for word in
                ["AVATAR", "Lefèvre-Quintard", "d’Œuvre", "Ťava", "To.", "WAŁĘSA", "LYT’À", "7F3K9", "ﬁ"]
            {
                let Some(clusters) = shape(face, word) else {
                    assert_eq!(word, "ﬁ");
                    continue;
                };
                let clusters: Vec<Cluster> = clusters.iter().map(|cluster| (**cluster).clone()).collect();
                assert_eq!(clusters, shape_in(face, word), "{face:?} {word}");
            }
        }
    }
}
