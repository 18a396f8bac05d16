import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { packedIn, readManifest, ROOT } from "../../package/support/packed";
import { ON_A_DAY } from "../../support/on-a-day";

export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** What a run of the whole suite does, and a part of it does not: say `TEMPLATES_WHOLE=1`. */
export const WHOLE = process.env["TEMPLATES_WHOLE"] === "1";

/** A folder in which people make services, by the package as npm installed it. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "goldenpath-templates-"));

  /** `goldenpath` with these words. */
  goldenpath(...args: readonly string[]): Ran {
    return run(this.folder, [join(packedIn(), "host", "node_modules", ".bin", "goldenpath"), ...args]);
  }

  /** A new service. The package it asks for is the one that was packed. */
  make(name: string, ...args: readonly string[]): Repository {
    const tarball = readdirSync(packedIn()).find((file) => file.endsWith(".tgz")) ?? "";
    const made = this.goldenpath("new", "service", name, ...args, "--package", `file:${join(packedIn(), tarball)}`);
    if (made.status !== 0) throw new Error(made.output);
    return new Repository(join(this.folder, name), name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A repository that a template made. */
export class Repository {
  constructor(
    readonly folder: string,
    readonly name: string,
  ) {}

  get code(): string {
    return join(this.folder, "services", this.name);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Every file by its path, but for what is installed. */
  files(below = ""): string[] {
    return readdirSync(join(this.folder, below)).flatMap((name) => {
      const path = below === "" ? name : `${below}/${name}`;
      if (["node_modules", "vendor", ".cache", "cdktf.out"].includes(name)) return [];
      return statSync(join(this.folder, path)).isDirectory() ? this.files(path) : [path];
    });
  }

  /** Runs something in it, and fails where that does. @returns what it said */
  must(command: readonly string[], { within = "", env = {} } = {}): string {
    const { status, output } = run(join(this.folder, within), command, env);
    if (status !== 0) throw new Error(`${command.join(" ")}: ${status}\n${output}`);
    return output;
  }

  /** Runs something in it. */
  run(command: readonly string[]): Ran {
    return run(this.folder, command);
  }

  /** Installs what its package.json names: from the registry or, quicker, as links to what this repository has installed. */
  install(from: "links" | "registry"): void {
    if (from === "registry") {
      this.must(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"]);
      return;
    }
    const { dependencies, devDependencies } = JSON.parse(this.read("package.json")) as Record<string, object>;
    const at = (name: string): string => join(this.folder, "node_modules", name);
    // Copied and not linked: what it imports is looked for beside it.
    cpSync(join(packedIn(), "package"), at("goldenpath"), { recursive: true });
    const own = Object.keys(readManifest(at("goldenpath")).dependencies);
    const all = new Set([...own, ...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})]);
    all.delete("goldenpath");
    for (const name of all) link(join(ROOT, "node_modules", name), at(name));
    for (const program of ["tsc", "tsx"]) link(join(ROOT, "node_modules", ".bin", program), at(`.bin/${program}`));
    chmodSync(at("goldenpath/cli/goldenpath.mjs"), 0o755);
    link("../goldenpath/cli/goldenpath.mjs", at(".bin/goldenpath"));
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** With nothing of this process's environment but what programs need. */
function run(cwd: string, command: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const [program = "", ...args] = command;
  const { PATH = "", HOME } = process.env;
  const all = {
    PATH: [join(cwd, "node_modules", ".bin"), dirname(process.execPath), PATH].join(delimiter),
    ...{ HOME, CHECKPOINT_DISABLE: "1", NO_UPDATE_NOTIFIER: "1", COMPOSER_ALLOW_SUPERUSER: "1", ...ON_A_DAY, ...env },
  };
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: all,
    maxBuffer: 2 ** 26,
  });
  return { status, output: `${stdout}${stderr}${error === undefined ? "" : error.message}` };
}
