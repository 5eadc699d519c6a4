# Textos de las páginas de la consola.

## El marco de cada página
console-skip = Saltar al contenido
console-search = Buscar
console-search-hint = Trabajo, cliente, serie, repuesto, persona
console-main-menu = Menú principal
console-keyboard = Teclado
console-close = Cerrar
console-sign-out = Cerrar sesión
console-details = Detalles para soporte
console-to-start = Ir al tablero
console-list-and = {", "}
console-any = Cualquiera
console-anybody = Cualquiera
console-show = Mostrar
console-save = Guardar
console-reason = Motivo
console-pages = Páginas
console-next-page = Página siguiente
console-number = Número
console-kind = Tipo
console-language = Idioma
console-state = Estado
console-time-about = { $time } ± { $seconds } s
console-zone = Las horas están en la zona { $zone }.
console-by-at = { $name }, { $time }
console-by-at-on = { $name }, { $time }, dispositivo { $code }

## El menú
console-board = Tablero
console-reviews = Revisiones
console-calls = Registro de llamadas
console-machines = Máquinas
console-customers = Clientes
console-parts = Repuestos
console-people = Personas y dispositivos
console-attention = Atención

## Qué hace cada tecla
console-key-next = Fila siguiente
console-key-previous = Fila anterior
console-key-open = Abrir la fila
console-key-remark = Escribir una observación sobre la pregunta
console-key-approve = Aprobar
console-key-return = Devolver con observaciones
console-key-search = Buscar
console-key-help = Mostrar estas teclas

## Inicio de sesión
console-sign-in = Iniciar sesión
console-sign-in-as = Iniciar sesión como { $name }
console-sign-in-name = Nombre de usuario
console-sign-in-name-hint = Lo que escribirá para iniciar sesión; no importan las mayúsculas.
console-sign-in-help = ¿Aún no tiene contraseña o la olvidó? Un administrador puede crearle un enlace.
console-password = Contraseña
console-new-password = Contraseña nueva
console-password-again = La misma contraseña otra vez
console-password-hint = Al menos 12 caracteres. Cuatro palabras que recuerde son mejores que una con signos.
console-set-password = Establecer contraseña
console-set-password-lead = { $name }, elija una contraseña para esta consola.
console-link-lead = Este enlace inicia su sesión en este equipo.

## Errores: qué pasó, qué está a salvo, qué hacer
console-trouble-nothing-changed = No se cambió nada.
console-trouble-look-again = Mire la página tal como está ahora y decida de nuevo.
console-trouble-ask-other = Pídaselo a alguien que pueda hacerlo.
console-trouble-report = Informe de esto a su administrador.
console-trouble-correct = Corríjalo y envíelo de nuevo.
console-trouble-not-found-what = Esta página no existe o no es para usted
console-trouble-not-found-safe = No se cambió nada.
console-trouble-not-found-todo = Compruebe la dirección o continúe desde el tablero.
console-trouble-not-allowed-what = Su función no permite esto
console-trouble-not-allowed-safe = No se cambió nada.
console-trouble-not-allowed-todo = Pídaselo a alguien que pueda hacerlo, o a un administrador que le dé la función.
console-trouble-form-what = Este formulario ha caducado
console-trouble-form-safe = No se envió ni cambió nada.
console-trouble-form-todo = Vuelva atrás, cargue la página de nuevo y envíelo otra vez.
console-trouble-throttled-what = Demasiados intentos
console-trouble-throttled-safe = Su cuenta está a salvo y sin cambios.
console-trouble-throttled-todo = Espere { $minutes } minutos e inténtelo de nuevo, o pida un enlace a un administrador.
console-trouble-link-what = Este enlace ya se usó o es demasiado antiguo
console-trouble-link-safe = Nadie inició sesión con él ahora.
console-trouble-link-todo = Pida un enlace nuevo a un administrador.
console-trouble-too-large-what = El formulario es demasiado grande
console-trouble-too-large-safe = No se cambió nada.
console-trouble-too-large-todo = Acorte los textos y envíelo de nuevo.
console-trouble-store-what = El servidor de la oficina no pudo leer o escribir sus datos
console-trouble-store-safe = Lo guardado antes está a salvo; este paso no se hizo.
console-trouble-store-todo = Inténtelo de nuevo. Si se repite, avise a su administrador y muestre los detalles.
console-trouble-sign-in-what = Este nombre y esta contraseña no coinciden
console-trouble-sign-in-safe = Su cuenta no ha cambiado.
console-trouble-sign-in-todo = Inténtelo de nuevo o pida un enlace a un administrador.
console-trouble-sign-in-name-what = Se necesita un nombre de usuario
console-trouble-sign-in-name-safe = No se cambió nada.
console-trouble-sign-in-name-todo = Escriba uno de 80 letras como máximo.
console-trouble-name-taken-what = Este nombre de usuario está ocupado
console-trouble-name-taken-safe = No se cambió nada.
console-trouble-name-taken-todo = Elija otro.
console-trouble-password-short-what = La contraseña es demasiado corta
console-trouble-password-short-safe = No se cambió nada.
console-trouble-password-short-todo = Use al menos 12 caracteres.
console-trouble-password-long-what = La contraseña es demasiado larga
console-trouble-password-long-safe = No se cambió nada.
console-trouble-password-long-todo = Use como máximo 256 caracteres.
console-trouble-password-again-what = Las dos contraseñas no son iguales
console-trouble-password-again-safe = No se cambió nada.
console-trouble-password-again-todo = Escriba dos veces la misma contraseña.
console-trouble-person-name-what = Se necesita un nombre
console-trouble-person-name-safe = No se cambió nada.
console-trouble-person-name-todo = Escriba el nombre de la persona.
console-trouble-person-roles-what = Se necesita una función
console-trouble-person-roles-safe = No se cambió nada.
console-trouble-person-roles-todo = Marque al menos una función.
console-trouble-own-rights-what = No puede quitarse su propia función de administrador
console-trouble-own-rights-safe = No se cambió nada.
console-trouble-own-rights-todo = Deje que lo haga otro administrador.
console-trouble-no-address-what = La dirección del servidor de la oficina aún no se conoce
console-trouble-no-address-safe = No se creó ninguna invitación.
console-trouble-no-address-todo = Pida al administrador que inicie el servidor con la dirección que alcanzan los teléfonos.
console-trouble-not-understood-what = No se confirmó la consecuencia
console-trouble-not-understood-safe = El dispositivo sigue funcionando.
console-trouble-not-understood-todo = Marque que conoce la consecuencia y luego revoque.
console-trouble-remarks-written-what = Escribió observaciones, así que no se puede aprobar tal cual
console-trouble-remarks-written-safe = No se decidió nada; sus observaciones siguen aquí.
console-trouble-remarks-written-todo = Devuelva con observaciones, o bórrelas y apruebe.

## Por qué las reglas lo rechazaron
console-refused-not_allowed = Su función no permite esto
console-refused-own_voucher = Nadie revisa su propio parte
console-refused-malformed = Algo en el formulario no encaja
console-refused-missing = Falta: { $field }
console-refused-window_reversed = Una cita termina antes de empezar
console-refused-wrong_answer = La respuesta no corresponde a su pregunta
console-refused-no_question = El formulario no tiene esa pregunta
console-refused-no_record = Aquello a lo que se refiere no existe
console-refused-exists = Ya existe
console-refused-signed = El parte está firmado y bloqueado; requiere una rectificación
console-refused-draft_closed = El borrador de la rectificación está cerrado
console-refused-state = No es posible en el estado «{ $state }»
console-refused-changed_since = Cambió desde que lo miró
console-refused-media_missing = { $count ->
    [one] Un archivo citado no ha llegado a la oficina
   *[other] { $count } archivos citados no han llegado a la oficina
}
console-refused-unattested = El dispositivo aún no ha avalado el documento
console-refused-several_documents = Hay dos documentos vigentes; primero hace falta una rectificación de ambos
console-refused-waited_too_long = Esperó algo durante más de treinta días
console-refused-defect = El programa se detuvo en esto; se conserva y se decide de nuevo tras una actualización
console-refused-other = Rechazado ({ $code })
console-field-fault = avería
console-field-machine = máquina o número de serie
console-field-reason = motivo
console-field-remarks = al menos una observación
console-field-lead = quién dirige la visita
console-field-window = ambos extremos de la cita
console-field-text = texto

## Lo que se acaba de hacer
console-done-registered = Llamada registrada
console-done-made = Trabajo creado
console-done-planned = Visita planificada
console-done-reassigned = Visita reasignada
console-done-cancelled = Trabajo cancelado
console-done-noted = Nota añadida
console-done-approved = Aprobado
console-done-returned = Devuelto con observaciones
console-done-added = Persona añadida
console-done-saved = Guardado
console-done-revoked = Dispositivo revocado
console-done-closed = Cerrado
console-done-confirmed = Confirmado
console-done-password = Contraseña establecida

## Tablero
console-register-call = Registrar llamada
console-make-job = Crear trabajo
console-filters = Filtros
console-view = Vista
console-view-state = Por estado
console-view-person = Por persona
console-view-day = Día por persona
console-view-list = Lista
console-machine-state = Estado de la máquina
console-lane-new = Nuevos
console-lane-planned = Planificados
console-lane-field = En campo
console-lane-waiting = En espera
console-lane-review = Firmados y por revisar
console-lane-returned = Devueltos
console-lane-over = Terminados
console-lane-other = Otros
console-lane-empty = No hay trabajos aquí
console-lane-more = { $count ->
    [one] { $count } trabajo más
   *[other] { $count } trabajos más
}
console-board-empty = Los trabajos aparecen aquí en cuanto se crea uno o llega del campo.
console-board-empty-own = Aquí aparecen los trabajos en los que usted participa.
console-board-more = Hay más trabajos de los que caben aquí. Use los filtros o la búsqueda.
console-jobs-shown = { $count ->
    [one] { $count } trabajo
   *[other] { $count } trabajos
}
console-news = { $count ->
    [one] { $count } trabajo cambió.
   *[other] { $count } trabajos cambiaron.
}
console-job-news = Este trabajo cambió.
console-show-news = Mostrar
console-nobody-planned = Nadie planificado
console-no-day = Sin día acordado
console-next-visit = Visita
console-lead = Responsable
console-helpers = Ayudantes
console-no-customer = Sin cliente
console-machine-named = { $model } · { $serial }
console-on-phone = { $absent } de { $all } archivos aún en el teléfono, { $size }
console-still-on-phone = Aún en el teléfono
console-original-on-phone = Original aún en el teléfono, { $size }
console-on-the-phone = Aún en el teléfono

## Llamadas
console-fault = Avería
console-fault-words = Avería en palabras de quien llama
console-fault-with-serial = { $fault } (serie indicada: { $serial })
console-caller = Quien llama
console-phone = Teléfono
console-channel = Cómo llegó
console-received = Recibida
console-serial = Número de serie de la máquina
console-serial-hint = Una máquina registrada trae su cliente y su sitio.
console-customer-of-machine = El cliente de la máquina
console-call-numbered = Llamada { $number }
console-call-has-job = Tiene trabajo
console-call-open = Abierta
console-calls-empty = Las llamadas aparecen aquí cuando se registran.
console-open-job = Abrir trabajo

## Trabajo
console-job-numbered = { $number } · { $customer }
console-priority = Prioridad
console-class = Clase
console-class-proposed = Según garantía y contrato
console-class-hint = Una máquina registrada en garantía es gratuita, con contrato está cubierta, cualquier otra se paga.
console-form-of-model = El formulario del modelo de la máquina
console-place = Lugar
console-contract = Contrato
console-cancel-reason = Cancelado porque
console-plan-visit = Planificar visita
console-choose-person = Elija una persona
console-window-from = No antes de
console-window-to = No después de
console-window-agreed = Cita
console-cancel-job = Cancelar trabajo
console-cancel-hint = El trabajo hecho sin conexión mientras tanto se conserva y pasa a revisión.
console-reassign = Reasignar visita
console-reassign-hint = La visita se cierra y se planifica otra con número nuevo; el trabajo ya hecho queda en la anterior.
console-new-lead = Nuevo responsable
console-no-visits = Aún no hay ninguna visita planificada.
console-visit = Visita { $ordinal }
console-visit-numbered = Visita { $ordinal } · { $number }
console-leave-reason = Se fue porque
console-review-voucher = Revisar parte
console-answers = Respuestas
console-answers-draft = enviado hasta ahora, sin firmar
console-answers-signed = como se firmó en { $number } ({ $language })
console-form-not-here = Respuestas a un formulario que no ha llegado a la oficina
console-photos-count = { $count ->
    [one] { $count } foto
   *[other] { $count } fotos
}
console-was = antes: { $before }
console-photo-changed = otras fotos que antes
console-newly-asked = no respondida antes
console-also-answered = { $name } también respondió: { $value }
console-time-of = { $name }, { $kind }
console-late = tras la firma, no está en el documento
console-notes = Notas
console-no-notes = Aún no hay notas.
console-new-note = Nota nueva
console-add-note = Añadir nota
console-timeline = Cronología

## Fotos y archivos
console-photo-alt = { $stage }: { $name }, { $time }
console-captured = Captada { $time } por { $name }
console-captured-at = En { $latitude }, { $longitude } ± { $metres } m
console-file-facts = { $name }, { $size }
console-file-claims = Lo que el archivo dice de sí mismo
console-claims-time = Captada: { $value }
console-claims-place = Lugar: { $value }
console-claims-camera = Cámara: { $value }
console-claims-pixels = Píxeles: { $value }
console-finding-damaged = Archivo dañado
console-finding-empty = Archivo vacío
console-finding-mislabelled = No es del tipo que dice su nombre
console-finding-huge = Inusualmente grande
console-viewer = Foto
console-zoom = Ampliar
console-turn = Girar
console-compare = Comparar como se encontró y como se dejó
console-no-photos = No hay fotos ni archivos.

## Documentos firmados
console-voucher-numbered = Parte de servicio { $number }
console-amendment-numbered = Rectificación { $number }
console-amendment-open = Se está escribiendo la rectificación { $number }
console-amended = Rectificado después
console-in-force = Vigente
console-amended-because = Motivo: { $reason }
console-unattested = Sin firma del dispositivo
console-open-pdf = Abrir PDF
console-download-pdf = Descargar PDF
console-pdf-on-phone = El PDF aún está en el teléfono, { $size }.
console-pdf-not-made = El PDF llegará cuando el dispositivo haya avalado el documento.
console-sealed-name = Nombre del documento sellado:
console-satisfaction = Satisfacción { $stars } de 5
console-signature-alt = Firma de { $name }, { $role }
console-stamp-alt = Sello de la empresa junto a la firma de { $name }
console-customer-said = { $name }: { $outcome }. { $remarks }

## Revisión
console-reviews-empty = Los partes aparecen aquí cuando se entregan.
console-round = Ronda
console-review-title = Revisión { $number } · { $customer } · ronda { $round }
console-place-in-queue = { $place } de { $count }
console-approve = Aprobar
console-return = Devolver con observaciones
console-next-review = Parte siguiente
console-remark = Observación
console-remark-whole = Observación sobre todo el parte
console-remark-on = { $question }: { $text }
console-findings = Hallazgos
console-finding-unattested = El dispositivo aún no ha avalado el documento
console-finding-no-found = Sin foto de cómo se encontró
console-finding-no-left = Sin foto de cómo se dejó
console-changed-since = Cambiado por la rectificación
console-missing-media = Archivos que no están en la oficina
console-missing-hint = Para aprobar sin un archivo, diga por qué es aceptable.
console-missing-reason = Por qué la oficina prescinde de este archivo
console-missing-accepted = Aceptado sin el archivo { $file }: { $reason }
console-without-attestation = Aprobar aunque el dispositivo no haya avalado el documento
console-own-voucher = Es su propia visita: la revisa otra persona.
console-review-not-yours = Su función no revisa partes.
console-review-closed = No hay nada que decidir ahora: { $state }.
console-review-done = Ronda { $round }: { $outcome }, { $name }, { $time }

## Personas y dispositivos
console-people-empty = Las personas aparecen aquí cuando se añaden.
console-person-name = Nombre
console-roles = Funciones
console-add-person = Añadir persona
console-archived = Ya no está en la empresa
console-devices = Dispositivos
console-no-devices = Aún no hay dispositivos.
console-invite = Invitar un dispositivo
console-invite-title = Invitar un dispositivo de { $name }
console-invite-lead = Pida a { $name } que lo escanee con la aplicación o pegue allí el texto. Se muestra una sola vez.
console-invite-text = Texto de alta
console-invite-print = Huella de la clave de la empresa; el dispositivo la muestra antes de registrarse
console-invite-note = Vale para un dispositivo, hasta { $time }.
console-qr-alt = Código QR del texto de alta de abajo
console-invite-app = ¿Aún no está la aplicación en el teléfono? Descárguela aquí
console-app-title = La aplicación para teléfonos Android
console-app-lead = Escanee esto con la cámara del teléfono o abra la dirección en su navegador. Después abra el archivo y deje que el teléfono lo instale.
console-app-qr-alt = Código QR de la dirección de abajo
console-app-download = Descargar la aplicación
console-app-address = Dirección
console-app-digest = SHA-256 del archivo, para comparar
console-app-note = Después abra la aplicación y escanee la invitación que le da la oficina.
console-app-none = En este servidor todavía no hay ninguna aplicación.
console-app-none-todo = Un administrador coloca el archivo firmado con: countersign hub app CARPETA ARCHIVO.apk
console-back-to-person = Volver a la persona
console-console-access = Consola
console-access-as = Inicia sesión como { $name }.
console-access-none = Aún no tiene contraseña para la consola.
console-make-password-link = Crear enlace de contraseña
console-link-title = Enlace de contraseña para { $name }
console-password-link-lead = Dé este enlace solo a { $name }: quien lo abra establece la contraseña. Se muestra una sola vez.
console-password-link-text = Enlace
console-password-link-note = Vale una vez, hasta { $time }.
console-device-enrolled = Dado de alta { $time }
console-device-seen = Visto por última vez { $time }
console-device-never-seen = No visto desde su alta
console-device-revoked-because = Revocado: { $reason }
console-device-quarantine = { $count ->
    [one] { $count } orden en cuarentena
   *[other] { $count } órdenes en cuarentena
}
console-revoke = Revocar dispositivo
console-revoke-title = Revocar dispositivo { $code }
console-revoke-lead = «{ $device }» de { $name }. Esto es lo que ocurre:
console-revoke-download = Deja de recibir datos de la oficina, de inmediato.
console-revoke-upload = Durante 90 días aún puede enviar el trabajo que guarda; queda en cuarentena hasta que alguien lo confirme.
console-revoke-lock = Lo que muestra se bloquea al terminar su plazo, como máximo 30 días después de la última conexión.
console-revoke-final = Un dispositivo revocado no vuelve; se da de alta como uno nuevo.
console-revoke-understood = Conozco la consecuencia y revoco { $code }
console-revoke-reason-hint = Por ejemplo: perdido el 3 de mayo, dejó la empresa.
console-keep-device = Conservar dispositivo

## Atención
console-attention-empty = Aquí aparece lo que necesita a una persona: trabajo rechazado, conflictos, dispositivos en cuarentena.
console-flag = Mire esto
console-flag-with-facts = { $what } ({ $facts })
console-about-job = Trabajo { $number }
console-what-was-done = Qué se hizo al respecto
console-close-flag = Cerrar
console-refused = Rechazado
console-refused-title = Rechazado: { $what }
console-refused-kept = Lo enviado se conserva.
console-close-refusal = Cerrar
console-quarantine = Cuarentena
console-quarantine-title = Retenido: { $what }
console-quarantine-why = Vino de un dispositivo revocado o desconocido, o en nombre de otra persona. No tiene efecto hasta que alguien lo confirme.
console-confirm-quarantine = Confirmar
console-waiting = En espera
console-waiting-title = Espera: { $what }
console-waiting-why = Espera algo que otro dispositivo aún no ha enviado.
console-parked-why = Viene de una aplicación más nueva y espera a que se actualice este servidor.

## Listas y búsqueda
console-machines-empty = Las máquinas aparecen aquí cuando se registran.
console-customers-empty = Los clientes aparecen aquí cuando se registran.
console-parts-empty = Los repuestos aparecen aquí cuando se llena el catálogo.
console-warranty-until = Garantía hasta
console-meter = Contador
console-address = Dirección
console-wear-part = Pieza de desgaste
console-search-title = Búsqueda: { $text }
console-search-empty = No se encontró nada. Pruebe un número, una serie o parte de un nombre.
console-found-jobs = Trabajos

## El curso de un trabajo: qué ocurrió
console-event-not-done = { $what } ({ $outcome })
console-event-call-register = Llamada registrada
console-event-job-create = Trabajo creado
console-event-job-cancel = Trabajo cancelado
console-event-visit-plan = Visita planificada
console-event-visit-reassign = Visita reasignada
console-event-visit-travel = En camino
console-event-visit-arrive = Llegada
console-event-visit-leave = Salida
console-event-time-record = { $count ->
    [one] Tiempo anotado
   *[other] { $count } tiempos anotados
}
console-event-meter-read = Contador leído
console-event-answer-set = { $count ->
    [one] Pregunta respondida
   *[other] { $count } preguntas respondidas
}
console-event-item-add = { $count ->
    [one] Entrada añadida
   *[other] { $count } entradas añadidas
}
console-event-item-remove = { $count ->
    [one] Entrada quitada
   *[other] { $count } entradas quitadas
}
console-event-evidence-attach = { $count ->
    [one] Foto o archivo adjuntado
   *[other] { $count } fotos o archivos adjuntados
}
console-event-part-use = { $count ->
    [one] Repuesto usado
   *[other] { $count } repuestos usados
}
console-event-charge-add = Cargo añadido
console-event-note-add = Nota añadida
console-event-document-sign = Documento firmado
console-event-document-attest = El dispositivo avaló el documento
console-event-voucher-submit = Parte entregado
console-event-amendment-begin = Rectificación iniciada
console-event-amendment-discard = Rectificación abandonada
console-event-review-decide = Revisión decidida
console-event-review-approved = Aprobado
console-event-review-returned = Devuelto con observaciones
console-event-flag-close = Aviso cerrado
console-event-refusal-discard = Trabajo rechazado abandonado
console-event-master-save = Datos maestros guardados
console-event-device-enrol = Dispositivo dado de alta
console-event-device-revoke = Dispositivo revocado
console-from-device = dispositivo { $code }
console-from-console = consola
console-from-portal = portal
console-from-machine = máquina
console-from-hub = servidor de la oficina
console-who-from = { $name }, { $from }
