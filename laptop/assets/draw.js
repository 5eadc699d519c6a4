// Drawing over a photo: arrows, circles, free lines and labels, by finger, pen, mouse or keys. What is drawn is kept as
// shapes in the units of the picture; the shell thins free lines and keeps all as a layer, and the photo stays as it is. Undoing goes back step by step, and any shape can be taken out of the list.
"use strict";

(() => {
  const { one, all } = window.countersign;
  const board = one("[data-board]");
  if (!board) return;
  const words = board.dataset;
  const canvas = one("canvas", board);
  const photo = one("img", board);
  const context = canvas.getContext("2d");
  const form = one("[data-draw-form]");
  const label = one("#label");
  const list = one("[data-drawn-list]");
  const said = one("[data-draw-said]");

  // How much a drawing may be is the shell's to say.
  const UNITS = Number(words.units);
  const NEAR = Number(words.near);
  const LEAST = Number(words.least);
  const MOST_SHAPES = Number(words.mostShapes);
  const MOST_POINTS = Number(words.mostPoints);
  const LINE = 55;
  const RIM = 1.8;
  const LETTER = 330;
  const HEAD = 330;
  const DARK = "#101418";
  const INKS = { red: ["#c8101e", "#ffffff"], yellow: ["#ffd400", DARK], blue: ["#1d5fc4", "#ffffff"], black: [DARK, "#ffffff"], white: ["#ffffff", DARK] };

  let shapes = JSON.parse(words.shapes);
  const past = [];
  let future = [];
  let drawing = null;
  /** The cross that the arrow keys move, where somebody draws by keys. */
  let cross = null;
  let saved = true;

  const chosen = (name) => one(`input[name="${name}"]:checked`).value;
  const takesWords = () => one("input[name='tool']:checked").matches("[data-takes-words]");
  const side = () => Math.max(photo.naturalWidth, photo.naturalHeight, 1);
  const size = () => ({ width: (photo.naturalWidth / side()) * UNITS, height: (photo.naturalHeight / side()) * UNITS });
  const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most));

  // ---- Drawing what there is, as the shell will draw it.
  function draw() {
    const scale = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(canvas.clientHeight * scale);
    const unit = canvas.width / size().width;
    context.setTransform(unit, 0, 0, unit, 0, 0);
    context.clearRect(0, 0, UNITS, UNITS);
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const shape of drawing ? [...shapes, drawing] : shapes) trace(shape);
    if (cross && document.activeElement === canvas) mark(cross);
  }

  function stroke(path, ink) {
    const [colour, rim] = INKS[ink] ?? INKS.red;
    for (const [style, width] of [[rim, LINE * RIM], [colour, LINE]]) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke(path);
    }
  }

  function trace(shape) {
    const path = new Path2D();
    if (shape.shape === "arrow") {
      const across = shape.to.x - shape.from.x;
      const down = shape.to.y - shape.from.y;
      const length = Math.max(Math.hypot(across, down), 1);
      const head = Math.min(HEAD, length);
      const [backX, backY] = [(across / length) * head, (down / length) * head];
      path.moveTo(shape.from.x, shape.from.y);
      path.lineTo(shape.to.x, shape.to.y);
      path.moveTo(shape.to.x - backX - backY * 0.5, shape.to.y - backY + backX * 0.5);
      path.lineTo(shape.to.x, shape.to.y);
      path.lineTo(shape.to.x - backX + backY * 0.5, shape.to.y - backY - backX * 0.5);
    } else if (shape.shape === "circle") path.arc(shape.middle.x, shape.middle.y, shape.radius, 0, 2 * Math.PI);
    else if (shape.shape === "line") for (const point of shape.points) path.lineTo(point.x, point.y);
    else if (shape.shape === "text") return write(shape);
    else return;
    stroke(path, shape.ink);
  }

  /** A label is broken where it would run off the picture. */
  function lines(shape) {
    const room = Math.max(size().width - shape.at.x - LETTER * 0.4, size().width * 0.3);
    const broken = [""];
    for (const piece of shape.text.split(/(?<=\s)|(?<=[\u2e80-\uffff])/)) {
      const longer = broken.at(-1) + piece;
      if (broken.at(-1) === "" || context.measureText(longer.trimEnd()).width <= room) broken[broken.length - 1] = longer;
      else broken.push(piece);
    }
    return broken;
  }

  function write(shape) {
    const [colour, ground] = INKS[shape.ink] ?? INKS.red;
    context.font = `600 ${LETTER}px sans-serif`;
    context.textBaseline = "alphabetic";
    lines(shape).forEach((line, row) => {
      const top = shape.at.y + row * LETTER * 1.3;
      context.globalAlpha = 0.85;
      context.fillStyle = ground;
      context.fillRect(shape.at.x - LETTER * 0.2, top, context.measureText(line).width + LETTER * 0.4, LETTER * 1.3);
      context.globalAlpha = 1;
      context.fillStyle = colour;
      context.fillText(line, shape.at.x, top + LETTER);
    });
  }

  function mark({ x, y }) {
    const path = new Path2D();
    path.moveTo(x - 300, y);
    path.lineTo(x + 300, y);
    path.moveTo(x, y - 300);
    path.lineTo(x, y + 300);
    for (const [style, width] of [["#ffffff", 60], ["#17212b", 24]]) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke(path);
    }
  }

  // ---- What was done, step by step.
  function put(next) {
    past.push(shapes);
    future = [];
    shapes = next;
    changed();
  }

  /** Puts one shape more where there is room for it; whether there was. */
  function add(shape) {
    const full = shapes.length >= MOST_SHAPES;
    if (full) draw();
    else put([...shapes, shape]);
    say(full ? words.full : words.placed);
    return !full;
  }

  function changed() {
    saved = false;
    one("input[name='shapes']", form).value = JSON.stringify(shapes);
    one("[data-draw='undo']").disabled = past.length === 0;
    one("[data-draw='redo']").disabled = future.length === 0;
    one("[data-draw='clear']").disabled = shapes.length === 0;
    entries();
    draw();
  }

  function entries() {
    const row = (shape, index) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const word = words[`shape${shape.shape}`] ?? shape.shape;
      name.textContent = [`${index + 1}`, word, words[`ink${shape.ink}`] ?? "", shape.text ?? ""].filter(Boolean).join(" · ");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "button";
      remove.textContent = words.remove;
      remove.setAttribute("aria-label", `${words.remove}: ${name.textContent}`);
      remove.addEventListener("click", () => {
        put(shapes.filter((_, other) => other !== index));
        (all("button", list)[Math.min(index, shapes.length - 1)] ?? canvas).focus();
      });
      item.append(name, remove);
      return item;
    };
    list.replaceChildren(...shapes.map(row));
    one("[data-draw-empty]").hidden = shapes.length > 0;
  }

  const steps = {
    undo() {
      if (past.length === 0) return;
      future.push(shapes);
      shapes = past.pop();
      changed();
    },
    redo() {
      if (future.length === 0) return;
      past.push(shapes);
      shapes = future.pop();
      changed();
    },
    clear: () => put([]),
  };

  // ---- Beginning, going on, ending: the same for a finger and for keys.
  function begin(spot) {
    const ink = chosen("ink");
    const kind = chosen("tool");
    if (takesWords()) {
      const text = label.value.trim();
      if (text === "") {
        say(words.words);
        return label.focus();
      }
      if (add({ shape: "text", at: spot, text, ink })) label.value = "";
      return;
    }
    drawing = {
      arrow: { shape: "arrow", from: spot, to: spot, ink },
      circle: { shape: "circle", middle: spot, radius: 1, ink },
      line: { shape: "line", points: [spot], ink },
    }[kind];
    draw();
  }

  function go(spot) {
    if (!drawing) return;
    if (drawing.shape === "arrow") drawing.to = spot;
    else if (drawing.shape === "circle") drawing.radius = within(Math.hypot(spot.x - drawing.middle.x, spot.y - drawing.middle.y), UNITS);
    else {
      const last = drawing.points.at(-1);
      const far = Math.hypot(spot.x - last.x, spot.y - last.y) >= NEAR;
      if (far && drawing.points.length < MOST_POINTS) drawing.points.push(spot);
    }
    draw();
  }

  /** What is too small to be meant is no shape. */
  function end() {
    const shape = drawing;
    drawing = null;
    const meant = shape && {
      arrow: () => Math.hypot(shape.to.x - shape.from.x, shape.to.y - shape.from.y) > LEAST,
      circle: () => shape.radius > LEAST,
      line: () => shape.points.length > 1,
    }[shape.shape]();
    if (!meant) return draw();
    add(shape);
  }

  // ---- Finger, pen and mouse.
  function spot(event) {
    const place = canvas.getBoundingClientRect();
    const { width, height } = size();
    return {
      x: within(((event.clientX - place.left) / place.width) * width, width),
      y: within(((event.clientY - place.top) / place.height) * height, height),
    };
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || drawing) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    cross = null;
    begin(spot(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || !canvas.hasPointerCapture(event.pointerId)) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const step of all.length > 0 ? all : [event]) go(spot(step));
  });
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", () => {
    drawing = null;
    draw();
  });

  // ---- Keys: the arrows move a cross, Enter or space begins and ends, Escape gives up.
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function say(text) {
    said.textContent = text;
  }

  function move([x, y], wide) {
    const { width, height } = size();
    const step = wide ? 1000 : 200;
    cross ??= { x: Math.round(width / 2), y: Math.round(height / 2) };
    cross = { x: within(cross.x + x * step, width), y: within(cross.y + y * step, height) };
    go(cross);
    draw();
    const percent = (value, most) => `${Math.round((value / most) * 100)}`;
    say(words.at.replace("{x}", percent(cross.x, width)).replace("{y}", percent(cross.y, height)));
  }

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (MOVES[event.key]) move(MOVES[event.key], event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") {
      if (drawing) end();
      else {
        const { width, height } = size();
        cross ??= { x: Math.round(width / 2), y: Math.round(height / 2) };
        begin(cross);
        if (drawing) say(words.begun);
      }
    } else if (event.key === "Escape" && drawing) {
      drawing = null;
      draw();
    } else if ((event.key === "Delete" || event.key === "Backspace") && shapes.length > 0) put(shapes.slice(0, -1));
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target === label) return;
    const step = event.key.toLowerCase() === "y" || (event.key.toLowerCase() === "z" && event.shiftKey) ? "redo" : event.key.toLowerCase() === "z" ? "undo" : null;
    if (!step) return;
    event.preventDefault();
    steps[step]();
  });
  for (const name of ["focus", "blur"]) canvas.addEventListener(name, draw);
  // Enter in the field of the label does not save the page: it goes to the picture, where the label is put.
  label.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    canvas.focus();
  });

  // ---- The tools.
  for (const button of all("[data-draw]")) button.addEventListener("click", () => steps[button.dataset.draw]());
  const tools = () => {
    one("[data-label-field]").hidden = !takesWords();
  };
  for (const choice of all("input[name='tool']")) choice.addEventListener("change", tools);
  form.addEventListener("submit", () => {
    saved = true;
  });
  window.addEventListener("beforeunload", (event) => {
    // What was refused is still only on this page.
    if (!saved || one(".notice", form)) event.preventDefault();
  });

  new ResizeObserver(draw).observe(canvas);
  photo.addEventListener("load", draw);
  tools();
  changed();
  saved = true;
})();
