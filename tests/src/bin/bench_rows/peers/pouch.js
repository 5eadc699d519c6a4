// PouchDB against express-pouchdb, both on LevelDB: first replication, push of offline changes, a sync with nothing to do.
"use strict";
const { fork } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const [folder, jobs, offline, role] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4]), process.argv[5]];

function job(place) {
  const answers = [];
  for (let number = 0; number < 10; number += 1) {
    answers.push({ path: `/data/checks/point_${number}`, value: String(140 + ((place + number) % 60)), by: "ana", at: 1790000000000 });
  }
  const serial = `H7-${place % 9973}`;
  return { _id: `job-${place}`, number: `J-27-${place}`, serial, fault: "Leaks oil at the pump", state: "planned", answers };
}

async function serve() {
  const PouchDB = require("pouchdb").defaults({ prefix: path.join(folder, "server/") });
  fs.mkdirSync(path.join(folder, "server"), { recursive: true });
  const db = new PouchDB("jobs");
  for (let from = 0; from < jobs; from += 1000) {
    const docs = [];
    for (let place = from; place < Math.min(from + 1000, jobs); place += 1) docs.push(job(place));
    await db.bulkDocs(docs);
  }
  const options = { inMemoryConfig: true, mode: "minimumForPouchDB", logPath: path.join(folder, "log.txt") };
  const app = require("express")();
  app.use("/", require("express-pouchdb")(PouchDB, options));
  const server = app.listen(0, "127.0.0.1", () => process.send(`http://127.0.0.1:${server.address().port}/jobs`));
}

function size(place) {
  const entries = fs.readdirSync(place, { withFileTypes: true });
  return entries.reduce((sum, entry) => {
    const name = path.join(place, entry.name);
    return sum + (entry.isDirectory() ? size(name) : fs.statSync(name).size);
  }, 0);
}

const seconds = (begun) => Number(process.hrtime.bigint() - begun) / 1e9;

async function measure(url) {
  const PouchDB = require("pouchdb");
  const place = path.join(folder, "phone");
  const db = new PouchDB(place);
  let begun = process.hrtime.bigint();
  const first = await db.replicate.from(url, { batch_size: 1000, batches_limit: 4 });
  const first_s = seconds(begun);
  if (first.docs_written !== jobs) throw new Error(`${first.docs_written} of ${jobs} documents came`);
  const bytes = size(place);
  for (let at = 0; at < offline; at += 1) {
    const doc = await db.get(`job-${at % jobs}`);
    await db.put({ ...doc, runs: at % 2 === 0 ? "yes" : "no" });
  }
  begun = process.hrtime.bigint();
  const pushed = await db.replicate.to(url, { batch_size: 1000 });
  const push_s = seconds(begun);
  if (pushed.docs_written !== offline) throw new Error(`${pushed.docs_written} of ${offline} documents were pushed`);
  await db.sync(url);
  const idle = [];
  for (let round = 0; round < 21; round += 1) {
    begun = process.hrtime.bigint();
    await db.sync(url);
    idle.push(seconds(begun) * 1000);
  }
  idle.sort((one, other) => one - other);
  return { first_s, bytes, push_s, idle_ms: idle[10] };
}

if (role === "server") {
  serve().catch((error) => { console.error(error); process.exit(1); });
} else {
  const server = fork(__filename, [folder, jobs, offline, "server"], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  server.on("exit", () => { console.error("the server ended"); process.exit(1); });
  server.on("message", (url) => {
    const end = (code, words) => {
      server.removeAllListeners("exit");
      server.kill();
      console.log(words);
      process.exit(code);
    };
    measure(url).then((told) => end(0, JSON.stringify(told)), (error) => { console.error(error); end(1, ""); });
  });
}
