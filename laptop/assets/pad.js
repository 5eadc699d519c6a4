// The signature pad: pointer events with time and pressure. The strokes are kept as they were drawn, in pixels of the pad
// when it was drawn on; turning or resizing the device draws them again and loses nothing.
"use strict";

(() => {
  const { one, all } = window.countersign;

  function pad(box) {
    const canvas = one("canvas", box);
    const context = canvas.getContext("2d");
    const strokes = [];
    let began = 0;
    let stroke = null;
    let width = 0;
    let height = 0;
    let shrink = 1;

    /** The canvas follows its box; the strokes are scaled to fit, never cut. */
    function fit() {
      const scale = window.devicePixelRatio || 1;
      width = canvas.clientWidth;
      height = canvas.clientHeight;
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      context.setTransform(scale, 0, 0, scale, 0, 0);
      const widest = Math.max(1, ...strokes.flatMap((line) => line.map(([x]) => x)));
      const tallest = Math.max(1, ...strokes.flatMap((line) => line.map(([, y]) => y)));
      shrink = Math.min(1, width / widest, height / tallest);
      draw();
    }

    function draw() {
      context.clearRect(0, 0, width, height);
      context.lineCap = "round";
      context.lineJoin = "round";
      context.strokeStyle = "#17212b";
      for (const line of strokes) trace(line);
    }

    function trace(line) {
      if (line.length === 1) {
        context.beginPath();
        context.arc(line[0][0] * shrink, line[0][1] * shrink, 1.2, 0, 2 * Math.PI);
        context.fillStyle = "#17212b";
        context.fill();
      }
      for (let index = 1; index < line.length; index += 1) {
        const [fromX, fromY] = line[index - 1];
        const [toX, toY, , pressure] = line[index];
        context.lineWidth = 1.2 + 2.4 * pressure;
        context.beginPath();
        context.moveTo(fromX * shrink, fromY * shrink);
        context.lineTo(toX * shrink, toY * shrink);
        context.stroke();
      }
    }

    function point(event) {
      const place = canvas.getBoundingClientRect();
      const round = (number) => Math.round(number * 16) / 16;
      // A mouse has no pressure of its own: it says 0.5 while a button is held, as the standard has it.
      const pressure = Math.min(1, Math.max(0, event.pressure || 0.5));
      const time = Math.max(0, Math.round(event.timeStamp - began));
      return [round((event.clientX - place.left) / shrink), round((event.clientY - place.top) / shrink), time, Math.round(pressure * 1000) / 1000];
    }

    function add(event) {
      const before = stroke.at(-1);
      const [x, y, time, pressure] = point(event);
      if (before && before[0] === x && before[1] === y) return;
      stroke.push([x, y, before ? Math.max(before[2], time) : time, pressure]);
    }

    canvas.addEventListener("pointerdown", (event) => {
      if (event.button > 0 || stroke) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      if (strokes.length === 0) began = event.timeStamp;
      stroke = [];
      strokes.push(stroke);
      add(event);
      draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!stroke || !canvas.hasPointerCapture(event.pointerId)) return;
      const all = event.getCoalescedEvents?.() ?? [];
      for (const step of all.length > 0 ? all : [event]) add(step);
      draw();
    });
    for (const name of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(name, () => {
        stroke = null;
        tell();
      });
    }

    function tell() {
      const form = box.closest("form");
      const field = form && one("input[name='strokes']", form);
      if (field) field.value = JSON.stringify({ strokes });
      // A pad that answers a question has no form around it: its page sends what is drawn.
      else box.dataset.strokes = JSON.stringify({ strokes });
    }

    one("[data-pad-clear]", box).addEventListener("click", () => {
      strokes.length = 0;
      tell();
      draw();
    });
    new ResizeObserver(fit).observe(canvas);
    fit();
  }

  for (const box of all("[data-pad]")) pad(box);
  document.addEventListener("parts", () => {
    for (const box of all("[data-pad]")) {
      if (!box.dataset.ready) pad(box);
      box.dataset.ready = "1";
    }
  });
  for (const box of all("[data-pad]")) box.dataset.ready = "1";
})();
