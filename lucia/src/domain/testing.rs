//! Stand-ins and measures for the unit tests of the domain.

use std::sync::Mutex;

use sha2::{Digest, Sha256};

use super::Random;
use crate::Result;
use crate::error::{Error, Kind};

/// The same bytes on every run, so that a statistical test either always passes or never.
pub(crate) struct SeededRandom(Mutex<(u64, Vec<u8>)>);

impl SeededRandom {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new((seed << 32, Vec::new())))
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        let mut state = self.0.lock().unwrap();
        while state.1.len() < bytes.len() {
            state.0 += 1;
            let block = Sha256::digest(state.0.to_le_bytes());
            state.1.extend_from_slice(&block);
        }
        let rest = state.1.split_off(bytes.len());
        bytes.copy_from_slice(&state.1);
        state.1 = rest;
        Ok(())
    }
}

/// A system without random bytes.
pub(crate) struct NoRandom;

impl Random for NoRandom {
    fn fill(&self, _: &mut [u8]) -> Result<()> {
        Err(Error::new(Kind::Random(None)))
    }
}

/// Fails unless the texts, all equally long, look like independent draws from `alphabet` at every position.
///
/// The bound is p > 0.001 for each text length as a whole: each position gets its share of that.
pub(crate) fn assert_uniform(texts: &[String], alphabet: &[u8], positions: std::ops::Range<usize>) {
    let critical = critical_chi_square(alphabet.len() - 1, 4.3);
    let mut pooled = vec![0_u32; alphabet.len()];
    for position in positions.clone() {
        let mut counts = vec![0_u32; alphabet.len()];
        for text in texts {
            let letter = text.as_bytes()[position];
            let index = alphabet.iter().position(|&a| a == letter).expect("a letter of the alphabet");
            counts[index] += 1;
            pooled[index] += 1;
        }
        let found = chi_square(&counts);
        assert!(found < critical, "position {position}: chi-square {found} is not below {critical}");
    }
    let (found, critical) = (chi_square(&pooled), critical_chi_square(alphabet.len() - 1, 3.09));
    assert!(found < critical, "all positions: chi-square {found} is not below {critical}");
}

fn chi_square(counts: &[u32]) -> f64 {
    let total: u32 = counts.iter().sum();
    let expected = f64::from(total) / f64::from(u32::try_from(counts.len()).unwrap());
    counts.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum()
}

/// Wilson and Hilferty's approximation, `z` being the quantile of the normal distribution.
fn critical_chi_square(degrees: usize, z: f64) -> f64 {
    let degrees = f64::from(u32::try_from(degrees).unwrap());
    let share = 2.0 / (9.0 * degrees);
    degrees * (1.0 - share + z * share.sqrt()).powi(3)
}

#[test]
fn the_measure_of_uniformity_can_fail() {
    // Bytes taken modulo 10 favour 0 to 5 by a twenty-sixth.
    let random = SeededRandom::new(1);
    let biased: Vec<String> = (0..100_000)
        .map(|_| {
            let [byte] = super::random::random_bytes::<1>(&random).unwrap();
            (byte % 10).to_string()
        })
        .collect();
    let outcome = std::panic::catch_unwind(|| assert_uniform(&biased, b"0123456789", 0..1));
    assert!(outcome.is_err());
}
