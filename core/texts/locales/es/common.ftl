# Palabras que comparten todas las partes: nombres de cosas, unidades, fechas.

language-en = Inglés
language-es = Español
language-zh-Hans = Chino (simplificado)
language-zh-Hant = Chino (tradicional)

yes = Sí
no = No
none = Ninguno
unknown = Desconocido

## Fechas
date = { $day } { $month } { $year }
date-time = { $date }, { $time }
month-1 = ene
month-2 = feb
month-3 = mar
month-4 = abr
month-5 = may
month-6 = jun
month-7 = jul
month-8 = ago
month-9 = sept
month-10 = oct
month-11 = nov
month-12 = dic
time-unverified = { $time } (reloj del teléfono, sin verificar)

## Duraciones y tamaños
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-hours-minutes = { $hours } h { $minutes } min
bytes-b = { $count } bytes
bytes-kb = { $size } kB
bytes-mb = { $size } MB
bytes-gb = { $size } GB
kilometres = { $count } km
percent = { $number } %

## Cosas
word-call = Llamada
word-job = Trabajo
word-visit = Visita
word-voucher = Parte de servicio
word-amendment = Rectificación
word-customer = Cliente
word-site = Emplazamiento
word-machine = Máquina
word-model = Modelo
word-serial = Número de serie
word-engineer = Técnico
word-part = Repuesto
word-form = Formulario
word-question = Pregunta
word-photo = Foto
word-evidence = Fotos y archivos
word-device = Dispositivo
word-person = Persona
word-hub = Servidor de la oficina

## Dinero
currency-before = { $amount } { $symbol }
currency-code = { $amount } { $code }
span = { $from } – { $to }
