# Why a command was refused: refusal-<code>. What happened, then what to do.
refusal-not_allowed = You have no right to do this. Ask a manager or administrator.
refusal-own_voucher = Nobody reviews their own voucher. Ask another manager.
refusal-malformed = This could not be understood: { $why }. Enter it again.
refusal-missing = Something is missing: { $field }. Fill it in and try again.
refusal-wrong_answer = “{ $value }” does not fit. { $expected ->
    [integer] A whole number is expected.
    [decimal] A number is expected.
    [date] A date such as 2026-11-22 is expected.
    [time] A time such as 14:30 is expected.
    [date_time] A date with a time is expected.
    [option] One of the listed choices is expected.
    [read_only] This question is filled in by the form.
   *[other] Another kind of answer is expected.
  }
refusal-window_reversed = The end is before the beginning. Change one of the two.
refusal-no_question = The form has no question “{ $question }”.
refusal-no_record = This record does not exist at the office ({ $kind }).
refusal-exists = This was recorded before ({ $kind }). Nothing needs to be done.
refusal-signed = The voucher is signed and locked. Begin an amendment to change it.
refusal-draft_closed = This amendment is closed. Begin another one.
refusal-state = This is not possible in the present state: { $state }.
refusal-changed_since = It changed since you looked. Look again, then decide.
refusal-media_missing = { $count } cited files have not reached the office. Wait for them, or say why they are not needed.
refusal-unattested = The device has not signed this document yet. Wait for its next sync, or approve without its signature.
refusal-several_documents = Several documents stand side by side. An amendment of all of them is needed first.
refusal-waited_too_long = What this waited for did not come within thirty days.
refusal-defect = The office server could not decide this. It is kept and decided again after an update.
