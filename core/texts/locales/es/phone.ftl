# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = { $days ->
    [one] Este dispositivo debe sincronizarse en el plazo de un día; si no, su contenido quedará oculto hasta entonces. No se pierde nada.
   *[other] Este dispositivo debe sincronizarse en un plazo de { $days } días; si no, su contenido quedará oculto hasta entonces. No se pierde nada.
  }
lease-over = Este dispositivo lleva demasiado tiempo sin contacto con la oficina y su contenido está oculto. No se ha perdido nada: sincronice con la oficina y todo volverá a mostrarse.
