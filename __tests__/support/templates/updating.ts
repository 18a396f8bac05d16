import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { keptVersion } from "../../../cli/new/archives";
import { filesInto } from "../../../cli/new/into";
import type { Choices } from "../../../constructs/templates/combinations";
import { inputsOf } from "../../../constructs/templates/inputs";
import { readRecord, RECORD, recordOf, recordText } from "../../../constructs/templates/record";
import { renderTemplate } from "../../../constructs/templates/render";

/** A repository as a version of a template writes it, without what is rendered and without what is installed. */
export class Made {
  readonly before: ReadonlyMap<string, string>;

  constructor(
    readonly folder: string,
    home: string,
    {
      template,
      version,
      name = "orders",
      choices = {},
    }: { template: string; version: number; name?: string; choices?: Choices },
  ) {
    const { archive, digest } = keptVersion(home, template, version);
    const inputs = inputsOf(archive, { name, owner: "shop", package: "^0.1.0", choices });
    const { files, record } = renderTemplate(archive, digest, inputs);
    for (const { path, text, executable } of files) this.write(path, text, executable);
    // What is rendered is in the record; what it is, no update asks.
    const written = readRecord(record, RECORD);
    this.write(RECORD, recordText({ ...written, files: { ...written.files, owned: ["compose.yaml"] } }));
    this.write("compose.yaml", "services: {}\n");
    this.before = new Map(files.map(({ path, text }) => [path, text]));
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  write(path: string, text: Buffer | string, executable = false): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
    if (executable) chmodSync(join(this.folder, path), 0o755);
  }

  mode(path: string, mode: number): void {
    chmodSync(join(this.folder, path), mode);
  }

  edit(path: string, from: string, to: string): void {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path}: has no ${from}`);
    this.write(path, text.replace(from, to));
  }

  remove(path: string): void {
    rmSync(join(this.folder, path));
  }

  /** Puts a link in place of a file. */
  link(path: string, target: string): void {
    this.remove(path);
    symlinkSync(target, join(this.folder, path));
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  isExecutable(path: string): boolean {
    return (statSync(join(this.folder, path)).mode & 0o100) !== 0;
  }

  record(): Record<string, unknown> & { files: Record<string, string[]>; version: number } {
    return JSON.parse(this.read(RECORD)) as ReturnType<Made["record"]>;
  }

  /** Every file by its path, with its text and whether it can be started; nothing of git. */
  all(): Map<string, string> {
    const paths = readdirSync(this.folder, { recursive: true, encoding: "utf8" })
      .filter((path) => !path.startsWith(".git/") && !path.startsWith("node_modules/"))
      .filter((path) => statSync(join(this.folder, path)).isFile());
    return new Map(paths.sort().map((path) => [path, `${this.isExecutable(path) ? "x " : ""}${this.read(path)}`]));
  }

  /** Commits what there is. */
  commit(): void {
    if (!this.has(".git")) this.git("init", "--quiet");
    this.git("add", "--all");
    this.git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "as it is");
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", args, { cwd: this.folder, encoding: "utf8" });
  }
}

/** Writes a service into a program, as `goldenpath new --into` does, and its record. */
export function writeInto(
  made: Made,
  home: string,
  { template, version, name }: { template: string; version: number; name: string },
): void {
  const { archive, digest } = keptVersion(home, template, version);
  const inputs = inputsOf(archive, { name, owner: "shop", package: "^0.1.0", choices: {} });
  const wanted = filesInto({ environments: "environments" }, renderTemplate(archive, digest, inputs).files);
  const files = wanted.filter(({ path, part }) => part !== "shared" || !made.has(path));
  for (const { path, text, executable } of files) made.write(path, text, executable);
  made.write(`services/${name}/${RECORD}`, recordOf(archive, digest, inputs, files, "environments"));
}
