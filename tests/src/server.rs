//! A local HTTP/1.1 server that shows what a client really sends, and answers as badly as it is
//! told to.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The request target: path and query, still encoded.
    pub target: String,
    /// The headers in their order, names in lower case, values without the white space around.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// The value of a header, if it came exactly once.
    ///
    /// # Panics
    ///
    /// When it came more than once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let first = values.next();
        assert!(values.next().is_none(), "the header `{name}` came twice");
        first.map(|(_, value)| value.as_str())
    }

    /// The path of the target, without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query of the target, still encoded; empty where there is none.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The body as JSON.
    ///
    /// # Panics
    ///
    /// When it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    delay: Duration,
    pace: Option<Duration>,
    ending: Ending,
}

/// How an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// As it should.
    Whole,
    /// The connection is closed before a byte of the answer was sent.
    Nothing,
    /// The length that is announced is more than what comes.
    Cut,
}

impl Answer {
    /// An answer with a status and nothing else.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            delay: Duration::ZERO,
            pace: None,
            ending: Ending::Whole,
        }
    }

    /// An answer with a body in JSON.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::status(status)
            .header("Content-Type", "application/json")
            .body(body.to_string())
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Waits before the answer begins.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Waits in the middle of the body.
    #[must_use]
    pub fn stalling(mut self, pace: Duration) -> Self {
        self.pace = Some(pace);
        self
    }

    /// Closes the connection in place of an answer.
    pub fn nothing() -> Self {
        Self {
            ending: Ending::Nothing,
            ..Self::status(200)
        }
    }

    /// Closes the connection in the middle of the body.
    #[must_use]
    pub fn cut(mut self) -> Self {
        self.ending = Ending::Cut;
        self
    }

    fn send(&self, stream: &mut TcpStream, head_only: bool) -> io::Result<()> {
        thread::sleep(self.delay);
        if self.ending == Ending::Nothing {
            return Ok(());
        }
        let mut head = format!("HTTP/1.1 {} Status\r\nConnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 204 && self.status != 304 {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        if head_only {
            return stream.flush();
        }
        let half = self.body.len() / 2;
        stream.write_all(&self.body[..half])?;
        stream.flush()?;
        if let Some(pace) = self.pace {
            thread::sleep(pace);
        }
        if self.ending == Ending::Cut {
            return Ok(());
        }
        stream.write_all(&self.body[half..])?;
        stream.flush()
    }
}

/// What answers a request.
type Handler = dyn Fn(&Received) -> Answer + Send + Sync;

/// A running server. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<VecDeque<Received>>>,
    stopped: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Server {
    /// Starts a server that answers every request by `handler`.
    ///
    /// # Panics
    ///
    /// When no port can be had on the loopback interface.
    pub fn start(handler: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on the loopback interface");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let received = Arc::new(Mutex::new(VecDeque::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let handler: Arc<Handler> = Arc::new(handler);
        let thread = {
            let (received, stopped) = (Arc::clone(&received), Arc::clone(&stopped));
            thread::spawn(move || {
                for stream in listener.incoming() {
                    if stopped.load(Ordering::SeqCst) {
                        break;
                    }
                    let Ok(stream) = stream else { continue };
                    let (handler, received) = (Arc::clone(&handler), Arc::clone(&received));
                    thread::spawn(move || {
                        // A client that goes away in the middle is what some tests are about.
                        let _ = serve(stream, &*handler, &received);
                    });
                }
            })
        };
        Self {
            address,
            received,
            stopped,
            thread: Some(thread),
        }
    }

    /// Starts a server that gives the same answer to every request.
    pub fn always(answer: Answer) -> Self {
        Self::start(move |_| answer.clone())
    }

    /// The base URL of the server.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The host and port, as the header `Host` has them.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// The requests that came so far, oldest first.
    ///
    /// # Panics
    ///
    /// When a thread of the server has panicked.
    pub fn received(&self) -> Vec<Received> {
        self.received
            .lock()
            .expect("no thread has panicked")
            .iter()
            .cloned()
            .collect()
    }

    /// The only request that came.
    ///
    /// # Panics
    ///
    /// When there is none, or more than one.
    pub fn only(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "one request was expected");
        received.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // The listener waits for a connection: this is one.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Serves one connection: one request, one answer.
fn serve(
    mut stream: TcpStream,
    handler: &Handler,
    received: &Mutex<VecDeque<Received>>,
) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let Some(request) = read(&mut BufReader::new(stream.try_clone()?))? else {
        return Ok(());
    };
    let answer = handler(&request);
    let head_only = request.method == "HEAD";
    received
        .lock()
        .expect("no thread has panicked")
        .push_back(request);
    answer.send(&mut stream, head_only)?;
    if answer.ending == Ending::Whole {
        // Closing while the client still sends would reset what it has not read yet.
        stream.shutdown(std::net::Shutdown::Write)?;
        let _ = stream.read(&mut [0]);
    }
    Ok(())
}

/// Reads a request (RFC 9112, sections 2 to 7); none where the connection was closed before.
fn read(reader: &mut impl BufRead) -> io::Result<Option<Received>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut parts = line.trim_end().splitn(3, ' ');
    let (method, target) = (
        parts.next().unwrap_or_default().to_owned(),
        parts.next().unwrap_or_default().to_owned(),
    );
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let find = |wanted: &str| headers.iter().find(|(name, _)| name == wanted);
    let mut body = Vec::new();
    if let Some((_, length)) = find("content-length") {
        let length = length.parse().unwrap_or_default();
        body = vec![0; length];
        reader.read_exact(&mut body)?;
    } else if find("transfer-encoding").is_some_and(|(_, coding)| coding == "chunked") {
        body = read_chunks(reader)?;
    }
    Ok(Some(Received {
        method,
        target,
        headers,
        body,
    }))
}

fn read_chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size)?;
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or_default();
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk)?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}
