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

console-event-amendment-reason = Reason of the amendment changed
