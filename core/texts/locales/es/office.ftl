## Devices that a restored hub does not know
problem-unconfirmed = El servidor de la oficina se restauró de una copia y aún no conoce este dispositivo. Lo que guardó se envía y se conserva allí; un administrador debe confirmar el dispositivo antes de que llegue algo.
error-unconfirmed = La oficina debe confirmar primero este dispositivo. Lo enviado se conserva; pregunte a un administrador.
device-unconfirmed = Por confirmar
state-active = Activo
state-revoked = Revocado
state-unconfirmed = Por confirmar
console-sort-device = Dispositivos desconocidos
console-sort-device-lead = Estos dispositivos se registraron después de la copia de la que se restauró este servidor. Lo que envían se conserva y no tiene efecto hasta que un administrador confirme el dispositivo.
console-device-asks = El dispositivo { $code } de { $name } pide volver
console-device-vouched = La clave de la empresa firmó su credencial, y posee la clave que figura en ella. Pregunte a la persona si el dispositivo sigue en sus manos.
console-device-person-unknown = { $name } no está entre las personas: al confirmar se añade como técnico.
console-device-waiting = Esperan aquí { $commands } entradas y { $files } archivos ({ $bytes })
console-device-fingerprint = Clave
console-confirm-device = Confirmar el dispositivo
console-turn-down-device = Rechazar el dispositivo
console-how-known = ¿Cómo sabe que es el dispositivo de esa persona?
console-done-device-confirmed = Dispositivo confirmado: lo enviado se evalúa ahora
console-done-device-turned-down = Dispositivo rechazado: lo enviado se conserva y no tiene efecto
console-event-device-introduce = Un dispositivo desconocido mostró su credencial
console-event-device-confirm = Dispositivo confirmado

## Keys of the office
console-office-key-rotate = Clave de la empresa rotada
console-office-recovery-renew = Clave de recuperación renovada
console-sent-fingerprint = Huella
console-from-commands = la línea de órdenes del servidor

## What was asked for
console-judge-again = Decidir de nuevo
console-what-was-mended = ¿Qué corrigió?
console-done-judged = Decidido de nuevo
console-office-refusal-again = Trabajo rechazado decidido de nuevo
console-part-named = { $code } { $name }
console-sent-part = Repuesto
console-sent-depot = Almacén
console-sent-to = A
console-sent-amount = Importe
console-sent-unit-price = Precio unitario
console-sent-payer = Paga
console-sent-class = Clase
console-sent-machine = Máquina
console-sent-machine-state = Estado de la máquina
console-sent-batch = Lote o serie
console-sent-window = Cita
console-sent-method = Forma de pago
console-sent-symptom = Síntoma
console-sent-cause = Causa
console-sent-remedy = Remedio
console-sent-findings = Hallazgos
console-sent-received-from = Recibido de
console-sent-add = Añadido
console-sent-remove = Retirado
console-sent-stage = Fase
console-sent-note = Nota
console-sent-title = Título
console-sent-granted = Concedido
console-sent-answer = Respuesta

## Forms that somebody else saved meanwhile
console-stored-now = Guardado ahora
console-change-from-to = { $before } → { $after }
console-change-nothing = nada
field-capture_reserve_bytes = espacio libre antes de capturar, en bytes
field-grace_days = días en los teléfonos
console-policy-rates = Coste de mano de obra, viaje y kilómetros
console-policy-rates-none = sin tarifas
console-policy-rates-hint = El teléfono propone cargos según estas tarifas para partes de la misma moneda; una persona acepta o cambia cada uno. Una tarifa por tipo y moneda. Deje el precio vacío para quitar una tarifa.
console-policy-rate-kind = Por
console-policy-rate-price = Precio unitario
console-policy-rate-currency = Moneda
console-policy-rate-tax = Impuesto, por ciento
console-policy-rate-labour = Mano de obra, una hora
console-policy-rate-travel = Viaje, una hora
console-policy-rate-waiting = Espera, una hora
console-policy-rate-kilometres = Un kilómetro
console-policy-rate-call_out = Desplazamiento, una visita
console-policy-rate-other = Otros
console-policy-rate-line = { $kind }: { $price }, impuesto { $tax } %
console-policy-says-rates = { $rate }.
console-policy-says-no-rates = Sin tarifas: los cargos se escriben a mano.
console-trouble-policy-rates-what = Una tarifa no es válida
console-trouble-policy-rates-safe = No se cambió nada.
console-trouble-policy-rates-todo = Corrija lo que está marcado abajo.
console-rate-twice = Este tipo ya tiene una tarifa en esta moneda.
console-rate-currency = Escriba la moneda en tres letras, como EUR.

## Done with the command line
console-office-webhook-private = Webhooks a la red propia
console-office-metrics-token = Clave para las métricas

## Handed over
attention-refused_carried = La oficina rechazó una entrada de { $name } que vino con la entrega: { $why } { $name } también la ve y la corrige; aquí no tiene efecto.
attention-title-refused_carried = Se rechazó una entrada de un compañero

## Before departure, as the office knows it
console-departure = Antes de salir
console-departure-of = { $name }, dispositivo { $code }
console-departure-no-device = { $name } no tiene ningún dispositivo que sincronice con la oficina.
console-departure-ready = Se envió todo para este trabajo
console-departure-not-ready = No se envió todo para este trabajo
console-departure-lacks = Falta: { $what }
console-departure-lacks-these = Falta: { $what } ({ $missing })
console-departure-note = Lo que este servidor envió al dispositivo; el propio dispositivo muestra la misma luz para lo que tiene.

## Stock before departure
console-departure-stock = piezas de desgaste en el almacén propio
