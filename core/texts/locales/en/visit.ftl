# Texts of the field app's pages around a visit: drawing, people, class, requests, remote visits, nameplates; and of the console that answers.

## Drawing over a photo
laptop-draw = Draw on the photo
laptop-draw-tool = What
laptop-draw-ink = Colour
laptop-draw-words = Words of the label
laptop-draw-words-hint = Write first, then tap the photo where the label shall stand.
laptop-draw-words-first = Write the words of the label first.
laptop-draw-placed = Drawn
laptop-draw-begun = Begun: move with the arrow keys, Enter ends, Escape gives up.
laptop-draw-at = { $x } % from the left, { $y } % from the top
laptop-draw-board = Photo to draw on
laptop-draw-keys = By keyboard: the arrow keys move a cross (with Shift in large steps), Enter begins and ends, Escape gives up, Delete takes the last one away, Ctrl Z undoes.
laptop-draw-undo = Undo
laptop-draw-redo = Redo
laptop-draw-clear = Take all away
laptop-draw-list = What is drawn
laptop-draw-none = Nothing yet: draw on the photo.
laptop-draw-what = The photo itself stays as it was taken. The drawing is a layer of its own over it.
laptop-verb-draw = Keep drawing
laptop-done-drawn = The drawing is kept
laptop-done-undrawn = The drawing was taken away
shape-arrow = Arrow
shape-circle = Circle
shape-line = Free line
shape-text = Label
ink-red = Red
ink-yellow = Yellow
ink-blue = Blue
ink-black = Black
ink-white = White
laptop-finding-mixed = Two kinds of file in one
laptop-finding-time = Its own time is far from the capture
laptop-finding-claims = Its own data cannot be read

## People of a visit
laptop-people = People
laptop-lead = Leads the visit
laptop-helpers = Helpers
laptop-no-helpers = Nobody helps on this visit.
laptop-no-colleagues = No colleagues are known on this device yet.
laptop-helpers-what = Who helps receives the job on their own device with the next sync. What somebody did before they leave stays.
laptop-helpers-lead-says = Only who leads an open visit says who helps.
laptop-done-people = Helpers changed

## The class of a voucher
laptop-class-why-now = It was changed because:
laptop-class-which = How is this visit paid?
laptop-class-proposed = Proposed
laptop-class-payer-customer = The customer pays.
laptop-class-payer-contract = The service contract covers it.
laptop-class-payer-warranty = Free for the customer: the warranty covers it.
laptop-class-payer-internal = Nobody is charged: it is our own work.
laptop-class-signed = The customer signs.
laptop-class-unsigned = Only you sign.
laptop-class-reason = Why another class?
laptop-class-reason-hint = The manager sees the reason with the voucher.
laptop-verb-class = Set class
laptop-done-class = Class set

## Asking the office
laptop-ask = Ask the office
laptop-ask-what = What do you need?
wish-window = Another appointment
wish-parts = More parts
wish-colleague = A colleague to help
wish-question = An answer to a question
wish-change = A record put right
laptop-window-from = Not before
laptop-window-to = Not after
laptop-ask-field = What is wrong?
laptop-ask-reason = In your words
laptop-ask-reason-hint = Which part and how many, who and when, or why: the office reads exactly this.
laptop-verb-ask = Ask
laptop-done-asked = Asked; the answer appears here
laptop-asked = Asked of the office
request-answered = Answered
laptop-nothing-asked = What you ask appears here with the office’s answer.
laptop-office-answer = The office answers

## Further visits, and visits by phone or video
laptop-plan = Plan a visit
laptop-plan-what = A further visit of yours on this job, with its own voucher. Its number comes from this device.
laptop-plan-where = Where?
laptop-on-site = At the customer
laptop-remote = Remote
laptop-plan-window-hint = Without times the visit has no appointment.
laptop-collects = It also collects the sign-off of
laptop-verb-plan = Plan visit
laptop-done-planned = Visit planned
laptop-verb-remote = Do it by phone or video
laptop-verb-on-site = Go there after all
laptop-done-remote = This visit is by phone or video now
laptop-done-on-site = This visit is at the customer again
laptop-remote-what = By phone or video: nobody is there to sign. A later visit collects the sign-off.
laptop-remote-visits = Remote visits
laptop-waiting-what = These were done by phone or video at this customer and wait for a sign-off.
laptop-verb-collect = Sign on this visit
laptop-done-collected = Added: it can be signed on this visit
laptop-sign-remote = Sign { $number }
laptop-step-begin = Begin
laptop-verb-begin = Begin the session
laptop-step-end = End
laptop-verb-end = End the session

## Taken over, and not registered
laptop-held-before = Taken over from { $name }. When it was given to you, their device had last been heard of on { $time }: what it had not sent by then may still be only there.
laptop-held-before-unheard = Taken over from { $name }. No device of theirs was ever heard of.
laptop-carried-from = You go on with the work of { $name } from their hand-over file.
laptop-unregistered = This machine is not registered. The office registers it, from the nameplate or the serial number.

## A job from a nameplate
laptop-nameplate = Nameplate
laptop-new-nameplate = Job from a nameplate
laptop-nameplate-what = For a machine that nobody registered: photograph its nameplate first, then type what can be read from it.
laptop-nameplate-take = Photograph the nameplate
laptop-nameplate-kept = The photo is kept ({ $size }). Now the job.
laptop-nameplate-serial-hint = As far as it can be read; may stay empty.
laptop-nameplate-drop = No job: remove the photo
laptop-done-nameplate-dropped = The photo was removed

## Parts, times and the meter
laptop-part-details = Batch, stock, who pays
laptop-part-from = Taken from
laptop-part-elsewhere = Not from our stock
laptop-stock-place = { $place }: { $count }
laptop-part-payer = Who pays
laptop-payer-by-class = As the class says
laptop-correct = Correct
laptop-verb-correct = Put right
laptop-done-time-corrected = Time put right
laptop-meter-before = Before
laptop-meter-now = On this visit
laptop-meter-backward = { $value } (less than before: kept, not taken over)
field-window = both times of the appointment

## The console answers
console-requests = Requests of the field
console-request-answer = Answer
console-grant-window = Agree to it
console-grant-parts = Will be done
console-grant-colleague = Will be done
console-grant-question = Answer
console-grant-change = Change it as asked
console-decline = Decline
console-asked-window = Appointment asked for
console-asked-field = { $about }: { $field }
console-visit-where = Where
console-collected-by = Sign-off is collected on
console-collected-nowhere = a later visit
console-collects = Collects the sign-off of
console-open-request = Look and answer
console-done-decided = Answered
console-sort-request = Requests
console-sort-request-lead = The field asks and waits for an answer.
console-event-visit-remote = Changed between on site and remote
console-event-visit-collect = Sign-off of a remote visit collected here
command-visit-remote = Remote or on site
command-visit-collect = Collected sign-off
command-visit-staff = Helpers
command-class-set = Class
command-request-make = Request to the office
command-evidence-annotate = Drawing
command-job-diagnose = Diagnosis
console-plan-remote = By phone or video: a later visit collects the sign-off

document-not-here = This paper was signed on another device, and its file is not on this one. What was signed stands in the history; the office has the paper.
laptop-new-known = Registered: { $about }
laptop-new-look-up = Look up
laptop-take-back = Take back
laptop-done-part-back = Taken back
laptop-done-charge-corrected = Charge put right
