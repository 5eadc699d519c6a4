// A photo of the company stamp beside the signature. It is sent as soon as it is taken, and the page stays as it is, so that
// a signature that is being drawn is not lost.
"use strict";

(() => {
  const { ask, notice, problemOf, lost, one, all } = window.countersign;
  const box = one("[data-stamp]");
  if (!box) return;
  const words = box.dataset;
  const picture = one("img", box);
  const said = one("[data-stamp-said]", box);
  const remove = one("[data-stamp-remove]", box);
  const input = one("input[type='file']", box);
  const sign = one("[data-primary]");

  function show(address, text) {
    picture.hidden = address === "";
    if (address) picture.src = address;
    else picture.removeAttribute("src");
    said.textContent = text;
  }

  /** Nobody signs while a photo is on its way: it would not be there. */
  async function during(work) {
    sign.disabled = true;
    for (const old of all(":scope > .notice", box)) old.remove();
    let problem = null;
    try {
      const answer = await work();
      if (!answer.ok) problem = await problemOf(answer);
      else return answer;
    } catch {
      problem = lost();
    } finally {
      sign.disabled = false;
    }
    said.textContent = "";
    const told = notice(problem);
    box.append(told);
    told.focus();
    return null;
  }

  input.addEventListener("change", async () => {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    said.textContent = words.saving;
    const address = `${words.stamp}?${new URLSearchParams({ name: file.name || "stamp.jpg" })}`;
    const answer = await during(() => ask(address, { method: "PUT", body: file }));
    if (!answer) return;
    const { picture: place } = await answer.json();
    show(place, place ? words.saved : words.undrawn);
    remove.hidden = false;
  });

  remove.addEventListener("click", async () => {
    const answer = await during(() => ask(`${words.stamp}/remove`, { method: "POST", body: new URLSearchParams() }));
    if (!answer) return;
    show("", "");
    remove.hidden = true;
    input.focus();
  });
})();
