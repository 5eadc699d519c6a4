# Textos de la línea de órdenes.
cli-verify-trusted = Este documento está íntegro y lo emitió la empresa en la que confía.
cli-verify-unchecked = Este documento es coherente. No se comprobó el emisor: compare la huella de clave { $fingerprint } con la de la empresa o indíquela con --trust.
cli-verify-failed = Este documento no se verifica:
