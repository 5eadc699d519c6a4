//! The border to decoders and parsers that were written by others.
//!
//! The bytes they read come from outside, and a decoder that meets an impossible file may stop with a panic
//! instead of an error. A panic here must not end the app while an engineer has unsaved work on the screen, so
//! every call into such a crate goes through [`guarded`]. This module catches nothing of our own code's.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `work` and turns a panic into its message.
///
/// Asserting unwind safety is right here because `work` builds its result from borrowed bytes only: whatever
/// it left half-made is dropped with it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        if let Some(message) = payload.downcast_ref::<&str>() {
            (*message).to_owned()
        } else if let Some(message) = payload.downcast_ref::<String>() {
            message.clone()
        } else {
            "the decoder stopped without a message".to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(guarded(|| 7), Ok(7));
        assert_eq!(guarded(|| -> u8 { panic!("short") }), Err("short".to_owned()));
        assert_eq!(guarded(|| -> u8 { panic!("at byte {}", 5) }), Err("at byte 5".to_owned()));
    }
}
