// The field app's own script: live parts, sending forms without losing what was typed, keys, holding "give back", the
// service worker. It holds no rule: it shows what the shell draws and sends what a person does.
"use strict";

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const words = document.body.dataset;

// ---- Asking the shell: a page as a document, or a problem in its own words.
async function ask(address, options = {}) {
  const headers = { "x-countersign": "1", ...options.headers };
  const answer = await fetch(address, { credentials: "same-origin", ...options, headers });
  return answer;
}

/** The problem of an answer, in words. */
async function problemOf(answer) {
  try {
    const { problem } = await answer.json();
    if (problem) return problem;
  } catch {
    // The shell answered something that is no problem in words.
  }
  return { what: words.lost, safe: "", todo: words.again, details: `${answer.status}` };
}

const lost = () => ({ what: words.lost, safe: "", todo: words.again, details: "" });

/** A notice of what happened, what is safe, what to do. */
function notice(problem) {
  const box = document.createElement("div");
  box.className = "notice danger";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  const add = (tag, text) => {
    if (!text) return;
    const element = document.createElement(tag);
    element.textContent = text;
    box.append(element);
  };
  add("h2", problem.what);
  add("p", problem.safe);
  add("p", problem.todo);
  if (problem.details) {
    const fold = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = words.details;
    const text = document.createElement("p");
    text.className = "small";
    text.textContent = problem.details;
    fold.append(summary, text);
    box.append(fold);
  }
  return box;
}

// ---- Live parts: what changed is asked for again and put in its place. What a person is typing in is left alone, and a
// row never jumps under a finger: new ones announce themselves.
const typing = (element) => element.closest("input, textarea, select, canvas, [contenteditable]") !== null;
const picking = (element) => element.matches("input[type='radio'], input[type='checkbox']");

/** What a part was drawn as, without the names of its orders, which are new each time. */
const text = (part) => part.outerHTML.replace(/name="once" value="[^"]*"/g, "");
const drawn = new WeakMap();
for (const part of all("[data-part]")) drawn.set(part, text(part));

/** Whether a person is in the middle of something in this part. */
function occupied(part) {
  const focus = document.activeElement;
  if (focus && part.contains(focus) && typing(focus) && !picking(focus)) return true;
  if (part.classList.contains("unsaved") || part.matches("[data-busy]") || one("[data-busy]", part)) return true;
  if (part.matches("[data-question]")) return false;
  return all("textarea, input[type='text']", part).some((field) => field.value !== field.defaultValue);
}

/** How to find the focused element again in a part that was drawn anew. */
function focusIn(part) {
  const focus = document.activeElement;
  if (!focus || !part.contains(focus)) return null;
  if (focus.id) return `#${CSS.escape(focus.id)}`;
  if (picking(focus)) return `[name="${CSS.escape(focus.name)}"][value="${CSS.escape(focus.value)}"]`;
  if (focus.getAttribute("href")) return `[href="${CSS.escape(focus.getAttribute("href"))}"]`;
  return null;
}

/** Puts a part drawn anew in the place of an old one; what was opened stays open, what was said stays said. */
function put(part, other) {
  const fresh = document.importNode(other, true);
  for (const fold of all("details[open]", part)) {
    const summary = one("summary", fold)?.textContent;
    const twin = all("details", fresh).find((candidate) => one("summary", candidate)?.textContent === summary);
    if (twin) twin.open = true;
  }
  const said = one("[data-state]", part);
  const place = one("[data-state]", fresh);
  if (said && place) place.replaceWith(said);
  const uploads = one("[data-uploads]", part);
  const list = one("[data-uploads]", fresh);
  if (uploads && list) list.replaceWith(uploads);
  const focus = focusIn(part);
  drawn.set(fresh, text(other));
  part.replaceWith(fresh);
  if (focus) one(focus, fresh)?.focus({ preventScroll: true });
}

/** Questions come and go with the answers, sections with what happens: the page follows, and nothing that stays is
 *  touched. */
function follow(container, other) {
  const wanted = new Set([...other.children].map((child) => child.id).filter(Boolean));
  for (const child of [...container.children]) if (child.id && !wanted.has(child.id) && !occupied(child)) child.remove();
  let at = container.firstElementChild;
  const same = (mine, theirs) => mine !== null && (theirs.id ? mine.id === theirs.id : !mine.id && mine.textContent === theirs.textContent);
  for (const child of [...other.children]) {
    while (at && !at.id && !same(at, child)) {
      const next = at.nextElementSibling;
      at.remove();
      at = next;
    }
    if (same(at, child)) {
      at = at.nextElementSibling;
      continue;
    }
    const fresh = document.importNode(child, true);
    drawn.set(fresh, text(child));
    container.insertBefore(fresh, at);
  }
  while (at) {
    const next = at.nextElementSibling;
    at.remove();
    at = next;
  }
}

function putParts(page) {
  let news = 0;
  for (const part of all("[data-part]")) {
    const other = page.getElementById(part.id);
    if (!other || drawn.get(part) === text(other) || occupied(part)) continue;
    put(part, other);
  }
  for (const container of all("[data-follow]")) {
    const other = page.getElementById(container.id);
    if (other) follow(container, other);
  }
  for (const list of all("[data-list]")) {
    const other = page.getElementById(list.id);
    if (!other) continue;
    const rows = (root) => all(":scope > [id]", root).map((row) => row.id);
    const here = new Set(rows(list));
    news += rows(other).filter((id) => !here.has(id)).length;
  }
  const bar = one("#news");
  if (bar) bar.hidden = news === 0;
  document.dispatchEvent(new CustomEvent("parts"));
}

let asking = false;
let again = false;
async function refresh() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    const from = words.liveFrom || location.href;
    const answer = await ask(from);
    // Somebody handed the device over, or let this browser out: this page has nothing to show any more.
    if (answer.redirected && new URL(answer.url).pathname !== new URL(from, location.href).pathname) return location.replace(answer.url);
    if (answer.ok) putParts(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The shell does not answer; the live line comes back when it does.
  } finally {
    asking = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

function listen() {
  const address = words.live;
  if (!address || !window.EventSource) return;
  let source = null;
  const open = () => {
    source = new EventSource(address);
    source.addEventListener("poke", refresh);
  };
  open();
  window.addEventListener("pagehide", () => source.close());
  // A page that comes out of the browser's memory may be of another time: it is asked for anew.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}

// ---- Forms are sent by script, so that what was typed stays where it is when something fails, and a second press
// while the first is under way does nothing.
async function send(form, submitter) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  form.classList.add("busy");
  const fields = new FormData(form, submitter ?? undefined);
  let problem = null;
  try {
    const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(fields) });
    if (answer.ok) return arrive(answer, form);
    problem = await problemOf(answer);
  } catch {
    problem = lost();
  }
  delete form.dataset.busy;
  form.classList.remove("busy");
  for (const old of all(":scope > .notice", form)) old.remove();
  const box = notice(problem);
  form.prepend(box);
  box.focus();
  box.scrollIntoView({ block: "center" });
}

function arrive(answer, form) {
  for (const field of all("input, textarea", form)) delete field.dataset.typed;
  const here = new URL(answer.url);
  const same = here.pathname === location.pathname && here.search === location.search;
  if (same) location.reload();
  // A form of customer mode leaves nothing behind to go back to.
  else if (document.body.classList.contains("bare")) location.replace(here.href);
  else location.assign(here.href);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-send]") || event.defaultPrevented) return;
  // A button that only looks something up asks for a page.
  if (event.submitter?.matches("[data-plain]")) return;
  event.preventDefault();
  const saved = form.matches("[data-after-saving]") ? window.countersignSaved?.() : null;
  if (saved) saved.then((ok) => ok && send(form, event.submitter));
  else send(form, event.submitter);
});

for (const select of all("select[data-auto]")) select.addEventListener("change", () => select.form.requestSubmit());

// ---- Sheets: a small page shown over this one; without script it is a page of its own.
document.addEventListener("click", async (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  if (target.closest("[data-reload]")) return location.reload();
  if (target.closest("[data-help]")) return help();
  const link = target.closest("a[data-sheet]");
  const sheet = one("#sheet");
  if (!link || !sheet || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await ask(link.href);
    if (!answer.ok) return location.assign(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const body = one("#why", page);
    one(".sheet-body", sheet).replaceChildren(document.importNode(body, true));
    sheet.showModal();
  } catch {
    location.assign(link.href);
  }
});

// ---- Keys: j and k move, Enter opens, n presses the next step, / searches, ? helps.
function move(step) {
  const rows = all("[data-row]").filter((row) => row.offsetParent !== null);
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.classList.contains("current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  for (const row of rows) row.classList.remove("current");
  next.classList.add("current");
  const target = next.matches("a") ? next : one("a, button", next);
  target?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function help() {
  const dialog = one("#keyboard-help");
  if (dialog && !dialog.open) dialog.showModal();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  n: () => one("[data-primary]")?.click(),
  "/": () => one("#search")?.focus(),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.body.classList.contains("bare")) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (typing(target) || one("dialog[open]")) return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// ---- Holding "give back" for two seconds, by finger, mouse or key.
function holding(button) {
  let timer = null;
  const begin = () => {
    if (timer !== null) return;
    button.classList.add("holding");
    const began = ask(button.dataset.holdStart, { method: "POST", body: new URLSearchParams() });
    timer = setTimeout(() => began.then(end, stop), 2000);
  };
  const stop = () => {
    button.classList.remove("holding");
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const end = async () => {
    stop();
    const answer = await ask(button.dataset.holdEnd, { method: "POST", body: new URLSearchParams() });
    if (answer.ok) location.replace((await answer.json()).to);
  };
  button.addEventListener("pointerdown", begin);
  for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(name, stop);
  button.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    begin();
  });
  button.addEventListener("keyup", stop);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}
for (const button of all("[data-hold]")) holding(button);

// ---- Nobody is asked who they are when nobody is there.
for (const form of all("form[data-outcome]")) {
  const present = one("[data-present]", form);
  const look = () => {
    present.hidden = one("input[name='outcome']:checked", form)?.value === "absent";
  };
  form.addEventListener("change", look);
  look();
}

// ---- Fields that belong to one choice are shown with it; without script they are all there.
for (const form of all("form[data-chosen]")) {
  const name = form.dataset.chosen || "what";
  const look = () => {
    const chosen = one(`input[name="${name}"]:checked`, form)?.value;
    for (const part of all("[data-for]", form)) {
      part.hidden = part.dataset.for !== chosen;
      for (const field of all("input, select, textarea", part)) field.disabled = part.hidden;
    }
  };
  form.addEventListener("change", look);
  look();
}

// ---- What a choice proposes for another field follows the choice, until somebody types into the field.
for (const choice of all("select[data-proposes]")) {
  const field = choice.form.elements[choice.dataset.proposes];
  let proposed = choice.selectedOptions[0]?.dataset.proposed ?? "";
  choice.addEventListener("change", () => {
    const untouched = field.value === proposed;
    proposed = choice.selectedOptions[0]?.dataset.proposed ?? "";
    if (untouched) field.value = proposed;
  });
}

// ---- A field that only some choices ask for is shown with them, and as long as something is typed in it; without script
// it is there.
function showAsked() {
  for (const choice of all("select[data-asks]")) {
    const field = choice.form.elements[choice.dataset.asks];
    const asked = choice.selectedOptions[0]?.hasAttribute("data-asked") ?? true;
    field.closest(".field").hidden = !asked && field.value === "";
  }
}
document.addEventListener("change", showAsked);
document.addEventListener("parts", showAsked);
showAsked();

// ---- A hand-over or rescue file: what is not in it is said beside the button. Without script the file comes alone.
async function exportFile(form, submitter) {
  const said = one("[data-export-said]");
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  for (const old of all(":scope > .notice", form)) old.remove();
  said.textContent = "…";
  let problem = null;
  try {
    const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
    if (answer.ok) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = answer.headers.get("x-file-name") ?? "";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      said.textContent = decodeURIComponent(answer.headers.get("x-said") ?? "");
    } else problem = await problemOf(answer);
  } catch {
    problem = lost();
  }
  delete form.dataset.busy;
  if (!problem) return;
  said.textContent = "";
  const box = notice(problem);
  form.prepend(box);
  box.focus();
}
for (const form of all("form[data-export]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    exportFile(form, event.submitter);
  });
}

// ---- The photo of a nameplate: kept at once, and the page for what is read from it comes next.
for (const input of all("[data-plate-file]")) {
  const box = input.closest("[data-plate]");
  let once = crypto.randomUUID();
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file || box.dataset.busy) return;
    box.dataset.busy = "1";
    for (const old of all(":scope > .notice", box)) old.remove();
    one("[data-plate-said]", box).textContent = box.dataset.saving;
    let problem = null;
    try {
      const answer = await ask(`${box.dataset.plate}?${new URLSearchParams({ name: file.name, once })}`, { method: "PUT", body: file });
      if (answer.ok) return location.assign((await answer.json()).to);
      problem = await problemOf(answer);
    } catch {
      problem = lost();
    }
    // Another photo is another order.
    once = crypto.randomUUID();
    delete box.dataset.busy;
    input.value = "";
    one("[data-plate-said]", box).textContent = "";
    const said = notice(problem);
    box.append(said);
    said.focus();
  });
}

// ---- A colleague's file.
for (const input of all("[data-import]")) {
  input.addEventListener("change", async () => {
    const said = one("[data-import-said]");
    const file = input.files[0];
    if (!file) return;
    said.textContent = "…";
    try {
      const answer = await ask(input.dataset.import, { method: "PUT", body: file });
      said.textContent = answer.ok ? (await answer.json()).text : Object.values(await problemOf(answer)).filter(Boolean).join(" ");
    } catch {
      said.textContent = words.lost;
    }
    input.value = "";
  });
}

// ---- Installing, and the worker that keeps the static files.
let prompt = null;
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  for (const button of all("[data-install]")) button.hidden = false;
});
for (const button of all("[data-install]")) button.addEventListener("click", () => prompt?.prompt());
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});

window.countersign = { ask, notice, problemOf, lost, refresh, one, all };
listen();
