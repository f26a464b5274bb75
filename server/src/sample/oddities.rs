//! Which sample products carry a contradiction, so that every cross-record rule has an example.

/// A contradiction a product's records have on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// Its comparison claims what its figures do not give (I09).
    WrongClaim,
    /// Its certificate names another model (I15).
    OtherModel,
    /// Its pack uses a well-known trade mark as a claim (I20).
    WellKnownClaim,
    /// Its listing has a level the scheme does not know (I14).
    WrongLevel,
    /// Its holder evaluated it (I19).
    SelfEvaluated,
    /// The body that evaluated it was penalised for the report (I05).
    FalseReport,
    /// An inspection prints another name of its maker (I07).
    OtherName,
    /// It was sampled again too soon (I13).
    SampledAgain,
    /// A warning names it.
    Warned,
    /// An overseas notification names its maker by name only.
    NotifiedAbroad,
    /// A violation case names its maker by name only.
    Case,
}

impl Odd {
    /// The contradiction of a product, if it is one of the few. A function of its number alone, so that
    /// the random draws of the other records stay as they are.
    pub fn of(product: u64) -> Option<Odd> {
        Some(match product % 100 {
            13 | 14 => Odd::Warned,
            29 => Odd::NotifiedAbroad,
            31 => Odd::Case,
            47 => Odd::WrongClaim,
            53 => Odd::OtherModel,
            59 => Odd::WellKnownClaim,
            61 => Odd::WrongLevel,
            67 | 68 => Odd::SelfEvaluated,
            71 | 72 => Odd::FalseReport,
            80..=83 => Odd::OtherName,
            90..=93 => Odd::SampledAgain,
            _ => return None,
        })
    }
}
