//! A client's connection: how many a network has, and that answers are taken.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::quota::{self, Prefix};

/// Connections by network.
#[derive(Clone, Debug)]
pub struct Networks {
    most: usize,
    open: Arc<Mutex<HashMap<Prefix, usize>>>,
}

/// A place in a network's share, given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    prefix: Prefix,
    of: Networks,
}

impl Networks {
    /// At most so many connections for each.
    #[must_use]
    pub fn new(most: usize) -> Networks {
        Networks { most, open: Arc::default() }
    }

    /// A place for a client; `Ok(None)` for a neighbour, who is not counted: a proxy stands for many.
    ///
    /// # Errors
    /// Its network has its most.
    pub fn enter(&self, peer: IpAddr) -> Result<Option<Place>, Full> {
        if quota::is_near(peer) {
            return Ok(None);
        }
        let prefix = Prefix::of(peer);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(prefix).or_insert(0);
        if *count >= self.most {
            return Err(Full);
        }
        *count += 1;
        Ok(Some(Place { prefix, of: self.clone() }))
    }
}

/// A network has as many connections as it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.of.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.prefix) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.prefix);
            }
        }
    }
}

/// A stream whose other end has to take what is written: so many bytes in so much time. A head that is not sent
/// is hyper's to time out, a body that is not sent the handler's; an answer that is not taken is nobody's else.
#[derive(Debug)]
pub struct Steady<S> {
    stream: S,
    every: Duration,
    least: usize,
    /// Runs while a write waits.
    timer: Pin<Box<Sleep>>,
    waiting: bool,
    /// Taken since the timer was set.
    taken: usize,
}

impl<S> Steady<S> {
    /// While a write waits, at least `least` bytes have to be taken in `every`.
    #[must_use]
    pub fn new(stream: S, every: Duration, least: usize) -> Steady<S> {
        let timer = Box::pin(tokio::time::sleep(every));
        Steady { stream, every, least, timer, waiting: false, taken: 0 }
    }

    /// What a write came to; of one that waits, whether the time is over.
    fn watched(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(n)) => {
                // A whole buffer taken at once ends the waiting only when enough was taken: a client that takes
                // a byte now and then has not gone on.
                self.taken = self.taken.saturating_add(n);
                if self.taken >= self.least {
                    self.waiting = false;
                    self.taken = 0;
                }
                Poll::Ready(Ok(n))
            }
            Poll::Ready(error) => Poll::Ready(error),
            Poll::Pending => {
                if !self.waiting {
                    self.waiting = true;
                    self.taken = 0;
                    self.timer.as_mut().reset(Instant::now() + self.every);
                }
                ready!(self.timer.as_mut().poll(context));
                Poll::Ready(Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    "the client does not take its answer",
                )))
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Steady<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Steady<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watched(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.watched(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Asked for when all that was to be written is: the next answer starts afresh.
        self.waiting = false;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_its_share_and_others_have_theirs() {
        let networks = Networks::new(2);
        let enter = |peer: &str| networks.enter(peer.parse().expect("an address"));
        let first = enter("192.0.2.1").expect("a place");
        let _second = enter("192.0.2.2").expect("a place");
        assert_eq!(enter("192.0.2.3").err(), Some(Full), "the same /24");
        assert!(enter("198.51.100.1").is_ok() && enter("2001:db8::1").is_ok());
        for _ in 0..10 {
            assert!(enter("127.0.0.1").expect("a neighbour").is_none());
        }
        drop(first);
        assert!(enter("192.0.2.3").is_ok());
        drop(_second);
        assert!(networks.open.lock().expect("a lock").is_empty(), "nothing is remembered");
    }

    /// Bytes written: more than the system keeps for a connection.
    const BYTES: usize = 32 * 1024 * 1024;

    /// Writes [`BYTES`] to a client that reads `piece` bytes at a time and rests between.
    async fn written(piece: usize, rest: Duration) -> io::Result<()> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let reading = std::thread::spawn(move || {
            let mut stream = std::net::TcpStream::connect(address).expect("a connection");
            let mut bytes = vec![0; piece.max(1)];
            let started = std::time::Instant::now();
            // What the system keeps for it would take a drip for ever.
            while started.elapsed() < Duration::from_secs(8) {
                std::thread::sleep(rest);
                // Who takes nothing holds the connection for its one rest.
                if piece == 0 || !matches!(io::Read::read(&mut stream, &mut bytes), Ok(1..)) {
                    return;
                }
            }
        });
        let (stream, _) = listener.accept().await.expect("a client");
        let mut steady = Steady::new(stream, Duration::from_millis(400), 8 * 1024);
        let bytes = vec![7; 256 * 1024];
        let mut all = 0;
        let outcome = loop {
            let writing =
                std::future::poll_fn(|context| Pin::new(&mut steady).poll_write(context, &bytes));
            match writing.await {
                Ok(n) => all += n,
                Err(error) => break Err(error),
            }
            if all >= BYTES {
                break Ok(());
            }
        };
        drop(steady);
        reading.join().expect("the client ended");
        outcome
    }

    #[tokio::test]
    async fn who_takes_nothing_is_let_go_and_who_takes_slowly_is_not() {
        let kind = |outcome: io::Result<()>| outcome.err().map(|error| error.kind());
        let nothing = written(0, Duration::from_secs(2)).await;
        assert_eq!(kind(nothing), Some(io::ErrorKind::TimedOut));
        // A byte now and then is not going on.
        let drip = written(1, Duration::from_millis(20)).await;
        assert_eq!(kind(drip), Some(io::ErrorKind::TimedOut));
        assert_eq!(kind(written(256 * 1024, Duration::from_millis(5)).await), None);
    }
}
