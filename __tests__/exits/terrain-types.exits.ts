import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "./support/synthesized";

test("the whole program is type-checked with the types of CDK Terrain", () => {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".cache", "types-"));
  try {
    const up = relative(folder, ROOT);
    const paths = { cdktf: [`${up}/node_modules/cdktn`], "cdktf/*": [`${up}/node_modules/cdktn/*`] };
    const include = ["main.ts", "cli", "constructs", "stacks", "environments"].map((path) => `${up}/${path}`);
    const config = { extends: `${up}/tsconfig.json`, compilerOptions: { paths }, include, exclude: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(ROOT, "node_modules", ".bin", "tsc");
    const { status, stdout } = spawnSync(tsc, ["-p", folder, "--listFiles"], { encoding: "utf8", maxBuffer: 2 ** 26 });
    const lines = stdout.split("\n");
    expect(lines.filter((line) => line.includes(": error TS"))).toEqual([]);
    expect(status).toBe(0);
    // Of both the types of one are read: also the bindings' imports are of it.
    const cores = lines.flatMap((line) => /node_modules\/(cdkt[fn])\//.exec(line)?.[1] ?? []);
    expect([...new Set(cores)]).toEqual(["cdktn"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
