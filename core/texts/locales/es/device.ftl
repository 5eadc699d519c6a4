# Texts of the phone's screens.
question-missing = Hace falta una respuesta.
question-violated = Esta respuesta está fuera de lo que permite el formulario.
question-not-an-option = Esta respuesta ya no está entre las opciones.

status-safe = Todo lo de aquí está a salvo en la oficina.
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
attention-fork = Este almacén es copia de uno que sigue en otro dispositivo. Su trabajo se conserva; dé de alta este dispositivo de nuevo.
attention-held = Aquí espera trabajo del dispositivo anterior. Confirme que lo envía este dispositivo.
