// The manager's half of a visit in a real browser on a real hub, in English and in Traditional Chinese; the engineer's
// half by the command line. Pictures of every page are left in test-output/browser.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Engineer } from "./engineer.mjs";
import { answer, root, run, serve } from "./program.mjs";
import { launch, lookAt, picture, watch } from "./watch.mjs";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "countersign-browser-"));
const office = path.join(folder, "office");
const pictures = path.join(root, "test-output/browser");
const PASSWORD = "four plain words together";
const PRESSURE = "/visit/hydraulics/pressure_measured";

let browser;
let hub;
let server;
let firstSignIn;
const watched = [];

before(async () => {
  const made = answer("hub", "init", office, "--company", "Meridian Machine Service", "--sample");
  firstSignIn = made.first_sign_in;
  server = serve(office);
  hub = await server.url;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  watched.push(watch(page, hub));
  return page;
}

const look = (page, name) => lookAt(page, pictures, name);

async function choosePassword(page, link, name) {
  await page.goto(link);
  // The language chosen in the menu goes before the person's own.
  await language(page, "English");
  await look(page, `link-${name}`);
  await page.getByRole("button", { name: /Sign in as/ }).click();
  await page.getByLabel("Sign-in name").fill(name);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByLabel("The same password again").fill(PASSWORD);
  await look(page, `password-${name}`);
  await page.getByRole("button", { name: "Set password" }).click();
  await page.waitForURL(/\/board/);
}

async function language(page, name) {
  await page.locator("summary", { hasText: /English|Español|中文/ }).click();
  await page.getByRole("button", { name, exact: true }).click();
}

/** Waits until the page says what was done. */
const said = (page, text) => page.getByRole("status").getByText(text).waitFor();

const people = () => run("hub", "list", office, "people");
const withRole = (role) => people().find((person) => (person.roles ?? []).includes(role));

test("the manager's half of the visit", { timeout: 600_000 }, async (t) => {
  const manager = withRole("manager");
  const engineer = withRole("engineer");
  const machine = run("hub", "list", office, "machines").at(0);
  assert.ok(manager && engineer && machine, "the sample company has a manager, an engineer and a machine");

  const page = await open();
  let managerLink;
  await t.test("the administrator signs in by the first link and makes a link for the manager", async () => {
    const administrator = await open();
    await choosePassword(administrator, `${hub}${firstSignIn}`, "office");
    await administrator.getByRole("link", { name: "People and devices" }).click();
    await look(administrator, "people-en");
    await administrator.getByRole("link", { name: manager.name }).click();
    await look(administrator, "person-en");
    await administrator.getByRole("button", { name: "Make password link" }).click();
    managerLink = await administrator.locator("code.copy").innerText();
    await administrator.goto(`${hub}/people/${engineer.id}`);
    await administrator.getByRole("button", { name: "Invite a device" }).click();
    await administrator.locator(".qr svg").waitFor();
    await look(administrator, "invitation-en");
  });

  await t.test("the manager chooses a password, leaves, and is let in again", async () => {
    await choosePassword(page, managerLink, "manager");
    await page.locator("summary", { hasText: manager.name }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await look(page, "sign-in-en");
    await page.getByLabel("Sign-in name").fill("manager");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await look(page, "sign-in-refused-en");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/board/);
    await look(page, "board-empty-en");
  });

  let job;
  await t.test("a call is registered, a job made of it, a visit planned", async () => {
    await page.getByRole("link", { name: "Register call" }).click();
    await page.getByLabel("Fault in the caller's words").fill("Oil under the machine since Monday");
    await page.getByLabel("Caller", { exact: true }).fill("Maria Lindqvist");
    await page.getByLabel("Machine's serial number").fill(machine.serial);
    await look(page, "call-new-en");
    await page.getByRole("main").getByRole("button", { name: "Register call" }).click();
    await said(page, "Call registered");
    await page.getByRole("link", { name: "Make job" }).click();
    assert.equal(await page.getByLabel("Machine's serial number").inputValue(), machine.serial);
    await page.getByLabel("Machine state").selectOption("down");
    await page.getByLabel("Priority").selectOption("urgent");
    await look(page, "job-new-en");
    await page.getByRole("main").getByRole("button", { name: "Make job" }).click();
    await said(page, "Job made");
    job = page.url().match(/jobs\/([0-9a-f-]{36})/)[1];
    await page.getByLabel("Lead").selectOption(engineer.id);
    await page.getByLabel("Not before").fill("2026-11-23T09:00");
    await page.getByLabel("Not after").fill("2026-11-23T11:00");
    await look(page, "job-plan-en");
    await page.getByRole("button", { name: "Plan visit" }).click();
    await said(page, "Visit planned");
    for (const view of ["state", "person", "day", "list"]) {
      await page.goto(`${hub}/board?view=${view}`);
      await look(page, `board-${view}-en`);
    }
  });

  const phone = new Engineer(folder);
  await t.test("the engineer does the visit; the open board announces it without moving a row", async () => {
    await page.goto(`${hub}/board`);
    phone.enrol(answer("hub", "invite", office, "--person", engineer.name, "--role", "engineer", "--url", hub).code);
    assert.deepEqual(phone.jobs().map((row) => row.job), [job]);
    const card = page.locator("li.job").first();
    const before = await card.boundingBox();
    phone.visit(job);
    await page.getByText("1 job changed.").waitFor({ timeout: 30_000 });
    await card.getByText("Waiting for review").waitFor();
    assert.deepEqual(await card.boundingBox(), before);
    await look(page, "board-news-en");
  });

  await t.test("the manager remarks on a question and returns the voucher, with the keyboard, in Chinese", async () => {
    await language(page, "繁體中文");
    await page.goto(`${hub}/reviews`);
    await look(page, "reviews-zh-Hant");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/reviews\/[0-9a-f-]{36}/);
    await look(page, "review-zh-Hant");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await picture(page, pictures, "keyboard-zh-Hant");
    await page.keyboard.press("Escape");
    const row = page.locator(`textarea[name="remark.${PRESSURE}"]`);
    const slug = (await row.getAttribute("id")).slice(2);
    const index = await page.locator("[data-row]").evaluateAll((rows, id) => rows.findIndex((r) => r.id === id), `q-${slug}`);
    for (let step = 0; step <= index; step += 1) await page.keyboard.press("j");
    await page.keyboard.press("r");
    await page.keyboard.type("148 bar 偏低，量測時油是熱的嗎？");
    await page.keyboard.press("Escape");
    await look(page, "review-remark-zh-Hant");
    // A remark that was written is not approved away.
    await page.keyboard.press("a");
    await page.getByRole("alert").waitFor();
    assert.match(await row.inputValue(), /偏低/);
    await page.locator("button[data-key='x']").click();
    await page.waitForURL(/\/reviews\?done=returned/);
    await page.goto(`${hub}/jobs/${job}`);
    await look(page, "job-returned-zh-Hant");
  });

  await t.test("the engineer corrects it by an amendment, and the manager approves it", async () => {
    phone.amend(job, PRESSURE, "158");
    await language(page, "English");
    await page.goto(`${hub}/reviews`);
    await page.locator("tbody a").first().click();
    await page.getByText("Changed by the amendment").waitFor();
    await look(page, "review-second-en");
    await page.locator("a[data-photo]").first().click();
    await page.getByRole("dialog").waitFor();
    await picture(page, pictures, "viewer-en");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Approve" }).click();
    await said(page, "Approved");
    await page.goto(`${hub}/jobs/${job}`);
    await page.getByText("Genuine and unchanged").first().waitFor();
    await look(page, "job-approved-en");
    const pdf = await page.request.get(new URL(await page.getByRole("link", { name: "Open PDF" }).last().getAttribute("href"), hub).href);
    assert.equal(pdf.headers()["content-type"], "application/pdf");
    assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  });

  await t.test("every page on a phone, in the dark, and on paper", async () => {
    const small = await open({ viewport: { width: 360, height: 740 }, colorScheme: "dark", storageState: await page.context().storageState() });
    const visit = (await small.request.get(`${hub}/jobs/${job}`)).ok();
    assert.ok(visit);
    const paths = { board: "/board?state=approved", job: `/jobs/${job}`, calls: "/calls", machines: "/machines", customers: "/customers", parts: "/parts", people: "/people", attention: "/attention", search: "/search?q=oil" };
    for (const tag of ["zh-Hant", "zh-Hans", "es"]) {
      await small.context().addCookies([{ name: "countersign_language", value: tag, url: hub }]);
      for (const [name, address] of Object.entries(paths)) {
        await small.goto(`${hub}${address}`);
        assert.equal(await small.locator("html").getAttribute("lang"), tag);
        await look(small, `small-${name}-${tag}`);
      }
    }
    await page.goto(`${hub}/jobs/${job}`);
    await page.emulateMedia({ media: "print" });
    await picture(page, pictures, "print-job-en");
  });

  await t.test("nothing left the hub and no script failed", () => {
    assert.deepEqual(watched.flatMap((seen) => seen.elsewhere), []);
    assert.deepEqual(watched.flatMap((seen) => seen.errors), []);
  });
});
