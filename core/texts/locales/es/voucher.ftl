# Lo que dicen las páginas de un parte.

## Parte de servicio y rectificación
voucher-title = Parte de servicio
voucher-amendment-title = Rectificación
voucher-number = N.º
voucher-class = Clase
voucher-prepared = Preparado
voucher-customer = Cliente
voucher-site = Emplazamiento
voucher-machine = Máquina
voucher-serial = n.º de serie { $serial }
voucher-engineers = Técnicos
voucher-form = Formulario
voucher-internal = Trabajo interno
voucher-fault = Avería comunicada
voucher-steps = Desarrollo de la visita
voucher-answers = Comprobaciones y trabajo realizado
voucher-no-answer = sin respuesta
voucher-see-photos = { $count ->
    [one] { $count } foto, { $hashes }
   *[other] { $count } fotos, { $hashes }
}
voucher-parts = Repuestos utilizados
voucher-charges = Importes
voucher-prices-hidden = Los precios no figuran en estas páginas.
voucher-code = Código
voucher-description = Descripción
voucher-batch = lote o serie { $batch }
voucher-quantity = Cant.
voucher-unit-price = Precio unitario
voucher-tax = Impuesto
voucher-net = Neto
voucher-not-charged = sin cargo
voucher-total-net = Total sin impuestos
voucher-total-tax = Impuestos
voucher-total-gross = Total a pagar
voucher-nothing-charged = No se cobra nada.
voucher-times = Tiempos
voucher-person = Persona
voucher-time-kind = Tipo
voucher-duration = Duración
voucher-distance = Distancia
voucher-photos = Fotos y archivos
voucher-photo-facts = { $time } · { $hash }
voucher-photo-missing = La imagen no se imprime aquí: solo se cita su huella.
voucher-file-facts = { $type }, { $size }
voucher-amends = Rectifica el parte { $number }
voucher-amendment-reason = Motivo
voucher-amendment-remarks = Observaciones de la revisión
voucher-amendment-changes = Cambios
voucher-change-what = Concepto
voucher-change-before = Antes
voucher-change-after = Ahora
voucher-change-nothing = nada
voucher-change-photo = Foto o archivo { $hash }
voucher-change-drawing = Anotada por { $name } ({ $hash })
voucher-page = Página { $page } de { $pages }
voucher-running = { $title } { $number }
voucher-continued = { $title } (continuación)
voucher-phone = Tel. { $phone }

## Página de firmas
signature-title = Firmas
signature-page = Página de firmas { $page } de { $pages }
signature-heading = { $role }: { $name }
signature-heading-unnamed = { $role }
signature-outcome = Resultado
signature-remarks = Observaciones
signature-satisfaction = Satisfacción
signature-satisfaction-of = { $score } de 5
signature-time = Hora
signature-stamp = Sello de la empresa
signature-stamp-missing = La imagen del sello no se imprime aquí: solo se cita su huella.
signature-not-drawn = No se trazó ninguna firma.
signature-nobody = No había nadie disponible para firmar; la firma del técnico respalda esta declaración.
signature-document = Documento
signature-device = Dispositivo
signature-device-line = { $code }, dado de alta para { $person }
signature-attested = Firmado por el dispositivo
signature-explanation = Las firmas de arriba respaldan las páginas anteriores tal como se mostraron. El código contiene la huella del documento sellado; «countersign verify» comprueba este archivo sin conexión.
