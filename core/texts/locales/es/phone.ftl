# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = { $days ->
    [one] Este dispositivo debe sincronizarse en el plazo de un día; si no, su contenido quedará oculto hasta entonces. No se pierde nada.
   *[other] Este dispositivo debe sincronizarse en un plazo de { $days } días; si no, su contenido quedará oculto hasta entonces. No se pierde nada.
  }
lease-over = Este dispositivo lleva demasiado tiempo sin contacto con la oficina y su contenido está oculto. No se ha perdido nada: sincronice con la oficina y todo volverá a mostrarse.

# A damaged store: what was saved from it, what may be missing, where the damaged file lies.
salvaged = Los datos de este dispositivo estaban dañados y se han creado de nuevo. { $commands ->
    [one] Se recuperó una entrada que la oficina quizá no tenga, del { $last },
   *[other] Se recuperaron { $commands } entradas que la oficina quizá no tenga, la última del { $last },
  } con { $files ->
    [one] un archivo
   *[other] { $files } archivos
  }. Puede faltar lo guardado en los dos segundos anteriores al daño: revise su último trabajo. El archivo dañado se conserva en { $aside }.
salvaged-nothing = Los datos de este dispositivo estaban dañados y se han creado de nuevo. Ninguna entrada esperaba a la oficina, así que no se perdió ninguna, salvo lo guardado en los dos segundos anteriores al daño. El archivo dañado se conserva en { $aside }.

attention-lost_key = La clave con la que firma este dispositivo ya no existe y la oficina no puede verificar lo que firma. Su trabajo se conserva: pida una invitación a la oficina y vuelva a registrar este dispositivo; su trabajo lo acompaña.
attention-lost_token = El testigo con el que este dispositivo llama a la oficina ya no se puede abrir, o esto es copia de otro dispositivo. No se pierde nada de lo guardado: pida una invitación nueva a la oficina y vuelva a registrar este dispositivo; lo pendiente se envía cuando usted lo confirme.
attention-strange_hub = Lo que responde en la dirección de su oficina no es el servidor de su empresa, o su clave ha cambiado y nadie de confianza responde por ella. No se le ha enviado nada; todo se conserva aquí. Use otra red; si sigue igual, llame a la oficina y registre de nuevo solo con una invitación cuya huella de clave le lean.
attention-log_changed = El registro de lo que recibió la oficina no coincide con lo que este dispositivo vio antes: algo se cambió o se omitió después. Su trabajo está a salvo en este dispositivo y se sigue enviando. Avise a su administrador y envíele el diagnóstico de este dispositivo: contiene la prueba.

console-event-amendment-reason = Motivo de la rectificación cambiado

# The departure check: one line each, here or missing with what to do.
departure-ready = Todo lo de este trabajo está en este dispositivo.
departure-not-ready = Aún no está en este dispositivo todo lo de este trabajo.
departure-job = El trabajo y sus visitas
departure-job-missing = El trabajo no ha llegado completo: sincronice antes de salir.
departure-form = El formulario
departure-form-missing = El formulario no ha llegado: sincronice antes de salir.
departure-customer = Cliente y lugar
departure-customer-missing = Faltan los datos del cliente o del lugar: sincronice antes de salir.
departure-contact = Un teléfono del cliente
departure-contact-missing = No se conoce ningún teléfono en el cliente: pregunte a la oficina.
departure-machine = La máquina
departure-machine-missing = Los datos de la máquina no han llegado: sincronice antes de salir.
departure-history = Las visitas anteriores a la máquina
departure-history-missing = No han llegado todas las visitas anteriores a la máquina: sincronice antes de salir.
departure-documents = Los documentos firmados en visitas anteriores
departure-documents-missing = No han llegado todos los documentos firmados en visitas anteriores: sincronice antes de salir.
departure-parts = La lista de piezas
departure-parts-missing = La lista de piezas no ha llegado completa: sincronice antes de salir.
departure-stock = Todas las piezas de desgaste están en su furgoneta
departure-stock-missing = En su furgoneta no queda ninguna de estas piezas de desgaste: { $missing }

job-choice-today = Hoy
job-choice-open = Abiertos
job-choice-mine = Los que dirijo
job-choice-returned = Devueltos
job-choice-own = Todos los míos
job-choice-all = Todo lo que hay aquí
