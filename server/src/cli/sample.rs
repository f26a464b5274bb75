//! `liangbiao sample`: write the fictional register.

use std::process::ExitCode;
use std::time::Instant;

use register::code::is_batch_key;

use super::{RegisterArg, progress};
use crate::keys::{Founding, KeyError};
use crate::store::{Clock as _, Place, Result, StoreError, SystemClock};
use crate::{reference, sample};

/// Write a fictional register: made-up makers, products, standards and lists.
///
/// The same number and seed give the same entries in the same order; only the time they were
/// recorded differs. Every page of such a register says 示例数据. The file must not exist yet.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was written, 2 usage.

Examples:
  liangbiao sample --register sample.db
  liangbiao sample --products 100000 --seed 7 --register big.db")]
pub struct Sample {
    /// How many products: 1 to 1,000,000.
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    products: u64,
    /// Which sample: any whole number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    register: RegisterArg,
}

impl Sample {
    /// Runs the command.
    #[must_use]
    pub fn run(self) -> ExitCode {
        let Sample { products, seed, register } = self;
        let place = match register.place() {
            Ok(place) => place,
            Err(error) => return progress::failure(&error),
        };
        let began = Instant::now();
        let bar = progress::bar(products, "products");
        let mut made = sample::drafts(products, seed);
        let stream = std::iter::from_fn(|| {
            let draft = made.next();
            bar.set_position(made.products_made());
            draft
        });
        let made = make(&place, products, seed, stream);
        bar.finish_and_clear();
        match made {
            Ok((entries, has_units)) => {
                if let Some(home) = &place.home {
                    println!("log         {home}");
                }
                println!("register    {}", place.path.display());
                println!("products    {products} (fictional), seed {seed}");
                println!("entries     {entries}");
                let (units, _) = sample::unit_batch(products, seed);
                if let [first, .., last] = units.as_slice()
                    && has_units
                {
                    println!(
                        "unit codes  {} in force, {} suspended",
                        first.grouped(),
                        last.grouped()
                    );
                }
                println!("time        {:.1} s", began.elapsed().as_secs_f64());
                ExitCode::SUCCESS
            }
            Err(error) => progress::failure(&error),
        }
    }
}

/// Writes the register and its keys; returns the entries in its log, and whether it has unit codes.
fn make(
    place: &Place,
    products: u64,
    seed: u64,
    drafts: impl Iterator<Item = register::Draft>,
) -> Result<(u64, bool)> {
    let refused = |error: KeyError| StoreError::Caller(error.to_string());
    let now = SystemClock.now();
    let mut creation = place.create(&sample::register_id(products, seed), now)?;
    let keys = Founding::of_sample(&place.path, products, seed).map_err(refused)?;
    let first = reference::drafts().into_iter().chain([keys.draft(sample::KEY_DAY)]);
    let mut has_units = false;
    let drafts = drafts.inspect(|draft| has_units |= is_batch_key(&draft.key));
    creation.append(&mut first.chain(drafts).map(Ok), now)?;
    if has_units {
        creation.put_batch(&sample::unit_batch(products, seed).1)?;
    }
    keys.write().map_err(refused)?;
    creation.finish()?;
    Ok((place.reader()?.log_size()?, has_units))
}
