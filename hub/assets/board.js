// The board's plan: dragging a visit leads to the page that names the consequence, as its menu and the key `m` do.
"use strict";

(() => {
  const over = "drop-here";
  let dragged = "";

  const cell = (event) => event.target instanceof Element ? event.target.closest("[data-drop]") : null;
  const clear = () => { for (const place of document.querySelectorAll(`.${over}`)) place.classList.remove(over); };

  document.addEventListener("dragstart", (event) => {
    const card = event.target instanceof Element ? event.target.closest("[data-drag]") : null;
    if (!card || !event.dataTransfer) return;
    dragged = card.dataset.drag;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.innerText);
    card.classList.add("dragged");
  });

  document.addEventListener("dragover", (event) => {
    const place = cell(event);
    if (!dragged || !place) return;
    event.preventDefault();
    if (!place.classList.contains(over)) clear();
    place.classList.add(over);
  });

  document.addEventListener("drop", (event) => {
    const place = cell(event);
    if (!dragged || !place) return;
    event.preventDefault();
    const mark = dragged.includes("?") ? "&" : "?";
    location.assign(`${dragged}${mark}${place.dataset.drop}`);
  });

  document.addEventListener("dragend", () => {
    dragged = "";
    clear();
    for (const card of document.querySelectorAll(".dragged")) card.classList.remove("dragged");
  });
})();
