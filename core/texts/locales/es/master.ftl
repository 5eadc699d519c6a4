# Master data at the console: books, fields, what is wrong with a value.

## The books of the office
master-book-branches = Delegaciones
master-one-branches = Delegación
master-book-people = Personas y dispositivos
master-one-people = Persona
master-book-codes = Listas de códigos
master-one-codes = Entrada de lista
master-book-customers = Clientes
master-one-customers = Cliente
master-book-contacts = Contactos
master-one-contacts = Contacto
master-book-sites = Instalaciones
master-one-sites = Instalación
master-book-parts = Recambios
master-one-parts = Recambio
master-book-prices = Listas de precios
master-one-prices = Precio
master-book-models = Modelos de máquina
master-one-models = Modelo de máquina
master-book-machines = Máquinas
master-one-machines = Máquina
master-book-depots = Almacenes
master-one-depots = Almacén
master-new-branches = Nueva delegación
master-new-people = Nueva persona
master-new-codes = Nueva entrada de lista
master-new-customers = Nuevo cliente
master-new-contacts = Nuevo contacto
master-new-sites = Nueva instalación
master-new-parts = Nuevo recambio
master-new-prices = Nuevo precio
master-new-models = Nuevo modelo de máquina
master-new-machines = Nueva máquina
master-new-depots = Nuevo almacén

## Fields
master-field-name = Nombre
master-field-address = Dirección
master-field-phone = Teléfono
master-field-email = Correo electrónico
master-field-number = Número
master-field-roles = Funciones
master-field-branch = Delegación
master-field-language = Idioma
master-field-list = Lista
master-field-code = Código
master-field-class = Categoría
master-field-tax_number = NIF
master-field-currency = Moneda
master-field-customer = Cliente
master-field-position = Cargo
master-field-group = Tipo de recambio
master-field-unit = Unidad
master-field-price = Precio
master-field-tax = Tipo impositivo
master-field-wear = Se desgasta y se cambia con regularidad
master-field-part = Recambio
master-field-meter_unit = Unidad del contador
master-field-form = Formulario de servicio
master-field-wear_parts = Piezas de desgaste
master-field-serial = Número de serie
master-field-model = Modelo
master-field-site = Instalación
master-field-place = Lugar en la instalación
master-field-installed = Instalada el
master-field-warranty_until = Garantía hasta
master-field-contract = Contrato de servicio
master-field-meter = Contador
master-field-software = Versión del software
master-field-person = Furgoneta de
master-field-tax_label = Nombre del impuesto
master-field-zone = Zona horaria

## Help beside a field, and in the templates of files
master-help-number = Los archivos identifican el registro por él; no puede repetirse.
master-help-code = Los archivos identifican el registro por él; no puede repetirse.
master-help-customer = Número o nombre del cliente.
master-help-site = Nombre de una instalación de este cliente.
master-help-part = Código del recambio.
master-help-wear_parts = Códigos de recambios, separados por punto y coma.
master-help-tax = En porcentaje, por ejemplo 21.
master-help-tax_label = Se imprime junto al impuesto, por ejemplo IVA.
master-help-price = En la moneda de la empresa o en la de la lista de precios.
master-help-currency = Tres letras, por ejemplo EUR. Vacía en un cliente significa la de la empresa.
master-help-meter_unit = Por ejemplo h o km; vacía si el modelo no tiene contador.
master-help-zone = Las horas de los documentos van en esta zona.
master-help-class = Un código de la lista de categorías de clientes.

## What can be done
master-new = Nuevo
master-edit = Editar
master-edit-title = Editar { $name }
master-archive = Archivar
master-bring-back = Recuperar
master-undo = Deshacer
master-back = Volver sin guardar
master-add = Añadir
master-csv = Guardar como CSV
master-clear = Quitar filtros
master-all = Ver todo

## Lists and pages of records
master-filter = Filtrar la lista
master-words = Buscar en esta lista
master-in-use = En uso
master-archived = Archivado
master-customer-empty = Número o nombre; vacío para el cliente de la máquina.
master-first-page = Primera página
master-beside = Listas relacionadas
master-nothing-fits = Nada coincide con los filtros.
master-nothing-yet = Aquí aparecen: { $book }. Cree el primer registro o importe un archivo.
master-unnamed = (sin nombre)
master-none = Ninguno
master-nothing = (vacío)
master-none-here = Todavía ninguno.
master-needed = obligatorio
master-now = Guardado ahora:
master-yes = Sí
master-no = No
master-in-language = { $field } · { $language }
master-facts = Datos
master-jobs = Trabajos
master-history = Historial
master-history-empty = Aquí aparecen los trabajos de esta máquina.
master-parts-used = Recambios usados:
master-earlier = Trabajos anteriores
master-company = Empresa
master-logo = Logotipo
master-logo-now = El logotipo actual
master-logo-none = No imprimir logotipo
master-logo-hint = PNG o JPEG de hasta 512 kB; se imprime en todos los documentos.
master-files = { $count ->
    [one] Una foto o archivo
   *[other] { $count } fotos y archivos
}

## What is wrong with a value
master-flaw-missing = Este dato es obligatorio.
master-flaw-missing-name = Hace falta un nombre en al menos un idioma.
master-flaw-too-long = Es demasiado largo: { $most } caracteres como máximo.
master-flaw-unwritable = Contiene caracteres que no se pueden imprimir; escríbalo de nuevo.
master-flaw-day = «{ $value }» no es una fecha; escríbala como 2026-12-31.
master-flaw-day-order = «{ $value }» se puede leer de dos maneras; indique si va primero el día o el mes, o escriba 2026-12-31.
master-flaw-number = «{ $value }» no es un número.
master-flaw-number-sign = «{ $value }» se puede leer de dos maneras; indique qué signo separa los decimales.
master-flaw-negative = «{ $value }» es menor que cero.
master-flaw-amount = «{ $value }» no es un importe.
master-flaw-amount-places = «{ $value }» tiene más decimales que { $currency }.
master-flaw-percent = «{ $value }» no es un porcentaje entre 0 y 100.
master-flaw-flag = «{ $value }» no es ni sí ni no.
master-flaw-mail = «{ $value }» no es una dirección de correo.
master-flaw-word = «{ $value }» no es ninguno de: { $allowed }.
master-flaw-currency = «{ $value }» no es una moneda; escriba sus tres letras, por ejemplo EUR.
master-flaw-zone = «{ $value }» no es una zona horaria; elija una de la lista, por ejemplo Europe/Madrid.
master-flaw-unknown = No existe «{ $value }».
master-flaw-unknown-customer = No existe el cliente «{ $value }»; cree o importe antes los clientes.
master-flaw-unknown-site = Este cliente no tiene la instalación «{ $value }»; cree o importe antes las instalaciones.
master-flaw-unknown-model = No existe el modelo «{ $value }»; cree o importe antes los modelos.
master-flaw-unknown-part = No existe el recambio «{ $value }»; cree o importe antes los recambios.
master-flaw-unknown-branch = No existe la delegación «{ $value }»; cree o importe antes las delegaciones.
master-flaw-unknown-person = No existe la persona «{ $value }»; añada o importe antes las personas.
master-flaw-unknown-code = «{ $value }» no está en la lista de códigos; añádalo allí primero.
master-flaw-unknown-form = No existe el formulario «{ $value }».
master-flaw-several = Hay varios con el nombre «{ $value }»; use el número o código del que quiere.
master-flaw-taken = «{ $name }» ya lo tiene.

## What happened
console-trouble-fields-what = Hay campos que revisar
console-trouble-fields-safe = No se ha guardado nada; lo que ha escrito sigue aquí.
console-trouble-fields-todo = Corrija los campos marcados y guarde de nuevo.
console-trouble-changed-since-what = Ha cambiado desde que lo abrió
console-trouble-changed-since-safe = No se ha guardado nada. Junto a su texto figura lo que hay guardado, allí donde difieren.
console-trouble-changed-since-todo = Copie lo que quiera conservar y guarde: su formulario sustituirá lo guardado.
console-trouble-logo-large-what = El logotipo es demasiado grande
console-trouble-logo-large-safe = No se ha guardado nada; lo que ha escrito sigue aquí.
console-trouble-logo-large-todo = Use una imagen de 512 kB como máximo.
console-trouble-logo-picture-what = Este archivo no es una imagen PNG ni JPEG
console-trouble-logo-picture-safe = No se ha guardado nada; lo que ha escrito sigue aquí.
console-trouble-logo-picture-todo = Elija otra imagen.
console-done-created = Creado
console-done-archived = Archivado
console-done-brought-back = Recuperado
