# Texts of the field app's pages around a visit: drawing, people, class, requests, remote visits, nameplates; and of the console that answers.

## Drawing over a photo
laptop-draw = Dibujar en la foto
laptop-draw-tool = Qué
laptop-draw-ink = Color
laptop-draw-words = Texto de la etiqueta
laptop-draw-words-hint = Escriba primero y después toque la foto donde deba ir la etiqueta.
laptop-draw-words-first = Escriba primero el texto de la etiqueta.
laptop-draw-placed = Dibujado
laptop-draw-begun = Empezado: mueva con las flechas, Intro termina, Escape abandona.
laptop-draw-at = { $x } % desde la izquierda, { $y } % desde arriba
laptop-draw-board = Foto para dibujar
laptop-draw-keys = Con teclado: las flechas mueven una cruz (con Mayús a pasos grandes), Intro empieza y termina, Escape abandona, Supr quita lo último, Ctrl Z deshace.
laptop-draw-undo = Deshacer
laptop-draw-redo = Rehacer
laptop-draw-clear = Quitar todo
laptop-draw-list = Lo dibujado
laptop-draw-none = Nada todavía: dibuje en la foto.
laptop-draw-what = La foto queda como se tomó. El dibujo es una capa aparte encima de ella.
laptop-verb-draw = Guardar dibujo
laptop-done-drawn = Dibujo guardado
laptop-done-undrawn = Dibujo quitado
shape-arrow = Flecha
shape-circle = Círculo
shape-line = Línea libre
shape-text = Etiqueta
ink-red = Rojo
ink-yellow = Amarillo
ink-blue = Azul
ink-black = Negro
ink-white = Blanco
laptop-finding-mixed = Dos tipos de archivo en uno
laptop-finding-time = Su propia hora está lejos de la captura
laptop-finding-claims = Sus propios datos no se pueden leer

## People of a visit
laptop-people = Personas
laptop-lead = Dirige la visita
laptop-helpers = Ayudantes
laptop-no-helpers = Nadie ayuda en esta visita.
laptop-no-colleagues = Este dispositivo aún no conoce a ningún compañero.
laptop-helpers-what = Quien ayuda recibe el trabajo en su dispositivo con la próxima sincronización. Lo que alguien hizo antes de dejarlo se conserva.
laptop-helpers-lead-says = Solo quien dirige una visita abierta decide quién ayuda.
laptop-done-people = Ayudantes cambiados

## The class of a voucher
laptop-class-why-now = Se cambió porque:
laptop-class-which = ¿Cómo se paga esta visita?
laptop-class-proposed = Propuesta
laptop-class-payer-customer = Paga el cliente.
laptop-class-payer-contract = Lo cubre el contrato de servicio.
laptop-class-payer-warranty = Gratis para el cliente: lo cubre la garantía.
laptop-class-payer-internal = No se cobra a nadie: es trabajo propio.
laptop-class-signed = El cliente firma.
laptop-class-unsigned = Solo firma usted.
laptop-class-reason = ¿Por qué otra clase?
laptop-class-reason-hint = El responsable ve el motivo con el parte.
laptop-verb-class = Fijar clase
laptop-done-class = Clase fijada

## Asking the office
laptop-ask = Pedir a la oficina
laptop-ask-what = ¿Qué necesita?
wish-window = Otra cita
wish-parts = Más repuestos
wish-colleague = Un compañero que ayude
wish-question = Respuesta a una pregunta
wish-change = Corregir un dato
laptop-window-from = No antes de
laptop-window-to = No después de
laptop-ask-field = ¿Qué está mal?
laptop-ask-reason = En sus palabras
laptop-ask-reason-hint = Qué repuesto y cuántos, quién y cuándo, o por qué: la oficina lee exactamente esto.
laptop-verb-ask = Pedir
laptop-done-asked = Pedido; la respuesta aparece aquí
laptop-asked = Pedido a la oficina
request-answered = Respondida
laptop-nothing-asked = Lo que pida aparece aquí con la respuesta de la oficina.
laptop-office-answer = La oficina responde

## Further visits, and visits by phone or video
laptop-plan = Planear visita
laptop-plan-what = Otra visita suya en este trabajo, con su propio parte. El número lo da este dispositivo.
laptop-plan-where = ¿Dónde?
laptop-on-site = En las instalaciones del cliente
laptop-remote = A distancia
laptop-plan-window-hint = Sin horas, la visita queda sin cita.
laptop-collects = También recoge la firma de
laptop-verb-plan = Planear visita
laptop-done-planned = Visita planeada
laptop-verb-remote = Hacerla por teléfono o vídeo
laptop-verb-on-site = Ir al final
laptop-done-remote = Esta visita es ahora por teléfono o vídeo
laptop-done-on-site = Esta visita vuelve a ser en las instalaciones del cliente
laptop-remote-what = Por teléfono o vídeo: no hay nadie para firmar. Una visita posterior recoge la firma.
laptop-remote-visits = Visitas a distancia
laptop-waiting-what = Se hicieron por teléfono o vídeo para este cliente y esperan una firma.
laptop-verb-collect = Firmar en esta visita
laptop-done-collected = Añadida: se puede firmar en esta visita
laptop-sign-remote = Firmar { $number }
laptop-step-begin = Empezar
laptop-verb-begin = Empezar la sesión
laptop-step-end = Terminar
laptop-verb-end = Terminar la sesión

## Taken over, and not registered
laptop-held-before = Tomado de { $name }. Cuando se le asignó a usted, su dispositivo se había comunicado por última vez el { $time }: lo que no hubiera enviado hasta entonces puede seguir solo allí.
laptop-held-before-unheard = Tomado de { $name }. Nunca se supo de ningún dispositivo suyo.
laptop-carried-from = Usted sigue con el trabajo de { $name } a partir de su archivo de traspaso.
laptop-unregistered = Esta máquina no está registrada. La oficina la registra con la placa o el número de serie.

## A job from a nameplate
laptop-nameplate = Placa
laptop-new-nameplate = Trabajo a partir de una placa
laptop-nameplate-what = Para una máquina que nadie registró: fotografíe primero la placa y después escriba lo que se pueda leer.
laptop-nameplate-take = Fotografiar la placa
laptop-nameplate-kept = La foto está guardada ({ $size }). Ahora el trabajo.
laptop-nameplate-serial-hint = Hasta donde se pueda leer; puede quedar vacío.
laptop-nameplate-drop = Sin trabajo: quitar la foto
laptop-done-nameplate-dropped = Se quitó la foto

## Parts, times and the meter
laptop-part-details = Lote, almacén, quién paga
laptop-part-from = Tomado de
laptop-part-elsewhere = No de nuestro almacén
laptop-stock-place = { $place }: { $count }
laptop-part-payer = Quién paga
laptop-payer-by-class = Según la clase
laptop-correct = Corregir
laptop-verb-correct = Corregir
laptop-done-time-corrected = Tiempo corregido
laptop-meter-before = Antes
laptop-meter-now = En esta visita
laptop-meter-backward = { $value } (menos que antes: se conserva, no se adopta)
field-window = las dos horas de la cita

## The console answers
console-requests = Peticiones del campo
console-request-answer = Respuesta
console-grant-window = Aceptar
console-grant-parts = Se hará
console-grant-colleague = Se hará
console-grant-question = Responder
console-grant-change = Cambiarlo como se pide
console-decline = Rechazar
console-asked-window = Cita pedida
console-asked-field = { $about }: { $field }
console-visit-where = Dónde
console-collected-by = La firma se recoge en
console-collected-nowhere = una visita posterior
console-collects = Recoge la firma de
console-open-request = Ver y responder
console-done-decided = Respondido
console-sort-request = Peticiones
console-sort-request-lead = El campo pide y espera respuesta.
console-event-visit-remote = Cambió entre presencial y a distancia
console-event-visit-collect = Recoge aquí la firma de una visita a distancia
command-visit-remote = A distancia o presencial
command-visit-collect = Firma recogida
command-visit-staff = Ayudantes
command-class-set = Clase
command-request-make = Petición a la oficina
command-evidence-annotate = Dibujo
command-job-diagnose = Diagnóstico
console-plan-remote = Por teléfono o vídeo: una visita posterior recoge la firma

document-not-here = Este documento se firmó en otro dispositivo y su archivo no está en este. Lo firmado figura en el historial; la oficina tiene el documento.
laptop-new-known = Registrada: { $about }
laptop-new-look-up = Consultar
laptop-take-back = Devolver
laptop-done-part-back = Devuelto
laptop-done-charge-corrected = Cargo corregido
