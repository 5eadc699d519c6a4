# Master data at the console: books, fields, what is wrong with a value.

## The books of the office
master-book-branches = Branches
master-one-branches = Branch
master-book-people = People and devices
master-one-people = Person
master-book-codes = Code lists
master-one-codes = List entry
master-book-customers = Customers
master-one-customers = Customer
master-book-contacts = Contacts
master-one-contacts = Contact
master-book-sites = Sites
master-one-sites = Site
master-book-parts = Parts
master-one-parts = Part
master-book-prices = Price lists
master-one-prices = Price
master-book-models = Machine models
master-one-models = Machine model
master-book-machines = Machines
master-one-machines = Machine
master-book-depots = Depots
master-one-depots = Depot
master-new-branches = New branch
master-new-people = New person
master-new-codes = New list entry
master-new-customers = New customer
master-new-contacts = New contact
master-new-sites = New site
master-new-parts = New part
master-new-prices = New price
master-new-models = New machine model
master-new-machines = New machine
master-new-depots = New depot

## Fields
master-field-name = Name
master-field-address = Address
master-field-phone = Phone
master-field-email = E-mail
master-field-number = Number
master-field-roles = Roles
master-field-branch = Branch
master-field-language = Language
master-field-list = List
master-field-code = Code
master-field-class = Class
master-field-tax_number = Tax number
master-field-currency = Currency
master-field-customer = Customer
master-field-position = Position
master-field-group = Kind of part
master-field-unit = Unit
master-field-price = Price
master-field-tax = Tax rate
master-field-wear = Wears and is replaced regularly
master-field-part = Part
master-field-meter_unit = Unit of the meter
master-field-form = Service form
master-field-wear_parts = Wear parts
master-field-serial = Serial number
master-field-model = Model
master-field-site = Site
master-field-place = Place on the site
master-field-installed = Installed on
master-field-warranty_until = Warranty until
master-field-contract = Service contract
master-field-meter = Meter
master-field-software = Software version
master-field-person = Whose van
master-field-tax_label = Name of the tax
master-field-zone = Time zone

## Help beside a field, and in the templates of files
master-help-number = Files name the record by it; it must not occur twice.
master-help-code = Files name the record by it; it must not occur twice.
master-help-customer = Number or name of the customer.
master-help-site = Name of a site of this customer.
master-help-part = Code of the part.
master-help-wear_parts = Codes of parts, separated by semicolons.
master-help-tax = In percent, such as 21.
master-help-tax_label = Printed beside the tax, such as VAT.
master-help-price = In the company’s currency, or in that of the price list.
master-help-currency = Three letters, such as EUR. Empty for a customer means the company’s.
master-help-meter_unit = Such as h or km; empty for a model without a meter.
master-help-zone = Times on papers are in this zone.
master-help-class = A code of the list of customer classes.

## What can be done
master-new = New
master-edit = Edit
master-edit-title = Edit { $name }
master-archive = Archive
master-bring-back = Bring back
master-undo = Undo
master-back = Back without saving
master-add = Add
master-csv = Save as CSV
master-clear = Clear filters
master-all = Show all

## Lists and pages of records
master-filter = Filter the list
master-words = Search in this list
master-in-use = In use
master-archived = Archived
master-customer-empty = Number or name; empty for the machine’s customer.
master-first-page = First page
master-beside = Related lists
master-nothing-fits = Nothing here fits the filters.
master-nothing-yet = { $book } appear here. Make the first one, or import a file.
master-unnamed = (no name)
master-none = None
master-nothing = (empty)
master-none-here = None yet.
master-needed = needed
master-now = Stored now:
master-yes = Yes
master-no = No
master-in-language = { $field } · { $language }
master-facts = Facts
master-jobs = Jobs
master-history = History
master-history-empty = Jobs of this machine appear here.
master-parts-used = Parts used:
master-earlier = Earlier jobs
master-company = Company
master-logo = Logo
master-logo-now = The logo as it is now
master-logo-none = Print no logo
master-logo-hint = PNG or JPEG of at most 512 kB; it is printed on every paper.
master-files = { $count ->
    [one] One photo or file
   *[other] { $count } photos and files
}

## What is wrong with a value
master-flaw-missing = This is needed.
master-flaw-missing-name = A name is needed in at least one language.
master-flaw-too-long = It is too long: at most { $most } characters.
master-flaw-unwritable = It holds characters that cannot be printed; type it again.
master-flaw-day = “{ $value }” is no day; write it like 2026-12-31.
master-flaw-day-order = “{ $value }” can be read in two ways; say which comes first, day or month, or write 2026-12-31.
master-flaw-number = “{ $value }” is no number.
master-flaw-number-sign = “{ $value }” can be read in two ways; say which sign stands before the fraction.
master-flaw-negative = “{ $value }” is less than nothing.
master-flaw-amount = “{ $value }” is no amount.
master-flaw-amount-places = “{ $value }” has more decimals than { $currency } has.
master-flaw-percent = “{ $value }” is no rate between 0 and 100 percent.
master-flaw-flag = “{ $value }” is neither yes nor no.
master-flaw-mail = “{ $value }” is no mail address.
master-flaw-word = “{ $value }” is not one of: { $allowed }.
master-flaw-currency = “{ $value }” is no currency; write its three letters, such as EUR.
master-flaw-zone = “{ $value }” is no time zone; choose one of the list, such as Europe/Madrid.
master-flaw-unknown = There is no “{ $value }”.
master-flaw-unknown-customer = There is no customer “{ $value }”; make or import customers first.
master-flaw-unknown-site = This customer has no site “{ $value }”; make or import sites first.
master-flaw-unknown-model = There is no machine model “{ $value }”; make or import models first.
master-flaw-unknown-part = There is no part “{ $value }”; make or import parts first.
master-flaw-unknown-branch = There is no branch “{ $value }”; make or import branches first.
master-flaw-unknown-person = There is no person “{ $value }”; add or import people first.
master-flaw-unknown-code = “{ $value }” is not in the code list; add it there first.
master-flaw-unknown-form = There is no form “{ $value }”.
master-flaw-several = Several are called “{ $value }”; use the number or code of the one that you mean.
master-flaw-taken = “{ $name }” has this already.

## What happened
console-trouble-fields-what = Some fields need another look
console-trouble-fields-safe = Nothing was saved; what you typed is still here.
console-trouble-fields-todo = Correct the marked fields and save again.
console-trouble-changed-since-what = It changed since you looked
console-trouble-changed-since-safe = Nothing was saved. Beside your text stands what is stored now, where the two differ.
console-trouble-changed-since-todo = Take over what you want to keep, then save: your form goes over what is stored.
console-trouble-logo-large-what = The logo is too large
console-trouble-logo-large-safe = Nothing was saved; what you typed is still here.
console-trouble-logo-large-todo = Use a picture of at most 512 kB.
console-trouble-logo-picture-what = This file is no PNG or JPEG picture
console-trouble-logo-picture-safe = Nothing was saved; what you typed is still here.
console-trouble-logo-picture-todo = Choose another picture.
console-done-created = Created
console-done-archived = Archived
console-done-brought-back = Brought back
