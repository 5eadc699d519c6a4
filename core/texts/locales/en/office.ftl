## Devices that a restored hub does not know
problem-unconfirmed = The office server came back from a backup and does not know this device yet. What you saved is sent and kept there; an administrator must confirm the device before anything comes down.
error-unconfirmed = The office must confirm this device first. What is sent is kept; ask an administrator.
device-unconfirmed = To be confirmed
state-active = Active
state-revoked = Revoked
state-unconfirmed = To be confirmed
console-sort-device = Unknown devices
console-sort-device-lead = These devices enrolled after the backup from which this server was restored. What they send is kept and has no effect until an administrator confirms the device.
console-device-asks = Device { $code } of { $name } asks to come back
console-device-vouched = The company's key signed its credential, and it holds the key that stands there. Ask the person whether the device is still in their hands.
console-device-person-unknown = { $name } is not among the people here: confirming adds the person as an engineer.
console-device-waiting = { $commands } entries and { $files } files ({ $bytes }) wait here
console-device-fingerprint = Key
console-confirm-device = Confirm the device
console-turn-down-device = Turn the device down
console-how-known = How do you know that it is the person's device?
console-done-device-confirmed = Device confirmed: what it sent is judged now
console-done-device-turned-down = Device turned down: what it sent is kept and has no effect
console-event-device-introduce = Unknown device showed its credential
console-event-device-confirm = Device confirmed

## Keys of the office
console-office-key-rotate = Company key rotated
console-office-recovery-renew = Recovery key renewed
console-sent-fingerprint = Fingerprint
console-from-commands = the server's command line

## What was asked for
console-judge-again = Decide again
console-what-was-mended = What did you put right?
console-done-judged = Decided again
console-office-refusal-again = Refused work decided again
console-part-named = { $code } { $name }
console-sent-part = Part
console-sent-depot = Depot
console-sent-to = To
console-sent-amount = Amount
console-sent-unit-price = Price of one
console-sent-payer = Paid by
console-sent-class = Class
console-sent-machine = Machine
console-sent-machine-state = State of the machine
console-sent-batch = Batch or serial
console-sent-window = Appointment
console-sent-method = Paid how
console-sent-symptom = Symptom
console-sent-cause = Cause
console-sent-remedy = Remedy
console-sent-findings = Findings
console-sent-received-from = Received from
console-sent-add = Added
console-sent-remove = Removed
console-sent-stage = Stage
console-sent-note = Note
console-sent-title = Title
console-sent-granted = Granted
console-sent-answer = Answer

## Forms that somebody else saved meanwhile
console-stored-now = Stored now
console-change-from-to = { $before } → { $after }
console-change-nothing = nothing
field-capture_reserve_bytes = free space before capture, in bytes
field-grace_days = days kept on phones
console-policy-rates = What labour, travel and kilometres cost
console-policy-rates-none = no rates
console-policy-rates-hint = The phone proposes charges by these rates, for vouchers of the same currency; a person accepts or changes each. One rate per kind and currency. Leave a price empty to take a rate out.
console-policy-rate-kind = For
console-policy-rate-price = Price of one
console-policy-rate-currency = Currency
console-policy-rate-tax = Tax, percent
console-policy-rate-labour = Labour, one hour
console-policy-rate-travel = Travel time, one hour
console-policy-rate-waiting = Waiting time, one hour
console-policy-rate-kilometres = One kilometre
console-policy-rate-call_out = Call-out, one visit
console-policy-rate-other = Other
console-policy-rate-line = { $kind }: { $price }, tax { $tax } %
console-policy-says-rates = { $rate }.
console-policy-says-no-rates = No rates: charges are entered by hand.
console-trouble-policy-rates-what = A rate does not fit
console-trouble-policy-rates-safe = Nothing was changed.
console-trouble-policy-rates-todo = Put right what is marked below.
console-rate-twice = This kind has a rate in this currency already.
console-rate-currency = Write the currency in three letters, such as EUR.

## Done with the command line
console-office-webhook-private = Webhooks into the own network
console-office-metrics-token = Token for the metrics

## Handed over
attention-refused_carried = An entry of { $name } that came with the hand-over was refused at the office: { $why } { $name } sees it as well and puts it right; it has no effect here.
attention-title-refused_carried = A colleague's entry was refused

## Before departure, as the office knows it
console-departure = Before departure
console-departure-of = { $name }, device { $code }
console-departure-no-device = { $name } has no device that syncs with the office.
console-departure-ready = Everything for this job was sent
console-departure-not-ready = Not everything for this job was sent
console-departure-lacks = Missing: { $what }
console-departure-lacks-these = Missing: { $what } ({ $missing })
console-departure-note = What this server sent to the device; the device itself shows the same light for what is on it.

## Stock before departure
console-departure-stock = wear parts in the own depot
