# Texts of the phone's screens.
question-missing = Hace falta una respuesta.
question-violated = Esta respuesta está fuera de lo que permite el formulario.
question-not-an-option = Esta respuesta ya no está entre las opciones.

status-nothing-here = En este dispositivo aún no hay nada registrado.
status-safe = Todo lo de aquí está a salvo en la oficina.
status-needs-you = { $count ->
    [one] Hay un asunto que usted debe atender.
   *[other] Hay { $count } asuntos que usted debe atender.
  }
status-commands-only-here = { $count ->
    [one] Una entrada está solo en este dispositivo.
   *[other] { $count } entradas están solo en este dispositivo.
  }
status-files-only-here = { $count ->
    [one] Un archivo ({ $size }) está solo en este dispositivo.
   *[other] { $count } archivos ({ $size }) están solo en este dispositivo.
  }

attention-unattested = Las personas han firmado este documento y falta la firma del propio dispositivo. No se pierde nada; desbloquee el dispositivo.
attention-damaged_file = Los bytes de este archivo se dañaron en este dispositivo y no se envía. Tome la foto de nuevo.
attention-unfiled_file = Este archivo se capturó y no se archivó antes de pararse la aplicación. Está a salvo; archívelo en un trabajo.
attention-waiting_file = { $name } se capturó y aún no está en ningún trabajo. Está a salvo en este dispositivo; archívelo en un trabajo.
attention-fork = Este almacén es copia de uno que sigue en otro dispositivo. Su trabajo se conserva; dé de alta este dispositivo de nuevo.
attention-held = Aquí espera trabajo del dispositivo anterior. Confirme que lo envía este dispositivo.

# Qué detiene la sincronización y qué puede hacer la persona. Nada de lo guardado se toca.
problem-offline = No se llega a la oficina. Siga trabajando: todo se guarda aquí y se envía cuando haya red.
problem-captive_portal = Responde algo que no es la oficina. Inicie sesión en la página de esta red o use otra red.
problem-hub_busy = El servidor de la oficina pide esperar. Se vuelve a intentar automáticamente.
problem-hub_storage = El servidor de la oficina no tiene espacio. Avise a la oficina; todo se guarda aquí mientras tanto.
problem-not_understood = Este programa y el servidor de la oficina no se entienden. Actualice este programa.
problem-local_store = Este dispositivo no puede escribir. Libere espacio y sincronice de nuevo.
problem-untrusted = Lo que responde en la dirección de su oficina no es el servidor de su empresa, o su clave ha cambiado y nadie de confianza responde por ella. No se le ha enviado nada; todo se conserva aquí. Use otra red; si sigue igual, llame a la oficina y registre de nuevo solo con una invitación cuya huella de clave le lean.
problem-command_too_large = Una entrada es mayor de lo que admite el servidor de la oficina. Avise a la oficina; todo se guarda aquí.
problem-missing_on_hub = Al servidor de la oficina le faltan entradas que este dispositivo ya no tiene. Avise a la oficina.
problem-fork = Los datos de este dispositivo se copiaron o restauraron en otro. Pida una invitación a la oficina y registre de nuevo este dispositivo; su trabajo se conserva.
problem-revoked = La oficina ha revocado este dispositivo. Lo que guardó se sigue enviando y espera allí a una persona; pregunte a la oficina.
problem-sign_in = El servidor de la oficina no conoce este dispositivo. Pida una invitación a la oficina y regístrelo de nuevo; su trabajo se conserva.
problem-token_locked = El testigo con el que este dispositivo llama a la oficina está bloqueado hasta que se desbloquee el dispositivo. Desbloquéelo; la sincronización sigue después automáticamente. Mientras tanto se puede guardar y firmar.
problem-token_lost = El testigo con el que este dispositivo llama a la oficina ya no existe, o esto es copia de otro dispositivo. No se pierde nada de lo guardado: pida una invitación a la oficina y vuelva a registrar este dispositivo; su trabajo lo acompaña.

file-safety-office = A salvo en la oficina
file-safety-here = Solo en este dispositivo
file-safety-elsewhere = De otro dispositivo
