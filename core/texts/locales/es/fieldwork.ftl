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
flag-negative_stock = Salió más de una pieza de lo que había en el almacén
flag-class_changed = La clase se cambió en campo
flag-cash_differs = Contabilidad contó una suma distinta de la del recibo
