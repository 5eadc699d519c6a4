# Texts of the console's daily work: the board's plan, photos, review, attention, audit, policies, sign-ins.

## The board's views and filters
console-view-week = Semana por persona
console-kept-views = Vistas guardadas
console-kept-none = Las vistas que guarde aparecen aquí.
console-view-name = Nombre de esta vista
console-view-opens = El tablero se abre con ella
console-view-keep = Guardar vista
console-view-forget = Quitar vista
console-view-first = se abre primero
console-view-share = La dirección de esta página contiene todos los filtros: envíela a un colega.
console-filter-text = Texto
console-filter-text-hint = Número, avería, serie, cliente
console-filter-branch = Sucursal
console-more-filters = Más filtros
console-clear-filters = Quitar filtros
console-only-machine = Solo la máquina { $serial }
console-only-customer = Solo { $name }
console-only-clear = Mostrar todo
console-board-none-fit = Ningún trabajo cumple estos filtros.

## The board's plan
console-day = Día
console-today = Hoy
console-earlier = Antes
console-later = Después
console-weekday-1 = lun
console-weekday-2 = mar
console-weekday-3 = mié
console-weekday-4 = jue
console-weekday-5 = vie
console-weekday-6 = sáb
console-weekday-7 = dom
console-weekday-day = { $weekday } { $day }
console-weekday-date = { $weekday }, { $date }
console-no-appointment = Sin cita todavía
console-appoint = Planificar
console-plan-empty = Las personas que hacen visitas aparecen aquí en filas.
console-plan-hint = Arrastre una visita a otra persona u hora, o elija «Mover». Verá las consecuencias antes de cambiar nada.
console-overlaps = Coincide con otra visita
console-move = Mover
console-move-title = Mover una visita de { $number }
console-move-now = Como está ahora
console-move-follows = Qué ocurre
console-move-somebody = otra persona
console-move-reassigns = A otro responsable: la visita de { $from } se cierra y se planifica una nueva, con otro número, para { $to }. Lo ya hecho queda en la visita anterior.
console-move-appoints = A otra hora: cambia la cita; el teléfono del técnico la muestra en su próximo contacto. Avise al cliente.
console-keep-as-is = Dejar como está

## Keys
console-key-next-voucher = Parte siguiente
console-key-previous-voucher = Parte anterior
console-key-move = Mover la visita

## Photos
console-gallery-title = Fotos y archivos · { $number } · { $customer }
console-gallery = Todas las fotos y archivos
console-stage = Momento
console-as-found = Como se encontró
console-as-left = Como se dejó
console-other-photos = Otras fotos y archivos
console-photo-next = Siguiente
console-photo-previous = Anterior
console-side-by-side = Lado a lado
console-slide = Comparar con deslizador
console-photo-facts = Datos
console-photo-download = Descargar original

## Review
console-previous-review = Parte anterior
console-standard-remark = Observación estándar
console-remark-before = Pedido en la ronda { $round }: { $text }
console-unchanged-answers = { $count ->
    [one] { $count } respuesta como antes
   *[other] { $count } respuestas como antes
}
console-since-you-looked = Llegó después de su consulta: { $value }
console-change-line = { $what }: { $before } → { $after }
console-finding-late = { $count ->
    [one] { $count } dato llegó después de la firma y queda fuera del documento
   *[other] { $count } datos llegaron después de la firma y quedan fuera del documento
}

## Attention
console-attention-sorts = Tipos
console-attention-all-of-them = { $count ->
    [one] Mostrar { $count }
   *[other] Mostrar los { $count }
}
console-sort-all = Todo
console-sort-refused = Rechazado
console-sort-refused-lead = Las reglas no lo aceptaron. Lo enviado se conserva; no tiene efecto.
console-sort-quarantine = Retenido
console-sort-quarantine-lead = Espera a que una persona lo confirme o lo rechace.
console-sort-conflict = Dos respuestas
console-sort-conflict-lead = Dos personas respondieron una pregunta. Se conservan ambas respuestas.
console-sort-flag = Para revisar
console-sort-flag-lead = Una regla notó algo que una persona debe valorar.
console-sort-media = Faltan archivos
console-sort-media-lead = Fotos o archivos de estos trabajos aún no han llegado a la oficina.
console-sort-silent = Dispositivos sin contacto
console-sort-silent-lead = Sin noticias de estos teléfonos desde hace una semana. Pregunte a sus usuarios.
console-sort-waiting = En espera
console-sort-waiting-lead = Trabajo que espera algo que otro dispositivo aún no ha enviado.
console-sort-parked = App más nueva
console-sort-parked-lead = El trabajo de una app más nueva espera a que se actualice este servidor.
console-keep-as-note = Conservar como nota
console-kept-as-note = Conservado como nota en el trabajo
console-reject-quarantine = Rechazar
console-two-amendments-what = Devuelva el parte con una observación o pídaselo al técnico: la próxima rectificación sustituye a ambas.
console-held-of-device = Retenido: dispositivo { $code } de { $name }
console-held-together = { $count ->
    [one] Espera una entrada de este dispositivo. Figura abajo.
   *[other] Esperan { $count } entradas de este dispositivo. Cada una figura abajo.
}
console-confirm-together = { $count ->
    [one] Confirmarla
   *[other] Confirmar las { $count }
}
console-reject-together = { $count ->
    [one] Rechazarla
   *[other] Rechazar las { $count }
}
console-would-change = Si se confirma, cambiaría: { $what }.
console-would-nothing = Si se confirma, no cambiaría nada.
console-would-refuse = Si se confirma, sería rechazado: { $why }.
console-would-wait = Si se confirma, esperaría algo que aún no está aquí.
console-kind-counted = { $name } ({ $count })
console-conflict-title = Dos respuestas: { $question }
console-answer-current = Vigente, de { $name }
console-answer-kept = Conservada, de { $name }
console-keep-current = Mantener la vigente
console-take-other = Tomar la respuesta de { $name }
console-other-taken = Se tomó la otra respuesta
console-conflict-signed = El parte está firmado: devuélvalo con una observación si debe cambiar la respuesta.
console-silent = Sin contacto
console-silent-title = «{ $device }» de { $name }
console-silent-visits = { $count ->
    [one] { $count } visita abierta
   *[other] { $count } visitas abiertas
}
console-open-person = Abrir persona
console-media-missing = Faltan archivos
console-media-count = { $count ->
    [one] { $count } archivo no está en la oficina
   *[other] { $count } archivos no están en la oficina
}

## What a command carried
console-sent-text = Texto
console-sent-value = Valor
console-sent-reason = Motivo
console-sent-fault = Avería
console-sent-caller = Quien llama
console-sent-name = Nombre
console-sent-path = Pregunta
console-sent-code = Código
console-sent-quantity = Cantidad
console-sent-description = Descripción
console-sent-minutes = Minutos
console-sent-kilometres = Kilómetros
console-sent-serial = Número de serie
console-sent-lead = Responsable
console-sent-person = Persona
console-sent-outcome = Resultado
console-sent-priority = Prioridad
console-sent-number = Número
console-sent-filter = Filtro
console-sent-way = Vía
console-sent-kind = Tipo
console-sent-phone = Teléfono
console-sent-address = Dirección

## Kinds of records
console-kind-company = Empresa
console-kind-branch = Sucursal
console-kind-person = Persona
console-kind-customer = Cliente
console-kind-contact = Contacto
console-kind-site = Emplazamiento
console-kind-model = Modelo
console-kind-machine = Máquina
console-kind-part = Repuesto
console-kind-form = Formulario
console-kind-policy = Política
console-kind-code = Código
console-kind-price = Precio
console-kind-depot = Almacén
console-kind-movement = Movimiento de existencias
console-kind-stock = Existencias
console-kind-call = Aviso
console-kind-job = Trabajo
console-kind-visit = Visita
console-kind-voucher = Parte de servicio
console-kind-fill = Formulario rellenado
console-kind-answer = Respuesta
console-kind-item = Entrada
console-kind-evidence = Foto o archivo
console-kind-part-use = Repuesto usado
console-kind-charge = Cargo
console-kind-time-entry = Tiempo
console-kind-meter-reading = Lectura de contador
console-kind-note = Nota
console-kind-document = Documento firmado
console-kind-amendment = Rectificación
console-kind-review = Revisión
console-kind-flag = Aviso de atención
console-kind-device = Dispositivo
console-kind-series = Serie de números
console-kind-cash-receipt = Recibo de caja

## Audit log
console-audit = Registro de auditoría
console-audit-time = Hora
console-audit-who = Quién
console-audit-what = Qué
console-audit-about = Sobre
console-audit-outcome = Resultado
console-audit-from = Desde dónde
console-audit-details = Detalles
console-audit-record = Trabajo, parte o número de registro
console-day-from = Desde el día
console-day-to = Hasta el día
console-audit-export = Exportar como CSV
console-audit-empty = Lo que hacen personas y dispositivos aparece aquí.
console-audit-no-record = Ningún trabajo, parte o registro tiene este número.
console-audit-cut = La exportación termina aquí por su longitud: reduzca el período para el resto.
console-audit-undecided = Aún sin decidir
console-from-session = consola, sesión { $session }
console-from-address = dirección { $address }
console-from-session-at = consola, sesión { $session }, dirección { $address }
console-office-session-begin = Inicio de sesión
console-office-session-refused = Inicio de sesión rechazado
console-office-session-end = Cierre de sesión
console-office-session-end-one = Cerró una sesión en otro lugar
console-office-session-end-all = Cierre de sesión en todas partes
console-office-app-place = Aplicación para teléfonos colocada
console-office-link-make = Enlace de contraseña creado
console-office-password-set = Contraseña establecida
console-office-invite-make = Dispositivo invitado
console-office-quarantine-confirm = Trabajo retenido confirmado
console-office-quarantine-reject = Trabajo retenido rechazado
console-office-audit-export = Registro de auditoría exportado

## Policies
console-policies = Políticas
console-policies-empty = Las políticas aparecen aquí.
console-policy-default = Política general
console-policy-name = Política
console-policy-means = Qué significa
console-policy-history = Cambios
console-policy-reserve = Espacio libre antes de capturar
console-policy-reserve-mib = Espacio libre que debe quedar antes de abrir la cámara, MiB
console-policy-reserve-hint = Por debajo el teléfono no captura, para que lo ya capturado pueda guardarse. 16 o más.
console-policy-grace = Se conserva en teléfonos
console-policy-grace-days = Días que las fotos quedan en el teléfono después de llegar a la oficina
console-policy-grace-hint = Cuando no hay copia de seguridad comprobada. De 7 a 3650.
console-policy-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
console-policy-prices = Precios ocultos al cliente
console-policy-prices-all = ninguno
console-policy-prices-hint = Los partes de las clases marcadas no imprimen precios; el documento firmado lo registra.
console-policy-says-reserve = La cámara solo se abre mientras haya { $size } libres en el teléfono.
console-policy-says-grace = { $count ->
    [one] Las fotos quedan { $count } día en el teléfono después de llegar a la oficina.
   *[other] Las fotos quedan { $count } días en el teléfono después de llegar a la oficina.
}
console-policy-says-all-prices = Todos los partes muestran sus precios al cliente.
console-policy-says-prices = El cliente no ve precios en partes de clase { $classes }.

## Sign-ins
console-account = Mis sesiones y contraseña
console-sign-ins = Sesiones
console-sign-ins-of = Sesiones de { $name }
console-sign-ins-lead = Dónde está conectada esta persona. ¿No reconoce una sesión? Ciérrela y elija otra contraseña.
console-sign-ins-none = Sin sesiones abiertas.
console-session-program = { $browser } en { $system }
console-session-unknown = Otro programa
console-session-begun = Desde { $time }
console-session-used = Último uso hacia { $time }
console-session-from = Desde { $address }
console-session-here = Este navegador
console-session-end = Cerrar
console-sign-out-everywhere = Cerrar todas las sesiones
console-change-password = Otra contraseña
console-present-password = Contraseña actual
console-no-password-yet = Aún no tiene contraseña. Pida un enlace a un administrador.

## What was just done
console-done-moved = Visita movida
console-done-view-kept = Vista guardada
console-done-views-full = No guardada: tiene 50 vistas, quite una antes
console-done-view-forgotten = Vista quitada
console-done-rejected = Rechazado
console-done-taken = Ahora vale la otra respuesta
console-done-sign-in-ended = Sesión cerrada
console-done-signed-out = Sesiones cerradas
console-done-changed = Trabajo modificado

## Errors
console-trouble-present-password-what = La contraseña actual no es correcta
console-trouble-present-password-safe = No se cambió nada.
console-trouble-present-password-todo = Escríbala de nuevo o pida un enlace a un administrador.
console-trouble-policy-name-what = Hace falta un nombre
console-trouble-policy-name-safe = No se cambió nada.
console-trouble-policy-name-todo = Escriba el nombre de la política.
console-trouble-policy-reserve-what = El espacio libre no es válido
console-trouble-policy-reserve-safe = No se cambió nada.
console-trouble-policy-reserve-todo = Escriba un número entero de MiB, 16 o más.
console-trouble-policy-grace-what = El número de días no es válido
console-trouble-policy-grace-safe = No se cambió nada.
console-trouble-policy-grace-todo = Escriba un número entero de 7 a 3650.

## Search
console-found-documents = Documentos firmados
console-found-models = Modelos de máquina
console-found-archived = archivado
console-found-more = Más de estos
console-search-everything = Buscar en todo
console-search-all = Mostrar todos los resultados
console-search-lead = Escriba un número, un número de serie, un nombre, un repuesto o el principio del hash de un documento.

## Changing a job
console-change-job = Modificar trabajo
console-link-machine = Vincular máquina
console-link-machine-hint = El número de serie de una máquina registrada.
console-class-reason = Por qué cambia la clase
console-set-class = Cambiar clase
console-staff = Cambiar ayudantes
console-no-such-machine = Ninguna máquina tiene este número de serie
