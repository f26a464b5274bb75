//! Text encodings of a table: UTF-8 (with or without a byte-order mark) and GB 18030, nothing else.

use std::io::Read;

use encoding_rs::{Decoder, DecoderResult, GB18030};

use super::ReadError;

/// The encodings a list may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; a byte-order mark is dropped.
    Utf8,
    /// GB 18030, and with it GBK and GB 2312.
    Gb18030,
}

impl Encoding {
    /// The encoding's name in a mapping file, or `None`.
    pub fn parse(name: &str) -> Option<Encoding> {
        Some(match name {
            "utf-8" => Encoding::Utf8,
            "gb18030" | "gbk" => Encoding::Gb18030,
            _ => return None,
        })
    }
}

/// Characters beyond ASCII that GB 18030 text may by chance have in common with UTF-8 at its start.
const UTF8_BY_CHANCE_MAX: u64 = 8;

fn e22(position: u64, utf16: bool) -> ReadError {
    let (hint_zh, hint_en) =
        if utf16 { ("（此文件为UTF-16）", " (this file is UTF-16)") } else { ("", "") };
    ReadError {
        code: Some("E22"),
        zh: format!("文件编码应为UTF-8或GB 18030{hint_zh}：第{position}字节无法识别"),
        en: format!(
            "The file must be UTF-8 or GB 18030{hint_en}: byte {position} cannot be understood."
        ),
    }
}

/// Reads the whole text once and says what it is written in: UTF-8 if every byte is, else GB 18030
/// if every byte is.
///
/// # Errors
/// E22 with the position (from 1) of the first byte that is neither.
pub fn detect(mut text: impl Read, wanted: Option<Encoding>) -> Result<Encoding, ReadError> {
    let mut utf8 = Validator::new(encoding_rs::UTF_8.new_decoder_without_bom_handling());
    let mut gb = Validator::new(GB18030.new_decoder_without_bom_handling());
    let mut buffer = vec![0; 1 << 16];
    let mut first = true;
    loop {
        let n = text.read(&mut buffer).map_err(|e| ReadError::io(&e))?;
        let bytes = &buffer[..n];
        if first && (bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])) {
            return Err(e22(1, true));
        }
        first = false;
        utf8.feed(bytes, n == 0);
        gb.feed(bytes, n == 0);
        if n == 0 {
            break;
        }
    }
    // Text in GB 18030 is bad UTF-8 within its first characters. Where many were good before a bad
    // byte, the file is damaged UTF-8; read as GB 18030 it would become nonsense without a word.
    let damaged = utf8.wide > UTF8_BY_CHANCE_MAX;
    match (wanted, utf8.bad, gb.bad) {
        (None, Some(at), _) if damaged => Err(e22(at, false)),
        (None | Some(Encoding::Utf8), None, _) => Ok(Encoding::Utf8),
        (None | Some(Encoding::Gb18030), _, None) => Ok(Encoding::Gb18030),
        (Some(Encoding::Utf8), Some(at), _) => Err(e22(at, false)),
        (_, utf8, gb) => Err(e22(gb.max(utf8).unwrap_or(1), false)),
    }
}

struct Validator {
    decoder: Decoder,
    seen: u64,
    /// Position of the first bad byte, from 1.
    bad: Option<u64>,
    /// Characters beyond ASCII before it.
    wide: u64,
    out: Vec<u8>,
}

impl Validator {
    fn new(decoder: Decoder) -> Validator {
        Validator { decoder, seen: 0, bad: None, wide: 0, out: vec![0; 1 << 16] }
    }

    fn feed(&mut self, mut bytes: &[u8], last: bool) {
        while self.bad.is_none() {
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.out, last);
            self.seen += read as u64;
            self.wide += self.out[..written].iter().filter(|b| **b >= 0xc0).count() as u64;
            bytes = &bytes[read..];
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                // `length` bad bytes lie `after` bytes before what has been read.
                DecoderResult::Malformed(length, after) => {
                    let back = u64::from(length) + u64::from(after);
                    self.bad = Some(self.seen.saturating_sub(back) + 1);
                }
            }
        }
    }
}

/// The text as UTF-8, whatever it was written in; a byte-order mark is dropped.
pub fn decoded<'a>(text: Box<dyn Read + 'a>, encoding: Encoding) -> Box<dyn Read + 'a> {
    let encoding = match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Gb18030 => GB18030,
    };
    Box::new(Decoded {
        inner: text,
        decoder: encoding.new_decoder_with_bom_removal(),
        input: vec![0; 1 << 15],
        output: vec![0; 1 << 17],
        from: 0,
        to: 0,
        ended: false,
    })
}

struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    output: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.from == self.to {
            if self.ended {
                return Ok(0);
            }
            let n = self.inner.read(&mut self.input)?;
            self.ended = n == 0;
            // The output holds four times the input, more than either encoding can grow to.
            let (_, _, written, _) =
                self.decoder.decode_to_utf8(&self.input[..n], &mut self.output, self.ended);
            (self.from, self.to) = (0, written);
        }
        let n = buffer.len().min(self.to - self.from);
        buffer[..n].copy_from_slice(&self.output[self.from..self.from + n]);
        self.from += n;
        Ok(n)
    }
}
