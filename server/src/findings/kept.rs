//! What was found, as it is kept between two starts.

use std::collections::BTreeMap;
use std::sync::Arc;

use register::inconsistency::Finding;
use serde::{Deserialize, Serialize};

use super::around::Shared;
use super::{Audience, Found};
use crate::store::{At, Reader, Result};

/// What was found for readers at one point in time, which whoever keeps it knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptFindings {
    /// By enterprise.
    by_enterprise: BTreeMap<String, Vec<Finding>>,
    /// Of no enterprise.
    general: Vec<Finding>,
}

impl Found {
    /// For keeping; none where nothing was looked for yet.
    #[must_use]
    pub fn kept(&self) -> Option<KeptFindings> {
        self.shared.as_ref()?;
        let plain =
            |all: &[Arc<Finding>]| all.iter().map(|one| Finding::clone(one)).collect::<Vec<_>>();
        let by_enterprise = self.by_enterprise.iter();
        Some(KeptFindings {
            by_enterprise: by_enterprise.map(|(key, all)| (key.clone(), plain(all))).collect(),
            general: plain(&self.general),
        })
    }

    /// What was kept of a point in time.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn of_kept(kept: KeptFindings, reader: &Reader, at: At) -> Result<Found> {
        let shared =
            |all: Vec<Finding>| all.into_iter().map(Arc::new).collect::<Vec<Arc<Finding>>>();
        let by_enterprise = kept.by_enterprise.into_iter();
        Ok(Found {
            at,
            audience: Audience::Readers,
            by_enterprise: by_enterprise.map(|(key, all)| (key, shared(all))).collect(),
            general: shared(kept.general),
            shared: Some(Arc::new(Shared::read(reader, at)?)),
        })
    }
}
