//! `liangbiao sample`: write the fictional register.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use super::{RegisterArg, progress};
use crate::store::{Register, SystemClock};
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
        let path = &register.register;
        let began = Instant::now();
        let bar = progress::bar(products, "products");
        let mut made = sample::drafts(products, seed);
        let stream = std::iter::from_fn(|| {
            let draft = made.next();
            bar.set_position(made.products_made());
            draft
        });
        let mut all = reference::drafts().into_iter().chain(stream);
        let id = sample::register_id(products, seed);
        let created = Register::create_with(path, &id, Arc::new(SystemClock), &mut all);
        bar.finish_and_clear();
        match created.and_then(|register| register.log_size()) {
            Ok(entries) => {
                println!("register    {}", path.display());
                println!("products    {products} (fictional), seed {seed}");
                println!("entries     {entries}");
                println!("time        {:.1} s", began.elapsed().as_secs_f64());
                ExitCode::SUCCESS
            }
            Err(error) => progress::failure(&error),
        }
    }
}
