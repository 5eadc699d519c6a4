# Texts of what a phone keeps to and keeps safe: its lease, what was salvaged, its key.
lease-ends-soon = { $days ->
    [one] This device must sync within one day; otherwise what is on it is hidden until it does. Nothing is lost.
   *[other] This device must sync within { $days } days; otherwise what is on it is hidden until it does. Nothing is lost.
  }
lease-over = This device has not heard from the office for too long, so what is on it is hidden. Nothing is lost: sync with the office, and everything is shown again.
