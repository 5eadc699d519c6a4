# Texts of the console's pages.

## The frame of every page
console-skip = Skip to the content
console-search = Search
console-search-hint = Job, customer, serial, part, person
console-main-menu = Main menu
console-keyboard = Keyboard
console-close = Close
console-sign-out = Sign out
console-details = Details for support
console-to-start = Go to the board
console-list-and = {", "}
console-any = Any
console-anybody = Anybody
console-show = Show
console-save = Save
console-reason = Reason
console-pages = Pages
console-next-page = Next page
console-number = Number
console-kind = Kind
console-language = Language
console-state = State
console-time-about = { $time } ± { $seconds } s
console-zone = Times are in the zone { $zone }.
console-by-at = { $name }, { $time }
console-by-at-on = { $name }, { $time }, device { $code }

## The menu
console-board = Board
console-reviews = Reviews
console-calls = Call register
console-machines = Machines
console-customers = Customers
console-parts = Parts
console-people = People and devices
console-attention = Attention

## What each key does
console-key-next = Next row
console-key-previous = Previous row
console-key-open = Open the row
console-key-remark = Write a remark on the question
console-key-approve = Approve
console-key-return = Return with remarks
console-key-search = Search
console-key-help = Show these keys

## Signing in
console-sign-in = Sign in
console-sign-in-as = Sign in as { $name }
console-sign-in-name = Sign-in name
console-sign-in-name-hint = What you will type to sign in; capitals do not matter.
console-sign-in-help = No password yet, or forgotten? An administrator can make you a link.
console-password = Password
console-new-password = New password
console-password-again = The same password again
console-password-hint = At least 12 characters. Four words that you remember are better than one with signs in it.
console-set-password = Set password
console-set-password-lead = { $name }, choose a password for this console.
console-link-lead = This link signs you in on this computer.

## Errors: what happened, what is safe, what to do
console-trouble-nothing-changed = Nothing was changed.
console-trouble-look-again = Look at the page as it is now and decide again.
console-trouble-ask-other = Ask somebody who may do this.
console-trouble-report = Report this to your administrator.
console-trouble-correct = Correct it and send it again.
console-trouble-not-found-what = This page does not exist, or it is not for you
console-trouble-not-found-safe = Nothing was changed.
console-trouble-not-found-todo = Check the address, or go on from the board.
console-trouble-not-allowed-what = Your role does not allow this
console-trouble-not-allowed-safe = Nothing was changed.
console-trouble-not-allowed-todo = Ask somebody who may do this, or an administrator to give you the role.
console-trouble-form-what = This form is out of date
console-trouble-form-safe = Nothing was sent or changed.
console-trouble-form-todo = Go back, load the page again and send it once more.
console-trouble-throttled-what = Too many attempts
console-trouble-throttled-safe = Your account is safe and unchanged.
console-trouble-throttled-todo = Wait { $minutes } minutes and try again, or ask an administrator for a link.
console-trouble-link-what = This link is used up or too old
console-trouble-link-safe = Nobody was signed in with it now.
console-trouble-link-todo = Ask an administrator for a new link.
console-trouble-too-large-what = The form is too large
console-trouble-too-large-safe = Nothing was changed.
console-trouble-too-large-todo = Shorten the texts and send it again.
console-trouble-store-what = The office server could not read or write its data
console-trouble-store-safe = What was saved before is safe; this step was not done.
console-trouble-store-todo = Try again. If it happens again, tell your administrator and show the details.
console-trouble-sign-in-what = This name and password do not fit
console-trouble-sign-in-safe = Your account is unchanged.
console-trouble-sign-in-todo = Try again, or ask an administrator for a link.
console-trouble-sign-in-name-what = A sign-in name is needed
console-trouble-sign-in-name-safe = Nothing was changed.
console-trouble-sign-in-name-todo = Write one of at most 80 letters.
console-trouble-name-taken-what = This sign-in name is taken
console-trouble-name-taken-safe = Nothing was changed.
console-trouble-name-taken-todo = Choose another one.
console-trouble-password-short-what = The password is too short
console-trouble-password-short-safe = Nothing was changed.
console-trouble-password-short-todo = Use at least 12 characters.
console-trouble-password-long-what = The password is too long
console-trouble-password-long-safe = Nothing was changed.
console-trouble-password-long-todo = Use at most 256 characters.
console-trouble-password-again-what = The two passwords differ
console-trouble-password-again-safe = Nothing was changed.
console-trouble-password-again-todo = Type the same password twice.
console-trouble-person-name-what = A name is needed
console-trouble-person-name-safe = Nothing was changed.
console-trouble-person-name-todo = Write the person's name.
console-trouble-person-roles-what = A role is needed
console-trouble-person-roles-safe = Nothing was changed.
console-trouble-person-roles-todo = Tick at least one role.
console-trouble-own-rights-what = You cannot take away your own administrator role
console-trouble-own-rights-safe = Nothing was changed.
console-trouble-own-rights-todo = Let another administrator do it.
console-trouble-no-address-what = The address of the office server is not known yet
console-trouble-no-address-safe = No invitation was made.
console-trouble-no-address-todo = Let the administrator start the office server with the address that phones reach.
console-trouble-not-understood-what = The consequence was not confirmed
console-trouble-not-understood-safe = The device still works.
console-trouble-not-understood-todo = Tick that you know the consequence, then revoke.
console-trouble-remarks-written-what = You wrote remarks, so this cannot be approved as it is
console-trouble-remarks-written-safe = Nothing was decided; your remarks are still here.
console-trouble-remarks-written-todo = Return with remarks, or clear them and approve.

## Why the rules refused
console-refused-not_allowed = Your role does not allow this
console-refused-own_voucher = Nobody reviews their own voucher
console-refused-malformed = Something in the form does not fit
console-refused-missing = This is missing: { $field }
console-refused-window_reversed = An appointment ends before it begins
console-refused-wrong_answer = The answer does not fit its question
console-refused-no_question = The form has no such question
console-refused-no_record = What it is about does not exist
console-refused-exists = It exists already
console-refused-signed = The voucher is signed and locked; it takes an amendment
console-refused-draft_closed = The amendment's draft is closed
console-refused-state = This is not possible in the state “{ $state }”
console-refused-changed_since = It changed since you looked
console-refused-media_missing = { $count ->
    [one] One cited file has not reached the office
   *[other] { $count } cited files have not reached the office
}
console-refused-unattested = The device has not vouched for the document yet
console-refused-several_documents = Two documents are in force; an amendment of both is needed first
console-refused-waited_too_long = It waited longer than thirty days for something
console-refused-defect = The program stopped on this; it is kept and decided again after an upgrade
console-refused-other = Refused ({ $code })
console-field-fault = fault
console-field-machine = machine or serial number
console-field-reason = reason
console-field-remarks = at least one remark
console-field-lead = who leads the visit
console-field-window = both ends of the appointment
console-field-text = text

## What was just done
console-done-registered = Call registered
console-done-made = Job made
console-done-planned = Visit planned
console-done-reassigned = Visit reassigned
console-done-cancelled = Job cancelled
console-done-noted = Note added
console-done-approved = Approved
console-done-returned = Returned with remarks
console-done-added = Person added
console-done-saved = Saved
console-done-revoked = Device revoked
console-done-closed = Closed
console-done-confirmed = Confirmed
console-done-password = Password set

## Board
console-register-call = Register call
console-make-job = Make job
console-filters = Filters
console-view = View
console-view-state = By state
console-view-person = By person
console-view-day = Day by person
console-view-list = List
console-machine-state = Machine state
console-lane-new = New
console-lane-planned = Planned
console-lane-field = In the field
console-lane-waiting = Waiting
console-lane-review = Signed and to review
console-lane-returned = Returned
console-lane-over = Over
console-lane-other = Other
console-lane-empty = No jobs here
console-lane-more = { $count ->
    [one] { $count } more job
   *[other] { $count } more jobs
}
console-board-empty = Jobs appear here as soon as one is made or comes from the field.
console-board-empty-own = The jobs that you are on appear here.
console-board-more = There are more jobs than fit here. Use the filters or the search.
console-jobs-shown = { $count ->
    [one] { $count } job
   *[other] { $count } jobs
}
console-news = { $count ->
    [one] { $count } job changed.
   *[other] { $count } jobs changed.
}
console-job-news = This job changed.
console-show-news = Show
console-nobody-planned = Nobody planned
console-no-day = No day agreed
console-next-visit = Visit
console-lead = Lead
console-helpers = Helpers
console-no-customer = No customer
console-machine-named = { $model } · { $serial }
console-on-phone = { $absent } of { $all } files still on the phone, { $size }
console-still-on-phone = Still on the phone
console-original-on-phone = Original still on the phone, { $size }
console-on-the-phone = Still on the phone

## Calls
console-fault = Fault
console-fault-words = Fault in the caller's words
console-fault-with-serial = { $fault } (serial as told: { $serial })
console-caller = Caller
console-phone = Phone
console-channel = How it came in
console-received = Received
console-serial = Machine's serial number
console-serial-hint = A registered machine brings its customer and site.
console-customer-of-machine = The machine's customer
console-call-numbered = Call { $number }
console-call-has-job = Has a job
console-call-open = Open
console-calls-empty = Calls appear here when they are registered.
console-open-job = Open job

## Job
console-job-numbered = { $number } · { $customer }
console-priority = Priority
console-class = Class
console-class-proposed = As warranty and contract say
console-class-hint = A registered machine in warranty is free, one under contract is covered, any other is paid.
console-form-of-model = The form of the machine's model
console-place = Place
console-contract = Contract
console-cancel-reason = Cancelled because
console-plan-visit = Plan visit
console-choose-person = Choose a person
console-window-from = Not before
console-window-to = Not after
console-window-agreed = Appointment
console-cancel-job = Cancel job
console-cancel-hint = Work that is done offline meanwhile is kept and comes up for review.
console-reassign = Reassign visit
console-reassign-hint = The visit is closed and a new one with a new number is planned; work already done stays on the old one.
console-new-lead = New lead
console-no-visits = No visit is planned yet.
console-visit = Visit { $ordinal }
console-visit-numbered = Visit { $ordinal } · { $number }
console-leave-reason = Left because
console-review-voucher = Review voucher
console-answers = Answers
console-answers-draft = as sent so far, not signed
console-answers-signed = as signed in { $number } ({ $language })
console-form-not-here = Answers to a form that has not reached the office
console-photos-count = { $count ->
    [one] { $count } photo
   *[other] { $count } photos
}
console-was = was: { $before }
console-photo-changed = other photos than before
console-newly-asked = not answered before
console-also-answered = { $name } also answered: { $value }
console-time-of = { $name }, { $kind }
console-late = after the signature, not in the document
console-notes = Notes
console-no-notes = No notes yet.
console-new-note = New note
console-add-note = Add note
console-timeline = Timeline

## Photos and files
console-photo-alt = { $stage }: { $name }, { $time }
console-captured = Captured { $time } by { $name }
console-captured-at = At { $latitude }, { $longitude } ± { $metres } m
console-file-facts = { $name }, { $size }
console-file-claims = What the file says of itself
console-claims-time = Captured: { $value }
console-claims-place = Place: { $value }
console-claims-camera = Camera: { $value }
console-claims-pixels = Pixels: { $value }
console-finding-damaged = Damaged file
console-finding-empty = Empty file
console-finding-mislabelled = Not the kind that its name says
console-finding-huge = Unusually large
console-viewer = Photo
console-zoom = Zoom
console-turn = Turn
console-compare = Compare as found and as left
console-no-photos = No photos or files.

## Signed documents
console-voucher-numbered = Service voucher { $number }
console-amendment-numbered = Amendment { $number }
console-amendment-open = Amendment { $number } is being written
console-amended = Amended later
console-in-force = In force
console-amended-because = Reason: { $reason }
console-unattested = Unsigned by device
console-open-pdf = Open PDF
console-download-pdf = Download PDF
console-pdf-on-phone = The PDF is still on the phone, { $size }.
console-pdf-not-made = The PDF follows when the device has vouched for the document.
console-sealed-name = Name of the sealed document:
console-satisfaction = Satisfaction { $stars } of 5
console-signature-alt = Signature of { $name }, { $role }
console-stamp-alt = Company stamp beside the signature of { $name }
console-customer-said = { $name }: { $outcome }. { $remarks }

## Review
console-reviews-empty = Vouchers appear here when they are handed in.
console-round = Round
console-review-title = Review { $number } · { $customer } · round { $round }
console-place-in-queue = { $place } of { $count }
console-approve = Approve
console-return = Return with remarks
console-next-review = Next voucher
console-remark = Remark
console-remark-whole = Remark on the whole voucher
console-remark-on = { $question }: { $text }
console-findings = Findings
console-finding-unattested = The device has not vouched for the document yet
console-finding-no-found = No photo as found
console-finding-no-left = No photo as left
console-changed-since = Changed by the amendment
console-missing-media = Files that are not at the office
console-missing-hint = To approve without a file, say why that is acceptable.
console-missing-reason = Why the office does without this file
console-missing-accepted = Accepted without the file { $file }: { $reason }
console-without-attestation = Approve although the device has not vouched for the document
console-own-voucher = This is your own visit: somebody else reviews it.
console-review-not-yours = Your role does not review vouchers.
console-review-closed = There is nothing to decide now: { $state }.
console-review-done = Round { $round }: { $outcome }, { $name }, { $time }

## People and devices
console-people-empty = People appear here when they are added.
console-person-name = Name
console-roles = Roles
console-add-person = Add person
console-archived = No longer with the company
console-devices = Devices
console-no-devices = No device yet.
console-invite = Invite a device
console-invite-title = Invite a device of { $name }
console-invite-lead = Let { $name } scan this with the app, or paste the text there. It is shown once.
console-invite-text = Enrolment text
console-invite-print = Print of the company’s key, shown again on the device before it enrols
console-invite-note = It holds for one device, until { $time }.
console-qr-alt = QR code of the enrolment text below
console-invite-app = No app on the phone yet? Get it here
console-app-title = The app for Android phones
console-app-lead = Scan this with the phone’s camera, or open the address in its browser. Then open the file and let the phone install it.
console-app-qr-alt = QR code of the address below
console-app-download = Download the app
console-app-address = Address
console-app-digest = SHA-256 of the file, to compare
console-app-note = Afterwards open the app and scan the invitation that the office gives you.
console-app-none = No app was placed on this server yet.
console-app-none-todo = An administrator places the signed file with: countersign hub app FOLDER FILE.apk
console-back-to-person = Back to the person
console-console-access = Console
console-access-as = Signs in as { $name }.
console-access-none = Has no password for the console yet.
console-make-password-link = Make password link
console-link-title = Password link for { $name }
console-password-link-lead = Give this link to { $name } alone: whoever opens it sets the password. It is shown once.
console-password-link-text = Link
console-password-link-note = It holds once, until { $time }.
console-device-enrolled = Enrolled { $time }
console-device-seen = Last seen { $time }
console-device-never-seen = Never seen since it enrolled
console-device-revoked-because = Revoked: { $reason }
console-device-quarantine = { $count ->
    [one] { $count } command in quarantine
   *[other] { $count } commands in quarantine
}
console-revoke = Revoke device
console-revoke-title = Revoke device { $code }
console-revoke-lead = “{ $device }” of { $name }. This is what follows:
console-revoke-download = It gets nothing more from the office, at once.
console-revoke-upload = For 90 days it may still send work that it holds; that waits in quarantine for a person.
console-revoke-lock = What it shows locks itself when its lease ends, at most 30 days after it was last seen.
console-revoke-final = A revoked device never comes back; it enrols again as a new one.
console-revoke-understood = I know the consequence and revoke { $code }
console-revoke-reason-hint = For example: lost on 3 May, left the company.
console-keep-device = Keep device

## Attention
console-attention-empty = What needs a person appears here: refused work, conflicts, devices in quarantine.
console-flag = Look at this
console-flag-with-facts = { $what } ({ $facts })
console-about-job = Job { $number }
console-what-was-done = What was done about it
console-close-flag = Close
console-refused = Refused
console-refused-title = Refused: { $what }
console-refused-kept = What was sent is kept.
console-close-refusal = Close
console-quarantine = Quarantine
console-quarantine-title = Held back: { $what }
console-quarantine-why = It came from a revoked or unknown device, or in somebody else's name. It has no effect until a person confirms it.
console-confirm-quarantine = Confirm
console-waiting = Waiting
console-waiting-title = Waits: { $what }
console-waiting-why = It waits for something that another device has not sent yet.
console-parked-why = It comes from a newer app and waits until this office server is upgraded.

## Lists and search
console-machines-empty = Machines appear here when they are registered.
console-customers-empty = Customers appear here when they are registered.
console-parts-empty = Parts appear here when the catalogue is filled.
console-warranty-until = Warranty until
console-meter = Meter
console-address = Address
console-wear-part = Wear part
console-search-title = Search: { $text }
console-search-empty = Nothing found. Try a number, a serial number or a part of a name.
console-found-jobs = Jobs

## The course of a job: what happened
console-event-not-done = { $what } ({ $outcome })
console-event-call-register = Call registered
console-event-job-create = Job made
console-event-job-cancel = Job cancelled
console-event-visit-plan = Visit planned
console-event-visit-reassign = Visit reassigned
console-event-visit-travel = Set off
console-event-visit-arrive = Arrived
console-event-visit-leave = Left
console-event-time-record = { $count ->
    [one] Time recorded
   *[other] { $count } times recorded
}
console-event-meter-read = Meter read
console-event-answer-set = { $count ->
    [one] Question answered
   *[other] { $count } questions answered
}
console-event-item-add = { $count ->
    [one] Entry added
   *[other] { $count } entries added
}
console-event-item-remove = { $count ->
    [one] Entry removed
   *[other] { $count } entries removed
}
console-event-evidence-attach = { $count ->
    [one] Photo or file attached
   *[other] { $count } photos or files attached
}
console-event-part-use = { $count ->
    [one] Part used
   *[other] { $count } parts used
}
console-event-charge-add = Charge added
console-event-note-add = Note added
console-event-document-sign = Document signed
console-event-document-attest = Device vouched for the document
console-event-voucher-submit = Voucher handed in
console-event-amendment-begin = Amendment begun
console-event-amendment-discard = Amendment given up
console-event-review-decide = Review decided
console-event-review-approved = Approved
console-event-review-returned = Returned with remarks
console-event-flag-close = Attention item closed
console-event-refusal-discard = Refused work given up
console-event-master-save = Master data saved
console-event-device-enrol = Device enrolled
console-event-device-revoke = Device revoked
console-from-device = device { $code }
console-from-console = console
console-from-portal = portal
console-from-machine = machine
console-from-hub = office server
console-who-from = { $name }, { $from }
