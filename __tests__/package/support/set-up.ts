import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, VARIABLE } from "./packed";

/** Packs the package, once for all tests. */
export default function setUp(): void {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-packed-"));
  const said = execFileSync("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
  });
  writeFileSync(join(folder, "packed.json"), said);
  const [{ filename }] = JSON.parse(said) as [{ filename: string }];
  execFileSync("tar", ["-xzf", filename], { cwd: folder });
  process.env[VARIABLE] = folder;
}
