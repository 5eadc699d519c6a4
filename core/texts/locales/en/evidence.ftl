# Photos, videos and files: what was drawn over them, their set, what is odd about them.

## Drawing over a photo
refusal-not_a_picture = “{ $name }” is no picture. Draw over a photo.
console-refused-not_a_picture = “{ $name }” is no picture; only a picture can be drawn on
console-event-evidence-annotate = { $count ->
    [one] Drew over a photo
   *[other] Drew over photos { $count } times
}
kind-annotation = Drawing over a photo
evidence-drawn-by = Drawn over by { $names }
evidence-drawing-full = This drawing has all that fits on it. Keep it, or take a shape out first.

## What is odd about a file
console-finding-claims = Its own data cannot be read
console-finding-mixed = Two kinds of file in one
console-finding-time = Its own time is far from the capture
console-claims-duration = Running time as the file says: { $value }
console-claims-codec = Coded as { $value }
console-claims-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}

## The set of captures
evidence-set-place = No. { $number }
set-missing = Capture { $number } of { $name } is missing
set-changed = Capture { $number } of { $name } was exchanged or its time was changed
set-twice = Two captures of { $name } have the number { $number }
set-clock_set = The clock was set before capture { $number } of { $name }
evidence-set-whole = Captures of { $name }: { $count ->
    [one] { $count }, complete and in its order
   *[other] { $count }, none missing, exchanged or re-timed
}
evidence-set-broken = Captures of { $name }: up to number { $count }, not whole
verify-set-missing = Capture { $number } of { $name } is missing from the set that was sealed.
verify-set-changed = Capture { $number } of { $name } was exchanged, or its time was changed.
verify-set-twice = Two captures of { $name } have the number { $number }.
verify-set-clock_set = The clock was set before capture { $number } of { $name }, which the sealed set does not say.
verify-set-differs = The captures of { $name } are not the set that was sealed.
evidence-set-facts = { $place } · { $facts }
evidence-running-time = Running time { $time }
evidence-chosen = Chosen among files { $time }
evidence-chosen-taken = Taken { $taken } as the file says, chosen { $time }

## Letterhead and rating
letterhead-tax-number = { $label } No. { $number }
signature-aspects = Rated in detail
signature-aspect = { $aspect }: { $score } of 5
aspect-timeliness = Timeliness
aspect-thoroughness = Thoroughness
aspect-documents = Documents
aspect-skill = Skill
aspect-training = Training
aspect-attitude = Attitude

## Reading what was signed in another language
console-as-signed = As signed: { $text }
console-signed-answer = { $question }: { $answer }
console-as-written = as written in { $language }
