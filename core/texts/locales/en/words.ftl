# Words of states, classes and roles: `<kind>-<word as stored>`.

## Voucher classes
class-A = A · paid
class-B = B · contract
class-C = C · free under warranty
class-D = D · internal

## What the customer said by signing
outcome-accepted = Accepted
outcome-remarks = Accepted with remarks
outcome-refused = Refused
outcome-absent = Nobody available to sign

## In which part someone signs
signer-engineer = Engineer
signer-customer = Customer
signer-operator = Operator
signer-representative = Representative

## Where an answer came from
provenance-typed = typed
provenance-scanned = scanned
provenance-measured = measured
provenance-copied = copied from the last visit
provenance-default = default
provenance-calculated = calculated

## When a photo was taken
stage-found = As found
stage-left = As left
stage-other = Other

## Where a job, a visit, a voucher or a draft stands
state-new = New
state-planned = Planned
state-travelling = On the way
state-on_site = On site
state-waiting = Waiting
state-left = Left
state-reassigned = Reassigned
state-open = Open
state-signed = Signed and locked
state-submitted = Waiting for review
state-returned = Returned with remarks
state-approved = Approved
state-cancelled = Cancelled
state-completed_after_cancel = Completed after it was cancelled
state-sealed = Signed and locked
state-discarded = Given up

## Steps of a visit
step-travel = Set off
step-arrive = Arrived
step-leave = Left

## What time was spent on
time-travel = Travel
time-work = Work
time-waiting = Waiting

## Why a visit ended
leave-solved = Solved
leave-part = Waits for a part
leave-customer = Waits for the customer
leave-workshop = Waits for the workshop
leave-another_visit = Needs another visit

## How urgent
priority-low = Low
priority-normal = Normal
priority-high = High
priority-urgent = Urgent

## What the machine can still do
machine-down = Machine down
machine-limited = Limited
machine-running = Running

## How a call came in
channel-phone = Phone
channel-mail = Mail
channel-portal = Portal
channel-machine = Machine alarm

## Roles of people
role-engineer = Engineer
role-training_rep = Training rep
role-manager = Manager
role-call_desk = Call desk
role-store_keeper = Store keeper
role-accountant = Accountant
role-product_designer = Product designer
role-sales = Sales
role-auditor = Auditor
role-administrator = Administrator

## Why a person should look
flag-answer_conflict = Two people answered one question; both answers are kept
flag-late_fact = A fact from another device arrived after the signature
flag-completed_after_cancel = Cancelled in the office, worked on in the field
flag-two_documents = Two documents were signed for one visit
flag-two_amendments = Two amendments change the same document
flag-number_twice = One printed number stands on two documents
flag-not_on_visit = Work by somebody who is not on the visit
flag-item_restored = A deleted entry was edited elsewhere and came back
flag-sign_off_incomplete = A sign-off lacks what its class requires

## What became of a command
decision-accepted = Done
decision-refused = Refused
decision-waiting = Waiting

## Whether a device may sync
device-active = Active
device-revoked = Revoked

## Why a phone holds something
holding-assigned = Assigned
holding-reference = Reference
holding-related = Related to a job
holding-returned = Returned for correction
holding-pinned = Pinned
holding-window = Closed not long ago

## States on screen
chip-machine-limited = Machine limited
chip-priority = Priority: { $priority }
