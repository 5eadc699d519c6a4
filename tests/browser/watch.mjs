// What is watched on every page: no request leaves the hub, no script fails, no serious barrier for anybody.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Collects requests that go elsewhere and errors of scripts and policies. */
export function watch(page, hub) {
  const seen = { elsewhere: [], errors: [] };
  page.on("request", (request) => {
    if (!request.url().startsWith(hub) && !request.url().startsWith("data:")) seen.elsewhere.push(request.url());
  });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => {
    // A refused form answers 4xx on purpose; the browser writes that down as well.
    const answered = /status of 4\d\d/.test(message.text());
    if (message.type() === "error" && !answered) seen.errors.push(message.text());
  });
  return seen;
}

/** Fails where axe finds a serious or critical barrier. The policy of the pages stays as it is: axe is run from the
 *  test's own world, not as a script of the page. */
export async function accessible(page, name) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const evaluate = async (expression, awaitPromise) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression, awaitPromise, returnByValue: true, contextId: world.executionContextId,
    });
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return result.value;
  };
  await evaluate(`${axe}; undefined`, false);
  const found = await evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => " +
    "({ id: v.id, impact: v.impact, nodes: v.nodes.map((n) => n.html.slice(0, 200)) })))", true);
  await session.detach();
  const grave = found.filter((violation) => ["serious", "critical"].includes(violation.impact));
  assert.deepEqual(grave, [], `${name}: ${JSON.stringify(grave, null, 1)}`);
}

/** Fails where a page is wider than its window: nothing is cut off on a small screen. */
export async function fits(page, name) {
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(width[0] <= width[1], `${name} is ${width[0]} px wide in a window of ${width[1]} px`);
}

/** A picture for people to look at. */
export async function picture(page, folder, name) {
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

/** Debian's Chromium, or the one that the environment names. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
}

/** Looks at a page: barriers, width, a picture in a folder. */
export async function lookAt(page, folder, name) {
  await accessible(page, name);
  await fits(page, name);
  await picture(page, folder, name);
}
