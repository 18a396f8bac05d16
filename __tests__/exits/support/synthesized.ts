import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

export const ROOT = resolve(__dirname, "..", "..", "..");

/** cdktf, and the package that goes on with it, as npm calls both. */
export type Core = "cdktf" | "cdktn";

/** Version of a core as it is installed here, which a synthesis records. */
export const versionOf = (core: Core): string =>
  (JSON.parse(readFileSync(join(ROOT, "node_modules", core, "package.json"), "utf8")) as { version: string }).version;

/** Every file of a synthesis by its path, in order. */
export type Files = Readonly<Record<string, string>>;

/**
 * Bundles a program of this repository with one of the cores in place of cdktf, the bindings being the same, and runs it.
 *
 * @param program path from the root
 * @throws Error with what it said, where it fails; and where the bundle has the other core too
 */
export function synthesizedBy(core: Core, program: string): Files {
  // In the repository, where the program finds what it brings: charts and its package.json.
  const bundles = join(ROOT, ".cache", "exits");
  mkdirSync(bundles, { recursive: true });
  const folder = mkdtempSync(join(bundles, `${core}-`));
  const outdir = mkdtempSync(join(tmpdir(), `goldenpath-${core}-`));
  try {
    const [bundle, inputs] = [join(folder, "program.cjs"), join(folder, "inputs.json")];
    run(join(ROOT, "node_modules", ".bin", "esbuild"), [
      ...[program, "--bundle", "--platform=node", "--target=node20", "--log-level=error"],
      ...[`--alias:cdktf=${core}`, `--outfile=${bundle}`, `--metafile=${inputs}`],
    ]);
    const bundled = coresIn(inputs);
    if (bundled.join() !== core)
      throw new Error(`${program}: bundled with ${bundled.join(" and ")} in place of ${core}`);
    run(process.execPath, [bundle], { CDKTF_OUTDIR: outdir });
    return filesIn(outdir);
  } finally {
    for (const one of [folder, outdir]) rmSync(one, { recursive: true });
  }
}

function coresIn(metafile: string): string[] {
  const { inputs } = JSON.parse(readFileSync(metafile, "utf8")) as { inputs: Readonly<Record<string, unknown>> };
  const cores = Object.keys(inputs).flatMap((path) => /node_modules\/(cdkt[fn])\//.exec(path)?.[1] ?? []);
  return [...new Set(cores)].sort();
}

function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, CHECKPOINT_DISABLE: "1", ...environment };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: ROOT, encoding: "utf8", env });
  if (status !== 0) throw new Error(`${relative(ROOT, program)}: ${String(status)}\n${stdout}${stderr}`);
}

/** Every file below a folder. */
export function filesIn(folder: string): Files {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
