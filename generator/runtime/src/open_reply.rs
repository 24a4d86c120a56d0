//! A reply of which only the head has come.
//!
//! In: the head of a response, and the body that is still to come. Out: the whole [`Reply`], within
//! the time that the call has. What reads the body in another way is in files of its own.

use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use std::future::{Future, poll_fn};
use std::pin::pin;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Body, BoxFuture, Core, FailedCall, FailureCause, OperationInfo, Reply, SendError};

/// A reply whose status and headers are there, and whose body is not read yet.
#[derive(Debug)]
pub struct OpenReply {
    pub(super) exchange: Box<Exchange>,
    pub(super) body: Body,
    timer: Timer,
}

/// What is known of a reply before its body.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) core: Core,
    pub(super) operation: &'static OperationInfo,
    pub(super) host: String,
    /// How long the call may take.
    pub(super) limit: Duration,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

impl Exchange {
    /// The reply with as much of its body as there is.
    pub(super) fn reply(self, body: Bytes, complete: bool) -> Reply {
        Reply::new(
            self.core.api(),
            self.operation,
            (self.status, self.headers),
            body,
            complete,
        )
    }

    /// Why the reply did not come to its end, with as much of its body as there is.
    pub(super) fn failed(self, cause: FailureCause, body: Bytes) -> FailedCall {
        let (operation, host) = (self.operation, self.host.clone());
        FailedCall::new(operation, host, cause, Some(self.reply(body, false)))
    }
}

impl OpenReply {
    pub(super) fn new(exchange: Exchange, body: Body, timer: Timer) -> Self {
        Self {
            exchange: Box::new(exchange),
            body,
            timer,
        }
    }

    /// The status, as the number that documents name it by.
    pub fn status(&self) -> u16 {
        self.exchange.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.exchange.headers
    }

    /// Reads the body, up to the client's limit.
    ///
    /// # Errors
    ///
    /// That the connection breaks, or that the time of the call is up.
    pub async fn read(self) -> Result<Reply, SendError> {
        let Self {
            exchange,
            mut body,
            mut timer,
        } = self;
        let max = exchange.core.max_bytes(exchange.status.is_success());
        let mut bytes = Vec::new();
        let cause = match race(body.read_to(&mut bytes, max), &mut timer).await {
            Some(Ok(complete)) => return Ok(exchange.reply(bytes.into(), complete)),
            Some(Err(error)) => FailureCause::Transport(error),
            None => FailureCause::Timeout(exchange.limit),
        };
        Err(exchange.failed(cause, bytes.into()).into())
    }
}

/// A timer of a client's transport.
pub(super) struct Timer {
    /// The lock makes it `Sync`, which a future need not be. Nobody ever waits for it.
    future: Mutex<BoxFuture<'static, ()>>,
    ended: bool,
}

impl Timer {
    /// A timer that begins when it is first asked.
    pub(super) fn new(core: &Core, duration: Duration) -> Self {
        let core = core.clone();
        let future = Box::pin(async move {
            core.transport().sleep(duration).await;
        });
        Self {
            future: Mutex::new(future),
            ended: false,
        }
    }

    /// A timer that has begun.
    pub(super) async fn begun(core: &Core, duration: Duration) -> Self {
        let mut timer = Self::new(core, duration);
        poll_fn(|context| Poll::Ready(timer.poll(context).is_ready())).await;
        timer
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if !self.ended {
            let future = self.future.get_mut();
            let future = future.unwrap_or_else(PoisonError::into_inner).as_mut();
            self.ended = future.poll(context).is_ready();
        }
        match self.ended {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}

impl std::fmt::Debug for Timer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Timer")
    }
}

/// Waits for `work`, or until `timer` ends: then there is nothing.
pub(super) async fn race<T>(work: impl Future<Output = T>, timer: &mut Timer) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Some(done));
        }
        timer.poll(context).map(|()| None)
    })
    .await
}
