# What verifying says: which item failed and why.

## What a verifier says about a document
verify-ok-trusted = Genuine and unchanged; issued by the trusted company.
verify-ok-unchecked = Consistent; issuer not checked. Compare the fingerprint with the company's: { $fingerprint }
verify-failed = { $count ->
    [one] { $count } item failed. Do not rely on this document.
   *[other] { $count } items failed. Do not rely on this document.
}
verify-not-a-document = This is neither a voucher PDF nor a bundle of Countersign.
verify-line-missing = The signature line at the end is missing. Ask for the original file.
verify-line-malformed = The signature line at the end is not written as it must be.
verify-bytes-changed = The bytes of the file do not fit the signature at its end: the file was changed.
verify-line-key = The signature at the end was not made by the device in the credential.
verify-structure = The PDF is not built as our program builds it: { $detail }
verify-bundle-structure = The bundle does not rebuild to the same bytes: { $detail }
verify-part-missing = The part { $name } is missing.
verify-part-unreadable = The part { $name } cannot be read.
verify-part-not-canonical = The part { $name } is not in its one exact form.
verify-part-differs = The part { $name } differs from the one in the PDF.
verify-content-differs = The content is not the one that was sealed.
verify-shown-differs = The pages shown to the signer are not the ones that were sealed.
verify-shown-words = The pages do not say what the sealed content says.
verify-signature-words = The signature page does not say what the sign-offs say.
verify-renderer-unknown = The pages were drawn by a program that this verifier does not know: { $renderer }. Use a newer verifier.
verify-pages-differ = The visible pages of the voucher are not those that were shown to the signer.
verify-qr = The code on the signature page does not hold the hash of the sealed document.
verify-sign-offs-differ = The sign-offs are not the ones that the device signed.
verify-sign-offs-incomplete = The sign-offs do not meet what this class of voucher requires.
verify-attestation-other = The device's statement is about another document.
verify-attestation-signature = The device's statement does not bear the device's signature.
verify-attestation-device = The device's statement names another device than the credential.
verify-credential = The credential was not issued by a key of this company.
verify-chain = The company's key chain is broken.
verify-issuer-unknown = The issuer is not the company that you trust: the fingerprint { $fingerprint } is not on the key chain.
verify-bundle-kind = This bundle is no document to verify but one of kind { $kind }.
verify-bundle-signature = The bundle does not bear the signature of the device in its credential.
verify-media-differs = The file { $name } is not the one that its hash names.
verify-media-not-cited = The file { $name } is not cited by the document.
verify-number = The number { $number } that was sealed does not stand on the pages.
