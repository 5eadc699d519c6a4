// Answers: saved when they change, called saved only when the shell said so, kept in the field (and in the browser, for
// this visit only) where that did not succeed, and tried again.
"use strict";

(() => {
  const { ask, problemOf, lost, notice, refresh, one, all } = window.countersign;
  const form = () => one("[data-form]");
  const root = form();
  if (!root) return;
  const address = root.dataset.save;
  const memory = `countersign-unsaved-${root.dataset.job}`;
  /** A person who pauses this long over a text has a thought that is worth keeping. */
  const PAUSE = 1500;
  const RETRY = 4000;

  const waiting = new Map();
  const running = new Map();
  const timers = new Map();

  const question = (element) => element.closest("[data-question]");

  // ---- What could not be saved yet survives a reload of this page.
  const unsaved = () => {
    try {
      return JSON.parse(sessionStorage.getItem(memory) ?? "{}");
    } catch {
      return {};
    }
  };
  const keep = (id, body) => {
    const kept = unsaved();
    if (body === null) delete kept[id];
    else kept[id] = body;
    try {
      sessionStorage.setItem(memory, JSON.stringify(kept));
    } catch {
      // Without storage the field itself still holds the text.
    }
  };

  /** What is typed, picked or chosen for a question; the shell makes of it what the form stores. */
  function values(box) {
    const controls = all("input, textarea, select", box).filter((control) => control.name === box.dataset.question);
    const isMark = (control) => control.matches("[type='radio'], [type='checkbox']");
    return controls.filter((control) => !isMark(control) || control.checked).map((control) => control.value);
  }

  function body(box) {
    const fields = new URLSearchParams({ question: box.dataset.question, kind: box.dataset.kind });
    const found = values(box);
    for (const value of found.length === 0 ? [""] : found) fields.append("value", value);
    if (one("[data-evidence]", box)) fields.append("evidence", found[0] ?? "");
    if (box.dataset.scanned) fields.append("provenance", "scanned");
    else if (one("[data-measured]", box)?.checked) fields.append("provenance", "measured");
    return fields.toString();
  }

  function say(id, state, text) {
    const box = one(`[data-question="${CSS.escape(id)}"]`);
    const place = box && one("[data-state]", box);
    if (!place) return;
    place.className = `save-state small ${state}`;
    place.textContent = text;
    box.classList.toggle("unsaved", state !== "saved");
  }

  /** What the form says about an answer that is saved all the same. */
  function tell(box, problem) {
    if (!box) return;
    for (const old of all(":scope > .problem", box)) old.remove();
    box.classList.toggle("wrong", Boolean(problem));
    if (!problem) return;
    const line = document.createElement("p");
    line.className = "problem";
    line.textContent = problem;
    box.append(line);
  }

  // ---- One answer after the other for each question; the newest value is the one that counts.
  function save(id, fields) {
    clearTimeout(timers.get(id));
    keep(id, fields);
    waiting.set(id, fields);
    say(id, "", root.dataset.saving);
    if (!running.has(id)) running.set(id, run(id));
    return running.get(id);
  }

  async function run(id) {
    let ok = true;
    while (waiting.has(id)) {
      const fields = waiting.get(id);
      waiting.delete(id);
      ok = await post(id, fields);
    }
    // Whatever is answered from here on begins a run of its own.
    running.delete(id);
    if (ok) refresh();
    return ok;
  }

  async function post(id, fields) {
    const box = one(`[data-question="${CSS.escape(id)}"]`);
    for (const old of box ? all(":scope > .notice", box) : []) old.remove();
    try {
      const answer = await ask(address, { method: "POST", body: new URLSearchParams(fields) });
      if (answer.ok) {
        const { problem } = await answer.json();
        if (!waiting.has(id)) {
          keep(id, null);
          say(id, "saved", `✓ ${root.dataset.saved}`);
          tell(box, problem);
        }
        return true;
      }
      // What the form refuses stays in the field, with the reason beside it; trying again would not help.
      say(id, "failed", root.dataset.unsaved);
      box?.append(notice(await problemOf(answer)));
      if (answer.status === 401) return false;
      keep(id, null);
      return false;
    } catch {
      say(id, "failed", root.dataset.unsaved);
      if (box && !one(":scope > .notice", box)) box.append(notice(lost()));
      if (!waiting.has(id)) timers.set(id, setTimeout(() => save(id, fields), RETRY));
      return false;
    }
  }

  root.addEventListener("change", (event) => {
    const box = question(event.target);
    if (!box || event.target.matches("[data-file], [data-scan] input")) return;
    const id = box.dataset.question;
    if (event.target.name !== id && !event.target.matches("[data-measured]")) return;
    if (event.target.matches("[data-measured]") && (values(box)[0] ?? "") === "") return;
    clearTimeout(timers.get(id));
    save(id, body(box));
  });

  root.addEventListener("input", (event) => {
    const box = question(event.target);
    if (!box) return;
    const output = one("output", box);
    if (output) output.textContent = event.target.value;
    if (!event.target.matches("textarea, input[type='text']")) return;
    delete box.dataset.scanned;
    const id = box.dataset.question;
    box.classList.add("unsaved");
    one("[data-state]", box).textContent = "";
    keep(id, body(box));
    clearTimeout(timers.get(id));
    timers.set(id, setTimeout(() => save(id, body(box)), PAUSE));
  });

  root.addEventListener("click", (event) => {
    const copy = event.target.closest?.("[data-copy]");
    if (copy) {
      const id = question(copy).dataset.question;
      save(id, new URLSearchParams({ question: id, provenance: "copied" }).toString());
    }
    // What time it is by the company's clock, the shell knows.
    const now = event.target.closest?.("[data-now]");
    if (!now) return;
    const { question: id, kind } = question(now).dataset;
    save(id, new URLSearchParams({ question: id, kind, now: "yes" }).toString());
  });

  /** Saves what is still in a field; whether everything is saved. */
  async function everything() {
    for (const box of all("[data-question].unsaved")) {
      if (!one(".save-state.failed", box)) save(box.dataset.question, body(box));
    }
    const results = await Promise.all([...running.values()]);
    return results.every(Boolean) && Object.keys(unsaved()).length === 0;
  }
  window.countersignSaved = everything;

  // ---- The next page is opened when this one is saved; what cannot be saved is shown instead of being left behind.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-after-saving]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (all("[data-question].unsaved").length === 0 && running.size === 0) return;
    event.preventDefault();
    everything().then((ok) => {
      if (ok) return location.assign(link.href);
      one("[data-question].unsaved, [data-question]:has(.save-state.failed)")?.scrollIntoView({ block: "center" });
    });
  });
  window.addEventListener("beforeunload", (event) => {
    if (all("[data-question].unsaved").length > 0) event.preventDefault();
  });

  // ---- What a reload interrupted is put back and saved.
  for (const [id, fields] of Object.entries(unsaved())) {
    const box = one(`[data-question="${CSS.escape(id)}"]`);
    const value = new URLSearchParams(fields).get("value");
    const control = box && one("textarea, input[type='text']", box);
    if (control && value !== null) control.value = value;
    save(id, fields);
  }

  // ---- Codes: read by the browser where it can, typed everywhere.
  if ("BarcodeDetector" in window) {
    for (const label of all("[data-scan]")) {
      label.hidden = false;
      one("input", label).addEventListener("change", async (event) => {
        const picture = await createImageBitmap(event.target.files[0]);
        const [code] = await new window.BarcodeDetector().detect(picture);
        event.target.value = "";
        const box = question(label);
        if (!code) return;
        one("input[type='text']", box).value = code.rawValue;
        box.dataset.scanned = "1";
        save(box.dataset.question, body(box));
      });
    }
  }

  // ---- A signature as an answer: the shell makes a picture of its strokes.
  document.addEventListener("click", (event) => {
    const pad = event.target.closest?.("[data-pad-keep]")?.closest("[data-pad]");
    if (!pad) return;
    const id = question(pad).dataset.question;
    save(id, new URLSearchParams({ question: id, strokes: pad.dataset.strokes ?? "" }).toString());
  });
})();
