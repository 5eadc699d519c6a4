# Texts of the laptop shell: the field app in a browser.
## The frame
laptop-title = Aplicación de campo
laptop-skip = Ir al contenido
laptop-menu = Menú
laptop-jobs = Trabajos
laptop-attention = Atención
laptop-status = Estado
laptop-settings = Ajustes
laptop-back = Volver
laptop-open = Abrir
laptop-close = Cerrar
laptop-go-on = Continuar
laptop-details = Detalles
laptop-try-again = Reintentar
laptop-lost = La aplicación de campo no responde. Lo que ha escrito sigue aquí.
laptop-strip-open = Mostrar el estado
laptop-keyboard = Teclado
laptop-key-next = Fila siguiente
laptop-key-previous = Fila anterior
laptop-key-open = Abrir
laptop-key-step = Paso siguiente
laptop-key-search = Buscar
laptop-key-help = Esta ayuda

## The strip
strip-not-enrolled = Aún sin registrar
strip-cut = Sincronización cortada
strip-offline-since = Sin conexión desde las { $time }
strip-held-up = La sincronización está detenida
strip-stranger = No es el servidor de su empresa
strip-locked = Desbloquee el dispositivo para sincronizar
strip-sending = { $count ->
    [one] Enviando, queda uno
   *[other] Enviando, quedan { $count }
  }
strip-online = En línea
strip-connecting = Buscando la oficina
laptop-files-only-here = { $count ->
    [one] Un archivo solo aquí
   *[other] { $count } archivos solo aquí
  }

## Coming in and enrolling
laptop-entered = Ya puede entrar
laptop-enrol-title = Registrar este dispositivo
laptop-enrol-what = La oficina le da una invitación: un código o una línea larga de texto. Con ella este dispositivo queda a su nombre y recibe sus trabajos.
laptop-enrol-again = Este dispositivo ya está registrado. Una invitación nueva lo convierte en otro dispositivo; el trabajo sin enviar se conserva y le acompaña cuando usted lo confirme.
laptop-enrol-code = Invitación
laptop-enrol-code-hint = Péguela entera; los saltos de línea no importan.
laptop-enrol-name = Nombre de este dispositivo
laptop-enrol-name-hint = Como debe verlo la oficina, por ejemplo «Portátil de Tom».
laptop-verb-enrol = Registrar
laptop-verb-look = Ver quién responde
laptop-enrol-seen = Va a registrarse en
laptop-enrol-company = Empresa
laptop-enrol-address = Dirección
laptop-enrol-print = Huella de su clave
laptop-enrol-compare = Compare la huella con la que la oficina muestra junto a la invitación, o pida que se la lean. Regístrese solo si todos los grupos coinciden.
laptop-enrol-no-name = No da su nombre
laptop-enrol-anew = Registrar de nuevo con otra invitación
laptop-done-enrolled = Registrado. Sus trabajos están en camino.

## The job list
laptop-search = Buscar
laptop-search-hint = Cliente, máquina, avería, número
laptop-filter = Qué trabajos
laptop-news = Hay trabajos nuevos: mostrarlos
job-day-closed = Cerrados
job-day-none = Sin cita
laptop-no-jobs = No hay trabajos abiertos
laptop-no-jobs-what = Los trabajos que la oficina le asigne aparecerán aquí solos.
laptop-no-hits = Nada encontrado
laptop-no-hits-what = Use menos palabras o busque entre todos los trabajos.
laptop-more = Mostrar más
laptop-new-job = Trabajo nuevo
laptop-new-what = Para un trabajo que encuentra en el lugar. Recibe su número de este dispositivo y llega a la oficina en la próxima sincronización.
laptop-new-serial = Número de serie de la placa
laptop-new-serial-hint = También sirve una máquina que no está registrada.
laptop-new-fault = Avería o trabajo
laptop-verb-make-job = Crear trabajo
laptop-done-job-made = Trabajo creado

## The job
laptop-remarks = La oficina pregunta
laptop-go-to-question = Ir a la pregunta
laptop-steps = Pasos
laptop-step-is-done = hecho
laptop-step-travel = Viaje
laptop-step-arrive = Llegada
laptop-step-as_found = Como se encontró
laptop-step-form = Formulario
laptop-step-parts = Repuestos
laptop-step-as_left = Como se dejó
laptop-step-amend = Enmienda
laptop-step-sign = Firma
laptop-step-submit = Entrega
laptop-step-leave = Salida
laptop-verb-travel = Salir de viaje
laptop-verb-arrive = Llegar
laptop-verb-as_found = Fotografiar como se encontró
laptop-verb-form = Rellenar el formulario
laptop-verb-parts = Anotar repuestos
laptop-verb-as_left = Fotografiar como se dejó
laptop-verb-amend = Empezar una enmienda
laptop-verb-sign = Firmar
laptop-verb-submit = Entregar para revisión
laptop-verb-leave = Marcharse
laptop-verb-next-job = A la lista de trabajos
laptop-answered-of = { $answered } de { $total }
photos-count = { $count ->
    [one] Una foto
   *[other] { $count } fotos
  }
laptop-recorded = Anotado
laptop-photos-and-files = Fotos y archivos
laptop-parts = Repuestos
laptop-times = Tiempos y contador
laptop-documents = Documentos firmados
laptop-document = Documento
laptop-amended = Enmendado
laptop-locked-what = Firmado y bloqueado. Para cambiar algo, empiece una enmienda.
laptop-draft = La enmienda { $number } está abierta
laptop-draft-what = Lo que responda y anote ahora va a la enmienda. El documento firmado queda como está.
laptop-discard-draft = Abandonar la enmienda
laptop-reason = Motivo
laptop-visits = Visitas
laptop-add-note = Añadir una nota
laptop-note = Nota
laptop-verb-note = Guardar nota
laptop-done-travelling = En camino
laptop-done-arrived = En el lugar
laptop-done-handed-in = Entregado para revisión
laptop-done-noted = Nota guardada
laptop-done-left = Salida anotada
laptop-done-signed = Firmado y bloqueado
laptop-done-given-back = Devuelto sin firma

## Before setting off
laptop-all-here = Todo está aquí
laptop-not-all-here = No está todo aquí
laptop-departure = Revisión de salida
laptop-earlier-visits = { $count ->
    [one] Máquina · una visita anterior
   *[other] Máquina · { $count } visitas anteriores
  }
laptop-history = Visitas anteriores
laptop-no-history = Aquí aparecen las visitas a esta máquina.
laptop-past-answers = Respuestas tal como se firmaron
laptop-warranty = Garantía hasta
laptop-contract = Contrato
laptop-installed = Instalada
laptop-software = Software
laptop-wear-parts = Piezas de desgaste
laptop-wear-never = aún sin usar aquí
laptop-last-answer = Tomar de { $when }: { $answer }

## Parts, times, leaving
laptop-no-parts = Aquí aparecen los repuestos que use.
laptop-late = Después de la firma
laptop-part-code = Código del repuesto
laptop-quantity = Cantidad
laptop-quantity-hint = Un número negativo devuelve.
laptop-batch = Lote o serie
laptop-verb-part = Anotar repuesto
laptop-done-part = Repuesto anotado
laptop-no-times = Aquí aparecen los tiempos que anote.
laptop-time = Tiempo
laptop-time-kind = Tipo
laptop-minutes = Minutos
laptop-minutes-hint = Se toma de los pasos de la visita; cámbielo si no es correcto.
laptop-kilometres = Kilómetros
laptop-verb-time = Anotar tiempo
laptop-done-time = Tiempo anotado
laptop-meter = Contador
laptop-meter-value = Lectura
laptop-verb-meter = Anotar lectura
laptop-done-meter = Lectura anotada
laptop-leave-why = ¿Por qué se marcha?

## Costs and diagnosis
laptop-part-search = Código o nombre del repuesto
laptop-part-unlisted = Un repuesto que no está en la lista
laptop-costs = Costes y cobros
laptop-prices-shown = El cliente ve los precios en las páginas.
laptop-prices-hidden = Las páginas no muestran precios.
laptop-no-charges = Aquí aparecen los cargos que no son repuestos.
laptop-proposed = Propuesto por las tarifas
laptop-verb-propose = Tomar
laptop-charge = Cargo
laptop-verb-charge = Añadir cargo
laptop-done-charge = Cargo anotado
laptop-cash = Cobros
laptop-take-cash = Cobrar
laptop-sum = Importe con impuestos
laptop-sum-hint = Vacío toma lo que pide el parte.
laptop-verb-cash = Dar recibo
laptop-done-cash = Recibo entregado
laptop-verb-cash-over = Entregar
laptop-done-cash-handed-over = Entregado
laptop-diagnosis = Diagnóstico
laptop-code-symptom = Síntoma
laptop-code-cause = Causa
laptop-code-remedy = Remedio
laptop-findings = Hallazgos en palabras
laptop-machine-now = La máquina ahora
laptop-verb-keep = Guardar

## The form
laptop-form = Formulario
laptop-form-pages = Páginas
laptop-missing = { $count ->
    [one] Falta una respuesta
   *[other] Faltan { $count } respuestas
  }
laptop-required = obligatorio
laptop-no-answer = sin respuesta
laptop-why = ¿Por qué se pregunta esto?
laptop-why-hidden-link = ¿Por qué está oculto?
laptop-why-nothing = Ninguna regla lo determina: se pregunta en cada visita y puede omitirse.
laptop-why-hidden = Una regla del formulario lo oculta.
laptop-why-required = Una regla del formulario lo exige.
laptop-why-read-only = Lo rellena el formulario; no se puede escribir aquí.
laptop-why-violated = La respuesta está fuera de lo que permite el formulario.
laptop-why-calculated = Se calcula a partir de otras respuestas.
laptop-why-carrier = La regla pertenece a «{ $group }».
laptop-why-looked = La regla mira
laptop-add-item = Añadir
laptop-remove-item = Quitar
laptop-done-item-added = Añadido
laptop-done-item-removed = Quitado
laptop-done-saved = Guardado
laptop-saving = Guardando
laptop-saved = Guardado
laptop-unsaved = Sin guardar
laptop-acknowledge = Lo he leído
laptop-measured = Medido
laptop-scan = Escanear
laptop-now = Ahora
laptop-take-photo = Hacer foto
laptop-choose-file = Elegir archivo
laptop-choose-files = Elegir archivos
laptop-choose-taken = Usar una que ya está hecha
laptop-clear = Borrar
laptop-keep-signature = Guardar firma
laptop-kept = { $count ->
    [one] Se conserva otra respuesta
   *[other] Se conservan otras { $count } respuestas
  }
laptop-show-hidden = { $count ->
    [one] Una pregunta no procede ahora: mostrarla
   *[other] { $count } preguntas no proceden ahora: mostrarlas
  }
laptop-orphans = Respuestas de un formulario anterior
laptop-previous = Anterior
laptop-next = Siguiente
laptop-form-done = Volver al trabajo

## Photos and files
laptop-stage = Estas fotos muestran la máquina
laptop-drop-hint = Suelte archivos aquí, pegue una imagen o elija varios a la vez.
laptop-waiting = En espera
laptop-no-files = Aún no hay fotos
laptop-files-done = Listo
laptop-file = Archivo
media-kind-picture = Imagen
media-kind-video = Vídeo
media-kind-sound = Sonido
media-kind-pdf = Documento PDF
media-kind-text = Texto
media-kind-file = Archivo
laptop-size = Tamaño
laptop-kind = Tipo
laptop-answers = Responde a
laptop-answers-none = ninguna pregunta
laptop-download = Descargar
laptop-assign = Usar como respuesta a
laptop-verb-assign = Asignar
laptop-done-assigned = Asignado
laptop-finding-damaged = Archivo dañado
laptop-finding-empty = Archivo vacío
laptop-finding-mislabelled = No es del tipo que dice su nombre
laptop-finding-huge = Excepcionalmente grande

## Signing
laptop-sign-off = Firma
laptop-sign-1 = Revisar
laptop-sign-2 = Resultado
laptop-sign-3 = Firmar
laptop-signer-language = Idioma de las páginas
laptop-engineer-signs = Su firma
laptop-engineer-signs-what = Firme primero y entregue después el dispositivo. El cliente ve solo este documento.
laptop-engineer-signs-alone = Este documento no necesita la firma del cliente. Con la suya queda bloqueado.
laptop-pad = Campo para la firma; dibuje con el dedo, un lápiz o el ratón
laptop-verb-hand-over = Entregar al cliente
laptop-customer-title = Parte de servicio { $number }
laptop-customer-intro = { $company } le ruega que lea estas páginas y firme.
laptop-read-as-text = Leer como texto
laptop-open-pdf = Abrir PDF
laptop-outcome-title = ¿Qué dice del trabajo?
laptop-outcome-legend = Resultado
laptop-remarks-field = Observaciones
laptop-signer-name = Nombre de quien firma
laptop-signer-role = Firma como
laptop-satisfaction = ¿Qué grado de satisfacción tiene?
score-5 = 5 · muy satisfecho
score-4 = 4 · satisfecho
score-3 = 3 · ni sí ni no
score-2 = 2 · insatisfecho
score-1 = 1 · muy insatisfecho
laptop-aspects = Valorar en detalle (opcional)
laptop-aspects-what = 1 es muy insatisfecho, 5 muy satisfecho. Deje sin marcar lo que no pueda valorar.
laptop-aspect-none = Sin valorar
laptop-sign-means = Con la firma, las páginas quedan bloqueadas exactamente como las ha visto.
laptop-stamp = Sello de la empresa (opcional)
laptop-stamp-what = Fotografíe la impresión del sello. Se imprime junto a la firma.
laptop-stamp-take = Fotografiar el sello
laptop-stamp-remove = Quitar la foto
laptop-stamp-saved = La foto está guardada en este dispositivo.
laptop-stamp-undrawn = La foto está guardada. Este dispositivo no puede mostrarla: en su lugar se imprime su huella.
laptop-stamp-alt = Foto del sello de la empresa
laptop-verb-seal = Bloquear sin firma
laptop-signed-title = { $number } está firmado
laptop-signed-what = Gracias. Devuelva el dispositivo, por favor.
laptop-hold = Técnico: mantenga pulsado dos segundos para recuperar el dispositivo
laptop-verify-bundle = Paquete para verificar
laptop-amend-what = Lo firmado no cambia nunca. Una enmienda es un documento propio que dice qué es distinto ahora.
laptop-amend-reason = ¿Por qué se enmienda?
laptop-done-amendment-open = La enmienda está abierta
laptop-done-amendment-discarded = La enmienda se abandonó

## Attention
laptop-outbox-pending = { $count ->
    [one] Una entrada espera su envío.
   *[other] { $count } entradas esperan su envío.
  }
laptop-outbox-waiting = { $count ->
    [one] Una entrada espera algo en la oficina.
   *[other] { $count } entradas esperan algo en la oficina.
  }
laptop-nothing-to-do = Nada le necesita
laptop-nothing-to-do-what = Lo que la oficina rechace, o lo que este dispositivo no pueda hacer solo, aparece aquí con lo que usted puede hacer.
laptop-go-to-job = Ir al trabajo
laptop-new-value = Valor nuevo
laptop-action-fix = Enviar de nuevo
laptop-action-note = Guardar como nota
laptop-action-discard = Abandonar
laptop-action-file = Archivar con el trabajo
laptop-action-confirm = Confirmar
laptop-action-acknowledge = Lo he leído
laptop-action-unlock = Firmar ahora
laptop-done-dealt-with = Resuelto
attention-title-refused = Rechazado por la oficina
attention-title-unattested = El dispositivo aún no ha firmado
attention-title-damaged_file = Un archivo está dañado
attention-title-unfiled_file = Un archivo sin trabajo
attention-title-fork = Este almacén es una copia
attention-title-lease_over = Demasiado tiempo sin la oficina
attention-title-lease_ends_soon = Sincronice pronto
attention-title-salvaged = El almacén se ha reparado
attention-title-lost_key = Se ha perdido la clave del dispositivo
attention-title-lost_token = Se ha perdido el testigo del dispositivo
attention-title-strange_hub = Este no es el servidor de su empresa
attention-title-log_changed = Se cambiaron los registros de la oficina
laptop-proof = Lo que lo prueba, para su administrador
attention-title-held = Trabajo del dispositivo anterior
command-job-create = Trabajo nuevo
command-visit-plan = Visita planificada
command-visit-travel = Salida de viaje
command-visit-arrive = Llegada
command-visit-leave = Salida
command-time-record = Tiempo
command-meter-read = Lectura del contador
command-answer-set = Respuesta
command-item-add = Entrada añadida
command-item-remove = Entrada quitada
command-evidence-attach = Foto o archivo
command-part-use = Repuesto usado
command-charge-add = Cargo
command-note-add = Nota
command-document-sign = Documento firmado
command-document-attest = Firma del dispositivo
command-voucher-submit = Entrega
command-amendment-begin = Enmienda
command-amendment-discard = Enmienda abandonada
command-refusal-discard = Entrada abandonada

## Status
laptop-entries = Entradas
media-thumbnail = Imágenes pequeñas
media-preview = Vistas previas
media-document = Documentos
media-cited = Fotos de documentos firmados
media-original = Otras fotos y archivos
media-video = Vídeos
media-waiting = Capturados, aún sin archivar en un trabajo
export-left-out = { $count ->
    [one] { $count } foto o archivo no está en él y sigue solo en este dispositivo.
   *[other] { $count } fotos y archivos no están en él y siguen solo en este dispositivo.
}
laptop-file-made = El archivo está listo: está en las descargas de este navegador.
laptop-file-made-without = El archivo está listo: está en las descargas de este navegador. { $without }
laptop-contact = Último contacto con la oficina
laptop-contact-never = todavía ninguno
laptop-verb-send = Enviar ahora
laptop-done-sending = Enviando
laptop-hand-over = Entregar a un colega
laptop-hand-over-what = Todo lo que solo está aquí, en un archivo: para un colega que continúa o para llevarlo a un equipo con red. No se quita nada de este dispositivo.
laptop-verb-hand-over-file = Archivo de entrega
laptop-colleague-key = Clave que muestra el dispositivo del colega
laptop-own-key = Clave de este dispositivo, para un colega que entrega trabajo
laptop-rescue-what = El archivo de rescate es para la oficina: quien lo lleve no puede leerlo.
laptop-verb-rescue-file = Archivo de rescate
laptop-import = Recibir el archivo de un colega
laptop-import-what = Este dispositivo lleva entonces su trabajo a la oficina.
laptop-imported = Recibido de { $person }: { $commands } entradas, { $files } archivos.
laptop-room = Hacer sitio
laptop-room-what = Libera los originales que están a salvo en la oficina. Las imágenes pequeñas se quedan.
laptop-verb-room = Hacer sitio
laptop-done-room = Hecho: se ha liberado lo que está a salvo en la oficina

## Settings
laptop-aeroplane = Modo avión
laptop-aeroplane-about = Corta toda conexión con la oficina hasta que se desactive. El trabajo sigue como siempre.
laptop-aeroplane-what = El modo avión está activo: no se envía nada hasta que se desactive.
laptop-aeroplane-turn-on = Cortar la conexión
laptop-aeroplane-turn-off = Conectar de nuevo
laptop-done-aeroplane-on = La conexión está cortada
laptop-done-aeroplane-off = Conectando de nuevo
laptop-language = Idioma
laptop-language-own = Como consta en la oficina
laptop-this-device = Este dispositivo
laptop-company = Empresa
laptop-version = Versión
laptop-diagnostics = Diagnóstico
laptop-diagnostics-what = Para soporte: versiones y recuentos de este dispositivo. Ningún cliente, foto ni respuesta.
laptop-diagnostics-download = Descargar como JSON
laptop-system = Sistema
laptop-connection = Conexión
laptop-free-space = Espacio libre
laptop-entries-only-here = Entradas solo aquí
laptop-diagnostics-files-only-here = Archivos solo aquí
laptop-sync-problem = Qué detiene la sincronización
laptop-log-changed = Registro de la oficina modificado
laptop-this-browser = Este navegador
laptop-this-browser-what = Entró con un enlace de un solo uso y puede seguir treinta días. Sacarlo no quita nada de este dispositivo.
laptop-leave-browser = Sacar este navegador
laptop-install = Instalar como aplicación

## What can go wrong: what happened, what is safe, what to do
trouble-kept-safe = No se ha tocado nada de lo guardado.
trouble-not-found-what = Aquí no hay nada.
trouble-not-found-safe = No se ha tocado nada de lo guardado.
trouble-not-found-todo = Vuelva a la lista; una sincronización puede haberlo movido.
trouble-link-what = Este navegador no tiene acceso: el enlace ya se usó o es demasiado antiguo.
trouble-link-safe = No se ha perdido nada de lo guardado.
trouble-link-todo = Obtenga un enlace nuevo donde se inició la aplicación: pulse Intro allí o iníciela otra vez.
trouble-with-customer-what = El dispositivo está en manos del cliente.
trouble-with-customer-safe = No se ha tocado nada de lo guardado.
trouble-with-customer-todo = Mantenga pulsado el botón dos segundos para recuperarlo.
trouble-form-what = No se ha podido leer lo enviado.
trouble-form-safe = No se ha cambiado nada.
trouble-form-todo = Vuelva a cargar la página e inténtelo de nuevo.
trouble-aeroplane-what = El modo avión está activo, así que no se puede preguntar a la oficina.
trouble-aeroplane-safe = Todo se conserva aquí.
trouble-aeroplane-todo = Desactívelo en los ajustes e inténtelo de nuevo.
trouble-incomplete-what = El formulario no está completo: { $missing }
trouble-incomplete-todo = Responda esto primero y después firme.
trouble-input-what = Esto no encaja.
trouble-input-safe = No se ha tocado nada de lo guardado.
trouble-input-todo = Mire los detalles, corríjalo e inténtelo de nuevo.
trouble-shown-changed-what = Las páginas han cambiado desde que se mostraron.
trouble-shown-changed-safe = No se ha firmado nada.
trouble-shown-changed-todo = Muestre de nuevo las páginas antes de que nadie firme.
trouble-enrol-what = Este dispositivo no está registrado.
trouble-enrol-safe = No se ha tocado nada de lo guardado.
trouble-enrol-todo = Pida una invitación a la oficina y regístrelo.
trouble-locked-what = Este dispositivo lleva demasiado tiempo sin noticias de la oficina, así que su contenido está oculto.
trouble-locked-safe = No se ha perdido nada; lo que guarde se conserva y se envía.
trouble-locked-todo = Sincronice con la oficina y se mostrará todo de nuevo.
trouble-space-what = No hay espacio suficiente en este dispositivo.
trouble-space-safe = Lo guardado antes está a salvo.
trouble-space-todo = Libere espacio e inténtelo de nuevo.
trouble-update-what = Este programa es demasiado antiguo para sus datos.
trouble-update-safe = Los datos están intactos.
trouble-update-todo = Actualice el programa.
trouble-damaged-what = El almacén de este dispositivo está dañado.
trouble-damaged-safe = Lo que no se ha enviado está guardado dos veces, y lo enviado está en la oficina.
trouble-damaged-todo = Cierre la aplicación y vuelva a abrirla: repara el almacén y dice qué ha salvado.
trouble-environment-what = Este equipo no lo permite.
trouble-environment-safe = Lo guardado antes está a salvo.
trouble-environment-todo = Mire los detalles: permisos, disco, red. Después inténtelo de nuevo.
trouble-report-what = Esto no debería ocurrir.
trouble-report-safe = Lo guardado antes está a salvo.
trouble-report-todo = Inténtelo de nuevo y comunique los detalles si sigue igual.
trouble-enrol-offline-what = No se llega a la oficina.
trouble-enrol-offline-safe = La invitación sigue siendo válida.
trouble-enrol-offline-todo = Busque una red e inténtelo de nuevo.
trouble-enrol-busy-what = El servidor de la oficina no puede responder ahora.
trouble-enrol-busy-safe = La invitación sigue siendo válida.
trouble-enrol-busy-todo = Inténtelo más tarde.
trouble-enrol-used-what = Esta invitación ya se usó o es demasiado antigua.
trouble-enrol-used-safe = No se ha cambiado nada.
trouble-enrol-used-todo = Pida otra a la oficina.
trouble-enrol-unknown-what = Esta no es una invitación que la oficina conozca.
trouble-enrol-unknown-safe = No se ha cambiado nada.
trouble-enrol-unknown-todo = Cópiela de nuevo, entera, o pida otra.
trouble-enrol-untrusted-what = Esta no es la oficina que nombra la invitación.
trouble-enrol-untrusted-safe = No se ha enviado nada.
trouble-enrol-untrusted-todo = No continúe; pregunte a la oficina.
trouble-enrol-update-what = Este programa y el servidor de la oficina no se entienden.
trouble-enrol-update-safe = No se ha cambiado nada.
trouble-enrol-update-todo = Actualice este programa.
trouble-enrol-look-what = Nadie ha mirado aún qué oficina responde a esta invitación.
trouble-enrol-look-safe = No se ha enviado nada.
trouble-enrol-look-todo = Compruébelo y compare la huella con la que figura junto a la invitación.
trouble-enrol-locked-what = Lo que protege el testigo de este dispositivo está bloqueado u ocupado.
trouble-enrol-locked-safe = La invitación sigue siendo válida.
trouble-enrol-locked-todo = Desbloquee el dispositivo e inténtelo de nuevo.
field-outcome = lo que dice del trabajo
