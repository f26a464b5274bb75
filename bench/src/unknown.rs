//! Unit codes that are not on record: times of those one character away from an issued code beside those
//! of any other. Whoever guesses must learn nothing from the clock.

use std::path::Path;
use std::time::Instant;

use crate::http::Client;
use crate::process::Served;
use crate::random::Random;
use crate::register::{self, Words};

/// Alphabet of codes (GB 32100).
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Codes on record in the measured register.
const ISSUED: usize = 100_000;
/// Above this the means differ by more than chance explains, once in some million runs.
const T_MAX: f64 = 5.0;

/// Runs it: `--codes N`, half of them almost right.
pub fn run(binary: &str, words: &[&str]) -> Result<(), String> {
    let codes = Words::of(words, &["--codes"])?.number("--codes", 1_000_000);
    register::with_folder(|folder| measure(binary, folder, codes))
}

fn measure(binary: &str, folder: &Path, codes: usize) -> Result<(), String> {
    let register = register::sample(binary, folder)?;
    let issued = register.issue(binary, ISSUED)?;
    let portal = register.serve(binary)?;
    eprintln!("{codes} codes, every other one almost right …");
    let (near, far) = ask(&portal, &issued, codes / 2)?;
    let (a, b) = (Sample::of(near), Sample::of(far));
    println!("unit codes that are not on record, microseconds from question to whole answer");
    println!(
        "{:28}{:>10}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "", "codes", "mean", "p5", "p50", "p95", "p99"
    );
    for (what, sample) in [("one character away", &a), ("any other", &b)] {
        println!(
            "{:28}{:>10}{:>9.2}{:>9.1}{:>9.1}{:>9.1}{:>9.1}",
            what,
            sample.sorted.len(),
            sample.mean,
            sample.at(0.05),
            sample.at(0.5),
            sample.at(0.95),
            sample.at(0.99),
        );
    }
    let t = a.welch(&b);
    println!(
        "Welch's t {t:.2} over the fastest 95 % of each; above {T_MAX} in either direction they differ"
    );
    if t.abs() > T_MAX {
        return Err("a code that is almost right can be told from a wrong one by time".to_owned());
    }
    Ok(())
}

fn ask(portal: &Served, issued: &[String], pairs: usize) -> Result<(Vec<f64>, Vec<f64>), String> {
    let mut client = Client::open(&portal.address)?;
    let mut random = Random(0x5eed);
    let mut times = (Vec::with_capacity(pairs), Vec::with_capacity(pairs));
    let (mut status, mut bytes) = (0, 0);
    for n in 0..2 * pairs {
        // Pairs in changing order, so that whatever drifts drifts for both.
        let near = (n % 2 == 0) == (n / 2 % 2 == 0);
        let code = match near {
            true => almost(&issued[random.below(issued.len())], &mut random),
            false => code((0..15).map(|_| random.below(31)).collect()),
        };
        let started = Instant::now();
        let answer = client.get(&format!("/q/{code}"))?;
        let took = started.elapsed().as_secs_f64() * 1e6;
        if n == 0 {
            (status, bytes) = (answer.status, answer.bytes);
        }
        if (answer.status, answer.bytes) != (status, bytes) || status != 404 {
            return Err(format!(
                "{code} was answered {} with {} bytes, the first {status} with {bytes}",
                answer.status, answer.bytes
            ));
        }
        if near { times.0.push(took) } else { times.1.push(took) }
    }
    Ok(times)
}

/// One character of the body changed, and the check character made right.
fn almost(code_of: &str, random: &mut Random) -> String {
    let mut values: Vec<usize> = code_of.bytes().take(15).map(value).collect();
    let place = random.below(15);
    values[place] = (values[place] + 1 + random.below(30)) % 31;
    code(values)
}

/// Place in the alphabet; the codes come from the portal's own print run.
fn value(character: u8) -> usize {
    ALPHABET.iter().position(|known| *known == character).unwrap_or_default()
}

/// A code of fifteen values and its check character (GB 32100: weights 3^(i−1) mod 31).
fn code(values: Vec<usize>) -> String {
    let (mut sum, mut weight) = (0, 1);
    for value in &values {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    let check = (31 - sum % 31) % 31;
    values.into_iter().chain([check]).map(|value| char::from(ALPHABET[value])).collect()
}

/// Times of one kind of code.
struct Sample {
    sorted: Vec<f64>,
    mean: f64,
}

impl Sample {
    fn of(mut times: Vec<f64>) -> Sample {
        times.sort_by(f64::total_cmp);
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        Sample { sorted: times, mean }
    }

    fn at(&self, share: f64) -> f64 {
        let place = (self.sorted.len() as f64 * share) as usize;
        self.sorted.get(place).or(self.sorted.last()).copied().unwrap_or_default()
    }

    /// Mean and variance of the fastest 95 %: the rest is other programs' doing.
    fn trimmed(&self) -> (f64, f64, f64) {
        let kept = &self.sorted[..self.sorted.len() * 95 / 100];
        let n = kept.len() as f64;
        let mean = kept.iter().sum::<f64>() / n;
        let variance = kept.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        (mean, variance, n)
    }

    /// Welch's t (Biometrika 34, 1947).
    fn welch(&self, other: &Sample) -> f64 {
        let ((a, va, na), (b, vb, nb)) = (self.trimmed(), other.trimmed());
        (a - b) / (va / na + vb / nb).sqrt()
    }
}
