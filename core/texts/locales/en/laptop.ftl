# Texts of the laptop shell: the field app in a browser.
## The frame
laptop-title = Field app
laptop-skip = To the content
laptop-menu = Menu
laptop-jobs = Jobs
laptop-attention = Attention
laptop-status = Status
laptop-settings = Settings
laptop-back = Back
laptop-open = Open
laptop-close = Close
laptop-go-on = Go on
laptop-details = Details
laptop-try-again = Try again
laptop-lost = The field app does not answer. What you typed is still here.
laptop-strip-open = Show status
laptop-keyboard = Keyboard
laptop-key-next = Next row
laptop-key-previous = Previous row
laptop-key-open = Open
laptop-key-step = Next step
laptop-key-search = Search
laptop-key-help = This help

## The strip
strip-not-enrolled = Not enrolled yet
strip-cut = Sync is off
strip-offline-since = Offline since { $time }
strip-held-up = Sync is held up
strip-stranger = Not your company’s hub
strip-locked = Unlock this device to sync
strip-sending = { $count ->
    [one] Sending, one left
   *[other] Sending, { $count } left
  }
strip-online = Online
strip-connecting = Looking for the office
laptop-files-only-here = { $count ->
    [one] One file only here
   *[other] { $count } files only here
  }

## Coming in and enrolling
laptop-entered = You are in
laptop-enrol-title = Enrol this device
laptop-enrol-what = The office gives you an invitation: a code or a long line of text. With it this device belongs to you and receives your jobs.
laptop-enrol-again = This device is enrolled already. A new invitation makes it a new device; unsent work is kept and goes along once you confirm it.
laptop-enrol-code = Invitation
laptop-enrol-code-hint = Paste it whole; line breaks do not matter.
laptop-enrol-name = Name of this device
laptop-enrol-name-hint = As the office shall see it, such as “Tom’s laptop”.
laptop-verb-enrol = Enrol
laptop-verb-look = Look who answers
laptop-enrol-seen = You are about to enrol at
laptop-enrol-company = Company
laptop-enrol-address = Address
laptop-enrol-print = Print of its key
laptop-enrol-compare = Compare the print with the one that the office shows beside the invitation, or have it read out to you. Enrol only if every group is the same.
laptop-enrol-no-name = It gives no name
laptop-enrol-anew = Enrol anew with another invitation
laptop-done-enrolled = Enrolled. Your jobs are on their way.

## The job list
laptop-search = Search
laptop-search-hint = Customer, machine, fault, number
laptop-filter = Which jobs
laptop-news = New jobs came: show them
job-day-closed = Closed
job-day-none = No appointment
laptop-no-jobs = No open jobs
laptop-no-jobs-what = Jobs that the office plans for you appear here by themselves.
laptop-no-hits = Nothing found
laptop-no-hits-what = Use fewer words, or look among all jobs.
laptop-more = Show more
laptop-new-job = New job
laptop-new-what = For work that you find on site. It gets its number from this device and reaches the office with the next sync.
laptop-new-serial = Serial number on the nameplate
laptop-new-serial-hint = A machine that is not registered is taken all the same.
laptop-new-fault = Fault or work
laptop-verb-make-job = Make job
laptop-done-job-made = Job made

## The job
laptop-remarks = The office asks
laptop-go-to-question = Go to the question
laptop-steps = Steps
laptop-step-is-done = done
laptop-step-travel = Travel
laptop-step-arrive = Arrive
laptop-step-as_found = As found
laptop-step-form = Form
laptop-step-parts = Parts
laptop-step-as_left = As left
laptop-step-amend = Amendment
laptop-step-sign = Sign-off
laptop-step-submit = Hand in
laptop-step-leave = Leave
laptop-verb-travel = Set off
laptop-verb-arrive = Arrive
laptop-verb-as_found = Photograph as found
laptop-verb-form = Fill in the form
laptop-verb-parts = Book parts
laptop-verb-as_left = Photograph as left
laptop-verb-amend = Begin an amendment
laptop-verb-sign = Sign
laptop-verb-submit = Hand in for review
laptop-verb-leave = Leave
laptop-verb-next-job = To the job list
laptop-answered-of = { $answered } of { $total }
photos-count = { $count ->
    [one] One photo
   *[other] { $count } photos
  }
laptop-recorded = Recorded
laptop-photos-and-files = Photos and files
laptop-parts = Parts
laptop-times = Times and meter
laptop-documents = Signed documents
laptop-document = Document
laptop-amended = Amended
laptop-locked-what = Signed and locked. To change something, begin an amendment.
laptop-draft = Amendment { $number } is open
laptop-draft-what = What you answer and record now goes into the amendment. The signed document stays as it is.
laptop-discard-draft = Give the amendment up
laptop-reason = Reason
laptop-visits = Visits
laptop-add-note = Add a note
laptop-note = Note
laptop-verb-note = Keep note
laptop-done-travelling = On the way
laptop-done-arrived = Arrived
laptop-done-handed-in = Handed in for review
laptop-done-noted = Note kept
laptop-done-left = Left
laptop-done-signed = Signed and locked
laptop-done-given-back = Given back without a signature

## Before setting off
laptop-all-here = Everything is here
laptop-not-all-here = Not everything is here
laptop-departure = Departure check
laptop-earlier-visits = { $count ->
    [one] Machine · one earlier visit
   *[other] Machine · { $count } earlier visits
  }
laptop-history = Earlier visits
laptop-no-history = Visits to this machine appear here.
laptop-past-answers = Answers as they were signed
laptop-warranty = Warranty until
laptop-contract = Contract
laptop-installed = Installed
laptop-software = Software
laptop-wear-parts = Parts that wear
laptop-wear-never = not used here yet
laptop-last-answer = Take over from { $when }: { $answer }

## Parts, times, leaving
laptop-no-parts = Parts that you use appear here.
laptop-late = After the signature
laptop-part-code = Part code
laptop-quantity = Quantity
laptop-quantity-hint = A negative number takes back.
laptop-batch = Batch or serial
laptop-verb-part = Book part
laptop-done-part = Part booked
laptop-no-times = Times that you record appear here.
laptop-time = Time
laptop-time-kind = Kind
laptop-minutes = Minutes
laptop-minutes-hint = Filled in from the steps of the visit; change it where it is not right.
laptop-kilometres = Kilometres
laptop-verb-time = Record time
laptop-done-time = Time recorded
laptop-meter = Meter
laptop-meter-value = Reading
laptop-verb-meter = Record reading
laptop-done-meter = Reading recorded
laptop-leave-why = Why do you leave?

## Costs and diagnosis
laptop-part-search = Part code or name
laptop-part-unlisted = A part that is not in the list
laptop-costs = Costs and cash
laptop-prices-shown = The customer sees prices on the pages.
laptop-prices-hidden = The pages show no prices.
laptop-no-charges = Charges that are no parts appear here.
laptop-proposed = Proposed by the rates
laptop-verb-propose = Take over
laptop-charge = Charge
laptop-verb-charge = Add charge
laptop-done-charge = Charged
laptop-cash = Cash
laptop-take-cash = Take cash
laptop-sum = Sum with tax
laptop-sum-hint = Empty takes what the voucher asks for.
laptop-verb-cash = Give receipt
laptop-done-cash = Receipt given
laptop-verb-cash-over = Hand over
laptop-done-cash-handed-over = Handed over
laptop-diagnosis = Diagnosis
laptop-code-symptom = Symptom
laptop-code-cause = Cause
laptop-code-remedy = Remedy
laptop-findings = Findings in words
laptop-machine-now = The machine now
laptop-verb-keep = Keep

## The form
laptop-form = Form
laptop-form-pages = Pages
laptop-missing = { $count ->
    [one] One answer is missing
   *[other] { $count } answers are missing
  }
laptop-required = required
laptop-no-answer = no answer
laptop-why = Why is this asked?
laptop-why-hidden-link = Why is this hidden?
laptop-why-nothing = No rule stands behind it: it is asked on every visit and may be left out.
laptop-why-hidden = It is hidden by a rule of the form.
laptop-why-required = A rule of the form requires it.
laptop-why-read-only = The form fills it in; it cannot be typed here.
laptop-why-violated = The answer is outside what the form allows.
laptop-why-calculated = It is calculated from other answers.
laptop-why-carrier = The rule belongs to “{ $group }”.
laptop-why-looked = The rule looks at
laptop-add-item = Add
laptop-remove-item = Remove
laptop-done-item-added = Added
laptop-done-item-removed = Removed
laptop-done-saved = Saved
laptop-saving = Saving
laptop-saved = Saved
laptop-unsaved = Not saved
laptop-acknowledge = I have read this
laptop-measured = Measured
laptop-scan = Scan
laptop-now = Now
laptop-take-photo = Take photo
laptop-choose-file = Choose file
laptop-choose-files = Choose files
laptop-choose-taken = Use one that is taken already
laptop-clear = Clear
laptop-keep-signature = Keep signature
laptop-kept = { $count ->
    [one] One other answer was kept
   *[other] { $count } other answers were kept
  }
laptop-show-hidden = { $count ->
    [one] One question does not apply now: show it
   *[other] { $count } questions do not apply now: show them
  }
laptop-orphans = Answers of an earlier form
laptop-previous = Back
laptop-next = Next
laptop-form-done = Back to the job

## Photos and files
laptop-stage = These photos show the machine
laptop-drop-hint = Drop files here, paste a picture, or choose several at once.
laptop-waiting = Waiting
laptop-no-files = No photos yet
laptop-files-done = Done
laptop-file = File
media-kind-picture = Picture
media-kind-video = Video
media-kind-sound = Sound
media-kind-pdf = PDF document
media-kind-text = Text
media-kind-file = File
laptop-size = Size
laptop-kind = Kind
laptop-answers = Answers
laptop-answers-none = no question
laptop-download = Download
laptop-assign = Use as the answer to
laptop-verb-assign = Assign
laptop-done-assigned = Assigned
laptop-finding-damaged = Damaged file
laptop-finding-empty = Empty file
laptop-finding-mislabelled = Not the kind that its name says
laptop-finding-huge = Unusually large

## Signing
laptop-sign-off = Sign-off
laptop-sign-1 = Check
laptop-sign-2 = Outcome
laptop-sign-3 = Sign
laptop-signer-language = Language of the pages
laptop-engineer-signs = Your signature
laptop-engineer-signs-what = Sign first, then hand the device over. The customer sees only this document.
laptop-engineer-signs-alone = This document needs no signature of the customer. With yours it is locked.
laptop-pad = Field for the signature; draw with a finger, pen or mouse
laptop-verb-hand-over = Hand to the customer
laptop-customer-title = Service voucher { $number }
laptop-customer-intro = { $company } asks you to read these pages and to sign.
laptop-read-as-text = Read as text
laptop-open-pdf = Open PDF
laptop-outcome-title = What do you say about the work?
laptop-outcome-legend = Outcome
laptop-remarks-field = Remarks
laptop-signer-name = Name of who signs
laptop-signer-role = You sign as
laptop-satisfaction = How satisfied are you?
score-5 = 5 · very satisfied
score-4 = 4 · satisfied
score-3 = 3 · neither
score-2 = 2 · dissatisfied
score-1 = 1 · very dissatisfied
laptop-aspects = Rate in detail (optional)
laptop-aspects-what = 1 is very dissatisfied, 5 very satisfied. Leave out what you cannot say.
laptop-aspect-none = No rating
laptop-sign-means = With the signature the pages are locked exactly as you saw them.
laptop-stamp = Company stamp (optional)
laptop-stamp-what = Photograph the imprint of the stamp. It is printed beside the signature.
laptop-stamp-take = Photograph the stamp
laptop-stamp-remove = Remove the photo
laptop-stamp-saved = The photo is saved on this device.
laptop-stamp-undrawn = The photo is saved. This device cannot show it: its hash is printed in its place.
laptop-stamp-alt = Photo of the company stamp
laptop-verb-seal = Lock without a signature
laptop-signed-title = { $number } is signed
laptop-signed-what = Thank you. Please give the device back.
laptop-hold = Engineer: hold for two seconds to take the device back
laptop-verify-bundle = Bundle to verify
laptop-amend-what = What is signed never changes. An amendment is a document of its own that says what is different now.
laptop-amend-reason = Why is it amended?
laptop-done-amendment-open = The amendment is open
laptop-done-amendment-discarded = The amendment was given up

## Attention
laptop-outbox-pending = { $count ->
    [one] One entry waits to be sent.
   *[other] { $count } entries wait to be sent.
  }
laptop-outbox-waiting = { $count ->
    [one] One entry waits at the office for something.
   *[other] { $count } entries wait at the office for something.
  }
laptop-nothing-to-do = Nothing needs you
laptop-nothing-to-do-what = What the office refuses, or what this device cannot do alone, appears here with what you can do about it.
laptop-go-to-job = Go to the job
laptop-new-value = New value
laptop-action-fix = Send again
laptop-action-note = Keep as a note
laptop-action-discard = Give up
laptop-action-file = File with the job
laptop-action-confirm = Confirm
laptop-action-acknowledge = I have read this
laptop-action-unlock = Sign now
laptop-done-dealt-with = Dealt with
attention-title-refused = Refused by the office
attention-title-unattested = The device has not signed yet
attention-title-damaged_file = A file is damaged
attention-title-unfiled_file = A file without a job
attention-title-fork = This store is a copy
attention-title-lease_over = Too long without the office
attention-title-lease_ends_soon = Sync soon
attention-title-salvaged = The store was repaired
attention-title-lost_key = The device’s key is lost
attention-title-lost_token = The device’s token is lost
attention-title-strange_hub = This is not your company’s hub
attention-title-log_changed = The office’s records were changed
laptop-proof = What proves it, for your administrator
attention-title-held = Work of the earlier device
command-job-create = New job
command-visit-plan = Planned visit
command-visit-travel = Setting off
command-visit-arrive = Arrival
command-visit-leave = Leaving
command-time-record = Time
command-meter-read = Meter reading
command-answer-set = Answer
command-item-add = Added entry
command-item-remove = Removed entry
command-evidence-attach = Photo or file
command-part-use = Part used
command-charge-add = Charge
command-note-add = Note
command-document-sign = Signed document
command-document-attest = Signature of the device
command-voucher-submit = Handing in
command-amendment-begin = Amendment
command-amendment-discard = Amendment given up
command-refusal-discard = Entry given up

## Status
laptop-entries = Entries
media-thumbnail = Small pictures
media-preview = Previews
media-document = Documents
media-cited = Photos of signed documents
media-original = Other photos and files
media-video = Videos
media-waiting = Captured, not filed with a job yet
export-left-out = { $count ->
    [one] { $count } photo or file is not in it and is still only on this device.
   *[other] { $count } photos and files are not in it and are still only on this device.
}
laptop-file-made = The file is ready: it lies among this browser’s downloads.
laptop-file-made-without = The file is ready: it lies among this browser’s downloads. { $without }
laptop-contact = Last contact with the office
laptop-contact-never = none yet
laptop-verb-send = Send now
laptop-done-sending = Sending
laptop-hand-over = Hand over
laptop-hand-over-what = Everything that is only here, as one file: for a colleague who goes on, or to carry it to a machine with a network. Nothing is removed from this device.
laptop-verb-hand-over-file = Hand-over file
laptop-colleague-key = Key that the colleague’s device shows
laptop-own-key = Key of this device, for a colleague who hands work over
laptop-rescue-what = A rescue file is for the office: whoever carries it cannot read it.
laptop-verb-rescue-file = Rescue file
laptop-import = Take a colleague’s file
laptop-import-what = This device then carries their work to the office.
laptop-imported = Taken from { $person }: { $commands } entries, { $files } files.
laptop-room = Make room
laptop-room-what = Frees originals that are safe at the office. Small pictures stay.
laptop-verb-room = Make room
laptop-done-room = Done: what is safe at the office was freed

## Settings
laptop-aeroplane = Aeroplane mode
laptop-aeroplane-about = Cuts every connection to the office until it is switched off again. Work goes on as always.
laptop-aeroplane-what = Aeroplane mode is on: nothing is sent until it is off.
laptop-aeroplane-turn-on = Cut the connection
laptop-aeroplane-turn-off = Connect again
laptop-done-aeroplane-on = The connection is cut
laptop-done-aeroplane-off = Connecting again
laptop-language = Language
laptop-language-own = As the office has it
laptop-this-device = This device
laptop-company = Company
laptop-version = Version
laptop-diagnostics = Diagnostics
laptop-diagnostics-what = For a supporter: versions and counts of this device. No customer, no photo, no answer.
laptop-diagnostics-download = Download as JSON
laptop-system = System
laptop-connection = Connection
laptop-free-space = Free space
laptop-entries-only-here = Entries only here
laptop-diagnostics-files-only-here = Files only here
laptop-sync-problem = What holds sync up
laptop-log-changed = Office’s log changed
laptop-this-browser = This browser
laptop-this-browser-what = It was let in by a one-time link and stays in for thirty days. Letting it out removes nothing from this device.
laptop-leave-browser = Let this browser out
laptop-install = Install as an app

## What can go wrong: what happened, what is safe, what to do
trouble-kept-safe = Nothing that was saved is touched.
trouble-not-found-what = There is nothing here.
trouble-not-found-safe = Nothing that was saved is touched.
trouble-not-found-todo = Go back to the list; a sync may have moved it.
trouble-link-what = This browser is not let in: the link was used already, or is too old.
trouble-link-safe = Nothing that was saved is lost.
trouble-link-todo = Take a new link where the field app was started: press Enter there, or start it again.
trouble-with-customer-what = The device is in the customer’s hands.
trouble-with-customer-safe = Nothing that was saved is touched.
trouble-with-customer-todo = Hold the button for two seconds to take it back.
trouble-form-what = What was sent could not be read.
trouble-form-safe = Nothing was changed.
trouble-form-todo = Reload the page and try again.
trouble-aeroplane-what = Aeroplane mode is on, so the office cannot be asked.
trouble-aeroplane-safe = Everything is kept here.
trouble-aeroplane-todo = Switch it off in the settings, then try again.
trouble-incomplete-what = The form is not complete: { $missing }
trouble-incomplete-todo = Answer these first, then sign.
trouble-input-what = This does not fit.
trouble-input-safe = Nothing that was saved is touched.
trouble-input-todo = Look at the details, correct it and try again.
trouble-shown-changed-what = The pages changed since they were shown.
trouble-shown-changed-safe = Nothing was signed.
trouble-shown-changed-todo = Show the pages again before anybody signs.
trouble-enrol-what = This device is not enrolled.
trouble-enrol-safe = Nothing that was saved is touched.
trouble-enrol-todo = Ask the office for an invitation and enrol.
trouble-locked-what = This device has not heard from the office for too long, so what is on it is hidden.
trouble-locked-safe = Nothing is lost; what you save is kept and sent.
trouble-locked-todo = Sync with the office, and everything is shown again.
trouble-space-what = There is not enough space on this device.
trouble-space-safe = What was saved before is safe.
trouble-space-todo = Free some space, then try again.
trouble-update-what = This program is too old for its data.
trouble-update-safe = The data are untouched.
trouble-update-todo = Update the program.
trouble-damaged-what = The store of this device is damaged.
trouble-damaged-safe = What was not sent is kept twice, and what was sent is at the office.
trouble-damaged-todo = Close the app and start it again: it repairs the store and says what it saved.
trouble-environment-what = This machine does not allow it.
trouble-environment-safe = What was saved before is safe.
trouble-environment-todo = Look at the details: rights, disk, network. Then try again.
trouble-report-what = This should not happen.
trouble-report-safe = What was saved before is safe.
trouble-report-todo = Try again, and report the details if it stays so.
trouble-enrol-offline-what = The office is not reached.
trouble-enrol-offline-safe = The invitation is still good.
trouble-enrol-offline-todo = Find a network and try again.
trouble-enrol-busy-what = The office server cannot answer now.
trouble-enrol-busy-safe = The invitation is still good.
trouble-enrol-busy-todo = Try again later.
trouble-enrol-used-what = This invitation is used up or too old.
trouble-enrol-used-safe = Nothing was changed.
trouble-enrol-used-todo = Ask the office for another one.
trouble-enrol-unknown-what = This is no invitation that the office knows.
trouble-enrol-unknown-safe = Nothing was changed.
trouble-enrol-unknown-todo = Copy it again, whole, or ask for another one.
trouble-enrol-untrusted-what = This is not the office that the invitation names.
trouble-enrol-untrusted-safe = Nothing was sent.
trouble-enrol-untrusted-todo = Do not go on; ask the office.
trouble-enrol-update-what = This program and the office server do not understand each other.
trouble-enrol-update-safe = Nothing was changed.
trouble-enrol-update-todo = Update this program.
trouble-enrol-look-what = Nobody has looked yet at which office answers for this invitation.
trouble-enrol-look-safe = Nothing was sent.
trouble-enrol-look-todo = Look at it and compare the print with the one beside the invitation.
trouble-enrol-locked-what = What keeps this device’s token safe is locked or busy.
trouble-enrol-locked-safe = The invitation is still good.
trouble-enrol-locked-todo = Unlock the device and try again.
field-outcome = what you say about the work
