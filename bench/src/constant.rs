//! The other side: axum with one route and one body.

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::get;

/// Serves `bytes` bytes at every code's address and says where, like the portal does.
pub fn serve(bytes: &str) -> Result<(), String> {
    let bytes: usize = bytes.parse().map_err(|_| format!("“{bytes}” is not a number of bytes"))?;
    let body = Bytes::from(vec![b'x'; bytes]);
    let answer = move || {
        let body = body.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body) }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.map_err(|error| error.to_string())?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        println!("listening on http://{address}");
        let app = Router::new().route("/q/{code}", get(answer));
        axum::serve(listener, app).await.map_err(|error| error.to_string())
    })
}
