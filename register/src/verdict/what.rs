//! What a verdict can rest on.

use super::{Outcome, Rule};
use crate::code::Malformed;

/// What was found. The effect of each is the least outcome it imposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// The text is no code.
    Malformed(Malformed),
    /// The digits are no statement.
    BadStatement,
    /// The statement's signature does not verify.
    SignatureMismatch,
    /// The statement was signed while its key was not in force.
    KeyNotInForce,
    /// No such code was ever recorded.
    NoRecord,
    /// The code was prepared and never issued.
    Draft,
    /// A recall covers the product.
    Recall,
    /// The code was withdrawn by the authority.
    CodeWithdrawn,
    /// The code was cancelled by its holder.
    CodeCancelled,
    /// The listing was withdrawn by the authority.
    ListingWithdrawn,
    /// The listing was cancelled by its holder.
    ListingCancelled,
    /// The listing left by the exit mechanism.
    ListingExited,
    /// The code is suspended.
    CodeSuspended,
    /// The listing is suspended.
    ListingSuspended,
    /// A restriction's decision names the listing (I01).
    ListingRestricted,
    /// The code's term is over.
    CodeExpired,
    /// The listing's term is over.
    ListingExpired,
    /// The statement's term is over.
    StatementExpired,
    /// The code was replaced by another.
    CodeSuperseded,
    /// The listing was replaced by a new certificate.
    ListingReplaced,
    /// The standard of the evaluation is withdrawn or replaced (I03).
    EvaluationStandardGone,
    /// The view is older than it may be.
    Stale,
    /// The clock is behind the log's.
    ClockBehind,
    /// Not every record could be read.
    Incomplete,
    /// Judged from a shelf without a network.
    Offline,
    /// The day asked about has not come.
    FutureDay,
    /// Code, listing or statement begins later.
    NotYet,
    /// A record the verdict needs is missing or cannot be read.
    Unchecked,
    /// The statement's key is not known here.
    UnknownKey,
    /// The statement's key is known, and nothing here can check a signature of its algorithm.
    SignatureUnchecked,
    /// Nothing was granted to the product.
    NoListing,
    /// The listing's scheme is history.
    HistoricalScheme,
    /// Another scheme took the place of the listing's.
    SupersededScheme,
    /// The standing of the listing's scheme is not verified.
    UnverifiedScheme,
    /// The holder is on an adverse list (I01).
    HolderRestricted,
    /// A licence or certificate the product needs is past its term (I02).
    LicenceExpired,
    /// A standard the product claims is withdrawn or replaced (I03).
    ClaimedStandardGone,
    /// The grant lies outside the scheme's dates (I04).
    OutsideSchemeDates,
    /// The evaluator or tester was penalised for a false report (I05).
    FalseReport,
    /// A comparison's baseline was renewed or checked too long ago (I08).
    BaselineRenewed,
    /// A comparison's claim contradicts its figures (I09).
    ClaimContradicted,
    /// The holder is deregistered or its licence revoked (I11).
    HolderGone,
    /// An inspection failed and its follow-up is not closed (I12).
    FailedInspection,
    /// The certificate's models do not include the product's (I15).
    ModelMismatch,
    /// Evaluator and holder are the same (I19).
    SelfEvaluated,
    /// Another listing of the product is suspended, withdrawn or exited.
    OtherListing,
    /// A recall of the maker that prints no model may cover the product.
    RecallWithoutModel,
    /// A recall covers other lots of the product.
    RecallOfOtherLots,
    /// An alert from abroad, or a refusal at a border, covers the product.
    OverseasAlert,
    /// The statement's key was revoked after it was signed.
    KeyRevokedLater,
    /// The statement's barcode number is not the product's.
    GtinDiffers,
    /// A rule applied elsewhere found something.
    Finding(Rule),
    /// The mark may not be used any longer (I10).
    MarkWithoutListing,
    /// A recall names a maker of this name without its code. A name match is not the same firm.
    RecallByName,
    /// The product is no longer made.
    Discontinued,
}

impl What {
    /// All but the inner values of [`What::Malformed`] and [`What::Finding`], in order.
    pub const ALL: [What; 56] = {
        use What::*;
        [
            Malformed(crate::code::Malformed::Check),
            BadStatement,
            SignatureMismatch,
            KeyNotInForce,
            NoRecord,
            Draft,
            Recall,
            CodeWithdrawn,
            CodeCancelled,
            ListingWithdrawn,
            ListingCancelled,
            ListingExited,
            CodeSuspended,
            ListingSuspended,
            ListingRestricted,
            CodeExpired,
            ListingExpired,
            StatementExpired,
            CodeSuperseded,
            ListingReplaced,
            EvaluationStandardGone,
            Stale,
            ClockBehind,
            Incomplete,
            Offline,
            FutureDay,
            NotYet,
            Unchecked,
            UnknownKey,
            SignatureUnchecked,
            NoListing,
            HistoricalScheme,
            SupersededScheme,
            UnverifiedScheme,
            HolderRestricted,
            LicenceExpired,
            ClaimedStandardGone,
            OutsideSchemeDates,
            FalseReport,
            BaselineRenewed,
            ClaimContradicted,
            HolderGone,
            FailedInspection,
            ModelMismatch,
            SelfEvaluated,
            OtherListing,
            RecallWithoutModel,
            RecallOfOtherLots,
            OverseasAlert,
            KeyRevokedLater,
            GtinDiffers,
            Finding(Rule::I07),
            MarkWithoutListing,
            RecallByName,
            Discontinued,
            Malformed(crate::code::Malformed::Length { found: 0 }),
        ]
    };

    /// The name in JSON, e.g. `listing_expired`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        use What::*;
        match self {
            Malformed(crate::code::Malformed::Character { .. }) => "character",
            Malformed(crate::code::Malformed::Length { .. }) => "length",
            Malformed(crate::code::Malformed::Check) => "check_character",
            BadStatement => "bad_statement",
            SignatureMismatch => "signature_mismatch",
            KeyNotInForce => "key_not_in_force",
            NoRecord => "no_record",
            Draft => "draft",
            Recall => "recall",
            CodeWithdrawn => "code_withdrawn",
            CodeCancelled => "code_cancelled",
            ListingWithdrawn => "listing_withdrawn",
            ListingCancelled => "listing_cancelled",
            ListingExited => "listing_exited",
            CodeSuspended => "code_suspended",
            ListingSuspended => "listing_suspended",
            ListingRestricted => "listing_restricted",
            CodeExpired => "code_expired",
            ListingExpired => "listing_expired",
            StatementExpired => "statement_expired",
            CodeSuperseded => "code_superseded",
            ListingReplaced => "listing_replaced",
            EvaluationStandardGone => "evaluation_standard_gone",
            Stale => "stale",
            ClockBehind => "clock_behind",
            Incomplete => "incomplete",
            Offline => "offline",
            FutureDay => "future_day",
            NotYet => "not_yet",
            Unchecked => "unchecked",
            UnknownKey => "unknown_key",
            SignatureUnchecked => "signature_unchecked",
            NoListing => "no_listing",
            HistoricalScheme => "historical_scheme",
            SupersededScheme => "superseded_scheme",
            UnverifiedScheme => "unverified_scheme",
            HolderRestricted => "holder_restricted",
            LicenceExpired => "licence_expired",
            ClaimedStandardGone => "claimed_standard_gone",
            OutsideSchemeDates => "outside_scheme_dates",
            FalseReport => "false_report",
            BaselineRenewed => "baseline_renewed",
            ClaimContradicted => "claim_contradicted",
            HolderGone => "holder_gone",
            FailedInspection => "failed_inspection",
            ModelMismatch => "model_mismatch",
            SelfEvaluated => "self_evaluated",
            OtherListing => "other_listing",
            RecallWithoutModel => "recall_without_model",
            RecallOfOtherLots => "recall_of_other_lots",
            OverseasAlert => "overseas_alert",
            KeyRevokedLater => "key_revoked_later",
            GtinDiffers => "gtin_differs",
            Finding(_) => "finding",
            MarkWithoutListing => "mark_without_listing",
            RecallByName => "recall_by_name",
            Discontinued => "discontinued",
        }
    }

    /// The least outcome it imposes.
    #[must_use]
    pub const fn effect(self) -> Outcome {
        use What::*;
        match self {
            Malformed(_) | BadStatement | SignatureMismatch | KeyNotInForce => Outcome::Malformed,
            NoRecord | Draft => Outcome::Unknown,
            Recall => Outcome::Recalled,
            CodeWithdrawn | CodeCancelled | ListingWithdrawn | ListingCancelled | ListingExited => {
                Outcome::Withdrawn
            }
            CodeSuspended | ListingSuspended | ListingRestricted => Outcome::Suspended,
            CodeExpired | ListingExpired | StatementExpired => Outcome::Expired,
            CodeSuperseded | ListingReplaced | EvaluationStandardGone => Outcome::Superseded,
            Stale | ClockBehind | Incomplete | Offline | FutureDay | NotYet | Unchecked
            | UnknownKey | SignatureUnchecked => Outcome::CannotTell,
            NoListing | HistoricalScheme | SupersededScheme | UnverifiedScheme
            | HolderRestricted | LicenceExpired | ClaimedStandardGone | OutsideSchemeDates
            | FalseReport | BaselineRenewed | ClaimContradicted | HolderGone | FailedInspection
            | ModelMismatch | SelfEvaluated | OtherListing | RecallWithoutModel
            | RecallOfOtherLots | OverseasAlert | KeyRevokedLater | GtinDiffers => {
                Outcome::ValidButNotice
            }
            Finding(rule) => rule.effect(),
            MarkWithoutListing | RecallByName | Discontinued => Outcome::Valid,
        }
    }

    /// The cross-record rule this is a finding of.
    #[must_use]
    pub const fn rule(self) -> Option<Rule> {
        use What::*;
        Some(match self {
            HolderRestricted | ListingRestricted => Rule::I01,
            LicenceExpired => Rule::I02,
            ClaimedStandardGone | EvaluationStandardGone => Rule::I03,
            OutsideSchemeDates => Rule::I04,
            FalseReport => Rule::I05,
            Recall => Rule::I06,
            BaselineRenewed => Rule::I08,
            ClaimContradicted => Rule::I09,
            MarkWithoutListing => Rule::I10,
            HolderGone => Rule::I11,
            FailedInspection => Rule::I12,
            ModelMismatch => Rule::I15,
            SelfEvaluated => Rule::I19,
            Finding(rule) => rule,
            _ => return None,
        })
    }
}
