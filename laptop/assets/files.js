// Photos and files: chosen, taken, dropped or pasted, many at once. Each is called saved only when the shell said that its
// bytes are durable; one that failed stays in the list with a button.
"use strict";

(() => {
  const { ask, problemOf, lost, refresh, one, all } = window.countersign;
  const drop = one("[data-drop]");
  const home = () => drop ?? one("[data-upload]");
  if (!home()) return;
  const words = home().dataset;
  /** So many are sent at a time: the device writes and hashes one after the other anyway. */
  const TOGETHER = 2;

  const queue = [];
  let sending = 0;

  function row(list, name) {
    const item = document.createElement("li");
    item.dataset.busy = "1";
    const title = document.createElement("span");
    title.className = "name";
    title.textContent = name;
    const state = document.createElement("span");
    state.textContent = words.waiting ?? words.saving;
    item.append(title, state);
    list?.prepend(item);
    return { item, state };
  }

  async function put(task) {
    const { file, stage, question, age, once, shown } = task;
    shown.state.className = "";
    shown.state.textContent = words.saving;
    for (const old of all("button, .small", shown.item)) old.remove();
    const address = `${words.upload}?${new URLSearchParams({ name: file.name || "photo.jpg", stage, question, age, once })}`;
    let problem = null;
    try {
      const answer = await ask(address, { method: "PUT", body: file });
      if (answer.ok) {
        const { size, findings } = await answer.json();
        shown.state.className = "saved";
        shown.state.textContent = ["✓", words.saved, size, ...(findings ?? [])].filter(Boolean).join(" ");
        delete shown.item.dataset.busy;
        return true;
      }
      problem = await problemOf(answer);
    } catch {
      problem = lost();
    }
    failed(task, problem);
    return false;
  }

  function failed(task, problem) {
    const { shown } = task;
    shown.state.className = "failed";
    shown.state.textContent = words.unsaved;
    const why = document.createElement("span");
    why.className = "small";
    why.textContent = [problem.what, problem.safe, problem.todo].filter(Boolean).join(" ");
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button";
    again.textContent = document.body.dataset.again;
    again.addEventListener("click", () => {
      queue.push(task);
      next();
    });
    shown.item.append(why, again);
  }

  async function next() {
    if (sending >= TOGETHER) return;
    const task = queue.shift();
    if (!task) return;
    sending += 1;
    next();
    const ok = await put(task);
    sending -= 1;
    if (ok && queue.length === 0 && sending === 0) await refresh();
    next();
  }

  function add(box, files, stage, question = "", camera = false) {
    const list = one("[data-uploads]", box) ?? one("[data-uploads]");
    for (const file of files) {
      const age = camera ? `${Date.now() - file.lastModified}` : "";
      queue.push({ file, stage, question, age, once: crypto.randomUUID(), shown: row(list, file.name || "photo.jpg") });
    }
    next();
  }

  const stageNow = () => one("[data-drop] input[name='stage']:checked")?.value ?? "other";

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches("[data-file]") || input.files.length === 0) return;
    const files = [...input.files];
    input.value = "";
    const box = input.closest("[data-question]");
    const camera = input.hasAttribute("capture");
    if (box && input.dataset.question) add(box, files, input.dataset.stage, input.dataset.question, camera);
    else add(drop, files, stageNow(), "", camera);
  });

  if (drop) {
    const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    for (const name of ["dragenter", "dragover"]) {
      document.addEventListener(name, (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) drop.classList.remove("over");
    });
    document.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      drop.classList.remove("over");
      add(drop, [...event.dataTransfer.files], stageNow());
    });
    document.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) add(drop, files, stageNow());
    });
  }

  window.addEventListener("beforeunload", (event) => {
    if (queue.length > 0 || sending > 0) event.preventDefault();
  });
})();
