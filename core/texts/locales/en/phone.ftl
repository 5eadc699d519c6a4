# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = { $days ->
    [one] This device must sync within one day; otherwise what is on it is hidden until it does. Nothing is lost.
   *[other] This device must sync within { $days } days; otherwise what is on it is hidden until it does. Nothing is lost.
  }
lease-over = This device has not heard from the office for too long, so what is on it is hidden. Nothing is lost: sync with the office, and everything is shown again.

# A damaged store: what was saved from it, what may be missing, where the damaged file lies.
salvaged = The store of this device was damaged and made anew. { $commands ->
    [one] One entry
   *[other] { $commands } entries
  } that the office may not have { $commands ->
    [one] was
   *[other] were
  } saved, the last one from { $last }, with { $files ->
    [one] one file
   *[other] { $files } files
  }. What was saved within two seconds of the damage may be missing: look at your last job. The damaged file is kept at { $aside }.
salvaged-nothing = The store of this device was damaged and made anew. No entry waited for the office, so none was lost unless it was saved within two seconds of the damage. The damaged file is kept at { $aside }.

attention-lost_key = The key with which this device signs is gone, so the office cannot verify what it signs. Your work is kept: ask the office for an invitation and enrol this device again; it goes along.
attention-lost_token = The token with which this device calls the office cannot be opened any more, or this is a copy of another device. Nothing that was saved is lost: ask the office for a new invitation and enrol this device again; what waits is sent once you confirm it.
attention-strange_hub = What answers at your office’s address is not your company’s hub, or its key has changed and nobody you trust vouches for it. Nothing was sent to it; everything is kept here. Use another network; if it stays so, call the office, and enrol again only with an invitation whose key print they read out to you.
attention-log_changed = The office’s log of what it received does not agree with what this device saw before: something was changed or left out afterwards. Your work is safe on this device and goes on being sent. Tell your administrator and send them this device’s diagnostics: they hold the proof.

console-event-amendment-reason = Reason of the amendment changed

# The departure check: one line each, here or missing with what to do.
departure-ready = Everything for this job is on this device.
departure-not-ready = Not everything for this job is on this device yet.
departure-job = The job and its visits
departure-job-missing = The job has not arrived whole: sync before you leave.
departure-form = The form
departure-form-missing = The form has not arrived: sync before you leave.
departure-customer = Customer and site
departure-customer-missing = Customer or site have not arrived: sync before you leave.
departure-contact = A phone number at the customer
departure-contact-missing = No phone number of anybody at the customer is known: ask the office.
departure-machine = The machine
departure-machine-missing = The machine has not arrived: sync before you leave.
departure-history = The earlier visits of the machine
departure-history-missing = The earlier visits of the machine have not all arrived: sync before you leave.
departure-documents = The documents signed on earlier visits
departure-documents-missing = Documents signed on earlier visits have not all arrived: sync before you leave.
departure-parts = The parts list
departure-parts-missing = The parts list has not arrived whole: sync before you leave.
departure-stock = Every part that wears is in your van
departure-stock-missing = Your van has none of these parts that wear: { $missing }

job-choice-today = Today
job-choice-open = Open
job-choice-mine = I lead
job-choice-returned = Returned
job-choice-own = All of mine
job-choice-all = Everything here
