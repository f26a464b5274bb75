//! The artwork of a code on record: its page, its SVG, its PNG.

use app::i18n::{fill, label as words};
use app::model::{Fact, LabelPage, Link};
use register::code::CreditCode;
use register::{Kind, Lang};

use super::answer::Rendered;
use super::failure::Failure;
use super::project::view::View;
use super::reply::Policy;
use crate::code::artwork::qr::Correction;
use crate::code::artwork::{Artwork, Origin};

/// Media type of pictures that scale.
const SVG: &str = "image/svg+xml";
/// Media type of pictures of points.
const PNG: &str = "image/png";
/// The level of error correction labels have unless somebody chooses another.
const CORRECTION: Correction = Correction::M;

/// The label of one code.
pub struct Label {
    code: CreditCode,
    /// None: the portal's public address is not set.
    drawing: Option<(Origin, Artwork)>,
}

impl Label {
    /// The label of a code on record. A unit code has none here: it is printed with its batch and is on
    /// no page.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for what is no code on record.
    pub fn of(view: &View<'_>, typed: &str, origin: &str) -> Result<Label, Failure> {
        let code = CreditCode::parse(typed).map_err(|_| Failure::NotFound)?;
        if view.record(Kind::Code, code.as_str())?.is_none() {
            return Err(Failure::NotFound);
        }
        let drawing = match Origin::parse(origin) {
            Ok(origin) => {
                let lang = view.lang;
                let drawn = Artwork::of_code(&origin, &code, CORRECTION, None, lang);
                Some((origin, drawn.map_err(|error| Failure::Internal(error.to_string()))?))
            }
            Err(_) => None,
        };
        Ok(Label { code, drawing })
    }

    fn drawing(&self) -> Result<&Artwork, Failure> {
        self.drawing.as_ref().map(|(_, drawing)| drawing).ok_or(Failure::NotFound)
    }

    fn file(&self, mime: &'static str, bytes: Vec<u8>) -> Rendered {
        let extension = if mime == SVG { "svg" } else { "png" };
        let name = format!("inline; filename=\"{}.{extension}\"", self.code.as_str());
        let mut rendered = Rendered::new(mime, Policy::Data, bytes);
        rendered.more.push(("content-disposition", name));
        rendered
    }

    /// The drawing as SVG.
    ///
    /// # Errors
    /// Without a public address there is none.
    pub fn svg(&self) -> Result<Rendered, Failure> {
        Ok(self.file(SVG, self.drawing()?.svg().into_bytes()))
    }

    /// The drawing as PNG.
    ///
    /// # Errors
    /// Without a public address there is none.
    pub fn png(&self) -> Result<Rendered, Failure> {
        let bytes = self.drawing()?.png().map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(self.file(PNG, bytes))
    }

    /// What the page shows.
    #[must_use]
    pub fn page(&self, lang: Lang) -> LabelPage {
        let mut page = LabelPage {
            code: self.code.grouped(),
            plain: self.code.as_str().to_owned(),
            ..LabelPage::default()
        };
        if let Some((origin, drawing)) = &self.drawing {
            /// CSS pixels in a millimetre, at twice the least size: large enough to look at.
            const SHOWN: f64 = 2.0 * 96.0 / 25.4;
            let (width, height) = drawing.size_mm();
            page.least_mm = drawing.symbol().side_min_mm();
            // A label is some centimetres wide: far below the limits of either type.
            page.width_px = (width * SHOWN).round() as u32;
            page.height_px = (height * SHOWN).round() as u32;
            let modules = drawing.symbol().modules().to_string();
            let symbol = [("n", modules.as_str()), ("e", "M")];
            let size = [("w", &*format!("{width:.0}")), ("h", &*format!("{height:.0}"))];
            page.facts = [
                (words::F_URL, origin.code_url(self.code.as_str())),
                (words::F_SYMBOL, fill(words::F_SYMBOL_V.to(lang), &symbol)),
                (words::F_SIZE, fill(words::F_SIZE_V.to(lang), &size)),
            ]
            .into_iter()
            .map(|(label, value)| Fact {
                label: label.to(lang).to_owned(),
                values: vec![Link::plain(value)],
            })
            .collect();
        }
        page
    }
}
