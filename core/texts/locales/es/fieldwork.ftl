# Words of parts, prices, stock, cash and requests: `<kind>-<word as stored>`.

## Kinds of records
kind-code = Entrada de lista
kind-price = Precio
kind-depot = Almacén
kind-movement = Movimiento de almacén
kind-stock = Existencias
kind-cash_receipt = Recibo de cobro
kind-request = Solicitud

## Editable lists
list-symptom = Síntomas
list-cause = Causas
list-remedy = Soluciones
list-customer_class = Clases de cliente
list-remark = Observaciones habituales

## Who pays for a line
payer-customer = Cliente
payer-contract = Contrato
payer-warranty = Garantía
payer-internal = Interno

## Kinds of spare parts
part_group-wear = Pieza de desgaste
part_group-consumable = Consumible
part_group-standard = Pieza normalizada
part_group-tool = Herramienta
part_group-auxiliary = Equipo auxiliar

## What a charge is for
charge-labour = Mano de obra
charge-travel = Tiempo de viaje
charge-waiting = Tiempo de espera
charge-kilometres = Kilómetros
charge-call_out = Desplazamiento
charge-other = Otros

## Why stock moved
movement-used = Usado en una visita
movement-received = Recibido
movement-transferred = Traspasado
movement-counted = Recuento
movement-scrapped = Desechado

## How money was given and where it is
cash-cash = Efectivo
cash-card = Tarjeta
cash-cheque = Cheque
cash-transfer = Transferencia
cash_state-taken = En poder del técnico
cash_state-handed_over = Entregado
cash_state-received = Recibido por contabilidad

## Where a request stands
request-open = Espera a la oficina
request-granted = Concedida
request-declined = Denegada

## Why a person should look
flag-unknown_part = Se anotó una pieza cuyo código no está en el catálogo
flag-unknown_code = Un síntoma, causa o solución no está en su lista
flag-meter_backward = Un contador marca menos que antes
flag-corrected_twice = Dos personas corrigieron el mismo tiempo o cargo: cuenta una corrección
flag-negative_stock = Salió más de una pieza de lo que había en el almacén
flag-class_changed = La clase se cambió en campo
flag-cash_differs = Contabilidad contó una suma distinta de la del recibo

## Why a command was refused
refusal-too_long = { $field }: demasiado largo, { $length } caracteres; como máximo { $limit }. Acórtelo o adjunte el texto largo como archivo.
refusal-too_many = { $field }: { $count } entradas; como máximo { $limit }. Quite algunas o introdúzcalas en varios pasos.
refusal-out_of_range = { $field } debe estar entre { $least } y { $most }. Compruebe el número.
refusal-not_a_number = «{ $value }» no es un número para { $field }. Escriba cifras, por ejemplo 2 o 0.5.
refusal-no_currency = { $field }: «{ $currency }» no es una moneda. Use las tres letras mayúsculas, por ejemplo EUR.
refusal-currencies = Este parte está en { $voucher } y este importe en { $given }. Un parte tiene una sola moneda: introdúzcalo en { $voucher }.
refusal-more_than_booked = Devuelve { $quantity } × { $code }, pero en esta visita solo hay { $booked } anotadas. Devuelva { $booked } como máximo.
refusal-line_does_not_add_up = Los importes de «{ $what }» no cuadran. Introduzca de nuevo cantidad y precio.

## The same, at the console
console-refused-too_long = Un texto es demasiado largo
console-refused-too_many = Una lista es demasiado larga
console-refused-out_of_range = Un número está fuera de sus límites
console-refused-not_a_number = Se espera un número
console-refused-no_currency = Un importe no indica moneda
console-refused-currencies = Dos monedas en un parte
console-refused-more_than_booked = Se devuelve más de una pieza de lo anotado
console-refused-line_does_not_add_up = Los importes de una línea no cuadran

## What happened, in the timeline
console-event-visit-appoint = Cita cambiada
console-event-visit-staff = Ayudantes cambiados
console-event-job-change = Trabajo corregido
console-event-job-link_machine = Máquina vinculada
console-event-job-diagnose = Diagnóstico anotado
console-event-class-set = Clase cambiada
console-event-request-make = Cambio solicitado
console-event-request-decide = Solicitud resuelta
console-event-stock-move = Movimiento de almacén
console-event-cash-take = Cobro en el lugar
console-event-cash-hand_over = Cobro entregado
console-event-cash-receive = Cobro recibido

## Fields that a refusal names
field-minutes = minutos
field-kilometres = kilómetros
field-value = valor
field-meter = lectura del contador
field-tax_basis_points = tipo de impuesto
field-amount = importe
field-price = precio
field-unit_price = precio unitario
field-net = importe neto
field-tax = impuesto
field-received_from = quién entregó el dinero
field-number = número
field-findings = hallazgos
field-answer = respuesta
field-fields = qué debe cambiar
field-note = nota
field-to = el almacén de destino
field-helpers = ayudantes
field-batch = lote o serie
field-address = dirección
field-phone = teléfono
field-email = correo electrónico
field-wear_parts = piezas de desgaste
field-rates = tarifas
field-currency = moneda
field-question = pregunta
field-symptom = síntoma
field-cause = causa
field-remedy = solución
field-place = lugar
field-caller = quien llama
field-label = texto de la pregunta
state-received = Recibido por contabilidad

## On the pages of a voucher
voucher-diagnosis = Diagnóstico
voucher-list-symptom = Síntoma
voucher-list-cause = Causa
voucher-list-remedy = Solución
voucher-meter = Contador
voucher-findings = Hallazgos
voucher-place = Lugar
voucher-remote = A distancia, por teléfono o vídeo
voucher-left = Motivo de salida
voucher-class-reason = Motivo de la clase
voucher-charge-counted = { $what }, { $quantity } × { $price }

## A cash receipt
cash-title = Recibo de cobro
cash-received-from = Recibido de
cash-method = Forma de pago
cash-tax-included = Impuesto incluido
cash-for-voucher = Por el parte de servicio
cash-note = Nota
