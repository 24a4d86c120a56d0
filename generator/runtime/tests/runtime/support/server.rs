//! A server on this machine, for what only a socket shows.

use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

use bindery_runtime::{Call, Core, CoreBuilder, Reply};

use super::{API, token};

/// A server that takes one connection after the other, and gives each to `handle`.
pub(crate) struct Server {
    pub(crate) url: String,
    thread: JoinHandle<Vec<String>>,
}

impl Server {
    /// Takes as many connections as there are `answers`; reads a request from each, writes the
    /// answer and closes the connection.
    pub(crate) fn answering(answers: &'static [&'static str]) -> Self {
        Self::handling(answers.len(), |place, stream| {
            let request = read_request(stream);
            stream.write_all(answers[place].as_bytes()).unwrap();
            request
        })
    }

    pub(crate) fn handling(
        connections: usize,
        handle: impl Fn(usize, &mut TcpStream) -> String + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let thread = std::thread::spawn(move || {
            let each = |place| handle(place, &mut listener.accept().unwrap().0);
            (0..connections).map(each).collect()
        });
        Self { url, thread }
    }

    pub(crate) fn requests(self) -> Vec<String> {
        self.thread.join().unwrap()
    }
}

/// Reads a request to its end, which `Content-Length` or the last chunk marks.
pub(crate) fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).unwrap();
        request.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let whole = match length {
                Some(length) => body.len() >= length.parse().unwrap(),
                None if head.contains("transfer-encoding: chunked") => body.ends_with("0\r\n\r\n"),
                None => true,
            };
            if whole {
                return text.into_owned();
            }
        }
        assert!(count > 0, "the request breaks off: {text}");
    }
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}

pub(crate) fn core_for(url: &str) -> Core {
    let builder = CoreBuilder::new(&API)
        .credentials(token())
        .client_parameter("project_id", "p1");
    let builder = builder.base_url(0, url).base_url(1, url);
    builder.timeout(Duration::from_secs(20)).build().unwrap()
}

/// Sends a call to a server that answers with `answer`; gives the request as it arrived.
pub(crate) fn exchange(
    answer: &'static [&'static str],
    call: impl FnOnce(&Core) -> Call,
) -> (String, Reply) {
    let server = Server::answering(answer);
    let reply = run(call(&core_for(&server.url)).send()).unwrap();
    (server.requests().remove(0), reply)
}

/// The request that a call becomes on the wire.
pub(crate) fn arrived(call: impl FnOnce(&Core) -> Call) -> String {
    exchange(&["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"], call).0
}
