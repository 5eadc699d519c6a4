# What the pages of a voucher say.

## Service voucher and amendment
voucher-title = Service voucher
voucher-amendment-title = Amendment
voucher-number = No.
voucher-class = Class
voucher-prepared = Prepared
voucher-customer = Customer
voucher-site = Site
voucher-machine = Machine
voucher-serial = serial { $serial }
voucher-engineers = Engineers
voucher-form = Form
voucher-internal = Internal work
voucher-fault = Fault as reported
voucher-steps = Course of the visit
voucher-answers = Findings and work done
voucher-no-answer = no answer
voucher-see-photos = { $count ->
    [one] { $count } photo, { $hashes }
   *[other] { $count } photos, { $hashes }
}
voucher-parts = Parts used
voucher-charges = Charges
voucher-prices-hidden = Prices are not part of these pages.
voucher-code = Code
voucher-description = Description
voucher-batch = batch or serial { $batch }
voucher-quantity = Qty
voucher-unit-price = Unit price
voucher-tax = Tax
voucher-net = Net
voucher-not-charged = not charged
voucher-total-net = Total without tax
voucher-total-tax = Tax
voucher-total-gross = Total to pay
voucher-nothing-charged = Nothing is charged.
voucher-times = Times
voucher-person = Person
voucher-time-kind = Kind
voucher-duration = Duration
voucher-distance = Distance
voucher-photos = Photos and files
voucher-photo-facts = { $time } · { $hash }
voucher-photo-missing = The picture is not printed here: only its hash is cited.
voucher-file-facts = { $type }, { $size }
voucher-amends = Amends voucher { $number }
voucher-amendment-reason = Reason
voucher-amendment-remarks = Remarks of the review
voucher-amendment-changes = What changes
voucher-change-what = What
voucher-change-before = Before
voucher-change-after = After
voucher-change-nothing = nothing
voucher-change-photo = Photo or file { $hash }
voucher-change-drawing = Drawn over by { $name } ({ $hash })
voucher-page = Page { $page } of { $pages }
voucher-running = { $title } { $number }
voucher-continued = { $title } (continued)
voucher-phone = Phone { $phone }

## Signature page
signature-title = Signatures
signature-page = Signature page { $page } of { $pages }
signature-heading = { $role }: { $name }
signature-heading-unnamed = { $role }
signature-outcome = Outcome
signature-remarks = Remarks
signature-satisfaction = Satisfaction
signature-satisfaction-of = { $score } of 5
signature-time = Time
signature-stamp = Company stamp
signature-stamp-missing = The picture of the stamp is not printed here: only its hash is cited.
signature-not-drawn = No signature was drawn.
signature-nobody = Nobody was available to sign; the engineer's signature stands for this statement.
signature-document = Document
signature-device = Device
signature-device-line = { $code }, enrolled for { $person }
signature-attested = Signed by the device
signature-explanation = The signatures above stand for the pages before this one, exactly as they were shown. The code holds the hash of the sealed document; "countersign verify" checks this file without a network.
