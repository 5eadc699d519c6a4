// The photo viewer: large, with zoom, turning, next and previous, and as found beside as left, side by side or under a
// slider. It works with the keyboard; without script each photo opens as a picture.
"use strict";

(() => {
  const viewer = document.querySelector("#viewer");
  if (!viewer) return;
  const part = (name) => viewer.querySelector(`[data-part="${name}"]`);
  const stage = part("picture");
  const photos = () => [...document.querySelectorAll("a[data-photo]")].filter((link) => link.offsetParent !== null);
  const state = { at: 0, turns: 0, zoom: 0, mode: "one" };
  const zooms = ["fit", "zoom-1", "zoom-2"];

  /** The photo with what people drew over it: both fill the same sheet and keep the shape of the picture. */
  function picture(link) {
    const image = document.createElement("img");
    image.src = link.href;
    image.alt = link.dataset.caption ?? "";
    const print = document.createElement("div");
    print.className = "print";
    print.append(image);
    const drawn = link.querySelector("svg.overlay")?.cloneNode(true);
    if (drawn) {
      drawn.setAttribute("preserveAspectRatio", "xMidYMid meet");
      print.append(drawn);
    }
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.append(print);
    return sheet;
  }

  // The photo to compare with: the other stage of the same question, else of the same visit, else any.
  function other(link) {
    const wanted = link.dataset.stage === "left" ? "found" : "left";
    const candidates = photos().filter((photo) => photo.dataset.stage === wanted);
    const same = (name) => candidates.find((photo) => photo.dataset[name] && photo.dataset[name] === link.dataset[name]);
    return same("question") ?? same("visit") ?? candidates[0];
  }

  function draw() {
    const list = photos();
    const link = list[state.at];
    if (!link) return;
    const beside = state.mode === "one" ? null : other(link);
    const mode = beside ? state.mode : "one";
    // As found always stands first, left or under.
    const pair = beside && link.dataset.stage === "left" ? [beside, link] : [link, beside];
    stage.className = `picture ${mode} ${zooms[state.zoom]} turn-${state.turns}`;
    stage.replaceChildren(...pair.filter(Boolean).map(picture));
    const slider = part("slider");
    slider.hidden = mode !== "slide";
    if (mode === "slide") slide();
    // What is larger than the window is looked at from its middle.
    stage.scrollTo((stage.scrollWidth - stage.clientWidth) / 2, (stage.scrollHeight - stage.clientHeight) / 2);
    part("caption").textContent = (beside ? pair : [link]).map((photo) => photo.dataset.caption).join("  |  ");
    const facts = document.getElementById(link.dataset.facts ?? "");
    part("facts").replaceChildren(...(facts ? [...facts.cloneNode(true).childNodes] : []));
    part("place").textContent = `${state.at + 1} / ${list.length}`;
    const save = part("download");
    save.href = link.dataset.download ?? link.href;
    for (const button of viewer.querySelectorAll("[data-view='compare'], [data-view='slide']")) {
      button.disabled = !other(link);
      button.setAttribute("aria-pressed", String(button.dataset.view === { pair: "compare", slide: "slide" }[mode]));
    }
  }

  function slide() {
    const share = Number(part("slider").value);
    const top = stage.children[1];
    for (let step = 0; step <= 20; step += 1) top?.classList.toggle(`cut-${step}`, step === Math.round(share / 5));
  }

  function open(link) {
    Object.assign(state, { at: photos().indexOf(link), turns: 0, zoom: 0, mode: "one" });
    draw();
    viewer.showModal();
  }

  function step(by) {
    const count = photos().length;
    Object.assign(state, { at: (state.at + by + count) % count, turns: 0, zoom: 0 });
    draw();
  }

  const actions = {
    zoom: () => { state.zoom = (state.zoom + 1) % zooms.length; },
    turn: () => { state.turns = (state.turns + 1) % 4; },
    // Two photos are compared as a whole and upright.
    compare: () => Object.assign(state, { mode: state.mode === "pair" ? "one" : "pair", zoom: 0, turns: 0 }),
    slide: () => Object.assign(state, { mode: state.mode === "slide" ? "one" : "slide", zoom: 0, turns: 0 }),
    facts: () => { part("facts").hidden = !part("facts").hidden; },
    next: () => step(1),
    previous: () => step(-1),
  };

  function act(name) {
    actions[name]?.();
    draw();
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    const photo = target.closest("a[data-photo]");
    if (photo && !viewer.open && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      return open(photo);
    }
    const button = target.closest("[data-view]");
    if (button && viewer.contains(button)) act(button.dataset.view);
  });

  part("slider").addEventListener("input", slide);

  const keys = { ArrowRight: "next", j: "next", ArrowLeft: "previous", k: "previous", z: "zoom", t: "turn", c: "compare", s: "slide", i: "facts" };
  viewer.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === part("slider")) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    act(action);
  });
})();
