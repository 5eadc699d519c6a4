# Palabras de estados, clases y funciones: `<tipo>-<palabra guardada>`.

## Clases de parte
class-A = A · facturable
class-B = B · contrato
class-C = C · gratuito en garantía
class-D = D · interno

## Lo que el cliente declara al firmar
outcome-accepted = Aceptado
outcome-remarks = Aceptado con observaciones
outcome-refused = Rechazado
outcome-absent = Nadie disponible para firmar

## En calidad de qué se firma
signer-engineer = Técnico
signer-customer = Cliente
signer-operator = Operador
signer-representative = Representante

## De dónde viene una respuesta
provenance-typed = escrito
provenance-scanned = escaneado
provenance-measured = medido
provenance-copied = copiado de la última visita
provenance-default = valor predeterminado
provenance-calculated = calculado

## Cuándo se tomó la foto
stage-found = Estado al llegar
stage-left = Estado al terminar
stage-other = Otro

## Estado de un trabajo, una visita, un parte o un borrador
state-new = Nuevo
state-planned = Planificado
state-travelling = De camino
state-on_site = En el lugar
state-waiting = En espera
state-left = Finalizada la visita
state-reassigned = Reasignado
state-open = Abierto
state-signed = Firmado y bloqueado
state-submitted = Pendiente de revisión
state-returned = Devuelto con observaciones
state-approved = Aprobado
state-cancelled = Cancelado
state-completed_after_cancel = Completado después de cancelarse
state-sealed = Firmado y bloqueado
state-discarded = Descartado

## Pasos de una visita
step-travel = Salida hacia el cliente
step-arrive = Llegada
step-leave = Salida del lugar

## En qué se empleó el tiempo
time-travel = Desplazamiento
time-work = Trabajo
time-waiting = Espera

## Por qué terminó la visita
leave-solved = Resuelto
leave-part = A la espera de un repuesto
leave-customer = A la espera del cliente
leave-workshop = A la espera del taller
leave-another_visit = Requiere otra visita

## Urgencia
priority-low = Baja
priority-normal = Normal
priority-high = Alta
priority-urgent = Urgente

## Lo que la máquina aún puede hacer
machine-down = Máquina parada
machine-limited = Funciona con límites
machine-running = En marcha

## Cómo llegó la llamada
channel-phone = Teléfono
channel-mail = Correo
channel-portal = Portal
channel-machine = Alarma de la máquina

## Funciones de las personas
role-engineer = Técnico
role-training_rep = Formador
role-manager = Responsable
role-call_desk = Atención de llamadas
role-store_keeper = Almacenero
role-accountant = Contable
role-product_designer = Diseñador de producto
role-sales = Ventas
role-auditor = Auditor
role-administrator = Administrador

## Por qué debe mirarlo una persona
flag-answer_conflict = Dos personas respondieron a una misma pregunta; se conservan ambas respuestas
flag-late_fact = Después de la firma llegó un dato de otro dispositivo
flag-completed_after_cancel = Cancelado en la oficina y realizado en el lugar
flag-two_documents = Se firmaron dos documentos para una misma visita
flag-two_amendments = Dos rectificaciones cambian el mismo documento
flag-number_twice = Un mismo número figura en dos documentos
flag-not_on_visit = Trabajo de alguien que no está en la visita
flag-item_restored = Una entrada borrada se editó en otro lugar y ha vuelto
flag-sign_off_incomplete = A una firma le falta lo que exige su clase

## Qué pasó con una orden
decision-accepted = Hecho
decision-refused = Rechazado
decision-waiting = En espera

## Si un dispositivo puede sincronizar
device-active = Activo
device-revoked = Revocado

## Por qué lo guarda un teléfono
holding-assigned = Asignado
holding-reference = Referencia
holding-related = Relacionado con un trabajo
holding-returned = Devuelto para corregir
holding-pinned = Fijado
holding-window = Cerrado hace poco

## Estados en pantalla
chip-machine-limited = Máquina limitada
chip-priority = Prioridad: { $priority }
