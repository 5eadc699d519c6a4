# Why a command was refused: refusal-<code>. What happened, then what to do.
refusal-not_allowed = No tiene permiso para esto. Pida ayuda a un responsable o administrador.
refusal-own_voucher = Nadie revisa su propio parte. Pídaselo a otro responsable.
refusal-malformed = No se entendió: { $why }. Introdúzcalo de nuevo.
refusal-missing = Falta algo: { $field }. Complételo e inténtelo de nuevo.
refusal-wrong_answer = «{ $value }» no es válido. { $expected ->
    [integer] Se espera un número entero.
    [decimal] Se espera un número.
    [date] Se espera una fecha como 2026-11-22.
    [time] Se espera una hora como 14:30.
    [date_time] Se espera una fecha con hora.
    [option] Se espera una de las opciones de la lista.
    [read_only] Esta pregunta la rellena el formulario.
   *[other] Se espera otro tipo de respuesta.
  }
refusal-window_reversed = El final es anterior al comienzo. Cambie uno de los dos.
refusal-no_question = El formulario no tiene la pregunta «{ $question }».
refusal-no_record = Este registro no existe en la oficina ({ $kind }).
refusal-exists = Esto ya estaba registrado ({ $kind }). No hay que hacer nada.
refusal-signed = El parte está firmado y bloqueado. Abra una modificación para cambiarlo.
refusal-draft_closed = Esta modificación está cerrada. Abra otra.
refusal-state = No es posible en el estado actual: { $state }.
refusal-changed_since = Ha cambiado desde que lo miró. Mírelo de nuevo y decida.
refusal-media_missing = { $count } archivos citados no han llegado a la oficina. Espérelos o indique por qué no hacen falta.
refusal-unattested = El dispositivo aún no ha firmado este documento. Espere a su próxima sincronización o apruebe sin su firma.
refusal-several_documents = Hay varios documentos vigentes a la vez. Primero hace falta una modificación de todos.
refusal-waited_too_long = Lo que esto esperaba no llegó en treinta días.
refusal-defect = El servidor de la oficina no pudo decidirlo. Se guarda y se decide tras una actualización.
