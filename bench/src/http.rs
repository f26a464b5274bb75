//! A client that does little else than ask: HTTP/1.1 over one open connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// One open connection.
pub struct Client {
    reader: BufReader<TcpStream>,
    head: String,
}

/// What came back.
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Bytes of the body.
    pub bytes: usize,
}

impl Client {
    /// Connects.
    pub fn open(address: &str) -> Result<Client, String> {
        let stream = TcpStream::connect(address).map_err(|error| format!("{address}: {error}"))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let head = format!(" HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: br\r\n\r\n");
        Ok(Client { reader: BufReader::with_capacity(64 * 1024, stream), head })
    }

    /// Asks and reads the whole answer.
    pub fn get(&mut self, path: &str) -> Result<Answer, String> {
        let request = format!("GET {path}{}", self.head);
        self.reader.get_mut().write_all(request.as_bytes()).map_err(|error| error.to_string())?;
        let (mut status, mut bytes) = (0, 0);
        let mut line = String::new();
        loop {
            line.clear();
            let read = self.reader.read_line(&mut line).map_err(|error| error.to_string())?;
            if read == 0 {
                return Err("the connection was closed".to_owned());
            }
            let text = line.trim_end();
            if text.is_empty() {
                break;
            }
            if let Some(rest) = text.strip_prefix("HTTP/1.1 ") {
                status = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some((name, value)) = text.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                bytes = value.trim().parse().map_err(|_| "no length".to_owned())?;
            }
        }
        let mut body = vec![0; bytes];
        self.reader.read_exact(&mut body).map_err(|error| error.to_string())?;
        Ok(Answer { status, bytes })
    }
}
