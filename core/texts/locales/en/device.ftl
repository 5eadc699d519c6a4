# Texts of the phone's screens.
question-missing = An answer is needed.
question-violated = This answer is outside what the form allows.
question-not-an-option = This answer is not among the choices any more.

status-safe = Everything here is safe at the office.
status-commands-only-here = { $count ->
    [one] One entry is only on this device.
   *[other] { $count } entries are only on this device.
  }
status-files-only-here = { $count ->
    [one] One file ({ $size }) is only on this device.
   *[other] { $count } files ({ $size }) are only on this device.
  }

attention-unattested = This document is signed by the people and waits for the device’s own signature. Nothing is lost; unlock the device.
attention-damaged_file = The bytes of this file were damaged on this device, so it is not sent. Take the picture again.
attention-unfiled_file = This file was captured and not filed before the app stopped. It is safe; file it with a job.
attention-fork = This store is a copy of one that another device goes on with. Your work is kept; enrol this device anew.
attention-held = Work of the earlier device waits here. Confirm that this device sends it.
