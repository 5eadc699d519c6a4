// The console's own script: keyboard, menus, live poke; photos and dragging stand in files of their own. Every page works without it, and it holds no rule.
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
  for (const row of all("[data-row].current")) row.classList.remove("current");
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
  m: () => one(".current a[data-move]")?.click(),
  n: () => press("[data-key='n']"),
  p: () => press("[data-key='p']"),
  "[": () => press("[data-key='[']"),
  "]": () => press("[data-key=']']"),
  "/": () => one("#search")?.focus(),
  "?": help,
};

// The arrows go through the search field and its suggestions.
function suggest(step) {
  const stops = [one("#search"), ...all("#suggestions a")];
  const at = stops.indexOf(document.activeElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + step))].focus();
}

function typing(element) {
  return element.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.target instanceof Element && event.target.closest("[role='search']")) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); return suggest(event.key === "ArrowDown" ? 1 : -1); }
    if (event.key === "Escape") { one("#suggestions")?.replaceChildren(); one("#search").focus(); }
  }
  if (event.key === "Escape" && typing(target)) return target.blur();
  if (typing(target) || one("dialog[open]")) return;
  // Enter on a link or button is the browser's own.
  if (event.key === "Enter" && target.closest("a, button, summary")) return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// ---- Menus close, the help opens.
document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  if (target.closest("[data-help]")) help();
  const suggestions = one("#suggestions");
  if (suggestions && !target.closest("[role='search']")) suggestions.replaceChildren();
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

// ---- News bring the state of jobs that changed; one that is not on this page has no place for it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.serverResponse ?? "";
  if (!answer.includes("hx-swap-oob")) return;
  const page = new DOMParser().parseFromString(answer, "text/html");
  for (const part of page.querySelectorAll("[hx-swap-oob]")) if (!document.getElementById(part.id)) part.remove();
  event.detail.serverResponse = page.body.innerHTML;
});

listen();
