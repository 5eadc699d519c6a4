// The real program under test: commands of the command line, and a hub that serves until the test ends.
import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));

/** The folder of the repository. */
export const root = path.resolve(here, "../..");

/** The binary: the debug build, or what COUNTERSIGN_BIN names. */
export const binary = process.env.COUNTERSIGN_BIN ?? path.join(root, "target/debug/countersign");

/** Runs a command with --json and returns its objects, one a line. */
export function run(...words) {
  const out = execFileSync(binary, [...words, "--json"], { encoding: "utf8", maxBuffer: 64 << 20 });
  return out.trim().split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Runs a command and returns the last object that it prints. */
export function answer(...words) {
  return run(...words).at(-1);
}

/** Starts a command that stays; resolves when it prints an object with this member. */
export function start(words, member) {
  const program = spawn(binary, [...words, "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const first = new Promise((resolve, reject) => {
    let text = "";
    program.stdout.on("data", (piece) => {
      text += piece;
      const line = text.split("\n").find((candidate) => candidate.includes(`"${member}"`));
      if (line) resolve(JSON.parse(line));
    });
    program.on("exit", (code) => reject(new Error(`${words[0]} ended with ${code}`)));
  });
  const stop = () => new Promise((resolve) => {
    if (program.exitCode !== null) return resolve();
    program.on("exit", () => resolve());
    program.kill("SIGTERM");
  });
  return { first, stop };
}

/** Starts `hub serve`, by default on a free port; resolves when it says where it listens. */
export function serve(folder, listen = "127.0.0.1:0") {
  const { first, stop } = start(["hub", "serve", folder, "--listen", listen], "url");
  return { url: first.then(({ url }) => url), stop };
}
