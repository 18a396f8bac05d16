import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the program is made of, and what its launcher looks for beside it. */
const PARTS = ["cli", "constructs", "environments", "stacks", "package.json", "tsconfig.json"];

/** Lines of the environments that ask for measures, and for what comes of them: logs, traces, alerts, dashboards, alarms. */
const MEASURES = [
  ["environments/production.ts", /^.*(?:observability|ALERTS).*\n/gm],
  ["environments/staging-on.ts", /^.*(?:observability|ALERTS).*\n/gm],
  ["environments/my-app.ts", /^ *tracing: true,\n/gm],
] as const;

/**
 * Writes the same program with environments that nothing measures: no add-on, no rule and no import of what makes them.
 *
 * @param root folder of the repository
 * @returns folder of the program, in which it is to be started
 * @throws Error where an environment asks for measures in another way than is known here
 */
export function unmeasuredProgram(root: string): string {
  const folder = join(root, ".cache/bench/unmeasured");
  // What is kept of its packages stays: it is proven by content.
  for (const part of PARTS) rmSync(join(folder, part), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const [file, lines] of MEASURES) {
    const text = readFileSync(join(folder, file), "utf8");
    const left = text.replace(lines, "");
    if (left === text) throw new Error(`${file}: asks for no measures; correct ${__filename}`);
    writeFileSync(join(folder, file), left);
  }
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(root, "node_modules"), modules);
  return folder;
}
