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
flag-negative_stock = More of a part went out than the depot held
flag-class_changed = The class was changed in the field
flag-cash_differs = The accountant counted another sum than the receipt says
