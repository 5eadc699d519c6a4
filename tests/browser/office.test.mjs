// The office's day in a real browser on a real hub: plan by dragging and by keyboard, search, review with standard
// remarks, second round, gallery, attention, audit, policies, sign-ins; in four languages, at desktop and phone width.
// Every page is looked at: no serious barrier, nothing wider than its window, no request elsewhere. Pictures are left in
// test-output/office.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { Engineer } from "./engineer.mjs";
import { answer, root, run, serve } from "./program.mjs";
import { accessible, launch, lookAt, picture, watch } from "./watch.mjs";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "countersign-office-"));
const office = path.join(folder, "office");
const pictures = path.join(root, "test-output/office");
const PASSWORD = "four plain words together";
const PRESSURE = "/visit/hydraulics/pressure_measured";
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Language, its name in the menu, and the width at which its pages are looked at. */
const LANGUAGES = [
  { tag: "en", name: "English", viewport: DESKTOP },
  { tag: "es", name: "Español", viewport: PHONE },
  { tag: "zh-Hans", name: "简体中文", viewport: PHONE },
  { tag: "zh-Hant", name: "繁體中文", viewport: DESKTOP },
];

let browser;
let hub;
let server;
let made;
const watched = [];

before(async () => {
  made = answer("hub", "init", office, "--company", "Meridian Machine Service", "--sample");
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
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
  const page = await context.newPage();
  watched.push(watch(page, hub));
  return page;
}

const look = (page, name) => lookAt(page, pictures, name);

async function enter(page, link) {
  await page.goto(link.startsWith("http") ? link : `${hub}${link}`);
  await page.locator("main button[type=submit], main button").last().click();
  await page.waitForURL(/\/password/);
}

async function choosePassword(page, name) {
  await page.locator("#name").fill(name);
  await page.locator("#password").fill(PASSWORD);
  await page.locator("#again").fill(PASSWORD);
  await page.locator("main button").click();
  await page.waitForURL(/\/board/);
}

async function language(page, name) {
  await page.locator("header summary", { hasText: /English|Español|中文/ }).click();
  const loaded = page.waitForEvent("load");
  await page.getByRole("button", { name, exact: true }).click();
  await loaded;
}

const person = (role) => run("hub", "list", office, "people").find((row) => (row.roles ?? []).includes(role));

/** A day of this week as the company's zone has it, in the form of a date field. */
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

test("the office's day", { timeout: 1_500_000 }, async (t) => {
  const manager = person("manager");
  const engineer = person("engineer");
  const machine = run("hub", "list", office, "machines").at(0);
  const page = await open();
  const administrator = await open();
  const phone = new Engineer(folder);
  let job;

  await t.test("the administrator lets the manager in", async () => {
    await enter(administrator, made.first_sign_in);
    await choosePassword(administrator, "office");
    await language(administrator, "English");
    await administrator.goto(`${hub}/people/${manager.id}`);
    await administrator.getByRole("button", { name: "Make password link" }).click();
    await enter(page, await administrator.locator("code.copy").innerText());
    await choosePassword(page, "manager");
    await language(page, "English");
  });

  await t.test("a job waits beside the plan; dragging it to a person and a day plans its visit", async () => {
    await page.goto(`${hub}/jobs/new`);
    await page.locator("#serial").fill(machine.serial);
    await page.locator("#fault").fill("Oil under the machine since Monday");
    await page.locator("#machine_state").selectOption("down");
    await page.locator("#priority").selectOption("urgent");
    await page.getByRole("main").getByRole("button", { name: "Make job" }).click();
    job = page.url().match(/jobs\/([0-9a-f-]{36})/)[1];
    await page.goto(`${hub}/board?view=week&day=${day(0)}`);
    await look(page, "plan-tray-en");
    const row = page.getByRole("row", { name: engineer.name });
    await page.locator(".tray [data-drag]").first().dragTo(row.locator("td").nth(3));
    await page.waitForURL(/\/jobs\/.*plan=1/);
    assert.equal(await page.locator("#lead").inputValue(), engineer.id);
    assert.match(await page.locator("#from").inputValue(), /T09:00$/);
    assert.match(await page.locator("#to").inputValue(), /T11:00$/);
    await look(page, "plan-from-drag-en");
    await page.getByRole("button", { name: "Plan visit" }).click();
    await page.getByRole("status").getByText("Visit planned").waitFor();
  });

  await t.test("a visit is moved by the keyboard, and the page names what follows", async () => {
    await page.goto(`${hub}/board?view=week&day=${day(0)}`);
    await look(page, "plan-week-en");
    await page.keyboard.press("j");
    await page.keyboard.press("m");
    await page.waitForURL(/\/visits\/.*\/move/);
    await page.getByText("What follows").waitFor();
    await look(page, "move-en");
    await page.getByRole("link", { name: "Keep as it is" }).click();
    await page.waitForURL(/\/board\?view=week/);
    await page.goto(`${hub}/board?view=day`);
    await look(page, "plan-day-en");
  });

  await t.test("filters stand in the address, and a view is kept and opens first", async () => {
    await page.goto(`${hub}/board`);
    await page.locator("#q").fill(machine.serial);
    await page.locator(".more-filters > summary").click();
    await page.locator("#machine").selectOption("down");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.waitForURL(/machine=down/);
    await page.locator("li.job").first().waitFor();
    await page.locator("summary", { hasText: "Saved views" }).click();
    await page.getByLabel("Name of this view").fill("Down machines");
    await page.getByLabel("The board opens with it").check();
    await look(page, "views-en");
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByRole("status").getByText("View saved").waitFor();
    await page.goto(`${hub}/board`);
    assert.match(page.url(), /machine=down/);
    await page.locator("summary", { hasText: "Saved views" }).click();
    await page.getByRole("button", { name: "Remove view Down machines" }).click();
    await page.getByRole("status").getByText("View removed").waitFor();
  });

  await t.test("the engineer does the visit", async () => {
    phone.enrol(answer("hub", "invite", office, "--person", engineer.name, "--role", "engineer", "--url", hub).code);
    phone.visit(job);
  });

  await t.test("the search suggests while one types, and finds two Chinese characters", async () => {
    await page.keyboard.press("Escape");
    await page.goto(`${hub}/calls`);
    await page.keyboard.press("/");
    await page.keyboard.type(machine.serial);
    await page.locator("#suggestions a").first().waitFor();
    await look(page, "search-suggestions-en");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/(jobs|machines|search)/);
    await page.goto(`${hub}/search?q=${encodeURIComponent("液压")}`);
    await page.locator(".hits a").first().waitFor();
    await look(page, "search-chinese-en");
  });

  await t.test("a standard remark is picked in Spanish on a phone, and the voucher is returned", async () => {
    await page.setViewportSize(PHONE);
    await language(page, "Español");
    await page.goto(`${hub}/reviews`);
    await page.locator("tbody a").first().click();
    await page.waitForURL(/\/reviews\/[0-9a-f-]{36}/);
    await look(page, "review-es-phone");
    const row = page.locator("li[data-row]", { has: page.locator(`textarea[name="remark.${PRESSURE}"]`) });
    await row.locator("details.remark > summary").click();
    await row.locator("select").selectOption({ label: "Este valor es inusual: explique por qué" });
    await look(page, "review-remark-es-phone");
    await page.locator("button[data-key='x']").click();
    await page.waitForURL(/done=returned/);
    await page.setViewportSize(DESKTOP);
  });

  await t.test("the engineer reads it in their language, corrects it, and the second round shows what changed", async () => {
    phone.sync();
    const shown = JSON.stringify(run("device", "--store", phone.store, "job", job));
    assert.match(shown, /Este valor es inusual: explique por qué|This value is unusual: say why/);
    phone.amend(job, PRESSURE, "158");
    await language(page, "繁體中文");
    await page.goto(`${hub}/reviews`);
    await page.locator("tbody a").first().click();
    await page.getByText("此數值異常，請說明原因").first().waitFor();
    const unchanged = page.locator("details.unchanged");
    assert.equal(await unchanged.evaluate((details) => details.open), false);
    await look(page, "review-second-zh-Hant");
    // Photos: next, zoom, turn, side by side, slider, facts - all by keyboard.
    await page.locator("a[data-photo]").first().click();
    await page.getByRole("dialog").waitFor();
    for (const key of ["z", "t", "i", "c"]) await page.keyboard.press(key);
    assert.equal(await page.locator("#viewer img").count(), 2);
    await picture(page, pictures, "viewer-pair-zh-Hant");
    await page.keyboard.press("s");
    assert.equal(await page.locator("#viewer [data-part=slider]").isVisible(), true);
    await picture(page, pictures, "viewer-slider-zh-Hant");
    await accessible(page, "viewer");
    await page.keyboard.press("Escape");
    await page.keyboard.press("a");
    await page.waitForURL(/done=approved/);
  });

  await t.test("every page of the console in each language, without a serious barrier", async () => {
    const visits = run("hub", "list", office, "people");
    assert.ok(visits.length > 5);
    const policy = await administrator.request.get(`${hub}/policies`).then((got) => got.text());
    const policyPath = policy.match(/\/policies\/[0-9a-f-]{36}/)[0];
    const review = await administrator.request.get(`${hub}/jobs/${job}`).then((got) => got.text());
    assert.ok(review.length > 1000);
    const paths = [
      "/board?view=state&state=approved", "/board?view=week", "/board?view=day", "/board?view=person", "/board?view=list",
      "/jobs/new", `/jobs/${job}`, `/jobs/${job}/photos`, "/reviews", "/calls", "/calls/new", "/machines", "/customers",
      "/parts", "/people", `/people/${engineer.id}`, `/people/${engineer.id}/sign-ins`, "/attention",
      "/attention?sort=silent", "/policies", policyPath, "/audit", "/account", "/search?q=acme", "/nowhere",
    ];
    for (const { tag, name, viewport } of LANGUAGES) {
      await administrator.setViewportSize(viewport);
      await language(administrator, name);
      for (const address of paths) {
        await administrator.goto(`${hub}${address}`);
        assert.equal(await administrator.locator("html").getAttribute("lang"), tag, address);
        const plain = address.replace(/[0-9a-f-]{36}/g, "one").replace(/\W+/g, "-").replace(/^-|-$/g, "");
        await look(administrator, `every-${plain}-${tag}`);
      }
    }
  });

  await t.test("the dark pages have their contrast too, and a page prints without its buttons", async () => {
    await administrator.setViewportSize(DESKTOP);
    await language(administrator, "English");
    await administrator.emulateMedia({ colorScheme: "dark" });
    for (const address of ["/board?view=week", "/attention", "/audit", "/account", `/jobs/${job}/photos`]) {
      await administrator.goto(`${hub}${address}`);
      await look(administrator, `dark-${address.replace(/[0-9a-f-]{36}/, "one").replace(/\W+/g, "-").slice(1)}`);
    }
    await administrator.emulateMedia({ media: "print", colorScheme: "light" });
    await administrator.goto(`${hub}/jobs/${job}`);
    assert.equal(await administrator.locator(".main-menu").isVisible(), false);
    await picture(administrator, pictures, "print-job");
    await administrator.emulateMedia({ media: "screen" });
  });

  await t.test("the administrator signs the manager out everywhere", async () => {
    await administrator.goto(`${hub}/people/${manager.id}/sign-ins`);
    await administrator.getByRole("button", { name: "Sign out everywhere" }).click();
    await administrator.getByRole("status").getByText("Signed out everywhere").waitFor();
    await page.goto(`${hub}/board`);
    await page.waitForURL(/\/sign-in/);
    await administrator.goto(`${hub}/audit`);
    await administrator.locator("tbody").getByText("Signed out everywhere").first().waitFor();
    const download = administrator.waitForEvent("download");
    await administrator.getByRole("link", { name: "Export as CSV" }).click();
    const file = await (await download).path();
    assert.match(fs.readFileSync(file, "utf8"), /Signed out everywhere/);
  });

  assert.deepEqual(watched.flatMap((seen) => seen.elsewhere), [], "no request leaves the hub");
  assert.deepEqual(watched.flatMap((seen) => seen.errors), [], "no script or policy fails");
});
