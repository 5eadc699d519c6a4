# Words for codes: what failed (`error-<code>`), of which kind (`kind-<kind>`), which field (`field-<name>`).

## A refusal of a newer office server
refusal-unknown = The office refused this ({ $code }). Update the app to see why.

## What can be done about a failed call to the office server
error-bad_request = The office server did not understand the app. Update the app; nothing is lost.
error-sign_in = The office server does not know this device. Enrol it again; your work stays on the phone.
error-revoked = This device was revoked. What is still on it can be sent for 90 days; ask your manager.
error-code_used = The invitation is used up or too old. Ask for another one.
error-code_unknown = The office server does not know this invitation. Check that it was copied whole.
error-not_found = This is not at the office, or not for this device.
error-gap = The office server misses something sent before. The app sends it again by itself.
error-fork = The data of this phone was copied to another one. Confirm which phone goes on.
error-too_large = This is larger than the office server takes.
error-too_often = Too many requests. The app waits and goes on by itself.
error-digest_mismatch = The bytes arrived changed. The app sends them again.
error-storage = The office server cannot store anything now. Tell its administrator; your work stays on the phone.
error-unavailable = The office server cannot answer now. The app tries again by itself.

## Kinds of records
kind-company = Company
kind-branch = Branch
kind-person = Person
kind-customer = Customer
kind-contact = Contact
kind-site = Site
kind-model = Model
kind-machine = Machine
kind-part = Part
kind-form = Form
kind-policy = Policy
kind-call = Call
kind-job = Job
kind-visit = Visit
kind-voucher = Service voucher
kind-fill = Filled form
kind-answer = Answer
kind-item = Repeated entry
kind-evidence = Photo or file
kind-part_use = Part used
kind-charge = Charge
kind-time_entry = Time
kind-meter_reading = Meter reading
kind-note = Note
kind-document = Signed document
kind-amendment = Amendment
kind-review = Review
kind-flag = Attention item
kind-device = Device
kind-holding = Holding
kind-decision = Decision
kind-series = Number series

## What can be missing
field-reason = reason
field-machine = machine
field-quantity = quantity
field-remarks = remarks
field-amends = the document to amend
field-name = name
field-fault = fault
field-description = description
field-text = text
field-serial = serial number
field-code = code
field-title = title
field-content = the pages as they were shown
field-EngineerMissing = the engineer's signature
field-CustomerMissing = the customer's sign-off, or that nobody was available
field-RemarksMissing = the customer's remarks
field-StrokesMissing = the drawn signature
field-NameMissing = the signer's name
field-Satisfaction = satisfaction from 1 to 5
field-StampPicture = a photo of the stamp; this file is of another kind
field-OtherDocument = a sign-off of this very document
