# Texts of the command line.
cli-verify-trusted = This document is whole, and the company that you trust issued it.
cli-verify-unchecked = This document is consistent. Its issuer was not checked: compare the key fingerprint { $fingerprint } with the company’s, or give it with --trust.
cli-verify-failed = This document does not verify:
