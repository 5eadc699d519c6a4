# Palabras de los códigos: `error-<código>`, `kind-<tipo>`, `field-<campo>`.

## Un rechazo de un servidor más reciente
refusal-unknown = La oficina lo rechazó ({ $code }). Actualice la aplicación para ver el motivo.

## Qué hacer cuando falla la comunicación con el servidor
error-bad_request = El servidor de la oficina no entendió a la aplicación. Actualícela; no se ha perdido nada.
error-sign_in = El servidor de la oficina no conoce este dispositivo. Vuelva a darlo de alta; su trabajo sigue en el teléfono.
error-revoked = Este dispositivo fue revocado. Lo que aún contiene se puede enviar durante 90 días; consulte a su responsable.
error-code_used = La invitación ya se usó o ha caducado. Pida otra.
error-code_unknown = El servidor de la oficina no conoce esta invitación. Compruebe que se copió entera.
error-not_found = Esto no está en la oficina, o no es para este dispositivo.
error-gap = Al servidor de la oficina le falta algo anterior. La aplicación lo vuelve a enviar por sí sola.
error-fork = Los datos de este teléfono se copiaron a otro. Confirme qué teléfono continúa.
error-too_large = Esto es más grande de lo que admite el servidor de la oficina.
error-too_often = Demasiadas solicitudes. La aplicación espera y sigue por sí sola.
error-digest_mismatch = Los bytes llegaron alterados. La aplicación los vuelve a enviar.
error-storage = El servidor de la oficina no puede guardar nada ahora. Avise a su administrador; su trabajo sigue en el teléfono.
error-unavailable = El servidor de la oficina no puede responder ahora. La aplicación lo intenta de nuevo por sí sola.

## Tipos de registros
kind-company = Empresa
kind-branch = Sucursal
kind-person = Persona
kind-customer = Cliente
kind-contact = Contacto
kind-site = Emplazamiento
kind-model = Modelo
kind-machine = Máquina
kind-part = Repuesto
kind-form = Formulario
kind-policy = Política
kind-call = Llamada
kind-job = Trabajo
kind-visit = Visita
kind-voucher = Parte de servicio
kind-fill = Formulario rellenado
kind-answer = Respuesta
kind-item = Entrada repetida
kind-evidence = Foto o archivo
kind-part_use = Repuesto utilizado
kind-charge = Importe
kind-time_entry = Tiempo
kind-meter_reading = Lectura de contador
kind-note = Nota
kind-document = Documento firmado
kind-amendment = Rectificación
kind-review = Revisión
kind-flag = Aviso
kind-device = Dispositivo
kind-holding = Contenido del dispositivo
kind-decision = Decisión
kind-series = Serie de numeración

## Lo que puede faltar
field-reason = motivo
field-machine = máquina
field-quantity = cantidad
field-remarks = observaciones
field-amends = el documento que se rectifica
field-name = nombre
field-fault = avería
field-description = descripción
field-text = texto
field-serial = número de serie
field-code = código
field-title = título
field-content = las páginas tal como se mostraron
field-EngineerMissing = la firma del técnico
field-CustomerMissing = la conformidad del cliente, o que no había nadie disponible
field-RemarksMissing = las observaciones del cliente
field-StrokesMissing = la firma trazada
field-NameMissing = el nombre del firmante
field-Satisfaction = satisfacción de 1 a 5
field-StampPicture = una foto del sello; este archivo es de otro tipo
field-OtherDocument = una firma de este mismo documento
