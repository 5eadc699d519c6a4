# Fotos, vídeos y archivos: lo dibujado sobre ellos, su serie, lo que llama la atención.

## Dibujar sobre una foto
refusal-not_a_picture = «{ $name }» no es una imagen. Dibuje sobre una foto.
console-refused-not_a_picture = «{ $name }» no es una imagen; solo se puede dibujar sobre una imagen
console-event-evidence-annotate = { $count ->
    [one] Dibujo sobre una foto
   *[other] { $count } dibujos sobre fotos
}
kind-annotation = Dibujo sobre una foto
evidence-drawn-by = Con dibujos de { $names }
evidence-drawing-full = Este dibujo ya tiene todo lo que cabe. Guárdelo o quite antes una forma.

## Lo que llama la atención de un archivo
console-finding-claims = Sus propios datos no se pueden leer
console-finding-mixed = Dos tipos de archivo en uno
console-finding-time = Su propia hora está lejos de la captura
console-claims-duration = Duración según el archivo: { $value }
console-claims-codec = Codificado como { $value }
console-claims-pages = { $count ->
    [one] { $count } página
   *[other] { $count } páginas
}

## La serie de capturas
evidence-set-place = N.º { $number }
set-missing = Falta la captura { $number } de { $name }
set-changed = La captura { $number } de { $name } se cambió por otra o se alteró su hora
set-twice = Dos capturas de { $name } llevan el número { $number }
set-clock_set = Se ajustó el reloj antes de la captura { $number } de { $name }
evidence-set-whole = Capturas de { $name }: { $count ->
    [one] { $count }, completa y en su orden
   *[other] { $count }, ninguna falta, ni fue cambiada ni alterada en su hora
}
evidence-set-broken = Capturas de { $name }: hasta el número { $count }, serie incompleta o alterada
verify-set-missing = Falta la captura { $number } de { $name } en la serie que se selló.
verify-set-changed = La captura { $number } de { $name } se cambió por otra o se alteró su hora.
verify-set-twice = Dos capturas de { $name } llevan el número { $number }.
verify-set-clock_set = Se ajustó el reloj antes de la captura { $number } de { $name }, y la serie sellada no lo dice.
verify-set-differs = Las capturas de { $name } no son la serie que se selló.
evidence-set-facts = { $place } · { $facts }
evidence-running-time = Duración { $time }
evidence-chosen = Elegido entre los archivos el { $time }
evidence-chosen-taken = Tomado el { $taken } según el archivo, elegido el { $time }

## Membrete y valoración
letterhead-tax-number = { $label } n.º { $number }
signature-aspects = Valoración en detalle
signature-aspect = { $aspect }: { $score } de 5
aspect-timeliness = Puntualidad
aspect-thoroughness = Minuciosidad
aspect-documents = Documentación
aspect-skill = Competencia
aspect-training = Formación
aspect-attitude = Trato

## Leer lo que se firmó en otro idioma
console-as-signed = Como se firmó: { $text }
console-signed-answer = { $question }: { $answer }
console-as-written = tal como se escribió en { $language }
