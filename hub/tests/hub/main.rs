#![cfg(test)]
//! The hub as a whole, through its own calls and over HTTP. One clock that the tests turn, no sleeps.

mod calendar;
mod check;
mod common;
mod enrol;
mod feed;
mod hanging;
mod http;
mod judge;
mod live;
mod media;
mod monitoring;
mod openapi;
mod refusals;
mod webhooks;
