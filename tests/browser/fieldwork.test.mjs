// What an engineer arranges around a visit, by real clicks, strokes and keys in the field app, and what the office answers
// at the console: drawing over photos, people, class, requests, remote visits, nameplates, times, work that changes hands.
// In English at phone width and in Simplified Chinese at desktop width; each command is pressed twice, and pages that
// stand open in a second window are sent from there too. Pictures are left in test-output/fieldwork.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Field, laptop, photo, sent } from "./field.mjs";
import { answer, root, run, serve } from "./program.mjs";
import { fits, launch, lookAt, picture, watch } from "./watch.mjs";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "countersign-fieldwork-"));
const office = path.join(folder, "office");
const store = path.join(folder, "laptop");
const pictures = path.join(root, "test-output/fieldwork");
const PASSWORD = "four plain words together";
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const LANGUAGES = [
  { tag: "en", viewport: PHONE, serial: "H7-3391", colorScheme: "light" },
  { tag: "zh-Hans", viewport: DESKTOP, serial: "M5-0305", colorScheme: "dark" },
];

let browser;
let server;
let hub;
let shell;
let link;
let url;
let firstSignIn;
const watched = [];

before(async () => {
  firstSignIn = answer("hub", "init", office, "--company", "Meridian Machine Service", "--sample").first_sign_in;
  server = serve(office);
  hub = await server.url;
  shell = laptop(store);
  ({ link, url } = await shell.first);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await shell?.stop();
  await server?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function open(from, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
  const page = await context.newPage();
  watched.push(watch(page, from));
  return page;
}

const look = (page, name) => lookAt(page, pictures, name);

const people = () => run("hub", "list", office, "people");
const engineers = () => people().filter((person) => person.roles.includes("engineer"));
const onDevice = (id) => run("device", "--store", store, "job", id).at(0);

/** A job for the machine of this serial, planned for the first engineer. */
function job(serial, fault) {
  const machine = run("hub", "list", office, "machines").find((row) => row.serial === serial);
  return answer("hub", "job", office, "--customer", machine.customer, "--machine", serial, "--fault", fault,
    "--assign", engineers()[0].id, "--class", "A").job;
}

/** Waits until a job that the office planned is on this device, and opens it. */
async function openJob(page, id) {
  await page.goto(`${url}/status`);
  await page.locator("form[action='/status/send'] button").click();
  await page.waitForURL(/done=sending/);
  await page.goto(url);
  const card = page.locator(`#job-${id} a`);
  await card.or(page.locator("#news button:visible")).first().waitFor({ timeout: 30_000 });
  if (!(await card.isVisible())) await page.locator("#news button").click();
  await card.click();
  await page.locator("#steps").waitFor();
}

/** Presses a button twice, as an impatient hand does, and waits for the page that it leads to. */
async function twice(page, button, pattern) {
  await button.dblclick();
  await page.waitForURL(pattern);
  await page.waitForLoadState("load");
}

/** A stroke of the mouse over the picture, in shares of its width and height. */
async function stroke(page, points) {
  const canvas = page.locator(".board canvas");
  await canvas.scrollIntoViewIfNeeded();
  const place = await canvas.boundingBox();
  const at = ([x, y]) => [place.x + x * place.width, place.y + y * place.height];
  await page.mouse.move(...at(points[0]));
  await page.mouse.down();
  for (const point of points.slice(1)) await page.mouse.move(...at(point), { steps: 6 });
  await page.mouse.up();
}

/** Damages the bytes of a file on this device, as a worn disk does. */
function damage(sha256) {
  const original = path.join(store, "media", sha256.slice(0, 2), sha256);
  const bytes = fs.readFileSync(original);
  bytes[bytes.length >> 1] ^= 0xff;
  fs.writeFileSync(original, bytes);
}

const drawn = (page) => page.locator("[data-drawn-list] li");
const shapesOf = (id) => onDevice(id).evidence.flatMap((row) => row.layers.flatMap((layer) => layer.shapes));

test("what is arranged around a visit", { timeout: 900_000 }, async (t) => {
  let page = await open(url);
  let console_;

  await t.test("the device is enrolled, and the office has signed in", async () => {
    const { code } = answer("hub", "invite", office, "--person", engineers()[0].name, "--role", "engineer", "--url", hub);
    await page.goto(link);
    await page.waitForURL(`${url}/enrol`);
    await page.locator("#code").fill(code);
    await page.locator("[data-primary]").click();
    await page.locator("#seen").waitFor();
    await page.locator("[data-primary]").click();
    await page.waitForURL(/done=enrolled/);
    console_ = await open(hub);
    await console_.goto(`${hub}${firstSignIn}`);
    await console_.locator("main button").last().click();
    await console_.waitForURL(/\/password/);
    await console_.locator("#name").fill("office");
    await console_.locator("#password").fill(PASSWORD);
    await console_.locator("#again").fill(PASSWORD);
    await console_.locator("main button").click();
    await console_.waitForURL(/\/board/);
  });

  for (const { tag, viewport, serial, colorScheme } of LANGUAGES) {
    const see = (name) => look(page, `${name}-${tag}`);
    const fault = `Oil under the machine (${tag}) "<b>&`;
    let field;
    let id;
    let first;

    await t.test(`a job in ${tag}`, async () => {
      const state = await page.context().storageState();
      await page.context().close();
      page = await open(url, { viewport, colorScheme, storageState: state });
      field = new Field(page, url);
      await field.speak(tag);
      id = job(serial, fault);
      await openJob(page, id);
      first = onDevice(id).visits.at(0).visit;
      await field.goto(`/jobs/${id}/departure`);
      await see("departure");
      await field.goto(`/jobs/${id}`);
      await field.next();
      await field.next();
      await field.goto(`/jobs/${id}/files`);
      await field.photograph(photo(path.join(folder, `found-${tag}.jpg`), 2), "[data-drop] [data-file]");
    });

    await t.test(`a photo is drawn over in ${tag}, by strokes and by keys`, async () => {
      await page.locator(".photos a").first().click();
      await page.waitForURL(/files\/[0-9a-f-]{36}/);
      assert.doesNotMatch(await page.locator("main").innerText(), /image\/jpeg/, "a word, no media type");
      await see("file");
      await page.locator("a[href$='/draw']").click();
      await page.locator(".board canvas").waitFor();
      const stale = await page.context().newPage();
      await stale.goto(page.url());
      await stale.locator(".board canvas").waitFor();

      await stroke(page, [[0.1, 0.1], [0.45, 0.4]]);
      await page.locator("input[value='circle']").check();
      await page.locator("input[value='yellow']").check();
      await stroke(page, [[0.7, 0.5], [0.8, 0.6]]);
      await page.locator("input[value='line']").check();
      await page.locator("input[value='blue']").check();
      await stroke(page, [[0.1, 0.8], [0.2, 0.9], [0.3, 0.8], [0.4, 0.9]]);
      assert.equal(await drawn(page).count(), 3);
      // A press that does not move is no shape.
      await stroke(page, [[0.5, 0.5]]);
      assert.equal(await drawn(page).count(), 3);

      // By keys: a label, and an arrow.
      await page.locator("input[value='text']").check();
      await page.locator(".board canvas").focus();
      await page.keyboard.press("Enter");
      assert.equal(await drawn(page).count(), 3, "a label without words is none");
      await page.locator("#label").fill('leak <b>& 泄漏');
      await page.keyboard.press("Enter");
      await page.keyboard.press("Shift+ArrowUp");
      await page.keyboard.press("Enter");
      await page.locator("input[value='arrow']").check();
      await page.locator(".board canvas").focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("ArrowDown");
      assert.match(await page.locator("[data-draw-said]").innerText(), /\d+ %/);
      await page.keyboard.press("Enter");
      assert.equal(await drawn(page).count(), 5);
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      assert.equal(await drawn(page).count(), 3);
      await page.keyboard.press("Control+y");
      await page.locator("[data-draw='redo']").click();
      assert.equal(await drawn(page).count(), 5);
      await drawn(page).nth(2).locator("button").click();
      assert.equal(await drawn(page).count(), 4);
      await page.locator("[data-draw='undo']").click();
      await see("draw");
      await twice(page, page.locator("[data-primary]"), /done=drawn/);
      assert.equal(await page.locator(".drawn svg.overlay").count(), 1);
      await see("file-drawn");
      assert.deepEqual(shapesOf(id).map((shape) => shape.shape), ["arrow", "circle", "line", "text", "arrow"]);

      // The other window still shows the photo without a drawing: what it sends is refused, and nothing is lost.
      await stroke(stale, [[0.2, 0.2], [0.6, 0.2]]);
      await stale.locator("[data-primary]").click();
      await stale.getByRole("alert").waitFor();
      assert.equal(await drawn(stale).count(), 1, "what was drawn there is still there");
      assert.equal(shapesOf(id).length, 5);
      stale.once("dialog", (dialog) => dialog.accept());
      await stale.close();
      for (const place of [`/jobs/${id}`, `/jobs/${id}/files`, `/jobs/${id}/machine`]) {
        await field.goto(place);
        assert.equal(await page.locator("main svg.overlay").count(), 1, place);
        await see(`drawn${place.replaceAll(/\/jobs\/[0-9a-f-]+/g, "")}`.replaceAll("/", "-"));
      }
      await sent(page);
      await console_.goto(`${hub}/jobs/${id}/photos`);
      await console_.locator("a[data-photo]").first().click();
      await console_.locator("#viewer .print svg.overlay").waitFor();
      await console_.locator("#viewer .print img").evaluate((image) => image.decode());
      const [over, under] = await console_.evaluate(() => ["svg.overlay", "img"].map((name) => {
        const place = document.querySelector(`#viewer .print ${name}`).getBoundingClientRect();
        return [place.x, place.y, place.width, place.height].map(Math.round);
      }));
      assert.deepEqual(over, under, "drawing and photo lie on each other");
      await look(console_, `viewer-drawn-${tag}`);
      for (const key of ["z", "t"]) await console_.keyboard.press(key);
      assert.equal(await console_.locator("#viewer .print svg.overlay").count(), 1);
      await picture(console_, pictures, `viewer-turned-${tag}`);
      await console_.keyboard.press("Escape");
    });

    await t.test(`helpers join and leave in ${tag}, from two windows`, async () => {
      await field.goto(`/jobs/${id}`);
      await page.locator("a.tile[href$='/people']").click();
      await page.waitForURL(/\/people/);
      const stale = await page.context().newPage();
      await stale.goto(page.url());
      const choices = page.locator("input[name='helper']");
      const [one, two] = [await choices.nth(0).getAttribute("value"), await choices.nth(1).getAttribute("value")];
      await choices.nth(0).check();
      await see("people");
      await twice(page, page.locator("[data-primary]"), /done=people/);
      assert.deepEqual(onDevice(id).facts.helpers.map((row) => row.person), [one]);
      await stale.locator(`input[name='helper'][value='${two}']`).check();
      await stale.locator("[data-primary]").click();
      await stale.waitForURL(/done=people/);
      await stale.close();
      assert.deepEqual(onDevice(id).facts.helpers.map((row) => row.person).sort(), [one, two].sort(), "neither undid the other");
      await field.goto(`/jobs/${id}/people`);
      await page.locator(`input[name='helper'][value='${one}']`).uncheck();
      await page.locator("[data-primary]").click();
      await page.waitForURL(/done=people/);
      assert.deepEqual(onDevice(id).facts.helpers.map((row) => row.person), [two]);
    });

    await t.test(`another class is explained before it is set in ${tag}`, async () => {
      await field.goto(`/jobs/${id}/class`);
      assert.equal(await page.locator("label.explained").count(), 4);
      await page.locator("input[value='C']").check();
      await page.locator("#reason").fill("   ");
      await page.locator("[data-primary]").click();
      await page.getByRole("alert").waitFor();
      await page.locator("#reason").fill("maker's fault · 厂家责任");
      await see("class");
      await twice(page, page.locator("[data-primary]"), /done=class/);
      const { facts } = onDevice(id);
      assert.deepEqual([facts.class, facts.class_reason], ["C", "maker's fault · 厂家责任"]);
      await field.goto(`/jobs/${id}/class`);
      assert.equal(await page.locator("input[value='C']").isChecked(), true);
      await page.locator(".quote").waitFor();
    });

    await t.test(`the office is asked and answers in ${tag}`, async () => {
      await field.goto(`/jobs/${id}/ask`);
      assert.equal(await page.locator("#from").isVisible(), false, "times belong to an appointment");
      await page.locator("input[value='question']").check();
      await page.locator("#reason").fill("Which oil? 用什么油？");
      await see("ask");
      await twice(page, page.locator("[data-primary]"), /done=asked/);
      await page.locator("input[value='window']").check();
      await page.locator("#reason").fill("afternoon");
      await page.locator("[data-primary]").click();
      await page.getByRole("alert").waitFor();
      await page.locator("#from").fill("2026-12-02T14:00");
      await page.locator("#to").fill("2026-12-02T16:00");
      await page.locator("[data-primary]").click();
      await page.waitForURL((address) => address.search.includes("done=asked"));
      await page.locator(".asked").nth(1).waitFor();
      assert.deepEqual(onDevice(id).facts.requests.map((row) => [row.what, row.state]), [["window", "open"], ["question", "open"]]);
      await sent(page);

      await console_.goto(`${hub}/attention?sort=request`);
      await look(console_, `attention-requests-${tag}`);
      await console_.locator(`a[href='/jobs/${id}#requests']`).first().click();
      await console_.locator("#requests").waitFor();
      await look(console_, `job-requests-${tag}`);
      const asked = (reason) => console_.locator("#requests section", { hasText: reason });
      await asked("Which oil?").locator("button[value='yes']").click();
      await console_.getByRole("alert").first().waitFor();
      await asked("Which oil?").locator("textarea").fill("HLP 46");
      await asked("Which oil?").locator("button[value='yes']").click();
      await console_.waitForURL(/done=decided/);
      await asked("afternoon").locator("button[value='yes']").click();
      await console_.waitForURL(/done=decided/);
      assert.equal(await console_.locator("#requests textarea").count(), 0);

      await field.goto("/status");
      await page.locator("form[action='/status/send'] button").click();
      await page.waitForURL(/done=sending/);
      await field.goto(`/jobs/${id}`);
      await page.locator("#requests .chip.ok").nth(1).waitFor({ timeout: 30_000 });
      assert.match(await page.locator("#requests").innerText(), /HLP 46/);
      assert.ok(onDevice(id).facts.window, "the appointment was agreed");
    });

    await t.test(`parts, times, costs and diagnosis in ${tag}`, async () => {
      await field.goto(`/jobs/${id}/parts`);
      await see("parts");
      const row = page.locator(".picker li").first();
      await row.locator("summary").click();
      await row.locator("select[name='from']").selectOption("elsewhere");
      await row.locator("select[name='payer']").selectOption("customer");
      await twice(page, row.locator("form .booking button"), /done=part/);
      assert.equal(await page.locator("#parts li").count(), 1, "a double click books once");
      await field.goto(`/jobs/${id}/times`);
      await page.locator("#minutes").fill("95");
      await page.locator("[data-primary]").click();
      await page.waitForURL(/done=time/);
      // Kilometres belong to a journey alone; what was typed is not hidden with its value.
      const [kind, kilometres] = [page.locator("#kind"), page.locator("#kilometres")];
      for (const [value, shown] of [["travel", true], ["work", false]]) {
        await kind.selectOption(value);
        assert.equal(await kilometres.isVisible(), shown, value);
      }
      await kind.selectOption("travel");
      await kilometres.fill("12");
      await kind.selectOption("work");
      assert.equal(await kilometres.isVisible(), true);
      await see("times-kilometres");
      await field.goto(`/jobs/${id}/times`);
      await page.locator("#times summary").click();
      assert.equal(await page.locator("#times input[name='kilometres']").isVisible(), false, "a correction of work asks for none");
      await page.locator("#times input[name='minutes']").fill("90");
      await see("times");
      await twice(page, page.locator("#times form button"), /done=time-corrected/);
      assert.equal(await page.locator("#times li").count(), 1, "both are kept, one counts");
      for (const name of ["costs", "diagnosis", "leave", "machine"]) {
        await field.goto(`/jobs/${id}/${name}`);
        await see(name);
      }
    });

    await t.test(`a remote visit is signed on a later one in ${tag}`, async () => {
      await field.goto(`/jobs/${id}`);
      await twice(page, page.locator("form[action$='/remote'] button"), /done=remote/);
      await page.locator("#notices .notice").waitFor();
      await see("job-remote");
      await page.locator("a.tile[href$='/plan']").click();
      await page.waitForURL(/\/plan/);
      await page.locator("input[name='collect']").waitFor();
      await page.locator("input[value='remote']").check();
      assert.equal(await page.locator("input[name='collect']").isVisible(), false, "who is not there collects nothing");
      await page.locator("input[value='site']").check();
      await see("plan");
      await twice(page, page.locator("[data-primary]"), /done=planned/);
      assert.equal(onDevice(id).visits.length, 2, "a double click plans once");
      await field.goto(`/jobs/${id}`);
      await page.locator("#collects form button").waitFor();
      await see("job-waiting");
      await twice(page, page.locator("#collects form button"), /done=collected/);
      // A window that still offered it adds it again: it stays one.
      const again = await page.request.post(`${url}/jobs/${id}/collect`, { headers: { origin: url }, form: { once: `stale-${tag}`, collect: first } });
      assert.equal(again.status(), 200);
      assert.deepEqual(onDevice(id).facts.collects.map((row) => [row.visit, row.signed]), [[first, false]]);
      await see("job-collects");
      const [{ number }, { number: later }] = onDevice(id).visits;
      await sent(page);
      await console_.goto(`${hub}/jobs/${id}`);
      for (const text of [number, later]) await console_.locator("dl.facts dd", { hasText: text }).first().waitFor();
      await look(console_, `job-remote-console-${tag}`);
      await page.locator("#collects a").click();
      await page.waitForURL(new RegExp(`/jobs/${first}/sign`));
      await page.locator("main h1").waitFor();
      // Its form is filled under its own name, wherever else the engineer is planned.
      await page.locator("main a[href$='/form']").first().click();
      await page.waitForURL(new RegExp(`/jobs/${first}/form`));
      await see("form-remote");
      if (tag !== "en") return;
      const shot = (seed) => photo(path.join(folder, `remote-${seed}.jpg`), seed);
      await field.photograph(shot(4), `[data-question="/visit/safety/photo_as_found"] [data-file] >> nth=0`);
      await field.fillForm(async () => {
        if (await field.question("/visit/handover/photo_as_left").count() === 0) return;
        await field.photograph(shot(5), `[data-question="/visit/handover/photo_as_left"] [data-file] >> nth=0`);
      });
      await field.goto(`/jobs/${first}/sign`);
      await field.signOff();
      await field.takeBack();
      await field.goto(`/jobs/${id}`);
      await page.locator("#collects .chip.ok").waitFor();
      await see("job-collected");
      assert.equal(onDevice(id).facts.collects[0].signed, true);
    });

    await t.test(`a job from a nameplate in ${tag}`, async () => {
      await field.goto("/new");
      await see("new");
      await page.locator("[data-plate-file]").setInputFiles(photo(path.join(folder, `plate-${tag}.jpg`), 9));
      await page.waitForURL(/\/new\/nameplate\/[0-9a-f]{64}/);
      await page.locator("figure.plate img").evaluate((image) => image.decode());
      await see("nameplate");
      await page.locator("#fault").fill("   ");
      await page.locator("[data-primary]").click();
      await page.getByRole("alert").waitFor();
      const before = run("device", "--store", store, "jobs").length;
      await page.locator("#serial").fill(`X-${tag}`);
      await page.locator("#fault").fill("does not start · 不启动");
      await twice(page, page.locator("[data-primary]"), /done=job-made/);
      assert.equal(run("device", "--store", store, "jobs").length, before + 1, "a double click makes one job");
      await page.locator("#notices .notice").waitFor();
      await page.locator("#shots img").waitFor();
      await see("job-unregistered");
    });
  }

  await t.test("work that changes hands says who held it and when they were heard of", async () => {
    const [ana, other] = engineers();
    const machine = run("hub", "list", office, "machines")[0];
    const taken = answer("hub", "job", office, "--customer", machine.customer, "--machine", machine.serial, "--fault", "noise",
      "--assign", other.id, "--class", "A").job;
    await console_.goto(`${hub}/jobs/${taken}`);
    const form = console_.locator("form[action$='/reassign']");
    await console_.locator("details", { has: form }).locator("summary").click();
    await form.locator("select").selectOption(ana.id);
    await form.locator("button").click();
    await console_.waitForURL(/done=reassigned/);
    await openJob(page, taken);
    await page.locator("#notices").getByText(other.name).waitFor();
    await look(page, "job-taken-over");
  });

  await t.test("every page at 320 px, with targets for gloves and one primary button", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const { job: id } = run("device", "--store", store, "jobs").find((row) => row.machine.includes("H7"));
    for (const place of ["", "/people", "/class", "/ask", "/plan", "/parts", "/costs", "/diagnosis", "/departure", "/machine", "/times", "/leave", "/files"]) {
      await page.goto(`${url}/jobs/${id}${place}`);
      await fits(page, `job${place} at 320 px`);
      const small = await page.evaluate(() => {
        const targets = "main a, main button, main select, main summary, main textarea, main input:not([type='hidden'])";
        const bound = (target) => (target.closest("label") ?? target).getBoundingClientRect();
        const shown = [...document.querySelectorAll(targets)].filter((target) => target.offsetParent !== null && !target.matches("p a, .visually-hidden"));
        return shown.filter((target) => bound(target).height < 47.5).map((target) => target.outerHTML.slice(0, 120));
      });
      assert.deepEqual(small, [], `job${place}`);
      assert.ok((await page.locator("main .button.primary:visible").count()) <= 1, `job${place} has one primary button`);
    }
  });

  // Last, since a damaged file stays on this device.
  for (const [round, { tag, viewport, colorScheme }] of LANGUAGES.entries()) {
    await t.test(`a rescue file says what is not in it in ${tag}, and diagnostics are read and saved`, async () => {
      const field = new Field(page, url);
      const see = (name) => look(page, `${name}-${tag}`);
      const { job: id } = run("device", "--store", store, "jobs").find((row) => row.machine.includes("H7"));
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await field.speak(tag);
      await page.locator("button[name='aeroplane'][value='on']").click();
      await page.waitForURL(/done=aeroplane-on/);
      await field.goto(`/jobs/${id}/files`);
      await field.photograph(photo(path.join(folder, `kept-${tag}.jpg`), 21 + round), "[data-drop] [data-file]");
      await field.goto("/status");
      const saved = async (button) => {
        const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
        return fs.readFileSync(await download.path());
      };
      const said = page.locator("[data-export-said]");
      const missing = async () => Number((await said.innerText()).match(/\d+/)?.[0] ?? 0);
      const rescue = page.locator("button[value='rescue']");
      assert.ok((await saved(rescue)).length > 1000);
      await said.filter({ hasNotText: "…" }).filter({ hasText: /./ }).waitFor();
      const before = await missing();
      damage(onDevice(id).evidence.find((row) => row.name === `kept-${tag}.jpg`).sha256);
      await saved(rescue);
      await said.filter({ hasText: `${before + 1}` }).waitFor();
      await see("status-export");
      await page.locator("#key").fill("no key");
      await page.locator("button[value='hand-over']").click();
      await page.getByRole("alert").waitFor();

      await field.goto("/settings/diagnostics");
      await see("diagnostics");
      const facts = JSON.parse(await saved(page.locator("a[download]")));
      assert.deepEqual([facts.connection.cut, facts.files_only_here > 0, facts.free_bytes > 0], [true, true, true]);
      await field.goto("/settings");
      await page.locator("button[name='aeroplane'][value='off']").click();
      await page.waitForURL(/done=aeroplane-off/);
    });
  }

  await t.test("nothing left this machine and no script failed", () => {
    assert.deepEqual(watched.flatMap((seen) => seen.elsewhere), []);
    assert.deepEqual(watched.flatMap((seen) => seen.errors), []);
  });
});
