//! Mirrors of the device core's records, in the groups in which screens show them.

mod costs;
mod evidence;
mod form;
mod job;
mod jobs;
mod machine;
mod status;
mod typing;
mod visit;
mod visits;
