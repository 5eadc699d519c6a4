//! Writes the Kotlin and Swift sources of the border from a built library.

fn main() {
    uniffi::uniffi_bindgen_main();
}
