//! Pages that differ by a code alone: rendered and compressed once, then put together with each code.
//!
//! The page is rendered with a stand-in, cut at the places of the code, and each stretch between is
//! compressed for itself in one brotli stream. The code goes into stored meta-blocks (RFC 7932, 9.2:
//! `ISUNCOMPRESSED`), so answering for another code is copying.
//!
//! Why the compressed stretches stay true whatever code stands between them: a code has a fixed length,
//! so distances to earlier text do not change; the encoder was given bytes in its place that no text
//! holds, so nothing is copied out of it; and the last two bytes of every stored stretch are the page's
//! own, so the contexts of the literals behind it (7.1) are as they were. That is checked on two codes
//! when a page is made, and a page that fails is compressed whole for each reader.

use std::io::Write;

use axum::body::Bytes;
use register::code::CreditCode;

use super::assets::hash16;
use super::bodies::{self, Body, Coding};

/// A well-formed code that is never issued, to stand where a unit's code will. Issued units do not
/// begin with four zeros.
const STAND_IN: &str = "0000TEMPLATE000Q";

/// The stand-in; none only if the constant above is no code, which a test excludes.
#[must_use]
pub fn stand_in() -> Option<CreditCode> {
    CreditCode::parse(STAND_IN).ok()
}

/// How a code is written at a place of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    Grouped,
    Spelled,
}

impl Form {
    const ALL: [Form; 3] = [Form::Plain, Form::Grouped, Form::Spelled];

    fn of(self, code: &CreditCode) -> String {
        match self {
            Form::Plain => code.as_str().to_owned(),
            Form::Grouped => code.grouped(),
            Form::Spelled => app::pages::verify::spelled(&code.grouped()),
        }
    }
}

/// A piece of a page.
#[derive(Debug)]
enum Piece {
    Text(Vec<u8>),
    Code(Form),
}

/// A stretch of the compressed page.
#[derive(Debug)]
enum Stretch {
    /// Compressed, from one byte boundary to the next.
    Coded(Vec<u8>),
    /// To be stored: header of the meta-block, then the pieces of the page in this range.
    Stored([u8; 3], std::ops::Range<usize>),
}

/// A page with places for a code.
#[derive(Debug)]
pub struct Template {
    pieces: Vec<Piece>,
    /// The brotli stream; empty: it did not pass its check.
    stream: Vec<Stretch>,
    hash: String,
    bytes: usize,
}

/// Text between two codes that is shorter than this is stored with them: a compressed stretch begins
/// with code tables of about this many bytes.
const STORED_BETWEEN_BYTES_MAX: usize = 64;
/// Bytes of the page behind a code that are stored with it, see above.
const CONTEXT_BYTES: usize = 2;
/// A template is compressed once and sent often.
const LEVEL: i32 = 9;

impl Template {
    /// Cuts a page that was rendered for [`stand_in`].
    #[must_use]
    pub fn of(page: &[u8]) -> Option<Template> {
        let stand_in = stand_in()?;
        let forms = Form::ALL.map(|form| (form, form.of(&stand_in).into_bytes()));
        let mut pieces = Vec::new();
        let mut from = 0;
        let mut at = 0;
        while at < page.len() {
            match forms.iter().find(|(_, text)| page[at..].starts_with(text)) {
                Some((form, text)) => {
                    pieces.push(Piece::Text(page[from..at].to_vec()));
                    pieces.push(Piece::Code(*form));
                    at += text.len();
                    from = at;
                }
                None => at += 1,
            }
        }
        pieces.push(Piece::Text(page[from..].to_vec()));
        let mut template = Template {
            pieces: with_context(pieces),
            stream: Vec::new(),
            hash: hash16(page),
            bytes: page.len(),
        };
        template.stream = template.compressed(&stand_in).unwrap_or_default();
        let sound = [[0; 16], [0xff; 16]].iter().all(|random| {
            let code = CreditCode::mint_unit(*random);
            let mut back = Vec::new();
            let decoded = brotli::BrotliDecompress(&mut &template.joined(&code)[..], &mut back);
            decoded.is_ok() && back == template.plain(&code)
        });
        if !sound {
            tracing::warn!("a page of unit codes is compressed whole for each reader");
            template.stream.clear();
        }
        Some(template)
    }

    /// Bytes held, roughly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        2 * self.bytes
    }

    /// The page of a code, not compressed.
    #[must_use]
    pub fn plain(&self, code: &CreditCode) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes);
        self.write(&mut out, 0..self.pieces.len(), &Form::ALL.map(|form| form.of(code)));
        out
    }

    /// The body of a code's page. Its validator names the template and the code, which make its bytes.
    #[must_use]
    pub fn body(&self, code: &CreditCode, coding: Coding) -> Body {
        let hash = hash16(format!("{} {}", self.hash, code.as_str()).as_bytes());
        let etag = bodies::etag(&hash, coding);
        let bytes = match coding {
            Coding::Brotli if !self.stream.is_empty() => Bytes::from(self.joined(code)),
            _ => coding.encode(&self.plain(code)),
        };
        Body { bytes, coding, etag }
    }

    fn write(&self, out: &mut Vec<u8>, range: std::ops::Range<usize>, forms: &[String; 3]) {
        for piece in &self.pieces[range] {
            match piece {
                Piece::Text(text) => out.extend_from_slice(text),
                Piece::Code(form) => out.extend_from_slice(forms[*form as usize].as_bytes()),
            }
        }
    }

    fn joined(&self, code: &CreditCode) -> Vec<u8> {
        let forms = Form::ALL.map(|form| form.of(code));
        let mut out = Vec::with_capacity(self.bytes / 2);
        for stretch in &self.stream {
            match stretch {
                Stretch::Coded(bytes) => out.extend_from_slice(bytes),
                Stretch::Stored(header, range) => {
                    out.extend_from_slice(header);
                    self.write(&mut out, range.clone(), &forms);
                }
            }
        }
        out
    }

    fn compressed(&self, stand_in: &CreditCode) -> Option<Vec<Stretch>> {
        let parameters = bodies::brotli_parameters(self.bytes, LEVEL);
        let mut encoder = brotli::CompressorWriter::with_params(Vec::new(), 4096, &parameters);
        let forms = Form::ALL.map(|form| form.of(stand_in));
        let mut stream = Vec::new();
        let mut strange = 0;
        let mut taken = 0;
        let mut i = 0;
        while i < self.pieces.len() {
            let stored = stored_from(&self.pieces, i);
            let mut text = Vec::new();
            self.write(&mut text, i..stored.start, &forms);
            encoder.write_all(&text).ok()?;
            if stored.is_empty() {
                // The end of the page; the stream's last meta-block is written below.
                break;
            }
            encoder.flush().ok()?;
            stream.push(Stretch::Coded(encoder.get_ref()[taken..].to_vec()));
            let mut between = Vec::new();
            self.write(&mut between, stored.clone(), &forms);
            stream.push(Stretch::Stored(stored_header(between.len())?, stored.clone()));
            let (stand, context) = between.split_at(between.len().checked_sub(CONTEXT_BYTES)?);
            let mut given: Vec<u8> = stand.iter().map(|_| next_strange(&mut strange)).collect();
            given.extend_from_slice(context);
            encoder.write_all(&given).ok()?;
            encoder.flush().ok()?;
            // What the encoder made of the stand-in is passed over: the stored block takes its place.
            taken = encoder.get_ref().len();
            i = stored.end;
        }
        let whole = encoder.into_inner();
        stream.push(Stretch::Coded(whole[taken..].to_vec()));
        Some(stream)
    }
}

/// Text behind a code, cut so that the two bytes of context are a piece of their own.
fn with_context(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len() * 3 / 2);
    for piece in pieces {
        match piece {
            Piece::Text(text) if matches!(out.last(), Some(Piece::Code(_))) => {
                let (context, rest) = text.split_at(CONTEXT_BYTES.min(text.len()));
                out.push(Piece::Text(context.to_vec()));
                out.push(Piece::Text(rest.to_vec()));
            }
            piece => out.push(piece),
        }
    }
    out
}

/// The next pieces from `i` on that are stored: from a code to the context behind the last code that
/// follows closely. Empty at the end where no code is left.
fn stored_from(pieces: &[Piece], i: usize) -> std::ops::Range<usize> {
    let is_code = |i: usize| matches!(pieces.get(i), Some(Piece::Code(_)));
    let Some(start) = (i..pieces.len()).find(|i| is_code(*i)) else {
        return pieces.len()..pieces.len();
    };
    let mut end = start + 2;
    while let Some(Piece::Text(between)) = pieces.get(end)
        && between.len() < STORED_BETWEEN_BYTES_MAX
        && is_code(end + 1)
    {
        end += 3;
    }
    start..end.min(pieces.len())
}

/// Head of a stored meta-block of `bytes` bytes that is not the last (RFC 7932, 9.2), to stand at a byte
/// boundary: ISLAST 0, MNIBBLES 0 (four nibbles), MLEN − 1, ISUNCOMPRESSED 1, and zeros to the boundary.
fn stored_header(bytes: usize) -> Option<[u8; 3]> {
    let length = u32::from(u16::try_from(bytes.checked_sub(1)?).ok()?);
    let [a, b, c, _] = (length << 3 | 1 << 19).to_le_bytes();
    Some([a, b, c])
}

/// Control characters, of which no four in a row come twice or stand in any text.
fn next_strange(count: &mut u32) -> u8 {
    let (group, place) = (*count / 3, *count % 3);
    *count += 1;
    let digit = group >> (4 * (2 - place)) & 0xf;
    // Below a space, and no tab, line feed or carriage return.
    0x0e + u8::try_from(digit).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(gap: &str) -> String {
        let code = stand_in().expect("a code");
        let (plain, grouped) = (code.as_str().to_owned(), code.grouped());
        let spelled = app::pages::verify::spelled(&grouped);
        let filler = "登记簿只说它记了什么，不说手里这一件是真是假。".repeat(40);
        format!(
            "<!doctype html><p>{filler}</p><a href=\"/q/{plain}\">{grouped}</a>{gap}<b>{spelled}</b>\
             {filler}<a href=\"/en/q/{plain}\">{plain}{plain}</a>{filler}{grouped}</html>"
        )
    }

    #[test]
    fn a_spliced_stream_decodes_to_the_page_of_its_code() {
        let stand_in = stand_in().expect("a code");
        for gap in ["", "…", &"中间的字".repeat(30)] {
            let page = page(gap);
            let template = Template::of(page.as_bytes()).expect("a template");
            assert!(template.stream.len() >= 5, "compressed in stretches");
            for n in 0..=255 {
                let code = CreditCode::mint_unit([n; 16]);
                let wanted = Form::ALL.iter().fold(page.clone(), |page, form| {
                    page.replace(&form.of(&stand_in), &form.of(&code))
                });
                assert_eq!(template.plain(&code), wanted.as_bytes());
                let body = template.body(&code, Coding::Brotli);
                let mut back = Vec::new();
                brotli::BrotliDecompress(&mut &body.bytes[..], &mut back).expect("brotli");
                assert_eq!(back, wanted.as_bytes(), "{gap} {n}");
            }
        }
    }

    #[test]
    fn validators_tell_codes_codings_and_pages_apart() {
        let one = Template::of(page("").as_bytes()).expect("a template");
        let other = Template::of(page("x").as_bytes()).expect("a template");
        let code = |n| CreditCode::mint_unit([n; 16]);
        let mut tags = vec![
            one.body(&code(1), Coding::Brotli).etag,
            one.body(&code(2), Coding::Brotli).etag,
            one.body(&code(1), Coding::Gzip).etag,
            one.body(&code(1), Coding::Identity).etag,
            other.body(&code(1), Coding::Brotli).etag,
        ];
        assert_eq!(
            tags[0],
            one.body(&code(1), Coding::Brotli).etag,
            "the same bytes, the same tag"
        );
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), 5);
    }

    #[test]
    fn a_page_without_a_code_or_ending_in_one_is_still_itself() {
        let stand_in = stand_in().expect("a code");
        let code = CreditCode::mint_unit([7; 16]);
        for page in ["", "<p>", stand_in.as_str(), &format!("a{}b", stand_in.as_str())] {
            let template = Template::of(page.as_bytes()).expect("a template");
            let wanted = page.replace(stand_in.as_str(), code.as_str());
            assert_eq!(template.plain(&code), wanted.as_bytes());
            let body = template.body(&code, Coding::Brotli);
            let mut back = Vec::new();
            brotli::BrotliDecompress(&mut &body.bytes[..], &mut back).expect("brotli");
            assert_eq!(back, wanted.as_bytes(), "{page:?}");
        }
    }
}
