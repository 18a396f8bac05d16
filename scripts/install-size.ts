import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NEW_CLOUDS } from "../cli/init/clouds";

/*
 * What a program on one cloud has to install: a new one by `goldenpath init`, with the packed package, from the registry.
 * Prints megabytes and seconds for each cloud, without and with the tools it is worked on with.
 */

const ROOT = join(__dirname, "..");

/** Megabytes of `node_modules` in a clone, which has the bindings of all clouds and every tool (`du -sm`, 2026-11-28). */
const EVERYTHING = 1572;
const MOST_PERCENT = 40;

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync("npm", ["--loglevel=error", "--no-audit", "--no-fund", ...args], { cwd, encoding: "utf8" });
}

function measured(home: string, ...args: readonly string[]): { readonly megabytes: number; readonly seconds: number } {
  rmSync(join(home, "node_modules"), { recursive: true, force: true });
  const began = Date.now();
  npm(home, "install", ...args);
  const seconds = Math.round((Date.now() - began) / 1000);
  const [kibibytes = ""] = execFileSync("du", ["-sk", "node_modules"], { cwd: home, encoding: "utf8" }).split("\t");
  return { megabytes: Math.round(Number(kibibytes) / 1024), seconds };
}

const folder = mkdtempSync(join(tmpdir(), "goldenpath-size-"));
try {
  const [{ filename }] = JSON.parse(npm(ROOT, "pack", "--json", "--pack-destination", folder)) as [
    { filename: string },
  ];
  const most = (EVERYTHING * MOST_PERCENT) / 100;
  for (const cloud of Object.keys(NEW_CLOUDS)) {
    const name = `on-${cloud}`;
    const words = ["init", name, "--cloud", cloud, "--package", `file:../${filename}`];
    execFileSync(process.execPath, [join(ROOT, "cli", "goldenpath.mjs"), ...words], { cwd: folder });
    const home = join(folder, name);
    const lean = measured(home, "--omit=dev");
    const whole = measured(home);
    console.log(
      `${cloud.padEnd(6)}  ${lean.megabytes} MB in ${lean.seconds} s; with cdktf-cli, tsx and TypeScript ` +
        `${whole.megabytes} MB in ${whole.seconds} s`,
    );
    if (lean.megabytes > most) {
      console.error(`${cloud}: more than ${most} MB`);
      process.exitCode = 1;
    }
    rmSync(home, { recursive: true, force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
