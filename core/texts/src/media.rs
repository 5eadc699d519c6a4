//! What a file is, in a word: nobody reads media types.

use crate::Texts;

impl Texts {
    /// What a file of this media type is called, such as "Picture" for `image/heic`; what nobody knows is a file.
    pub fn media_kind(&self, media_type: &str) -> String {
        let kind = match media_type.split_once('/') {
            Some(("image", _)) => "picture",
            Some(("video", _)) => "video",
            Some(("audio", _)) => "sound",
            Some(("text", _)) => "text",
            Some(("application", "pdf")) => "pdf",
            _ => "file",
        };
        self.word("media-kind", kind)
    }
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;

    use crate::Texts;

    #[test]
    fn a_file_is_called_by_a_word_in_every_language_and_never_by_its_media_type() {
        let types =
            ["image/heic", "video/mp4", "audio/mpeg", "text/csv", "application/pdf", "application/zip", "", "x"];
        for language in Language::ALL {
            let texts = Texts::new(language);
            let words: Vec<String> = types.iter().map(|kind| texts.media_kind(kind)).collect();
            assert!(words.iter().all(|word| !word.is_empty() && !word.contains('/')), "{language:?}: {words:?}");
            let distinct: std::collections::BTreeSet<&String> = words.iter().collect();
            assert_eq!(distinct.len(), 6, "{language:?}: {words:?}");
            for kind in ["picture", "video", "sound", "text", "pdf", "file"] {
                assert!(crate::keys(language).contains(&format!("media-kind-{kind}")), "{language:?}: {kind}");
            }
        }
        assert_eq!(Texts::new(Language::English).media_kind("image/png"), "Picture");
    }
}
