// The engineer's half of the visit in the field app, by real clicks, strokes and files, in any language: what is pressed is
// found by what it does, never by its words.
import { answer, start } from "./program.mjs";

/** What the engineer answers, in the order of the form. */
export const ANSWERS = {
  "/visit/safety/arrived": "2026-11-20T09:05",
  "/visit/safety/locked_out": "yes",
  "/visit/safety/hazards": ["pressure", "heat"],
  "/visit/findings/state_found": "limited",
  "/visit/findings/fault_since": "2026-11-18",
  "/visit/findings/hours": "4182",
  "/visit/findings/symptom": "leak",
  "/visit/findings/cause": "seal_worn",
  "/visit/findings/description": "Oil leaks at the shaft seal of the main pump.",
  "/visit/hydraulics/checked": "yes",
  "/visit/hydraulics/pressure_nominal": "160",
  "/visit/hydraulics/pressure_measured": "148",
  "/visit/hydraulics/oil_temperature": "54,5",
  "/visit/hydraulics/oil_level": "low",
  "/visit/hydraulics/leak": "yes",
  "/visit/hydraulics/leak_place": "Shaft seal of the main pump",
  "/visit/electrical/supply_voltage": "398",
  "/visit/electrical/insulation": "52",
  "/visit/electrical/emergency_stop": "passed",
  "/visit/work/kinds": ["inspected", "replaced"],
  "/visit/work/description": "Replaced the shaft seal and ran it under load.",
  "/visit/work/begin": "09:20",
  "/visit/work/end": "11:05",
  "/visit/handover/test_run": "yes",
  "/visit/handover/state_left": "running",
  "/visit/handover/advice": "Check the seal again after 250 hours. 阀门 ✓",
};

/** Starts `laptop` over a store; resolves when it says where it listens. */
export function laptop(store, port = 0) {
  return start(["laptop", "--store", store, "--port", String(port)], "link");
}

/** The engineer at one page of the field app. */
export class Field {
  constructor(page, url) {
    this.page = page;
    this.url = url;
  }

  async goto(path) {
    await this.page.goto(`${this.url}${path}`);
  }

  /** Chooses the language of the screens. They may be in it already: the page that says so is awaited, not the language. */
  async speak(language) {
    await this.goto("/settings");
    await this.page.locator(`button[name="language"][value="${language}"]`).click();
    await this.page.waitForURL(/\/settings\?done=/);
    await this.page.locator(`html[lang="${language}"]`).waitFor();
  }

  /** Presses the one next step and waits for the page that it leads to. */
  async next() {
    const before = this.page.url();
    await this.page.locator("[data-primary]").first().click();
    await this.page.waitForURL((url) => url.href !== before);
    await this.page.waitForLoadState("load");
  }

  question(reference) {
    return this.page.locator(`[data-question="${reference}"]`);
  }

  /** Answers one question as a person does, and waits until the app says "saved". */
  async answer(reference, value) {
    const box = this.question(reference);
    await box.waitFor();
    const kind = await box.getAttribute("data-kind");
    if (kind === "select_one") await box.locator(`input[value="${value}"]`).check();
    else if (kind === "select_many") for (const one of value) await box.locator(`input[value="${one}"]`).check();
    else {
      const control = box.locator("textarea, input:not([type='checkbox'])").first();
      await control.fill(value);
      await control.blur();
    }
    await box.locator(".save-state.saved").waitFor();
  }

  /** Answers everything on the pages of the form, going on by the primary button. */
  async fillForm(look = async () => {}) {
    for (let number = 1; ; number += 1) {
      for (const [reference, value] of Object.entries(ANSWERS)) {
        const group = reference.split("/").slice(0, 3).join("/");
        const here = await this.page.locator(`[data-question^="${group}/"]`).count();
        if (here > 0) await this.answer(reference, value);
      }
      await look(number);
      const last = await this.page.locator(".primary-bar [data-primary]").getAttribute("href");
      await this.next();
      if (!last.includes("/form")) return;
    }
  }

  /** Puts files into the control that opens the camera; waits until each is called saved. */
  async photograph(files, where = "[data-camera]") {
    const saved = this.page.locator(".uploads .saved");
    const before = await saved.count();
    await this.page.locator(where).setInputFiles(files);
    await this.page.waitForFunction((count) => document.querySelectorAll(".uploads .saved").length === count, before + [files].flat().length);
  }

  /** Draws on the pad with the mouse. */
  async draw() {
    const pad = this.page.locator("canvas.pad");
    await pad.scrollIntoViewIfNeeded();
    const place = await pad.boundingBox();
    const { mouse } = this.page;
    for (const row of [0.4, 0.65]) {
      await mouse.move(place.x + place.width * 0.15, place.y + place.height * row);
      await mouse.down();
      for (let step = 1; step <= 12; step += 1) {
        const wave = Math.sin(step) * place.height * 0.15;
        await mouse.move(place.x + place.width * (0.15 + step * 0.05), place.y + place.height * row + wave);
      }
      await mouse.up();
    }
  }

  /** The three steps of signing off; the device is given back by holding the button. */
  async signOff({ outcome = "accepted", remarks = "", name = "Maria Lindqvist", score = "5", aspects = {}, stamp = "" } = {}, look = async () => {}) {
    const { page } = this;
    await look("check");
    await this.draw();
    await this.next();
    await page.waitForURL(/\/customer$/);
    await page.locator(".paper img").first().waitFor();
    await look("pages");
    await this.next();
    await page.locator(`input[name="outcome"][value="${outcome}"]`).check();
    if (remarks) await page.locator("#remarks").fill(remarks);
    if (outcome !== "absent") {
      await page.locator("#name").fill(name);
      await page.locator(`input[name="satisfaction"][value="${score}"]`).check();
      if (Object.keys(aspects).length > 0) await page.locator("details:has(.scale) summary").click();
      for (const [aspect, value] of Object.entries(aspects)) {
        await page.locator(`input[name="aspect-${aspect}"][value="${value}"]`).check();
      }
    }
    await look("outcome");
    await this.next();
    await page.waitForURL(/\/customer\/sign$/);
    if (stamp) {
      await page.locator("[data-stamp] input[type='file']").setInputFiles(stamp);
      await page.locator("[data-stamp] img").waitFor();
      // A page that is loaded again still has it.
      await page.reload();
      await page.locator("[data-stamp] img").waitFor();
    }
    if (outcome !== "absent") await this.draw();
    await look("sign");
    await this.next();
    await page.waitForURL(/\/customer\/done$/);
    await look("done");
  }

  /** Holds "give back" for as long as it takes. */
  async takeBack() {
    const hold = this.page.locator("[data-hold]");
    await hold.scrollIntoViewIfNeeded();
    const place = await hold.boundingBox();
    await this.page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
    await this.page.mouse.down();
    await this.page.waitForURL(/\/jobs\/[0-9a-f-]{36}/);
    await this.page.mouse.up();
  }
}

/** Writes a photo as a camera would. */
export function photo(file, seed) {
  answer("sample-photo", file, "--seed", String(seed));
  return file;
}

/** Waits until the store has nothing that is only on this device. */
export async function sent(page) {
  await page.locator("#strip .state.ok").nth(1).waitFor({ timeout: 60_000 });
}
