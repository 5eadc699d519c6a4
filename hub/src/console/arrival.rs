//! How a request arrives: its path, query and form as pages see them, files beside the form on the disk.
//!
//! A file is never held in memory: it goes to a temporary file as it comes, within the limit, and goes away with the
//! last page that knows of it.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::Form;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Multipart, Query, RawPathParams, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use tokio::io::AsyncWriteExt as _;

use super::desk::{Reached, Shared};
use super::fields::{Asked, Fields, SentFile};
use super::trouble::Trouble;
use crate::api::{forwarded, subscriber};
use crate::blobs::{Temporary, tempfile_in};

/// Most bytes of a form: the longest one is a review with a remark on every question.
const FORM_BYTES: usize = 512 * 1024;
/// Most bytes of a form with files: the largest file that is imported, and the fields around it.
pub(crate) const UPLOAD_BYTES: usize = 33 * 1024 * 1024;
/// Most files of one form; no form of ours has more than one.
const FILES: usize = 4;
/// What a form may take to arrive, a large file on a slow line among them: who sends it letter by letter only wants to
/// hold the connection.
const FORM_TIME: Duration = Duration::from_secs(300);

/// What a form may bring.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Fields,
    Files,
}

/// The request as pages see it. A form that cannot be read is told as such, once it is known in which language.
pub(crate) async fn asked(request: Request, shared: &Shared, takes: Takes) -> Result<Asked, Trouble> {
    let (mut parts, body) = request.into_parts();
    let path = RawPathParams::from_request_parts(&mut parts, &()).await;
    let path = path.map(|found| found.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect()).unwrap_or_default();
    let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|query| query.0).unwrap_or_default();
    let header_text =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let mut asked = Asked {
        path,
        query: Fields(query),
        form: Fields::default(),
        files: Vec::new(),
        address: parts.uri.path_and_query().map_or("/", |both| both.as_str()).to_owned(),
        fragment: parts.headers.contains_key("hx-request"),
        etag: header_text("if-none-match"),
        range: header_text("range"),
        agent: header_text("user-agent"),
        from: client(&parts.headers, parts.extensions.get::<ConnectInfo<SocketAddr>>(), shared.reached),
    };
    if parts.method == Method::POST {
        let request = Request::from_parts(parts, body);
        let read = tokio::time::timeout(FORM_TIME, form(request, shared, takes)).await;
        (asked.form, asked.files) = read.map_err(|_| Trouble::Form)??;
    }
    Ok(asked)
}

async fn form(request: Request, shared: &Shared, takes: Takes) -> Result<(Fields, Vec<SentFile>), Trouble> {
    let has_files = header_starts(request.headers(), "multipart/form-data");
    if has_files && takes == Takes::Files {
        let folder = shared.hub.folder().join("uploads");
        let parts = Multipart::from_request(request, &()).await.map_err(|_| Trouble::Form)?;
        return with_files(parts, folder).await;
    }
    let (head, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, FORM_BYTES).await.map_err(|_| Trouble::TooLarge)?;
    let whole = Request::from_parts(head, bytes.into());
    if has_files {
        // Whoever is not signed in is led to the door; their file is not kept anywhere.
        let parts = Multipart::from_request(whole, &()).await.map_err(|_| Trouble::Form)?;
        return only_fields(parts).await;
    }
    let Form(fields) = Form::<Vec<(String, String)>>::from_request(whole, &()).await.map_err(|_| Trouble::Form)?;
    Ok((Fields(fields), Vec::new()))
}

fn header_starts(headers: &HeaderMap, start: &str) -> bool {
    let sort = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    sort.to_ascii_lowercase().starts_with(start)
}

async fn only_fields(mut parts: Multipart) -> Result<(Fields, Vec<SentFile>), Trouble> {
    let mut fields = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(cut)? {
        if part.file_name().is_none() {
            let name = part.name().unwrap_or_default().to_owned();
            fields.push((name, part.text().await.map_err(cut)?));
        }
    }
    Ok((Fields(fields), Vec::new()))
}

/// The fields and files of a form. An empty file input sends a file without a name: that is none.
async fn with_files(mut parts: Multipart, folder: PathBuf) -> Result<(Fields, Vec<SentFile>), Trouble> {
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    let mut left = FORM_BYTES;
    while let Some(mut part) = parts.next_field().await.map_err(cut)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned).filter(|name| !name.is_empty()) {
            Some(name) => {
                if files.len() >= FILES {
                    return Err(Trouble::Form);
                }
                let (file, bytes) = kept(&mut part, folder.clone()).await?;
                files.push(SentFile::new(field, name, bytes, file));
            }
            None => {
                let text = text(&mut part, left).await?;
                left = left.saturating_sub(text.len());
                fields.push((field, text));
            }
        }
    }
    Ok((Fields(fields), files))
}

async fn text(part: &mut Field<'_>, most: usize) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(cut)? {
        if bytes.len().saturating_add(chunk.len()) > most {
            return Err(Trouble::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Trouble::Form)
}

/// A file as it comes, on the disk.
async fn kept(part: &mut Field<'_>, folder: PathBuf) -> Result<(Temporary, u64), Trouble> {
    let begun = tokio::task::spawn_blocking(move || {
        fs::create_dir_all(&folder)?;
        tempfile_in(&folder)
    });
    let temporary = begun.await.map_err(|error| Trouble::Store(error.to_string()))?.map_err(disk)?;
    let mut file = tokio::fs::File::from_std(temporary.file.try_clone().map_err(disk)?);
    let mut bytes = 0_u64;
    while let Some(chunk) = part.chunk().await.map_err(cut)? {
        bytes = bytes.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        file.write_all(&chunk).await.map_err(disk)?;
    }
    file.flush().await.map_err(disk)?;
    Ok((temporary, bytes))
}

fn disk(error: io::Error) -> Trouble {
    Trouble::Store(error.to_string())
}

/// A form that is larger than allowed, or that ended before it was whole.
fn cut(error: MultipartError) -> Trouble {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Trouble::TooLarge } else { Trouble::Form }
}

/// The address that attempts are counted under. What a proxy says counts only where there is one: anybody can write
/// that header.
fn client(headers: &HeaderMap, connected: Option<&ConnectInfo<SocketAddr>>, reached: Reached) -> String {
    let told = if reached.behind_proxy { forwarded(headers) } else { None };
    let address = told.or_else(|| connected.map(|ConnectInfo(address)| address.ip()));
    // Whoever has an IPv6 line has more addresses than anybody can count failures for.
    address.map_or_else(|| "unknown".to_owned(), |address| subscriber(address).to_string())
}
