//! The console against a real hub in a temporary folder: the router is called directly, cookies are kept as a browser
//! keeps them.

mod browser;
mod company;
mod doors;
mod held_back;
mod languages;
mod links;
mod master;
mod office;
mod operations;
mod pages;
mod phone;
mod reviews;
mod settings;
