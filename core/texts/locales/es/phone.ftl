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

console-event-amendment-reason = Motivo de la rectificación cambiado
