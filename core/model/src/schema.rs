//! How the wire's types look to programs that read an OpenAPI document: the types whose form serde alone does not say.
//! Compiled for the hub only (feature `openapi`).

use std::borrow::Cow;

use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{RefOr, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use crate::decide::RefusalCode;
use crate::digest::Digest;
use crate::entity::DecisionOutcome;
use crate::id::Id;
use crate::record::Scope;
use crate::recovery::EncryptionKey;
use crate::trust::PublicKey;
use crate::wire::ErrorCode;

/// A text of a fixed form.
fn text(description: &str, pattern: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).description(Some(description)).pattern(Some(pattern))
}

macro_rules! texts {
    ($($name:ident: $schema:expr),+ $(,)?) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                RefOr::T(Schema::Object($schema.build()))
            }
        }
        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )+};
}

/// A word of a list that a newer program may make longer: the known ones are said, others are not refused.
fn word(description: &str, known: Vec<&str>) -> ObjectBuilder {
    let said = format!("{description} Known words: {}. A newer program may send others.", known.join(", "));
    ObjectBuilder::new().schema_type(Type::String).description(Some(said)).examples(known)
}

texts! {
    Id: ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some("A 128-bit identity as a hyphenated lowercase UUID."))
        .format(Some(SchemaFormat::Custom("uuid".to_owned()))),
    EncryptionKey: ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some("A public key for encryption, as text with its check digits.")),
    Digest: text("SHA-256 as 64 lowercase hexadecimal digits.", "^[0-9a-f]{64}$"),
    PublicKey: text("P-256 public key, SEC1 compressed point as 66 lowercase hexadecimal digits.", "^0[23][0-9a-f]{64}$"),
    Scope: text("Which rows travel together, such as `job/<id>` or `ref/people`.", "^(office|[0-9A-Za-z-]+/[0-9A-Za-z-]+)$"),
    ErrorCode: word("What can be done about a failed call.", ErrorCode::KNOWN.iter().map(ErrorCode::as_str).collect()),
    DecisionOutcome: word("How a command ended.", DecisionOutcome::KNOWN.iter().map(DecisionOutcome::as_str).collect()),
    RefusalCode: word("Why a command was refused.", RefusalCode::KNOWN.iter().map(RefusalCode::as_str).collect()),
}
