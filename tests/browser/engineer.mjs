// The engineer's half of the visit, by the command line: the same device core that phones use.
import fs from "node:fs";
import path from "node:path";
import { answer, run } from "./program.mjs";

/** What the engineer answers; the first round has the value that the manager will ask about. */
const ANSWERS = {
  arrived: "2026-11-20T09:05:00.000+01:00",
  locked_out: "yes",
  hazards: "pressure heat",
  state_found: "limited",
  fault_since: "2026-11-18",
  hours: "4182",
  symptom: "leak",
  cause: "seal_worn",
  checked: "yes",
  pressure_nominal: "160",
  pressure_measured: "148",
  oil_temperature: "54.5",
  oil_level: "low",
  leak: "yes",
  leak_place: "Shaft seal of the main pump",
  supply_voltage: "398",
  insulation: "52",
  emergency_stop: "passed",
  kinds: "inspected replaced",
  begin: "09:20:00.000",
  end: "11:05:00.000",
  test_run: "yes",
  state_left: "running",
  advice: "Check the seal again after 250 hours.",
  "/visit/findings/description": "Oil leaks at the shaft seal of the main pump.",
  "/visit/work/description": "Replaced the shaft seal and ran it under load.",
};

/** A hand-drawn line, as a pad records it. */
function strokes() {
  const points = Array.from({ length: 40 }, (_, i) => [20 + i * 6, 60 + 30 * Math.sin(i / 3), i * 12, 0.6]);
  return JSON.stringify({ strokes: [points] });
}

export class Engineer {
  constructor(folder) {
    this.folder = folder;
    this.store = path.join(folder, "phone");
    this.strokes = path.join(folder, "strokes.json");
    fs.writeFileSync(this.strokes, strokes());
  }

  device(...words) {
    return answer("device", "--store", this.store, ...words);
  }

  enrol(code) {
    this.device("enrol", "--code", code);
    this.device("sync");
  }

  sync() {
    return this.device("sync");
  }

  jobs() {
    return run("device", "--store", this.store, "jobs");
  }

  /** Arrives, photographs, answers, books a part, has the customer sign, and hands in. */
  visit(job) {
    this.device("travel", job);
    this.device("arrive", job);
    this.photograph(job, "as-found", 3, "--as", "found", "--question", "photo_as_found");
    this.photograph(job, "leak", 2, "--as", "found");
    for (const [question, value] of Object.entries(ANSWERS)) this.device("answer", job, question, value);
    this.photograph(job, "as-left", 4, "--as", "left", "--question", "photo_as_left");
    this.device("time", job, "--minutes", "105");
    this.device("leave", job, "--reason", "solved");
    this.sign(job);
    this.device("submit", job);
    this.sync();
  }

  photograph(job, name, seed, ...where) {
    const photo = path.join(this.folder, `${name}.jpg`);
    answer("sample-photo", photo, "--seed", String(seed));
    this.device("attach", job, photo, ...where);
  }

  sign(job) {
    this.device("preview", job);
    const signer = ["--name", "Maria Lindqvist", "--role", "customer", "--outcome", "remarks", "--remarks", "noise remains"];
    return this.device("sign", job, ...signer, "--satisfaction", "4", "--strokes", this.strokes);
  }

  /** Corrects one answer by an amendment and hands it in. */
  amend(job, question, value) {
    this.sync();
    this.device("amend", job, "--reason", "Measured again with warm oil");
    this.device("answer", job, question, value);
    this.sign(job);
    this.device("submit", job);
    this.sync();
  }
}
