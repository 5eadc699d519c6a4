// The engineer's half of a visit in the field app, in a real browser on a real device core and a real hub: in four
// languages, at phone and desktop width, with the hub off in between. Pictures of every page are left in
// test-output/field.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Field, laptop, photo, sent } from "./field.mjs";
import { answer, root, run, serve } from "./program.mjs";
import { launch, lookAt, watch } from "./watch.mjs";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "countersign-field-"));
const office = path.join(folder, "office");
const store = path.join(folder, "laptop");
const pictures = path.join(root, "test-output/field");
const PRESSURE = "/visit/hydraulics/pressure_measured";
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

let browser;
let server;
let hub;
let shell;
let link;
let url;
const watched = [];

before(async () => {
  answer("hub", "init", office, "--company", "Meridian Machine Service", "--sample");
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

async function open(options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
  const page = await context.newPage();
  watched.push(watch(page, url));
  return page;
}

const look = (page, name) => lookAt(page, pictures, name);

const people = () => run("hub", "list", office, "people");
const engineer = () => people().find((person) => person.roles.includes("engineer"));

/** A job for the machine of this serial, planned for the engineer. */
function job(serial, fault) {
  const machine = run("hub", "list", office, "machines").find((row) => row.serial === serial);
  return answer("hub", "job", office, "--customer", machine.customer, "--machine", serial, "--fault", fault,
    "--assign", engineer().id, "--priority", "high", "--class", "A").job;
}

const review = (id, ...words) => answer("hub", "review", office, id, "--reviewer", people().find((person) => person.roles.includes("manager")).name, ...words);
const review_state = (id) => run("device", "--store", store, "job", id).at(0).visits.at(-1).voucher;

/** Language of the screens, serial of a machine whose customer signs in it, width. */
const VISITS = [
  ["en", "H7-3391", DESKTOP, "light"],
  ["es", "M5-0218", PHONE, "light"],
  ["zh-Hans", "M5-0305", PHONE, "dark"],
  ["zh-Hant", "H7-3520", DESKTOP, "dark"],
];

test("the engineer's half of the visit", { timeout: 900_000 }, async (t) => {
  let page = await open();
  let field = new Field(page, url);

  await t.test("a link lets one browser in, once", async () => {
    const stranger = await open();
    await stranger.goto(url);
    assert.equal(await stranger.locator("[role=alert]").count(), 1);
    await look(stranger, "stranger-en");
    await page.goto(link);
    await page.waitForURL(`${url}/enrol`);
    await stranger.goto(link);
    await stranger.getByRole("alert").waitFor();
    assert.equal((await stranger.request.get(`${url}/settings`)).status(), 401);
    const foreign = await page.request.post(`${url}/settings/aeroplane`, { headers: { origin: "https://evil.example" }, form: { aeroplane: "on" } });
    assert.equal(foreign.status(), 403);
    await stranger.context().close();
  });

  await t.test("a wrong invitation is explained and kept, a right one enrols", async () => {
    await page.locator("#code").fill("not an invitation");
    await page.locator("[data-primary]").click();
    await page.getByRole("alert").waitFor();
    assert.equal(await page.locator("#code").inputValue(), "not an invitation");
    await look(page, "enrol-refused-en");
    const { code } = answer("hub", "invite", office, "--person", engineer().name, "--role", "engineer", "--url", hub);
    await page.locator("#code").fill(code);
    await page.locator("[data-primary]").click();
    // Who answers, and the print of its key, are shown before anything is sent.
    await page.locator("#seen").waitFor();
    await look(page, "enrol-seen-en");
    const { print } = answer("hub", "invite", office, "--person", engineer().name, "--role", "engineer", "--url", hub);
    assert.ok((await page.locator("#seen").innerText()).includes(print));
    await page.locator("[data-primary]").click();
    await page.waitForURL(/\/\?done=enrolled/);
    await look(page, "jobs-empty-en");
  });

  const wanted = process.env.FIELD_LANGUAGES?.split(" ");
  for (const [language, serial, viewport, colorScheme] of VISITS.filter(([tag]) => wanted?.includes(tag) ?? true)) {
    await t.test(`a whole visit in ${language}, ${viewport.width} px wide, ${colorScheme}`, async () => {
      const see = (name) => look(page, `${name}-${language}`);
      const fault = `Oil under the machine (${language}) "<b>&`;
      const id = job(serial, fault);
      const state = await page.context().storageState();
      await page.context().close();
      page = await open({ viewport, colorScheme, storageState: state, hasTouch: viewport === PHONE });
      field = new Field(page, url);
      await field.speak(language);
      await see("settings");
      await field.goto("/");
      await page.locator(`#job-${id}`).waitFor({ state: "attached", timeout: 30_000 }).catch(async () => {
        await page.locator("#news button").click();
      });
      await see("jobs");
      await page.locator(`#job-${id} a`).click();
      await page.locator("#steps").waitFor();
      await see("job");

      // The office is not reached from here on.
      await server.stop();
      await field.next();
      await field.next();
      await field.next();
      await page.waitForURL(/\/files/);
      const pictures = [1, 2, 3].map((seed) => photo(path.join(folder, `found-${language}-${seed}.jpg`), seed));
      await field.photograph(pictures.slice(1), "[data-drop] [data-file]");
      await field.photograph(pictures[0]);
      await see("files");
      await field.goto(`/jobs/${id}/form`);
      await field.photograph(pictures[0], `[data-question="/visit/safety/photo_as_found"] [data-file] >> nth=0`);
      await field.fillForm(async (number) => {
        if (number < 4) await see(`form-${number}`);
        if (await field.question("/visit/handover/photo_as_left").count() > 0) {
          const left = photo(path.join(folder, `left-${language}.jpg`), 7);
          await field.photograph(left, `[data-question="/visit/handover/photo_as_left"] [data-file] >> nth=0`);
        }
      });
      await field.goto(`/jobs/${id}/times`);
      await page.locator("#minutes").fill("105");
      await page.locator("[data-primary]").dblclick();
      await page.locator("#times li").waitFor();
      await page.waitForLoadState("load");
      assert.equal(await page.locator("#times li").count(), 1, "a double click books once");
      await see("times");
      await field.goto(`/jobs/${id}/sign`);
      const stamp = photo(path.join(folder, `stamp-${language}.jpg`), 9);
      const said = { outcome: "remarks", remarks: "noise remains · 还有噪音", aspects: { skill: 5, timeliness: 3 }, stamp };
      await field.signOff(said, (step) => see(`sign-${step}`));

      // Nothing of the rest is reached from the customer's page, not even by "back".
      await page.goBack();
      await page.waitForLoadState("load");
      assert.match(page.url(), /\/customer/);
      for (const place of ["/", `/jobs/${id}/form`, "/status", "/settings"]) {
        await field.goto(place);
        assert.equal(new URL(page.url()).pathname, "/customer/done", place);
      }
      assert.equal((await page.request.post(`${url}/jobs/${id}/note`, { headers: { origin: url }, form: { text: "x" } })).status(), 403);
      await field.takeBack();
      await field.goto(`/jobs/${id}/form`);
      assert.equal(await page.locator("#questions input:not([type=hidden]), #questions textarea").count(), 0, "nothing editable after signing");
      await field.goto(`/jobs/${id}`);
      await see("job-signed");
      await field.next();
      await field.goto(`/jobs/${id}/leave`);
      await field.next();
      await field.goto("/status");
      assert.equal(await page.locator("#strip .state.attention").count(), 1, "what is only here is said");
      await see("status-offline");

      // The office is back: everything is sent by itself, reviewed, returned, amended, approved.
      server = serve(office, new URL(hub).host);
      await server.url;
      await page.locator("form[action='/status/send'] button").click();
      await sent(page);
      review(id, "--return", "--question", PRESSURE, "--remark", "Was the oil warm?");
      await field.goto(`/jobs/${id}`);
      await page.locator("#remarks").waitFor({ timeout: 30_000 });
      await see("job-returned");
      await field.next();
      await page.waitForURL(/\/amend/);
      await field.next();
      await field.answer(PRESSURE, "158");
      await see("form-amend");
      await field.goto(`/jobs/${id}/sign`);
      await field.draw();
      await field.next();
      await page.waitForURL(/done=signed/);
      await field.next();
      await sent(page);
      review(id, "--approve");
      await page.locator("#head .chip.ok").waitFor({ timeout: 30_000 });
      await see("job-approved");
      await page.locator("#documents li a").last().click();
      await page.locator(".paper img").first().waitFor();
      await see("document");
      const pdf = await page.request.get(`${page.url()}/voucher.pdf`);
      const file = path.join(folder, `${language}.pdf`);
      fs.writeFileSync(file, await pdf.body());
      assert.equal(answer("verify", file).ok, true);
      assert.equal(review_state(id), "approved");
    });
  }

  await t.test("nothing left this machine and no script failed", () => {
    assert.deepEqual(watched.flatMap((seen) => seen.elsewhere), []);
    assert.deepEqual(watched.flatMap((seen) => seen.errors), []);
  });
});
