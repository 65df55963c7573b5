//! As much of HTTP as talking to chromedriver on loopback needs: one request, one JSON answer, one connection.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Longer than the longest thing a driver is allowed to take, so that its own message is the one we see.
const AN_ANSWER: Duration = Duration::from_secs(60);

/// Sends one request and reads the answer as JSON.
pub(super) fn send(address: SocketAddr, method: &str, path: &str, body: &Value) -> Result<Value> {
    let body = if method == "POST" {
        body.to_string()
    } else {
        String::new()
    };
    let mut stream =
        TcpStream::connect_timeout(&address, Duration::from_secs(5)).context("reaching chromedriver")?;
    stream.set_read_timeout(Some(AN_ANSWER))?;
    stream.set_write_timeout(Some(AN_ANSWER))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    read_answer(BufReader::new(stream)).with_context(|| format!("waiting for the answer to {method} {path}"))
}

/// Reads exactly one answer: chromedriver leaves the connection open after it, whatever it was asked.
fn read_answer(mut stream: impl BufRead) -> Result<Value> {
    let mut length = None;
    loop {
        let mut header = String::new();
        if stream.read_line(&mut header)? == 0 {
            bail!("an answer without an end to its headers");
        }
        let header = header.trim().to_ascii_lowercase();
        if let Some(number) = header.strip_prefix("content-length:") {
            length = Some(number.trim().parse()?);
        }
        if header.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length.context("an answer that does not say how long it is")?];
    stream.read_exact(&mut body)?;
    serde_json::from_slice(&body).context("an answer that is not JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_of_an_answer_is_read_as_json() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"value\":true}and more";
        assert_eq!(read_answer(&answer[..]).unwrap()["value"], true);
        assert!(read_answer(&b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"[..]).is_err());
        assert!(read_answer(&b"HTTP/1.1 200 OK\r\n\r\n{}"[..]).is_err());
    }
}
