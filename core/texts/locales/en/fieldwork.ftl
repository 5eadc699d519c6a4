# Words of parts, prices, stock, cash and requests: `<kind>-<word as stored>`.

## Kinds of records
kind-code = List entry
kind-price = Price
kind-depot = Depot
kind-movement = Stock movement
kind-stock = Stock
kind-cash_receipt = Cash receipt
kind-request = Request

## Editable lists
list-symptom = Symptoms
list-cause = Causes
list-remedy = Remedies
list-customer_class = Customer classes
list-remark = Standard remarks

## Who pays for a line
payer-customer = Customer
payer-contract = Contract
payer-warranty = Warranty
payer-internal = Internal

## Kinds of spare parts
part_group-wear = Wear part
part_group-consumable = Consumable
part_group-standard = Standard part
part_group-tool = Tool
part_group-auxiliary = Auxiliary equipment

## What a charge is for
charge-labour = Labour
charge-travel = Travel time
charge-waiting = Waiting time
charge-kilometres = Kilometres
charge-call_out = Call-out
charge-other = Other

## Why stock moved
movement-used = Used on a visit
movement-received = Received
movement-transferred = Transferred
movement-counted = Counted
movement-scrapped = Scrapped

## How money was given and where it is
cash-cash = Cash
cash-card = Card
cash-cheque = Cheque
cash-transfer = Transfer
cash_state-taken = With the engineer
cash_state-handed_over = Handed over
cash_state-received = Received by the accountant

## Where a request stands
request-open = Waits for the office
request-granted = Granted
request-declined = Declined

## Why a person should look
flag-unknown_part = A part was booked whose code is not in the catalogue
flag-unknown_code = A symptom, cause or remedy is not in its list
flag-meter_backward = A meter reads less than before
flag-corrected_twice = A time or charge was corrected by two people: one correction counts
flag-negative_stock = More of a part went out than the depot held
flag-class_changed = The class was changed in the field
flag-cash_differs = The accountant counted another sum than the receipt says

## Why a command was refused
refusal-too_long = { $field } is too long: { $length } characters, at most { $limit }. Shorten it, or attach the long text as a file.
refusal-too_many = { $field }: { $count } entries, at most { $limit }. Leave some out, or enter them in several steps.
refusal-out_of_range = { $field } must be between { $least } and { $most }. Check the number.
refusal-not_a_number = “{ $value }” is not a number for { $field }. Write digits such as 2 or 0.5.
refusal-no_currency = { $field }: “{ $currency }” is not a currency. Use the three capital letters, such as EUR.
refusal-currencies = This voucher is in { $voucher }, and this amount in { $given }. A voucher has one currency: enter it in { $voucher }.
refusal-more_than_booked = You take back { $quantity } × { $code }, but only { $booked } are booked on this visit. Take back { $booked } at most.
refusal-line_does_not_add_up = The amounts of “{ $what }” do not add up. Enter quantity and price again.

## The same, at the console
console-refused-too_long = A text is too long
console-refused-too_many = A list is too long
console-refused-out_of_range = A number is out of its bounds
console-refused-not_a_number = A number is expected
console-refused-no_currency = An amount names no currency
console-refused-currencies = Two currencies on one voucher
console-refused-more_than_booked = More of a part is taken back than was booked
console-refused-line_does_not_add_up = The amounts of a line do not add up

## What happened, in the timeline
console-event-visit-appoint = Appointment changed
console-event-visit-staff = Helpers changed
console-event-job-change = Job corrected
console-event-job-link_machine = Machine linked
console-event-job-diagnose = Diagnosis recorded
console-event-class-set = Class changed
console-event-request-make = Change asked for
console-event-request-decide = Request decided
console-event-stock-move = Stock moved
console-event-cash-take = Cash taken
console-event-cash-hand_over = Cash handed over
console-event-cash-receive = Cash received

## Fields that a refusal names
field-minutes = minutes
field-kilometres = kilometres
field-value = value
field-meter = meter reading
field-tax_basis_points = tax rate
field-amount = amount
field-price = price
field-unit_price = unit price
field-net = net amount
field-tax = tax
field-received_from = who gave the money
field-number = number
field-findings = findings
field-answer = answer
field-fields = what should change
field-note = note
field-to = the depot where it goes
field-helpers = helpers
field-batch = batch or serial
field-address = address
field-phone = phone
field-email = mail address
field-wear_parts = wear parts
field-rates = rates
field-currency = currency
field-question = question
field-symptom = symptom
field-cause = cause
field-remedy = remedy
field-place = place
field-caller = caller
field-label = question text
state-received = Received by the accountant

## On the pages of a voucher
voucher-diagnosis = Diagnosis
voucher-list-symptom = Symptom
voucher-list-cause = Cause
voucher-list-remedy = Remedy
voucher-meter = Meter
voucher-findings = Findings
voucher-place = Place
voucher-remote = Remote, by phone or video
voucher-left = Left because
voucher-class-reason = Reason for the class
voucher-charge-counted = { $what }, { $quantity } × { $price }

## A cash receipt
cash-title = Cash receipt
cash-received-from = Received from
cash-method = Paid by
cash-tax-included = Tax included
cash-for-voucher = For service voucher
cash-note = Note
