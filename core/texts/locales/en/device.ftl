# Texts of the phone's screens.
question-missing = An answer is needed.
question-violated = This answer is outside what the form allows.
question-not-an-option = This answer is not among the choices any more.

status-nothing-here = Nothing is recorded on this device yet.
status-safe = Everything here is safe at the office.
status-needs-you = { $count ->
    [one] One thing here needs you.
   *[other] { $count } things here need you.
  }
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
attention-waiting_file = { $name } was captured and is with no job yet. It is safe on this device; file it with a job.
attention-fork = This store is a copy of one that another device goes on with. Your work is kept; enrol this device anew.
attention-held = Work of the earlier device waits here. Confirm that this device sends it.

# What holds sync up, and what a person can do. Nothing that was saved is touched by any of it.
problem-offline = The office is not reached. Go on working: everything is kept here and sent when there is a network.
problem-captive_portal = Something else than the office answers. Sign in to this network’s own page, or use another network.
problem-hub_busy = The office server asks to wait. It is tried again by itself.
problem-hub_storage = The office server has no space left. Tell the office; everything is kept here until then.
problem-not_understood = This program and the office server do not understand each other. Update this program.
problem-local_store = This device cannot write. Free some space on it, then sync again.
problem-untrusted = What answers at your office’s address is not your company’s hub, or its key has changed and nobody you trust vouches for it. Nothing was sent to it; everything is kept here. Use another network; if it stays so, call the office, and enrol again only with an invitation whose key print they read out to you.
problem-command_too_large = One entry is larger than the office server takes. Tell the office; everything is kept here.
problem-missing_on_hub = The office server lacks entries that this device no longer has. Tell the office.
problem-fork = The data of this device was copied or restored elsewhere. Ask the office for an invitation and enrol this device again; your work goes along.
problem-revoked = The office has revoked this device. What you saved is still sent and waits there for a person; ask the office.
problem-sign_in = The office server does not know this device. Ask the office for an invitation and enrol again; your work is kept.
problem-token_locked = The token with which this device calls the office is locked until the device is unlocked. Unlock it; sync then goes on by itself. Saving and signing go on meanwhile.
problem-token_lost = The token with which this device calls the office is gone, or this is a copy of another device. Nothing that was saved is lost: ask the office for an invitation and enrol this device again; your work goes along.

file-safety-office = Safe at the office
file-safety-here = Only on this device
file-safety-elsewhere = From another device
