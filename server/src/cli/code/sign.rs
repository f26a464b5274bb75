//! `liangbiao code sign`.

use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use register::Kind;
use register::code::{Level, Statement};
use register::id::Gtin;
use register::kinds::rules::{day, text, texts};
use register::signature::{KeyId, Standing};

use super::label::{drawn, save};
use super::{DrawArgs, OriginArg, read};
use crate::cli::RegisterArg;
use crate::cli::progress::say;
use crate::code::artwork::Artwork;
use crate::code::find;
use crate::desk::{Result, refuse};
use crate::keys::{Folder, life};
use crate::store::{At, Clock as _, SystemClock, china_day};

/// Sign a statement that a code is in order today, for places without a network.
///
/// Prints 212 digits and their address. Whoever has the register's public keys can verify them
/// offline: for certificates, inspectors' lists and tenders. The signature proves who stated it and
/// when, and nothing about the goods in hand.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 done, 1 nothing was signed, 2 usage.

Examples:
  liangbiao code sign 44AB-CDEF-GHJK --origin https://quality.example
  liangbiao code sign 44AB-CDEF-GHJK --key 530d903a00000000 --out certificate.svg")]
pub(super) struct Sign {
    /// The code as it is printed. It has to be in force.
    code: String,
    /// The key to sign with, where there are several.
    #[arg(long, value_name = "KID")]
    key: Option<String>,
    /// Last day the statement is good for; the code's own otherwise, and a year without one.
    #[arg(long, value_name = "DATE")]
    expires: Option<NaiveDate>,
    /// Where its label goes: .svg, .png or .html.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    draw: DrawArgs,
    #[command(flatten)]
    origin: OriginArg,
    #[command(flatten)]
    register: RegisterArg,
}

/// How long a statement is good for where neither the command nor the code says.
const TERM: Days = Days::new(365);

impl Sign {
    pub(super) fn run(&self) -> Result<()> {
        let code = read(&self.code)?;
        let reader = self.register.reader()?;
        let folder = Folder::of(&self.register.path());
        let today = china_day(SystemClock.now());
        let at = At { as_of: today, known: reader.log_size()? };
        let pepper = match code.level() {
            Level::Unit => Some(folder.pepper()?),
            Level::Model => None,
        };
        let Some(found) = find::find(&reader, pepper.as_ref(), &code, at)? else {
            return refuse(format!("no code {} was issued", code.grouped()));
        };
        let stands = [Some(&found.entry), found.batch.as_ref()];
        for entry in stands.into_iter().flatten() {
            let status = text(&entry.body, "status").unwrap_or_default();
            let over = day(&entry.body, "expires_on").is_some_and(|until| until < today);
            if status != "valid" || over {
                let status = if over { "expired" } else { status };
                return refuse(format!("the code is {status}; only a code in force is signed for"));
            }
        }
        let own_end = day(&found.entry.body, "expires_on");
        let expires = self.expires.or(own_end).unwrap_or(today + TERM);
        if own_end.is_some_and(|end| expires > end) {
            return refuse(format!("the code itself ends on {}", own_end.unwrap_or(expires)));
        }
        let product = text(&found.entry.body, "product").unwrap_or_default();
        let product = reader.record(Kind::Product, product, at)?;
        let mut gtins = product.iter().flat_map(|entry| texts(&entry.body, "gtins"));
        // A statement has room for one barcode; of several none stands for the others.
        let gtin = match (gtins.next(), gtins.next()) {
            (Some(only), None) => Gtin::parse(only).ok(),
            _ => None,
        };
        let kid = self.choose(&folder)?;
        let record = reader.record(Kind::Key, &kid.to_string(), at)?;
        match record.as_ref().and_then(life::record_of).map(|record| record.on(today)) {
            Some(Standing::InForce) => {}
            Some(_) => return refuse(format!("the key {kid} is not in force today")),
            None => return refuse(format!("the register has no record of the key {kid}")),
        }
        let signer = folder.signer(kid)?;
        let statement = Statement::sign(code, gtin, today, expires, signer.as_ref());
        let statement = statement.or_else(|error| refuse(error.to_string()))?;
        let origin = self.origin.get()?;
        let digits = statement.digits();
        say(format_args!("digits      {digits}"));
        say(format_args!("url         {}", origin.statement_url(&digits)));
        say(format_args!("key         {kid}"));
        say(format_args!("good until  {expires}"));
        if let Some(out) = &self.out {
            let DrawArgs { ec, size, lang } = self.draw;
            let artwork = drawn(Artwork::of_statement(&origin, &statement, ec, size, lang))?;
            save(&artwork, out, 1, lang)?;
        }
        Ok(())
    }

    fn choose(&self, folder: &Folder) -> Result<KeyId> {
        if let Some(text) = &self.key {
            return match KeyId::parse(text) {
                Some(kid) => Ok(kid),
                None => refuse(format!("{text:?} is no key id: 16 hex digits in small letters")),
            };
        }
        let held: Vec<KeyId> = folder
            .held()?
            .into_iter()
            .filter(|key| !key.is_log_key)
            .map(|key| key.public_key.id())
            .collect();
        match held.as_slice() {
            [only] => Ok(*only),
            [] => {
                refuse("there is no key that signs statements; make one with `liangbiao key new`")
            }
            several => {
                let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
                refuse(format!("there are several keys; choose one with --key: {}", ids.join(", ")))
            }
        }
    }
}
