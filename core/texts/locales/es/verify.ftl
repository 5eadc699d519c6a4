# Lo que dice la verificación: qué falló y por qué.

## Lo que dice un verificador sobre un documento
verify-ok-trusted = Auténtico y sin cambios; emitido por la empresa de confianza.
verify-ok-unchecked = Coherente; emisor sin comprobar. Compare la huella con la de la empresa: { $fingerprint }
verify-failed = { $count ->
    [one] Falló { $count } elemento. No confíe en este documento.
   *[other] Fallaron { $count } elementos. No confíe en este documento.
}
verify-not-a-document = No es un PDF de parte ni un paquete de Countersign.
verify-line-missing = Falta la línea de firma al final. Pida el archivo original.
verify-line-malformed = La línea de firma del final no está escrita como debe.
verify-bytes-changed = Los bytes del archivo no corresponden a su firma final: el archivo se modificó.
verify-line-key = La firma final no es del dispositivo de la credencial.
verify-structure = El PDF no está construido como lo hace nuestro programa: { $detail }
verify-bundle-structure = El paquete no se reconstruye con los mismos bytes: { $detail }
verify-part-missing = Falta la parte { $name }.
verify-part-unreadable = No se puede leer la parte { $name }.
verify-part-not-canonical = La parte { $name } no está en su única forma exacta.
verify-part-differs = La parte { $name } difiere de la del PDF.
verify-content-differs = El contenido no es el que se selló.
verify-shown-differs = Las páginas mostradas al firmante no son las que se sellaron.
verify-shown-words = Las páginas no dicen lo que dice el contenido sellado.
verify-signature-words = La página de firmas no dice lo que dicen las firmas.
verify-renderer-unknown = Las páginas las dibujó un programa que este verificador no conoce: { $renderer }. Use un verificador más reciente.
verify-pages-differ = Las páginas visibles del parte no son las que se mostraron al firmante.
verify-qr = El código de la página de firmas no contiene la huella del documento sellado.
verify-sign-offs-differ = Las firmas no son las que firmó el dispositivo.
verify-sign-offs-incomplete = Las firmas no cumplen lo que exige esta clase de parte.
verify-attestation-other = La declaración del dispositivo se refiere a otro documento.
verify-attestation-signature = La declaración del dispositivo no lleva la firma del dispositivo.
verify-attestation-device = La declaración nombra otro dispositivo que la credencial.
verify-credential = La credencial no fue emitida con una clave de esta empresa.
verify-chain = La cadena de claves de la empresa está rota.
verify-issuer-unknown = El emisor no es la empresa en la que usted confía: la huella { $fingerprint } no está en la cadena de claves.
verify-bundle-kind = Este paquete no es un documento para verificar, sino uno de tipo { $kind }.
verify-bundle-signature = El paquete no lleva la firma del dispositivo de su credencial.
verify-media-differs = El archivo { $name } no es el que indica su huella.
verify-media-not-cited = El documento no cita el archivo { $name }.
verify-number = El número sellado, { $number }, no figura en las páginas.
