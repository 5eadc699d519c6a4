// The console's own script: keyboard, photo viewer, live poke. Every page works without it, and it holds no rule.
"use strict";

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// ---- Live: the hub pokes without saying what changed; the page then asks again.
function listen() {
  const address = document.body.dataset.live;
  if (!address || !window.EventSource) return;
  const source = new EventSource(address);
  source.addEventListener("poke", () => document.body.dispatchEvent(new CustomEvent("poke")));
  window.addEventListener("pagehide", () => source.close());
}

// ---- Keyboard: j and k move, enter opens, r remarks, a approves, x returns, / searches, ? helps.
const rows = () => all("[data-row]").filter((row) => row.offsetParent !== null);

function move(step) {
  const list = rows();
  if (list.length === 0) return;
  const at = list.findIndex((row) => row.classList.contains("current"));
  const next = list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  for (const row of list) row.classList.remove("current");
  next.classList.add("current");
  const target = one("a, summary, button, input", next) ?? next;
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function open() {
  const link = one(".current a[href]");
  if (link) link.click();
}

function remark() {
  const row = one(".current[data-row]") ?? rows()[0];
  const details = row && one("details.remark", row);
  if (!details) return;
  details.open = true;
  one("textarea", details).focus();
}

function press(selector) {
  const button = one(selector);
  if (button) button.focus();
  if (button) button.click();
}

function help() {
  const dialog = one("#keyboard-help");
  if (dialog && !dialog.open) dialog.showModal();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  Enter: open,
  r: remark,
  a: () => press("[data-key='a']"),
  x: () => press("[data-key='x']"),
  "/": () => one("#search")?.focus(),
  "?": help,
};

function typing(element) {
  return element.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === "Escape" && typing(target)) return target.blur();
  if (typing(target) || one("dialog[open]")) return;
  // Enter on a link or button is the browser's own.
  if (event.key === "Enter" && target.closest("a, button, summary")) return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// ---- Photos: a large view with zoom, turning and the pair as found and as left side by side.
function show(link) {
  const viewer = one("#viewer");
  if (!viewer) return false;
  const picture = one(".picture", viewer);
  picture.className = "picture";
  picture.replaceChildren(image(link));
  one(".caption", viewer).textContent = link.dataset.caption ?? "";
  viewer.dataset.stage = link.dataset.stage ?? "";
  viewer.showModal();
  return true;
}

function image(link) {
  const picture = document.createElement("img");
  picture.src = link.href;
  picture.alt = link.dataset.caption ?? "";
  return picture;
}

function compare(viewer) {
  const picture = one(".picture", viewer);
  if (picture.children.length > 1) {
    picture.lastElementChild.remove();
    return picture.classList.remove("pair");
  }
  const wanted = viewer.dataset.stage === "found" ? "left" : "found";
  const other = one(`a[data-photo][data-stage="${wanted}"]`);
  if (!other) return;
  picture.append(image(other));
  picture.classList.add("pair");
}

function turn(picture) {
  const now = [0, 1, 2, 3].find((turns) => picture.classList.contains(`turn-${turns}`)) ?? 0;
  picture.classList.remove(`turn-${now}`);
  picture.classList.add(`turn-${(now + 1) % 4}`);
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  const photo = target.closest("a[data-photo]");
  if (photo && !event.ctrlKey && !event.metaKey && !event.shiftKey && show(photo)) return event.preventDefault();
  const action = target.closest("[data-view]");
  const viewer = one("#viewer");
  if (action && viewer) {
    const picture = one(".picture", viewer);
    if (action.dataset.view === "zoom") picture.classList.toggle("zoomed");
    if (action.dataset.view === "turn") turn(picture);
    if (action.dataset.view === "compare") compare(viewer);
  }
  if (target.closest("[data-help]")) help();
  // An open menu closes when the page is used elsewhere.
  for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
});

// ---- A remark that was written is not lost by a slip: the browser asks before leaving.
let written = false;
document.addEventListener("input", (event) => {
  if (event.target instanceof Element && event.target.closest("form[data-guard]")) written = true;
});
document.addEventListener("submit", () => { written = false; });
window.addEventListener("beforeunload", (event) => { if (written) event.preventDefault(); });

listen();
