//! Listening, and stopping without cutting anybody off.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long requests in flight may take to finish: less than the 30 seconds after which a process manager kills.
/// Without an end to it, one connection on which nothing comes could keep the program from stopping.
const PATIENCE: Duration = Duration::from_secs(25);

/// Why nothing can be served there.
pub fn cannot(address: SocketAddr, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot listen on {address}: {error}"))
}

/// Serves until SIGTERM or ctrl-c; then finishes what is in flight and takes nothing more.
pub async fn until_told_to_stop(listener: TcpListener, app: Router) -> io::Result<()> {
    // Before anybody can know that there is something to be stopped.
    let signal = stop_signal()?;
    announce(listener.local_addr()?)?;
    let (told, patience_begins) = oneshot::channel();
    let told_to_stop = async move {
        signal.await;
        // Nobody listens when the server has failed already.
        let _ = told.send(());
    };
    let patience_is_over = async {
        if patience_begins.await.is_ok() {
            tokio::time::sleep(PATIENCE).await;
        }
    };
    tokio::select! {
        served = axum::serve(listener, app).with_graceful_shutdown(told_to_stop) => served,
        () = patience_is_over => Ok(()),
    }
}

/// Prints where the pages are.
fn announce(address: SocketAddr) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "listening on http://{address}")?;
    out.flush()
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(windows)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
