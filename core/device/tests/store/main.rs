#![cfg(test)]
//! The store against an office in memory that decides by the same rules: what is saved stays, what is shown is the fold,
//! what was signed does not change.

mod aborts;
mod allowed;
mod app;
mod booked;
mod catalogue;
mod damage;
mod faulty;
mod feed;
mod fold;
mod forks;
mod lease;
mod listing;
mod media;
mod office;
mod office_log;
mod opening;
mod salvage;
mod sums;
mod token;
mod transfer;
mod trust;
mod waiting;
mod world;
