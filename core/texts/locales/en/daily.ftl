# Texts of the console's daily work: the board's plan, photos, review, attention, audit, policies, sign-ins.

## The board's views and filters
console-view-week = Week by person
console-kept-views = Saved views
console-kept-none = Views that you save appear here.
console-view-name = Name of this view
console-view-opens = The board opens with it
console-view-keep = Save view
console-view-forget = Remove view
console-view-first = opens first
console-view-share = The address of this page holds every filter: send it to a colleague.
console-filter-text = Text
console-filter-text-hint = Number, fault, serial, customer
console-filter-branch = Branch
console-more-filters = More filters
console-clear-filters = Clear filters
console-only-machine = Only machine { $serial }
console-only-customer = Only { $name }
console-only-clear = Show all
console-board-none-fit = No job fits these filters.

## The board's plan
console-day = Day
console-today = Today
console-earlier = Earlier
console-later = Later
console-weekday-1 = Mon
console-weekday-2 = Tue
console-weekday-3 = Wed
console-weekday-4 = Thu
console-weekday-5 = Fri
console-weekday-6 = Sat
console-weekday-7 = Sun
console-weekday-day = { $weekday } { $day }
console-weekday-date = { $weekday }, { $date }
console-no-appointment = No appointment yet
console-appoint = Plan
console-plan-empty = People who go on visits appear here as rows.
console-plan-hint = Drag a visit to another person or time, or choose “Move”. You see what follows before anything changes.
console-overlaps = Overlaps another visit
console-move = Move
console-move-title = Move a visit of { $number }
console-move-now = As it stands
console-move-follows = What follows
console-move-somebody = another person
console-move-reassigns = To another lead: the visit of { $from } is closed and a new one with a new number is planned for { $to }. What was already done stays on the old visit.
console-move-appoints = To another time: the appointment changes; the engineer’s phone shows it with its next contact. Tell the customer.
console-keep-as-is = Keep as it is

## Keys
console-key-next-voucher = Next voucher
console-key-previous-voucher = Previous voucher
console-key-move = Move the visit

## Photos
console-gallery-title = Photos and files · { $number } · { $customer }
console-gallery = All photos and files
console-stage = Stage
console-as-found = As found
console-as-left = As left
console-other-photos = Other photos and files
console-photo-next = Next
console-photo-previous = Previous
console-side-by-side = Side by side
console-slide = Compare with a slider
console-photo-facts = Facts
console-photo-download = Download original

## Review
console-previous-review = Previous voucher
console-standard-remark = Standard remark
console-remark-before = Asked in round { $round }: { $text }
console-unchanged-answers = { $count ->
    [one] { $count } answer as before
   *[other] { $count } answers as before
}
console-since-you-looked = Came in since you looked: { $value }
console-change-line = { $what }: { $before } → { $after }
console-finding-late = { $count ->
    [one] { $count } fact came after the signature and stands outside the document
   *[other] { $count } facts came after the signature and stand outside the document
}

## Attention
console-attention-sorts = Sorts
console-attention-all-of-them = { $count ->
    [one] Show { $count }
   *[other] Show all { $count }
}
console-sort-all = All
console-sort-refused = Refused
console-sort-refused-lead = The rules did not accept this. What was sent is kept; it has no effect.
console-sort-quarantine = Held back
console-sort-quarantine-lead = It waits for a person to confirm it or to turn it down.
console-sort-conflict = Two answers
console-sort-conflict-lead = Two people answered one question. Both answers are kept.
console-sort-flag = To look at
console-sort-flag-lead = A rule noticed something that a person should judge.
console-sort-media = Files missing
console-sort-media-lead = Photos or files of these jobs have not reached the office yet.
console-sort-silent = Silent devices
console-sort-silent-lead = These phones were not heard of for a week. Ask their people.
console-sort-waiting = Waiting
console-sort-waiting-lead = Work that waits for something another device has not sent yet.
console-sort-parked = Newer app
console-sort-parked-lead = Work of a newer app waits until this office server is upgraded.
console-keep-as-note = Keep as a note
console-kept-as-note = Kept as a note on the job
console-reject-quarantine = Turn down
console-two-amendments-what = Return the voucher with a remark, or ask the engineer: the next amendment replaces both.
console-held-of-device = Held back: device { $code } of { $name }
console-held-together = { $count ->
    [one] One entry of this device waits. Each stands below.
   *[other] { $count } entries of this device wait. Each stands below.
}
console-confirm-together = { $count ->
    [one] Confirm it
   *[other] Confirm all { $count }
}
console-reject-together = { $count ->
    [one] Turn it down
   *[other] Turn all { $count } down
}
console-would-change = Confirmed, it would change: { $what }.
console-would-nothing = Confirmed, it would change nothing.
console-would-refuse = Confirmed, it would be refused: { $why }.
console-would-wait = Confirmed, it would wait for something that is not here yet.
console-kind-counted = { $name } ({ $count })
console-conflict-title = Two answers: { $question }
console-answer-current = Stands now, by { $name }
console-answer-kept = Kept beside it, by { $name }
console-keep-current = Keep what stands
console-take-other = Take the answer of { $name }
console-other-taken = The other answer was taken
console-conflict-signed = The voucher is signed: return it with a remark if the answer must change.
console-silent = Silent
console-silent-title = “{ $device }” of { $name }
console-silent-visits = { $count ->
    [one] { $count } open visit
   *[other] { $count } open visits
}
console-open-person = Open person
console-media-missing = Files missing
console-media-count = { $count ->
    [one] { $count } file is not at the office
   *[other] { $count } files are not at the office
}

## What a command carried
console-sent-text = Text
console-sent-value = Value
console-sent-reason = Reason
console-sent-fault = Fault
console-sent-caller = Caller
console-sent-name = Name
console-sent-path = Question
console-sent-code = Code
console-sent-quantity = Quantity
console-sent-description = Description
console-sent-minutes = Minutes
console-sent-kilometres = Kilometres
console-sent-serial = Serial number
console-sent-lead = Lead
console-sent-person = Person
console-sent-outcome = Outcome
console-sent-priority = Priority
console-sent-number = Number
console-sent-filter = Filter
console-sent-way = Way
console-sent-kind = Kind
console-sent-phone = Phone
console-sent-address = Address

## Kinds of records
console-kind-company = Company
console-kind-branch = Branch
console-kind-person = Person
console-kind-customer = Customer
console-kind-contact = Contact
console-kind-site = Site
console-kind-model = Model
console-kind-machine = Machine
console-kind-part = Part
console-kind-form = Form
console-kind-policy = Policy
console-kind-code = Code
console-kind-price = Price
console-kind-depot = Depot
console-kind-movement = Stock movement
console-kind-stock = Stock
console-kind-call = Call
console-kind-job = Job
console-kind-visit = Visit
console-kind-voucher = Service voucher
console-kind-fill = Filled form
console-kind-answer = Answer
console-kind-item = Entry
console-kind-evidence = Photo or file
console-kind-part-use = Part used
console-kind-charge = Charge
console-kind-time-entry = Time
console-kind-meter-reading = Meter reading
console-kind-note = Note
console-kind-document = Signed document
console-kind-amendment = Amendment
console-kind-review = Review
console-kind-flag = Flag
console-kind-device = Device
console-kind-series = Number series
console-kind-cash-receipt = Cash receipt

## Audit log
console-audit = Audit log
console-audit-time = Time
console-audit-who = Who
console-audit-what = What
console-audit-about = About
console-audit-outcome = Outcome
console-audit-from = Where from
console-audit-details = Details
console-audit-record = Job, voucher or record number
console-day-from = From day
console-day-to = To day
console-audit-export = Export as CSV
console-audit-empty = What people and devices do appears here.
console-audit-no-record = No job, voucher or record has this number.
console-audit-cut = The export ends here because it is long: narrow the period for the rest.
console-audit-undecided = Not decided yet
console-from-session = console, session { $session }
console-from-address = address { $address }
console-from-session-at = console, session { $session }, address { $address }
console-office-session-begin = Signed in
console-office-session-refused = Sign-in refused
console-office-session-end = Signed out
console-office-session-end-one = Ended a sign-in elsewhere
console-office-session-end-all = Signed out everywhere
console-office-app-place = App for phones placed
console-office-link-make = Password link made
console-office-password-set = Password set
console-office-invite-make = Device invited
console-office-quarantine-confirm = Held-back work confirmed
console-office-quarantine-reject = Held-back work turned down
console-office-audit-export = Audit log exported

## Policies
console-policies = Policies
console-policies-empty = Policies appear here.
console-policy-default = General policy
console-policy-name = Policy
console-policy-means = What it means
console-policy-history = Changes
console-policy-reserve = Free space before capture
console-policy-reserve-mib = Free space that must remain before a camera opens, MiB
console-policy-reserve-hint = Below it the phone refuses to capture, so that what was captured before can still be saved. 16 or more.
console-policy-grace = Kept on phones
console-policy-grace-days = Days that photos stay on a phone after the office has them
console-policy-grace-hint = Where no proven backup is announced. 7 to 3650.
console-policy-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
console-policy-prices = Prices hidden from the customer
console-policy-prices-all = none
console-policy-prices-hint = Vouchers of the ticked classes print no prices; the signed document records that.
console-policy-says-reserve = A camera opens only while { $size } are free on the phone.
console-policy-says-grace = { $count ->
    [one] Photos stay on the phone for { $count } day after the office has them.
   *[other] Photos stay on the phone for { $count } days after the office has them.
}
console-policy-says-all-prices = Every voucher shows its prices to the customer.
console-policy-says-prices = The customer sees no prices on vouchers of class { $classes }.

## Sign-ins
console-account = My sign-ins and password
console-sign-ins = Sign-ins
console-sign-ins-of = Sign-ins of { $name }
console-sign-ins-lead = Where this person is signed in now. One you do not know? End it and choose another password.
console-sign-ins-none = Signed in nowhere.
console-session-program = { $browser } on { $system }
console-session-unknown = Another program
console-session-begun = Since { $time }
console-session-used = Last used about { $time }
console-session-from = From { $address }
console-session-here = This browser
console-session-end = End
console-sign-out-everywhere = Sign out everywhere
console-change-password = Another password
console-present-password = Present password
console-no-password-yet = You have no password yet. Ask an administrator for a link.

## What was just done
console-done-moved = Visit moved
console-done-view-kept = View saved
console-done-views-full = Not saved: you have 50 views, remove one first
console-done-view-forgotten = View removed
console-done-rejected = Turned down
console-done-taken = The other answer stands now
console-done-sign-in-ended = Sign-in ended
console-done-signed-out = Signed out everywhere
console-done-changed = Job changed

## Errors
console-trouble-present-password-what = The present password is wrong
console-trouble-present-password-safe = Nothing was changed.
console-trouble-present-password-todo = Type it again, or ask an administrator for a link.
console-trouble-policy-name-what = A name is needed
console-trouble-policy-name-safe = Nothing was changed.
console-trouble-policy-name-todo = Write the name of the policy.
console-trouble-policy-reserve-what = The free space does not fit
console-trouble-policy-reserve-safe = Nothing was changed.
console-trouble-policy-reserve-todo = Write a whole number of MiB, 16 or more.
console-trouble-policy-grace-what = The number of days does not fit
console-trouble-policy-grace-safe = Nothing was changed.
console-trouble-policy-grace-todo = Write a whole number from 7 to 3650.

## Search
console-found-documents = Signed documents
console-found-models = Machine models
console-found-archived = archived
console-found-more = More of these
console-search-everything = Search in everything
console-search-all = Show all hits
console-search-lead = Type a number, a serial number, a name, a part or the beginning of a document’s hash.

## Changing a job
console-change-job = Change job
console-link-machine = Link machine
console-link-machine-hint = The serial number of a registered machine.
console-class-reason = Why the class changes
console-set-class = Change class
console-staff = Change helpers
console-no-such-machine = No machine has this serial number
